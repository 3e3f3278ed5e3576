"""The words of a store as a matrix, of many articles kept beside it as they will be used."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from analysis.shelves.matrices.words import Words, add_up, join_matrix
from analysis.shelves.origins.arrays import keep_arrays, read_arrays
from analysis.store import Store
from analysis.store.fingerprints import fingerprint, print_stages
from analysis.word_lists import read_words as read_list

#: Cells of a matrix from which it is kept: below, it is filled again within seconds.
LEAST_KEPT = 20_000_000
_NAME, _FORM = "words", "1"
_COUNTS = ("n", "n_articles")


class Filled(NamedTuple):
    """Cells of the matrix from one batch: rows of table `articles`, cells of each, columns and counts."""

    rows: np.ndarray
    lengths: np.ndarray
    columns: np.ndarray
    counts: np.ndarray


def read_words(store: Store, names: np.ndarray, code: np.ndarray) -> Words:
    """Read how often each word stands in each article of a store.

    Args:
        store: From `open_store`.
        names: Its words by code point.
        code: Number among these of each word of its vocabulary.

    Returns:
        The matrix: what was kept of it beside the store, else filled from the words of all batches.
    """
    reporting = sorted(read_list("stopwords_reporting.txt"))
    mark = fingerprint(
        _FORM,
        print_stages()["words"],
        store.manifest.tables["vocabulary"],
        *reporting,
        *print_parts(store, "pairs", "totals"),
    )
    kept = read_arrays(store.folder, _NAME, mark)
    if kept is not None:
        matrix = csr_array((kept["data"], kept["indices"], kept["indptr"]), shape=(store.n_rows, len(names)))
        return Words(
            names, matrix, kept["totals"], int(kept["articles"][0]), *(kept[name] for name in _COUNTS)
        )
    words = _fill(store, names, code, np.isin(names, reporting))
    if words.counts.nnz >= LEAST_KEPT:
        arrays = {name: getattr(words.counts, name) for name in ("data", "indices", "indptr")}
        arrays |= {"totals": words.totals, "articles": np.array([words.articles])}
        keep_arrays(store.folder, _NAME, mark, arrays | {name: getattr(words, name) for name in _COUNTS})
    return words


def print_parts(store: Store, *parts: str) -> list[str | bytes]:
    """List what is made of some parts of all batches depends on: the parts, and where their rows stand."""
    names = [batch.parts[part] for batch in store.manifest.batches for part in parts]
    return [*names, *(place.tobytes() for place in store.maps)]


def _fill(store: Store, names: np.ndarray, code: np.ndarray, is_out: np.ndarray) -> Words:
    """Fill the matrix from the words of all batches; of words that are `is_out` occurrences as a slogan."""
    totals, lengths = (np.zeros(store.n_rows, dtype=np.int64) for _ in range(2))
    filled, articles = [], 0
    for pairs, place in zip(store.iter_pairs(), store.maps, strict=True):
        row = place[pairs.row]
        # A page that is in the store no more has no row.
        is_here = row >= 0
        totals[row[is_here]] = pairs.total[is_here]
        articles += int(is_here.sum())
        column = code[pairs.word]
        n = np.where(is_out[column], pairs.n_slogan, pairs.n)
        is_kept = (n > 0) & np.repeat(is_here, pairs.rows)
        some = np.repeat(np.arange(len(row)), pairs.rows)[is_kept]
        length = np.bincount(some, minlength=len(row))
        lengths[row[is_here]] = length[is_here]
        counts = n[is_kept]
        narrow = counts.astype(np.min_scalar_type(counts.max(initial=0)))
        filled.append(Filled(row[is_here], length[is_here], column[is_kept], narrow))
    matrix = _join(filled, lengths, len(names))
    return Words(names, matrix, totals, articles, *add_up(matrix, np.arange(store.n_rows)))


def _join(filled: list[Filled], lengths: np.ndarray, width: int) -> csr_array:
    """Join batches, each given up as soon as it stands in its place."""
    edges = np.concatenate([[0], np.cumsum(lengths)])
    dtype = np.result_type(np.uint8, *(some.counts.dtype for some in filled))
    columns, counts = np.empty(edges[-1], dtype=np.int32), np.empty(edges[-1], dtype=dtype)
    filled.reverse()
    while filled:
        some = filled.pop()
        begins = edges[some.rows]
        steps = begins - (np.cumsum(some.lengths) - some.lengths)
        if len(steps) and (steps == steps[0]).all():
            here = slice(steps[0], steps[0] + len(some.columns))
        else:
            here = np.repeat(steps, some.lengths) + np.arange(len(some.columns))
        columns[here], counts[here] = some.columns, some.counts
    return join_matrix(counts, columns, lengths, width)
