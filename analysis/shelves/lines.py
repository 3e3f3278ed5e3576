"""Concordances of a view: lines of hits and of searches, texts read as they are needed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis import concordance
from analysis.concordance import MOST_LINES, Found, PatternError, search_batches
from analysis.fields import HEADLINE_FIELDS
from analysis.shelves.search import SEARCH_SECONDS
from analysis.shelves.view import MOST_AT_ONCE, View


def find_lines(hits: pd.DataFrame, view: View) -> pd.DataFrame:
    """Put every hit between the characters that stand around it (see `concordance.find_lines`).

    Args:
        hits: Table `slogan_hits` (or any part of it).
        view: The view; hits in other articles have no line.

    Returns:
        One row per hit, in the order of `hits`.
    """
    held = view.narrow(hits["article_id"].unique())
    return concordance.find_lines(hits, view.add_texts(held.news))


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
    """The articles that may have a match, some at a time, with their texts."""
    articles = view.shelf.articles
    if len(rows) <= MOST_AT_ONCE:
        yield view.add_texts(articles.iloc[rows])
        return
    is_wanted = np.zeros(len(articles), dtype=bool)
    is_wanted[rows] = True
    in_heads = np.zeros(len(articles), dtype=bool)
    for field in HEADLINE_FIELDS:
        in_heads |= _match(pa.array(articles[field], pa.large_string()), pattern, regex)
    for some in view.shelf.origin.iter_texts():
        may = is_wanted[some.rows] & (in_heads[some.rows] | _match(some.texts, pattern, regex))
        places = np.flatnonzero(may)
        texts = some.texts.take(pa.array(places)).to_pylist()
        yield articles.iloc[some.rows[places]].assign(text=pd.array(texts, dtype="str"))


def _match(texts: pa.Array, pattern: str, regex: bool) -> np.ndarray:
    try:
        found = (pc.match_substring_regex if regex else pc.match_substring)(texts, pattern)
    except pa.ArrowInvalid as error:
        raise PatternError(f"{pattern}: {error}") from error
    return pc.fill_null(found, False).to_numpy(zero_copy_only=False)
