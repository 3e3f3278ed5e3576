"""One article to read, with its slogans marked, beside the page that it was cut from."""

from __future__ import annotations

import html

import pandas as pd
import streamlit as st

from analysis.highlight import mark_slogans
from analysis.shelves import View
from analysis.topics import find_cues
from app_pages.parts.choices import choose_one
from app_pages.parts.corpus import load_taxonomy
from app_pages.parts.scroll import format_plain, show_scrolled
from app_pages.parts.words import name_topic, t

_HEIGHT = 560
#: Fields as they look; whatever an article says is shown as text and never acts.
_LOOKS = {
    "kicker": "font-size:.9em;opacity:.75",
    "headline": "font-size:1.35em;font-weight:700",
    "subhead": "",
}


def show_article(tables: View, article_id: str, *, name: str = "") -> None:
    """Show an article and its page side by side.

    Args:
        tables: The view that holds the article, its hits and its page.
        article_id: The article.
        name: Name of the place on the page, where it has several readers; part of the widgets' keys.
    """
    one = tables.narrow([article_id])
    article, page = one.add_texts(one.articles).iloc[0], one.pages.iloc[0]
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        marks = _choose_marks(one, article_id, name)
        _show_heads(article, marks, article_id)
        facts = [article["authors"].replace(";", "  "), article["dateline"], page["file"]]
        st.text(" · ".join(fact for fact in facts if fact))
        st.html(mark_slogans(article["text"], marks, article_id))
        if page["source"]:
            # The page of pages opens at the one that was read last.
            st.session_state["file_read"] = page["file"]
            st.page_link("app_pages/pages.py", label=t("to_page"), icon=":material/edit:")
    with right, st.container(border=True):
        st.header(t("source_page"), anchor=False)
        if page["source"]:
            st.text(t("caption_source", file=page["file"], encoding=page["encoding"]))
            show_scrolled(format_plain(page["source"]), label=t("source_page"), height=_HEIGHT)
        else:
            st.info(t("no_source"))


def choose_article(article_ids: pd.Series, picked: int | None) -> str:
    """Choose the article to read: the one picked, else the one that the address names, else the first.

    Args:
        article_ids: Articles on screen, not empty.
        picked: Position of the row picked, if any.

    Returns:
        The article's id, which the address now names when it was picked.
    """
    if picked is not None:
        st.query_params["article"] = article_ids.iloc[picked]
    named = st.query_params.get("article")
    return named if named in set(article_ids) else article_ids.iloc[0]


def _show_heads(article: pd.Series, hits: pd.DataFrame, article_id: str) -> None:
    for field, look in _LOOKS.items():
        if article[field]:
            marked = mark_slogans(article[field], hits, article_id, field=field)
            st.html(marked.replace("<p>", f'<p style="{look}">'))
    if not any(article[field] for field in _LOOKS):
        st.html(f'<p style="{_LOOKS["headline"]}">{html.escape(t("no_headline"))}</p>')


def _choose_marks(tables: View, article_id: str, name: str) -> pd.DataFrame:
    """Let the reader have the slogans marked, or the cues of the article's main topic."""
    main = tables.article_topics[tables.article_topics["is_main"]].set_index("article_id")["topic"]
    topic = main.get(article_id)
    marked = choose_one(
        t("mark"), ["slogans", "cues"], key=f"mark_{name}" if name else "mark",
        name_of=lambda kind: t(f"mark_{kind}"), is_linked=not name,
    )  # fmt: skip
    if marked == "slogans" or topic is None:
        st.caption(t("caption_reader"))
        return tables.slogan_hits
    st.text(t("caption_marked_cues", topic=name_topic(topic)))
    cues = find_cues(tables.add_texts(tables.articles), load_taxonomy())
    return cues[cues["topic"] == topic].rename(columns={"cue": "slogan"})
