"""Keyness: how much more frequent a thing is in one selection than in another, and how sure that is.

One notation for all: a and b are its counts in A and in B, c and d the sizes of A and B in the same unit
(words for words, articles for articles).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv, chdtrc, xlogy

from analysis.measures.counts import MeasureError, broadcast_counts, require_confidence, require_part

#: What a count of zero is taken for in a log ratio.
ZERO = 0.5


def g2_two_terms(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> np.ndarray:
    """Compute the log-likelihood ratio of two counts with two terms.

    G2 = 2 (a ln(a / E1) + b ln(b / E2)) with E1 = c (a + b) / (c + d), E2 = d (a + b) / (c + d). It looks at
    the occurrences alone, as if they were drawn from a Poisson distribution; `g2_four_terms` looks at the
    rest of the two selections too.

    Args:
        a: Occurrences in A.
        b: Occurrences in B.
        c: Size of A.
        d: Size of B.

    Returns:
        G2 from 0 up, of the broadcast shape; not a number where A or B has no size. It has no sign: which
        side is the more frequent one, `log_ratio` tells.

    Raises:
        MeasureError: A count is negative or more than the size.

    Note:
        G2 is evidence, not effect: it grows with the size of the selections. It takes every occurrence for
        independent, and words come in clumps: look at the numbers of articles too.

    Source:
        P. Rayson and R. Garside, Comparing corpora using frequency profiling, 2000.

    Example:
        >>> g2_two_terms([100, 30], [50, 5], [10_000, 50_000], [10_000, 500_000]).round(3).tolist()
        [16.99, 116.119]
    """
    a, b, c, d = _broadcast(a, b, c, d)
    expected_a, expected_b = _expect(a, b, c, d)
    return np.maximum(2 * (_term(a, expected_a) + _term(b, expected_b)), 0.0)


def g2_four_terms(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> np.ndarray:
    """Compute the log-likelihood ratio of a two-by-two table, all four cells.

    To `g2_two_terms` it adds the cells without the thing, c - a and d - b: the likelihood ratio of two
    binomial shares. The right one where every case has the thing or has it not (articles).

    Args:
        a: Cases with the thing in A.
        b: Cases with the thing in B.
        c: All cases of A.
        d: All cases of B.

    Returns:
        G2 from 0 up, of the broadcast shape; not a number where A or B has no cases. It has no sign.

    Raises:
        MeasureError: A count is negative or more than the size.

    Source:
        T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational
        Linguistics 19 (1993); the example is on p. 72.

    Example:
        >>> g2_four_terms(10, 0, 10 + 3, 0 + 31_764).round(2).tolist()
        167.23
    """
    a, b, c, d = _broadcast(a, b, c, d)
    expected_a, expected_b = _expect(a, b, c, d)
    present = _term(a, expected_a) + _term(b, expected_b)
    absent = _term(c - a, c - expected_a) + _term(d - b, d - expected_b)
    return np.maximum(2 * (present + absent), 0.0)


def g2_p_value(g2: ArrayLike) -> np.ndarray:
    """Tell how often chance alone gives so high a G2.

    Args:
        g2: From `g2_two_terms` or `g2_four_terms`.

    Returns:
        Upper tail of the chi-squared distribution with one degree of freedom, 0-1, not corrected for the
        number of candidates.

    Source:
        S. S. Wilks, The large-sample distribution of the likelihood ratio, 1938. The usual cut-offs 3.84,
        6.63, 10.83 and 15.13 are p = 0.05, 0.01, 0.001 and 0.0001.

    Example:
        >>> g2_p_value([3.841459, 15.136705]).round(6).tolist()
        [0.05, 0.0001]
    """
    return chdtrc(1, np.maximum(np.asarray(g2, dtype=float), 0))


def log_ratio(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> np.ndarray:
    """Compute the binary logarithm of the ratio of two rates.

    log2((a / c) / (b / d)); a count of zero is taken as `ZERO`, so that the ratio stays finite.

    Args:
        a: Occurrences in A.
        b: Occurrences in B.
        c: Size of A.
        d: Size of B.

    Returns:
        Doublings, of the broadcast shape: 1 is twice as frequent in A, -1 twice as frequent in B, 0 alike
        (or in neither of two selections of one size). Not a number where A or B has no size.

    Raises:
        MeasureError: A count is negative or more than the size.

    Note:
        Effect, not evidence: with few occurrences it is large by chance (see `conservative_log_ratio`).

    Source:
        A. Hardie, Log Ratio: an informal introduction, 2014.

    Example:
        >>> log_ratio([100, 12], [50, 0], [10_000, 20_000], [10_000, 200_000]).round(3).tolist()
        [1.0, 7.907]
    """
    a, b, c, d = _broadcast(a, b, c, d)
    a, b = np.where(a == 0, ZERO, a), np.where(b == 0, ZERO, b)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log2(a) - np.log2(b) + np.log2(d) - np.log2(c)
    return np.where((c > 0) & (d > 0), ratio, np.nan)


def conservative_log_ratio(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    candidates: int = 1,
    confidence: float = 0.95,
) -> np.ndarray:
    """Compute the log ratio that is certain: the end of its interval that is nearer to zero.

    The exact (Clopper and Pearson) binomial interval of a out of a + b is turned into log ratios,
    log2(p / (1 - p) x d / c). Its confidence is corrected for the number of candidates (Bonferroni).

    Args:
        a: Occurrences in A.
        b: Occurrences in B.
        c: Size of A.
        d: Size of B.
        candidates: How many words or slogans were compared in the same run.
        confidence: Coverage of the interval over all candidates together, between 0 and 1.

    Returns:
        Doublings, of the broadcast shape, positive where A has more; 0 where the interval has zero in it,
        which is: the evidence is too thin to say which side has more. Not a number where A or B has no size.

    Raises:
        MeasureError: A count is negative or more than the size, there is no candidate, or the confidence is
            not between 0 and 1.

    Source:
        S. Evert, Measuring keyness, Digital Humanities 2022.

    Example:
        >>> conservative_log_ratio(30, 5, 50_000, 500_000).round(3).tolist()
        4.527
        >>> conservative_log_ratio([30, 100], [5, 50], [50_000, 10_000], [500_000, 10_000],
        ...     candidates=1000).round(3).tolist()
        [3.416, 0.0]
    """
    a, b, c, d = _broadcast(a, b, c, d)
    require_confidence(confidence)
    if candidates < 1:
        raise MeasureError(f"candidates {candidates}: none; expected the number of words compared, from 1 up")
    tail = (1 - confidence) / candidates / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        # Odds of the ends of the interval; the upper end mirrors the lower one with A and B exchanged, which
        # keeps more digits than 1 - p for the tiny tails of many candidates.
        low = np.where(a > 0, _odds(a, b, tail), 0.0)
        high = np.where(b > 0, 1 / _odds(b, a, tail), np.inf)
        low, high = np.log2(low * d / c), np.log2(high * d / c)
    sure = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    return np.where((c > 0) & (d > 0), sure, np.nan)


def _odds(successes: np.ndarray, failures: np.ndarray, tail: float) -> np.ndarray:
    """Compute the odds of the lower end of the Clopper-Pearson interval."""
    share = betaincinv(np.maximum(successes, 1), failures + 1, tail)
    return share / (1 - share)


def _broadcast(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> tuple[np.ndarray, ...]:
    arrays = broadcast_counts(a, b, c, d)
    require_part(arrays[0], arrays[2])
    require_part(arrays[1], arrays[3])
    return arrays


def _expect(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    has_size = (c > 0) & (d > 0)
    rate = np.where(has_size, (a + b) / np.where(has_size, c + d, 1), np.nan)
    return c * rate, d * rate


def _term(count: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Compute count x ln(count / expected): 0 without a count, not a number where nothing is known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.isnan(expected), np.nan, xlogy(count, np.where(count > 0, count / expected, 1.0)))
