"""jieba and rjieba, made to give the same words. The only module that imports either.

jieba is the reference, whose behaviour the field knows; rjieba, the same algorithm in Rust, is many times as
fast and is used where it is installed. Left to themselves they differ in four ways, bridged here:

- rjieba takes more characters for Chinese ones (㐀, 𠮷, 鿿): both get only runs of those that jieba knows.
- A word that is added twice adds to jieba's total of frequencies twice, to rjieba's once; the total weighs
  many short words against few long ones. rjieba gets the rest of the total on a word that no text has.
- The frequency that they suggest for an added word differs by rounding; it is worked out here, as jieba does.
- rjieba's table for guessing unknown words is rounded: 活动|常|在|乡 or 活动|常在|乡 may hang on the eighth
  digit. It is not used; unknown words are guessed from jieba's table (see `unknown_words`).
"""

from __future__ import annotations

import re
import sys
import warnings
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np

from analysis.tokens.unknown_words import WordModel, make_model, mark_word_starts

#: Names of the segmenters, the fast one first.
RJIEBA, JIEBA = "rjieba", "jieba"
#: Stands between two runs of Chinese characters; a piece of its own in what a segmenter gives back.
BREAK = "\n"
#: The characters that jieba joins to words; the others of the script it leaves alone.
FIRST_CHARACTER, LAST_CHARACTER = "\u4e00", "\u9fd5"

#: Two functions, for long texts and for short ones; see `dictionary.Dictionary`.
Segmenter = tuple[Callable[[str], np.ndarray], Callable[[str], list[str]]]
#: Words to add, with their frequencies; None for the least one that keeps the word whole.
OwnWords = Iterable[tuple[str, int | None]]

#: What jieba segments, and what it leaves alone, character by character.
_KNOWN_RUN = re.compile(f"[{FIRST_CHARACTER}-{LAST_CHARACTER}]+|.", re.DOTALL)
#: Takes up the rest of jieba's total; a character that no run of Chinese characters has.
_FILLER = "\0"


def find_jieba() -> Path:
    """Find the folder of jieba, whose dictionary and tables are data of ours too."""
    return Path(_load_jieba().__file__).parent


def has_rjieba() -> bool:
    """Tell whether rjieba is installed."""
    return _load_rjieba() is not None


# Both are loaded late: a process that only merges tables segments nothing.


@cache
def _load_jieba() -> ModuleType:
    """Load jieba with its model of unknown words."""
    with warnings.catch_warnings():
        # jieba's sources have invalid escapes: noise on Python 3.12 and later.
        warnings.simplefilter("ignore")
        # jieba does without pkg_resources where there is none; loading it takes longer than all of jieba.
        loaded = sys.modules.get("pkg_resources")
        sys.modules.setdefault("pkg_resources", None)
        try:
            import jieba.finalseg  # noqa: PLC0415, as said above
        finally:
            if loaded is None:
                del sys.modules["pkg_resources"]
    return jieba


@cache
def _load_rjieba() -> ModuleType | None:
    try:
        import rjieba  # noqa: PLC0415, as said above
    except ImportError:
        return None
    return rjieba


def build_jieba(frequencies: dict[str, int], own: OwnWords, total: int | None = None) -> Segmenter:
    """Build the reference.

    `Tokenizer.initialize` would read and write a marshalled cache in the shared temporary folder, which
    anybody may have put there, and write to the log: its two tables are filled here instead.

    Args:
        frequencies: jieba's dictionary.
        own: Words to add, in this order.
        total: Sum of all frequencies, where those given are some of them; None for their sum.

    Returns:
        The segmenter.
    """
    tokenizer = _load_jieba().Tokenizer()
    tokenizer.FREQ = dict(frequencies)
    tokenizer.total = sum(frequencies.values()) if total is None else total
    for word in frequencies:
        for end in range(1, len(word)):
            tokenizer.FREQ.setdefault(word[:end], 0)
    tokenizer.initialized = True
    for word, frequency in own:
        tokenizer.add_word(word, frequency)

    def segment(runs: str) -> np.ndarray:
        words: list[str] = []
        for run in runs.split(BREAK):
            words += tokenizer.cut(run)
            words.append(BREAK)
        return _start_of(words)[:-1]

    return segment, tokenizer.lcut


def build_rjieba(frequencies: dict[str, int], own: OwnWords) -> Segmenter:
    """Build the fast segmenter.

    Args:
        frequencies: jieba's dictionary.
        own: Words to add, in this order.

    Returns:
        The segmenter.
    """
    known = dict(frequencies)
    total = sum(known.values())
    fast = _load_rjieba().Jieba()
    for word, frequency in own:
        added = _suggest_frequency(fast.cut(word, False), known, total) if frequency is None else frequency
        fast.add_word(word, added, "")
        known[word] = added
        total += added
    fast.add_word(_FILLER, total - sum(known.values()), "")
    words = known.keys()
    finalseg = _load_jieba().finalseg
    model = make_model(finalseg.start_P, finalseg.trans_P, finalseg.emit_P, (FIRST_CHARACTER, LAST_CHARACTER))

    def segment(runs: str) -> np.ndarray:
        return _guess_unknown(runs, _start_of(fast.cut(runs, False)), words, model)

    def cut(run: str) -> list[str]:
        found = [fast.cut(part, False) for part in _KNOWN_RUN.findall(run)]
        return [word for parts in found for word in _join_unknown(parts, words)]

    return segment, cut


def _suggest_frequency(parts: list[str], frequencies: dict[str, int], total: int) -> int:
    """Work out, as `jieba.Tokenizer.suggest_freq` does, how frequent a word must be to stay whole."""
    share = 1.0
    for part in parts:
        share *= frequencies.get(part, 1) / float(total)
    return max(int(share * total) + 1, frequencies.get("".join(parts), 1))


def _join_unknown(parts: list[str], known: Container[str]) -> Iterator[str]:
    """Join single characters in a row to words, with jieba's own function."""
    finalseg = _load_jieba().finalseg
    singles = ""
    for part in [*parts, ""]:
        if len(part) == 1:
            singles += part
            continue
        yield from singles if singles in known else finalseg.cut(singles)
        singles = ""
        if part:
            yield part


def _start_of(words: list[str]) -> np.ndarray:
    lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    return np.cumsum(lengths) - lengths


def _guess_unknown(runs: str, starts: np.ndarray, known: Container[str], model: WordModel) -> np.ndarray:
    """Join single characters in a row to words, as jieba does with what its dictionary lacks."""
    characters = np.frombuffer(runs.encode("utf-32-le"), dtype=np.uint32)
    is_single = (np.diff(starts, append=len(runs)) == 1) & (characters[starts] != ord(BREAK))
    edges = np.flatnonzero(np.diff(is_single, prepend=False, append=False))
    first, last = edges[::2], edges[1::2]
    begins, ends = starts[first], starts[first] + (last - first)
    # jieba leaves apart what its dictionary knows as a word and all the same holds for less probable.
    spans = zip(begins.tolist(), ends.tolist(), strict=True)
    is_open = np.array([end - begin > 1 and runs[begin:end] not in known for begin, end in spans], dtype=bool)
    begins, lengths = begins[is_open], (ends - begins)[is_open]
    is_start = np.zeros(len(runs), dtype=bool)
    is_start[starts] = True
    inside = np.repeat(begins - (np.cumsum(lengths) - lengths), lengths) + np.arange(lengths.sum())
    is_start[inside] = mark_word_starts(characters[inside], lengths, model)
    return np.flatnonzero(is_start)
