"""The parts of the overview, one function each; a click in one of them draws only that part anew."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.coverage import THIN_ARTICLES, count_coverage
from analysis.shelves import View
from analysis.shelves.wording import compare_units
from analysis.slogans.arrivals import RECENT_DAYS, find_arrivals
from analysis.summary import describe_coverage, find_slogan_topics, name_places
from app_pages.parts.choices import choose_one
from app_pages.parts.colours import colour_topics
from app_pages.parts.evidence import show_articles, show_found, show_sentences
from app_pages.parts.found import load_keywords
from app_pages.parts.prepared import prepare
from app_pages.parts.problems import show_problems
from app_pages.parts.show import Chart, pick_row, show_chart, show_cloud, show_download, show_table
from app_pages.parts.words import add_gloss, language, name_slogan, name_topic, t

_MOST_BARS = 12
_MOST_WORDS = 200
_APART_WORDS = 6
_MOST_PERIODS = 36
_COUNTS = ("n_articles", "n_chars", "text_quality")
#: What the sizes of the cloud can be, by column of the frequencies.
_SIZES = {"n": "n", "n_articles": "n_articles", "per_10k": "per_10k_chars"}


def rank_slogans(tables: View) -> pd.DataFrame:
    """Count the slogans, those in most articles first, each with its gloss."""
    counted = tables.count_slogans(by=(), every="all")
    order = ["n_articles", "n", "slogan"]
    return add_gloss(counted.sort_values(order, ascending=[False, False, True], ignore_index=True))


@st.fragment
def show_top_slogans(tables: View) -> None:
    """Show the slogans that stand in most articles, with the sentences of the one picked."""
    if not tables.n_hits:
        st.info(t("no_slogans"))
        return
    picked = show_chart(prepare(tables, _draw_top_slogans), name="top_slogans", pick=True)
    if picked:
        drawn = prepare(tables, rank_slogans)["slogan"].head(_MOST_BARS)
        slogan = {name_slogan(each): each for each in drawn}.get(picked[0])
        show_sentences(tables.find_hits([slogan]), tables, about=picked[0], name="top_slogan_lines")


def _draw_top_slogans(tables: View) -> Chart:
    frequencies = rank_slogans(tables)
    articles = int(frequencies["articles"].iloc[0])
    drawn = frequencies.head(_MOST_BARS)
    drawn = drawn.assign(label=drawn["slogan"].map(name_slogan))
    figure = plot_bars(
        drawn,
        name="label",
        value="share",
        low="low",
        high="high",
        percent=True,
        title=t("chart_top_slogans"),
        value_title=t("axis_share_of", articles=articles),
    )
    alt = t("alt_top", first=drawn["label"].iloc[0])
    return Chart(figure, frequencies, t("caption_share", articles=articles), alt)


@st.fragment
def show_topics(tables: View) -> None:
    """Show the main topics, with the articles of the one picked."""
    picked = show_chart(prepare(tables, _draw_topics), name="main_topics", pick=True)
    if picked:
        topics = tables.count_main_topics()["topic"]
        topic = {name_topic(each): each for each in topics}.get(picked[0])
        of_topic = tables.news[(tables.facts["topic"] == topic).to_numpy()]
        show_articles(of_topic, tables, about=picked[0], name="main_topic_articles")


def _draw_topics(tables: View) -> Chart:
    mix = tables.count_main_topics()
    mix = mix.assign(topic_name=mix["topic"].map(name_topic))
    colours = colour_topics(mix["topic"])
    figure = plot_bars(
        mix,
        name="topic_name",
        value="n_articles",
        title=t("chart_topics"),
        value_title=t("axis_articles"),
        colours={name_topic(topic): colour for topic, colour in colours.items()},
    )
    caption = t("caption_main_topic", articles=int(mix["articles"].max()))
    return Chart(figure, mix, caption, t("alt_top", first=mix["topic_name"].iloc[0]))


@st.fragment
def show_apart(tables: View) -> None:
    """Show the words that set each paper (or place, where the paper is unknown) apart from the others."""
    apart, rows = prepare(tables, _tell_apart)
    if apart.empty:
        st.info(t("overview_one_paper"))
        return
    picked = pick_row(
        rows,
        name="apart",
        caption=t("caption_apart", words=_APART_WORDS),
        columns=["unit", "words"],
    )
    show_download(apart, name="unit_keyness")
    if picked is not None:
        unit = rows.loc[picked, "unit"]
        of_unit = (_name_units(tables.facts) == unit).to_numpy()
        show_articles(tables.news[of_unit], tables, about=unit, name="apart_articles")


def _tell_apart(tables: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the words of each unit: one row a word, and one row a unit."""
    apart = compare_units(tables, _name_units(tables.facts), top=_APART_WORDS)
    words = apart.groupby(["unit", "articles"], sort=False)["word"].agg(list)
    return apart, words.rename("words").reset_index()


@st.fragment
def show_new(tables: View) -> None:
    """Show the slogans that only the latest days have, with the sentences of the one picked."""
    found = prepare(tables, _find_new)
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


def _find_new(tables: View) -> pd.DataFrame:
    return add_gloss(find_arrivals(tables.coded_rolled, tables.facts))


@st.fragment
def show_words(tables: View) -> None:
    """Show the word cloud, and where the word picked in it stands."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose_one(
            t("cloud_of"), ["slogans", "keywords"], key="cloud", name_of=lambda name: t(f"cloud_{name}")
        )
        size = choose_one(
            t("cloud_size"), list(_SIZES), key="cloud_by", name_of=lambda name: t(f"size_{name}"),
            disabled=kind == "keywords",
        )  # fmt: skip
    words = prepare(tables, _weigh_slogans, size) if kind == "slogans" else prepare(tables, _weigh_keywords)
    of_slogans = t("caption_cloud_slogans", size=t(f"size_{size}"))
    caption = of_slogans if kind == "slogans" else t("caption_cloud_keywords")
    picked = show_cloud(words, name=f"cloud_{kind}", caption=caption)
    if picked and kind == "slogans":
        show_sentences(tables.find_hits([picked]), tables, about=name_slogan(picked), name="cloud_lines")
    elif picked:
        show_found(picked, tables, about=picked, name="cloud_lines")


def _weigh_slogans(tables: View, size: str) -> pd.DataFrame:
    """Weigh the slogans for the cloud, heaviest first, each in the colour of its main topic."""
    topics = _find_topics(tables)
    words = rank_slogans(tables)
    words = words.assign(word=words["slogan"], weight=words[_SIZES[size]])
    words = words.sort_values(["weight", "word"], ascending=[False, True], ignore_index=True)
    words["colour"] = words["word"].map(topics).map(colour_topics(topics))
    return words[["word", "weight", "colour", "n", "n_articles", "articles", "share", "low", "high"]]


def _weigh_keywords(tables: View) -> pd.DataFrame:
    words = load_keywords(tables, _MOST_WORDS)
    return words.assign(weight=words["score"])


@st.fragment
def show_coverage(tables: View) -> None:
    """Show what is held of each paper and period, page by page too, and what could not be read."""
    if (cells := prepare(tables, _draw_coverage)) is None:
        st.info(t("no_dates"))
    else:
        show_chart(cells, name="coverage")
    show_table(
        prepare(tables, _list_pages),
        name="pages",
        caption=t("caption_coverage"),
        columns=["date", "basis_name", "province", "city", "county", "paper", "file", *_COUNTS],
    )
    if len(tables.problems):
        st.header(t("overview_problems"))
        show_problems(tables.problems)


def _draw_coverage(tables: View) -> Chart | None:
    news = tables.facts.assign(unit=_name_units(tables.facts))
    dated = news[news["date"].notna()]
    if dated.empty:
        return None
    cells = _count_cells(dated)
    figure = plot_heat(
        cells[~cells["gap"]],
        row="unit",
        column="period",
        value="articles",
        title=t("chart_coverage"),
        value_title=t("axis_articles"),
    )
    caption = t("caption_coverage_cells", least=THIN_ARTICLES, undated=len(news) - len(dated))
    alt = t("alt_coverage", papers=cells["unit"].nunique(), periods=cells["period"].nunique())
    return Chart(figure, cells, caption, alt)


def _list_pages(tables: View) -> pd.DataFrame:
    coverage = describe_coverage(tables.pages)
    return coverage.assign(basis_name=coverage["date_basis"].map(lambda basis: t(f"basis_{basis}")))


def _name_units(articles: pd.DataFrame) -> pd.Series:
    """Name the paper of each article, or its place where the paper is unknown."""
    return articles["paper"].astype("str").fillna(name_places(articles))


def _find_topics(tables: View) -> dict[str, str]:
    """Find the topic that each slogan is mostly in."""
    main = tables.facts[["article_id", "topic"]].assign(is_main=True)
    return find_slogan_topics(tables.coded_rolled, main)


def _count_cells(dated: pd.DataFrame) -> pd.DataFrame:
    """Count by the finest period that leaves the chart readable."""
    for every in ("month", "quarter", "year"):
        cells = count_coverage(dated, by=("unit", "period"), every=every, gaps=True)
        if cells["period"].nunique() <= _MOST_PERIODS:
            break
    return cells.sort_values(["period", "unit"], ignore_index=True)
