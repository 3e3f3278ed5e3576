"""The two sides of a comparison, each with its own filters."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pandas as pd
import streamlit as st

from analysis.corpus import Tables
from analysis.fields import HEADLINE_FIELDS
from analysis.schema import counted
from analysis.selection import Selection, label_places, narrow
from app_pages.parts.corpus import current_selection
from app_pages.parts.words import name_topic, t

_PARTS = {"all": (), "heads": HEADLINE_FIELDS, "body": ("text",)}
_KEYS = ("place", "topic", "d", "part", "q")
_NAMED_PLACES = 2


class Side(NamedTuple):
    """One side: what it is called, its articles, and the fields that it is cut down to (none: all)."""

    name: str
    selection: Selection
    fields: tuple[str, ...]


def choose_sides(tables: Tables) -> tuple[Side, Side] | None:
    """Show the filters of both sides.

    Args:
        tables: Tables of the whole corpus, from which the choices come.

    Returns:
        Sides A and B, within the selection of the sidebar; None while they ask for the same.
    """
    places = sorted(label_places(counted(tables.articles)).dropna().unique())
    topics = sorted(tables.article_topics.loc[tables.article_topics["is_main"], "topic"].unique())
    if "a_place" not in st.session_state and len(places) > 1:
        st.session_state.setdefault("a_place", places[:1])
        st.session_state.setdefault("b_place", places[1:])
    columns = st.columns(2, gap="large")
    days = counted(tables.articles)["date"].dropna()
    chosen = [
        _choose_side(column, side, places, topics, days) for column, side in zip(columns, "ab", strict=True)
    ]
    st.button(t("compare_swap"), on_click=_swap, icon=":material/swap_horiz:")
    first, second = chosen
    return None if first[1:] == second[1:] else (first, second)


def _choose_side(column, side: str, places: list[str], topics: list[str], days: pd.Series) -> Side:
    with column, st.container(border=True):
        st.markdown(f"**{side.upper()}**")
        where = st.multiselect(
            t("filter_place"), places, key=f"{side}_place", bind="query-params", placeholder=t("filter_all")
        )
        about = st.multiselect(
            t("filter_topic"), topics, key=f"{side}_topic", bind="query-params", placeholder=t("filter_all"),
            format_func=name_topic,
        )  # fmt: skip
        start, end = _choose_days(side, days)
        text = st.text_input(t("filter_text"), key=f"{side}_q", bind="query-params", max_chars=200)
        part = st.segmented_control(
            t("part"), list(_PARTS), default="all", format_func=lambda name: t(f"part_{name}"),
            key=f"{side}_part", bind="query-params", required=True,
        )  # fmt: skip
    asked = Selection(start, end, False, tuple(where), (), tuple(about), (), text.strip())
    span = f"{start} – {end}" if start else ""
    words = [*where, *map(name_topic, about), span, text.strip(), t(f"part_{part}") if _PARTS[part] else ""]
    name = "、".join(filter(None, words))
    if len(where) > _NAMED_PLACES:
        name = "、".join(
            filter(None, [t("compare_places", first=where[0], n=len(where)), *words[len(where) :]])
        )
    return Side(
        f"{side.upper()} {name or t('filter_all')}", narrow(current_selection(), asked), tuple(_PARTS[part])
    )


def _choose_days(side: str, days: pd.Series) -> tuple[dt.date | None, dt.date | None]:
    if days.empty:
        return None, None
    whole = (days.min().date(), days.max().date())
    chosen = st.date_input(
        t("filter_days"), whole, min_value=whole[0], max_value=whole[1], key=f"{side}_d", bind="query-params",
        format="YYYY-MM-DD",
    )  # fmt: skip
    start, end = (*chosen, whole[1])[:2] if chosen else whole
    return (None, None) if (start, end) == whole else (start, end)


def _swap() -> None:
    state = st.session_state
    for key in _KEYS:
        a, b = state.get(f"a_{key}"), state.get(f"b_{key}")
        state[f"a_{key}"], state[f"b_{key}"] = b, a
