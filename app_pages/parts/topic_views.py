"""The views of the topics page: named topics, discovered topics."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.corpus import Tables
from analysis.schema import OTHER_TOPIC
from analysis.summary import count_main_topics, mix_topics, name_articles
from analysis.topics import find_cues
from analysis.topics.discovered import (
    MINIMUM_ARTICLES,
    Discovered,
    TopicError,
    find_representatives,
    fit_topics,
)
from app_pages.parts.corpus import load_fitted
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import name_topic, t

_MOST_WORDS = 15
_PERIODS = ("month", "quarter", "year")


def show_named(tables: Tables, articles: pd.DataFrame) -> None:
    """Show the topics of the taxonomy: by place, then one of them with its words, articles and cues."""
    mix = mix_topics(tables.article_topics, articles)
    mix = mix.assign(topic_name=mix["topic"].map(name_topic))
    show_chart(
        plot_heat(
            mix,
            row="topic_name",
            column="place",
            value="share",
            title=t("chart_topic_mix"),
            value_title=t("axis_topic_share"),
            percent=True,
        ),
        mix,
        name="topics_by_place",
        caption=t("caption_topic_mix"),
        alt=t("alt_topic_mix", places=mix["place"].nunique()),
    )
    _show_over_time(tables.article_topics, articles, name_topic)
    main = count_main_topics(tables.article_topics)
    st.subheader(t("topics_one"))
    topic = st.selectbox(
        t("choose_topic"), main["topic"].tolist(), format_func=name_topic, key="t", bind="query-params"
    )
    left, right = st.columns(2, gap="large")
    with left:
        _show_words(tables.topic_words[tables.topic_words["topic"] == topic], name_topic(topic), "named")
    with right:
        about = tables.article_topics[tables.article_topics["topic"] == topic]
        about = about.merge(name_articles(articles), on="article_id")
        about = about.sort_values(["is_main", "share"], ascending=False, ignore_index=True)
        show_table(
            about,
            name="topic_articles",
            caption=t("caption_topic_articles", articles=int(about["is_main"].sum())),
            columns=["date", "place", "title", "share", "is_main"],
        )
    st.subheader(t("topics_why"))
    cues = find_cues(articles)
    cues = cues[cues["topic"] == topic].groupby(["article_id", "cue"])
    cues = cues.agg(n=("start", "size"), weight=("weight", "sum")).reset_index()
    cues = cues.merge(name_articles(articles), on="article_id")
    show_table(
        cues.sort_values(["title", "weight"], ascending=[True, False], ignore_index=True),
        name="topic_cues",
        caption=t("caption_cues"),
        columns=["date", "place", "title", "cue", "n", "weight"],
    )


def show_discovered(articles: pd.DataFrame) -> None:
    """Show the topics that the articles show by themselves."""
    if len(articles) < MINIMUM_ARTICLES:
        st.info(t("too_few_for_topics", articles=len(articles), minimum=MINIMUM_ARTICLES))
        return
    asked = st.number_input(
        t("how_many_topics"), 0, 40, 0, key="k", bind="query-params", help=t("how_many_topics_help")
    )
    try:
        with st.spinner(t("discovering")):
            found: Discovered = load_fitted(fit_topics, int(asked) or None)
    except TopicError as error:
        st.info(t("cannot_discover"))
        st.text(str(error))
        return
    topics = found.topics.assign(topic_name=found.topics["topic"].astype("str") + " " + found.topics["label"])
    show_chart(
        plot_bars(
            topics, name="topic_name", value="size", title=t("chart_discovered"), value_title=t("axis_size")
        ),
        topics,
        name="discovered_topics",
        caption=t("caption_discovered", topics=len(topics), articles=len(articles)),
        alt=t("alt_top", first=topics["topic_name"].iloc[0]),
    )
    names = topics.set_index("topic")["topic_name"]
    mix = mix_topics(found.article_topics, articles).sort_values(["topic", "place"], ignore_index=True)
    mix = mix.assign(topic_name=mix["topic"].map(names).fillna(name_topic(OTHER_TOPIC)))
    show_chart(
        plot_heat(
            mix, row="topic_name", column="place", value="share", title=t("chart_topic_mix"),
            value_title=t("axis_topic_share"), percent=True,
        ),
        mix,
        name="discovered_by_place",
        caption=t("caption_topic_mix"),
        alt=t("alt_topic_mix", places=mix["place"].nunique()),
    )  # fmt: skip
    _show_over_time(found.article_topics, articles, lambda topic: names.get(topic, name_topic(OTHER_TOPIC)))
    number = st.selectbox(t("choose_topic"), topics["topic"].tolist(), format_func=names.get, key="dt")
    left, right = st.columns(2, gap="large")
    with left:
        _show_words(found.topic_words[found.topic_words["topic"] == number], names[number], "discovered")
    with right:
        best = find_representatives(found.article_topics, articles)
        best = best[best["topic"] == number].merge(name_articles(articles), on="article_id")
        show_table(
            best.reset_index(drop=True),
            name="discovered_articles",
            caption=t("caption_representative"),
            columns=["date", "place", "title", "share"],
        )


def _show_over_time(
    article_topics: pd.DataFrame, articles: pd.DataFrame, name: Callable[[object], str]
) -> None:
    every = st.segmented_control(
        t("period"), _PERIODS, default="month", format_func=lambda key: t(f"period_{key}"), key="topic_every",
        bind="query-params", required=True,
    )  # fmt: skip
    mix = mix_topics(article_topics, articles[articles["date"].notna()], every=every)
    if mix.empty:
        st.info(t("no_dates"))
        return
    mix = mix.assign(topic_name=mix["topic"].map(name))
    show_chart(
        plot_heat(
            mix, row="topic_name", column="period", value="share", title=t("chart_topics_over_time"),
            value_title=t("axis_topic_share"), percent=True,
        ),
        mix,
        name="topics_over_time",
        caption=t("caption_topics_over_time"),
        alt=t("alt_topics_over_time", periods=mix["period"].nunique()),
    )  # fmt: skip


def _show_words(words: pd.DataFrame, name: str, kind: str) -> None:
    words = words.reset_index(drop=True)
    if words.empty:
        st.info(t("no_topic_words"))
        return
    show_chart(
        plot_bars(
            words.head(_MOST_WORDS),
            name="word",
            value="weight",
            percent=True,
            title=t("chart_topic_words", topic=name),
            value_title=t(f"axis_weight_{kind}"),
        ),
        words,
        name="topic_words",
        caption=t(f"caption_topic_words_{kind}"),
        alt=t("alt_top", first=words["word"].iloc[0]),
    )
