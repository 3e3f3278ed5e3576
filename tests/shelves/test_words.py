"""Words as a matrix: any rows added up, whatever the blocks, against plain sums of a dense table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from analysis.measures import dp_norm
from analysis.shelves.matrices import words as words_module
from analysis.shelves.matrices.dispersion import bound_evenness, disperse
from analysis.shelves.matrices.words import (
    Words,
    add_up,
    add_up_groups,
    add_up_words,
    find_word,
    iter_blocks,
    join_matrix,
)

GREAT = (0, 0, 0, 1, 1, 2, 7, 255, 256, 70_000)


def make_words(table: np.ndarray) -> Words:
    row, column = np.nonzero(table)
    lengths = np.bincount(row, minlength=len(table))
    matrix = join_matrix(table[row, column], column, lengths, table.shape[1])
    names = np.array([f"w{number}" for number in range(table.shape[1])], dtype=object)
    # Some words of an article are not counted as words that name matter.
    totals = table.sum(axis=1) + np.arange(len(table)) % 3
    n = table.sum(axis=0)
    return Words(names, matrix, totals, len(table), n, (table > 0).sum(axis=0))


@st.composite
def draw_cases(draw):
    """A table of counts, some of its rows, and how many cells are looked at together."""
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 6))
    cells = draw(st.lists(st.sampled_from(GREAT), min_size=height * width, max_size=height * width))
    rows = sorted(draw(st.sets(st.integers(0, height - 1))))
    return np.array(cells).reshape(height, width), np.array(rows, dtype=np.int64), draw(st.integers(1, 9))


def in_blocks(size: int, work):
    before = words_module._CELLS
    words_module._CELLS = size
    try:
        return work()
    finally:
        words_module._CELLS = before


@given(draw_cases())
def test_any_rows_are_added_up(case):
    table, rows, size = case
    words, some = make_words(table), table[rows]
    expected = some.sum(axis=0).tolist(), (some > 0).sum(axis=0).tolist()
    for add in (lambda: add_up(words.counts, rows), lambda: add_up_words(words, rows)):
        n, n_rows = in_blocks(size, add)
        assert (n.tolist(), n_rows.tolist()) == expected
        assert (n.dtype, n_rows.dtype) == (np.int64, np.int64)


@given(draw_cases())
def test_groups_are_added_up(case):
    table, rows, size = case
    groups = np.arange(len(rows)) % 3
    n, n_rows = in_blocks(size, lambda: add_up_groups(make_words(table).counts, rows, groups, 4))
    for group in range(4):
        some = table[rows[groups == group]]
        assert n[group].tolist() == some.sum(axis=0).tolist()
        assert n_rows[group].tolist() == (some > 0).sum(axis=0).tolist()


@given(draw_cases())
def test_words_are_found(case):
    table, rows, size = case
    names = ["w4", "absent", "w0", "w4"]
    found = in_blocks(size, lambda: find_word(make_words(table), names, rows))
    cells = {(row, f"w{word}", int(n)) for row in rows.tolist() for word, n in enumerate(table[row]) if n}
    assert {*found.itertuples(index=False, name=None)} == {cell for cell in cells if cell[1] in names}
    assert len(found) == len({(row, word) for row, word, _ in cells if word in names})


@given(draw_cases())
def test_dispersion_is_that_of_the_measure_to_the_last_digit(case):
    table, rows, size = case
    words, some = make_words(table), table[rows]
    codes = np.flatnonzero(some.sum(axis=0))[::-1]
    if not len(codes):
        return
    sums = some.sum(axis=0)[codes]
    found = in_blocks(size, lambda: disperse(words, rows, codes, sums))
    expected = dp_norm(csr_array(some.T[codes]), words.totals[rows])
    assert found.tobytes() == expected.tobytes()
    bound = bound_evenness(words, rows, (some > 0).sum(axis=0)[codes])
    assert (bound >= 1 - np.nan_to_num(expected)).all()


def test_the_bound_of_evenness_leaves_little_to_rare_words():
    table = np.ones((100, 2), dtype=int)
    table[1:, 0] = 0
    words = make_words(table)._replace(totals=np.full(100, 10))
    assert bound_evenness(words, np.arange(100), np.array([1, 100])).round(6).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("greatest", "dtype"), [(1, "uint8"), (255, "uint8"), (256, "uint16"), (70_000, "uint32")]
)
def test_counts_are_as_narrow_as_they_can_be(greatest, dtype):
    counts = make_words(np.array([[1, greatest]])).counts
    assert counts.dtype == dtype
    assert counts.indices.dtype == counts.indptr.dtype == np.int32
    assert add_up(counts, np.array([0]))[0].tolist() == [1, greatest]


def test_blocks_are_bounded_and_neighbours_are_not_copied():
    matrix = make_words(np.ones((40, 5), dtype=int)).counts
    blocks = in_blocks(20, lambda: [*iter_blocks(matrix, np.arange(40))])
    assert [len(block.columns) for block in blocks] == [20] * 10
    assert all(np.shares_memory(block.columns, matrix.indices) for block in blocks)
    apart = in_blocks(20, lambda: [*iter_blocks(matrix, np.arange(0, 40, 2))])
    assert [(block.first, len(block.columns)) for block in apart] == [
        (first, 20) for first in range(0, 20, 4)
    ]
