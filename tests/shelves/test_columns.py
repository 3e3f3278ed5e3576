"""Tables as columns by article: the lines of any rows, as a look at the whole table gives them."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.schema import FIELDS
from analysis.shelves import View, shelve_store
from analysis.shelves.matrices.columns import from_arrays, join_columns, make_columns, to_arrays
from analysis.shelves.origins import stored
from analysis.store import Store, build_store, open_store, read_tables
from tests.store.corpora import copy_seeds, write_table

ROWS = 6


@st.composite
def draw_lines(draw):
    """Lines of hits in any order, some rows with none, and texts that JSON has to write with care."""
    lines = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["共富", 'a"b\\', "\x00\n", "𠮷", ""]),
                st.sampled_from(FIELDS),
                st.integers(0, 300),
                st.floats(0, 1),
                st.booleans(),
                st.integers(0, ROWS - 1),
            )
        )
    )
    frame = pd.DataFrame(lines, columns=["slogan", "field", "start", "share", "is_main", "row"])
    dtypes = {"slogan": "str", "field": "str", "start": "int64", "share": "float64", "is_main": "bool"}
    return frame.assign(end=frame["start"] + 2).astype({**dtypes, "row": "int64", "end": "int64"})


@given(draw_lines(), st.sets(st.integers(0, ROWS - 1)))
def test_lines_of_any_rows_are_those_of_the_table(frame, rows):
    columns = from_arrays(to_arrays(make_columns(frame, ROWS)))
    order = frame["field"].map(list(FIELDS).index).astype("int64")
    keys = ["row", "order", "start", "end"]
    whole = frame.assign(order=order).sort_values(keys, kind="stable", ignore_index=True)[list(frame)]
    whole = whole[[name for name in whole if name != "row"] + ["row"]]
    pd.testing.assert_frame_equal(columns.take(plain=("slogan", "field")), whole)
    some = whole[whole["row"].isin(rows)].reset_index(drop=True)
    found = columns.take(np.array(sorted(rows), dtype=np.int64))
    coded = {
        name: pd.CategoricalDtype(pd.Index(sorted(set(frame[name])), dtype="str"))
        for name in ("slogan", "field")
    }
    pd.testing.assert_frame_equal(found, some.astype(coded))
    two = columns.take(np.array(sorted(rows), dtype=np.int64), only=("share", "slogan"))
    pd.testing.assert_frame_equal(two, found[["share", "slogan"]])


@given(draw_lines(), st.sets(st.integers(0, 30)))
def test_a_table_in_pieces_is_the_table(frame, cuts):
    edges = [0, *sorted(cut for cut in cuts if cut < len(frame)), len(frame)]
    pieces = [frame.iloc[first:behind] for first, behind in itertools.pairwise(edges)]
    whole, joined = (
        to_arrays(columns) for columns in (make_columns(frame, ROWS), join_columns(pieces, ROWS))
    )
    assert list(whole) == list(joined)
    for name, array in whole.items():
        np.testing.assert_array_equal(joined[name], array, strict=True)


def test_no_pieces_are_no_lines():
    columns = join_columns([], 2)
    assert columns.edges.tolist() == [0, 0, 0]
    assert columns.take().empty


def test_what_is_missing_stays_missing():
    frame = pd.DataFrame(
        {"slogan": pd.Series(["b", None, "a"], dtype="str"), "n": [-1, 0, 300], "row": [2, 0, 0]}
    )
    taken = make_columns(frame, 3).take(plain=("slogan",))
    assert taken["slogan"].isna().tolist() == [True, False, False]
    assert taken["n"].tolist() == [0, 300, -1]
    assert make_columns(frame, 3).take()["slogan"].isna().tolist() == [True, False, False]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "LEAST_KEPT", 0)
    source = copy_seeds(tmp_path / "source", 1)
    write_table(source / "news.jsonl", 40)
    build_store(source, tmp_path / "store")
    return tmp_path / "store"


def _list_tables(folder) -> list[pd.DataFrame]:
    shelf = shelve_store(open_store(folder))
    views = shelf.whole, View(shelf, np.arange(1, len(shelf.articles), 2)), View(shelf, np.array([3]))
    return [table for view in views for table in (view.slogan_hits, view.article_topics)]


def test_what_is_kept_beside_a_store_is_its_tables(folder, monkeypatch):
    made = _list_tables(folder)
    tables = read_tables(open_store(folder))
    assert len(made[0]) == len(tables.slogan_hits) > 20
    pd.testing.assert_frame_equal(made[1], tables.article_topics)
    monkeypatch.setattr(Store, "iter_parts", lambda *_: pytest.fail("read again"))
    monkeypatch.setattr(
        Store,
        "read_parts",
        lambda *of, plain=Store.read_parts: plain(*of) if of[1] == "articles" else pytest.fail("read again"),
    )
    for before, after in zip(made, _list_tables(folder), strict=True):
        pd.testing.assert_frame_equal(before, after)


def test_what_is_kept_is_not_believed_when_damaged(folder):
    made = _list_tables(folder)
    for name in ("hits", "topics"):
        (path,) = (folder / "cubes").glob(f"{name}-*")
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        for before, after in zip(made, _list_tables(folder), strict=True):
            pd.testing.assert_frame_equal(before, after)
        assert path.read_bytes() == content


def test_what_is_in_the_store_no_more_has_no_lines(folder):
    source = folder.parent / "source"
    lines = (source / "news.jsonl").read_text("utf-8").splitlines(keepends=True)
    (source / "news.jsonl").write_text("".join(lines[:5] + lines[30:]), "utf-8")
    next(source.glob("*.txt")).unlink()
    build_store(source, folder)
    hits, topics = _list_tables(folder)[:2]
    tables = read_tables(open_store(folder))
    assert len(hits) == len(tables.slogan_hits) > 0
    order = ["article_id", "slogan", "start"]
    pd.testing.assert_frame_equal(
        hits.sort_values(order, ignore_index=True),
        tables.slogan_hits[list(hits)].sort_values(order, ignore_index=True),
    )
    pd.testing.assert_frame_equal(topics, tables.article_topics)


def test_few_lines_are_not_kept(folder, monkeypatch):
    monkeypatch.undo()
    _list_tables(folder)
    assert not [*(folder / "cubes").glob("hits-*")]
