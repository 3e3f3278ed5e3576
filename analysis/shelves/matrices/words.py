"""Words counted in each article as a sparse matrix, and what selections of articles make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.keywords import WordCounts
from analysis.keywords.counts import mark_reporting
from analysis.schema import COUNT, TEXT

# Cells looked at together: about what fits the caches of a processor.
_CELLS = 1 << 19


class Words(NamedTuple):
    """Words x articles, by article.

    Attributes:
        names: The distinct words by code point; dtype object.
        counts: Articles x words: occurrences of words that name matter, in the narrowest integers that hold
            them; one row for each row of table `articles`, empty where the row does not count as an article.
            Of verbs of reporting only occurrences as a slogan.
        totals: All words of each article, stop words and numbers too.
        articles: Articles of the corpus.
        n: Occurrences of each word in all articles.
        n_articles: Articles with each word.
    """

    names: np.ndarray
    counts: csr_array
    totals: np.ndarray
    articles: int
    n: np.ndarray
    n_articles: np.ndarray


class Block(NamedTuple):
    """Some rows of a matrix of counts, one after another.

    Attributes:
        first: Place of the first one among the rows that were asked for.
        lengths: Cells of each.
        columns: Column of each cell.
        counts: Count of each cell.
    """

    first: int
    lengths: np.ndarray
    columns: np.ndarray
    counts: np.ndarray


def make_words(counts: WordCounts, rows: np.ndarray, n_rows: int) -> Words:
    """Make the matrix of counts.

    Args:
        counts: From `count_words`.
        rows: Row of table `articles` of each article of the counts, ascending.
        n_rows: Rows of table `articles`.

    Returns:
        The matrix.
    """
    is_out = mark_reporting(counts)
    n = np.where(is_out[counts.word], counts.n_slogan, counts.n)
    kept = np.flatnonzero(n)
    lengths = np.bincount(rows[counts.article[kept]], minlength=n_rows)
    matrix = join_matrix(n[kept], counts.word[kept], lengths, len(counts.words))
    totals = np.zeros(n_rows, dtype=np.int64)
    totals[rows] = counts.totals
    return Words(counts.words, matrix, totals, len(rows), *add_up(matrix, np.arange(n_rows)))


def join_matrix(counts: np.ndarray, columns: np.ndarray, lengths: np.ndarray, width: int) -> csr_array:
    """Join the cells of a matrix, row by row, in narrow integers.

    Args:
        counts: Count of each cell, above 0.
        columns: Column of each.
        lengths: Cells of each row.
        width: Columns of the matrix.

    Example:
        >>> matrix = join_matrix(np.array([2, 1, 3]), np.array([0, 0, 1]), np.array([1, 2]), 2)
        >>> matrix.toarray().tolist(), str(matrix.dtype)
        ([[2, 0], [1, 3]], 'uint8')
    """
    edges = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32 if len(counts) < 2**31 else np.int64)
    counts = counts.astype(np.min_scalar_type(counts.max(initial=0)), copy=False)
    columns = columns.astype(edges.dtype, copy=False)
    return csr_array((counts, columns, edges), shape=(len(lengths), width))


def iter_blocks(matrix: csr_array, rows: np.ndarray) -> Iterator[Block]:
    """Go through some rows of a matrix, a bounded number of cells at a time."""
    edges = matrix.indptr
    step = max(1, int(_CELLS * len(rows) // max(1, (edges[rows + 1] - edges[rows]).sum(dtype=np.int64))))
    for first in range(0, len(rows), step):
        some = rows[first : first + step]
        if some[-1] - some[0] + 1 == len(some):
            edge = edges[some[0] : some[-1] + 2]
            here = slice(edge[0], edge[-1])
            yield Block(first, np.diff(edge), matrix.indices[here], matrix.data[here])
        else:
            part = matrix[some]
            yield Block(first, np.diff(part.indptr), part.indices, part.data)


def add_up(matrix: csr_array, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Add up some rows of a matrix of counts: the sum of each column, and the rows that have it.

    Args:
        matrix: Counts; cells that are kept are above 0.
        rows: Rows, ascending.

    Example:
        >>> [each.tolist() for each in add_up(csr_array([[2, 0], [1, 3]]), np.array([0, 1]))]
        [[3, 3], [2, 1]]
    """
    width = matrix.shape[1]
    n_rows, more = np.zeros(width, dtype=np.int64), np.zeros(width)
    for block in iter_blocks(matrix, rows):
        n_rows += np.bincount(block.columns, minlength=width)
        # Most counts are 1: only what goes beyond it has to be weighed.
        above = np.flatnonzero(block.counts > 1)
        more += np.bincount(block.columns[above], weights=block.counts[above] - 1.0, minlength=width)
    return n_rows + more.astype(COUNT), n_rows


def add_up_words(words: Words, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Add up the words of some articles: occurrences, and articles with each; of most articles by the others.

    Args:
        words: The matrix.
        rows: Rows of table `articles`, ascending.
    """
    edges = words.counts.indptr
    cells = (edges[rows + 1] - edges[rows]).sum(dtype=np.int64)
    if 2 * cells <= edges[-1]:
        return add_up(words.counts, rows)
    is_other = np.diff(edges) > 0
    is_other[rows] = False
    n, n_articles = add_up(words.counts, np.flatnonzero(is_other))
    return words.n - n, words.n_articles - n_articles


def add_up_groups(
    matrix: csr_array, rows: np.ndarray, groups: np.ndarray, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Add up some rows of a matrix of counts by groups: groups x columns, the sums and the rows that have it.

    Example:
        >>> matrix = csr_array([[2, 0], [1, 3], [5, 5]])
        >>> sums, n_rows = add_up_groups(matrix, np.array([0, 1]), np.array([1, 1]), 2)
        >>> sums.tolist(), n_rows.tolist()
        ([[0, 0], [3, 3]], [[0, 0], [2, 1]])
    """
    counted = [add_up(matrix, rows[groups == group]) for group in range(size)]
    shape = (size, matrix.shape[1])
    sums, n_rows = (np.array([pair[i] for pair in counted], dtype=COUNT).reshape(shape) for i in (0, 1))
    return sums, n_rows


def find_cells(matrix: csr_array, rows: np.ndarray, columns: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
    """Find the cells of some columns in some rows, a bounded number of cells at a time.

    Args:
        matrix: Counts.
        rows: Rows, ascending.
        columns: Columns, each once.

    Yields:
        For cells by row: place of the row in `rows`, place of the column in `columns`, and count.
    """
    place = np.full(matrix.shape[1], -1, dtype=np.int32)
    place[columns] = np.arange(len(columns), dtype=np.int32)
    is_wanted = place >= 0
    for block in iter_blocks(matrix, rows):
        cells = np.flatnonzero(is_wanted[block.columns])
        row = np.repeat(np.arange(block.first, block.first + len(block.lengths)), block.lengths)
        yield row[cells], place[block.columns[cells]], block.counts[cells]


def find_word(words: Words, names: Iterable[str], rows: np.ndarray) -> pd.DataFrame:
    """Find the articles that have some words: row, word, n.

    Args:
        words: The matrix.
        names: Words; one that the corpus lacks has no row.
        rows: Rows of table `articles` to look in, ascending.

    Returns:
        One row per article and word.
    """
    listed = list(dict.fromkeys(names))
    places = np.searchsorted(words.names, np.array(listed, dtype=object)) if listed else np.array([], int)
    known = [
        (place, name)
        for place, name in zip(places.tolist(), listed, strict=True)
        if place < len(words.names) and words.names[place] == name
    ]
    columns = np.array([place for place, _ in known], dtype=np.int64)
    found = [*find_cells(words.counts, rows, columns)] if known else []
    empty = np.array([], dtype=np.int32)
    row, column, n = (
        (np.concatenate([empty, *each]) for each in zip(*found, strict=True)) if found else [empty] * 3
    )
    named = np.array([name for _, name in known], dtype=object)[column] if known else []
    return pd.DataFrame({"row": rows[row], "word": pd.Series(named, dtype=TEXT), "n": n})
