"""The parts of the people page, one function each."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.people import link_people
from analysis.people.speech import find_spoken
from analysis.shelves import View
from analysis.summary import count_people, name_articles
from app_pages.parts.corpus import load_mentions
from app_pages.parts.evidence import show_articles, show_sentences
from app_pages.parts.reader import show_article
from app_pages.parts.show import pick_row, show_chart, show_download, show_table
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_BARS = 20
_MOST_SPEAKERS, _MOST_SLOGANS = 12, 15


@st.fragment
def show_officials(people: pd.DataFrame, tables: View) -> None:
    """Show who stands in most articles, with the articles of the one picked."""
    totals = count_people(people)
    left, right = st.columns(2, gap="large")
    with left:
        picked = show_chart(
            plot_bars(
                totals.head(_MOST_BARS),
                name="name",
                value="n_articles",
                title=t("chart_people"),
                value_title=t("axis_articles"),
            ),
            totals,
            name="people",
            caption=t("caption_people", articles=tables.n_news),
            alt=t("alt_top", first=totals["name"].iloc[0]),
            pick=True,
        )
    with right:
        show_table(totals, name="people_offices", caption=t("caption_offices"))
    if picked:
        ids = people.loc[people["name"] == picked[0], "article_id"]
        of_person = tables.articles[tables.articles["article_id"].isin(ids)]
        show_articles(of_person, tables, about=picked[0], name="people_chart_articles")


@st.fragment
def show_speech(tables: View) -> None:
    """Show which official speaks of which slogan, with the sentences of the cell picked."""
    news = tables.add_texts(tables.news)
    mentions, hits = load_mentions(tables), tables.slogan_hits
    links = tables.keep("links", lambda: link_people(mentions, hits, news)).copy(deep=False)
    if links.empty:
        st.info(t("no_speech"))
        return
    speakers = links.groupby("name")["n"].sum().nlargest(_MOST_SPEAKERS).index
    slogans = links.groupby("slogan")["n"].sum().nlargest(_MOST_SLOGANS).index
    drawn = links[links["name"].isin(speakers) & links["slogan"].isin(slogans)]
    cells = drawn.groupby(["name", "slogan"], as_index=False)["n"].sum()
    picked = show_chart(
        plot_heat(
            cells.assign(label=cells["slogan"].map(name_slogan)),
            row="label",
            column="name",
            value="n",
            title=t("chart_speech"),
            value_title=t("col_n"),
        ),
        links,
        name="people_slogans",
        caption=t("caption_speech"),
        alt=t("alt_speech", first=links["name"].iloc[0], slogan=links["slogan"].iloc[0]),
        pick=True,
    )
    if picked:
        spoken = find_spoken(mentions, hits, news)
        slogan = {name_slogan(each): each for each in slogans}.get(picked[0])
        here = spoken[(spoken["name"] == picked[1]) & (spoken["slogan"] == slogan)]
        keys = ["article_id", "field", "start", "end"]
        lines = hits.merge(here[keys].drop_duplicates(), on=keys)
        show_sentences(lines, tables, about=f"{picked[1]} · {picked[0]}", name="speech_lines")


@st.fragment
def show_topics(people: pd.DataFrame, tables: View) -> None:
    """Show the main topics of the articles that name each official, with the articles of the cell picked."""
    main = tables.article_topics.loc[tables.article_topics["is_main"], ["article_id", "topic"]]
    once = people[["article_id", "name"]].drop_duplicates().merge(main, on="article_id")
    most = once["name"].value_counts().head(_MOST_SPEAKERS).index
    counts = once.groupby(["name", "topic"], observed=True).size().rename("n_articles").reset_index()
    counts = counts.sort_values("n_articles", ascending=False, ignore_index=True)
    cells = counts[counts["name"].isin(most)]
    cells = cells.assign(topic_name=cells["topic"].map(name_topic))
    picked = show_chart(
        plot_heat(
            cells,
            row="topic_name",
            column="name",
            value="n_articles",
            title=t("chart_people_topics"),
            value_title=t("axis_articles"),
        ),
        counts,
        name="people_topics",
        caption=t("caption_people_topics", most=_MOST_SPEAKERS),
        alt=t("alt_top", first=cells["name"].iloc[0]),
        pick=True,
    )
    if picked:
        topics = cells.loc[cells["topic_name"] == picked[0], "topic"]
        ids = once.loc[(once["name"] == picked[1]) & once["topic"].isin(topics), "article_id"]
        behind = tables.articles[tables.articles["article_id"].isin(ids)]
        show_articles(behind, tables, about=f"{picked[1]} · {picked[0]}", name="people_topic_articles")


@st.fragment
def show_by_article(people: pd.DataFrame, tables: View) -> None:
    """Show the officials of each article, and the article picked."""
    rows = people.drop(columns="paper").merge(name_articles(tables.news), on="article_id")
    picked = pick_row(
        rows,
        name="people_by_article",
        caption=t("caption_people_articles"),
        columns=["name", "office", "institution", "n", "place", "date", "title"],
    )
    show_download(rows, name="people_by_article")
    if picked is not None:
        show_article(tables, rows.loc[picked, "article_id"], name="people_article")
