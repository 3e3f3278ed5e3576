"""The topics of views, by place, over time and beside each other, from the shares of their articles."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.comparison.topics import compare_topic_sums, sum_topics
from analysis.schema import TEXT
from analysis.shelves.view import View
from analysis.summary import make_mix, number_places


def mix_view(view: View, *, every: str = "all") -> pd.DataFrame:
    """Average the topic shares of the articles of a view, as `summary.mix_topics` does.

    Args:
        view: A view.
        every: all for places; day, week, month, quarter or year for periods, of which articles without a
            day have none.

    Returns:
        The table of `mix_topics`.
    """
    shelf, rows = view.shelf, view.news_rows
    if every == "all":
        cells, names = number_places(view.facts)
    else:
        rows = rows[shelf.days[0][rows] >= 0]
        periods, names = shelf.periods(every)
        cells = periods[shelf.days[0][rows]]
    columns = shelf.topic_columns
    topics = columns.names["topic"]
    lines, lengths = columns.find_lines(rows)
    shape = (len(names), len(topics))
    both = np.repeat(cells * shape[1], lengths) + columns.numbers["topic"][lines]
    sums, n_lines = (
        np.bincount(both, weights=weights, minlength=shape[0] * shape[1]).reshape(shape)
        for weights in (columns.numbers["share"][lines], None)
    )
    articles = np.bincount(cells[lengths > 0], minlength=shape[0])
    name = "place" if every == "all" else "period"
    named = pd.Index(names), pd.Index(topics, dtype=TEXT)
    return make_mix(name, *named, sums=sums, lines=n_lines, articles=articles)


def compare_topic_views(a: View, b: View) -> pd.DataFrame:
    """Compare the topic mix of two views of one shelf, as `comparison.compare_topics` does.

    Args:
        a: View A.
        b: View B; it may share articles with A.

    Returns:
        Table `TOPIC_COMPARISON`.
    """
    # Sums are made in one order, as of one table of both sides: what A has, then the rest of B.
    is_shared = a.mark_shared(b)
    parts = [rows for rows in (b.news_rows[is_shared], b.news_rows[~is_shared]) if len(rows)]
    lines = [_take(b, rows) for rows in parts or [b.news_rows]]
    sums_b = sum_topics(lines[0] if len(lines) == 1 else pd.concat(lines, ignore_index=True))
    return compare_topic_sums(sum_topics(_take(a, a.news_rows)), sums_b, a.n_news, b.n_news)


def _take(view: View, rows: np.ndarray) -> pd.DataFrame:
    return view.shelf.topic_columns.take(rows, only=("topic", "share", "is_main"))
