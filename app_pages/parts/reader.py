"""One article to read, with its slogans marked, beside the page that it was cut from."""

from __future__ import annotations

import html
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis.highlight import mark_slogans
from analysis.shelves import View
from analysis.topics import find_cues
from app_pages.parts.choices import choose_one
from app_pages.parts.prepared import prepare
from app_pages.parts.scroll import format_plain, show_scrolled
from app_pages.parts.words import name_topic, t

_HEIGHT = 560
_SLOGANS = "slogans"
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
    one = tables.keep(("article", article_id), lambda: tables.narrow([article_id]))
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True):
        marked = prepare(one, _mark, _choose_marks(prepare(one, _find_topic), name))
        for head in marked.heads:
            st.html(head)
        st.text(marked.facts)
        st.html(marked.text)
        if marked.source:
            # The page of pages opens at the one that was read last.
            st.session_state["file_read"] = marked.file
            st.page_link("app_pages/pages.py", label=t("to_page"), icon=":material/edit:")
    with right, st.container(border=True):
        st.header(t("source_page"), anchor=False)
        if marked.source:
            st.text(marked.about_source)
            show_scrolled(marked.source, label=t("source_page"), height=_HEIGHT)
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
    return named if named is not None and (article_ids == named).any() else article_ids.iloc[0]


class _Marked(NamedTuple):
    """An article as it is shown: HTML of its heads, its text and its page, and what is said of it."""

    heads: tuple[str, ...]
    facts: str
    text: str
    file: str
    about_source: str
    source: str


def _mark(one: View, marks: str) -> _Marked:
    """Mark the slogans of an article, or the cues of its main topic."""
    article, page = one.add_texts(one.articles).iloc[0], one.pages.iloc[0]
    hits, article_id = _find_marks(one, marks), article["article_id"]
    facts = [article["authors"].replace(";", "  "), article["dateline"], page["file"]]
    heads = [
        mark_slogans(article[field], hits, article_id, field=field).replace("<p>", f'<p style="{look}">')
        for field, look in _LOOKS.items()
        if article[field]
    ]
    return _Marked(
        tuple(heads) or (f'<p style="{_LOOKS["headline"]}">{html.escape(t("no_headline"))}</p>',),
        " · ".join(fact for fact in facts if fact),
        mark_slogans(article["text"], hits, article_id),
        page["file"],
        t("caption_source", file=page["file"], encoding=page["encoding"]),
        format_plain(page["source"]) if page["source"] else "",
    )


def _find_topic(one: View) -> str | None:
    topics = one.article_topics
    return next(iter(topics.loc[topics["is_main"], "topic"]), None)


def _find_marks(one: View, marks: str) -> pd.DataFrame:
    if marks == _SLOGANS:
        return one.slogan_hits
    cues = find_cues(one.add_texts(one.articles), one.shelf.taxonomy)
    return cues[cues["topic"] == _find_topic(one)].rename(columns={"cue": "slogan"})


def _choose_marks(topic: str | None, name: str) -> str:
    """Let the reader have the slogans marked, or the cues of the article's main topic, if it has one."""
    marked = choose_one(
        t("mark"), [_SLOGANS, "cues"], key=f"mark_{name}" if name else "mark",
        name_of=lambda kind: t(f"mark_{kind}"), is_linked=not name,
    )  # fmt: skip
    if marked == _SLOGANS or topic is None:
        st.caption(t("caption_reader"))
        return _SLOGANS
    st.text(t("caption_marked_cues", topic=name_topic(topic)))
    return marked
