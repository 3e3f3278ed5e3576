"""The views of the topics page: named topics, discovered topics."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analysis.periods import label_periods
from analysis.shelves import View
from analysis.summary import name_articles, name_places
from analysis.topics.discovered import (
    MINIMUM_ARTICLES,
    Discovered,
    TopicError,
    find_representatives,
    fit_topics,
)
from app_pages.drawings.topics import (
    NAMED,
    draw_discovered,
    draw_over_time,
    draw_places,
    draw_slogans,
    draw_topic_words,
    draw_words,
    find_articles,
    list_articles,
    list_cues,
    name_discovered,
    name_topics,
    score_topics,
)
from app_pages.parts.choices import choose_number, choose_one
from app_pages.parts.evidence import show_articles, show_found, show_sentences
from app_pages.parts.found import load_fitted
from app_pages.parts.part import part
from app_pages.parts.prepared import prepare
from app_pages.parts.reader import show_article
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import Chart, pick_row, show_chart, show_download, show_table
from app_pages.parts.words import name_topic, t

_PERIODS = ("month", "quarter", "year")


@part
def show_mix(tables: View) -> None:
    """Show the topics of the taxonomy by place and over time, with the articles of the cell picked."""
    _show_places(NAMED, tables)
    _show_over_time(NAMED, tables)


@part
def show_one(tables: View) -> None:
    """Show one topic: its words, its articles, and the cues that gave it to them."""
    main = tables.count_main_topics()
    topic = st.selectbox(
        t("choose_topic"), main["topic"].tolist(), format_func=name_topic, key="t", bind="query-params"
    )
    left, right = st.columns(2, gap="large")
    with left:
        word = _show_words(prepare(tables, draw_topic_words, topic), "named")
    with right:
        found = prepare(tables, find_articles, topic)
        picked = pick_row(
            found.first,
            name="topic_articles",
            caption=t("caption_topic_articles", articles=found.n_main),
            columns=["date", "place", "title", "share", "is_main"],
            of=found.n,
        )
        show_download(partial(list_articles, tables, topic), name="topic_articles", count=found.n)
    if word:
        show_found(word[0], tables, about=word[0], name="topic_word_lines")
    if picked is not None:
        show_article(tables, found.first.loc[picked, "article_id"], name="topic_article")
    st.header(t("topics_why"))
    part = choose_sample(tables, "cues")
    if part is None:
        return
    show_table(
        prepare(part, list_cues, topic),
        name="topic_cues",
        caption=t("caption_cues"),
        columns=["date", "place", "title", "cue", "n", "weight"],
    )


@part
def show_slogans(tables: View) -> None:
    """Show in articles of which topic each slogan stands, with the sentences of the cell picked."""
    if not tables.n_hits:
        st.info(t("no_slogans"))
        return
    chart, cells = prepare(tables, draw_slogans)
    picked = show_chart(chart, name="slogans_by_topic", pick=True)
    if picked:
        here = cells[(cells["label"] == picked[0]) & (cells["topic_name"] == picked[1])]
        facts = tables.facts
        of_topic = tables.narrow_rows(facts.loc[facts["topic"].isin(here["topic"]), "article_id"])
        lines = of_topic.find_hits(here["slogan"])
        show_sentences(lines, tables, about=" · ".join(picked[:2]), name="slogan_topic_lines")


@part
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
    topics = prepare(tables, name_discovered, asked)
    show_chart(prepare(tables, draw_discovered, asked), name="discovered_topics")
    _show_places(asked, tables)
    _show_over_time(asked, tables)
    names = topics.set_index("topic")["topic_name"]
    number = st.selectbox(
        t("choose_topic"), topics["topic"].tolist(), format_func=names.get, key="dt"
    )  # not in the address: numbers change with the selection
    left, right = st.columns(2, gap="large")
    with left:
        words = found.topic_words[found.topic_words["topic"] == number]
        word = _show_words(draw_words(words, names[number], "discovered"), "discovered")
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


def _show_places(of: str | int, tables: View) -> None:
    name = f"{_kind(of)}_by_place"
    picked = show_chart(prepare(tables, draw_places, of), name=name, pick=True)
    if picked:
        _show_cell(tables, of, name_places(tables.facts), picked, name)


def _show_over_time(of: str | int, tables: View) -> None:
    every = choose_one(
        t("period"), _PERIODS, key="topic_every", name_of=lambda key: t(f"period_{key}"), default="month"
    )
    chart = prepare(tables, draw_over_time, of, every)
    if chart is None:
        st.info(t("no_dates"))
        return
    name = f"{_kind(of)}_over_time"
    picked = show_chart(chart, name=name, pick=True)
    if picked:
        _show_cell(tables, of, label_periods(tables.facts["date"], every), picked, name)


def _kind(of: str | int) -> str:
    return "topics" if of == NAMED else "discovered"


def _show_cell(tables: View, of: str | int, cells: pd.Series, picked: tuple[str, ...], name: str) -> None:
    """Show the articles behind a cell: those that have its topic at all, the largest share first.

    Args:
        tables: The view.
        of: Which topics.
        cells: What each row of `facts` has on the horizontal axis.
        picked: Topic and cell, by their names on the axes.
        name: Name of the chart.
    """
    topic, cell = picked[:2]
    ids = tables.facts.loc[(cells.astype("str") == cell).to_numpy(), "article_id"]
    scores = score_topics(tables, of)
    known = pd.Series(scores["topic"].unique())
    asked = known[name_topics(tables, of, known) == topic]
    behind = scores[scores["topic"].isin(asked) & scores["article_id"].isin(ids)]
    behind = behind.sort_values("share", ascending=False)["article_id"].drop_duplicates()
    behind = tables.shelf.articles.iloc[behind.to_numpy()]
    show_articles(behind, tables, about=f"{topic} · {cell}", name=f"{name}_articles")


def _show_words(chart: Chart | None, kind: str) -> tuple[str, ...] | None:
    if chart is None:
        st.info(t("no_topic_words"))
        return None
    return show_chart(chart, name=f"topic_words_{kind}", pick=True)
