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
_KEYS = ("place", "topic", "d", "part", "q", "slogan", "paper", "kind")
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
    news = counted(tables.articles)
    options = {
        "place": sorted(label_places(news).dropna().unique()),
        "topic": sorted(tables.article_topics.loc[tables.article_topics["is_main"], "topic"].unique()),
        "slogan": sorted(tables.slogan_frequencies["slogan"].unique()),
        "paper": sorted(news["paper"].dropna().unique()),
        "kind": sorted(news["kind"].unique()),
    }
    places = options["place"]
    if "a_place" not in st.session_state and len(places) > 1:
        st.session_state.setdefault("a_place", places[:1])
        st.session_state.setdefault("b_place", places[1:])
    columns = st.columns(2, gap="large")
    days = news["date"].dropna()
    chosen = [_choose_side(column, side, options, days) for column, side in zip(columns, "ab", strict=True)]
    st.button(t("compare_swap"), on_click=_swap, icon=":material/swap_horiz:")
    first, second = chosen
    return None if first[1:] == second[1:] else (first, second)


def _choose_side(column, side: str, options: dict[str, list[str]], days: pd.Series) -> Side:
    def choose(name: str, **look: object) -> tuple[str, ...]:
        chosen = st.multiselect(
            t(f"filter_{name}"), options[name], key=f"{side}_{name}", bind="query-params",
            placeholder=t("filter_all"), **look,
        )  # fmt: skip
        return tuple(chosen)

    with column, st.container(border=True):
        st.markdown(f"**{side.upper()}**")
        where = choose("place")
        about = choose("topic", format_func=name_topic)
        start, end = _choose_days(side, days)
        text = st.text_input(t("filter_text"), key=f"{side}_q", bind="query-params", max_chars=200)
        part = st.segmented_control(
            t("part"), list(_PARTS), default="all", format_func=lambda name: t(f"part_{name}"),
            key=f"{side}_part", bind="query-params", required=True,
        )  # fmt: skip
        with st.expander(t("filter_more")):
            slogans = choose("slogan")
            papers = choose("paper")
            kinds = choose("kind", format_func=lambda kind: t(f"kind_{kind}"))
    asked = Selection(start, end, False, where, papers, about, slogans, text.strip(), (), kinds)
    span = f"{start} – {end}" if start else ""
    words = [*where, *map(name_topic, about), *slogans, *papers, *(t(f"kind_{kind}") for kind in kinds)]
    words += [span, text.strip(), t(f"part_{part}") if _PARTS[part] else ""]
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
