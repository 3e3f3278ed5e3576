"""Slogans: who prints which, when and how often, and the sentences behind every number."""

import streamlit as st

from analysis.charts import assign_colours, plot_heat, plot_trend
from analysis.concordance import find_lines
from analysis.periods import date_periods
from analysis.schema import counted
from analysis.slogans import count_slogans
from analysis.summary import name_articles
from app_pages.parts.corpus import load_hits, load_selection
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import add_gloss, t

_FIRST_CHOICES = 5
_PERIODS = ("day", "week", "month", "quarter", "year")
_MEASURES = ["n", "n_articles", "articles", "share", "low", "high", "per_10k_chars"]

tables = load_selection()
news = counted(tables.articles)
if tables.slogan_hits.empty:
    st.info(t("no_slogans"))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom"):
    choice = st.container()
    every = st.segmented_control(
        t("period"), _PERIODS, default="month", format_func=lambda name: t(f"period_{name}"), key="every",
        bind="query-params", required=True,
    )  # fmt: skip
    with_children = st.toggle(
        t("with_children"), value=True, key="children", bind="query-params", help=t("with_children_help")
    )
hits = load_hits(with_children=with_children)
totals = count_slogans(hits, news, by=(), every="all")
totals = totals.sort_values(["n_articles", "n", "slogan"], ascending=[False, False, True], ignore_index=True)
chosen = choice.multiselect(
    t("choose_slogans"), totals["slogan"].tolist(), key="s", bind="query-params",
    placeholder=t("choose_slogans_hint", n=_FIRST_CHOICES),
)  # fmt: skip
chosen = chosen or totals["slogan"].head(_FIRST_CHOICES).tolist()
mine = hits[hits["slogan"].isin(chosen)]
order = {slogan: rank for rank, slogan in enumerate(chosen)}

left, right = st.columns(2, gap="large")
with left:
    named = news.assign(county=name_articles(news)["place"].to_numpy())
    places = count_slogans(mine, named, by=("county",), every="all", zeros=True)
    places = places.rename(columns={"county": "place"})[["slogan", "place", *_MEASURES]]
    places = places.sort_values("slogan", key=lambda names: names.map(order), kind="stable")
    show_chart(
        plot_heat(
            places,
            row="slogan",
            column="place",
            value="share",
            title=t("chart_places"),
            value_title=t("axis_share_short"),
            percent=True,
        ),
        places,
        name="slogans_by_place",
        caption=t("caption_places"),
        alt=t("alt_places", slogans="、".join(chosen)),
    )
with right:
    trend = count_slogans(mine, news[news["date"].notna()], by=("period",), every=every, zeros=True)
    trend = trend.assign(start=date_periods(trend["period"]))
    trend = trend.assign(rank=trend["slogan"].map(order)).sort_values(["rank", "start"], ignore_index=True)
    trend = trend[["slogan", "period", "start", *_MEASURES]]
    if trend.empty:
        st.info(t("no_dates"))
    else:
        show_chart(
            plot_trend(
                trend,
                series="slogan",
                start="start",
                period="period",
                value="share",
                low="low",
                high="high",
                percent=True,
                title=t("chart_trend"),
                value_title=t("axis_share_short"),
                time_title=t("axis_time", period=t(f"period_{every}")),
                colours=assign_colours(chosen),
            ),
            trend,
            name="slogans_by_period",
            caption=t("caption_trend"),
            alt=t("alt_trend", slogans="、".join(chosen)),
        )

st.subheader(t("slogans_lines"))
lines = find_lines(mine, news).merge(name_articles(news), on="article_id")
show_table(
    lines,
    name="concordance",
    caption=t("caption_lines", lines=len(lines)),
    columns=["slogan", "left", "surface", "right", "place", "date", "title"],
)

st.subheader(t("slogans_all"))
show_table(
    add_gloss(totals),
    name="slogans",
    caption=t("caption_share", articles=len(news)),
    columns=["slogan", "gloss", *_MEASURES],
)

st.subheader(t("slogans_new"))
if tables.slogan_candidates.empty:
    st.info(t("no_candidates"))
else:
    candidates = tables.slogan_candidates
    candidates = candidates.assign(form_name=candidates["form"].map(lambda form: t(f"form_{form}")))
    show_table(
        candidates,
        name="slogan_candidates",
        caption=t("caption_candidates"),
        columns=["candidate", "form_name", "n", "n_articles", "score", "example"],
    )
