"""A long text taken to pieces: dates, Latin words and numbers by pattern, words by the segmenter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.tokens.columns import Kinds, Numbers, Spans, merge_spans
from analysis.tokens.dictionary import Dictionary
from analysis.tokens.segmenters import BREAK, FIRST_CHARACTER, LAST_CHARACTER
from analysis.tokens.token import UNKNOWN

#: Takes the place of what is no word, and stands between texts.
BORDER = "\0"

_LATIN_CHAR = "A-Za-zＡ-Ｚａ-ｚ0-9０-９"
_HAN_RANGES = ("〇〇", "㐀䶿", "一鿿", "\uf900\ufaff", "\U00020000\U0003ffff")
_HAN = "".join(f"{first}-{last}" for first, last in _HAN_RANGES)
#: Everything that is a word or is made of words; its groups are named by the flag, Chinese runs `han`.
PIECE = re.compile(
    rf"""
    (?P<t> (?:\d{{2,4}}年)?\d{{1,2}}月(?:\d{{1,2}}[日号]|份)? | \d{{4}}年度? | \d{{1,2}}日 )
  | (?P<eng> [{_LATIN_CHAR}]+ (?:\+[{_LATIN_CHAR}]+)+
           | [0-9０-９]*[A-Za-zＡ-Ｚａ-ｚ][{_LATIN_CHAR}]* (?:[-&.'’][{_LATIN_CHAR}]+)* )
  | (?P<m> \d+ (?:[.,:．]\d+)* [%％‰]? )
  | (?P<han> [{_HAN}]+ )
  | (?P<x> [^\W\d_]+ )
    """,
    re.VERBOSE,
)
#: Classes of characters: no part of a word; Chinese, as jieba knows it; other Chinese; other letters, digits.
_NOTHING, _CHINESE, _RARE, _OTHER = range(4)
#: So many characters of a word fit into one number: those that jieba knows take so many bits.
_PACKED, _PACKED_BITS = 4, 15
#: Characters of a text from which it is quicker to know the class of every character that there is.
_MANY = 100_000


class Text(NamedTuple):
    """A long text as characters and as code points."""

    characters: str
    codes: np.ndarray


def read_text(characters: str) -> Text:
    """Read the code points of a text.

    Example:
        >>> read_text("一").codes.tolist()
        [19968]
    """
    # Half a character, as a broken file may have, is no error: it is passed through.
    return Text(characters, np.frombuffer(characters.encode("utf-32-le", "surrogatepass"), dtype=np.uint32))


def blank_text(text: Text, starts: np.ndarray, ends: np.ndarray) -> Text:
    """Put `BORDER` for every character of spans that do not overlap."""
    codes = np.where(_cover(len(text.codes), starts, ends), np.uint32(ord(BORDER)), text.codes)
    return Text(codes.tobytes().decode("utf-32-le", "surrogatepass"), codes)


def split_pieces(text: Text, dictionary: Dictionary, kinds: Kinds) -> tuple[Spans, np.ndarray]:
    """Split a text into words.

    Args:
        text: Any text; nothing goes across a character that is no letter and no digit.
        dictionary: Segmenter and parts of speech.
        kinds: Gets the kinds of the words.

    Returns:
        The words, and which of them are Chinese.
    """
    classes = _classify(text.codes)
    others = _find_others(text.characters, np.flatnonzero(classes == _OTHER), kinds)
    # A date has Chinese characters of its own, and so may a word of another script.
    classes[_cover(len(classes), others.start, others.end)] = _NOTHING
    rare = np.flatnonzero(classes == _RARE)
    singles = [text.characters[i] for i in rare.tolist()]
    words = merge_spans(
        [
            _segment(text.codes, classes == _CHINESE, dictionary, kinds),
            Spans(_number(singles, dictionary.tags, kinds), rare, rare + 1),
        ]
    )
    everything = merge_spans([words, others])
    is_chinese = np.zeros(len(classes), dtype=bool)
    is_chinese[words.start] = True
    return everything, is_chinese[everything.start]


def _find_others(characters: str, places: np.ndarray, kinds: Kinds) -> Spans:
    """Find what begins with a letter or digit that is not Chinese."""
    found: list[tuple[int, int, int]] = []
    end = 0
    for place in places.tolist():
        if place < end:
            continue
        piece = PIECE.match(characters, place)
        if piece:
            end = piece.end()
            found.append((kinds[piece.group(), piece.lastgroup or UNKNOWN], place, end))
    return Spans(*np.array(found, dtype=np.int64).reshape(-1, 3).T)


def _segment(codes: np.ndarray, is_chinese: np.ndarray, dictionary: Dictionary, kinds: Kinds) -> Spans:
    """Segment the runs of Chinese characters, all in one call."""
    is_behind = np.concatenate([[False], is_chinese[:-1]]) & ~is_chinese
    places = np.flatnonzero(is_chinese | is_behind)
    run_codes = np.where(is_behind[places], np.uint32(ord(BREAK)), codes[places])
    runs = run_codes.tobytes().decode("utf-32-le")
    starts = dictionary.segment(runs)
    ends = np.append(starts[1:], len(runs))[: len(starts)]
    is_word = run_codes[starts] != ord(BREAK)
    starts, ends = starts[is_word], ends[is_word]
    codes, first = _tell_apart(run_codes, runs, starts, ends)
    spans = zip(starts[first].tolist(), ends[first].tolist(), strict=True)
    words = [runs[start:end] for start, end in spans]
    begins = places[starts]
    return Spans(_number(words, dictionary.tags, kinds)[codes], begins, begins + (ends - starts))


def _tell_apart(
    codes: np.ndarray, text: str, starts: np.ndarray, ends: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Number the distinct words of a text as they come, and find a place of each.

    Short ones are told apart by a number made of their characters: making strings of millions takes longer.
    """
    key = np.zeros(len(starts), dtype=np.int64)
    for place in range(_PACKED):
        at = starts + place
        packed = codes[np.minimum(at, len(codes) - 1)].astype(np.int64) - (ord(FIRST_CHARACTER) - 1)
        key = key << _PACKED_BITS | np.where(at < ends, packed, 0)
    long: Numbers[str] = Numbers()
    for i in np.flatnonzero(ends - starts > _PACKED).tolist():
        key[i] = -1 - long[text[starts[i] : ends[i]]]
    number, distinct = pd.factorize(key)
    first = np.empty(len(distinct), dtype=np.int64)
    first[number[::-1]] = np.arange(len(number))[::-1]
    return number, first


def _number(words: list[str], tags: dict[str, str], kinds: Kinds) -> np.ndarray:
    """Number the kinds of Chinese words."""
    flags = (tags.get(word, UNKNOWN) for word in words)
    return np.fromiter(map(kinds.__getitem__, zip(words, flags)), dtype=np.int64, count=len(words))  # noqa: B905


def _cover(length: int, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Mark the characters of spans that do not overlap."""
    depth = np.zeros(length + 1, dtype=np.int8)
    depth[starts] += 1
    depth[ends] -= 1
    return np.cumsum(depth[:-1], dtype=np.int8).astype(bool)


def _classify(codes: np.ndarray) -> np.ndarray:
    """Class of every character of a text; of a short one only those that it has are looked at."""
    if len(codes) > _MANY or _classes.cache_info().currsize:
        return _classes()[codes]
    distinct, numbers = np.unique(codes, return_inverse=True)
    return _list_classes(distinct)[numbers]


@lru_cache(maxsize=1)
def _classes() -> np.ndarray:
    """Class of every character that there is."""
    return _list_classes(np.arange(0x110000))


def _list_classes(codes: np.ndarray) -> np.ndarray:
    is_letter = np.fromiter(map(str.isalnum, map(chr, codes.tolist())), dtype=bool, count=len(codes))
    classes = np.where(is_letter, np.uint8(_OTHER), np.uint8(_NOTHING))
    for ranges, kind in ((_HAN_RANGES, _RARE), (((FIRST_CHARACTER, LAST_CHARACTER),), _CHINESE)):
        for first, last in ranges:
            classes[(codes >= ord(first)) & (codes <= ord(last))] = kind
    return classes
