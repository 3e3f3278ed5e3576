"""The parts of the keywords page, one function each."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analysis.periods import label_periods
from analysis.shelves import View
from app_pages.drawings.keywords import (
    MOST_ARTICLES,
    draw_company,
    draw_ranking,
    draw_trend,
    list_keywords,
    weigh_keywords,
)
from app_pages.parts.choices import choose_number, choose_one
from app_pages.parts.evidence import show_found
from app_pages.parts.part import part
from app_pages.parts.prepared import prepare
from app_pages.parts.reader import show_article
from app_pages.parts.sampling import choose_sample
from app_pages.parts.show import pick_row, show_chart, show_cloud, show_download, show_table
from app_pages.parts.words import t

_FIRST_CHOICES = 3
_PERIODS = ("day", "week", "month", "quarter", "year")


@part
def show_ranking(tables: View) -> None:
    """Show the words of the selection by score, as bars and as a cloud, and where the one picked stands."""
    left, right = st.columns(2, gap="large")
    with left:
        bar = show_chart(prepare(tables, draw_ranking), name="selection_keywords", pick=True)
    with right:
        clouded = show_cloud(
            prepare(tables, weigh_keywords),
            name="keyword_cloud",
            caption=t("caption_cloud_keywords"),
            width=700,
            height=620,
        )
    for word, name in ((bar and bar[0], "bar_lines"), (clouded, "keyword_lines")):
        if word:
            show_found(word, tables, about=word, name=name)


@part
def show_trend(words: list[str], tables: View) -> None:
    """Show chosen words over time, and where the point picked stands."""
    chosen = st.multiselect(
        t("choose_words"), words, key="w", bind="query-params", accept_new_options=True,
        max_selections=10, placeholder=t("choose_slogans_hint", n=_FIRST_CHOICES),
    )  # fmt: skip
    every = choose_one(
        t("period"), _PERIODS, key="word_every", name_of=lambda key: t(f"period_{key}"), default="month"
    )
    chosen = chosen or words[:_FIRST_CHOICES]
    trend = prepare(tables, draw_trend, tuple(chosen), every)
    if trend is None:
        st.info(t("no_word_trend"))
        return
    picked = show_chart(trend, name="words_by_period", pick=True)
    if picked:
        facts = tables.facts
        here = (label_periods(facts["date"], every).astype("str") == picked[1]).to_numpy()
        part = tables.narrow_rows(facts.loc[here, "article_id"])
        show_found(picked[0], part, about=" · ".join(picked[:2]), name="word_lines")


@part
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
    found, network = prepare(part, draw_company, node, span, minimum) if node else (None, None)
    if found is None or found.empty:
        st.info(t("no_collocates"))
        return
    left, right = st.columns(2, gap="large")
    with left:
        picked = show_chart(network, name="collocate_network", pick=True)
    with right:
        show_table(
            found,
            name="collocates",
            caption=t(f"caption_collocates_{span}", minimum=minimum),
            columns=["collocate", "n_joint", "n_left", "n_right", "n_collocate", "n_articles", "log_dice"],
        )
    if picked:
        show_found(picked[0], part, about=picked[0], name="collocate_lines")


@part
def show_by_article(tables: View) -> None:
    """Show the keywords of each article, and the article picked."""
    rows = prepare(tables, list_keywords)
    picked = pick_row(
        rows,
        name="keywords",
        caption=t("caption_keywords_article"),
        columns=["date", "place", "title", "rank", "word", "n", "score"],
    )
    if tables.n_news > MOST_ARTICLES:
        st.caption(t("keywords_cut", shown=MOST_ARTICLES, articles=tables.n_news))
        show_download(partial(tables.read_table, "keywords"), name="keywords")
    else:
        show_download(rows, name="keywords")
    if picked is not None:
        show_article(tables, rows.loc[picked, "article_id"], name="keyword_article")
