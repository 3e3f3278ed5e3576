"""In how many articles words stand: all that one batch has to know of the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.keywords.counts import WordCounts


class WordDocuments(NamedTuple):
    """Document frequencies.

    Attributes:
        words: Distinct words, sorted by code point; dtype object.
        n_articles: Articles with each word.
        n_slogan_articles: Articles with it as a slogan.
        articles: All articles.
    """

    words: np.ndarray
    n_articles: np.ndarray
    n_slogan_articles: np.ndarray
    articles: int


def count_documents(counts: WordCounts) -> WordDocuments:
    """Count the articles with each word; a slogan inside a longer one is there too."""
    is_slogan = (counts.n_slogan > 0) | (counts.n_found > 0)
    n = len(counts.words)
    return WordDocuments(
        counts.words,
        np.bincount(counts.word, minlength=n),
        np.bincount(counts.word[is_slogan], minlength=n),
        len(counts.articles),
    )


def join_documents(parts: Iterable[WordDocuments]) -> WordDocuments:
    """Add up the document frequencies of parts of a corpus that share no article.

    Example:
        >>> part = WordDocuments(np.array(["养老"], dtype=object), np.array([2]), np.array([0]), 5)
        >>> joined = join_documents([part, part])
        >>> joined.n_articles.tolist(), joined.articles
        ([4], 10)
    """
    listed = list(parts)
    words = sorted(set().union(*(part.words.tolist() for part in listed)))
    index = pd.Index(np.array(words, dtype=object))
    sums = np.zeros((2, len(words)), dtype=np.int64)
    for part in listed:
        sums[:, index.get_indexer(pd.Index(part.words))] += [part.n_articles, part.n_slogan_articles]
    return WordDocuments(index.to_numpy(), *sums, sum(part.articles for part in listed))
