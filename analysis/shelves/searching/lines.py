"""Concordances of a view: lines of hits and of searches, texts read as they are needed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis import concordance
from analysis.concordance import MOST_LINES, Found, search_batches
from analysis.fields import HEADLINE_FIELDS
from analysis.shelves.origins.origin import Texts
from analysis.shelves.searching.needles import may_hold
from analysis.shelves.searching.search import SEARCH_SECONDS, look_through
from analysis.shelves.view import MOST_AT_ONCE, View
from analysis.summary import name_articles

#: Lines of hits on screen; more would want the texts of more articles.
MOST_SHOWN = 500


def find_lines(hits: pd.DataFrame, view: View) -> pd.DataFrame:
    """Put every hit between the characters that stand around it, with the names of its article.

    Args:
        hits: Table `slogan_hits` (or any part of it).
        view: The view; hits in other articles have no line.

    Returns:
        The columns of `concordance.find_lines` and `summary.name_articles`, one row per hit, by date, then in
        the order of `hits`.
    """
    held = view.narrow(hits["article_id"].unique()).news
    return name_lines(concordance.find_lines(hits, view.add_texts(held)), view)


def name_lines(lines: pd.DataFrame, view: View) -> pd.DataFrame:
    """Put the names of their articles to lines, by date, then in the order given."""
    articles = view.narrow(lines["article_id"].unique()).articles
    named = lines.merge(name_articles(articles), on="article_id")
    return named.sort_values("date", kind="stable", ignore_index=True)


def choose_first(hits: pd.DataFrame, view: View, most: int = MOST_SHOWN) -> pd.DataFrame:
    """Choose the hits whose lines are shown first: the earliest, articles without a day last."""
    if len(hits) <= most:
        return hits
    dates = view.shelf.articles["date"].to_numpy()[view.shelf.ids.get_indexer(hits["article_id"])]
    order = np.argsort(dates, kind="stable")[:most]
    return hits.iloc[np.sort(order)].reset_index(drop=True)


def search_lines(
    view: View,
    pattern: str,
    *,
    regex: bool = True,
    limit: int = MOST_LINES,
    counted: bool = True,
    seconds: float = SEARCH_SECONDS,
) -> Found:
    """Search headlines and texts of a view (see `concordance.search_lines`).

    Args:
        view: The view.
        pattern: Regular expression, or plain words.
        regex: False takes the pattern for plain words.
        limit: Lines at the most.
        counted: Leave out teasers and notices.
        seconds: Time after which the search stops where it is.

    Returns:
        The lines, and whether the search was stopped before the last text.

    Raises:
        PatternError: The pattern is empty, is no pattern, is too wide for the texts, or took too long.
    """
    rows = view.news_rows if counted else view.rows
    key = ("lines", pattern, regex, limit, counted)
    return view.keep(
        key,
        lambda: search_batches(
            _iter_batches(view, rows, pattern, regex), pattern, regex=regex, limit=limit, seconds=seconds
        ),
    )


def _iter_batches(view: View, rows: np.ndarray, pattern: str, regex: bool) -> Iterator[pd.DataFrame]:
    """The articles that may have a match, some at a time: their ids, headlines and texts."""
    articles = view.shelf.articles[["article_id", *HEADLINE_FIELDS]]
    if len(rows) <= MOST_AT_ONCE:
        yield view.add_texts(articles.iloc[rows])
        return
    is_wanted = np.zeros(len(articles), dtype=bool)
    is_wanted[rows] = True
    in_heads = np.zeros(len(articles), dtype=bool)
    for field in () if regex else HEADLINE_FIELDS:
        in_heads |= articles[field].str.contains(pattern, regex=False).to_numpy(dtype=bool)

    def read(some: Texts) -> pd.DataFrame:
        may = is_wanted[some.rows]
        if not regex:
            may &= in_heads[some.rows] | may_hold(some.column, pattern, some.encoding)
        places = np.flatnonzero(may)
        return articles.iloc[some.rows[places]].assign(text=pd.array(some.take(places), dtype="str"))

    yield from look_through(view.shelf.origin.list_texts(), read)
