"""Words counted in each article: a step that needs no other article, so that batches can be counted apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.content_words import mark_content_columns
from analysis.schema import COUNT, FIELDS, TEXT
from analysis.tokens import SLOGAN
from analysis.tokens.split import SplitBatch, split_batches
from analysis.word_lists import read_words

if TYPE_CHECKING:
    from scipy.sparse import csr_array


class WordCounts(NamedTuple):
    """How often words stand in articles: one row per article and word, by article, then by word.

    Counted are words that name matter (see `content_words`), verbs of reporting among them, without the
    names of an article's own authors.

    Attributes:
        words: The distinct words, sorted by code point; dtype object.
        articles: Ids of the articles in their order, those without words too; dtype object.
        totals: All words of each article, stop words and numbers too, punctuation not; int64.
        article: Number of the article of each row, ascending; int32.
        word: Number of the word of each row, ascending within an article; int32.
        n: Occurrences as a word of its own, as the tokenizer cuts; int32. 0 for a slogan that stands only
            inside longer ones.
        n_slogan: How many of `n` are occurrences as a slogan of the lexicon; int32.
        n_found: Occurrences as a slogan wherever it stands, inside longer ones too; int32.
    """

    words: np.ndarray
    articles: np.ndarray
    totals: np.ndarray
    article: np.ndarray
    word: np.ndarray
    n: np.ndarray
    n_slogan: np.ndarray
    n_found: np.ndarray


def count_words(articles: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> WordCounts:
    """Count the words of each article.

    Counting convention: kicker, headline, subhead and text count alike; all rows given are counted.

    Args:
        articles: Table `articles`.
        lexicon: Slogans to keep whole, as from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The counts; `join_counts` of the counts of parts is the count of the whole.

    Example:
        >>> articles = pd.DataFrame({"article_id": ["a"], "authors": [""], "headline": ["养老，养老"]})
        >>> counts = count_words(articles.assign(kicker="", subhead="", text=""))
        >>> counts.words.tolist(), counts.n.tolist(), counts.totals.tolist()
        (['养老'], [2], [2])
    """
    rows = articles[["article_id", "authors"]].fillna("")
    ids, authors = rows["article_id"].to_numpy(dtype=object), rows["authors"].tolist()
    batches = split_batches(articles, lexicon=lexicon)
    return join_counts(_count_batch(batch, ids, authors) for batch in batches)


def join_counts(parts: Iterable[WordCounts]) -> WordCounts:
    """Join the counts of parts of a corpus.

    Args:
        parts: Counts in the order of the articles; no article is in two of them.

    Returns:
        The counts of all articles, the same however the articles were parted.
    """
    counted = [part for part in parts if len(part.articles)]
    if len(counted) == 1:
        return counted[0]
    words = sorted(set().union(*(part.words.tolist() for part in counted)))
    number = {word: i for i, word in enumerate(words)}
    codes = [np.array([number[word] for word in part.words], dtype=np.int32)[part.word] for part in counted]
    before = np.cumsum([0] + [len(part.articles) for part in counted])
    numbers = [part.article + np.int32(first) for part, first in zip(counted, before[:-1], strict=True)]
    return WordCounts(
        _objects(words),
        _concatenate([part.articles for part in counted], object),
        _concatenate([part.totals for part in counted], np.int64),
        _concatenate(numbers, np.int32),
        _concatenate(codes, np.int32),
        *(_concatenate([part[column] for part in counted], np.int32) for column in (5, 6, 7)),
    )


def mark_reporting(counts: WordCounts) -> np.ndarray:
    """Mark the verbs of reporting (强调, 指出) among the words; one bool a word."""
    reporting = frozenset(read_words("stopwords_reporting.txt"))
    return np.fromiter((word in reporting for word in counts.words), dtype=bool, count=len(counts.words))


def sum_words(
    counts: WordCounts, chosen: np.ndarray, *, slogans: bool = False, keep_reporting: bool = False
) -> pd.DataFrame:
    """Sum the counts of some articles.

    Args:
        counts: From `count_words`.
        chosen: One bool an article, in the order of `counts.articles`.
        slogans: Count occurrences as a slogan only, of nested ones the longest.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        One row per word of the chosen articles, by code point: word, n, n_articles. Their size in words is
        `counts.totals[chosen].sum()`.

    Example:
        >>> articles = pd.DataFrame({"article_id": ["a", "b"], "authors": "", "headline": ["养老", "养老"]})
        >>> counts = count_words(articles.assign(kicker="", subhead="", text=""))
        >>> sum_words(counts, np.array([True, False])).values.tolist()
        [['养老', 1, 1]]
    """
    n = counts.n_slogan if slogans else counts.n
    if not keep_reporting:
        n = np.where(mark_reporting(counts)[counts.word], counts.n_slogan, n)
    rows = np.flatnonzero(chosen[counts.article] & (n > 0))
    sums = np.bincount(counts.word[rows], weights=n[rows], minlength=len(counts.words)).astype(COUNT)
    n_articles = np.bincount(counts.word[rows], minlength=len(counts.words))
    found = np.flatnonzero(n_articles)
    words = pd.Series(counts.words[found], dtype=TEXT)
    return pd.DataFrame({"word": words, "n": sums[found], "n_articles": n_articles[found]})


def make_matrix(counts: WordCounts) -> csr_array:
    """Make the sparse matrix of the words as the tokenizer cuts them.

    Returns:
        Articles x words, in the order of `counts.articles` and `counts.words`; the sum of the rows of a
        selection is its word count.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415, slow to load, and counting needs none

    edges = np.searchsorted(counts.article, np.arange(len(counts.articles) + 1))
    shape = (len(counts.articles), len(counts.words))
    return csr_array((counts.n.astype(COUNT), counts.word, edges), shape=shape)


def _count_batch(batch: SplitBatch, ids: np.ndarray, authors: list[str]) -> WordCounts:
    tokens, slogans = batch.tokens, batch.slogans
    behind = batch.first + len(batch.texts) // len(FIELDS)
    words, codes = _sort_words([*tokens.words, *slogans.slogan])
    word_of, slogan = np.split(codes, [len(tokens.words)])
    article, place = tokens.text // len(FIELDS), slogans.text // len(FIELDS)
    key = article * len(words) + word_of[tokens.kind]
    is_slogan = np.array([flag == SLOGAN for flag in tokens.flags], dtype=bool)[tokens.kind]
    own = authors[batch.first : behind]
    is_content = mark_content_columns(tokens, batch.texts, own, keep_reporting=True)
    keys = key[is_content], key[is_slogan], place * len(words) + slogan
    rows, columns = _count_keys(keys)
    row_article, row_word = np.divmod(rows, max(len(words), 1))
    is_used = np.bincount(row_word, minlength=len(words)) > 0
    return WordCounts(
        words[is_used],
        ids[batch.first : behind],
        np.bincount(article, minlength=behind - batch.first),
        row_article.astype(np.int32),
        (np.cumsum(is_used, dtype=np.int32) - np.int32(1))[row_word],
        *columns,
    )


def _sort_words(words: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Sort distinct words by code point, and number the given ones in that order."""
    ordered = sorted(set(words))
    rank = dict(zip(ordered, range(len(ordered)), strict=True))
    return _objects(ordered), np.fromiter(map(rank.__getitem__, words), dtype=np.int64, count=len(words))


def _count_keys(keys: Iterable[np.ndarray]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Count equal numbers of several lists: the distinct ones of all, ascending, and their counts in each."""
    counted = [_count(some) for some in keys]
    rows = counted[0][0]
    for found, _ in counted[1:]:
        places = np.searchsorted(rows, found).clip(max=max(len(rows) - 1, 0))
        is_new = rows[places] != found if len(rows) else np.ones(len(found), dtype=bool)
        rows = np.sort(np.concatenate([rows, found[is_new]])) if is_new.any() else rows
    columns = [np.zeros(len(rows), dtype=np.int32) for _ in counted]
    for column, (found, counts) in zip(columns, counted, strict=True):
        column[np.searchsorted(rows, found)] = counts
    return rows, columns


def _count(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count equal numbers: the distinct ones, ascending, and how often each stands."""
    ordered = np.sort(keys)
    edges = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[edges], np.diff(edges, append=len(ordered))


def _objects(words: list[str]) -> np.ndarray:
    array = np.empty(len(words), dtype=object)
    array[:] = words
    return array


def _concatenate(columns: list[np.ndarray], dtype: type) -> np.ndarray:
    return np.concatenate([np.empty(0, dtype=dtype), *columns]).astype(dtype, copy=False)
