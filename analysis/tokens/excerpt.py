"""The part of the dictionary that a short text can have words of, read in a tenth of the time of the whole.

A segmenter asks for words that stand in its text, and for the sum of all frequencies. So it cuts a text alike
with the whole dictionary and with those of its words whose first characters stand in the text side by side.
"""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

#: SHA-256 of a dictionary -> sum of its frequencies, each word taken once. For others the whole one is read.
_TOTALS = {"7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8": 60101964}
_CHARACTERS = 0x110000
_SPACE, _LINE_END = 0x20, 0x0A


class Excerpt(NamedTuple):
    """Some lines of a dictionary.

    Attributes:
        frequencies: By word.
        tags: Part of speech, by word.
        total: Sum of the frequencies of all lines, those left out too.
    """

    frequencies: dict[str, int]
    tags: dict[str, str]
    total: int


class Pairs:
    """Characters that stand side by side in texts; numbered, so that many words are looked up at once."""

    def __init__(self, text: str) -> None:
        """Take the pairs of a text."""
        self.words = frozenset(map("".join, pairwise(text))).union(text)
        codes = _encode(text)
        distinct, numbers = np.unique(codes, return_inverse=True)
        self._number = np.zeros(_CHARACTERS, dtype=np.int32)
        self._number[distinct] = np.arange(1, len(distinct) + 1)
        self._is_pair = np.zeros((len(distinct) + 1,) * 2, dtype=bool)
        self._is_pair[numbers[:-1] + 1, numbers[1:] + 1] = True

    def may_hold(self, word: str) -> bool:
        """Tell whether the text may hold a word: it has its first three characters side by side."""
        return word[:2] in self.words and (len(word) < 3 or word[1:3] in self.words)

    def find(self, codes: np.ndarray, starts: np.ndarray) -> np.ndarray:
        """Find the lines of a dictionary whose word the text may hold.

        Args:
            codes: Characters of the dictionary.
            starts: Where its lines begin.

        Returns:
            Where these lines begin.
        """
        first, second = (self._number[codes[starts + place]] for place in (0, 1))
        is_one = (codes[starts + 1] == _SPACE) & (first > 0)
        starts = starts[is_one | self._is_pair[first, second]]
        second, third = (self._number[codes[starts + place]] for place in (1, 2))
        is_short = (codes[starts + 1] == _SPACE) | (codes[starts + 2] == _SPACE)
        return starts[is_short | self._is_pair[second, third]]


def read_excerpt(file: Path, pairs: Pairs) -> Excerpt | None:
    """Read the words of a dictionary that a text may hold.

    Args:
        file: A line a word: word, frequency, part of speech.
        pairs: Of the text.

    Returns:
        All words that stand in the text, and some that do not; None for a dictionary that is not known.
    """
    total, text = _read_known(file)
    if not total:
        return None
    codes = _encode(text)
    starts = np.append(0, np.flatnonzero(codes == _LINE_END)[:-1] + 1)
    lines = [text[start : text.index("\n", start)].split(" ") for start in pairs.find(codes, starts).tolist()]
    frequencies = {word: int(frequency) for word, frequency, _ in lines}
    return Excerpt(frequencies, {word: tag for word, _, tag in lines}, total)


def holds_word(file: Path, word: str) -> bool:
    """Tell whether a dictionary has a word."""
    text = _read_known(file)[1]
    return text.startswith(f"{word} ") or f"\n{word} " in text


@cache
def _read_known(file: Path) -> tuple[int, str]:
    """Read a dictionary and the sum of its frequencies; 0 where that is not known."""
    content = file.read_bytes()
    return _TOTALS.get(hashlib.sha256(content).hexdigest(), 0), content.decode("utf-8")


def _encode(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
