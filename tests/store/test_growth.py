"""Tables that were counted on from the build before are those of a build that counts everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis import slogans
from analysis.corpus import read_tables as read_source_tables
from analysis.slogans import evidence
from analysis.slogans.evidence import choose_sample
from analysis.store import build_store, open_store, read_tables
from analysis.store import drafts as drafts_module
from analysis.store import proposals as proposals_module
from analysis.store import shortlists as shortlists_module
from analysis.store.candidates import find_next, find_sample, is_sampled
from analysis.store.manifest import write_manifest
from analysis.store.parts import load_frame
from tests.store.corpora import copy_seeds, write_table, write_tables


@pytest.fixture
def few(monkeypatch):
    """Look for repeated runs in few articles, so that a page that comes seldom changes these."""
    monkeypatch.setattr(evidence, "MOST_CHARS", 4_000)
    monkeypatch.setattr("analysis.store.candidates.MOST_CHARS", 4_000)


@pytest.fixture
def grown(tmp_path, monkeypatch):
    """A source with a store of two pages and a table, and what builds have found of growth."""
    found = []
    find = drafts_module.find_growth
    monkeypatch.setattr(drafts_module, "find_growth", lambda *given: found.append(find(*given)) or found[-1])
    source = copy_seeds(tmp_path / "source", 2)
    write_table(source / "news.jsonl.gz", 150)
    build_store(source, tmp_path / "store")
    found.clear()
    return source, tmp_path / "store", found


def read_parts(folder) -> dict[str, object]:
    """The bytes of the tables of all batches; forms are kept in the order in which they were counted."""
    tables = open_store(folder).manifest.tables
    parts = {name: (folder / "parts" / part).read_bytes() for name, part in tables.items()}
    return parts | {"forms": sorted(load_frame(parts["forms"]).itertuples(index=False, name=None))}


def build_anew(source, folder) -> dict[str, bytes]:
    """Make all tables anew of the batches that are there."""
    manifest = open_store(folder).manifest
    kept = {name: manifest.tables[name] for name in ("vocabulary", "forms")}
    write_manifest(folder, replace(manifest, inputs={}, tables=kept))
    build_store(source, folder)
    return read_parts(folder)


def check_growth(grown) -> None:
    source, folder, found = grown
    for count in (3, 4, 5):
        found.clear()
        build_store(copy_seeds(source, count), folder)
        assert len(found[0].numbers) == 1
        assert len(found[0].arrivals.manifest.files) == 1
    tables, parts = write_tables(read_tables(open_store(folder))), read_parts(folder)
    assert tables == write_tables(read_source_tables(source))
    assert build_anew(source, folder) == parts


def test_pages_that_come_are_counted_on(grown):
    check_growth(grown)


def test_pages_that_come_to_a_large_store_are_counted_on(few, grown):
    check_growth(grown)


@pytest.mark.parametrize("change", ["gone", "changed", "renamed", "lexicon", "code"])
def test_what_is_no_growth_is_counted_anew(grown, monkeypatch, change):
    source, folder, found = grown
    page, lexicon = min(source.glob("*.txt")), None
    copy_seeds(source, 3)
    if change == "gone":
        page.unlink()
    elif change == "changed":
        page.write_bytes(page.read_bytes()[:-300])
    elif change == "renamed":
        page.rename(source / "z.txt")
    elif change == "lexicon":
        lexicon = slogans.read_lexicon().head(400)
    else:
        monkeypatch.setattr("analysis.store.fingerprints.print_merging", lambda: "another")
    store = build_store(source, folder, lexicon=lexicon)
    assert found == [None]
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(source, lexicon=lexicon))


@pytest.mark.parametrize("name", ["pages", "slogan_frequencies", "shortlist"])
def test_a_damaged_table_is_not_counted_on(few, grown, name):
    source, folder, _ = grown
    path = folder / "parts" / open_store(folder).manifest.tables[name]
    path.write_bytes(path.read_bytes()[::-1])
    store = build_store(copy_seeds(source, 3), folder)
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(source))


def test_old_forms_are_not_merged_again(few, grown, monkeypatch):
    source, folder, _ = grown
    extended, gathered = [], []
    extend, gather = proposals_module.extend_shortlist, shortlists_module.gather_coinages
    monkeypatch.setattr(
        proposals_module, "extend_shortlist", lambda *given: extended.append(given) or extend(*given)
    )
    monkeypatch.setattr(
        shortlists_module, "gather_coinages", lambda parts: gathered.append(gather(parts)) or gathered[-1]
    )
    for count in (3, 4, 5):
        build_store(copy_seeds(source, count), folder)
    assert extended
    names, load = extended[-1][2]
    every = sum(len(load(number)) for number in range(len(names)))
    assert 0 < len(gathered[-1]) < every


def make_articles(chance: np.random.Generator, prefix: str, count: int) -> pd.DataFrame:
    kinds = chance.choice(["news", "brief", "teaser"], count)
    ids = [f"{prefix}-{number:02d}" for number in range(count)]
    return pd.DataFrame({"article_id": ids, "kind": kinds, "chars": chance.integers(0, 90, count)})


def test_what_comes_behind_the_next_article_leaves_the_sample_alone(monkeypatch):
    monkeypatch.setattr(evidence, "MOST_CHARS", 1_000)
    monkeypatch.setattr("analysis.store.candidates.MOST_CHARS", 1_000)
    chance, seen = np.random.default_rng(1), {True: 0, False: 0}
    for trial in range(300):
        before = make_articles(chance, "a", int(chance.integers(1, 90)))
        new = make_articles(chance, f"b{trial}", int(chance.integers(0, 4)))
        sample = find_sample(before)
        following = find_next(before, sample)
        both = pd.concat([before, new], ignore_index=True)
        after = both.loc[choose_sample(both), "article_id"].tolist()
        if not following:
            assert set(sample) == set(before.loc[before["kind"] != "teaser", "article_id"])
            continue
        expected = is_sampled(new, following)
        seen[expected] += 1
        if not expected:
            assert after == sample
            assert find_next(both, after) == following
    assert min(seen.values()) > 20
