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
# White space between two characters: that of ASCII, and any character that may be wider white space.
_GAP = rb"[\s\x1c-\x1f]*(?:[\x80-\xff][\x00-\xff]{1,3}[\s\x1c-\x1f]*)?"


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
        >>> encoded = pa.chunked_array([[b"", "托\\n育".encode("gb18030")]])
        >>> find_words(articles, [Texts(np.arange(2), encoded, "gb18030")], "托育").mask.tolist()
        [True, True]
    """
    sought = words.casefold()
    mask = np.zeros(len(articles), dtype=bool)
    for field in HEADLINE_FIELDS:
        values = articles[field]
        some = np.flatnonzero((values != "").to_numpy(dtype=bool))
        mask[some] |= np.array([_holds(text, sought) for text in values.iloc[some].tolist()], dtype=bool)
    deadline = time.monotonic() + seconds
    for some in texts:
        places = np.flatnonzero(may_hold(some, words, spaced=True) & ~mask[some.rows])
        found = [_holds(text, sought) for text in some.take(places)]
        mask[some.rows[places]] = found
        if time.monotonic() > deadline:
            return Matches(mask, is_cut=True)
    return Matches(mask, is_cut=False)


def may_hold(some: Texts, words: str, *, spaced: bool) -> np.ndarray:
    """Tell which texts may hold some characters, by their bytes: none that does is left out.

    Args:
        some: Texts.
        words: Characters.
        spaced: Whether white space may stand between them, and letter case does not matter.

    Returns:
        One bool a text. A text may be named that lacks them, for bytes of two characters can make a third.
    """
    try:
        characters = [character.encode(some.encoding) for character in words]
    except UnicodeEncodeError:
        return np.ones(len(some.rows), dtype=bool)
    if spaced and (words.casefold() != words or words.upper() != words or not words.isprintable()):
        # Letters: too many ways to write them to be told by bytes.
        return np.ones(len(some.rows), dtype=bool)
    if not spaced:
        return _to_mask(pc.match_substring(some.column, b"".join(characters)))
    pattern = _GAP.join(b"".join(b"\\x%02x" % byte for byte in character) for character in characters)
    return _to_mask(pc.match_substring_regex(some.column, pattern))


def _to_mask(found: pa.ChunkedArray) -> np.ndarray:
    return pc.fill_null(found, False).to_numpy()


def _holds(text: str, sought: str) -> bool:
    # Most texts that hold the words hold them as they are sought.
    return sought in text or sought in "".join(text.split()).casefold()


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
