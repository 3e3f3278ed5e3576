"""Inverse document frequency: a general table and the corpus at hand, blended."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import exp, log
from statistics import median

import numpy as np

from analysis.tokens import read_general_idf

#: Weight of jieba's general table in the blended IDF, in articles: a corpus of so many counts as much.
GENERAL_ARTICLES = 500


def blend_idf(n_articles: int, articles: int, general: float) -> float:
    """Blend the inverse document frequency of a corpus with a general one.

    Args:
        n_articles: Articles of the corpus with the word.
        articles: All articles of the corpus.
        general: Inverse document frequency of the word in general Chinese (natural logarithm).

    Returns:
        -ln of the share of articles with the word, the general share counting as `GENERAL_ARTICLES` articles.

    Example:
        >>> round(blend_idf(0, 0, 8.0), 6)
        8.0
        >>> round(blend_idf(500, 500, 100.0), 6) == round(log(2), 6)
        True
    """
    expected = GENERAL_ARTICLES * exp(-general)
    return -log((n_articles + expected) / (articles + GENERAL_ARTICLES))


def score_idf(words: Iterable[str], n_articles: Iterable[int], articles: int) -> np.ndarray:
    """Score the rarity of words by the blended inverse document frequency.

    Args:
        words: Words; one that the general table lacks takes the median of the table.
        n_articles: Articles of the corpus with each word.
        articles: All articles of the corpus; 0 lets the general table speak alone.

    Returns:
        One value a word, see `blend_idf`.

    Example:
        >>> idf = score_idf(["发展", "养老"], [0, 0], 0)
        >>> bool(idf[0] < idf[1])
        True
    """
    table, middle = _general_idf()
    pairs = zip(words, n_articles, strict=True)
    return np.array([blend_idf(n, articles, table.get(word, middle)) for word, n in pairs], dtype=float)


@lru_cache(maxsize=1)
def _general_idf() -> tuple[dict[str, float], float]:
    table = read_general_idf()
    return table, median(table.values())
