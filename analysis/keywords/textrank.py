"""Keywords ranked by TextRank: by their neighbours in the article, without any other article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.content_words import mark_content_columns
from analysis.keywords.ranks import SLOGAN_MINIMUM
from analysis.schema import FIELDS, KEYWORDS, conform, empty
from analysis.tokens.split import SplitBatch, split_batches

_WINDOW = 5
_DAMPING = 0.85
_ROUNDS = 30


class _Words(NamedTuple):
    """One article in words: its candidates in reading order, and its slogans wherever they stand."""

    article_id: str
    candidates: list[str]
    slogans: Counter[str]


def rank_by_neighbours(
    articles: pd.DataFrame, *, limit: int, lexicon: pd.DataFrame | None, keep_reporting: bool
) -> pd.DataFrame:
    """Rank the words of each article in the graph of words that stand within five of each other.

    Args:
        articles: Table `articles`.
        limit: Most keywords an article gets.
        lexicon: Slogans to keep whole; None for the product's own.
        keep_reporting: Keep verbs of reporting as words.

    Returns:
        Table `keywords`; the highest score of an article is 1.

    Source:
        R. Mihalcea, P. Tarau, TextRank, EMNLP 2004.
    """
    rows = [
        row
        for batch in split_batches(articles, lexicon=lexicon)
        for document in _iter_words(batch, articles, keep_reporting)
        for row in _rank_words(document, _score_words(document), limit)
    ]
    return conform(pd.DataFrame(rows, columns=KEYWORDS.names), KEYWORDS) if rows else empty(KEYWORDS)


def _iter_words(batch: SplitBatch, articles: pd.DataFrame, keep_reporting: bool) -> Iterator[_Words]:
    n = len(batch.texts) // len(FIELDS)
    some = articles.iloc[batch.first : batch.first + n]
    authors = some["authors"].fillna("").tolist()
    tokens = batch.tokens
    rows = np.flatnonzero(mark_content_columns(tokens, batch.texts, authors, keep_reporting=keep_reporting))
    edges = np.searchsorted(tokens.text[rows], np.arange(1, n) * len(FIELDS))
    found = np.searchsorted(batch.slogans.text, np.arange(n + 1) * len(FIELDS)).tolist()
    words = [[tokens.words[kind] for kind in kinds.tolist()] for kinds in np.split(tokens.kind[rows], edges)]
    for i, article_id in enumerate(some["article_id"]):
        yield _Words(article_id, words[i], Counter(batch.slogans.slogan[found[i] : found[i + 1]]))


def _score_words(document: _Words) -> dict[str, float]:
    words = list(dict.fromkeys(document.candidates))
    links = _link_words(document.candidates)
    weight = {word: sum(links[word].values()) for word in links}
    rank = dict.fromkeys(words, 1.0)
    for _ in range(_ROUNDS):
        received = {
            word: sum(n / weight[other] * rank[other] for other, n in links[word].items()) for word in links
        }
        rank = {word: 1 + _DAMPING * (received.get(word, 0.0) - 1) for word in words}
    highest = max(rank.values(), default=1.0)
    scores = {word: value / highest for word, value in rank.items()}
    # A slogan that only stands inside longer ones is no token: it ranks with the best of those.
    for slogan in sorted(document.slogans):
        around = [scores[word] for word in words if slogan in word]
        scores.setdefault(slogan, max(around, default=0.0))
    return scores


def _link_words(candidates: list[str]) -> dict[str, Counter[str]]:
    links: dict[str, Counter[str]] = {}
    for i, word in enumerate(candidates):
        for other in candidates[i + 1 : i + _WINDOW]:
            if other != word:
                links.setdefault(word, Counter())[other] += 1
                links.setdefault(other, Counter())[word] += 1
    return links


def _rank_words(document: _Words, scores: dict[str, float], limit: int) -> list[tuple]:
    """Choose the slogans that must stand, then the best of the rest; order all by score, then word."""
    alone = Counter(document.candidates)
    counts = alone | document.slogans
    claims = {
        word: (alone[word] >= SLOGAN_MINIMUM) + (n >= SLOGAN_MINIMUM) for word, n in document.slogans.items()
    }
    best = sorted(counts, key=lambda word: (-claims.get(word, 0), -scores[word], word))[:limit]
    best.sort(key=lambda word: (-scores[word], word))
    article = document.article_id
    return [(article, word, counts[word], scores[word], rank) for rank, word in enumerate(best, 1)]
