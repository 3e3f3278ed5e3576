"""Association: how closely two things go together.

One notation for both: f_xy is the joint count, f_x and f_y are the counts of each.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from analysis.measures.counts import MeasureError, broadcast_counts, require_part


def log_dice(joint: ArrayLike, x: ArrayLike, y: ArrayLike) -> np.ndarray:
    """Compute logDice, 14 + log2(2 f_xy / (f_x + f_y)).

    Args:
        joint: Joint count f_xy.
        x: Count of the one, f_x.
        y: Count of the other, f_y.

    Returns:
        Of the broadcast shape. 14 where the two are never seen apart; one less is half as close; usual
        values are below 10. Minus infinity where they never meet; not a number where neither is seen.

    Raises:
        MeasureError: A count is negative.

    Note:
        It does not depend on the size of the corpus, so that corpora can be compared. Set a minimum for the
        joint count: a pair that was seen once, together, has 14.

    Source:
        P. Rychlý, A lexicographer-friendly association score, RASLAN 2008.

    Example:
        >>> log_dice(100, 200, 300).round(3).tolist()
        12.678
    """
    joint, x, y = broadcast_counts(joint, x, y)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 14 + np.log2(2 * joint / (x + y))


def npmi(joint: ArrayLike, x: ArrayLike, y: ArrayLike, n: ArrayLike) -> np.ndarray:
    """Compute normalised pointwise mutual information, ln(p_xy / (p_x p_y)) / -ln p_xy.

    Args:
        joint: Units (articles, sentences) that have both, f_xy.
        x: Units that have the one, f_x.
        y: Units that have the other, f_y.
        n: All units.

    Returns:
        Of the broadcast shape: -1 never together, 0 as by chance, 1 only together (also where both are in
        every unit). Not a number where one of them is in no unit.

    Raises:
        MeasureError: A count is negative, more than the units, or a joint count more than its parts.

    Note:
        It favours rare pairs less than PMI does, and still does; for collocates take `log_dice`. Mean NPMI
        of the first words of a topic is the usual measure of its coherence.

    Source:
        G. Bouma, Normalized (pointwise) mutual information in collocation extraction, GSCL 2009.

    Example:
        >>> npmi([5, 2, 0], [5, 4, 5], [5, 4, 5], [10, 8, 10]).round(3).tolist()
        [1.0, 0.0, -1.0]
    """
    joint, x, y, n = broadcast_counts(joint, x, y, n)
    require_part(np.maximum(x, y), n)
    if (joint > np.minimum(x, y)).any():
        raise MeasureError(
            "a joint count is more than one of its parts; expected f_xy <= f_x and f_xy <= f_y"
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(joint * n / (x * y)) / -np.log(joint / n)
    information = np.where(joint == 0, -1.0, np.where(joint == n, 1.0, information))
    return np.where((x > 0) & (y > 0), np.clip(information, -1, 1), np.nan)
