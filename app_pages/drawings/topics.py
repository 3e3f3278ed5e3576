"""What the topics page draws of a view: charts and tables, prepared once for all readers of it."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.charts import plot_bars, plot_heat
from analysis.schema import OTHER_TOPIC
from analysis.shelves import View
from analysis.shelves.mixes import mix_view
from analysis.summary import mix_topics, name_articles
from analysis.topics.discovered import fit_topics
from app_pages.parts.colours import colour_topics
from app_pages.parts.found import load_cues, load_fitted
from app_pages.parts.show import MOST_ROWS, Chart
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_WORDS = 15
_MOST_SLOGANS = 20
#: What is asked for instead of a number of discovered topics (0: as many as fit).
NAMED = "named"


def draw_topic_words(tables: View, topic: str) -> Chart | None:
    """Draw the words of a topic of the taxonomy; None when it has none."""
    words = tables.topic_words[tables.topic_words["topic"] == topic]
    return draw_words(words, name_topic(topic), "named", colour_topics([topic])[topic])


class OnTopic(NamedTuple):
    """Articles on a topic: the first of them, how many there are, and of how many it is the main topic."""

    first: pd.DataFrame
    n: int
    n_main: int


def find_articles(tables: View, topic: str) -> OnTopic:
    """Find the articles on a topic, those whose main topic it is first."""
    scores = tables.coded_topics
    scores = scores[scores["topic"] == topic]
    return OnTopic(list_articles(tables, topic, MOST_ROWS), len(scores), int(scores["is_main"].sum()))


def list_articles(tables: View, topic: str, most: int | None = None) -> pd.DataFrame:
    """List the articles on a topic, those whose main topic it is first, with their headlines."""
    scores = tables.coded_topics
    about = scores[scores["topic"] == topic].rename(columns={"article_id": "row"})
    about = tables.name_rows(
        about.sort_values(["is_main", "share", "row"], ascending=[False, False, True]).head(most)
    )
    return about.merge(name_articles(tables.narrow(about["article_id"]).articles), on="article_id")


def list_cues(part: View, topic: str) -> pd.DataFrame:
    """List the cues of a topic, article by article."""
    cues = load_cues(part)
    cues = cues[cues["topic"] == topic].groupby(["article_id", "cue"])
    cues = cues.agg(n=("start", "size"), weight=("weight", "sum")).reset_index()
    cues = cues.merge(name_articles(part.news), on="article_id")
    return cues.sort_values(["title", "weight"], ascending=[True, False], ignore_index=True)


def draw_slogans(tables: View) -> tuple[Chart, pd.DataFrame]:
    """Draw the slogans in most articles by topic; the rows beside it have the names on the axes."""
    totals = tables.count_slogans(by=(), every="all").sort_values(
        ["n_articles", "slogan"], ascending=[False, True]
    )
    ranking = totals["slogan"].head(_MOST_SLOGANS).tolist()
    cells = tables.count_slogans(by=("topic",), every="all", zeros=True, slogans=ranking)
    cells = cells.sort_values("slogan", key=lambda names: names.map(ranking.index), kind="stable")
    cells = cells.assign(label=cells["slogan"].map(name_slogan), topic_name=cells["topic"].map(name_topic))
    figure = plot_heat(
        cells, row="label", column="topic_name", value="n_articles", title=t("chart_slogan_topics"),
        value_title=t("axis_articles"),
    )  # fmt: skip
    rows = cells.drop(columns=["label", "topic_name"])
    caption = t("caption_slogan_topics", most=_MOST_SLOGANS)
    return Chart(figure, rows, caption, t("alt_top", first=cells["label"].iloc[0])), cells


def name_discovered(tables: View, of: int) -> pd.DataFrame:
    """List the topics discovered when so many are asked for, each with its name on screen."""
    topics = load_fitted(tables, fit_topics, of or None).topics
    return topics.assign(topic_name=topics["topic"].astype("str") + " " + topics["label"])


def draw_discovered(tables: View, of: int) -> Chart:
    """Draw how large the discovered topics are."""
    topics = name_discovered(tables, of)
    figure = plot_bars(
        topics, name="topic_name", value="size", title=t("chart_discovered"), value_title=t("axis_size")
    )
    caption = t("caption_discovered", topics=len(topics), articles=tables.n_news)
    return Chart(figure, topics, caption, t("alt_top", first=topics["topic_name"].iloc[0]))


def score_topics(tables: View, of: str | int) -> pd.DataFrame:
    """Score articles (by row) on the topics of the taxonomy, or on so many that are discovered."""
    if of == NAMED:
        return tables.coded_topics
    return tables.code_rows(load_fitted(tables, fit_topics, of or None).article_topics)


def name_topics(tables: View, of: str | int, topics: pd.Series) -> pd.Series:
    """Name topics as the reader calls them."""
    if of == NAMED:
        return topics.astype("str").map({topic: name_topic(topic) for topic in topics.unique()})
    names = name_discovered(tables, of).set_index("topic")["topic_name"]
    return topics.map(names).fillna(name_topic(OTHER_TOPIC))


def _mix(tables: View, of: str | int, every: str) -> pd.DataFrame:
    """Mix the topics by place, or of dated articles by period, with the name of each."""
    if of == NAMED:
        mix = mix_view(tables, every=every)
    else:
        facts = tables.facts
        mix = mix_topics(
            score_topics(tables, of), facts if every == "all" else facts[facts["date"].notna()], every=every
        )
    return mix.assign(topic_name=name_topics(tables, of, mix["topic"]))


def draw_places(tables: View, of: str | int) -> Chart:
    """Draw the mix of topics by place."""
    mix = _mix(tables, of, "all").sort_values(["topic", "place"], ignore_index=True)
    figure = plot_heat(
        mix,
        row="topic_name",
        column="place",
        value="share",
        title=t("chart_topic_mix"),
        value_title=t("axis_topic_share"),
        percent=True,
    )
    return Chart(figure, mix, t("caption_topic_mix"), t("alt_topic_mix", places=mix["place"].nunique()))


def draw_over_time(tables: View, of: str | int, every: str) -> Chart | None:
    """Draw the mix of topics over time; None when nothing is dated."""
    mix = _mix(tables, of, every)
    if mix.empty:
        return None
    figure = plot_heat(
        mix, row="topic_name", column="period", value="share", title=t("chart_topics_over_time"),
        value_title=t("axis_topic_share"), percent=True,
    )  # fmt: skip
    alt = t("alt_topics_over_time", periods=mix["period"].nunique())
    return Chart(figure, mix, t("caption_topics_over_time"), alt)


def draw_words(words: pd.DataFrame, name: str, kind: str, colour: str | None = None) -> Chart | None:
    """Draw the words of one topic; None when it has none."""
    words = words.reset_index(drop=True)
    if words.empty:
        return None
    figure = plot_bars(
        words.head(_MOST_WORDS),
        name="word",
        value="weight",
        percent=True,
        title=t("chart_topic_words", topic=name),
        value_title=t(f"axis_weight_{kind}"),
        colours=dict.fromkeys(words["word"], colour) if colour else None,
    )
    caption = t(f"caption_topic_words_{kind}")
    return Chart(figure, words, caption, t("alt_top", first=words["word"].iloc[0]))
