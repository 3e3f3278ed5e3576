"""Tokens of many texts as arrays: what is done to millions of them is done to whole arrays at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

Key = TypeVar("Key")


class Numbers(dict[Key, int]):
    """Numbers for things: a new one gets the next number.

    Example:
        >>> numbers = Numbers()
        >>> [numbers[thing] for thing in "abca"]
        [0, 1, 2, 0]
    """

    def __missing__(self, thing: Key) -> int:
        number = self[thing] = len(self)
        return number


#: Numbers of pairs of word and flag.
Kinds = Numbers[tuple[str, str]]


class TokenColumns(NamedTuple):
    """Tokens in reading order.

    Attributes:
        words: The word of each kind.
        flags: The flag of each kind.
        kind: Kind of each token.
        text: Number of the text that each token stands in.
        start: Offset of its first character in the text.
        end: Offset behind its last character.
    """

    words: list[str]
    flags: list[str]
    kind: np.ndarray
    text: np.ndarray
    start: np.ndarray
    end: np.ndarray


class Spans(NamedTuple):
    """Kinds of tokens, and where the tokens stand in one long text, in reading order."""

    kind: np.ndarray
    start: np.ndarray
    end: np.ndarray


def merge_spans(parts: Iterable[Spans]) -> Spans:
    """Put spans that do not overlap into one reading order."""
    kind, start, end = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(start, kind="stable")
    return Spans(kind[order], start[order], end[order])


def join_spans(spans: Spans, first: np.ndarray, last: np.ndarray, kind: np.ndarray) -> Spans:
    """Replace runs of spans by one span each.

    Args:
        spans: Any spans.
        first: Number of the first span of each run.
        last: Number of its last one; runs do not overlap.
        kind: Kind of the new span.

    Returns:
        The spans, each run as one of them.

    Example:
        >>> spans = Spans(np.array([0, 1, 2]), np.array([0, 2, 3]), np.array([2, 3, 4]))
        >>> [column.tolist() for column in join_spans(spans, np.array([0]), np.array([1]), np.array([9]))]
        [[9, 2], [0, 3], [3, 4]]
    """
    if not len(first):
        return spans
    kinds, ends = spans.kind.copy(), spans.end.copy()
    kinds[first], ends[first] = kind, spans.end[last]
    depth = np.zeros(len(kinds) + 1, dtype=np.int64)
    depth[first + 1] += 1
    depth[last + 1] -= 1
    is_kept = np.cumsum(depth[:-1]) == 0
    return Spans(kinds[is_kept], spans.start[is_kept], ends[is_kept])


class KindFacts(NamedTuple):
    """What is asked of kinds: word, its length, and the number of the flag among the distinct ones."""

    words: Sequence[str]
    lengths: np.ndarray
    flag_of: np.ndarray
    flags: list[str]


def describe_kinds(kinds: Kinds) -> KindFacts:
    """Tell word, length and flag of each kind."""
    numbers: Numbers[str] = Numbers()
    words, flags = zip(*kinds, strict=True) if kinds else ((), ())
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(kinds))
    flag_of = np.fromiter(map(numbers.__getitem__, flags), dtype=np.int64, count=len(kinds))
    return KindFacts(words, lengths, flag_of, list(numbers))


def ask_flags(facts: KindFacts, question: Callable[[str], bool]) -> np.ndarray:
    """Ask a question of each distinct flag; one bool a kind.

    Example:
        >>> kinds = Kinds({("养老", "vn"): 0, ("的", "uj"): 1})
        >>> ask_flags(describe_kinds(kinds), lambda flag: flag.startswith("v")).tolist()
        [True, False]
    """
    return np.array([question(flag) for flag in facts.flags], dtype=bool)[facts.flag_of]
