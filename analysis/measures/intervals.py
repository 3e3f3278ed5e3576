"""Intervals: how far a share, or the difference of two, can be off by chance."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.counts import broadcast_counts, require_confidence, require_part


def wilson_interval(
    successes: ArrayLike, trials: ArrayLike, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Bound a share by its Wilson score interval.

    Counting convention: `trials` are independent cases (articles), `successes` those of them that have the
    feature at least once. No continuity correction.

    Args:
        successes: Cases with the feature; a number or an array.
        trials: All cases, of the same shape or broadcastable.
        confidence: Coverage of the two-sided interval, between 0 and 1.

    Returns:
        Lower and upper ends, 0-1, of the broadcast shape; not a number where there are no trials.

    Raises:
        MeasureError: A count is negative, there are more successes than trials, or the confidence is not
            between 0 and 1.

    Note:
        The interval says how far a share can be off by chance alone. It does not cover pages that are
        missing from the corpus.

    Source:
        E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927);
        L. D. Brown, T. T. Cai and A. DasGupta, Statistical Science 16 (2001).

    Example:
        >>> low, high = wilson_interval([0, 1], [30, 30])
        >>> (100 * low).round(1).tolist(), (100 * high).round(1).tolist()
        ([0.0, 0.6], [11.4, 16.7])
    """
    n, total = broadcast_counts(successes, trials)
    require_confidence(confidence)
    require_part(n, total)
    z2 = find_quantile(confidence) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = n / total
        middle = (share + z2 / (2 * total)) / (1 + z2 / total)
        half = np.sqrt(z2 * (share * (1 - share) / total + z2 / (4 * total**2))) / (1 + z2 / total)
    # Rounding must not push the ends past what a share can be, nor off the exact ends at 0 and at 1.
    low = np.where(n == 0, 0.0, np.clip(middle - half, 0, 1))
    high = np.where(n == total, 1.0, np.clip(middle + half, 0, 1))
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)


def newcombe_interval(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Bound the difference of two independent shares, a / c - b / d.

    The hybrid score interval: the Wilson intervals of both shares, squared and added. No continuity
    correction.

    Args:
        a: Cases with the feature in A.
        b: Cases with the feature in B.
        c: All cases of A.
        d: All cases of B.
        confidence: Coverage of the two-sided interval, between 0 and 1.

    Returns:
        Lower and upper ends, -1 to 1, of the broadcast shape; not a number where A or B has no cases. An
        interval without 0 in it says that the shares differ.

    Raises:
        MeasureError: A count is negative, there are more cases with the feature than cases, or the
            confidence is not between 0 and 1.

    Note:
        Not corrected for the number of comparisons, and made for two samples that share no case.

    Source:
        R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics
        in Medicine 17 (1998), method 10; the example is his.

    Example:
        >>> low, high = newcombe_interval(56, 48, 70, 80)
        >>> round(float(low), 4), round(float(high), 4)
        (0.0524, 0.3339)
    """
    a, b, c, d = broadcast_counts(a, b, c, d)
    low_a, high_a = wilson_interval(a, c, confidence=confidence)
    low_b, high_b = wilson_interval(b, d, confidence=confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        share_a, share_b = a / c, b / d
    difference = share_a - share_b
    low = difference - np.hypot(share_a - low_a, high_b - share_b)
    high = difference + np.hypot(high_a - share_a, share_b - low_b)
    return np.clip(low, -1, 1), np.clip(high, -1, 1)


def mean_difference_interval(
    difference: ArrayLike,
    variance_a: ArrayLike,
    variance_b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    confidence: float = 0.95,
) -> tuple[np.ndarray, np.ndarray]:
    """Bound the difference of two means by Welch's interval.

    Args:
        difference: Mean in A minus mean in B.
        variance_a: Variance of the values of A (divided by c - 1).
        variance_b: Variance of the values of B (divided by d - 1).
        c: Number of values in A.
        d: Number of values in B.
        confidence: Coverage of the two-sided interval, between 0 and 1.

    Returns:
        Lower and upper ends in the unit of the values, of the broadcast shape; not a number where A or B
        has fewer than two values, or neither varies.

    Raises:
        MeasureError: A variance or count is negative or the confidence is not between 0 and 1.

    Source:
        B. L. Welch, The generalization of Student's problem when several different population variances
        are involved, Biometrika 34 (1947).

    Example:
        >>> low, high = mean_difference_interval(0.0, 1.0, 1.0, 5, 5)
        >>> round(float(high), 4), bool(low == -high)
        (1.4584, True)
    """
    require_confidence(confidence)
    variance_a, variance_b, c, d = broadcast_counts(variance_a, variance_b, c, d)
    from scipy.special import stdtrit  # noqa: PLC0415, slow to load, and shares need none

    with np.errstate(divide="ignore", invalid="ignore"):
        part_a, part_b = variance_a / c, variance_b / d
        freedom = (part_a + part_b) ** 2 / (part_a**2 / (c - 1) + part_b**2 / (d - 1))
        half = stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(part_a + part_b)
    half = np.where((c > 1) & (d > 1), half, np.nan)
    return np.asarray(difference) - half, np.asarray(difference) + half


def find_quantile(confidence: float) -> float:
    """Find how many standard deviations of a normal distribution a two-sided interval reaches.

    Args:
        confidence: Coverage of the interval, between 0 and 1.

    Returns:
        The quantile, 1.96 for 0.95.

    Source:
        M. J. Wichura, Algorithm AS 241, 1988, as Python's statistics module has it.

    Example:
        >>> round(find_quantile(0.95), 6)
        1.959964
    """
    return NormalDist().inv_cdf((1 + confidence) / 2)
