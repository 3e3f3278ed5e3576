"""Counting over cells of articles: period, place, topic or what else they have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.schema import SLOGAN_FREQUENCIES, TEXT, empty
from analysis.shelves.matrices.rolls import Rolls, count_cells, fill_cells, keep_names
from analysis.slogans.frequencies import make_frequencies

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

    from analysis.shelves.shelf import Shelf

# Cells that may be numbered without being sorted, however few articles there are.
_FEW_CELLS = 1 << 12
_ORDER = {"period": 0, "paper": 1, "county": 2}


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
    articles = np.bincount(cells)
    chars = np.bincount(cells, weights=shelf.articles["chars"].to_numpy()[rows]).astype(np.int64)
    counts = count_cells(rolls, rows, cells, len(articles))
    if counting.names is not None:
        counts = keep_names(counts, rolls, counting.names)
    if not len(counts.slogan):
        return empty(SLOGAN_FREQUENCIES)
    if counting.zeros:
        counts = fill_cells(counts, len(articles))
    return make_frequencies(
        pd.array(rolls.names[counts.slogan], dtype=TEXT),
        {key: values.take(counts.cell) for key, values in labels.items()},
        n=counts.n,
        n_articles=counts.n_articles,
        articles=articles[counts.cell],
        chars=chars[counts.cell],
    )


def label_cells(
    shelf: Shelf, rows: np.ndarray, by: Sequence[str], every: str
) -> tuple[np.ndarray, dict[str, ExtensionArray]]:
    """Number the cells of articles in the order of table `slogan_frequencies`.

    Returns:
        The cell of each row, and by column the label of each cell, missing where it is not known.
    """
    keys = sorted(dict.fromkeys(("period", *by)), key=lambda key: _ORDER.get(key, 3))
    coded = [_code(shelf, key, rows, every if "period" in by else "all") for key in keys]
    number, size = np.zeros(len(rows), dtype=np.int64), 1
    for code, labels in coded:
        # What is not known stands last.
        number = number * (len(labels) + 1) + np.where(code < 0, len(labels), code)
        size *= len(labels) + 1
    if size > max(len(rows), _FEW_CELLS):
        _, first, cells = np.unique(number, return_index=True, return_inverse=True)
    else:
        row = np.full(size, -1)
        row[number] = np.arange(len(number))
        first = row[row >= 0]
        cells = (np.cumsum(row >= 0) - 1)[number]
    return cells, {
        key: labels.take(code[first], allow_fill=True)
        for key, (code, labels) in zip(keys, coded, strict=True)
    }


def find_topics(shelf: Shelf, rows: np.ndarray, rolls: Rolls) -> dict[str, str]:
    """Find the topic of which each slogan is most typical.

    Args:
        shelf: The shelf.
        rows: Rows of its table `articles` that count as articles.
        rolls: Articles of the shelf x slogans.

    Returns:
        Slogan -> the main topic of most articles with the slogan; of equal ones the first by name.
    """
    codes, topics = shelf.main_topics.codes[rows], shelf.main_topics.categories
    counts = count_cells(rolls, rows[codes >= 0], codes[codes >= 0], len(topics))
    n_articles = np.zeros((len(rolls.names), max(len(topics), 1)), dtype=np.int64)
    n_articles[counts.slogan, counts.cell] = counts.n_articles
    found = np.unique(counts.slogan)
    return dict(zip(rolls.names[found], topics[n_articles[found].argmax(axis=1)], strict=True))


def count_topics(shelf: Shelf, rows: np.ndarray) -> pd.DataFrame:
    """Count articles by their main topic.

    Args:
        shelf: The shelf.
        rows: Rows of its table `articles` that count as articles.

    Returns:
        One row per topic: topic, n_articles, articles (all), share (n_articles / articles, 0-1); most
        frequent first, then by topic. The shares sum to 1, since an article has one main topic.
    """
    topics = shelf.main_topics
    codes = topics.codes[rows]
    n_articles = np.bincount(codes[codes >= 0], minlength=len(topics.categories))
    found = np.flatnonzero(n_articles)
    found = found[np.argsort(-n_articles[found], kind="stable")]
    return pd.DataFrame(
        {
            "topic": pd.Categorical.from_codes(found, dtype=topics.dtype),
            "n_articles": n_articles[found],
            "articles": len(rows),
            "share": n_articles[found] / max(len(rows), 1),
        }
    )


def _code(shelf: Shelf, key: str, rows: np.ndarray, every: str) -> tuple[np.ndarray, ExtensionArray]:
    """The code of each row, -1 for a missing value, and the values of the codes, in order."""
    if key == "period":
        codes, names = shelf.periods(every)
        return codes[shelf.days[0][rows]], names
    column = shelf.main_topics if key == "topic" else shelf.articles[key].array
    if not isinstance(column, pd.Categorical):
        column = pd.Categorical(column)
    return column.codes[rows].astype(np.int64), pd.array(column.categories, dtype=TEXT)
