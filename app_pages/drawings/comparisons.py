"""What the compare page draws of two views, prepared once for all readers of both."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.charts import plot_bars, plot_keyness
from analysis.shelves import View
from app_pages.parts.colours import colour_topics
from app_pages.parts.compare import Compared, compare_sides
from app_pages.parts.show import Chart
from app_pages.parts.words import name_slogan, name_topic, t

_MOST_BARS = 20
#: More dots than this no screen tells apart.
_MOST_DOTS = 2000


class Comparison(NamedTuple):
    """The tables of a comparison and their charts; no chart of what neither side has."""

    compared: Compared
    words: Chart | None
    slogans: Chart | None
    topics: Chart


def draw_comparison(
    a: View, b: View, fields: tuple[tuple[str, ...], tuple[str, ...]], names: tuple[str, str]
) -> Comparison:
    """Compare two views, and draw what sets them apart.

    Args:
        a: The articles of side A.
        b: Those of side B.
        fields: Fields that count, of either side (see `compare_sides`).
        names: What either side is called.
    """
    compared, names = compare_sides(a, b, *fields), dict(zip("ab", names, strict=True))
    return Comparison(
        compared, _draw_words(compared, names), _draw_slogans(compared, names), _draw_topics(compared, names)
    )


def _draw_words(compared: Compared, names: dict[str, str]) -> Chart | None:
    words = compared.words
    if words.empty:
        return None
    figure = plot_keyness(
        words.head(_MOST_DOTS),
        name="word",
        effect="log_ratio",
        evidence="g2",
        title=t("chart_keyness", **names),
        effect_title=t("axis_log_ratio", **names),
        evidence_title=t("axis_g2"),
    )
    caption = t("caption_keyness", m=len(words))
    if len(words) > _MOST_DOTS:
        caption += " " + t("dots_cut", shown=_MOST_DOTS, rows=len(words))
    return Chart(figure, words, caption, t("alt_top", first=words["word"].iloc[0]))


def _draw_slogans(compared: Compared, names: dict[str, str]) -> Chart | None:
    slogans = compared.slogans
    if slogans.empty:
        return None
    drawn = slogans.head(_MOST_BARS)
    drawn = drawn.assign(label=drawn["slogan"].map(name_slogan))
    title = t("chart_slogan_difference", **names)
    return _draw_differences(drawn, slogans, title=title, caption=t("caption_slogan_difference"))


def _draw_topics(compared: Compared, names: dict[str, str]) -> Chart:
    mix = compared.topics
    mix = mix.assign(topic_name=mix["topic"].map(name_topic))
    return _draw_differences(
        mix.assign(label=mix["topic_name"]),
        mix,
        title=t("chart_topic_difference", **names),
        caption=t("caption_topic_difference"),
        colours={name_topic(topic): colour for topic, colour in colour_topics(mix["topic"]).items()},
    )


def _draw_differences(
    drawn: pd.DataFrame,
    rows: pd.DataFrame,
    *,
    title: str,
    caption: str,
    colours: dict[str, str] | None = None,
) -> Chart:
    """Draw the differences of shares, with their intervals, of what column label names."""
    figure = plot_bars(
        drawn,
        name="label",
        value="difference",
        low="low",
        high="high",
        percent=True,
        title=title,
        value_title=t("axis_difference"),
        colours=colours,
    )
    return Chart(figure, rows, caption, t("alt_top", first=drawn["label"].iloc[0]))
