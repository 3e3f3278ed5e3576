"""Searching texts that are read a batch at a time, in bounded memory and bounded time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.fields import HEADLINE_FIELDS
from analysis.shelves.origin import Texts

#: Seconds after which a search in all texts stops where it is.
SEARCH_SECONDS = 10.0
# White space as `str.isspace` knows it, in RE2's words.
_SPACE = r"[\s\p{Z}\x{1C}-\x{1F}\x{85}\x{0B}]*"


class Matches(NamedTuple):
    """Which rows of table `articles` a search found, and whether it was stopped before the last text."""

    mask: np.ndarray
    is_cut: bool


def find_words(
    articles: pd.DataFrame, texts: Iterable[Texts], words: str, *, seconds: float = SEARCH_SECONDS
) -> Matches:
    """Find the articles with some characters in headlines or text.

    White space between the characters is passed over, letter case does not matter.

    Args:
        articles: Table `articles`, without `text` or with it.
        texts: All texts, batch by batch.
        words: Characters; without white space.
        seconds: Time after which no further batch is read.

    Returns:
        One bool a row.

    Example:
        >>> articles = pd.DataFrame({"kicker": ["", ""], "headline": ["托 育", ""], "subhead": ["", ""]})
        >>> texts = [Texts(np.arange(2), pa.array(["", "托\\n育"]))]
        >>> find_words(articles, texts, "托育").mask.tolist()
        [True, True]
    """
    pattern = write_pattern(words)
    mask = np.zeros(len(articles), dtype=bool)
    for field in HEADLINE_FIELDS:
        mask |= match(pa.array(articles[field], pa.large_string()), pattern)
    deadline = time.monotonic() + seconds
    for some in texts:
        mask[some.rows] |= match(some.texts, pattern)
        if time.monotonic() > deadline:
            return Matches(mask, is_cut=True)
    return Matches(mask, is_cut=False)


def write_pattern(words: str) -> str:
    """Write characters as a pattern of RE2 that passes over white space and letter case.

    Example:
        >>> write_pattern("A托").startswith("(?i)A[")
        True
    """
    has_case = words.lower() != words.upper()
    return ("(?i)" if has_case else "") + _SPACE.join(re.escape(character) for character in words)


def match(texts: pa.Array, pattern: str) -> np.ndarray:
    """Tell which texts a pattern of RE2 matches."""
    found = pc.fill_null(pc.match_substring_regex(texts, pattern), False)
    return found.to_numpy(zero_copy_only=False)


def find_candidates(candidates: list[str], texts: Iterable[Iterable[str]], seconds: float) -> Iterator[str]:
    """Find which formulae stand in texts, in the order found; stops when the time is over."""
    left = {candidate.casefold(): candidate for candidate in candidates}
    deadline = time.monotonic() + seconds
    for some in texts:
        joined = re.sub(r"\s+", "", "\0".join(some)).casefold()
        found = [name for name in left if name in joined]
        yield from (left.pop(name) for name in found)
        if not left or time.monotonic() > deadline:
            return
