"""Topics of two views: to the last digit those of the comparison of tables, with articles in both too."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.comparison import compare_topics
from analysis.shelves import View, shelve_tables
from analysis.shelves.mixes import compare_topic_views
from analysis.slogans import read_lexicon
from analysis.topics import read_taxonomy


@pytest.fixture(scope="module")
def shelf(seed_tables):
    return shelve_tables(seed_tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())


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
