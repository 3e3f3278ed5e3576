"""What the people page draws of a view: charts and tables, prepared once for all readers of it."""

from __future__ import annotations

import pandas as pd

from analysis.charts import plot_bars, plot_heat
from analysis.people.speech import count_spoken, find_spoken
from analysis.shelves import View
from analysis.shelves.view import MOST_AT_ONCE
from analysis.summary import count_people, name_articles
from app_pages.parts.found import load_mentions, load_people
from app_pages.parts.show import Chart
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_BARS = 20
_MOST_SPEAKERS, _MOST_SLOGANS = 12, 15


def draw_officials(tables: View) -> Chart:
    """Draw who stands in most articles."""
    totals = count_people(load_people(tables))
    figure = plot_bars(
        totals.head(_MOST_BARS),
        name="name",
        value="n_articles",
        title=t("chart_people"),
        value_title=t("axis_articles"),
    )
    caption = t("caption_people", articles=tables.n_news)
    return Chart(figure, totals, caption, t("alt_top", first=totals["name"].iloc[0]))


def draw_speech(tables: View) -> Chart | None:
    """Draw which official speaks of which slogan; None when nobody speaks of any."""
    links = count_spoken(_load_spoken(tables), tables.news)
    if links.empty:
        return None
    speakers = links.groupby("name")["n"].sum().nlargest(_MOST_SPEAKERS).index
    slogans = links.groupby("slogan")["n"].sum().nlargest(_MOST_SLOGANS).index
    drawn = links[links["name"].isin(speakers) & links["slogan"].isin(slogans)]
    cells = drawn.groupby(["name", "slogan"], as_index=False)["n"].sum()
    figure = plot_heat(
        cells.assign(label=cells["slogan"].map(name_slogan)),
        row="label",
        column="name",
        value="n",
        title=t("chart_speech"),
        value_title=t("col_n"),
    )
    alt = t("alt_speech", first=links["name"].iloc[0], slogan=links["slogan"].iloc[0])
    return Chart(figure, links, t("caption_speech"), alt)


def _load_spoken(tables: View) -> pd.DataFrame:
    """Load what officials are reported to say; what an article has of it depends on that article alone."""
    whole = tables.shelf.whole
    if whole.n_news > MOST_AT_ONCE:
        return _find_spoken(tables)
    spoken = whole.keep("spoken", lambda: _find_spoken(whole))
    if tables.is_whole:
        return spoken
    return spoken[spoken["article_id"].isin(tables.news["article_id"])].reset_index(drop=True)


def _find_spoken(tables: View) -> pd.DataFrame:
    return find_spoken(load_mentions(tables), tables.slogan_hits, tables.add_texts(tables.news))


def pair_with_topics(tables: View) -> pd.DataFrame:
    """Pair each official of an article with its main topic: article_id, name, topic."""
    pairs = load_people(tables)[["article_id", "name"]].drop_duplicates()
    place = pd.Index(tables.news["article_id"]).get_indexer(pd.Index(pairs["article_id"]))
    return pairs.assign(topic=tables.facts["topic"].astype("str").array.take(place)).reset_index(drop=True)


def draw_topics(tables: View) -> Chart:
    """Draw the main topics of the articles that name each official."""
    once = pair_with_topics(tables)
    most = once["name"].value_counts().head(_MOST_SPEAKERS).index
    counts = once.groupby(["name", "topic"], observed=True).size().rename("n_articles").reset_index()
    counts = counts.sort_values("n_articles", ascending=False, ignore_index=True)
    cells = counts[counts["name"].isin(most)]
    cells = cells.assign(topic_name=cells["topic"].map(name_topic))
    figure = plot_heat(
        cells,
        row="topic_name",
        column="name",
        value="n_articles",
        title=t("chart_people_topics"),
        value_title=t("axis_articles"),
    )
    caption = t("caption_people_topics", most=_MOST_SPEAKERS)
    return Chart(figure, counts, caption, t("alt_top", first=cells["name"].iloc[0]))


def list_officials(tables: View) -> pd.DataFrame:
    """List the officials of each article."""
    return load_people(tables).drop(columns="paper").merge(name_articles(tables.news), on="article_id")
