"""Counting over cells of articles: period, place, topic or what else they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.periods import UNDATED, label_periods
from analysis.schema import SLOGAN_FREQUENCIES, empty
from analysis.shelves.rolls import Rolls, count_cells
from analysis.slogans.frequencies import measure_counts

if TYPE_CHECKING:
    from analysis.shelves.shelf import Shelf


class Counting(NamedTuple):
    """What is counted over which cells.

    Attributes:
        by: period, topic (the main one), and columns of `articles`.
        every: Length of the periods.
        zeros: Whether cells without an occurrence are there, too.
        names: What is counted; all when None.
        dated: Whether articles without a day are left out.
    """

    by: tuple[str, ...]
    every: str
    zeros: bool
    names: tuple[str, ...] | None
    dated: bool


def count_rolls(shelf: Shelf, rows: np.ndarray, rolls: Rolls, counting: Counting) -> pd.DataFrame:
    """Count the columns of a matrix of counts over cells of articles.

    Args:
        shelf: The shelf.
        rows: Rows of its table `articles` that count as articles.
        rolls: Articles of the shelf x what is counted.
        counting: What of it, over which cells.

    Returns:
        Table `slogan_frequencies`.
    """
    if counting.dated:
        rows = rows[shelf.days[0][rows] >= 0]
    cells, labels = label_cells(shelf, rows, counting.by, counting.every)
    chars = shelf.articles["chars"].to_numpy()[rows]
    labels = labels.assign(
        articles=np.bincount(cells, minlength=len(labels)),
        chars=np.bincount(cells, weights=chars, minlength=len(labels)).astype(np.int64),
    )
    counts = count_cells(rolls, rows, cells, len(labels))
    if counting.names is not None:
        counts = counts[counts["slogan"].isin(counting.names)]
    if counts.empty:
        return empty(SLOGAN_FREQUENCIES)
    if counting.zeros:
        grid = pd.MultiIndex.from_product(
            [counts["slogan"].unique(), np.arange(len(labels))], names=["slogan", "cell"]
        )
        counts = counts.set_index(["slogan", "cell"]).reindex(grid, fill_value=0).reset_index()
    placed = labels.iloc[counts["cell"].to_numpy()].reset_index(drop=True)
    counts = pd.concat([counts.reset_index(drop=True).drop(columns="cell"), placed], axis=1)
    return measure_counts(counts, list(labels.columns[: len(labels.columns) - 2]))


def label_cells(
    shelf: Shelf, rows: np.ndarray, by: Sequence[str], every: str
) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the cells of articles: the cell of each row, and the labels of each cell."""
    keys = ["period", *(column for column in by if column != "period")]
    coded = [_code(shelf, key, rows, every if "period" in by else "all") for key in keys]
    number = np.zeros(len(rows), dtype=np.int64)
    for code, labels in coded:
        number = number * (len(labels) + 1) + code + 1
    found, first, cells = np.unique(number, return_index=True, return_inverse=True)
    firsts = [labels.take(code[first], allow_fill=True) for code, labels in coded]
    columns = dict(zip(keys, firsts, strict=True))
    return cells, pd.DataFrame(columns, index=range(len(found)))


def _code(
    shelf: Shelf, key: str, rows: np.ndarray, every: str
) -> tuple[np.ndarray, pd.api.extensions.ExtensionArray]:
    """The code of each row, -1 for a missing value, and the values of the codes."""
    if key == "period":
        if every == "all":
            return np.zeros(len(rows), dtype=np.int64), pd.array(["all"], dtype="str")
        codes, days = shelf.days
        known, names = pd.factorize(label_periods(days, every), sort=True)
        known, names = np.append(known, len(names)), np.append(np.asarray(names, object), UNDATED)
        return known[codes[rows]], pd.array(names, dtype="str")
    column = shelf.main_topics if key == "topic" else shelf.articles[key].array
    if not isinstance(column, pd.Categorical):
        column = pd.Categorical(column)
    return column.codes[rows].astype(np.int64), pd.array(column.categories, dtype="str")
