"""Counts as the measures take them: numbers or arrays, none of them below zero."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


class MeasureError(ValueError):
    """Counts that no sample can have."""


def broadcast_counts(*counts: ArrayLike) -> tuple[np.ndarray, ...]:
    """Turn counts into float arrays of one shape.

    Args:
        counts: Numbers, arrays or Series, broadcastable to one shape.

    Returns:
        One float array for each.

    Raises:
        MeasureError: A count is negative.
    """
    arrays = np.broadcast_arrays(*(np.asarray(count, dtype=float) for count in counts))
    if any((array < 0).any() for array in arrays):
        raise MeasureError("a count is negative; expected counts from 0 up")
    return tuple(arrays)


def require_confidence(confidence: float) -> None:
    """Refuse a confidence that is no share.

    Raises:
        MeasureError: The confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise MeasureError(f"confidence {confidence} is no share; expected a number between 0 and 1, as 0.95")


def require_part(parts: np.ndarray, wholes: np.ndarray) -> None:
    """Refuse a part that is more than its whole.

    Raises:
        MeasureError: There are more successes than trials.
    """
    if (parts > wholes).any():
        raise MeasureError("there are more successes than trials; expected successes <= trials")
