"""Signs: which telling characters stand where on a page, found for all of its lines at once.

Most lines are plain text. Asking tables for their characters tells which lines a rule need not look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np

#: Tables know the characters below this; the last place stands for all others.
_KNOWN = 2**16
_OTHER = _KNOWN - 1
#: Planes of Unicode that have digits.
_DIGITS = 2 * 2**16
#: Signs of one table at most: one bit each.
_MOST = 8


def encode(text: str) -> np.ndarray:
    """Characters of a text as numbers.

    Example:
        >>> encode("县A").tolist()
        [21439, 65]
    """
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def tabulate(*signs: Iterable[str]) -> np.ndarray:
    """Make a table of characters: those of the first sign have bit 1, of the second 2, of the third 4 …

    Characters beyond the first 65 535 share one place, which has the bits of all of them.

    Raises:
        ValueError: There are more than eight signs.
    """
    if len(signs) > _MOST:
        raise ValueError(f"{len(signs)} signs: a table has {_MOST} bits; make two tables")
    table = np.zeros(_KNOWN, dtype=np.uint8)
    for number, chars in enumerate(signs):
        table[[min(ord(char), _OTHER) for char in chars]] |= 1 << number
    return table


@cache
def digits() -> frozenset[str]:
    """All digits, as regular expressions say."""
    return frozenset(filter(str.isdecimal, map(chr, range(_DIGITS))))


def look_up(codes: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Bits of each character."""
    return table.take(codes, mode="clip")


def gather(bits: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Bits of all characters of each line together.

    Args:
        bits: As from `look_up`.
        starts: Where each line starts; no line is empty.
        ends: Where each ends.

    Example:
        >>> bits = look_up(encode("讯。\\n电"), tabulate("讯电", "。"))
        >>> gather(bits, np.array([0, 3]), np.array([2, 4])).tolist()
        [3, 1]
    """
    edges = np.empty(2 * len(starts), dtype=np.intp)
    edges[::2], edges[1::2] = starts, ends
    padded = np.zeros(len(bits) + 1, dtype=bits.dtype)
    padded[:-1] = bits
    return np.bitwise_or.reduceat(padded, edges)[::2]


def count(chosen: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """How many characters are chosen between each start and its end.

    Example:
        >>> count(np.array([True, False, True]), np.array([0, 1, 3]), np.array([3, 1, 3])).tolist()
        [2, 0, 0]
    """
    places = chosen.nonzero()[0]
    return places.searchsorted(ends) - places.searchsorted(starts)
