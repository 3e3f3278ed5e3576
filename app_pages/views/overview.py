"""The parts of the overview, one function each; a click in one of them draws only that part anew."""

from __future__ import annotations

import streamlit as st

from analysis.shelves import View
from analysis.slogans.arrivals import RECENT_DAYS
from app_pages.drawings.overview import (
    APART_WORDS,
    MOST_BARS,
    SIZES,
    draw_coverage,
    draw_top_slogans,
    draw_topics,
    find_new,
    list_pages,
    name_units,
    rank_slogans,
    tell_apart,
    weigh_keywords,
    weigh_slogans,
)
from app_pages.parts.choices import choose_one
from app_pages.parts.evidence import show_articles, show_found, show_sentences
from app_pages.parts.part import part
from app_pages.parts.prepared import prepare
from app_pages.parts.problems import show_problems
from app_pages.parts.sampling import is_asked_for
from app_pages.parts.show import pick_row, show_chart, show_cloud, show_download, show_table
from app_pages.parts.words import language, name_slogan, name_topic, t

_COUNTS = ("n_articles", "n_chars", "text_quality")


@part
def show_top_slogans(tables: View) -> None:
    """Show the slogans that stand in most articles, with the sentences of the one picked."""
    if not tables.n_hits:
        st.info(t("no_slogans"))
        return
    picked = show_chart(prepare(tables, draw_top_slogans), name="top_slogans", pick=True)
    if picked:
        drawn = prepare(tables, rank_slogans)["slogan"].head(MOST_BARS)
        slogan = {name_slogan(each): each for each in drawn}.get(picked[0])
        show_sentences(tables.find_hits([slogan]), tables, about=picked[0], name="top_slogan_lines")


@part
def show_topics(tables: View) -> None:
    """Show the main topics, with the articles of the one picked."""
    picked = show_chart(prepare(tables, draw_topics), name="main_topics", pick=True)
    if picked:
        topics = tables.count_main_topics()["topic"]
        topic = {name_topic(each): each for each in topics}.get(picked[0])
        of_topic = tables.news[(tables.facts["topic"] == topic).to_numpy()]
        show_articles(of_topic, tables, about=picked[0], name="main_topic_articles")


@part
def show_apart(tables: View) -> None:
    """Show the words that set each paper (or place, where the paper is unknown) apart from the others."""
    if not is_asked_for(tables, "apart"):
        return
    apart, rows = prepare(tables, tell_apart)
    if apart.empty:
        st.info(t("overview_one_paper"))
        return
    picked = pick_row(
        rows,
        name="apart",
        caption=t("caption_apart", words=APART_WORDS),
        columns=["unit", "words"],
    )
    show_download(apart, name="unit_keyness")
    if picked is not None:
        unit = rows.loc[picked, "unit"]
        of_unit = (name_units(tables.facts) == unit).to_numpy()
        show_articles(tables.news[of_unit], tables, about=unit, name="apart_articles")


@part
def show_new(tables: View) -> None:
    """Show the slogans that only the latest days have, with the sentences of the one picked."""
    found = prepare(tables, find_new)
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
        show_sentences(tables.find_hits([slogan]), tables, about=name_slogan(slogan), name="new_lines")


@part
def show_words(tables: View) -> None:
    """Show the word cloud, and where the word picked in it stands."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose_one(
            t("cloud_of"), ["slogans", "keywords"], key="cloud", name_of=lambda name: t(f"cloud_{name}")
        )
        size = choose_one(
            t("cloud_size"), list(SIZES), key="cloud_by", name_of=lambda name: t(f"size_{name}"),
            disabled=kind == "keywords",
        )  # fmt: skip
    # Slogans are counted ahead; words are counted one by one.
    if kind == "keywords" and not is_asked_for(tables, "cloud"):
        return
    words = prepare(tables, weigh_slogans, size) if kind == "slogans" else prepare(tables, weigh_keywords)
    of_slogans = t("caption_cloud_slogans", size=t(f"size_{size}"))
    caption = of_slogans if kind == "slogans" else t("caption_cloud_keywords")
    picked = show_cloud(words, name=f"cloud_{kind}", caption=caption)
    if picked and kind == "slogans":
        show_sentences(tables.find_hits([picked]), tables, about=name_slogan(picked), name="cloud_lines")
    elif picked:
        show_found(picked, tables, about=picked, name="cloud_lines")


@part
def show_coverage(tables: View) -> None:
    """Show what is held of each paper and period, page by page too, and what could not be read."""
    if (cells := prepare(tables, draw_coverage)) is None:
        st.info(t("no_dates"))
    else:
        show_chart(cells, name="coverage")
    show_table(
        prepare(tables, list_pages),
        name="pages",
        caption=t("caption_coverage"),
        columns=["date", "basis_name", "province", "city", "county", "paper", "file", *_COUNTS],
    )
    if len(tables.problems):
        st.header(t("overview_problems"))
        show_problems(tables.problems)
