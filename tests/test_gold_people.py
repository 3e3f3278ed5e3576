"""Officials of the five seeds against labels made by reading (`gold/people.json`)."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis.people import find_people
from analysis.schema import FIELDS

_LABELS = json.loads((Path(__file__).parent / "gold" / "people.json").read_text(encoding="utf-8"))["people"]


@pytest.fixture(scope="module")
def labelled_articles(gold_articles) -> pd.DataFrame:
    """The 33 articles with the text that the labels were made on, wraps joined."""
    rows = []
    for article in gold_articles:
        if article["kind"] == "article":
            parts = ["".join(str(part).split()) for part in article["paragraphs"] or [article["body"]]]
            heads = ["".join((article[key] or "").split()) for key in ("kicker", "headline", "sub")]
            article_id = f"{article['file']}-{article['article_no']}"
            rows.append((article_id, *heads, "\n".join(parts), article["file"]))
    return pd.DataFrame(rows, columns=["article_id", *FIELDS, "paper"])


def _count(found: set, wanted: set) -> tuple[float, float, str]:
    right = len(found & wanted)
    return right / max(len(found), 1), right / len(wanted), f"{right} of {len(wanted)}, {len(found)} found"


def test_officials_of_the_labelled_articles(labelled_articles, say_figure):
    wanted = {(f"{p['file']}-{p['article_no']}", p["name"], p["office"]) for p in _LABELS}
    people = find_people(labelled_articles)
    found = set(people[["article_id", "name", "office"]].itertuples(index=False, name=None))
    precision, recall, counts = _count(found, wanted)
    say_figure(f"people: name and office, precision {precision:.3f}, recall {recall:.3f} ({counts})")
    print("too many:", *sorted(found - wanted), "missed:", *sorted(wanted - found), sep="\n  ")
    assert precision >= 0.9
    assert recall >= 0.9


def test_officials_of_the_pages_as_the_product_splits_them(seed_tables, say_figure):
    pages = seed_tables.pages.set_index("page_id")["file"]
    articles = seed_tables.articles.set_index("article_id")["page_id"].map(pages)
    people = find_people(seed_tables.articles)
    found = set(zip(people["article_id"].map(articles), people["name"], people["office"], strict=True))
    wanted = {(person["file"], person["name"], person["office"]) for person in _LABELS}
    precision, recall, counts = _count(found, wanted)
    say_figure(
        f"people: the same by page, split by us, precision {precision:.3f}, recall {recall:.3f} ({counts})"
    )
    print("too many:", *sorted(found - wanted), "missed:", *sorted(wanted - found), sep="\n  ")
    assert precision >= 0.9
    assert recall >= 0.9
