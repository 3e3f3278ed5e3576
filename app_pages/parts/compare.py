"""The two sides of a comparison, each with its own filters."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from analysis.comparison import compare_slogans, compare_topics, compare_words
from analysis.comparison.slogans import SloganCounts, compare_slogan_counts
from analysis.fields import HEADLINE_FIELDS, keep_fields
from analysis.selection import Selection, narrow
from analysis.shelves import View
from analysis.shelves.mixes import compare_topic_views
from analysis.shelves.wording import compare_views
from app_pages.parts.choices import choose_one
from app_pages.parts.corpus import current_selection
from app_pages.parts.filters import list_choices
from app_pages.parts.found import load_tokens
from app_pages.parts.words import name_topic, t

_PARTS = {"all": (), "heads": HEADLINE_FIELDS, "body": ("text",)}
_KEYS = ("place", "topic", "d", "part", "q", "slogan", "paper", "kind")
_NAMED_PLACES = 2
_Days = tuple[dt.date, dt.date]
_LEAST_WORDS = 3


class Side(NamedTuple):
    """One side: what it is called, its articles, and the fields that it is cut down to (none: all)."""

    name: str
    selection: Selection
    fields: tuple[str, ...]


class Compared(NamedTuple):
    """Two sides compared: tables `WORD_COMPARISON`, `SLOGAN_COMPARISON`, `TOPIC_COMPARISON`."""

    words: pd.DataFrame
    slogans: pd.DataFrame
    topics: pd.DataFrame


def compare_sides(
    a: View, b: View, fields_a: tuple[str, ...] = (), fields_b: tuple[str, ...] = ()
) -> Compared:
    """Compare two views; cut down to fields they are counted from their texts.

    Args:
        a: The articles of side A.
        b: Those of side B.
        fields_a: Fields of A that count; all when empty.
        fields_b: Fields of B that count.

    Returns:
        The tables.
    """
    key = ("compared", tuple(b.rows[:1]), len(b.rows), hash(b.rows.tobytes()), fields_a, fields_b)
    return a.keep(key, lambda: _compare(a, b, fields_a, fields_b))


def _compare(a: View, b: View, fields_a: tuple[str, ...], fields_b: tuple[str, ...]) -> Compared:
    if not fields_a and not fields_b:
        return Compared(
            compare_views(a, b, minimum=_LEAST_WORDS),
            compare_slogan_counts(_count_slogans(a), _count_slogans(b)),
            compare_topic_views(a, b),
        )
    sides = [
        keep_fields(articles, fields) if fields else articles
        for articles, fields in (
            (view.add_texts(view.news), fields) for view, fields in ((a, fields_a), (b, fields_b))
        )
    ]
    both = a.narrow_rows(np.union1d(a.news_rows, b.news_rows))
    return Compared(
        compare_words(*sides, tokens=load_tokens(both), minimum=_LEAST_WORDS, lexicon=a.shelf.lexicon),
        compare_slogans(*sides, hits=a.shelf.roll_up(both.slogan_hits)),
        compare_topics(*sides, taxonomy=a.shelf.taxonomy),
    )


def _count_slogans(view: View) -> SloganCounts:
    counts = view.count_slogans(by=(), every="all")
    return SloganCounts(counts, view.n_news, int(view.facts["chars"].sum()))


def choose_sides(tables: View) -> tuple[Side, Side] | None:
    """Show the filters of both sides.

    Args:
        tables: The view of everything, from which the choices come.

    Returns:
        Sides A and B, within the selection of the sidebar; None while they ask for the same.
    """
    known = list_choices(tables)
    options = {
        "place": known.places,
        "topic": sorted(known.topics),
        "slogan": sorted(known.slogans),
        "paper": known.papers,
        "kind": sorted(known.kinds),
    }
    places = options["place"]
    if "a_place" not in st.session_state and len(places) > 1:
        st.session_state.setdefault("a_place", places[:1])
        st.session_state.setdefault("b_place", places[1:])
    columns = st.columns(2, gap="large")
    chosen = [
        _choose_side(column, side, options, known.days) for column, side in zip(columns, "ab", strict=True)
    ]
    st.button(t("compare_swap"), on_click=_swap, icon=":material/swap_horiz:")
    first, second = chosen
    return None if first[1:] == second[1:] else (first, second)


def _choose_side(column, side: str, options: dict[str, list[str]], days: _Days | None) -> Side:
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
        part = choose_one(t("part"), list(_PARTS), key=f"{side}_part", name_of=lambda name: t(f"part_{name}"))
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


def _choose_days(side: str, whole: _Days | None) -> tuple[dt.date | None, dt.date | None]:
    if whole is None:
        return None, None
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
