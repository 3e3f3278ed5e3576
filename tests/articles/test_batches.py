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

from analysis.articles import _batch, split_articles, split_page, split_pages, split_spans
from analysis.articles.split import split_sources
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


@settings(max_examples=20, deadline=None)
@given(sizes=st.lists(st.sampled_from([0, 3, 300_000]), max_size=40))
def test_pages_split_at_once_are_few_or_one_long_page(sizes):
    pages = [{"page_id": number, "source": "县" * size} for number, size in enumerate(sizes)]
    batches = list(_batch(pages))
    assert [page for batch in batches for page in batch] == pages
    assert all(1 <= len(batch) <= 8 for batch in batches)
    assert all(len(batch) == 1 or sum(len(page["source"]) for page in batch) <= 200_000 for batch in batches)


def test_pages_split_at_once_are_split_each_by_itself():
    sources = [*PAGES["source"], "", "\n", "县委书记"] * 2
    assert split_sources(sources) == [split_page(source) for source in sources]


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
