"""The parts of the people page, one function each."""

from __future__ import annotations

import streamlit as st

from analysis.people.speech import find_spoken
from analysis.shelves import View
from app_pages.drawings.people import (
    draw_officials,
    draw_speech,
    draw_topics,
    list_officials,
    pair_with_topics,
)
from app_pages.parts.evidence import show_articles, show_sentences
from app_pages.parts.found import load_mentions, load_people
from app_pages.parts.part import part
from app_pages.parts.prepared import prepare
from app_pages.parts.reader import show_article
from app_pages.parts.show import pick_row, show_chart, show_download, show_table
from app_pages.parts.words import name_slogan, name_topic, t


@part
def show_officials(tables: View) -> None:
    """Show who stands in most articles, with the articles of the one picked."""
    chart = prepare(tables, draw_officials)
    left, right = st.columns(2, gap="large")
    with left:
        picked = show_chart(chart, name="people", pick=True)
    with right:
        show_table(chart.rows, name="people_offices", caption=t("caption_offices"))
    if picked:
        people = load_people(tables)
        ids = people.loc[people["name"] == picked[0], "article_id"]
        of_person = tables.articles[tables.articles["article_id"].isin(ids)]
        show_articles(of_person, tables, about=picked[0], name="people_chart_articles")


@part
def show_speech(tables: View) -> None:
    """Show which official speaks of which slogan, with the sentences of the cell picked."""
    chart = prepare(tables, draw_speech)
    if chart is None:
        st.info(t("no_speech"))
        return
    picked = show_chart(chart, name="people_slogans", pick=True)
    if picked:
        hits = tables.slogan_hits
        spoken = find_spoken(load_mentions(tables), hits, tables.add_texts(tables.news))
        slogan = {name_slogan(each): each for each in chart.rows["slogan"]}.get(picked[0])
        here = spoken[(spoken["name"] == picked[1]) & (spoken["slogan"] == slogan)]
        keys = ["article_id", "field", "start", "end"]
        lines = hits.merge(here[keys].drop_duplicates(), on=keys)
        show_sentences(lines, tables, about=f"{picked[1]} · {picked[0]}", name="speech_lines")


@part
def show_topics(tables: View) -> None:
    """Show the main topics of the articles that name each official, with the articles of the cell picked."""
    picked = show_chart(prepare(tables, draw_topics), name="people_topics", pick=True)
    if picked:
        once = pair_with_topics(tables)
        topics = [topic for topic in once["topic"].unique() if name_topic(topic) == picked[0]]
        ids = once.loc[(once["name"] == picked[1]) & once["topic"].isin(topics), "article_id"]
        behind = tables.articles[tables.articles["article_id"].isin(ids)]
        show_articles(behind, tables, about=f"{picked[1]} · {picked[0]}", name="people_topic_articles")


@part
def show_by_article(tables: View) -> None:
    """Show the officials of each article, and the article picked."""
    rows = prepare(tables, list_officials)
    picked = pick_row(
        rows,
        name="people_by_article",
        caption=t("caption_people_articles"),
        columns=["name", "office", "institution", "n", "place", "date", "title"],
    )
    show_download(rows, name="people_by_article")
    if picked is not None:
        show_article(tables, rows.loc[picked, "article_id"], name="people_article")
