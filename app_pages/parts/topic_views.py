"""The views of the topics page: named topics, discovered topics."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

import pandas as pd
import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.periods import label_periods
from analysis.schema import OTHER_TOPIC
from analysis.shelves import View
from analysis.summary import mix_topics, name_articles, name_places
from analysis.topics.discovered import (
    MINIMUM_ARTICLES,
    Discovered,
    TopicError,
    find_representatives,
    fit_topics,
)
from app_pages.parts.choices import choose_number, choose_one
from app_pages.parts.colours import colour_topics
from app_pages.parts.corpus import load_cues, load_fitted
from app_pages.parts.evidence import show_articles, show_found, show_sentences
from app_pages.parts.reader import show_article
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import pick_row, show_chart, show_download, show_table
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_WORDS = 15
_MOST_SLOGANS = 20
_PERIODS = ("month", "quarter", "year")


@st.fragment
def show_mix(tables: View) -> None:
    """Show the topics of the taxonomy by place and over time, with the articles of the cell picked."""
    scores = tables.coded_topics.astype({"topic": "str"})
    _show_places(scores, tables, name_topic, name="topics_by_place", of="named")
    _show_over_time(scores, tables, name_topic, name="topics_over_time", of="named")


@st.fragment
def show_one(tables: View) -> None:
    """Show one topic: its words, its articles, and the cues that gave it to them."""
    main = tables.count_main_topics()
    topic = st.selectbox(
        t("choose_topic"), main["topic"].tolist(), format_func=name_topic, key="t", bind="query-params"
    )
    left, right = st.columns(2, gap="large")
    with left:
        words = tables.topic_words[tables.topic_words["topic"] == topic]
        word = _show_words(words, name_topic(topic), "named", colour_topics([topic])[topic])
    with right:
        scores = tables.coded_topics
        about = scores[scores["topic"] == topic].rename(columns={"article_id": "row"})
        about = tables.name_rows(about)
        about = about.merge(name_articles(tables.narrow(about["article_id"]).articles), on="article_id")
        about = about.sort_values(["is_main", "share"], ascending=False, ignore_index=True)
        picked = pick_row(
            about,
            name="topic_articles",
            caption=t("caption_topic_articles", articles=int(about["is_main"].sum())),
            columns=["date", "place", "title", "share", "is_main"],
        )
        show_download(about, name="topic_articles")
    if word:
        show_found(word[0], tables, about=word[0], name="topic_word_lines")
    if picked is not None:
        show_article(tables, about.loc[picked, "article_id"], name="topic_article")
    st.header(t("topics_why"))
    part = choose_sample(tables, "cues")
    if part is None:
        return
    cues = load_cues(part)
    cues = cues[cues["topic"] == topic].groupby(["article_id", "cue"])
    cues = cues.agg(n=("start", "size"), weight=("weight", "sum")).reset_index()
    cues = cues.merge(name_articles(part.news), on="article_id")
    show_table(
        cues.sort_values(["title", "weight"], ascending=[True, False], ignore_index=True),
        name="topic_cues",
        caption=t("caption_cues"),
        columns=["date", "place", "title", "cue", "n", "weight"],
    )


@st.fragment
def show_slogans(tables: View) -> None:
    """Show in articles of which topic each slogan stands, with the sentences of the cell picked."""
    if not tables.n_hits:
        st.info(t("no_slogans"))
        return
    totals = tables.count_slogans(by=(), every="all").sort_values(
        ["n_articles", "slogan"], ascending=[False, True]
    )
    ranking = totals["slogan"].head(_MOST_SLOGANS).tolist()
    cells = tables.count_slogans(by=("topic",), every="all", zeros=True, slogans=ranking)
    cells = cells.sort_values("slogan", key=lambda names: names.map(ranking.index), kind="stable")
    cells = cells.assign(label=cells["slogan"].map(name_slogan), topic_name=cells["topic"].map(name_topic))
    picked = show_chart(
        plot_heat(
            cells, row="label", column="topic_name", value="n_articles", title=t("chart_slogan_topics"),
            value_title=t("axis_articles"),
        ),
        cells.drop(columns=["label", "topic_name"]),
        name="slogans_by_topic",
        caption=t("caption_slogan_topics", most=_MOST_SLOGANS),
        alt=t("alt_top", first=cells["label"].iloc[0]),
        pick=True,
    )  # fmt: skip
    if picked:
        here = cells[(cells["label"] == picked[0]) & (cells["topic_name"] == picked[1])]
        facts = tables.facts
        of_topic = tables.narrow_rows(facts.loc[facts["topic"].isin(here["topic"]), "article_id"])
        lines = of_topic.find_hits(here["slogan"])
        show_sentences(lines, tables, about=" · ".join(picked[:2]), name="slogan_topic_lines")


@st.fragment
def show_discovered(tables: View) -> None:
    """Show the topics that the articles show by themselves."""
    if tables.n_news < MINIMUM_ARTICLES:
        st.info(t("too_few_for_topics", articles=tables.n_news, minimum=MINIMUM_ARTICLES))
        return
    part = choose_sample(tables, "discovered")
    if part is None:
        return
    tables, articles = part, part.news
    asked = choose_number(t("how_many_topics"), 0, 40, 0, key="k", help=t("how_many_topics_help"))
    try:
        with st.spinner(t("discovering")):
            found: Discovered = load_fitted(tables, fit_topics, asked or None)
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

    def name(topic: object) -> str:
        return names.get(topic, name_topic(OTHER_TOPIC))

    scores = tables.code_rows(found.article_topics)
    _show_places(scores, tables, name, name="discovered_by_place", of=int(asked))
    _show_over_time(scores, tables, name, name="discovered_over_time", of=int(asked))
    number = st.selectbox(
        t("choose_topic"), topics["topic"].tolist(), format_func=names.get, key="dt"
    )  # not in the address: numbers change with the selection
    left, right = st.columns(2, gap="large")
    with left:
        words = found.topic_words[found.topic_words["topic"] == number]
        word = _show_words(words, names[number], "discovered", None)
    with right:
        best = find_representatives(found.article_topics, articles)
        best = best[best["topic"] == number].merge(name_articles(articles), on="article_id")
        best = best.reset_index(drop=True)
        picked = pick_row(
            best,
            name="discovered_articles",
            caption=t("caption_representative"),
            columns=["date", "place", "title", "share"],
        )
        show_download(best, name="discovered_articles")
    if word:
        show_found(word[0], tables, about=word[0], name="discovered_word_lines")
    if picked is not None:
        show_article(tables, best.loc[picked, "article_id"], name="discovered_article")


def _show_places(
    article_topics: pd.DataFrame, tables: View, name_of: Callable[[object], str], *, name: str, of: Hashable
) -> None:
    facts = tables.facts
    mix = tables.keep(("mix", of), partial(mix_topics, article_topics, facts))
    mix = mix.sort_values(["topic", "place"], ignore_index=True)
    mix = mix.assign(topic_name=mix["topic"].map(name_of))
    picked = show_chart(
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
        name=name,
        caption=t("caption_topic_mix"),
        alt=t("alt_topic_mix", places=mix["place"].nunique()),
        pick=True,
    )
    if picked:
        cell = name_places(facts) == picked[1]
        _show_cell(article_topics, tables, mix, picked, set(facts.loc[cell.to_numpy(), "article_id"]), name)


def _show_cell(
    article_topics: pd.DataFrame,
    tables: View,
    ids: pd.Series,
    *,
    about: str,
    name: str,
) -> None:
    """Show the articles behind a cell: those that have its topic at all, the largest share first."""
    behind = article_topics[article_topics["article_id"].isin(ids)]
    behind = behind.sort_values("share", ascending=False)["article_id"].drop_duplicates()
    behind = tables.shelf.articles.iloc[behind.to_numpy()]
    show_articles(behind, tables, about=about, name=f"{name}_articles")


def _show_over_time(
    article_topics: pd.DataFrame, tables: View, name_of: Callable[[object], str], *, name: str, of: Hashable
) -> None:
    facts = tables.facts
    every = choose_one(
        t("period"), _PERIODS, key="topic_every", name_of=lambda key: t(f"period_{key}"), default="month"
    )
    dated = facts[facts["date"].notna()]
    mix = tables.keep(("mix", of, every), partial(mix_topics, article_topics, dated, every=every))
    if mix.empty:
        st.info(t("no_dates"))
        return
    mix = mix.assign(topic_name=mix["topic"].map(name_of))
    picked = show_chart(
        plot_heat(
            mix, row="topic_name", column="period", value="share", title=t("chart_topics_over_time"),
            value_title=t("axis_topic_share"), percent=True,
        ),
        mix,
        name=name,
        caption=t("caption_topics_over_time"),
        alt=t("alt_topics_over_time", periods=mix["period"].nunique()),
        pick=True,
    )  # fmt: skip
    if picked:
        cell = (label_periods(facts["date"], every).astype("str") == picked[1]).to_numpy()
        of_topic = article_topics[article_topics["topic"].map(name_of) == picked[0]]
        ids = facts.loc[cell, "article_id"]
        _show_cell(of_topic, tables, ids, about=" · ".join(picked[:2]), name=name)


def _show_words(words: pd.DataFrame, name: str, kind: str, colour: str | None) -> tuple[str, ...] | None:
    words = words.reset_index(drop=True)
    if words.empty:
        st.info(t("no_topic_words"))
        return None
    return show_chart(
        plot_bars(
            words.head(_MOST_WORDS),
            name="word",
            value="weight",
            percent=True,
            title=t("chart_topic_words", topic=name),
            value_title=t(f"axis_weight_{kind}"),
            colours=dict.fromkeys(words["word"], colour) if colour else None,
        ),
        words,
        name=f"topic_words_{kind}",
        caption=t(f"caption_topic_words_{kind}"),
        alt=t("alt_top", first=words["word"].iloc[0]),
        pick=True,
    )
