"""The views of the slogans page, one function each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts import plot_heat, plot_network, plot_trend
from analysis.concordance import PatternError, find_lines, search_lines, sort_lines
from analysis.corpus import Tables
from analysis.coverage import THIN_ARTICLES
from analysis.periods import date_periods, label_periods
from analysis.schema import counted
from analysis.slogans import count_slogans, find_cooccurrences
from analysis.slogans.profile import profile_slogans
from analysis.slogans.review import drop_rejected
from analysis.slogans.spread import find_spread
from analysis.summary import name_articles
from app_pages.parts.colours import colour_slogans
from app_pages.parts.evidence import show_found, show_sentences
from app_pages.parts.own_lexicon import own_lexicon, show_own_lexicon, show_review
from app_pages.parts.reader import show_article
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
def show_comparison(hits: pd.DataFrame, tables: Tables, chosen: list[str], ranked: list[str]) -> None:
    """Compare the chosen slogans by place and over time, with the sentences of the point picked."""
    articles = counted(tables.articles)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = _choose("unit", _UNITS)
        every = _choose("period", _PERIODS, default="month")
        measure = _choose("measure", _MEASURES)
    labelled = _label_units(articles, tables.article_topics, unit)
    left, right = st.columns(2, gap="large")
    with left:
        cell = _show_places(hits, labelled, chosen, unit, measure)
    with right:
        point = _show_trend(hits, articles, colour_slogans(chosen, ranked), every, measure)
    slogans = {name_slogan(slogan): slogan for slogan in chosen}
    periods = label_periods(articles["date"], every)
    for picked, cells, name in ((cell, labelled["unit"], "cell"), (point, periods, "point")):
        if picked:
            ids = articles.loc[(cells.astype("str") == picked[1]).to_numpy(), "article_id"]
            here = hits[(hits["slogan"] == slogans.get(picked[0])) & hits["article_id"].isin(ids)]
            show_sentences(here, tables, about=f"{picked[0]} · {picked[1]}", name=f"{name}_lines")


@st.fragment
def show_lines(hits: pd.DataFrame, tables: Tables) -> None:
    """Show the sentences of the chosen slogans, or those that a search finds."""
    articles = counted(tables.articles)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pattern = st.text_input(
            t("search"), key="pattern", bind="query-params", max_chars=200, placeholder=t("search_hint"),
            help=t("search_help"),
        )  # fmt: skip
        by = _choose("sort", ("date", "left", "right"))
    if pattern.strip():
        try:
            lines = search_lines(articles, pattern.strip(), limit=_MOST_FOUND)
        except PatternError as error:
            st.error(t("bad_pattern"))
            st.text(str(error))
            return
    else:
        lines = find_lines(hits, articles)
    if lines.empty:
        st.info(t("no_lines"))
        return
    lines = sort_lines(lines.merge(name_articles(articles), on="article_id"), by=by)
    first = ["slogan"] if "slogan" in lines else []
    picked = pick_row(
        lines,
        name="concordance",
        caption=t("caption_lines", lines=len(lines)),
        columns=[*first, "left", "surface", "right", "place", "date", "title"],
    )
    show_download(lines, name="concordance")
    if picked is not None:
        show_article(tables, lines.loc[picked, "article_id"])


@st.fragment
def show_pairs(hits: pd.DataFrame, tables: Tables) -> None:
    """Show which slogans stand together, with the articles of the pair picked."""
    articles = counted(tables.articles)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        within = _choose("within", ("article", "paragraph"))
        minimum = st.number_input(t("minimum"), 1, 100, 2, key="minimum", bind="query-params")
    pairs = find_cooccurrences(hits, articles, within=within, minimum=int(minimum))
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
        ids = set.intersection(*(set(hits.loc[hits["slogan"] == name, "article_id"]) for name in picked[:2]))
        here = hits[hits["slogan"].isin(picked[:2]) & hits["article_id"].isin(ids)]
        show_sentences(here, tables, about=" + ".join(picked[:2]), name="pair_lines")


@st.fragment
def show_spread(hits: pd.DataFrame, tables: Tables) -> None:
    """Show in which order places took the chosen slogans up."""
    articles = counted(tables.articles)
    papers = sorted(articles["paper"].dropna().unique())
    central = st.selectbox(
        t("central"), [None, *papers], format_func=lambda name: name or t("central_none"), key="central",
        bind="query-params", help=t("central_help"),
    )  # fmt: skip
    named = articles.assign(county=name_articles(articles)["place"].to_numpy())
    spread = find_spread(hits, named, unit="county", central=central)
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
def show_profiles(hits: pd.DataFrame, tables: Tables) -> None:
    """Show every slogan with all its measures, and the sentences of the one picked."""
    articles = counted(tables.articles)
    named = articles.assign(county=name_articles(articles)["place"].to_numpy())
    profiles = add_gloss(profile_slogans(hits, named, places="county"))
    profiles = profiles.sort_values(
        ["n_articles", "n", "slogan"], ascending=[False, False, True], ignore_index=True
    )
    picked = pick_row(
        profiles.assign(tier=profiles["tier"].map(name_tier)),
        name="slogans",
        caption=t("caption_share", articles=len(articles)) + " " + t("caption_profiles"),
        columns=["slogan", "gloss", *_COUNTS, *_PROFILE],
    )
    show_download(profiles, name="slogans")
    if picked is not None:
        slogan = profiles.loc[picked, "slogan"]
        show_sentences(
            hits[hits["slogan"] == slogan], tables, about=name_slogan(slogan), name="profile_lines"
        )


def show_discovery(tables: Tables) -> None:
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
    show_own_lexicon()


def _choose(key: str, options: tuple[str, ...], *, default: str | None = None) -> str:
    return st.segmented_control(
        t(key), options, default=default or options[0], format_func=lambda name: t(f"{key}_{name}"), key=key,
        bind="query-params", required=True,
    )  # fmt: skip


def _label_units(articles: pd.DataFrame, article_topics: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Articles with the column `unit`, by which the heat map is cut; unknown ones are '?'."""
    if unit == "place":
        return articles.assign(unit=name_articles(articles)["place"].to_numpy())
    if unit == "topic":
        main = article_topics[article_topics["is_main"]].set_index("article_id")["topic"]
        return articles.assign(unit=articles["article_id"].map(main).map(name_topic, na_action="ignore"))
    return articles.assign(unit=articles[unit].fillna("?"))


def _show_places(
    hits: pd.DataFrame, articles: pd.DataFrame, chosen: list[str], unit: str, measure: str
) -> tuple[str, ...] | None:
    cells = count_slogans(hits, articles, by=("unit",), every="all", zeros=True)
    cells = cells[["slogan", "unit", *_COUNTS]].sort_values(
        "slogan", key=lambda names: names.map(chosen.index), kind="stable"
    )
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
    hits: pd.DataFrame, articles: pd.DataFrame, colours: dict[str, str], every: str, measure: str
) -> tuple[str, ...] | None:
    trend = count_slogans(hits, articles[articles["date"].notna()], by=("period",), every=every, zeros=True)
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
