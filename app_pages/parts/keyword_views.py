"""The parts of the keywords page, one function each."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.charts import assign_colours, plot_bars, plot_network, plot_trend
from analysis.collocates import Network, find_collocates, find_network
from analysis.coverage import THIN_ARTICLES
from analysis.periods import date_periods, label_periods
from analysis.shelves import View
from analysis.shelves.wording import find_words
from analysis.summary import name_articles
from app_pages.parts.choices import choose_number, choose_one
from app_pages.parts.corpus import load_tokens
from app_pages.parts.evidence import show_found
from app_pages.parts.reader import show_article
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import pick_row, show_chart, show_cloud, show_download, show_table
from app_pages.parts.words import t

_MOST_BARS = 25
_FIRST_CHOICES = 3
#: Articles whose keywords stand in the table on screen.
_MOST_ARTICLES = 500
_PERIODS = ("day", "week", "month", "quarter", "year")
_COUNTS = ["n", "n_articles", "articles", "share", "low", "high", "per_10k_chars"]


@st.fragment
def show_ranking(words: pd.DataFrame, tables: View) -> None:
    """Show the words of the selection by score, as bars and as a cloud, and where the one picked stands."""
    articles = tables.n_news
    left, right = st.columns(2, gap="large")
    with left:
        bar = show_chart(
            plot_bars(
                words.head(_MOST_BARS),
                name="word",
                value="score",
                title=t("chart_keywords"),
                value_title=t("axis_keyword_score"),
            ),
            words,
            name="selection_keywords",
            caption=t("caption_keywords", articles=articles),
            alt=t("alt_top", first=words["word"].iloc[0]),
            pick=True,
        )
    with right:
        clouded = show_cloud(
            words.assign(weight=words["score"]),
            name="keyword_cloud",
            caption=t("caption_cloud_keywords"),
            width=700,
            height=620,
        )
    for word, name in ((bar and bar[0], "bar_lines"), (clouded, "keyword_lines")):
        if word:
            show_found(word, tables, about=word, name=name)


@st.fragment
def show_trend(words: list[str], tables: View) -> None:
    """Show chosen words over time, and where the point picked stands."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            t("choose_words"), words, key="w", bind="query-params", accept_new_options=True,
            max_selections=10, placeholder=t("choose_slogans_hint", n=_FIRST_CHOICES),
        )  # fmt: skip
        every = choose_one(
            t("period"), _PERIODS, key="word_every", name_of=lambda key: t(f"period_{key}"), default="month"
        )
    chosen = chosen or words[:_FIRST_CHOICES]
    trend = tables.count(find_words(tables, chosen), by=("period",), every=every, zeros=True, dated=True)
    if trend.empty:
        st.info(t("no_word_trend"))
        return
    trend = trend.rename(columns={"slogan": "word"}).assign(start=date_periods(trend["period"]))
    trend = trend.sort_values(["word", "start"], ignore_index=True)[["word", "period", "start", *_COUNTS]]
    trend["thin"] = trend["articles"] < THIN_ARTICLES
    picked = show_chart(
        plot_trend(
            trend,
            series="word",
            start="start",
            period="period",
            value="share",
            low="low",
            high="high",
            percent=True,
            title=t("chart_word_trend"),
            value_title=t("axis_share"),
            time_title=t("axis_time", period=t(f"period_{every}")),
            colours=assign_colours(chosen),
            thin="thin",
        ),
        trend,
        name="words_by_period",
        caption=t("caption_word_trend") + t("caption_thin", least=THIN_ARTICLES),
        alt=t("alt_trend", slogans="、".join(chosen)),
        pick=True,
    )
    if picked:
        facts = tables.facts
        here = (label_periods(facts["date"], every).astype("str") == picked[1]).to_numpy()
        part = tables.narrow_rows(facts.loc[here, "article_id"])
        show_found(picked[0], part, about=" · ".join(picked[:2]), name="word_lines")


@st.fragment
def show_collocates(first: str, tables: View) -> None:
    """Show the words that stand near a word, and where the pair picked stands."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        node = st.text_input(
            t("collocate_node"), value=first, key="node", bind="query-params", max_chars=40,
            help=t("collocate_help"),
        )  # fmt: skip
        span = choose_one(
            t("span"), ["window", "sentence"], key="span", name_of=lambda name: t(f"span_{name}")
        )
        minimum = choose_number(t("minimum"), 1, 100, 3, key="joint")
    part = choose_sample(tables, "collocates")
    if part is None:
        return
    node = node.strip()
    key = ("collocates", node, span, minimum)
    make = partial(_find_company, part, node, span, minimum)
    found, network = part.keep(key, make) if node else (None, None)
    if found is None or found.empty:
        st.info(t("no_collocates"))
        return
    left, right = st.columns(2, gap="large")
    with left:
        picked = show_chart(
            plot_network(
                network.nodes, network.edges, name="word", size="n", ends=("source", "target"),
                tie="log_dice", title=t("chart_collocates", word=node), size_title=t("col_n"),
                tie_title="logDice", centre=node,
            ),
            network.edges,
            name="collocate_network",
            caption=t("caption_collocate_network"),
            alt=t("alt_top", first=found["collocate"].iloc[0]),
            pick=True,
        )  # fmt: skip
    with right:
        show_table(
            found,
            name="collocates",
            caption=t(f"caption_collocates_{span}", minimum=minimum),
            columns=["collocate", "n_joint", "n_left", "n_right", "n_collocate", "n_articles", "log_dice"],
        )
    if picked:
        show_found(picked[0], part, about=picked[0], name="collocate_lines")


def _find_company(part: View, node: str, span: str, minimum: int) -> tuple[pd.DataFrame, Network]:
    news, lexicon = part.add_texts(part.news), part.shelf.lexicon
    near = {"tokens": load_tokens(part), "span": span, "minimum": minimum, "lexicon": lexicon}
    return find_collocates(news, node, **near), find_network(news, node, **near)


@st.fragment
def show_by_article(tables: View) -> None:
    """Show the keywords of each article, and the article picked."""
    first = tables.narrow_rows(tables.news_rows[:_MOST_ARTICLES])
    rows = first.keywords.merge(name_articles(first.news), on="article_id")
    picked = pick_row(
        rows,
        name="keywords",
        caption=t("caption_keywords_article"),
        columns=["date", "place", "title", "rank", "word", "n", "score"],
    )
    if tables.n_news > _MOST_ARTICLES:
        st.caption(t("keywords_cut", shown=_MOST_ARTICLES, articles=tables.n_news))
        show_download(partial(tables.read_table, "keywords"), name="keywords")
    else:
        show_download(rows, name="keywords")
    if picked is not None:
        show_article(tables, rows.loc[picked, "article_id"], name="keyword_article")
