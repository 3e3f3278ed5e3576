"""One colour for a topic or a slogan in every chart of the app."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from analysis.charts import assign_colours
from analysis.schema import OTHER_TOPIC
from analysis.topics import read_taxonomy


def colour_topics(topics: Iterable[str]) -> dict[str, str]:
    """Give each topic its colour, by its place in the taxonomy that comes with the app.

    Args:
        topics: Topics of a chart.

    Returns:
        A colour for each; with more topics than colours two may share one, so charts label what they draw.
    """
    return assign_colours((*_topics(), *topics))


def colour_slogans(slogans: Iterable[str], ranked: Iterable[str]) -> dict[str, str]:
    """Give each slogan of a chart its colour, by its rank in the corpus.

    Args:
        slogans: Slogans of the chart.
        ranked: All slogans of the corpus, whatever the filters, the most frequent first.

    Returns:
        A colour for each.
    """
    return assign_colours(slogans, order=ranked)


@cache
def _topics() -> tuple[str, ...]:
    return (*dict.fromkeys(read_taxonomy()["topic"]), OTHER_TOPIC)
