"""Words of articles as a store keeps them, and the keywords that follow once all articles are counted.

A slogan stays whole among the words, so that they depend on the lexicon as the hits do.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.keywords import (
    WordCounts,
    WordDocuments,
    count_documents,
    count_words,
    join_documents,
    rank_keywords,
)
from analysis.store.parts import load_part

_COUNTS = ("n", "n_slogan", "n_found")
#: Parts of a batch that hold its words, in the order of `load_words`.
WORD_PARTS = ("words", "wordlist", "totals")


def make_words(news: pd.DataFrame, lexicon: pd.DataFrame | None) -> dict[str, pa.Table]:
    """Count the words of the articles of a batch.

    Args:
        news: Table `articles`, named by row.
        lexicon: As from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The part `words`: one row per article and word, as in `WordCounts`, the number of the word written as
        its distance from the one before in the article, for small numbers shrink well; `wordlist`, the
        words; and `totals`: row, all words, and rows of `words` of each article.
    """
    counts = count_words(news, lexicon=lexicon)
    is_first = np.r_[True, counts.article[1:] != counts.article[:-1]][: len(counts.article)]
    step = np.where(is_first, counts.word, np.diff(counts.word, prepend=0)).astype(np.int32)
    numbers = {"n": counts.n, "n_slogan": counts.n_slogan, "n_nested": counts.n_found - counts.n_slogan}
    columns = {"step": pa.array(step)} | {name: pa.array(n, pa.int32()) for name, n in numbers.items()}
    totals = {
        "row": counts.articles.astype(np.int64),
        "total": counts.totals,
        "rows": np.bincount(counts.article, minlength=len(counts.articles)),
    }
    return {
        "words": pa.table(columns),
        "wordlist": pa.table({"word": pa.array(counts.words, pa.string())}),
        "totals": pa.table({name: pa.array(values.astype(np.int32)) for name, values in totals.items()}),
    }


def load_words(words: bytes, wordlist: bytes, totals: bytes) -> WordCounts:
    """Read the parts of a batch that hold its words; its articles are named by row."""
    table, sizes = load_part(words), load_part(totals)
    names = load_part(wordlist)["word"].to_numpy(zero_copy_only=False)
    rows = sizes["rows"].to_numpy()
    ids = np.array([f"{row:09d}" for row in sizes["row"].to_pylist()], dtype=object)
    step = table["step"].to_numpy().astype(np.int64)
    # Steps add up within an article: what was added up before it is taken off again.
    total = np.cumsum(np.r_[0, step])
    before = total[np.cumsum(rows) - rows]
    return WordCounts(
        names,
        ids,
        sizes["total"].to_numpy().astype(np.int64),
        np.repeat(np.arange(len(rows), dtype=np.int32), rows),
        (total[1:] - np.repeat(before, rows)).astype(np.int32),
        table["n"].to_numpy(),
        table["n_slogan"].to_numpy(),
        table["n_slogan"].to_numpy() + table["n_nested"].to_numpy(),
    )


def count_all(parts: Iterable[WordCounts]) -> WordDocuments:
    """Count the articles with each word over all batches."""
    return join_documents(count_documents(part) for part in parts)


def narrow_documents(documents: WordDocuments, index: pd.Index, words: np.ndarray) -> WordDocuments:
    """Keep the frequencies of some words.

    Args:
        documents: Of all words.
        index: Their index.
        words: Some of them.

    Returns:
        Frequencies of these words, in their order.
    """
    places = index.get_indexer(pd.Index(words, dtype=object))
    n_articles, n_slogan_articles = documents.n_articles[places], documents.n_slogan_articles[places]
    return WordDocuments(words, n_articles, n_slogan_articles, documents.articles)


def mark_keywords(counts: WordCounts, documents: WordDocuments) -> pa.Table:
    """Mark the rows of a batch's words that are keywords, as `score_keywords` chooses them."""
    ranked = rank_keywords(counts, documents=documents._replace(words=counts.words))
    article = pd.Index(counts.articles).get_indexer(pd.Index(ranked["article_id"], dtype=object))
    word = pd.Index(counts.words).get_indexer(pd.Index(ranked["word"], dtype=object))
    key = counts.article.astype(np.int64) * max(1, len(counts.words)) + counts.word
    marks = np.zeros(len(key), dtype=bool)
    marks[np.searchsorted(key, article * max(1, len(counts.words)) + word)] = True
    return pa.table({"is_keyword": pa.array(marks)})


def keep_rows(counts: WordCounts, marks: np.ndarray) -> WordCounts:
    """Keep some rows of counts, and only the words that they have."""
    used, word = np.unique(counts.word[marks], return_inverse=True)
    rows = {name: getattr(counts, name)[marks] for name in ("article", *_COUNTS)}
    return counts._replace(words=counts.words[used], word=word.astype(np.int32), **rows)


def read_keywords(
    counts: WordCounts, marks: bytes, documents: WordDocuments, index: pd.Index
) -> pd.DataFrame:
    """Score the keywords of a batch, which were marked before.

    Args:
        counts: From `load_words`.
        marks: Part `keywords`.
        documents: Frequencies of all words that are keywords anywhere.
        index: Their index.

    Returns:
        Table `keywords`, with `row` in the place of `article_id`.
    """
    some = keep_rows(counts, load_part(marks)["is_keyword"].to_numpy(zero_copy_only=False))
    ranked = rank_keywords(some, documents=narrow_documents(documents, index, some.words))
    return ranked.drop(columns="article_id").assign(row=ranked["article_id"].astype("int64"))
