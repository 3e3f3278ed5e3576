"""The parts of the overview, one function each; a click in one of them draws only that part anew."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.comparison import compare_units
from analysis.corpus import Tables
from analysis.coverage import THIN_ARTICLES, count_coverage
from analysis.schema import counted
from analysis.slogans.arrivals import RECENT_DAYS, find_arrivals
from analysis.summary import count_main_topics, describe_coverage, find_slogan_topics, name_articles
from app_pages.parts.colours import colour_topics
from app_pages.parts.corpus import load_keywords, load_lexicon, load_tokens
from app_pages.parts.evidence import show_articles, show_found, show_sentences
from app_pages.parts.problems import show_problems
from app_pages.parts.show import pick_row, show_chart, show_cloud, show_download, show_table
from app_pages.parts.words import add_gloss, language, name_slogan, name_topic, t

_MOST_BARS = 12
_MOST_WORDS = 200
_APART_WORDS = 6
_MOST_PERIODS = 36
_COUNTS = ("n_articles", "n_chars", "text_quality")
#: What the sizes of the cloud can be, by column of the frequencies.
_SIZES = {"n": "n", "n_articles": "n_articles", "per_10k": "per_10k_chars"}


@st.fragment
def show_top_slogans(frequencies: pd.DataFrame, hits: pd.DataFrame, tables: Tables) -> None:
    """Show the slogans that stand in most articles, with the sentences of the one picked."""
    if frequencies.empty:
        st.info(t("no_slogans"))
        return
    articles = int(frequencies["articles"].iloc[0])
    drawn = frequencies.head(_MOST_BARS)
    drawn = drawn.assign(label=drawn["slogan"].map(name_slogan))
    picked = show_chart(
        plot_bars(
            drawn,
            name="label",
            value="share",
            low="low",
            high="high",
            percent=True,
            title=t("chart_top_slogans"),
            value_title=t("axis_share_of", articles=articles),
        ),
        frequencies,
        name="top_slogans",
        caption=t("caption_share", articles=articles),
        alt=t("alt_top", first=drawn["label"].iloc[0]),
        pick=True,
    )
    if picked:
        slogan = drawn.set_index("label")["slogan"].get(picked[0])
        show_sentences(hits[hits["slogan"] == slogan], tables, about=picked[0], name="top_slogan_lines")


@st.fragment
def show_topics(tables: Tables) -> None:
    """Show the main topics, with the articles of the one picked."""
    mix = count_main_topics(tables.article_topics)
    mix = mix.assign(topic_name=mix["topic"].map(name_topic))
    colours = colour_topics(mix["topic"])
    picked = show_chart(
        plot_bars(
            mix,
            name="topic_name",
            value="n_articles",
            title=t("chart_topics"),
            value_title=t("axis_articles"),
            colours={name_topic(topic): colour for topic, colour in colours.items()},
        ),
        mix,
        name="main_topics",
        caption=t("caption_main_topic", articles=int(mix["articles"].max())),
        alt=t("alt_top", first=mix["topic_name"].iloc[0]),
        pick=True,
    )
    if picked:
        topic = mix.set_index("topic_name")["topic"].get(picked[0])
        main = tables.article_topics[tables.article_topics["is_main"]]
        ids = main.loc[main["topic"] == topic, "article_id"]
        of_topic = tables.articles[tables.articles["article_id"].isin(ids)]
        show_articles(of_topic, tables, about=picked[0], name="main_topic_articles")


@st.fragment
def show_apart(tables: Tables) -> None:
    """Show the words that set each paper (or place, where the paper is unknown) apart from the others."""
    news = _name_units(counted(tables.articles))
    apart = compare_units(news, unit="unit", tokens=load_tokens(), top=_APART_WORDS, lexicon=load_lexicon())
    if apart.empty:
        st.info(t("overview_one_paper"))
        return
    rows = apart.groupby(["unit", "articles"], sort=False)["word"].agg(list).rename("words").reset_index()
    picked = pick_row(
        rows,
        name="apart",
        caption=t("caption_apart", words=_APART_WORDS),
        columns=["unit", "words"],
    )
    show_download(apart, name="unit_keyness")
    if picked is not None:
        unit = rows.loc[picked, "unit"]
        show_articles(news[news["unit"] == unit], tables, about=unit, name="apart_articles")


@st.fragment
def show_new(hits: pd.DataFrame, tables: Tables) -> None:
    """Show the slogans that only the latest days have, with the sentences of the one picked."""
    found = add_gloss(find_arrivals(hits, tables.articles))
    if found.empty:
        st.info(t("overview_nothing_new", days=RECENT_DAYS))
        return
    before, recent = int(found["articles_before"].iloc[0]), int(found["articles"].iloc[0])
    picked = pick_row(
        found,
        name="new",
        caption=t("caption_new", days=RECENT_DAYS, recent=recent, before=before),
        columns=["slogan", *(["gloss"] if language() == "en" else []), "n_articles", "n", "first_seen"],
    )
    show_download(found, name="slogan_arrivals")
    if picked is not None:
        slogan = found.loc[picked, "slogan"]
        show_sentences(hits[hits["slogan"] == slogan], tables, about=name_slogan(slogan), name="new_lines")


@st.fragment
def show_words(frequencies: pd.DataFrame, hits: pd.DataFrame, tables: Tables) -> None:
    """Show the word cloud, and where the word picked in it stands."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            t("cloud_of"), ["slogans", "keywords"], default="slogans",
            format_func=lambda name: t(f"cloud_{name}"), key="cloud", bind="query-params", required=True,
        )  # fmt: skip
        size = st.segmented_control(
            t("cloud_size"), list(_SIZES), default="n", format_func=lambda name: t(f"size_{name}"),
            key="cloud_by", bind="query-params", required=True, disabled=kind == "keywords",
        )  # fmt: skip
    if kind == "slogans":
        topics = find_slogan_topics(hits, tables.article_topics)
        words = frequencies.assign(word=frequencies["slogan"], weight=frequencies[_SIZES[size]])
        words = words.sort_values(["weight", "word"], ascending=[False, True], ignore_index=True)
        words["colour"] = words["word"].map(topics).map(colour_topics(topics))
        caption = t("caption_cloud_slogans", size=t(f"size_{size}"))
        words = words[["word", "weight", "colour", "n", "n_articles", "articles", "share", "low", "high"]]
    else:
        words = load_keywords(_MOST_WORDS)
        words = words.assign(weight=words["score"])
        caption = t("caption_cloud_keywords")
    picked = show_cloud(words, name=f"cloud_{kind}", caption=caption)
    if picked and kind == "slogans":
        show_sentences(hits[hits["slogan"] == picked], tables, about=name_slogan(picked), name="cloud_lines")
    elif picked:
        show_found(picked, tables, about=picked, name="cloud_lines")


@st.fragment
def show_coverage(tables: Tables) -> None:
    """Show what is held of each paper and period, page by page too, and what could not be read."""
    news = _name_units(counted(tables.articles))
    dated = news[news["date"].notna()]
    if dated.empty:
        st.info(t("no_dates"))
    else:
        cells = _count_cells(dated)
        show_chart(
            plot_heat(
                cells[~cells["gap"]],
                row="unit",
                column="period",
                value="articles",
                title=t("chart_coverage"),
                value_title=t("axis_articles"),
            ),
            cells,
            name="coverage",
            caption=t("caption_coverage_cells", least=THIN_ARTICLES, undated=len(news) - len(dated)),
            alt=t("alt_coverage", papers=cells["unit"].nunique(), periods=cells["period"].nunique()),
        )
    coverage = describe_coverage(tables.pages)
    coverage = coverage.assign(basis_name=coverage["date_basis"].map(lambda basis: t(f"basis_{basis}")))
    show_table(
        coverage,
        name="pages",
        caption=t("caption_coverage"),
        columns=["date", "basis_name", "province", "city", "county", "paper", "file", *_COUNTS],
    )
    if len(tables.problems):
        st.header(t("overview_problems"))
        show_problems(tables.problems)


def _name_units(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles with the column unit: their paper, or their place where the paper is unknown."""
    named = name_articles(articles)
    return articles.reset_index(drop=True).assign(unit=named["paper"].fillna(named["place"]))


def _count_cells(dated: pd.DataFrame) -> pd.DataFrame:
    """Count by the finest period that leaves the chart readable."""
    for every in ("month", "quarter", "year"):
        cells = count_coverage(dated, by=("unit", "period"), every=every, gaps=True)
        if cells["period"].nunique() <= _MOST_PERIODS:
            break
    return cells.sort_values(["period", "unit"], ignore_index=True)
