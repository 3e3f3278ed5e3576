"""Names that the segmenter cuts: put together where the text shows that they belong together."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from analysis.tokens.columns import KindFacts, Kinds, Numbers, Spans, ask_flags, describe_kinds, join_spans
from analysis.tokens.token import INSTITUTION, PLACE, SLOGAN, TITLE, UNKNOWN
from analysis.word_lists import read_words

#: A word must stand so often with the same character beside it.
_MINIMUM = 2
#: Flags of single characters that may be part of a name: surnames and given names, nouns, adjectives, stems.
_NAME_CHARACTER = ("nr", "n", "a", "g", "j", "z", UNKNOWN)
_PERSON = "nr"
#: Words of our own lists are whole already.
_WHOLE = (SLOGAN, TITLE, INSTITUTION, PLACE)
#: Flags of names of places: known ones, and words that the segmenter guesses.
_PLACE_FLAGS = (PLACE, UNKNOWN)


def join_places(spans: Spans, is_chinese: np.ndarray, characters: str, kinds: Kinds) -> Spans:
    """Join a name with the 县, 镇, 村 behind it: 樟潭 + 街道 is one place.

    Names of villages and towns are in no dictionary; they reach us as words that the segmenter guesses (flag
    x) or knows as places. One character is never a name here: 我县, 全区 and 各镇 stay two words.

    Args:
        spans: Words of a text.
        is_chinese: Which of them are Chinese.
        characters: The text.
        kinds: Gets the kinds of the places.

    Returns:
        The words, with such places as one word each.
    """
    suffixes = read_place_suffixes()
    facts = describe_kinds(kinds)
    suffix_kinds = np.fromiter(map(suffixes.__contains__, facts.words), dtype=bool, count=len(kinds))
    head_kinds = ask_flags(facts, lambda flag: flag in _PLACE_FLAGS) & (facts.lengths > 1)
    is_suffix, is_head = suffix_kinds[spans.kind] & is_chinese, head_kinds[spans.kind] & is_chinese
    behind = 1 + np.flatnonzero(
        is_suffix[1:] & (spans.end[:-1] == spans.start[1:]) & (is_head | is_suffix)[:-1]
    )
    first: list[int] = []
    last: list[int] = []
    for i, has_head in zip(behind.tolist(), is_head[behind - 1].tolist(), strict=True):
        if last and last[-1] == i - 1:
            last[-1] = i
        elif has_head:
            first.append(i - 1)
            last.append(i)
    begins, ends = spans.start[first].tolist(), spans.end[last].tolist()
    names = [kinds[characters[begin:end], PLACE] for begin, end in zip(begins, ends, strict=True)]
    return join_spans(spans, *(np.array(column, dtype=np.int64) for column in (first, last, names)))


def join_names(spans: Spans, article: np.ndarray, kinds: Kinds) -> Spans:
    """Join a word and the single character that always stands beside it in an article.

    仲 + 旭东 and 施惠 + 芳 are names that the segmenter cuts. They are joined where the word stands at least
    twice in the article, each time with the same character on the same side, and one of the two looks like
    part of a name: the word is in no dictionary or a given name, or the character is a surname or given name.

    Args:
        spans: Words of a text.
        article: Number of the article that each word stands in.
        kinds: Gets the kinds of the names.

    Returns:
        The words, with such pairs as one word, flagged as not in the dictionary.
    """
    numbers: Numbers[str] = Numbers()
    facts = describe_kinds(kinds)
    word_of = np.fromiter(map(numbers.__getitem__, facts.words), dtype=np.int64, count=len(kinds))
    words = _Words(list(numbers), word_of[spans.kind], article)
    beside = np.flatnonzero(spans.end[:-1] == spans.start[1:])
    names = _find_names(words, beside[_looks_like_name(spans.kind, beside, facts)])
    if not len(names):
        return spans
    may_begin = np.zeros(len(words.words), dtype=bool)
    may_begin[names // len(words.words) % len(words.words)] = True
    beside = beside[may_begin[words.word[beside]]]
    first: list[int] = []
    for i in beside[_is_among(_pair(words, beside), names)].tolist():
        if not first or first[-1] < i - 1:
            first.append(i)
    left = np.array(first, dtype=np.int64)
    pairs = zip(words.word[left].tolist(), words.word[left + 1].tolist(), strict=True)
    joined = [kinds[words.words[before] + words.words[behind], UNKNOWN] for before, behind in pairs]
    return join_spans(spans, left, left + 1, np.array(joined, dtype=np.int64))


def _is_among(numbers: np.ndarray, sought: np.ndarray) -> np.ndarray:
    """Tell which numbers are among some sorted ones."""
    return sought[np.searchsorted(sought, numbers).clip(max=len(sought) - 1)] == numbers


class _Words(NamedTuple):
    """Distinct words, the number of each word of a text, and the article that it stands in."""

    words: list[str]
    word: np.ndarray
    article: np.ndarray


def _pair(words: _Words, left: np.ndarray) -> np.ndarray:
    """Number the pairs of words that begin at these places, each article for itself."""
    n = len(words.words)
    return (words.article[left] * n + words.word[left]) * n + words.word[left + 1]


def _looks_like_name(kind: np.ndarray, left: np.ndarray, facts: KindFacts) -> np.ndarray:
    """Tell of words and the ones behind them whether one is a character that may belong to the other."""
    is_person = ask_flags(facts, lambda flag: flag.startswith(_PERSON))
    is_unknown = ask_flags(facts, lambda flag: flag == UNKNOWN) | is_person
    is_open = ask_flags(facts, lambda flag: flag not in _WHOLE) & (facts.lengths > 1) & (facts.lengths <= 3)
    is_one = facts.lengths == 1
    unknown, pair = (is_open & is_unknown)[kind], (is_open & (facts.lengths == 2))[kind]
    part = (is_one & ask_flags(facts, lambda flag: flag.startswith(_NAME_CHARACTER)))[kind]
    person = (is_one & is_person)[kind]
    is_name = (
        unknown[:-1] & part[1:] | pair[:-1] & person[1:] | part[:-1] & unknown[1:] | person[:-1] & pair[1:]
    )
    return is_name[left]


def _find_names(words: _Words, left: np.ndarray) -> np.ndarray:
    """Find the pairs that stand often enough, and whose longer word stands nowhere else in the article."""
    n = len(words.words)
    pairs, counts = np.unique(_pair(words, left), return_counts=True)
    pairs, counts = pairs[counts >= _MINIMUM], counts[counts >= _MINIMUM]
    lengths = np.fromiter(map(len, words.words), dtype=np.int64, count=n)
    before, behind = pairs // n % n, pairs % n
    longer = np.where(lengths[before] > 1, before, behind)
    is_longer = np.zeros(n, dtype=bool)
    is_longer[longer] = True
    places = np.flatnonzero(is_longer[words.word])
    all_words, all_counts = np.unique(words.article[places] * n + words.word[places], return_counts=True)
    return pairs[all_counts[np.searchsorted(all_words, pairs // n // n * n + longer)] == counts]


def may_take_suffix(length: int, flag: str) -> bool:
    """Tell whether a word of that length and flag may be the name before 县, 镇, 村."""
    return length > 1 and flag in _PLACE_FLAGS


@lru_cache(maxsize=1)
def read_place_suffixes() -> frozenset[str]:
    """Read what may stand behind the name of a place: 县, 镇, 村, 街道."""
    return frozenset(read_words("place_suffixes.txt"))
