"""The words of a corpus as a matrix: which articles, which words, how often, how telling."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from analysis.content_words import mark_content_words
from analysis.people import find_people
from analysis.schema import FIELDS, counted
from analysis.tokens import INSTITUTION, LATIN, SLOGAN, UNKNOWN, split_tokens

#: With fewer articles, words that stand together do so by chance.
MINIMUM_ARTICLES = 30
#: A word in more than this share of the articles tells none of them from the others.
MOST_ARTICLES = 0.5
#: No more words than these, the most frequent ones, go into the matrix.
MOST_WORDS = 20_000
#: Parts of speech whose words name a subject; places and persons are left to their own tables.
_SUBJECT_FLAGS = ("n", "nz", "nt", "ng", "vn", "an", "j", "l", "i", SLOGAN, INSTITUTION, LATIN, UNKNOWN)
_NEEDED = ["article_id", "authors", *FIELDS]


class TopicError(ValueError):
    """Topics cannot be discovered: too few articles or words, or a number of topics that does not fit."""


class Matrix(NamedTuple):
    """Articles x words: ids, vocabulary, counts, and their TF-IDF with rows of length 1."""

    article_ids: list[str]
    words: list[str]
    counts: csr_array
    tfidf: csr_array


def make_matrix(articles: pd.DataFrame, *, tokens: pd.DataFrame | None = None, workers: int = 1) -> Matrix:
    """Count the words of articles that name a subject.

    Words are those of `tokens.split_tokens`, slogans whole; nouns, verbal nouns, idioms, abbreviations,
    slogans, institutions and words that no dictionary knows. Left out: what `content_words` leaves out,
    places, the names of reporters and officials, words in fewer than two articles (one more for every 500
    articles) or in more than half of them.

    TF-IDF is (1 + ln n) x (1 + ln((1 + N) / (1 + df))), each article scaled to length 1.

    Args:
        articles: Table `articles`; teasers and notices are left out.
        tokens: The words of these articles, as from `tokens.split_tokens`; None to split them here, which
            takes most of the time.
        workers: Processes that share the splitting into words; the matrix is the same for any number.

    Returns:
        The matrix, articles in the order given, words in code point order.

    Raises:
        TopicError: There are fewer than `MINIMUM_ARTICLES` articles.
    """
    kept = counted(articles) if "kind" in articles.columns else articles.reset_index(drop=True)
    require_articles(len(kept))
    words = _split(kept, tokens, workers)
    ids = kept["article_id"].tolist()
    frequencies = words.groupby("word")["article_id"].nunique()
    fewest = 2 + len(ids) // 500
    frequencies = frequencies[(frequencies >= fewest) & (frequencies <= len(ids) * MOST_ARTICLES)]
    ranked = frequencies.reset_index(name="n").sort_values(["n", "word"], ascending=[False, True])
    vocabulary = sorted(ranked["word"].head(MOST_WORDS))
    counts = _count(words, ids, vocabulary)
    return Matrix(ids, vocabulary, counts, weigh_counts(counts))


def require_articles(n: int) -> None:
    """Refuse a corpus that is too small for topics of its own.

    Raises:
        TopicError: There are fewer than `MINIMUM_ARTICLES` articles.
    """
    if n < MINIMUM_ARTICLES:
        raise TopicError(
            f"{n} articles: too few for topics of their own; "
            f"take {MINIMUM_ARTICLES} or more, or look at the named topics"
        )


def weigh_counts(counts: csr_array) -> csr_array:
    """Turn counts into TF-IDF, as `make_matrix` says."""
    weights = csr_array(counts, dtype=np.float64)
    weights.data = 1 + np.log(weights.data)
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    weights.data *= (1 + np.log((1 + counts.shape[0]) / (1 + df)))[weights.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(weights.indptr))
    lengths = np.sqrt(np.bincount(rows, weights=weights.data**2, minlength=counts.shape[0]))
    weights.data /= lengths[rows]
    return weights


def _split(articles: pd.DataFrame, tokens: pd.DataFrame | None, workers: int) -> pd.DataFrame:
    """Split articles into their subject words, in several processes when asked to."""
    frame = articles.reindex(columns=_NEEDED).fillna("").astype("str")
    if tokens is not None:
        kept = tokens["article_id"].isin(frame["article_id"])
        return _select_words(tokens[kept].reset_index(drop=True), frame)
    if workers < 2:
        return _split_part(frame)
    size = -(-len(frame) // workers)
    parts = [frame.iloc[at : at + size].reset_index(drop=True) for at in range(0, len(frame), size)]
    # A process that is forked from one with threads may hang: start anew.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return pd.concat(list(pool.map(_split_part, parts)), ignore_index=True)


def _split_part(articles: pd.DataFrame) -> pd.DataFrame:
    return _select_words(split_tokens(articles), articles)


def _select_words(tokens: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    tokens = tokens[mark_content_words(tokens, articles) & tokens["flag"].isin(_SUBJECT_FLAGS).to_numpy()]
    people = find_people(articles.assign(paper=""))
    named = set(zip(people["article_id"], people["name"], strict=True))
    pairs = zip(tokens["article_id"], tokens["word"], strict=True)
    return tokens.loc[[pair not in named for pair in pairs], ["article_id", "word"]].reset_index(drop=True)


def _count(words: pd.DataFrame, ids: Sequence[str], vocabulary: Sequence[str]) -> csr_array:
    rows = pd.Index(ids).get_indexer(words["article_id"])
    columns = pd.Index(vocabulary, dtype="str").get_indexer(words["word"])
    kept = columns >= 0
    ones = np.ones(int(kept.sum()), dtype=np.int64)
    counts = coo_array((ones, (rows[kept], columns[kept])), shape=(len(ids), len(vocabulary))).tocsr()
    counts.sum_duplicates()
    counts.sort_indices()
    return counts
