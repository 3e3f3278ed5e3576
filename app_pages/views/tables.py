"""Every table with its columns explained, its first rows, and its files."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.export import name_file, zip_tables
from analysis.schema import TABLES, Table
from analysis.shelves import View
from app_pages.parts.corpus import current_selection, load_selection
from app_pages.parts.filters import describe_selection
from app_pages.parts.frames import show_frame, show_words
from app_pages.parts.methods import write_readme
from app_pages.parts.prepared import prepare
from app_pages.parts.show import show_download
from app_pages.parts.tables import describe_column, describe_row, head_column, name_table
from app_pages.parts.words import language, name_topic, speak, t

_SHOWN_ROWS, _SOME_ARTICLES = 100, 500
_BY_ARTICLE = ("articles", "article_topics", "keywords", "slogan_hits")


def show_tables() -> None:
    """Show what tables there are, all of them as one file, and one of them at a time."""
    tables = load_selection()
    st.markdown(t("tables_lead", articles=tables.n_news))
    _show_archive(tables)
    _show_list(tables)
    st.page_link("app_pages/pages.py", label=t("tables_quality"), icon=":material/newspaper:")
    st.header(t("tables_one"), anchor=False)
    name = st.selectbox(
        t("choose_table"), list(TABLES), format_func=name_table, key="table", bind="query-params"
    )
    _show_table(TABLES[name], tables)


def _show_archive(tables: View) -> None:
    parts = describe_selection(current_selection())
    st.download_button(
        t("download_all"),
        data=partial(_zip, tables, " ".join(filter(None, parts)), language()),
        file_name=name_file("tables", parts, form="zip"),
        mime="application/zip",
        key="download_all",
        type="primary",
        on_click="ignore",
        icon=":material/folder_zip:",
        help=t("download_all_help"),
    )


def _zip(tables: View, filters: str, code: str) -> bytes:
    with speak(code):
        return zip_tables(tables.make_tables(), write_readme(tables, filters))


def _show_list(tables: View) -> None:
    show_words(prepare(tables, _list_tables), caption=t("caption_tables"))


def _list_tables(tables: View) -> pd.DataFrame:
    rows = [
        (f"{name}.csv", name_table(name), describe_row(table), tables.count_rows(name))
        for name, table in TABLES.items()
    ]
    return pd.DataFrame(rows, columns=["file", "table", "grain", "rows"]).astype({"rows": "Int64"})


def _show_table(table: Table, tables: View) -> None:
    exported = [column for column in table.columns if column.exported]
    meanings = [
        (column.name, head_column(table.name, column.name), describe_column(table, column))
        for column in exported
    ]
    columns = pd.DataFrame(meanings, columns=["column", "heading", "meaning"])
    show_words(columns, caption=t("caption_columns", row=describe_row(table)))
    _show_rows(table, tables)


def _show_rows(table: Table, tables: View) -> None:
    shown, rows = prepare(tables, _read_first, table.name), tables.count_rows(table.name)
    show_frame(
        shown,
        name=f"rows_{table.name}",
        caption=t("caption_rows", shown=len(shown), rows="…" if rows is None else rows),
        labels={column: head_column(table.name, column) for column in shown.columns},
    )
    show_download(partial(_read, tables, table.name), name=table.name, count=rows)


def _read(tables: View, name: str) -> pd.DataFrame:
    return tables.read_table(name)[TABLES[name].exported]


def _read_first(tables: View, name: str) -> pd.DataFrame:
    """Read the first rows of a table; of one by article no more than some articles have."""
    is_long = name in _BY_ARTICLE and len(tables.rows) > _SOME_ARTICLES
    some = tables.narrow_rows(tables.rows[:_SOME_ARTICLES]) if is_long else tables
    return _say_codes(_read(some, name).head(_SHOWN_ROWS))


def _say_codes(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the reader's words in the place of codes, on screen only."""
    say = {
        "kind": lambda value: t(f"kind_{value}"),
        "date_basis": lambda value: t(f"basis_{value}"),
        "form": lambda value: t(f"form_{value}"),
        "field": lambda value: t("role_body") if value == "text" else t(f"role_{value}"),
        "topic": name_topic,
    }
    known = {name: rows[name].map(call, na_action="ignore") for name, call in say.items() if name in rows}
    return rows.assign(**known)
