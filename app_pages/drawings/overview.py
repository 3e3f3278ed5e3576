"""What the overview draws of a view: charts and tables, prepared once for all readers of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.charts import plot_bars, plot_heat
from analysis.coverage import THIN_ARTICLES, count_coverage
from analysis.shelves import View
from analysis.shelves.arrivals import find_view_arrivals
from analysis.shelves.wording import compare_units
from analysis.summary import describe_coverage, name_places
from app_pages.parts.colours import colour_topics
from app_pages.parts.found import load_keywords
from app_pages.parts.prepared import prepare
from app_pages.parts.show import Chart
from app_pages.parts.words import add_gloss, name_slogan, name_topic, t

MOST_BARS = 12
_MOST_WORDS = 200
APART_WORDS = 6
_MOST_PERIODS = 36
#: What the sizes of the cloud can be, by column of the frequencies.
SIZES = {"n": "n", "n_articles": "n_articles", "per_10k": "per_10k_chars"}


def rank_slogans(tables: View) -> pd.DataFrame:
    """Count the slogans, those in most articles first, each with its gloss."""
    counted = tables.count_slogans(by=(), every="all")
    order = ["n_articles", "n", "slogan"]
    return add_gloss(counted.sort_values(order, ascending=[False, False, True], ignore_index=True))


def draw_top_slogans(tables: View) -> Chart:
    """Draw the slogans that stand in most articles."""
    frequencies = prepare(tables, rank_slogans)
    articles = int(frequencies["articles"].iloc[0])
    drawn = frequencies.head(MOST_BARS)
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


def draw_topics(tables: View) -> Chart:
    """Draw the main topics."""
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


def tell_apart(tables: View) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find the words of each unit: one row a word, and one row a unit."""
    apart = compare_units(tables, _name_units_of(tables), top=APART_WORDS)
    words = apart.groupby(["unit", "articles"], sort=False)["word"].agg(list)
    return apart, words.rename("words").reset_index()


def find_new(tables: View) -> pd.DataFrame:
    """Find the slogans that only the latest days have, with their glosses."""
    return add_gloss(find_view_arrivals(tables))


def weigh_slogans(tables: View, size: str) -> pd.DataFrame:
    """Weigh the slogans for the cloud, heaviest first, each in the colour of its main topic."""
    topics = tables.find_slogan_topics()
    words = prepare(tables, rank_slogans)
    words = words.assign(word=words["slogan"], weight=words[SIZES[size]])
    words = words.sort_values(["weight", "word"], ascending=[False, True], ignore_index=True)
    words["colour"] = words["word"].map(topics).map(colour_topics(topics))
    return words[["word", "weight", "colour", "n", "n_articles", "articles", "share", "low", "high"]]


def weigh_keywords(tables: View) -> pd.DataFrame:
    """Weigh the keywords for the cloud, heaviest first."""
    words = load_keywords(tables, _MOST_WORDS)
    return words.assign(weight=words["score"])


def draw_coverage(tables: View) -> Chart | None:
    """Draw how many articles are held of each paper and period; None when nothing is dated."""
    news = tables.facts.assign(unit=_name_units_of(tables))
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


def list_pages(tables: View) -> pd.DataFrame:
    """List the pages, with what their days rest on."""
    coverage = describe_coverage(tables.pages)
    return coverage.assign(basis_name=coverage["date_basis"].map(lambda basis: t(f"basis_{basis}")))


def name_units(articles: pd.DataFrame) -> pd.Series:
    """Name the paper of each article, or its place where the paper is unknown, in codes."""
    papers = articles["paper"].astype("category")
    is_unknown = papers.isna().to_numpy()
    if is_unknown.any():
        places = name_places(articles[is_unknown])
        papers = papers.cat.set_categories(papers.cat.categories.union(places.unique()))
        papers[is_unknown] = places.to_numpy(dtype=object)
    return papers


def _name_units_of(tables: View) -> pd.Series:
    """Name the unit of each row of `tables.facts`, in codes; those of the corpus are named once."""
    whole = tables.shelf.whole
    named = whole.keep("units", lambda: name_units(whole.facts))
    return pd.Series(named.array.take(np.searchsorted(whole.news_rows, tables.news_rows)))


def _count_cells(dated: pd.DataFrame) -> pd.DataFrame:
    """Count by the finest period that leaves the chart readable."""
    # What cells there are, one article of each day tells as well as all of them.
    few = dated.drop_duplicates(["unit", "date"])
    for every in ("month", "quarter", "year"):
        if _count(few, every)["period"].nunique() <= _MOST_PERIODS:
            break
    cells = _count(dated, every)
    return cells[["unit", "period", *cells.columns[2:]]].astype({"unit": "str"})


def _count(dated: pd.DataFrame, every: str) -> pd.DataFrame:
    return count_coverage(dated, by=("period", "unit"), every=every, gaps=True)
