"""How evenly words stand in the articles of a selection, from a matrix of counts in bounded memory."""

from __future__ import annotations

import numpy as np

from analysis.measures.dispersion import deviate_cells, find_room, normalise_deviation, sum_deviation
from analysis.shelves.matrices.words import Words, find_cells

# What sums of numbers as they are rounded may be off by, and more.
_MARGIN = 1e-9


def disperse(words: Words, rows: np.ndarray, codes: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Measure how evenly words stand in articles: DPnorm, to the last digit that of `measures.dp_norm`.

    Args:
        words: The matrix.
        rows: Rows of table `articles`, ascending: the parts, their size all their words.
        codes: Numbers of the words.
        n: Occurrences of each of these words in the rows.

    Returns:
        One value for each word, 0-1; not a number when all words are in one article.

    Source:
        See `measures.dp_norm`. Cells are added up in the order of the articles, as it adds them.
    """
    shares = share_sizes(words, rows)
    sums = np.zeros(len(codes))
    every = np.arange(len(codes))
    for article, word, count in find_cells(words.counts, rows, codes):
        parts = deviate_cells(count, n[word], shares[article])
        # The sums so far come first, so that every sum is made in one order whatever the blocks.
        sums = np.bincount(
            np.concatenate([every, word]), weights=np.concatenate([sums, parts]), minlength=len(codes)
        )
    return normalise_deviation(sum_deviation(sums), shares)


def bound_evenness(words: Words, rows: np.ndarray, n_articles: np.ndarray) -> np.ndarray:
    """Bound 1 - DPnorm of words from above by the number of articles that have each.

    DP is 1 - sum min(v_i / f, s_i) over the articles with the word, and that sum no more than what so many
    of the longest articles have of all words.

    Args:
        words: The matrix.
        rows: Rows of table `articles`.
        n_articles: Articles of these with each word.

    Returns:
        One value for each word, 0-1 and a little; 1 where dispersion does not count.
    """
    shares = share_sizes(words, rows)
    room = find_room(shares)
    if room <= 0:
        return np.ones(len(n_articles))
    reached = np.concatenate([[0.0], np.cumsum(np.sort(shares)[::-1])])
    return np.clip(1 - (1 - reached[n_articles]) / room, 0, 1) + _MARGIN


def share_sizes(words: Words, rows: np.ndarray) -> np.ndarray:
    """Share of each article in all words."""
    sizes = words.totals[rows].astype(float)
    total = sizes.sum()
    return sizes / total if total else sizes
