"""The own jieba tokenizer and what is known of its words. The only module that imports jieba.

Nothing global is changed: jieba's default tokenizer, its cache file and its log stay as they are.
"""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from analysis.tokens.token import INSTITUTION, PLACE, TITLE
from analysis.word_lists import read_column, read_words

with warnings.catch_warnings():
    # jieba's sources have invalid escapes and ask for pkg_resources: noise on Python 3.12 and later.
    warnings.simplefilter("ignore")
    import jieba

#: As frequent in jieba's dictionary as a middling word: enough to hold a name against its parts.
_PLACE_FREQUENCY = 500
_BUILD = threading.Lock()


class Dictionary(NamedTuple):
    """The own tokenizer and the part of speech of every word that it knows."""

    tokenizer: jieba.Tokenizer
    tags: dict[str, str]


def load_dictionary() -> Dictionary:
    """Load the tokenizer; it is built once a process, and safe to share between threads."""
    # Two sessions may ask at once: the lock spares the second one the work, and the memory.
    with _BUILD:
        return _build_dictionary()


def read_general_idf() -> dict[str, float]:
    """Read jieba's general table of inverse document frequencies.

    Returns:
        Natural logarithm of (documents / documents with the word) for 270 000 words of general Chinese.

    Source:
        `jieba/analyse/idf.txt`, jieba 0.42.1, MIT licence.
    """
    table = Path(jieba.__file__).parent / "analyse" / "idf.txt"
    pairs = (line.split(" ") for line in table.read_text(encoding="utf-8").splitlines())
    return {word: float(idf) for word, idf in pairs}


def is_dictionary_word(word: str) -> bool:
    """Tell whether jieba's dictionary or our word lists know the word."""
    return word in load_dictionary().tags


@lru_cache(maxsize=1)
def _build_dictionary() -> Dictionary:
    """Build the tokenizer from jieba's dictionary file.

    `Tokenizer.initialize` would read and write a marshalled cache in the shared temporary folder, which
    anybody may have put there, and write to the log: its two tables are filled here instead.
    """
    frequencies, tags = _read_dictionary(Path(jieba.__file__).parent / "dict.txt")
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = frequencies, sum(frequencies.values())
    tokenizer.initialized = True
    for word in (*read_column("places.tsv"), *read_column("townships.tsv"), *_unknown_short_names(tags)):
        tokenizer.add_word(word, _PLACE_FREQUENCY)
        tags[word] = PLACE
    for file, flag in (("institutions.txt", INSTITUTION), ("titles.txt", TITLE)):
        for word in read_words(file):
            tokenizer.add_word(word)
            tags[word] = flag
    return Dictionary(tokenizer, tags)


def _unknown_short_names(known: Collection[str]) -> list[str]:
    """Take the short names of counties (衢江 for 衢江区), unless jieba knows the word: 和平 is also peace."""
    return [name for name in read_column("places.tsv", column=1) if len(name) > 1 and name not in known]


def _read_dictionary(file: Path) -> tuple[dict[str, int], dict[str, str]]:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        frequencies[word] = int(frequency)
        tags[word] = sys.intern(tag)
    for word in tags:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    return frequencies, tags
