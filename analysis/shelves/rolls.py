"""Slogans counted in each article, rolled up, and counted over cells of articles from there."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.schema import TEXT


class Rolls(NamedTuple):
    """Articles x slogans: occurrences; the slogans by code point."""

    names: np.ndarray
    counts: csr_array


def make_rolls(rows: np.ndarray, slogans: pd.Series, n: np.ndarray, n_rows: int) -> Rolls:
    """Make the matrix.

    Args:
        rows: Row of table `articles` of each entry, in any order.
        slogans: Slogan of each entry.
        n: Occurrences of each entry; entries of one article and slogan are added up.
        n_rows: Rows of table `articles`.

    Returns:
        The matrix.

    Example:
        >>> rolls = make_rolls(np.array([1, 1]), pd.Series(["b", "a"]), np.array([2, 1]), 2)
        >>> rolls.names.tolist(), rolls.counts.toarray().tolist()
        (['a', 'b'], [[0, 0], [1, 2]])
    """
    codes, names = pd.factorize(slogans.astype("category"), sort=True)
    matrix = csr_array(
        (np.asarray(n, dtype=np.int64), (rows, codes)), shape=(n_rows, len(names)), dtype=np.int64
    )
    matrix.sum_duplicates()
    return Rolls(np.asarray(names, dtype=object), matrix)


def count_cells(rolls: Rolls, rows: np.ndarray, cells: np.ndarray, n_cells: int) -> pd.DataFrame:
    """Count slogans over cells of articles.

    Args:
        rolls: The matrix.
        rows: Rows of table `articles` that are counted.
        cells: Number of the cell of each of these.
        n_cells: Number of cells.

    Returns:
        One row per slogan and cell that has it, by slogan, then cell: slogan, cell, n, n_articles.
    """
    some = rolls.counts[rows]
    entry_cell = np.repeat(cells, np.diff(some.indptr)).astype(np.int64)
    key = some.indices.astype(np.int64) * max(n_cells, 1) + entry_cell
    size = len(rolls.names) * max(n_cells, 1)
    if size <= max(4 * len(key), 1 << 22):
        n_articles = np.bincount(key, minlength=size)
        found = np.flatnonzero(n_articles)
        n = np.bincount(key, weights=some.data, minlength=size)[found].astype(np.int64)
        n_articles = n_articles[found]
    else:
        found, place, n_articles = np.unique(key, return_inverse=True, return_counts=True)
        n = np.bincount(place, weights=some.data, minlength=len(found)).astype(np.int64)
    slogan, cell = np.divmod(found, max(n_cells, 1))
    return pd.DataFrame(
        {
            "slogan": pd.Series(rolls.names[slogan], dtype=TEXT),
            "cell": cell,
            "n": n,
            "n_articles": n_articles,
        }
    )
