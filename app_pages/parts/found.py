"""What is found in the articles of a view, found once for all readers of it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analysis.people import find_mentions, find_people
from analysis.shelves import View
from analysis.shelves.view import MOST_AT_ONCE
from analysis.shelves.wording import score_keywords
from analysis.tokens import split_tokens
from analysis.topics import find_cues


def load_tokens(view: View) -> pd.DataFrame:
    """Load the tokens of the articles of a view."""
    return _load_by_article(view, "tokens", _split_tokens)


def load_cues(view: View) -> pd.DataFrame:
    """Load the cues of all topics in the articles of a view."""
    return _load_by_article(view, "cues", lambda part: find_cues(_with_texts(part), part.shelf.taxonomy))


def load_people(view: View) -> pd.DataFrame:
    """Load the officials of the articles of a view."""
    return _load_by_article(view, "people", lambda part: find_people(_with_texts(part)))


def load_mentions(view: View) -> pd.DataFrame:
    """Load every mention of an official in the articles of a view."""
    return _load_by_article(view, "mentions", lambda part: find_mentions(_with_texts(part)))


def load_keywords(view: View, limit: int) -> pd.DataFrame:
    """Load the keywords of a view, taken as one document of the corpus."""
    return view.keep(("keywords", limit), lambda: score_keywords(view, limit=limit)).copy(deep=False)


def load_fitted(view: View, fit: Callable, topics: int | None) -> object:
    """Load what a fit makes of the articles of a view; the work is done once for all readers."""
    return view.keep(("fitted", topics), lambda: fit(_with_texts(view), topics=topics))


def _load_by_article(view: View, name: str, make: Callable[[View], pd.DataFrame]) -> pd.DataFrame:
    """Load a table in which what an article has depends on that article alone.

    Of a small corpus it is made once, and each view has its rows of it.
    """
    whole = view.shelf.whole
    if view.is_whole or whole.n_news > MOST_AT_ONCE:
        return view.keep(name, lambda: make(view)).copy(deep=False)
    rows = whole.keep(name, lambda: make(whole))
    mine = view.keep(name, lambda: rows[rows["article_id"].isin(view.news["article_id"])])
    return mine.reset_index(drop=True)


def _split_tokens(view: View) -> pd.DataFrame:
    return split_tokens(_with_texts(view), lexicon=view.shelf.lexicon)


def _with_texts(view: View) -> pd.DataFrame:
    return view.shelf.add_texts(view.news)
