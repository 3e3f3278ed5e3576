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


def make_words(news: pd.DataFrame, lexicon: pd.DataFrame | None) -> dict[str, pa.Table]:
    """Count the words of the articles of a batch.

    Args:
        news: Table `articles`, named by row.
        lexicon: As from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The parts `words` (article, word and counts, as in `WordCounts`) and `totals` (row and all words of
        each article).
    """
    counts = count_words(news, lexicon=lexicon)
    word = pa.DictionaryArray.from_arrays(
        pa.array(counts.word, pa.int32()), pa.array(counts.words, pa.string())
    )
    columns = {name: pa.array(getattr(counts, name), pa.int32()) for name in _COUNTS}
    words = {"article": pa.array(counts.article, pa.int32()), "word": word, **columns}
    rows = pa.array(counts.articles.astype(np.int32) if len(counts.articles) else [], pa.int32())
    totals = {"row": rows, "total": pa.array(counts.totals, pa.int32())}
    return {"words": pa.table(words), "totals": pa.table(totals)}


def load_words(words: bytes, totals: bytes) -> WordCounts:
    """Read the parts `words` and `totals` of a batch; its articles are named by row."""
    table, lengths = load_part(words, coded=["word"]), load_part(totals)
    column = table["word"].combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    names = np.array(column.dictionary.to_pylist(), dtype=object)
    # Parquet numbers words as it meets them; here they are numbered in their order.
    order = np.argsort(names, kind="stable")
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    rows = np.array([f"{row:09d}" for row in lengths["row"].to_pylist()], dtype=object)
    codes = column.indices.to_numpy(zero_copy_only=False)
    return WordCounts(
        names[order],
        rows,
        lengths["total"].to_numpy().astype(np.int64),
        table["article"].to_numpy(),
        rank[codes] if len(codes) else codes.astype(np.int32),
        *(table[name].to_numpy() for name in _COUNTS),
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


def rank_words(counts: WordCounts, documents: WordDocuments) -> pa.Table:
    """Choose the keywords of the articles of a batch, as `score_keywords` does: row, word, n, score, rank."""
    ranked = rank_keywords(counts, documents=documents._replace(words=counts.words))
    columns = {
        "row": pa.array(ranked["article_id"].astype("int32").to_numpy()),
        "word": pa.array(ranked["word"]).dictionary_encode(),
        "n": pa.array(ranked["n"].to_numpy(), pa.int32()),
        "score": pa.array(ranked["score"].to_numpy()),
        "rank": pa.array(ranked["rank"].to_numpy(), pa.int32()),
    }
    return pa.table(columns)
