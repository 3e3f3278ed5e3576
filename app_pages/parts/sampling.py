"""What takes long on many articles: computed on request, on a sample that is stated."""

from __future__ import annotations

import streamlit as st

from analysis.shelves import View
from analysis.shelves.view import MOST_AT_ONCE
from app_pages.parts.words import t

#: Articles up to which words are counted without being asked for.
_MANY = 100_000


def is_asked_for(tables: View, name: str) -> bool:
    """Tell whether to compute what is counted word by word, some seconds on very many articles.

    Args:
        tables: The view on screen.
        name: Name of the place on the page; part of the widget's key.
    """
    if tables.n_news <= _MANY:
        return True
    return st.toggle(t("many_ask", articles=tables.n_news), key=f"many_{name}", help=t("many_help"))


def choose_sample(tables: View, name: str) -> View | None:
    """Give the articles that something slow is computed on, and say how they were chosen.

    Args:
        tables: The view on screen.
        name: Name of the place on the page; part of the widget's key.

    Returns:
        The view itself when it is small; a sample once the reader has asked for it; None before.
    """
    if tables.n_news <= MOST_AT_ONCE:
        return tables
    sizes = {"articles": tables.n_news, "sample": MOST_AT_ONCE}
    asked = st.toggle(t("sample_ask", **sizes), key=f"sample_{name}", help=t("sample_help", **sizes))
    if not asked:
        return None
    st.caption(t("sample_note", **sizes))
    return tables.sample()
