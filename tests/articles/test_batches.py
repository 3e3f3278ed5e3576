"""Pages give the same rows together and apart, in this process and in another."""

from __future__ import annotations

import hashlib
import itertools
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import split_articles, split_pages, split_spans
from analysis.pages import read_pages

ROOT = Path(__file__).parents[2]
PAGES = read_pages(ROOT / "seeds")


def _join(parts: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(parts, ignore_index=True)


def test_both_tables_are_those_of_each_function():
    articles, spans = split_pages(PAGES)
    pd.testing.assert_frame_equal(articles, split_articles(PAGES))
    pd.testing.assert_frame_equal(spans, split_spans(PAGES))


@settings(max_examples=5, deadline=None)
@given(cuts=st.sets(st.integers(1, len(PAGES) - 1)))
def test_batches_give_the_rows_of_all_pages_at_once(cuts):
    edges = [0, *sorted(cuts), len(PAGES)]
    batches = [split_pages(PAGES.iloc[a:b]) for a, b in itertools.pairwise(edges)]
    whole = split_pages(PAGES)
    pd.testing.assert_frame_equal(_join([batch.articles for batch in batches]), whole.articles)
    pd.testing.assert_frame_equal(_join([batch.spans for batch in batches]), whole.spans)


def test_no_pages_give_two_empty_tables():
    articles, spans = split_pages(PAGES.iloc[:0])
    assert articles.empty
    assert spans.empty
    assert articles.columns.tolist() == split_articles(PAGES).columns.tolist()


def test_function_and_result_travel_between_processes():
    found = pickle.loads(pickle.dumps(split_pages))(PAGES.head(1))
    again = pickle.loads(pickle.dumps(found))
    pd.testing.assert_frame_equal(again.articles, found.articles)
    pd.testing.assert_frame_equal(again.spans, found.spans)


_DIGEST = """
import hashlib
from analysis.articles import split_pages
from analysis.pages import read_pages
for table in split_pages(read_pages("seeds")):
    print(hashlib.sha256(table.to_csv().encode()).hexdigest())
"""


def test_order_of_sets_in_a_process_does_not_show():
    made = subprocess.run(
        [sys.executable, "-c", _DIGEST],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.split()
    assert made == [hashlib.sha256(table.to_csv().encode()).hexdigest() for table in split_pages(PAGES)]
