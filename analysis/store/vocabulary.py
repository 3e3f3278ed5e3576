"""The vocabulary of a store: every word once, numbered as it came, so that numbers stay when pages are added.

A batch comes with words of its own; here they get the numbers of the whole corpus. Keywords are ranked when
they are asked for: a page that is added changes the rarity of words, and with it the score of every keyword.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.keywords import WordCounts, WordDocuments, rank_keywords
from analysis.store.parts import dump_part, load_frame, load_part

#: Rows of article and word that keywords are ranked of at a time.
_MOST_ROWS = 8_000_000


class Pairs(NamedTuple):
    """Articles and words of a batch: `row` of each article, `total` of its words, and its `rows` below.

    The rows, by article: number of the `word` in the vocabulary; `n`, `n_slogan`, `n_found` of `WordCounts`.
    """

    row: np.ndarray
    total: np.ndarray
    rows: np.ndarray
    word: np.ndarray
    n: np.ndarray
    n_slogan: np.ndarray
    n_found: np.ndarray

    @property
    def article(self) -> np.ndarray:
        """Number of the article of each row."""
        return np.repeat(np.arange(len(self.rows), dtype=np.int32), self.rows)


class Vocabulary:
    """Words by number, with the articles that have each, as a word at all and as a slogan."""

    def __init__(self, table: pa.Table | None = None) -> None:
        """Take over the table `vocabulary` of the build before."""
        # The words that were there are looked up as they are kept: to make strings of them takes longer.
        known = pa.array([], pa.string()) if table is None else table["word"].combine_chunks()
        self._known: pa.Array = known
        self._added: dict[str, int] = {}
        self.n_articles, self.n_slogan_articles = (
            np.array([] if table is None else table[name].to_numpy(), dtype=np.int64)
            for name in ("n_articles", "n_slogan_articles")
        )

    def add(self, counts: WordCounts) -> Pairs:
        """Number the words of a batch; new ones get the next numbers, the common ones first."""
        words = counts.words.tolist()
        codes = self._find(words)
        new = np.flatnonzero(codes < 0)
        n_articles = np.bincount(counts.word, minlength=len(words))
        new = new[np.argsort(-n_articles[new], kind="stable")]
        codes[new] = np.arange(len(self), len(self) + len(new))
        self._added.update(zip([words[place] for place in new.tolist()], codes[new].tolist(), strict=True))
        word = codes.astype(np.int32)[counts.word]
        order = np.argsort(counts.article * np.int64(len(self) + 1) + word)
        columns = (column[order] for column in (word, counts.n, counts.n_slogan, counts.n_found))
        rows = np.bincount(counts.article, minlength=len(counts.articles))
        return Pairs(counts.articles.astype(np.int64), counts.totals, rows, *columns)

    def recount(self, parts: Iterable[Pairs], *, anew: bool) -> None:
        """Count the articles with each word: those of some batches added, or counted anew over all."""
        size = len(self)
        n, n_slogan = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        if not anew:
            n[: len(self.n_articles)], n_slogan[: len(self.n_articles)] = (
                self.n_articles,
                self.n_slogan_articles,
            )
        for pairs in parts:
            n += np.bincount(pairs.word, minlength=size)
            n_slogan += np.bincount(pairs.word[(pairs.n_slogan > 0) | (pairs.n_found > 0)], minlength=size)
        self.n_articles, self.n_slogan_articles = n, n_slogan

    def to_table(self) -> pa.Table:
        """Table `vocabulary`: word, n_articles, n_slogan_articles, in the order of the numbers."""
        columns = {"n_articles": self.n_articles, "n_slogan_articles": self.n_slogan_articles}
        words = [self._known.cast(pa.large_string()), pa.array(self._added, pa.large_string())]
        return pa.table({"word": pa.concat_arrays(words)} | columns)

    def __len__(self) -> int:
        """Count the words."""
        return len(self._known) + len(self._added)

    def _find(self, words: list[str]) -> np.ndarray:
        """Find the numbers of words; -1 for a new one."""
        codes = np.fromiter(map(self._added.get, words, repeat(-1)), dtype=np.int64, count=len(words))
        if len(self._known):
            found = pc.index_in(pa.array(words, self._known.type), self._known).fill_null(-1)
            codes = np.maximum(codes, found.to_numpy(zero_copy_only=False))
        return codes


def dump_pairs(pairs: Pairs) -> bytes:
    """Write the part `pairs`: the number of a word as its distance from the one before in the article."""
    is_first = np.ones(len(pairs.word), dtype=bool)
    is_first[1:] = np.diff(pairs.article) > 0
    step = np.where(is_first, pairs.word, np.diff(pairs.word, prepend=np.int32(0)))
    numbers = {
        "step": step,
        "n": pairs.n,
        "n_slogan": pairs.n_slogan,
        "n_nested": pairs.n_found - pairs.n_slogan,
    }
    return dump_part(pa.table({name: pa.array(column, pa.int32()) for name, column in numbers.items()}))


def load_pairs(pairs: bytes, totals: bytes) -> Pairs:
    """Read the parts `pairs` and `totals`."""
    table, sizes = load_part(pairs), load_frame(totals)
    rows = sizes["rows"].to_numpy()
    total = np.cumsum(np.r_[0, table["step"].to_numpy().astype(np.int64)])
    word = (total[1:] - np.repeat(total[np.cumsum(rows) - rows], rows)).astype(np.int32)
    n, n_slogan, n_nested = (table[name].to_numpy() for name in ("n", "n_slogan", "n_nested"))
    row, totals_ = sizes["row"].to_numpy().astype(np.int64), sizes["total"].to_numpy().astype(np.int64)
    return Pairs(row, totals_, rows, word, n, n_slogan, n_slogan + n_nested)


def rank_pairs(parts: Iterable[Pairs], vocabulary: pd.DataFrame, articles: int) -> pd.DataFrame:
    """Rank the keywords of batches, as `score_keywords` does.

    Args:
        parts: Batches whose `row` is the row of table `articles`.
        vocabulary: Table `vocabulary`.
        articles: All articles of the corpus.

    Returns:
        Table `keywords`, with `row` in the place of `article_id`, by batch.
    """
    words = vocabulary["word"].to_numpy(dtype=object)
    order = np.argsort(words, kind="stable")
    rank = np.empty(len(words), dtype=np.int32)
    rank[order] = np.arange(len(words), dtype=np.int32)
    n_articles, n_slogan = (vocabulary[name].to_numpy()[order] for name in vocabulary.columns[1:])
    found = [
        _rank(batches, rank, words[order], WordDocuments(words, n_articles, n_slogan, articles))
        for batches in _gather(parts)
    ]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame({"row": []})


def _gather(parts: Iterable[Pairs]) -> Iterable[list[Pairs]]:
    gathered, size = [], 0
    for pairs in parts:
        gathered.append(pairs)
        size += len(pairs.word)
        if size >= _MOST_ROWS:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered


def _rank(
    batches: list[Pairs], rank: np.ndarray, words: np.ndarray, documents: WordDocuments
) -> pd.DataFrame:
    row, total, rows, word, n, n_slogan, n_found = (
        np.concatenate(column) for column in zip(*batches, strict=True)
    )
    used, code = np.unique(rank[word], return_inverse=True) if len(word) else (word, word)
    names = words[used]
    article = np.repeat(np.arange(len(rows), dtype=np.int32), rows)
    ids = np.array([str(number) for number in row.tolist()], dtype=object)
    counts = WordCounts(names, ids, total, article, code.astype(np.int32), n, n_slogan, n_found)
    some = documents._replace(
        words=names,
        n_articles=documents.n_articles[used],
        n_slogan_articles=documents.n_slogan_articles[used],
    )
    ranked = rank_keywords(counts, documents=some)
    return ranked.drop(columns="article_id").assign(row=ranked["article_id"].astype("int64"))
