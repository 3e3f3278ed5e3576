"""The filters in the sidebar, which hold on every page and stand in the address."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.corpus import Tables
from analysis.schema import counted, is_article
from analysis.selection import Selection, label_places
from app_pages.parts.words import name_topic, t

_LONGEST_SEARCH = 200
_CHOICES = ("slogan", "topic", "place", "city", "paper", "kind")


def choose_selection(tables: Tables) -> Selection:
    """Show the filters and tell what the reader asked for.

    Args:
        tables: Tables of the whole corpus, from which the choices come.

    Returns:
        The selection; the default one when no filter is set.
    """
    news = counted(tables.articles)
    text = st.text_input(
        t("filter_text"),
        key="q",
        bind="query-params",
        max_chars=_LONGEST_SEARCH,
        icon=":material/search:",
        placeholder=t("filter_text_hint"),
        help=t("filter_text_help"),
    )
    slogans = _choose("slogan", _count_slogans(tables))
    topics = _choose("topic", _count_topics(tables), format_func=name_topic)
    places = _choose("place", sorted(label_places(news).dropna().unique()))
    start, end, undated = _choose_days(news["date"])
    with st.expander(t("filter_more")):
        cities = _choose("city", sorted(news["city"].dropna().unique()))
        papers = _choose("paper", sorted(news["paper"].dropna().unique()))
        kinds = _choose("kind", _count_kinds(news), format_func=lambda kind: t(f"kind_{kind}"))
    return Selection(
        start, end, undated, places, papers, topics, slogans, text[:_LONGEST_SEARCH].strip(), cities, kinds
    )


def show_what_is_left(part: Tables, whole: Tables) -> None:
    """Say how many articles and pages the filters leave, and offer to clear them.

    Args:
        part: Tables of the selection.
        whole: Tables of the whole corpus.
    """
    left, of = int(is_article(part.articles).sum()), int(is_article(whole.articles).sum())
    words = t(
        "filter_left", articles=left, all_articles=of, pages=len(part.pages), all_pages=len(whole.pages)
    )
    st.caption(words)
    st.button(
        t("filter_reset"),
        on_click=_reset,
        args=(counted(whole.articles)["date"],),
        icon=":material/restart_alt:",
        width="stretch",
        disabled=left == of,
    )


def describe_selection(selection: Selection) -> list[str]:
    """Say a selection in a few words, for the names of files."""
    days = [day.isoformat() for day in (selection.start, selection.end) if day]
    named = [*selection.places, *selection.cities, *selection.papers, *selection.topics, *selection.slogans]
    named += selection.kinds
    return ["-".join(days), *named, selection.text]


def _choose(key: str, options: list[str], **look: object) -> tuple[str, ...]:
    if not options:
        return ()
    chosen = st.multiselect(
        t(f"filter_{key}"), options, key=key, bind="query-params", placeholder=t("filter_all"), **look
    )
    return tuple(chosen)


def _choose_days(days: pd.Series) -> tuple[dt.date | None, dt.date | None, bool]:
    known = days.dropna()
    if known.empty:
        return None, None, False
    first, last = known.min().date(), known.max().date()
    _follow_bounds((first, last))
    chosen = st.date_input(
        t("filter_days"), (first, last), min_value=first, max_value=last, key="d", bind="query-params",
        format="YYYY-MM-DD",
    )  # fmt: skip
    undated = False
    if days.isna().any():
        undated = st.checkbox(t("filter_undated"), value=True, key="undated", bind="query-params")
    # While the reader is still picking the second day there is only one.
    start, end = (*chosen, last)[:2] if chosen else (first, last)
    whole = (start, end) == (first, last) and (undated or not days.isna().any())
    return (None, None, False) if whole else (start, end, undated)


def _follow_bounds(bounds: tuple[dt.date, dt.date]) -> None:
    """Widen a range that spans everything when the corpus grows while the app is open."""
    before = st.session_state.get("day_bounds", bounds)
    if before != bounds and st.session_state.get("d") == before:
        st.session_state["d"] = bounds
    st.session_state["day_bounds"] = bounds


def _count_topics(tables: Tables) -> list[str]:
    main = tables.article_topics.loc[tables.article_topics["is_main"], "topic"]
    return main.value_counts().index.tolist()


def _count_slogans(tables: Tables) -> list[str]:
    return tables.slogan_frequencies.groupby("slogan")["n"].sum().sort_values(ascending=False).index.tolist()


def _count_kinds(news: pd.DataFrame) -> list[str]:
    return news["kind"].value_counts().index.tolist()


def _reset(days: pd.Series) -> None:
    st.session_state.update({key: [] for key in _CHOICES})
    st.session_state.update({"q": "", "undated": True})
    if days.notna().any():
        st.session_state["d"] = (days.min().date(), days.max().date())
