"""Topics of views: to the last digit those of the tables, of two views with articles in both too."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis import schema
from analysis.comparison import compare_topics
from analysis.shelves import View, shelve_tables
from analysis.shelves.mixes import compare_topic_views, mix_view
from analysis.slogans import read_lexicon
from analysis.summary import mix_topics
from analysis.topics import read_taxonomy


@pytest.fixture(scope="module")
def shelf(seed_tables):
    return shelve_tables(seed_tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())


@pytest.fixture(scope="module")
def holed(seed_tables):
    """A shelf with articles that have no place, and others that have no day."""
    articles = seed_tables.articles.copy()
    articles.loc[articles.index % 3 == 0, ["paper", "province", "city", "county"]] = None
    articles.loc[articles.index % 4 == 0, "date"] = pd.NaT
    tables = seed_tables._replace(articles=schema.conform(articles, schema.ARTICLES))
    return shelve_tables(tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())


@pytest.mark.parametrize("every", ["all", "day", "month", "year"])
@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_topics_of_a_view_are_mixed_as_its_tables(shelf, holed, step, every):
    for of in (shelf, holed):
        view = View(of, of.whole.rows[3::step])
        facts = view.facts if every == "all" else view.facts[view.facts["date"].notna()]
        expected = mix_topics(view.coded_topics, facts, every=every)
        pd.testing.assert_frame_equal(mix_view(view, every=every), expected, check_exact=True)
        assert len(expected) or step == 1000


def test_no_articles_have_no_topics(shelf):
    assert mix_view(View(shelf, shelf.whole.rows[:0])).empty


@pytest.mark.parametrize("sides", ["apart", "overlapping", "within", "the same", "one", "none"])
def test_views_compare_as_their_tables(shelf, sides):
    order = np.random.default_rng(2).permutation(len(shelf.articles))
    third = len(order) // 3
    parts = {
        "apart": (order[:third], order[third:]),
        "overlapping": (order[: 2 * third], order[third:]),
        "within": (order, order[:third]),
        "the same": (order[:third], order[:third]),
        "one": (shelf.whole.news_rows[:1], order),
        "none": (order[:0], order),
    }
    a, b = (View(shelf, np.sort(rows)) for rows in parts[sides])
    lines = pd.concat([a.coded_topics, b.coded_topics]).drop_duplicates(["article_id", "topic"])
    expected = compare_topics(a.facts, b.facts, article_topics=lines.astype({"topic": "str"}))
    pd.testing.assert_frame_equal(compare_topic_views(a, b), expected, check_exact=True)
    assert expected.empty == (sides == "none")
