"""Slogan counts held against the hand-made labels of the five seed pages.

The labels count every formula for itself, nested ones included: that is what `roll_up` is for.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.slogans import find_slogans, read_lexicon, roll_up, skeleton
from analysis.slogans.lexicon import OMISSIONS_FILE, iter_forms

GOLD = Path(__file__).parent / "gold" / "slogans.json"
SEEDS = Path(__file__).parent.parent / "seeds"
#: Labels whose number is that of a bare string and not of the slogan, as the label's own note says.
FALSE_HITS = [("000_e07a75bf460e5f2c.txt", "五星")]


def expect(rows: list[tuple], keys: list[str]) -> pd.DataFrame:
    """Sum the labelled counts of every form of each lexicon entry; formulae that are no form are left out."""
    entries = {skeleton(form): slogan for slogan, form, _ in iter_forms(read_lexicon())}
    labels = pd.DataFrame(rows, columns=["file", "formula", *keys[2:], "expected"])
    labels.insert(1, "slogan", labels["formula"].map(lambda formula: entries.get(skeleton(formula))))
    is_false = [pair in FALSE_HITS for pair in zip(labels["file"], labels["formula"], strict=True)]
    labels = labels[~pd.Series(is_false)].dropna(subset="slogan")
    return labels.groupby(keys, as_index=False)["expected"].sum()


def compare(found: pd.DataFrame, expected: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Set found beside expected counts, for the entries that a page labels: its labeller knew no others."""
    found = found.groupby(keys, as_index=False).size().rename(columns={"size": "found"})
    found = found.merge(expected[["file", "slogan"]].drop_duplicates())
    both = found.merge(expected, on=keys, how="outer").fillna({"found": 0, "expected": 0})
    return both.astype({"found": int, "expected": int})


@pytest.fixture(scope="module")
def pages() -> dict:
    return json.loads(GOLD.read_text(encoding="utf-8"))["files"]


@pytest.fixture(scope="module")
def articles(gold_articles) -> pd.DataFrame:
    """The labelled articles with their headlines and bodies verbatim."""
    rows, banners = [], set()
    for item in gold_articles:
        if not item.get("body"):
            continue
        # The labels count a column banner with the headline; one that two articles share, with the first.
        banner = (item["file"], item.get("column"))
        column = None if banner in banners else item.get("column")
        banners.add(banner)
        kicker = " ".join(filter(None, [column, item["kicker"]]))
        place = f"{item['file']}/{item['n']}"
        rows.append((place, kicker, item["headline"], item["sub"] or "", item["body"]))
    return pd.DataFrame(rows, columns=["article_id", "kicker", "headline", "subhead", "text"])


def test_counts_are_exact_per_article_and_field(pages, articles, say_figure):
    keys = ["file", "slogan", "n", "part"]
    expected = expect(
        [
            (file, label["formula"], n, part, count)
            for file, page in pages.items()
            for label in page["slogans"]
            for n, parts in label["by_article"].items()
            for part, count in parts.items()
            if part in ("headline", "body")
        ],
        keys,
    )
    hits = roll_up(find_slogans(articles))
    hits[["file", "n"]] = hits["article_id"].str.split("/", expand=True)
    both = compare(hits.assign(part=hits["field"].map({"text": "body"}).fillna("headline")), expected, keys)
    say_figure(
        f"slogans per article and field: {both['found'].sum()} / {both['expected'].sum()} occurrences "
        f"found / expected, for {both['slogan'].nunique()} labelled entries of the lexicon"
    )
    wrong = both[both["found"] != both["expected"]]
    assert both["expected"].sum() >= 800
    assert wrong.empty, wrong.to_string()


def test_counts_are_exact_on_the_joined_text_of_each_page(pages, say_figure):
    keys = ["file", "slogan"]
    labels = [(file, s["formula"], s) for file, page in pages.items() for s in page["slogans"]]
    expected = expect([(file, formula, label["count_unwrapped"]) for file, formula, label in labels], keys)
    plain = expect([(file, formula, label["raw"]) for file, formula, label in labels], keys)
    texts = [(file, (SEEDS / file).read_text(encoding="utf-8")) for file in pages]
    sources = pd.DataFrame(texts, columns=["article_id", "text"]).assign(kicker="", headline="", subhead="")
    hits = roll_up(find_slogans(sources)).rename(columns={"article_id": "file"})
    both = compare(hits, expected, keys)
    say_figure(
        f"slogan occurrences found / expected on the joined pages: {both['found'].sum()} / "
        f"{both['expected'].sum()} (a plain str.count on the raw pages finds {plain['expected'].sum()})"
    )
    wrong = both[both["found"] != both["expected"]]
    assert wrong.empty, wrong.to_string()


def test_nearly_all_are_counted_on_the_articles_that_the_splitter_makes(pages, seed_tables, say_figure):
    keys = ["file", "slogan"]
    rows = [
        (file, label["formula"], parts["headline"] + parts["body"])
        for file, page in pages.items()
        for label in page["slogans"]
        for parts in label["by_article"].values()
        if "body" in parts
    ]
    files = seed_tables.pages.set_index("page_id")["file"]
    places = seed_tables.articles.set_index("article_id")["page_id"].map(files)
    hits = roll_up(seed_tables.slogan_hits)
    both = compare(hits.assign(file=hits["article_id"].map(places)), expect(rows, keys), keys)
    agreed = both[["found", "expected"]].min(axis=1).sum()
    say_figure(
        f"slogan occurrences on the articles as split: {agreed} of {both['expected'].sum()} labelled ones "
        f"found, {both['found'].sum() - agreed} others"
    )
    assert agreed >= 0.95 * both["expected"].sum()


def test_every_national_and_provincial_formula_is_an_entry_or_left_out_with_a_reason(pages, say_figure):
    rows = [line for line in OMISSIONS_FILE.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    omissions = {row["formula"]: row["reason"] for row in csv.DictReader(rows, delimiter="\t")}
    forms = {skeleton(form) for _, form, _ in iter_forms(read_lexicon())}
    labels = {
        label["formula"]
        for page in pages.values()
        for label in page["slogans"]
        if label["scope"] in ("national", "provincial")
    }
    missing = {formula for formula in labels if skeleton(formula) not in forms}
    say_figure(f"national and provincial formulae in the lexicon: {len(labels - missing)} / {len(labels)}")
    assert missing == set(omissions)
    assert all(len(reason) > 8 for reason in omissions.values())
