"""The menu: which pages there are, in which order, under which names."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

import streamlit as st

from app_pages.parts.words import language, t

_FOLDER = Path(__file__).parent.parent
#: Pages in the order of the menu -> their icons; the first is the one that the app opens with.
_ICONS = {
    "overview": "dashboard",
    "slogans": "campaign",
    "topics": "category",
    "keywords": "key",
    "compare": "compare_arrows",
    "people": "group",
    "articles": "article",
    "pages": "newspaper",
    "data": "database",
}


def list_pages() -> list[st.Page]:
    """List the pages by their names in the reader's language.

    Streamlit marks the page that may run: each run has copies of its own.
    """
    return [copy.copy(page) for page in _make_pages(language())]


@cache
def _make_pages(_language: str) -> list[st.Page]:
    # Making a page looks for its file, nine times a run if they were not kept.
    return [
        st.Page(
            _FOLDER / f"{name}.py",
            title=t(f"page_{name}"),
            icon=f":material/{icon}:",
            default=number == 0,
        )
        for number, (name, icon) in enumerate(_ICONS.items())
    ]
