"""The words that the segmenter knows, jieba's and our own, with their parts of speech.

Nothing global is changed: jieba's default tokenizer, its cache file and its log stay as they are.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.tokens.excerpt import Pairs, holds_word, read_excerpt
from analysis.tokens.segmenters import (
    JIEBA,
    RJIEBA,
    build_jieba,
    build_rjieba,
    find_jieba,
    has_rjieba,
)
from analysis.tokens.token import INSTITUTION, PLACE, TITLE
from analysis.word_lists import read_column, read_words

#: Environment variable that names the segmenter, rjieba or jieba; both give the same words.
SEGMENTER_VARIABLE = "TIFA_SEGMENTER"

#: As frequent in jieba's dictionary as a middling word: enough to hold a name against its parts.
_PLACE_FREQUENCY = 500
_BUILDERS = {RJIEBA: build_rjieba, JIEBA: build_jieba}
_BUILD = threading.Lock()
#: Characters that are segmented, and words that are looked up, before the whole dictionary is loaded.
_FEW_CHARACTERS, _FEW_WORDS = 50_000, 100
_FILES = (("institutions.txt", INSTITUTION), ("titles.txt", TITLE))


class SegmenterError(ValueError):
    """A segmenter that there is not."""


class Dictionary(NamedTuple):
    """The segmenter with our own words, and what it knows.

    Attributes:
        segment: Takes runs of Chinese characters with a `BREAK` between them; gives the offset of each word
            and break. For long texts.
        cut: Takes one run; gives its words. For short ones.
        tags: The part of speech of every word that it knows.
    """

    segment: Callable[[str], np.ndarray]
    cut: Callable[[str], list[str]]
    tags: dict[str, str]


def load_dictionary(segmenter: str | None = None) -> Dictionary:
    """Load the segmenter; each is built once a process, and safe to share between threads.

    Args:
        segmenter: rjieba or jieba; None for what the environment variable TIFA_SEGMENTER names, and without
            it for rjieba where it is installed.

    Returns:
        The segmenter and the parts of speech, not to be changed.

    Raises:
        SegmenterError: The name is unknown.
    """
    # Two sessions may ask at once: the lock spares the second one the work, and the memory.
    with _BUILD:
        return _build_dictionary(_choose_segmenter(segmenter))


def load_excerpt(text: str) -> Dictionary:
    """Load what of the dictionary a text needs, while texts are short and few; else the whole.

    Args:
        text: All that is to be segmented, or looked up as one word.

    Returns:
        As `load_dictionary`; of this text the words are the same.
    """
    _USED["characters"] += len(text)
    if _is_loaded() or _USED["characters"] > _FEW_CHARACTERS:
        return load_dictionary()
    with _BUILD:
        return _build_excerpt(text) or _build_dictionary(_choose_segmenter(None))


def read_general_idf() -> dict[str, float]:
    """Read jieba's general table of inverse document frequencies.

    Returns:
        Natural logarithm of (documents / documents with the word) for 270 000 words of general Chinese.

    Source:
        `jieba/analyse/idf.txt`, jieba 0.42.1, MIT licence.
    """
    cells = _read_cells(find_jieba() / "analyse" / "idf.txt")
    return dict(zip(cells[::2], map(float, cells[1::2]), strict=True))


def is_dictionary_word(word: str) -> bool:
    """Tell whether jieba's dictionary or our word lists know the word."""
    _USED["words"] += 1
    if _is_loaded() or _USED["words"] > _FEW_WORDS:
        return word in load_dictionary().tags
    return _is_own(word) or holds_word(find_jieba() / "dict.txt", word)


_USED = {"characters": 0, "words": 0}


def _is_loaded() -> bool:
    return _build_dictionary.cache_info().currsize > 0


def _is_own(word: str) -> bool:
    places = (read_column("places.tsv"), read_column("townships.tsv"), _list_short_names())
    return any(word in words for words in (*places, *(read_words(file) for file, _ in _FILES)))


def _list_short_names() -> list[str]:
    return [name for name in read_column("places.tsv", column=1) if len(name) > 1]


def _choose_segmenter(name: str | None) -> str:
    name = name or os.environ.get(SEGMENTER_VARIABLE, "").strip()
    if name and name not in _BUILDERS:
        raise SegmenterError(f"segmenter {name!r}: unknown; expected one of {', '.join(_BUILDERS)}")
    return name or (RJIEBA if has_rjieba() else JIEBA)


@lru_cache(maxsize=len(_BUILDERS))
def _build_dictionary(segmenter: str) -> Dictionary:
    frequencies, tags = _read_dictionary(find_jieba() / "dict.txt")
    own = _add_own(tags)
    return Dictionary(*_BUILDERS[segmenter](frequencies, own), tags)


def _build_excerpt(text: str) -> Dictionary | None:
    """Build the reference, which needs no time to start, with the words of a text alone."""
    titles = [word for file, _ in _FILES for word in read_words(file)]
    pairs = Pairs("\n".join([text, *titles, *read_column("places.tsv", column=1)]))
    excerpt = read_excerpt(find_jieba() / "dict.txt", pairs)
    if excerpt is None:
        return None
    own = _add_own(excerpt.tags)
    kept = [(word, frequency) for word, frequency in own if frequency is None or pairs.may_hold(word)]
    # Each place that is left out weighs in the total all the same.
    total = excerpt.total + _PLACE_FREQUENCY * (len(own) - len(kept))
    return Dictionary(*build_jieba(excerpt.frequencies, kept, total), excerpt.tags)


def _add_own(tags: dict[str, str]) -> list[tuple[str, int | None]]:
    """Add our own words to the parts of speech; give their frequencies, None for one to be worked out."""
    own: list[tuple[str, int | None]] = []
    for word in (*read_column("places.tsv"), *read_column("townships.tsv"), *_unknown_short_names(tags)):
        own.append((word, _PLACE_FREQUENCY))
        tags[word] = PLACE
    for file, flag in _FILES:
        for word in read_words(file):
            own.append((word, None))
            tags[word] = flag
    return own


def _unknown_short_names(known: Collection[str]) -> list[str]:
    """Take the short names of counties (衢江 for 衢江区), unless jieba knows the word: 和平 is also peace."""
    return [name for name in _list_short_names() if name not in known]


def _read_dictionary(file: Path) -> tuple[dict[str, int], dict[str, str]]:
    cells = _read_cells(file)
    frequencies = dict(zip(cells[::3], map(int, cells[1::3]), strict=True))
    return frequencies, dict(zip(cells[::3], map(sys.intern, cells[2::3]), strict=True))


def _read_cells(file: Path) -> list[str]:
    """Read the cells of a table row by row; cut all at once, which takes a third of the time."""
    return file.read_text(encoding="utf-8").rstrip("\n").replace("\n", " ").split(" ")
