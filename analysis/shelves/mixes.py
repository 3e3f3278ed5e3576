"""The topics of two views beside each other, from the shares of the articles that they have."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.comparison.topics import compare_topic_sums, sum_topics
from analysis.shelves.view import View


def compare_topic_views(a: View, b: View) -> pd.DataFrame:
    """Compare the topic mix of two views of one shelf, as `comparison.compare_topics` does.

    Args:
        a: View A.
        b: View B; it may share articles with A.

    Returns:
        Table `TOPIC_COMPARISON`.
    """
    # Sums are made in one order, as of one table of both sides: what A has, then the rest of B.
    shared = np.intersect1d(a.news_rows, b.news_rows, assume_unique=True)
    rest = np.setdiff1d(b.news_rows, shared, assume_unique=True)
    sums_a = sum_topics(_take(a, a.news_rows))
    sums_b = sum_topics(pd.concat([_take(b, rows) for rows in (shared, rest)], ignore_index=True))
    return compare_topic_sums(sums_a, sums_b, a.n_news, b.n_news)


def _take(view: View, rows: np.ndarray) -> pd.DataFrame:
    if len(rows) == len(view.rows):
        return view.topics
    return view.shelf.topic_columns.take(rows)
