"""What stands behind a point: the sentences, and the articles that they are from."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.shelves import View
from analysis.shelves.lines import find_lines, search_lines
from analysis.summary import name_articles
from app_pages.parts.reader import show_article
from app_pages.parts.show import pick_row, show_download
from app_pages.parts.words import t

_MOST_FOUND = 2000
_LINE = ("left", "surface", "right", "place", "date", "title")


def show_sentences(hits: pd.DataFrame, tables: View, *, about: str, name: str) -> None:
    """Show the sentences of hits, and the article of the one that the reader picks.

    Args:
        hits: Table `slogan_hits`, cut down to the point.
        tables: The view that holds the articles of those hits.
        about: What was picked, in words.
        name: Name of the place on the page; part of the widgets' keys and of the file name.
    """
    lines = find_lines(hits, tables)
    _show_lines(lines, tables, about=about, name=name, columns=("slogan", *_LINE))


def show_found(words: str, tables: View, *, about: str, name: str) -> None:
    """Show the places where some characters stand, and the article of the one that the reader picks.

    Args:
        words: Characters to look for, as they stand.
        tables: The view to search.
        about: As in `show_sentences`.
        name: As in `show_sentences`.
    """
    lines = search_lines(tables, words, regex=False, limit=_MOST_FOUND).lines
    _show_lines(lines, tables, about=about, name=name, columns=_LINE)


def show_articles(articles: pd.DataFrame, tables: View, *, about: str, name: str) -> None:
    """Show a list of articles, and the one that the reader picks.

    Args:
        articles: Rows of table `articles`, with further columns or without.
        tables: The view that holds them.
        about: As in `show_sentences`.
        name: As in `show_sentences`.
    """
    articles = articles.reset_index(drop=True)
    listed = name_articles(articles)
    with st.container(border=True):
        st.text(t("evidence_articles", about=about, n=len(listed)))
        picked = pick_row(
            listed, name=name, caption=t("caption_evidence_articles"), columns=["date", "place", "title"]
        )
        show_download(listed, name=name)
        if picked is not None:
            show_article(tables, articles.loc[picked, "article_id"], name=name)


def _show_lines(
    lines: pd.DataFrame, tables: View, *, about: str, name: str, columns: tuple[str, ...]
) -> None:
    with st.container(border=True):
        if lines.empty:
            st.text(t("evidence_none", about=about))
            return
        st.text(t("evidence_lines", about=about, n=len(lines), articles=int(lines["article_id"].nunique())))
        lines = lines.merge(name_articles(tables.narrow(lines["article_id"]).articles), on="article_id")
        lines = lines.sort_values("date", kind="stable", ignore_index=True)
        picked = pick_row(lines, name=name, caption=t("caption_evidence"), columns=columns)
        show_download(lines, name=name)
        if picked is not None:
            show_article(tables, lines.loc[picked, "article_id"], name=name)
