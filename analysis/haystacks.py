"""Searching many short texts as few long ones: joined, searched at once, and every find put back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import numpy as np
from ahocorasick_rs import AhoCorasick, BytesAhoCorasick

#: Stands between two texts.
BORDER = "\0"
# About what fits the caches of a processor while each character is looked at as a number.
_CHARS = 250_000


class Haystack(NamedTuple):
    """Some texts joined: the number of the first one, the whole, and where each of them begins in it."""

    first: int
    text: str
    begins: np.ndarray


class Places(NamedTuple):
    """Where finds belong: the number of the text, and the offset into it."""

    docs: np.ndarray
    starts: np.ndarray


def join_texts(texts: list[str], *, border: str = BORDER, chars: int | None = None) -> Iterator[Haystack]:
    """Join texts to haystacks of bounded length.

    Args:
        texts: Any texts; a single one is never cut.
        border: Stands between two of them; a character that no pattern holds.
        chars: Length from which a haystack is full; None for one that suits a processor.

    Yields:
        Haystacks in the order of the texts, each text in exactly one of them.

    Example:
        >>> [hay.text for hay in join_texts(["共富", "八八", "双减"], border="|", chars=4)]
        ['共富|八八', '双减']
    """
    first, size, most = 0, 0, chars or _CHARS
    for number, text in enumerate(texts, start=1):
        size += len(text)
        if size >= most or number == len(texts):
            some = texts[first:number]
            ends = np.cumsum([len(one) + len(border) for one in some])
            yield Haystack(first, border.join(some), np.concatenate([[0], ends[:-1]]))
            first, size = number, 0


def place_finds(haystack: Haystack, starts: np.ndarray) -> Places:
    """Tell in which text, and where in it, something begins.

    Args:
        haystack: From `join_texts`.
        starts: Offsets into the haystack.

    Returns:
        Numbers of the texts, counted as they were given to `join_texts`, and offsets into them.
    """
    inside = np.searchsorted(haystack.begins, starts, side="right") - 1
    return Places(haystack.first + inside, starts - haystack.begins[inside])


def find_patterns(
    automaton: AhoCorasick | BytesAhoCorasick, text: str | bytes, *, overlapping: bool = False
) -> np.ndarray:
    """Find the patterns of an automaton as an array.

    Args:
        automaton: Over any patterns.
        text: Any text, or bytes where the patterns are bytes.
        overlapping: Whether patterns inside others are found too.

    Returns:
        One row a find, in the order of the automaton: number of the pattern, start, end.
    """
    found = automaton.find_matches_as_indexes(text, overlapping=overlapping)
    return np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found)).reshape(-1, 3)


def choose_border(patterns: Iterable[str]) -> str:
    """Choose a character that none of the patterns holds.

    Args:
        patterns: Any texts.

    Returns:
        `BORDER`, or the first character behind it that will do.

    Example:
        >>> choose_border(["共富", chr(0)]) == chr(1)
        True
    """
    taken = set().union(*patterns)
    return next(character for character in map(chr, range(len(taken) + 1)) if character not in taken)
