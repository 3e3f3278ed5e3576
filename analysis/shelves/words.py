"""Words counted in each article as a sparse matrix, and what selections of articles make of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.keywords import WordCounts
from analysis.keywords.counts import mark_reporting
from analysis.schema import COUNT, TEXT


class Words(NamedTuple):
    """Words x articles, by article.

    Attributes:
        names: The distinct words by code point; dtype object.
        counts: Articles x words: occurrences of words that name matter; one row for each row of table
            `articles`, empty where the row does not count as an article. Of verbs of reporting only
            occurrences as a slogan.
        totals: All words of each article, stop words and numbers too.
        articles: Articles of the corpus.
    """

    names: np.ndarray
    counts: csr_array
    totals: np.ndarray
    articles: int


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
    edges = np.concatenate([[0], np.cumsum(lengths)])
    matrix = csr_array(
        (n[kept].astype(np.int32), counts.word[kept], edges), shape=(n_rows, len(counts.words))
    )
    totals = np.zeros(n_rows, dtype=np.int64)
    totals[rows] = counts.totals
    return Words(counts.words, matrix, totals, len(rows))


def add_up(matrix: csr_array, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Add up some rows of a matrix of counts: the sum of each column, and the rows that have it.

    Example:
        >>> [each.tolist() for each in add_up(csr_array([[2, 0], [1, 3]]), np.array([0, 1]))]
        [[3, 3], [2, 1]]
    """
    some = matrix if len(rows) == matrix.shape[0] else matrix[rows]
    width = matrix.shape[1]
    n = np.bincount(some.indices, weights=some.data, minlength=width)
    return n.astype(COUNT), np.bincount(some.indices, minlength=width)


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
    ones = np.ones(len(rows), dtype=COUNT)
    member = csr_array((ones, (groups, rows)), shape=(size, matrix.shape[0]))
    has = csr_array((matrix.data != 0, matrix.indices, matrix.indptr), shape=matrix.shape, dtype=bool)
    return (member @ matrix).toarray().astype(COUNT), (member @ has).toarray().astype(COUNT)


def find_word(words: Words, names: Iterable[str], rows: np.ndarray) -> pd.DataFrame:
    """Find the articles that have some words: row, word, n.

    Args:
        words: The matrix.
        names: Words; one that the corpus lacks has no row.
        rows: Rows of table `articles` to look in.

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
    some = words.counts[rows][:, [place for place, _ in known]].tocoo()
    row, column = some.coords
    named = np.array([name for _, name in known], dtype=object)[column]
    return pd.DataFrame({"row": rows[row], "word": pd.Series(named, dtype=TEXT), "n": some.data})
