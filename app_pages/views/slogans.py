"""The views of the slogans page, one function each."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.concordance import sort_lines
from analysis.patterns import PatternError
from analysis.periods import label_periods
from analysis.shelves import View
from analysis.shelves.searching.lines import find_lines, name_lines, search_lines
from analysis.slogans.review import drop_rejected
from app_pages.drawings.slogans import (
    draw_pairs,
    draw_places,
    draw_trend,
    find_first_lines,
    find_spread_of,
    label_units,
    profile,
)
from app_pages.parts.choices import choose_number, choose_one
from app_pages.parts.colours import colour_slogans
from app_pages.parts.corpus import say_whose_lists
from app_pages.parts.evidence import show_found, show_sentences
from app_pages.parts.filters import list_choices
from app_pages.parts.own_lexicon import own_lexicon, show_own_lexicon, show_review
from app_pages.parts.part import part
from app_pages.parts.prepared import prepare
from app_pages.parts.reader import show_article
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import COUNTS, pick_row, show_chart, show_download, show_table
from app_pages.parts.words import name_slogan, name_tier, t

_PERIODS = ("day", "week", "month", "quarter", "year")
_UNITS = ("place", "paper", "city", "topic")
_MEASURES = ("share", "per_10k_chars")
_PROFILE = ["first_seen", "last_seen", "prominence", "dispersion_places", "dispersion_months", "tier"]
_MOST_FOUND = 2000


@part
def show_comparison(tables: View, chosen: list[str], ranked: list[str], with_children: bool) -> None:
    """Compare the chosen slogans by place and over time, with the sentences of the point picked."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = _choose("unit", _UNITS)
        every = _choose("period", _PERIODS, default="month")
        measure = _choose("measure", _MEASURES)
    left, right = st.columns(2, gap="large")
    with left:
        places = prepare(tables, draw_places, tuple(chosen), with_children, unit, measure)
        cell = show_chart(places, name="slogans_by_unit", pick=True)
    with right:
        colours = tuple(colour_slogans(chosen, ranked).items())
        trend = prepare(tables, draw_trend, with_children, colours, every, measure)
        if trend is None:
            st.info(t("no_dates"))
        point = show_chart(trend, name="slogans_by_period", pick=True) if trend else None
    slogans = {name_slogan(slogan): slogan for slogan in chosen}
    facts = tables.facts
    for picked, name in ((cell, "cell"), (point, "point")):
        if picked and picked[0] in slogans:
            cells = label_units(facts, unit) if name == "cell" else label_periods(facts["date"], every)
            here = tables.narrow_rows(facts.loc[(cells.astype("str") == picked[1]).to_numpy(), "article_id"])
            hits = here.find_hits([slogans[picked[0]]], with_children=with_children)
            show_sentences(hits, tables, about=f"{picked[0]} · {picked[1]}", name=f"{name}_lines")


@part
def show_lines(tables: View, chosen: list[str], with_children: bool) -> None:
    """Show the sentences of the chosen slogans, or those that a search finds."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pattern = st.text_input(
            t("search"), key="pattern", bind="query-params", max_chars=200, placeholder=t("search_hint"),
            help=t("search_help"),
        )  # fmt: skip
        by = _choose("sort", ("date", "left", "right"))
    if pattern.strip():
        try:
            found = search_lines(tables, pattern.strip(), limit=_MOST_FOUND)
        except PatternError as error:
            st.error(t("bad_pattern"))
            st.text(str(error))
            return
        if found.is_cut:
            st.warning(t("search_cut"), icon=":material/timer_off:")
        hits, lines = found.lines, name_lines(found.lines, tables)
    else:
        hits = tables.find_hits(chosen, with_children=with_children)
        lines = prepare(tables, find_first_lines, tuple(chosen), with_children)
    if lines.empty:
        st.info(t("no_lines"))
        return
    lines = sort_lines(lines, by=by)
    first = ["slogan"] if "slogan" in lines else []
    picked = pick_row(
        lines,
        name="concordance",
        caption=t("caption_lines", lines=len(hits)),
        of=len(hits),
        columns=[*first, "left", "surface", "right", "place", "date", "title"],
    )
    whole = lines if len(lines) == len(hits) else partial(find_lines, hits, tables)
    show_download(whole, name="concordance", count=len(hits))
    if picked is not None:
        show_article(tables, lines.loc[picked, "article_id"])


@part
def show_pairs(tables: View) -> None:
    """Show which slogans stand together, with the articles of the pair picked."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = _choose("within", ("article", "paragraph"))
        minimum = choose_number(t("minimum"), 1, 100, 2, key="minimum")
    part = tables if within == "article" else choose_sample(tables, "pairs")
    if part is None:
        return
    both = prepare(part, draw_pairs, within, int(minimum))
    if both is None:
        st.info(t("no_pairs"))
        return
    network, matrix = both
    show_chart(network, name="cooccurrences")
    picked = show_chart(matrix, name="cooccurrence_matrix", pick=True)
    if picked:
        hits = tables.find_hits(picked[:2], with_children=False)
        ids = set.intersection(*(set(hits.loc[hits["slogan"] == name, "article_id"]) for name in picked[:2]))
        here = hits[hits["article_id"].isin(ids)]
        show_sentences(here, tables, about=" + ".join(picked[:2]), name="pair_lines")


@part
def show_spread(tables: View, chosen: list[str], with_children: bool) -> None:
    """Show in which order places took the chosen slogans up."""
    papers = list_choices(tables).papers
    central = st.selectbox(
        t("central"), [None, *papers], format_func=lambda name: name or t("central_none"), key="central",
        bind="query-params", help=t("central_help"),
    )  # fmt: skip
    spread = prepare(tables, find_spread_of, tuple(chosen), with_children, central)
    if spread.empty:
        st.info(t("no_dates"))
        return
    compared = ["lag_days", "amplification", "amplification_low", "amplification_high"] if central else []
    show_table(
        spread,
        name="spread",
        caption=t("caption_spread"),
        columns=[
            "slogan",
            "rank",
            "place",
            "first_seen",
            "days_after",
            "censored",
            "n_articles",
            "share",
            *compared,
        ],
    )


@part
def show_profiles(tables: View, with_children: bool) -> None:
    """Show every slogan with all its measures, and the sentences of the one picked."""
    profiles = prepare(tables, profile, with_children)
    picked = pick_row(
        profiles.assign(tier=profiles["tier"].map(name_tier)),
        name="slogans",
        caption=t("caption_share", articles=tables.n_news) + " " + t("caption_profiles"),
        columns=["slogan", "gloss", *COUNTS, *_PROFILE],
    )
    show_download(profiles, name="slogans")
    if picked is not None:
        slogan = profiles.loc[picked, "slogan"]
        hits = tables.find_hits([slogan], with_children=with_children)
        show_sentences(hits, tables, about=name_slogan(slogan), name="profile_lines")


def show_discovery(tables: View) -> None:
    """Show formulae that the lexicon lacks, with their sentences, and let the reader decide on them."""
    left = drop_rejected(tables.slogan_candidates, own_lexicon().rejected)
    if left.empty:
        st.info(t("no_candidates"))
    else:
        show_review(left)
        left = left.assign(form_name=left["form"].map(lambda form: t(f"form_{form}")))
        picked = pick_row(
            left,
            name="slogan_candidates",
            caption=t("caption_candidates"),
            columns=["candidate", "form_name", "n", "n_articles", "score", "example"],
        )
        show_download(left, name="slogan_candidates")
        if picked is not None:
            candidate = left.loc[picked, "candidate"]
            show_found(candidate, tables, about=candidate, name="candidate_lines")
    st.header(t("own_lexicon"))
    say_whose_lists()
    show_own_lexicon()


def _choose(key: str, options: tuple[str, ...], *, default: str | None = None) -> str:
    return choose_one(t(key), options, key=key, name_of=lambda name: t(f"{key}_{name}"), default=default)
