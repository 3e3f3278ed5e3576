"""Tables that rest on the whole corpus, each made anew only when what it is made of has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from analysis import topics
from analysis.pages import PageError, say_why_empty
from analysis.store import fingerprints
from analysis.store.drafts import Draft
from analysis.store.executors import Crew
from analysis.store.fingerprints import fingerprint
from analysis.store.manifest import Batch, Manifest
from analysis.store.merging import (
    extend_counts,
    list_faults,
    merge_counts,
    merge_mentions,
    merge_pages,
    sum_damage,
)
from analysis.store.parts import dump_part, load_part
from analysis.store.proposals import Proposer
from analysis.store.sites import Site, part_mark
from analysis.store.stages import DAMAGED, NO_TEXT
from analysis.store.vocabulary import Pairs, Vocabulary, dump_pairs, load_pairs
from analysis.store.words import load_words

Progress = Callable[[str], None]
_PLACED = ["page_id", "kind", "paper", "province", "city", "county", "date", "n_chars"]

#: Level of zstd: these tables are written anew with every page that is added.
_LEVEL = 5
#: Columns whose values recur, of the tables that are not all like that.
_CODED = {"vocabulary": [], "repeats": ["form"], "shortlist": ["form", "prior", "times"]}


class _Whole(NamedTuple):
    """Tables that are made together: what makes them, and the parts of batches that they rest on."""

    names: tuple[str, ...]
    make: Callable[[], dict[str, pd.DataFrame | pa.Table]]
    parts: tuple[str, ...]
    of_batches: tuple[str, ...] = ()  # parts that making them gives every batch


def merge_tables(site: Site, files: list[dict], old: Manifest, crew: Crew, report: Progress) -> Manifest:
    """Make the tables of all batches, and the manifest that names everything.

    Args:
        site: All batches, computed.
        files: Files of the source.
        old: The manifest before.
        crew: Computes what is computed batch by batch.
        report: Told what is being done.

    Returns:
        The new manifest; equal to the old one when nothing has changed.

    Raises:
        PageError: Nothing in the source can be read.
    """
    draft = Draft(site, files, old)
    maker, proposer = _Maker(draft), Proposer(draft, crew)
    tables, inputs = site.keep_lists(), {}
    wholes = maker.list_wholes(proposer)
    if not maker.stands(wholes[-1], maker.mark(wholes[-1])):
        proposer.start_repeats()
    lacking = []
    for whole in wholes:
        mark = maker.mark(whole)
        if maker.stands(whole, mark):
            tables |= {name: old.tables[name] for name in whole.names}
        else:
            report(f"merging {', '.join(whole.names)}")
            lacking.append(whole)
        inputs |= dict.fromkeys(whole.names, mark)
    for whole, made in zip(lacking, _make_all(lacking, crew), strict=True):
        tables |= {name: old.tables[name] for name in whole.names if name not in made}
        tables |= {name: site.write(name, inputs[name], content) for name, content in made.items()}
    inputs["merging"] = fingerprints.print_merging()
    inputs |= proposer.sample
    used = {*tables.values(), *(part for batch in draft.batches for part in batch.parts.values())}
    checks = {name: check for name, check in site.checks.items() if name in used}
    counts = maker.counts or old.counts
    return Manifest(site.recipe.stages, files, draft.batches, tables, inputs, checks, counts)


def _make_all(wholes: list[_Whole], crew: Crew) -> Iterator[dict[str, bytes]]:
    """Make tables, two at a time where there are other processes to wait for."""
    if not crew.has_started:
        yield from map(_make_whole, wholes)
        return
    with ThreadPoolExecutor(2) as threads:
        yield from threads.map(_make_whole, wholes)


def _make_whole(whole: _Whole) -> dict[str, bytes]:
    made = whole.make()
    return {
        name: dump_part(frame, coded=_CODED.get(name, True), level=_LEVEL) for name, frame in made.items()
    }


class _Maker:
    """Makes the tables of all batches."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.site, self.old = draft, draft.site, draft.old
        self.batches = draft.batches
        self.counts: dict[str, int] = {}

    def list_wholes(self, proposer: Proposer) -> list[_Whole]:
        """The tables, in the order in which they are made."""
        return [
            _Whole(("pages", "problems"), self.pages, ("articles", "pages")),
            _Whole(("topic_words",), self.topic_words, ("mentions",)),
            _Whole(("slogan_frequencies",), self.frequencies, ("counts", "cells")),
            _Whole(("vocabulary",), self.vocabulary, ("totals",), ("pairs",)),
            _Whole(
                ("slogan_candidates", "forms", "shortlist", "repeats"),
                proposer.make,
                ("coinages", "texts", "hits"),
                ("forms",),
            ),
        ]

    def mark(self, whole: _Whole) -> str:
        """The fingerprint of all that tables are made of; parts are named by what they are made of."""
        parts = sorted(batch.parts[part] for batch in self.batches for part in whole.parts)
        files = [repr(self.draft.files)] if {"articles", "texts"} & set(whole.parts) else []
        return fingerprint(fingerprints.print_merging(), *parts, *files)

    def stands(self, whole: _Whole, mark: str) -> bool:
        """Tell whether tables are there as they would be made."""
        names = [self.old.tables.get(name) for name in whole.names]
        names += [batch.parts.get(part) for batch in self.batches for part in whole.of_batches]
        return all(self.old.inputs.get(name) == mark for name in whole.names) and all(
            map(self.site.has, names)
        )

    def pages(self) -> dict[str, pd.DataFrame]:
        """Tables `pages` and `problems`."""
        draft, before = self.draft, self.draft.read_grown("pages")
        # The files that came, where all others have their rows already.
        store = draft.store if before is None else draft.growth.arrivals
        # Rows may stand in another file than they did when they were computed.
        homes = {key: file["file"] for file in draft.files for key in file.get("pieces", ())}
        notes = [
            (homes[batch.pieces[number]] if what == DAMAGED else file, what, why)
            for batch in self.batches
            for number, file, what, why in batch.notes
            if what != NO_TEXT and batch.pieces[number] in homes
        ]
        notes = [note for note in notes if note[1] != DAMAGED] + sum_damage(notes)
        notes += list_faults(draft.files, notes)
        found = (draft.frame(batch, "pages") for batch in store.manifest.batches)
        articles = store.read_articles(_PLACED)
        pages, problems = merge_pages(store.manifest.files, found, articles, notes, before)
        if pages.empty:
            raise PageError(say_why_empty(self.site.source, problems.to_dict("records")))
        articles = int(pages["n_articles"].sum())
        self.counts = {"pages": len(pages), "articles": articles, "problems": len(problems)}
        return {"pages": pages.drop(columns="source"), "problems": problems}

    def topic_words(self) -> dict[str, pd.DataFrame]:
        """Table `topic_words`."""
        mentions = merge_mentions(self.draft.tables("mentions"))
        return {"topic_words": topics.score_mentions(mentions, self.site.recipe.taxonomy)}

    def frequencies(self) -> dict[str, pd.DataFrame]:
        """Table `slogan_frequencies`."""
        draft, before = self.draft, self.draft.read_grown("slogan_frequencies")
        if before is None:
            return {"slogan_frequencies": merge_counts(draft.tables("counts"), draft.tables("cells"))}
        new = draft.growth.numbers
        cells = pd.concat([table.to_pandas() for table in draft.tables("cells", new)])
        found = extend_counts(before, cells, draft.tables("counts", new), draft.tables("cells"))
        return {"slogan_frequencies": found}

    def vocabulary(self) -> dict[str, pa.Table]:
        """The words of all batches, whose own numbers of words give way to those of the whole corpus."""
        kept = {batch.parts["pairs"] for batch in self.batches if "pairs" in batch.parts}
        before = {batch.parts["pairs"] for batch in self.old.batches if "pairs" in batch.parts}
        old = self.old.tables.get("vocabulary", "")
        known = Vocabulary(load_part(self.site.read(old)) if kept else None)
        new = []
        for batch in self.batches:
            if "pairs" not in batch.parts:
                local = [batch.parts.pop(part) for part in ("words", "wordlist")]
                totals = batch.parts["totals"]
                pairs = known.add(load_words(*map(self.site.read, (*local, totals))))
                mark = f"{part_mark(totals)}-{fingerprint(old if kept else '')}"
                batch.parts["pairs"] = self.site.write("pairs", mark, dump_pairs(pairs))
                new.append(batch)
        anew = not before <= kept or not kept
        parts = (self._pairs(batch) for batch in (self.batches if anew else new))
        known.recount(parts, anew=anew)
        return {"vocabulary": known.to_table()}

    def _pairs(self, batch: Batch) -> Pairs:
        return load_pairs(self.site.read(batch.parts["pairs"]), self.site.read(batch.parts["totals"]))
