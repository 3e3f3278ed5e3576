"""What stands behind a point: the sentences, and the articles that they are from."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.shelves import View
from analysis.shelves.searching.lines import choose_first, find_lines, name_lines, search_lines
from analysis.summary import name_articles
from app_pages.parts.reader import show_article
from app_pages.parts.show import MOST_ROWS, pick_row, show_download
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
    lines = find_lines(choose_first(hits, tables), tables)
    columns = ("slogan", *_LINE)
    _show_lines(lines, tables, about=about, name=name, columns=columns, hits=hits)


def show_found(words: str, tables: View, *, about: str, name: str) -> None:
    """Show the places where some characters stand, and the article of the one that the reader picks.

    Args:
        words: Characters to look for, as they stand.
        tables: The view to search.
        about: As in `show_sentences`.
        name: As in `show_sentences`.
    """
    lines = name_lines(search_lines(tables, words, regex=False, limit=_MOST_FOUND).lines, tables)
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
    listed = name_articles(articles.head(MOST_ROWS))
    with st.container(border=True):
        st.text(t("evidence_articles", about=about, n=len(articles)))
        picked = pick_row(
            listed, name=name, caption=t("caption_evidence_articles"), columns=["date", "place", "title"],
            of=len(articles),
        )  # fmt: skip
        show_download(partial(name_articles, articles), name=name, count=len(articles))
        if picked is not None:
            show_article(tables, articles.loc[picked, "article_id"], name=name)


def _show_lines(
    lines: pd.DataFrame,
    tables: View,
    *,
    about: str,
    name: str,
    columns: tuple[str, ...],
    hits: pd.DataFrame | None = None,
) -> None:
    """Show lines; `hits` are all those of which the lines on screen are the first."""
    with st.container(border=True):
        if lines.empty:
            st.text(t("evidence_none", about=about))
            return
        of = lines if hits is None else hits
        st.text(t("evidence_lines", about=about, n=len(of), articles=int(of["article_id"].nunique())))
        picked = pick_row(lines, name=name, caption=t("caption_evidence"), columns=columns, of=len(of))
        whole = lines if len(of) == len(lines) else partial(find_lines, hits, tables)
        show_download(whole, name=name, count=len(of))
        if picked is not None:
            show_article(tables, lines.loc[picked, "article_id"], name=name)
