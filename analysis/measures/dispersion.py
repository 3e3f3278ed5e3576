"""Dispersion: whether a thing stands all over a corpus or in few of its parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, issparse, sparray, spmatrix

from analysis.measures.counts import MeasureError


def dp(counts: ArrayLike | sparray | spmatrix, sizes: ArrayLike) -> np.ndarray:
    """Compute the deviation of proportions, DP = 1/2 sum |v_i / f - s_i|.

    v_i is the count in part i, f the sum of all v_i, s_i the real share of part i in the size of the corpus.

    Args:
        counts: Counts in the parts; one row of parts, or a matrix (sparse too) of things x parts.
        sizes: Size of each part in one unit (words, characters, articles).

    Returns:
        0-1, one value for each row: 0 spread as the sizes are, near 1 in few small parts. Not a number for
        a thing that is in no part.

    Raises:
        MeasureError: Counts and sizes do not fit each other, or one of them is negative.

    Note:
        The highest value possible is 1 - min s, which depends on the parts: to compare corpora that are cut
        differently take `dp_norm`.

    Source:
        S. Th. Gries, Dispersions and adjusted frequencies in corpora, IJCL 13 (2008).

    Example:
        >>> dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]).round(4).tolist()
        0.18
    """
    return _deviate(*_prepare(counts, sizes), np.ndim(counts))


def dp_norm(counts: ArrayLike | sparray | spmatrix, sizes: ArrayLike) -> np.ndarray:
    """Compute the normalised deviation of proportions, DPnorm = DP / (1 - min s).

    Args:
        counts: Counts in the parts; one row of parts, or a matrix (sparse too) of things x parts.
        sizes: Size of each part in one unit; parts without size are left out.

    Returns:
        0-1, one value for each row: 0 everywhere alike, 1 in the smallest part only. Not a number for a
        thing that is in no part, and for all when there is only one part: nothing can be dispersed then.

    Raises:
        MeasureError: Counts and sizes do not fit each other, or one of them is negative.

    Note:
        A thing with fewer occurrences than there are parts cannot be spread evenly: rare things have high
        values whatever they are.

    Source:
        J. Lijffijt and S. Th. Gries, Correction to Dispersions and adjusted frequencies in corpora,
        IJCL 17 (2012); the first example is on p. 148.

    Example:
        >>> dp_norm([[2, 1, 0], [1, 1, 1]], [10, 10, 10]).round(4).tolist()
        [0.5, 0.0]
        >>> dp_norm([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]).round(4).tolist()
        0.2195
    """
    matrix, shares = _prepare(counts, sizes)
    return normalise_deviation(_deviate(matrix, shares, np.ndim(counts)), shares)


def deviate_cells(counts: np.ndarray, totals: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Say what single cells add to the sum of DP, |v_i / f - s_i| - s_i, for who adds them up in blocks.

    Args:
        counts: v_i, above 0.
        totals: f of the thing of each cell.
        shares: s_i of the part of each cell.
    """
    return np.abs(counts / totals - shares) - shares


def sum_deviation(sums: np.ndarray) -> np.ndarray:
    """Compute DP of things from the sums of `deviate_cells`; every other part i adds its s_i, together 1."""
    return np.clip((1 + sums) / 2, 0, 1)


def normalise_deviation(deviation: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Compute DPnorm from DP and the shares of all parts; see `dp_norm`."""
    room = find_room(shares)
    # Where one part is all there is, there is no room to deviate in.
    return np.minimum(deviation / room, 1.0) if room > 0 else np.full_like(deviation, np.nan)


def find_room(shares: np.ndarray) -> float:
    """Find the most that DP can be, 1 - min s, over the parts that have a size."""
    return 1 - shares[shares > 0].min(initial=1.0)


def _prepare(counts: ArrayLike | sparray | spmatrix, sizes: ArrayLike) -> tuple[csr_array, np.ndarray]:
    matrix = csr_array(counts if issparse(counts) else np.atleast_2d(np.asarray(counts, dtype=float)))
    sizes = np.asarray(sizes, dtype=float)
    if sizes.ndim != 1 or matrix.shape[1] != len(sizes):
        raise MeasureError(
            f"{matrix.shape[1]} parts have {sizes.size} sizes; expected one size for each part"
        )
    if (matrix.data < 0).any() or (sizes < 0).any():
        raise MeasureError("a count or a size is negative; expected numbers from 0 up")
    if (matrix.data[sizes[matrix.indices] == 0] > 0).any():
        raise MeasureError("a part without size has a count; expected counts in parts that have a size")
    total = sizes.sum()
    return matrix.astype(float), sizes / total if total else sizes


def _deviate(matrix: csr_array, shares: np.ndarray, ndim: int) -> np.ndarray:
    totals = matrix.sum(axis=1)
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = deviate_cells(matrix.data, totals[rows], shares[matrix.indices])
    sums = np.bincount(rows, weights=parts, minlength=matrix.shape[0])
    deviation = np.where(totals > 0, sum_deviation(sums), np.nan)
    return deviation[0] if ndim == 1 else deviation
