"""What is new in a view: what its tables say."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import schema
from analysis.shelves import View, shelve_tables
from analysis.shelves.arrivals import find_view_arrivals
from analysis.slogans import read_lexicon
from analysis.slogans.arrivals import find_arrivals
from analysis.topics import read_taxonomy


@pytest.fixture(scope="module")
def shelf(seed_tables):
    """Articles of several years, some without a day."""
    articles = seed_tables.articles.copy()
    articles["date"] = pd.Timestamp("2023-01-01") + pd.to_timedelta(articles.index * 20, unit="D")
    articles.loc[articles.index % 5 == 0, "date"] = pd.NaT
    tables = seed_tables._replace(articles=schema.conform(articles, schema.ARTICLES))
    return shelve_tables(tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())


@pytest.mark.parametrize("rows", [slice(None), slice(0, None, 2), slice(5, 25), slice(0, 6), slice(0, 0)])
def test_what_is_new_in_a_view_is_what_its_tables_say(shelf, rows):
    view = View(shelf, shelf.whole.rows[rows])
    expected = find_arrivals(view.coded_rolled, view.facts)
    pd.testing.assert_frame_equal(find_view_arrivals(view), expected, check_exact=True)
    assert expected.empty == (len(view.rows) in (0, 6))
