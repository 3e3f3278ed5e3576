"""Which topics an article has: cues found in its headlines and text, weighed and damped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from math import log2
from typing import NamedTuple

import pandas as pd
from ahocorasick_rs import AhoCorasick, MatchKind

from analysis.schema import ARTICLE_TOPICS, FIELDS, OTHER_TOPIC, TOPIC_WORDS, conform, empty
from analysis.topics.taxonomy import read_taxonomy
from analysis.word_lists import cuts_latin

#: A cue in kicker, headline or subhead counts as so many in the text.
HEADLINE_WEIGHT = 5
#: An article whose best topic has less evidence than this is 其他.
THIN_EVIDENCE = 8.0

_CUE_COLUMNS = {
    "article_id": "str",
    "topic": "str",
    "cue": "str",
    "field": "str",
    "start": "int64",
    "end": "int64",
    "weight": "float64",
}


class _Match(NamedTuple):
    """A cue where it stands in a field."""

    cue: str
    field: str
    start: int
    end: int


class _Index(NamedTuple):
    """An automaton over the cues, and what each of them speaks for."""

    automaton: AhoCorasick
    cues: tuple[str, ...]
    topics: dict[str, list[tuple[str, float]]]


def score_topics(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the topics of each article by the cues of a taxonomy.

    Counting convention: cues are looked for in the characters of kicker, headline, subhead and text; of
    overlapping cues the leftmost, then the longest counts. A cue that stands n times in the text and h
    times in the headlines gives each of its topics weight x log2(1 + n + `HEADLINE_WEIGHT` x h) points:
    the tenth mention of a word says less than the second. A topic's share is its points by all points.

    Args:
        articles: Table `articles`; all rows given are scored.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        Table `article_topics`: per article, in the order given, its topics by falling share (0-1, sum 1);
        the first one is the main topic. Where the best topic has fewer than `THIN_EVIDENCE` points the
        only row is 其他 with share 1.

    Note:
        A share tells how much of the article's vocabulary points to a topic, not how many of its lines.
        Short articles rest on few cues: see `find_cues` before building on one of them.
    """
    index = _load_index(taxonomy)
    rows: list[tuple] = []
    for article in _rows(articles):
        points = _sum_topics(_score_cues(_find_matches(article, index), index))
        rows += [(article.article_id, *row) for row in _share_topics(points)]
    if not rows:
        return empty(ARTICLE_TOPICS)
    return conform(pd.DataFrame(rows, columns=ARTICLE_TOPICS.names), ARTICLE_TOPICS)


def find_cues(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the cues that speak for the topics of each article: why `score_topics` says what it says.

    Args:
        articles: Table `articles`.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        One row per occurrence and topic, in the order of the articles, of `schema.FIELDS` and of reading:
        article_id, topic, cue, field, start, end (field[start:end] == cue), weight.
    """
    index = _load_index(taxonomy)
    rows = [
        (article.article_id, topic, *match, weight)
        for article in _rows(articles)
        for match in _find_matches(article, index)
        for topic, weight in index.topics[match.cue]
    ]
    return pd.DataFrame(rows, columns=list(_CUE_COLUMNS)).astype(_CUE_COLUMNS)


def score_topic_words(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the cues by what they give to each topic in a corpus.

    Points are counted as in `score_topics` and added up over the articles, thin evidence included.

    Args:
        articles: Table `articles`.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        Table `topic_words`: one row per topic and cue that occurs, ordered by topic, then by falling
        weight (share of the topic's points, 0-1, sum 1), then by cue.
    """
    index = _load_index(taxonomy)
    points: Counter[tuple[str, str]] = Counter()
    for article in _rows(articles):
        points.update(_score_cues(_find_matches(article, index), index))
    if not points:
        return empty(TOPIC_WORDS)
    totals = _sum_topics(points)
    rows = [(topic, cue, value / totals[topic]) for (topic, cue), value in points.items()]
    rows.sort(key=lambda row: (row[0], -row[2], row[1]))
    return conform(pd.DataFrame(rows, columns=TOPIC_WORDS.names), TOPIC_WORDS)


def _load_index(taxonomy: pd.DataFrame | None) -> _Index:
    return _own_index() if taxonomy is None else _build_index(taxonomy)


@cache
def _own_index() -> _Index:
    return _build_index(read_taxonomy())


def _build_index(taxonomy: pd.DataFrame) -> _Index:
    topics: dict[str, list[tuple[str, float]]] = {}
    for row in taxonomy.itertuples(index=False):
        topics.setdefault(row.cue, []).append((row.topic, row.weight))
    return _Index(AhoCorasick(list(topics), matchkind=MatchKind.LeftmostLongest), tuple(topics), topics)


def _rows(articles: pd.DataFrame) -> Iterator[tuple]:
    return articles[["article_id", *FIELDS]].fillna("").itertuples(index=False)


def _find_matches(article: tuple, index: _Index) -> list[_Match]:
    return [
        _Match(index.cues[i], field, start, end)
        for field in FIELDS
        for i, start, end in index.automaton.find_matches_as_indexes(getattr(article, field))
        if not cuts_latin(getattr(article, field), start) and not cuts_latin(getattr(article, field), end)
    ]


def _score_cues(matches: list[_Match], index: _Index) -> dict[tuple[str, str], float]:
    mentions: Counter[str] = Counter()
    for match in matches:
        mentions[match.cue] += 1 if match.field == "text" else HEADLINE_WEIGHT
    return {
        (topic, cue): weight * log2(1 + n)
        for cue, n in mentions.items()
        for topic, weight in index.topics[cue]
    }


def _sum_topics(points: dict[tuple[str, str], float]) -> dict[str, float]:
    totals: Counter[str] = Counter()
    for (topic, _), value in points.items():
        totals[topic] += value
    return totals


def _share_topics(points: dict[str, float]) -> list[tuple[str, float, bool]]:
    """Turn points into (topic, share, is_main), best first; equal ones by name, so that a rerun agrees."""
    if max(points.values(), default=0.0) < THIN_EVIDENCE:
        return [(OTHER_TOPIC, 1.0, True)]
    total = sum(points.values())
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    return [(topic, value / total, rank == 0) for rank, (topic, value) in enumerate(ranked)]
