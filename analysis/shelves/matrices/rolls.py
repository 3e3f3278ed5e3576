"""Slogans counted in each article, rolled up, and counted over cells of articles from there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.schema import FIELDS, TEXT
from analysis.shelves.matrices.columns import Columns
from analysis.slogans.rollup import Numbered, roll_up_numbers


class Rolls(NamedTuple):
    """Articles x slogans: occurrences in the narrowest integers that hold them; the slogans by code point."""

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
    slogans = slogans.astype("category")
    # Codes that were read from a file stand in an order of their own.
    slogans = slogans.cat.reorder_categories(sorted(slogans.cat.categories))
    codes, names = pd.factorize(slogans, sort=True)
    matrix = csr_array(
        (np.asarray(n, dtype=np.int64), (rows, codes)), shape=(n_rows, len(names)), dtype=np.int64
    )
    matrix.sum_duplicates()
    narrow = matrix.astype(np.min_scalar_type(matrix.data.max(initial=0)))
    return Rolls(np.asarray(names, dtype=object), narrow)


class Counts(NamedTuple):
    """What is counted in cells: one entry per slogan and cell, by slogan, then cell.

    Attributes:
        slogan: Number of the slogan in the names of the rolls.
        cell: Number of the cell.
        n: Occurrences.
        n_articles: Articles with it at least once.
    """

    slogan: np.ndarray
    cell: np.ndarray
    n: np.ndarray
    n_articles: np.ndarray


def count_cells(rolls: Rolls, rows: np.ndarray, cells: np.ndarray, n_cells: int) -> Counts:
    """Count slogans over cells of articles.

    Args:
        rolls: The matrix.
        rows: Rows of table `articles` that are counted.
        cells: Number of the cell of each of these.
        n_cells: Number of cells.

    Returns:
        One entry per slogan and cell that has it.

    Example:
        >>> rolls = make_rolls(np.array([0, 1]), pd.Series(["b", "a"]), np.array([2, 1]), 2)
        >>> [column.tolist() for column in count_cells(rolls, np.arange(2), np.array([0, 1]), 2)]
        [[0, 1], [1, 0], [1, 2], [1, 1]]
    """
    n_cells = max(n_cells, 1)
    some = rolls.counts if len(rows) == rolls.counts.shape[0] else rolls.counts[rows]
    key = some.indices
    if n_cells > 1:
        key = key.astype(np.int64) * n_cells
        key += np.repeat(cells, np.diff(some.indptr))
    # Most counts are 1: only what goes beyond it has to be weighed.
    above = np.flatnonzero(some.data > 1)
    more = some.data[above] - 1.0
    size = len(rolls.names) * n_cells
    if size <= max(4 * len(key), 1 << 22):
        n_articles = np.bincount(key, minlength=size)
        found = np.flatnonzero(n_articles)
        more = np.bincount(key[above], weights=more, minlength=size)[found]
        n_articles = n_articles[found]
    else:
        found, place, n_articles = np.unique(key, return_inverse=True, return_counts=True)
        more = np.bincount(place[above], weights=more, minlength=len(found))
    return Counts(*np.divmod(found, n_cells), n_articles + more.astype(np.int64), n_articles)


def keep_names(counts: Counts, rolls: Rolls, names: Iterable[str]) -> Counts:
    """Keep the entries of some slogans."""
    is_kept = np.isin(rolls.names, list(names))[counts.slogan]
    return Counts(*(column[is_kept] for column in counts))


def fill_cells(counts: Counts, n_cells: int) -> Counts:
    """Give every slogan that is counted an entry for every cell, 0 where it has none.

    Example:
        >>> some = Counts(np.array([3]), np.array([1]), np.array([7]), np.array([5]))
        >>> [column.tolist() for column in fill_cells(some, 2)]
        [[3, 3], [0, 1], [0, 7], [0, 5]]
    """
    slogans, place = np.unique(counts.slogan, return_inverse=True)
    n, n_articles = np.zeros((2, len(slogans) * n_cells), dtype=np.int64)
    n[place * n_cells + counts.cell] = counts.n
    n_articles[place * n_cells + counts.cell] = counts.n_articles
    cells = np.tile(np.arange(n_cells), len(slogans))
    return Counts(np.repeat(slogans, n_cells), cells, n, n_articles)


def roll_columns(hits: Columns, lexicon: pd.DataFrame) -> pd.DataFrame:
    """Roll hits up that are columns of numbers.

    Args:
        hits: Table `slogan_hits` by row and place.
        lexicon: Lexicon behind the hits.

    Returns:
        One row per hit rolled up, in the order of `slogans.roll_up`: slogan, field, row.
    """
    numbers, names = hits.numbers, hits.names
    lengths = np.diff(hits.edges)
    # Of most hits nothing crosses the end.
    is_crossed = np.append(names["crossing"] != "", False)[numbers["crossing"]]
    numbered = Numbered(
        article=np.repeat(np.arange(len(lengths), dtype=np.int32), lengths),
        field=pd.Index(FIELDS).get_indexer(pd.Index(names["field"]))[numbers["field"]],
        crossing=np.where(is_crossed, numbers["crossing"], np.int32(-1)),
        **{name: numbers[name] for name in ("start", "end", "slogan", "surface")},
        **{f"{name}s": names[name] for name in ("slogan", "surface", "crossing")},
    )
    rolled = roll_up_numbers(numbered, lexicon)
    codes, slogans = pd.factorize(np.array([span.slogan for span in rolled.spans], dtype=object), sort=True)
    return pd.DataFrame(
        {
            "slogan": pd.Categorical.from_codes(codes[rolled.span], pd.Index(slogans, dtype=TEXT)),
            "field": pd.Categorical.from_codes(numbered.field[rolled.hit], pd.Index(FIELDS, dtype=TEXT)),
            "row": numbered.article[rolled.hit],
        }
    )
