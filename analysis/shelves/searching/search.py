"""Searching all texts of a shelf, batches side by side, in bounded memory and bounded time."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.fields import HEADLINE_FIELDS, flatten
from analysis.shelves.origins.origin import Texts
from analysis.shelves.searching.needles import UTF_8, find_needle

#: Seconds after which a search in all texts stops where it is.
SEARCH_SECONDS = 10.0
# Batches read at a time: reading and searching bytes leave other threads their turn.
_THREADS = min(4, os.cpu_count() or 1)

_Look = TypeVar("_Look")


class Matches(NamedTuple):
    """Which rows of table `articles` a search found, and whether it was stopped before the last text."""

    mask: np.ndarray
    is_cut: bool


def find_words(
    articles: pd.DataFrame, batches: list[Callable[[], Texts]], words: str, *, seconds: float = SEARCH_SECONDS
) -> Matches:
    """Find the articles with some characters in headlines or text.

    White space between the characters is passed over, letter case does not matter (see `fields.flatten`).

    Args:
        articles: Table `articles`, without `text` or with it.
        batches: All texts, batch by batch.
        words: Characters, one at least; without white space.
        seconds: Time after which no further batch is looked through.

    Returns:
        One bool a row.

    Example:
        >>> articles = pd.DataFrame({"kicker": ["", ""], "headline": ["托 育", ""], "subhead": ["", ""]})
        >>> encoded = pa.chunked_array([[b"", "托\\n育".encode("gb18030")]])
        >>> find_words(articles, [lambda: Texts(np.arange(2), encoded, "gb18030")], "托育").mask.tolist()
        [True, True]
    """
    deadline = time.monotonic() + seconds
    mask = np.zeros(len(articles), dtype=bool)
    batches = [*(partial(_encode, articles[field]) for field in HEADLINE_FIELDS), *batches]
    looked = look_through(batches, lambda some: (some.rows, find_needle(some.column, words, some.encoding)))
    for number, (rows, found) in enumerate(looked, start=1):
        mask[rows] |= found
        if number < len(batches) and time.monotonic() > deadline:
            return Matches(mask, is_cut=True)
    return Matches(mask, is_cut=False)


def look_through(batches: Iterable[Callable[[], Texts]], look: Callable[[Texts], _Look]) -> Iterator[_Look]:
    """Look through batches of texts in several threads, a few batches ahead of whoever asks.

    Args:
        batches: Each reads some texts.
        look: Called in a thread, with the texts of a batch.

    Yields:
        What `look` gives, in the order of the batches.
    """
    ahead: deque[Future[_Look]] = deque()
    with ThreadPoolExecutor(_THREADS) as pool:
        try:
            for read in batches:
                ahead.append(pool.submit(partial(_read_and_look, read, look)))
                if len(ahead) > _THREADS:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:
            for unasked in ahead:
                unasked.cancel()


def find_candidates(candidates: list[str], texts: Iterable[Iterable[str]], seconds: float) -> Iterator[str]:
    """Find which formulae stand in texts, in the order found; stops when the time is over."""
    left = {candidate: flatten(candidate) for candidate in candidates}
    deadline = time.monotonic() + seconds
    for some in texts:
        joined = "\0".join(map(flatten, some))
        found = [name for name, sought in left.items() if sought in joined]
        yield from found
        for name in found:
            del left[name]
        if not left or time.monotonic() > deadline:
            return


def _read_and_look(read: Callable[[], Texts], look: Callable[[Texts], _Look]) -> _Look:
    return look(read())


def _encode(strings: pd.Series) -> Texts:
    column = pa.chunked_array([pa.array(strings, pa.large_string()).cast(pa.large_binary())])
    return Texts(np.arange(len(strings)), column, UTF_8)
