"""Tables to look at, without a file of their own."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from app_pages.parts.show import name_columns
from app_pages.parts.words import t

_HEIGHT = 400
_HEADER_HEIGHT, _ROW_HEIGHT = 38, 35


def show_frame(
    rows: pd.DataFrame,
    *,
    name: str,
    caption: str,
    columns: Iterable[str] | None = None,
    labels: dict[str, str] | None = None,
) -> None:
    """Show rows in a table that scrolls, with its caption.

    Args:
        rows: What is shown; its cells are shown as text, whatever they hold.
        name: Part of the widget's key.
        caption: Grain and counting convention.
        columns: Columns to show, in order; all when None.
        labels: Headings of columns that differ from those of the app.
    """
    shown = rows[list(columns)] if columns is not None else rows
    headings = name_columns(shown.columns)
    for column, label in (labels or {}).items():
        headings[column]["label"] = label
    st.dataframe(
        shown,
        column_config=headings,
        hide_index=True,
        height=min(_HEIGHT, _HEADER_HEIGHT + _ROW_HEIGHT * max(len(shown), 1)),
        key=f"frame_{name}",
        placeholder="",
        lazy=False,
        alt=caption,
    )
    st.caption(caption)


def show_words(rows: pd.DataFrame, *, caption: str) -> None:
    """Show words of our own in a plain table whose lines wrap; headings are those of the app.

    Args:
        rows: What is shown. Its cells are Markdown: nothing that a stranger wrote may stand there.
        caption: What a row is.
    """
    headed = rows.rename(columns={column: t(f"col_{column}") for column in rows.columns})
    st.table(headed, border="horizontal", hide_index=True, alt=caption)
    st.caption(caption)
