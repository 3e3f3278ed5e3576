"""What the keywords page draws of a view: charts and tables, prepared once for all readers of it."""

from __future__ import annotations

import pandas as pd

from analysis.charts import assign_colours, plot_bars, plot_network, plot_trend
from analysis.collocates import find_company
from analysis.coverage import THIN_ARTICLES
from analysis.periods import date_periods
from analysis.shelves import View
from analysis.shelves.wording import find_words
from analysis.summary import name_articles
from app_pages.parts.found import load_keywords, load_tokens
from app_pages.parts.show import COUNTS, Chart
from app_pages.parts.words import t

#: Keywords of a selection that can be looked at.
MOST_WORDS = 200
#: Articles whose keywords stand in the table on screen.
MOST_ARTICLES = 500
_MOST_BARS = 25


def rank_keywords(tables: View) -> list[str]:
    """List the keywords of the selection, the highest score first."""
    return load_keywords(tables, MOST_WORDS)["word"].tolist()


def weigh_keywords(tables: View) -> pd.DataFrame:
    """Weigh the keywords of the selection for a cloud, heaviest first."""
    words = load_keywords(tables, MOST_WORDS)
    return words.assign(weight=words["score"])


def draw_ranking(tables: View) -> Chart:
    """Draw the keywords with the highest scores."""
    words = load_keywords(tables, MOST_WORDS)
    figure = plot_bars(
        words.head(_MOST_BARS),
        name="word",
        value="score",
        title=t("chart_keywords"),
        value_title=t("axis_keyword_score"),
    )
    caption = t("caption_keywords", articles=tables.n_news)
    return Chart(figure, words, caption, t("alt_top", first=words["word"].iloc[0]))


def draw_trend(tables: View, words: tuple[str, ...], every: str) -> Chart | None:
    """Draw words over time; None when nothing is dated or no article has one."""
    trend = tables.count(find_words(tables, words), by=("period",), every=every, zeros=True, dated=True)
    if trend.empty:
        return None
    trend = trend.rename(columns={"slogan": "word"}).assign(start=date_periods(trend["period"]))
    trend = trend.sort_values(["word", "start"], ignore_index=True)[["word", "period", "start", *COUNTS]]
    trend["thin"] = trend["articles"] < THIN_ARTICLES
    figure = plot_trend(
        trend,
        series="word",
        start="start",
        period="period",
        value="share",
        low="low",
        high="high",
        percent=True,
        title=t("chart_word_trend"),
        value_title=t("axis_share"),
        time_title=t("axis_time", period=t(f"period_{every}")),
        colours=assign_colours(words),
        thin="thin",
    )
    caption = t("caption_word_trend") + t("caption_thin", least=THIN_ARTICLES)
    return Chart(figure, trend, caption, t("alt_trend", slogans="、".join(words)))


def draw_company(part: View, node: str, span: str, minimum: int) -> tuple[pd.DataFrame, Chart | None]:
    """Find the words that stand near a word, and draw them; no chart when there are none."""
    news, lexicon = part.add_texts(part.news), part.shelf.lexicon
    found, network = find_company(
        news, node, tokens=load_tokens(part), span=span, minimum=minimum, lexicon=lexicon
    )
    if found.empty:
        return found, None
    figure = plot_network(
        network.nodes, network.edges, name="word", size="n", ends=("source", "target"),
        tie="log_dice", title=t("chart_collocates", word=node), size_title=t("col_n"),
        tie_title="logDice", centre=node,
    )  # fmt: skip
    alt = t("alt_top", first=found["collocate"].iloc[0])
    return found, Chart(figure, network.edges, t("caption_collocate_network"), alt)


def list_keywords(tables: View) -> pd.DataFrame:
    """List the keywords of the first articles."""
    first = tables.narrow_rows(tables.news_rows[:MOST_ARTICLES])
    return first.keywords.merge(name_articles(first.news), on="article_id")
