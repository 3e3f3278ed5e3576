"""The views of the slogans page, one function each."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.charts import plot_heat, plot_network, plot_trend
from analysis.concordance import PatternError, sort_lines
from analysis.coverage import THIN_ARTICLES
from analysis.periods import date_periods, label_periods
from analysis.shelves import View
from analysis.shelves.lines import choose_first, find_lines, name_lines, search_lines
from analysis.slogans import find_cooccurrences
from analysis.slogans.profile import profile_slogans
from analysis.slogans.review import drop_rejected
from analysis.slogans.spread import find_spread
from analysis.summary import UNKNOWN_PLACE, name_places
from app_pages.parts.choices import choose_number, choose_one
from app_pages.parts.colours import colour_slogans
from app_pages.parts.corpus import say_whose_lists
from app_pages.parts.evidence import show_found, show_sentences
from app_pages.parts.own_lexicon import own_lexicon, show_own_lexicon, show_review
from app_pages.parts.reader import show_article
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import pick_row, show_chart, show_download, show_table
from app_pages.parts.words import add_gloss, name_slogan, name_tier, name_topic, t

_PERIODS = ("day", "week", "month", "quarter", "year")
_UNITS = ("place", "paper", "city", "topic")
_MEASURES = ("share", "per_10k_chars")
_COUNTS = ["n", "n_articles", "articles", "share", "low", "high", "per_10k_chars"]
_PROFILE = ["first_seen", "last_seen", "prominence", "dispersion_places", "dispersion_months", "tier"]
_MOST_PAIRS = 36
_MATRIX = 18
_MOST_FOUND = 2000


@st.fragment
def show_comparison(tables: View, chosen: list[str], ranked: list[str], with_children: bool) -> None:
    """Compare the chosen slogans by place and over time, with the sentences of the point picked."""
    facts = tables.facts
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = _choose("unit", _UNITS)
        every = _choose("period", _PERIODS, default="month")
        measure = _choose("measure", _MEASURES)
    left, right = st.columns(2, gap="large")
    with left:
        cell = _show_places(tables, chosen, with_children, unit, measure)
    with right:
        point = _show_trend(tables, with_children, colour_slogans(chosen, ranked), every, measure)
    slogans = {name_slogan(slogan): slogan for slogan in chosen}
    for picked, name in ((cell, "cell"), (point, "point")):
        if picked and picked[0] in slogans:
            cells = _label_units(facts, unit) if name == "cell" else label_periods(facts["date"], every)
            here = tables.narrow_rows(facts.loc[(cells.astype("str") == picked[1]).to_numpy(), "article_id"])
            hits = here.find_hits([slogans[picked[0]]], with_children=with_children)
            show_sentences(hits, tables, about=f"{picked[0]} · {picked[1]}", name=f"{name}_lines")


@st.fragment
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
        lines = find_lines(choose_first(hits, tables), tables)
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


@st.fragment
def show_pairs(tables: View) -> None:
    """Show which slogans stand together, with the articles of the pair picked."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = _choose("within", ("article", "paragraph"))
        minimum = choose_number(t("minimum"), 1, 100, 2, key="minimum")
    part = tables if within == "article" else choose_sample(tables, "pairs")
    if part is None:
        return
    pairs = part.keep(("pairs", within, int(minimum)), partial(_find_pairs, part, within, int(minimum)))
    if pairs.empty:
        st.info(t("no_pairs"))
        return
    drawn = pairs.head(_MOST_PAIRS)
    sizes = pd.concat(
        [drawn[["slogan_a", "n_a"]].set_axis(["slogan", "n"], axis=1),
         drawn[["slogan_b", "n_b"]].set_axis(["slogan", "n"], axis=1)]
    ).drop_duplicates()  # fmt: skip
    show_chart(
        plot_network(
            sizes, drawn, name="slogan", size="n", ends=("slogan_a", "slogan_b"), tie="n_joint",
            title=t("chart_pairs"), size_title=t(f"within_{within}"), tie_title=t("joint"),
        ),
        pairs,
        name="cooccurrences",
        caption=t("caption_pairs", within=t(f"within_{within}"), minimum=int(minimum), most=_MOST_PAIRS),
        alt=t("alt_pairs", first=pairs["slogan_a"].iloc[0], second=pairs["slogan_b"].iloc[0]),
    )  # fmt: skip
    both = pd.concat(
        [pairs, pairs.rename(columns={"slogan_a": "slogan_b", "slogan_b": "slogan_a"})], ignore_index=True
    )
    central = both.groupby("slogan_a")["n_joint"].sum().nlargest(_MATRIX).index
    square = both[both["slogan_a"].isin(central) & both["slogan_b"].isin(central)]
    picked = show_chart(
        plot_heat(
            square,
            row="slogan_a",
            column="slogan_b",
            value="n_joint",
            title=t("chart_matrix"),
            value_title=t("joint"),
        ),
        both,
        name="cooccurrence_matrix",
        caption=t("caption_matrix"),
        alt=t("alt_pairs", first=pairs["slogan_a"].iloc[0], second=pairs["slogan_b"].iloc[0]),
        pick=True,
    )
    if picked:
        hits = tables.find_hits(picked[:2], with_children=False)
        ids = set.intersection(*(set(hits.loc[hits["slogan"] == name, "article_id"]) for name in picked[:2]))
        here = hits[hits["article_id"].isin(ids)]
        show_sentences(here, tables, about=" + ".join(picked[:2]), name="pair_lines")


@st.fragment
def show_spread(tables: View, chosen: list[str], with_children: bool) -> None:
    """Show in which order places took the chosen slogans up."""
    facts = tables.facts
    papers = sorted(facts["paper"].dropna().unique())
    central = st.selectbox(
        t("central"), [None, *papers], format_func=lambda name: name or t("central_none"), key="central",
        bind="query-params", help=t("central_help"),
    )  # fmt: skip
    hits = tables.coded_rolled if with_children else tables.coded_hits
    hits = hits[hits["slogan"].isin(chosen)].astype({"slogan": "str"})
    spread = find_spread(hits, facts.assign(county=name_places(facts)), unit="county", central=central)
    if spread.empty:
        st.info(t("no_dates"))
        return
    compared = ["lag_days", "amplification", "amplification_low", "amplification_high"] if central else []
    show_table(
        spread.rename(columns={"county": "place"}),
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


@st.fragment
def show_profiles(tables: View, with_children: bool) -> None:
    """Show every slogan with all its measures, and the sentences of the one picked."""
    make = partial(_profile, tables, with_children)
    profiles = add_gloss(tables.keep(("profiles", with_children), make))
    profiles = profiles.sort_values(
        ["n_articles", "n", "slogan"], ascending=[False, False, True], ignore_index=True
    )
    picked = pick_row(
        profiles.assign(tier=profiles["tier"].map(name_tier)),
        name="slogans",
        caption=t("caption_share", articles=tables.n_news) + " " + t("caption_profiles"),
        columns=["slogan", "gloss", *_COUNTS, *_PROFILE],
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


def _label_units(frame: pd.DataFrame, unit: str) -> pd.Series:
    """Name the unit of each row, by which the heat map is cut; unknown ones are '?'."""
    names = frame[unit].astype("str").fillna(UNKNOWN_PLACE)
    return names.map(name_topic) if unit == "topic" else names


def _profile(tables: View, with_children: bool) -> pd.DataFrame:
    hits = tables.coded_rolled if with_children else tables.coded_hits
    named = tables.facts.assign(county=name_places(tables.facts))
    return profile_slogans(hits.astype({"slogan": "str"}), named, places="county")


def _find_pairs(tables: View, within: str, minimum: int) -> pd.DataFrame:
    if within == "article":
        hits, articles = tables.coded_hits.astype({"slogan": "str"}), tables.facts
    else:
        hits, articles = tables.slogan_hits, tables.add_texts(tables.news)
    return find_cooccurrences(hits, articles, within=within, minimum=minimum)


def _show_places(
    tables: View, chosen: list[str], with_children: bool, unit: str, measure: str
) -> tuple[str, ...] | None:
    cells = tables.count_slogans(
        by=(unit,), every="all", zeros=True, slogans=chosen, with_children=with_children
    )
    cells = cells.assign(unit=_label_units(cells, unit))
    cells = cells[["slogan", "unit", *_COUNTS]].sort_values("unit", kind="stable")
    cells = cells.sort_values("slogan", key=lambda names: names.map(chosen.index), kind="stable")
    return show_chart(
        plot_heat(
            cells.assign(label=cells["slogan"].map(name_slogan)),
            row="label",
            column="unit",
            value=measure,
            title=t("chart_places", unit=t(f"unit_{unit}")),
            value_title=t(f"axis_{measure}"),
            percent=measure == "share",
        ),
        cells.rename(columns={"unit": unit}),
        name="slogans_by_unit",
        caption=t(f"caption_places_{measure}"),
        alt=t("alt_places", slogans="、".join(chosen)),
        pick=True,
    )


def _show_trend(
    tables: View, with_children: bool, colours: dict[str, str], every: str, measure: str
) -> tuple[str, ...] | None:
    trend = tables.count_slogans(
        by=("period",), every=every, zeros=True, slogans=colours, with_children=with_children, dated=True
    )
    if trend.empty:
        st.info(t("no_dates"))
        return None
    trend = trend.assign(start=date_periods(trend["period"]), rank=trend["slogan"].map([*colours].index))
    trend = trend.sort_values(["rank", "start"], ignore_index=True)[["slogan", "period", "start", *_COUNTS]]
    trend["thin"] = trend["articles"] < THIN_ARTICLES
    bands = {"low": "low", "high": "high"} if measure == "share" else {}
    return show_chart(
        plot_trend(
            trend.assign(label=trend["slogan"].map(name_slogan)),
            series="label",
            start="start",
            period="period",
            value=measure,
            percent=measure == "share",
            title=t("chart_trend"),
            value_title=t(f"axis_{measure}"),
            time_title=t("axis_time", period=t(f"period_{every}")),
            colours={name_slogan(slogan): colour for slogan, colour in colours.items()},
            thin="thin",
            **bands,
        ),
        trend,
        name="slogans_by_period",
        caption=t(f"caption_trend_{measure}") + t("caption_thin", least=THIN_ARTICLES),
        alt=t("alt_trend", slogans="、".join(colours)),
        pick=True,
    )
