"""Words of articles as a store keeps them, and the keywords that follow once all articles are counted.

A slogan stays whole among the words, so that they depend on the lexicon as the hits do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis import keywords
from analysis.keywords import score_idf
from analysis.store.parts import dump_part, load_part
from analysis.tokens import compile_slogans

#: Keywords of an article, as `score_keywords` gives them.
LIMIT = 10


class Pairs(NamedTuple):
    """Pairs of article and word, by article and word.

    Attributes:
        row: Row of `articles` in the batch.
        code: Number of the word in `words`, which are sorted.
        n: Occurrences.
        claim: 0 for a plain word; 1 and 2 for a slogan that is a keyword whatever its score, 2 first.
        words: The words.
        totals: All words of each row, by its number.
    """

    row: np.ndarray
    code: np.ndarray
    n: np.ndarray
    claim: np.ndarray
    words: list[str]
    totals: np.ndarray


def count_pairs(news: pd.DataFrame, lexicon: pd.DataFrame | None) -> dict[str, pa.Table | pd.DataFrame]:
    """Count the words of the articles of a batch.

    Args:
        news: Table `articles`, named by row.
        lexicon: As from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The parts `words` and `totals`.
    """
    matcher = compile_slogans(lexicon)
    rows, totals = [], []
    for article in keywords._rows(news):
        document = keywords._read_words_of(article, matcher, False)
        alone = {word: n >= keywords.SLOGAN_MINIMUM for word, n in _count(document.candidates).items()}
        number = int(document.article_id)
        totals.append((number, document.total))
        for word, n in keywords._counts(document).items():
            whole = document.slogans.get(word)
            claim = 0 if whole is None else alone.get(word, False) + (whole >= keywords.SLOGAN_MINIMUM)
            rows.append((number, word, n, claim))
    row, word, n, claim = zip(*rows, strict=True) if rows else ((), (), (), ())
    words, code = np.unique(np.array(word, dtype=object), return_inverse=True) if rows else ([], [])
    row, code = np.array(row, dtype=np.int32), np.array(code, dtype=np.int32)
    order = np.lexsort((code, row))
    pairs = {
        "row": pa.array(row[order]),
        "word": pa.DictionaryArray.from_arrays(pa.array(code[order]), pa.array(list(words), pa.string())),
        "n": pa.array(np.array(n, dtype=np.int32)[order]),
        "claim": pa.array(np.array(claim, dtype=np.int8)[order]),
    }
    return {"words": pa.table(pairs), "totals": pd.DataFrame(totals, columns=["row", "total"], dtype="int32")}


def load_pairs(words: bytes, totals: bytes) -> Pairs:
    """Read the parts `words` and `totals` of a batch."""
    table = load_part(words, coded=["word"]).combine_chunks()
    word = (
        table["word"].chunk(0)
        if table.num_rows
        else pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], pa.string()))
    )
    names = word.dictionary.to_pylist()
    # Parquet numbers words as it meets them; here their numbers are their order.
    order = np.argsort(np.array(names, dtype=object), kind="stable")
    rank = np.empty(len(names), dtype=np.int32)
    rank[order] = np.arange(len(names), dtype=np.int32)
    lengths = load_part(totals)
    rows = lengths["row"].to_numpy()
    total = np.zeros(int(rows.max(initial=-1)) + 1, dtype=np.int64)
    total[rows] = lengths["total"].to_numpy()
    return Pairs(
        table["row"].to_numpy(),
        rank[word.indices.to_numpy(zero_copy_only=False)] if names else np.array([], dtype=np.int32),
        table["n"].to_numpy(),
        table["claim"].to_numpy(),
        [names[i] for i in order],
        total,
    )


def merge_frequencies(parts: Iterable[Pairs]) -> dict[str, int]:
    """Add up in how many articles each word stands."""
    found: dict[str, int] = {}
    for pairs in parts:
        for word, n in zip(
            pairs.words, np.bincount(pairs.code, minlength=len(pairs.words)).tolist(), strict=True
        ):
            found[word] = found.get(word, 0) + n
    return found


def weigh_words(frequencies: dict[str, int], articles: int) -> dict[str, float]:
    """Weigh every word of a corpus by its rarity (see `keywords.score_idf`)."""
    return dict(
        zip(frequencies, score_idf(frequencies, frequencies.values(), articles).tolist(), strict=True)
    )


def rank_pairs(words: bytes, totals: bytes, weights: dict[str, float] | np.ndarray) -> bytes:
    """Choose the keywords of the articles of a batch, as `score_keywords` does.

    Args:
        words: Part `words`.
        totals: Part `totals`.
        weights: Inverse document frequency by word.

    Returns:
        The part `keywords`: row, word, n, score, rank.
    """
    pairs = load_pairs(words, totals)
    idf = weights if isinstance(weights, np.ndarray) else np.array([weights[word] for word in pairs.words])
    score = pairs.n / pairs.totals[pairs.row] * idf[pairs.code] if len(pairs.row) else np.array([])
    best = np.lexsort((pairs.code, -score, -pairs.claim, pairs.row))
    best = best[_place_in_group(pairs.row[best]) < LIMIT]
    best = best[np.lexsort((pairs.code[best], -score[best], pairs.row[best]))]
    row = pairs.row[best]
    table = {
        "row": pa.array(row, pa.int32()),
        "word": pa.DictionaryArray.from_arrays(
            pa.array(pairs.code[best], pa.int32()), pa.array(pairs.words, pa.string())
        ),
        "n": pa.array(pairs.n[best], pa.int32()),
        "score": pa.array(score[best], pa.float64()),
        "rank": pa.array(_place_in_group(row) + 1, pa.int32()),
    }
    return dump_part(pa.table(table), coded=["word", "n", "rank"])


def _place_in_group(group: np.ndarray) -> np.ndarray:
    """Number the members of each run of equal values from 0."""
    if not len(group):
        return np.array([], dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(group)])
    return np.arange(len(group)) - np.repeat(starts, sizes)


def _count(words: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found
