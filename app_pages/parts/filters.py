"""The filters in the sidebar, which hold on every page and stand in the address."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import streamlit as st

from analysis.selection import Selection
from analysis.shelves import View
from app_pages.parts.words import name_topic, t

_LONGEST_SEARCH = 200
_CHOICES = ("slogan", "topic", "place", "city", "paper", "kind")


class Choices(NamedTuple):
    """What can be chosen in a corpus, in the order of the lists; first and last day, if any is known."""

    slogans: list[str]
    topics: list[str]
    places: list[str]
    cities: list[str]
    papers: list[str]
    kinds: list[str]
    days: tuple[dt.date, dt.date] | None
    has_undated: bool


def choose_selection(tables: View) -> Selection:
    """Show the filters and tell what the reader asked for.

    Args:
        tables: The view of everything, from which the choices come.

    Returns:
        The selection; the default one when no filter is set.
    """
    options = list_choices(tables)
    text = st.text_input(
        t("filter_text"),
        key="q",
        bind="query-params",
        max_chars=_LONGEST_SEARCH,
        icon=":material/search:",
        placeholder=t("filter_text_hint"),
        help=t("filter_text_help"),
    )
    slogans = _choose("slogan", options.slogans)
    topics = _choose("topic", options.topics, format_func=name_topic)
    places = _choose("place", options.places)
    start, end, undated = _choose_days(options)
    with st.expander(t("filter_more")):
        cities = _choose("city", options.cities)
        papers = _choose("paper", options.papers)
        kinds = _choose("kind", options.kinds, format_func=lambda kind: t(f"kind_{kind}"))
    return Selection(
        start, end, undated, places, papers, topics, slogans, text[:_LONGEST_SEARCH].strip(), cities, kinds
    )


def show_what_is_left(part: View, whole: View) -> None:
    """Say how many articles and pages the filters leave, and offer to clear them.

    Args:
        part: The view of the selection.
        whole: The view of everything.
    """
    left, of = part.n_news, whole.n_news
    words = t("filter_left", articles=left, all_articles=of, pages=part.n_pages, all_pages=whole.n_pages)
    st.caption(words)
    st.button(
        t("filter_reset"),
        on_click=_reset,
        args=(list_choices(whole).days,),
        icon=":material/restart_alt:",
        width="stretch",
        disabled=left == of,
    )


def list_choices(tables: View) -> Choices:
    """List what can be chosen in a corpus."""
    return tables.keep("choices", lambda: _list_choices(tables))


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


def _choose_days(options: Choices) -> tuple[dt.date | None, dt.date | None, bool]:
    if options.days is None:
        return None, None, False
    first, last = options.days
    _follow_bounds((first, last))
    chosen = st.date_input(
        t("filter_days"), (first, last), min_value=first, max_value=last, key="d", bind="query-params",
        format="YYYY-MM-DD",
    )  # fmt: skip
    undated = False
    if options.has_undated:
        undated = st.checkbox(t("filter_undated"), value=True, key="undated", bind="query-params")
    # While the reader is still picking the second day there is only one.
    start, end = (*chosen, last)[:2] if chosen else (first, last)
    whole = (start, end) == (first, last) and (undated or not options.has_undated)
    return (None, None, False) if whole else (start, end, undated)


def _follow_bounds(bounds: tuple[dt.date, dt.date]) -> None:
    """Widen a range that spans everything when the corpus grows while the app is open."""
    before = st.session_state.get("day_bounds", bounds)
    if before != bounds and st.session_state.get("d") == before:
        st.session_state["d"] = bounds
    st.session_state["day_bounds"] = bounds


def _list_choices(tables: View) -> Choices:
    news = tables.facts
    topics = tables.count_main_topics()["topic"].tolist()
    n_with = tables.slogan_frequencies.groupby("slogan")["n"].sum().sort_values(ascending=False)
    days = news["date"].dropna()
    return Choices(
        n_with.index.tolist(),
        topics,
        *(sorted(news[name].dropna().unique()) for name in ("place", "city", "paper")),
        news["kind"].astype("str").value_counts().index.tolist(),
        (days.min().date(), days.max().date()) if len(days) else None,
        len(days) < len(news),
    )


def _reset(days: tuple[dt.date, dt.date] | None) -> None:
    st.session_state.update({key: [] for key in _CHOICES})
    st.session_state.update({"q": "", "undated": True})
    if days:
        st.session_state["d"] = days
