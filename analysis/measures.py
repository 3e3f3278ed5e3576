"""Statistics of counts, on plain numbers and arrays: no table, no text."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm


class MeasureError(ValueError):
    """Counts that no sample can have."""


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
    n, total = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(trials, dtype=float))
    _check_counts(n, total, confidence)
    z2 = norm.ppf((1 + confidence) / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        share = n / total
        middle = (share + z2 / (2 * total)) / (1 + z2 / total)
        half = np.sqrt(z2 * (share * (1 - share) / total + z2 / (4 * total**2))) / (1 + z2 / total)
    # Rounding must not push the ends past what a share can be, nor off the exact ends at 0 and at 1.
    low = np.where(n == 0, 0.0, np.clip(middle - half, 0, 1))
    high = np.where(n == total, 1.0, np.clip(middle + half, 0, 1))
    return np.where(total > 0, low, np.nan), np.where(total > 0, high, np.nan)


def _check_counts(n: np.ndarray, total: np.ndarray, confidence: float) -> None:
    if not 0 < confidence < 1:
        raise MeasureError(f"confidence {confidence} is no share; expected a number between 0 and 1, as 0.95")
    if (n < 0).any() or (total < 0).any():
        raise MeasureError("a count is negative; expected counts from 0 up")
    if (n > total).any():
        raise MeasureError("there are more successes than trials; expected successes <= trials")
