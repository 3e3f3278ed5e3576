"""One article to read, with its slogans marked, beside the page that it was cut from."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis.corpus import Tables
from analysis.highlight import mark_slogans
from app_pages.parts.words import t

_HEIGHT = 560
#: Fields as they look; whatever an article says is shown as text and never acts.
_LOOKS = {
    "kicker": "font-size:.9em;opacity:.75",
    "headline": "font-size:1.35em;font-weight:700",
    "subhead": "",
}


def show_article(tables: Tables, article_id: str) -> None:
    """Show an article and its page side by side.

    Args:
        tables: Tables that hold the article, its hits and its page.
        article_id: The article.
    """
    article = tables.articles.set_index("article_id").loc[article_id]
    page = tables.pages.set_index("page_id").loc[article["page_id"]]
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        _show_heads(article, tables.slogan_hits, article_id)
        facts = [article["authors"].replace(";", "  "), article["dateline"], page["file"]]
        st.text(" · ".join(fact for fact in facts if fact))
        st.html(mark_slogans(article["text"], tables.slogan_hits, article_id))
        st.caption(t("caption_reader"))
    with right, st.container(border=True):
        st.subheader(t("source_page"), anchor=False)
        if page["source"]:
            st.text(t("caption_source", file=page["file"], encoding=page["encoding"]))
            with st.container(height=_HEIGHT, border=False):
                st.text(page["source"])
        else:
            st.info(t("no_source"))


def _show_heads(article: pd.Series, hits: pd.DataFrame, article_id: str) -> None:
    for field, look in _LOOKS.items():
        if article[field]:
            marked = mark_slogans(article[field], hits, article_id, field=field)
            st.html(f'<div style="{look}">{marked}</div>')
    if not any(article[field] for field in _LOOKS):
        st.html(f'<div style="{_LOOKS["headline"]}">{html.escape(t("no_headline"))}</div>')
