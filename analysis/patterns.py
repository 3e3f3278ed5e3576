"""Patterns that readers type: regular expressions, or plain words, in time that their texts bound."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import re2

# Bytes that a compiled pattern may take; more is refused, which bounds the time to compile as well.
_MOST_MEMORY = 2 << 20
# States of the pattern times bytes of the text: what one search of one text can cost at the worst, a few
# seconds. A search is never given up in the middle, so a pattern that is too wide is not begun with.
_MOST_STEPS = 5_000_000_000
# UTF-8 bytes that do not begin a character.
_CONTINUATION = bytes(range(0x80, 0xC0))


class PatternError(ValueError):
    """A pattern that cannot be searched for."""


class Pattern(NamedTuple):
    """A pattern of RE2, whose time grows with the length of the text and never explodes.

    Attributes:
        written: As it was typed.
        compiled: The machine.
        is_regex: False for plain words.

    Source:
        R. Cox, Regular expression matching can be simple and fast, 2007; RE2's syntax:
        https://github.com/google/re2/wiki/Syntax
    """

    written: str
    compiled: re2._Regexp
    is_regex: bool


def compile_pattern(written: str, *, regex: bool = True) -> Pattern:
    """Compile a pattern.

    Args:
        written: Regular expression, or plain words.
        regex: False takes it for plain words.

    Returns:
        The pattern.

    Raises:
        PatternError: It is empty, or no pattern.
    """
    if not written:
        raise PatternError("the pattern is empty; expected words, or a regular expression as 共同.{0,9}富裕")
    options = re2.Options()
    options.literal = not regex
    options.log_errors = False
    options.max_mem = _MOST_MEMORY
    options.never_capture = True
    try:
        return Pattern(written, re2.compile(written.encode("utf-8"), options), regex)
    except UnicodeEncodeError as error:
        raise PatternError(f"{written!r}: has half a character at {error.start}; type it anew") from error
    except re2.error as error:
        raise PatternError(f"{written}: {_explain(error)}") from error


def check_width(pattern: Pattern, longest: int) -> None:
    """Refuse a pattern that could take too long on the longest of the texts.

    Args:
        pattern: From `compile_pattern`.
        longest: Characters of the longest text.

    Raises:
        PatternError: It is too wide.
    """
    if pattern.compiled.programsize * 3 * longest > _MOST_STEPS:
        raise PatternError(
            f"{pattern.written}: too wide for texts of {longest} characters; expected smaller numbers of"
            " repetition"
        )


def may_match(pattern: Pattern, columns: Sequence[pa.Array]) -> np.ndarray:
    """Tell which rows may have a match, all texts at once; those that cannot need no closer look.

    Nothing stops this in the middle, so for a pattern that may take long every row may have one.

    Args:
        pattern: From `compile_pattern`.
        columns: Texts, columns of one length, one at least.

    Returns:
        One bool a row; True also where all matches are empty.
    """
    if not pattern.is_regex or pattern.compiled.programsize * sum(c.nbytes for c in columns) > _MOST_STEPS:
        return np.ones(len(columns[0]), dtype=bool)
    found = [pc.match_substring_regex(column, pattern.compiled.pattern) for column in columns]
    return np.logical_or.reduce([one.to_numpy(zero_copy_only=False) for one in found])


def iter_spans(pattern: Pattern, text: str, deadline: float) -> Iterator[tuple[int, int]]:
    """Find the matches in a text that are not empty, until the time is over.

    Args:
        pattern: From `compile_pattern`, its width checked.
        text: Any text without halves of characters.
        deadline: Of `time.monotonic`.

    Yields:
        Start and end of each match, in characters.

    Example:
        >>> list(iter_spans(compile_pattern("共同?富裕?"), "促共同富裕、共富", time.monotonic() + 9))
        [(1, 5), (6, 8)]
    """
    encoded = text.encode("utf-8")
    at = characters = 0
    for match in pattern.compiled.finditer(encoded):
        first, behind = match.span()
        start = characters + _count_characters(encoded[at:first])
        end = start + _count_characters(encoded[first:behind])
        at, characters = behind, end
        if end > start:
            yield start, end
        if time.monotonic() > deadline:
            return


def _explain(error: re2.error) -> str:
    """Say what is wrong with a pattern and how to put it right."""
    reason = error.args[0].decode("utf-8", "replace") if error.args else "no pattern"
    if "too large" in reason or "repetition size" in reason:
        return f"{reason}; expected numbers of repetition up to 1000, and fewer of them"
    if "invalid perl operator" in reason or "invalid escape" in reason:
        return f"{reason}; look-around and references to groups are not known, write out what is meant"
    return f"{reason}; put \\ before a mark that stands for itself, or search for plain words"


def _count_characters(encoded: bytes) -> int:
    """Count the characters that begin in a stretch of UTF-8."""
    return len(encoded.translate(None, _CONTINUATION))
