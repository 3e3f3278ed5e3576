"""How well characters match: headline against text, text against text.

Pairs and triples of characters are numbers here, so that those of a whole page are made and compared at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import add
from typing import NamedTuple

import numpy as np

from analysis.articles.signs import encode, look_up

_WORDS = re.compile(r"\w+")
_LONGEST = 6000
#: Bits of a character in the number of a pair or triple. Characters count from 1: no triple is a pair.
_BITS = 21
_TRIPLE = 1 << 2 * _BITS
#: Characters are first looked up by these bits alone.
_LOW = 2**16
#: So many texts are compared at once, to bound memory.
_AT_ONCE = 128
#: Weight of a pair or triple that no text has, and how much more a triple weighs.
_UNSEEN, _TRIPLE_WEIGHT = 1.5, 1.5
#: Shares of the whole text and of its opening in a likeness.
_ALL, _OPENING = 0.75, 0.25


class _Grams(NamedTuple):
    """Pairs, then triples of characters of several texts: their numbers, and the text of each."""

    codes: np.ndarray
    owners: np.ndarray


@lru_cache(maxsize=64)
def grams(text: str) -> frozenset[str]:
    """Character pairs and triples of a text, punctuation aside.

    Example:
        >>> sorted(grams("新昌县"))
        ['新昌', '新昌县', '昌县']
    """
    plain = drop_marks(text)
    pairs = list(map(add, plain, plain[1:]))
    return frozenset(pairs).union(map(add, pairs, plain[2:]))


@lru_cache(maxsize=64)
def drop_marks(text: str) -> str:
    """Take out punctuation and white space; of a long text only the beginning is kept.

    Example:
        >>> drop_marks("新昌县，很美。")
        '新昌县很美'
    """
    return "".join(_WORDS.findall(text[:_LONGEST]))


def list_grams(texts: Sequence[str]) -> np.ndarray:
    """List the character pairs and triples inside texts, each as often as it stands there.

    Args:
        texts: Texts as they are to be compared.

    Returns:
        Numbers of all pairs in the order of the texts, then of all triples.
    """
    sizes = [len(text) for text in texts]
    owners = np.repeat(np.arange(len(texts)), np.array(sizes, dtype=np.intp))
    return _pair_up(_number(encode("".join(texts))), owners).codes


def _pair_up(chars: np.ndarray, owners: np.ndarray) -> _Grams:
    pairs = (chars[:-1] << _BITS) | chars[1:]
    triples = (pairs[:-1] << _BITS) | chars[2:]
    inner, inmost = owners[1:] == owners[:-1], owners[2:] == owners[:-2]
    return _Grams(
        np.concatenate((pairs[inner], triples[inmost])),
        np.concatenate((owners[1:][inner], owners[2:][inmost])),
    )


def code_grams(texts: Sequence[str]) -> list[int]:
    """Number pairs or triples as `list_grams` does.

    Example:
        >>> list_grams(["县委"]).tolist() == code_grams(["县委"])
        True
    """
    return [_code(text) for text in texts]


def compare(heads: Sequence[str], texts: Sequence[str], opening: int) -> np.ndarray:
    """Tell how much headline lines have in common with texts.

    Each pair and triple of a line weighs the natural logarithm of (texts + 1) / (texts with it - 0.5),
    triples half as much again: the fewer texts have it, the more it tells. What no text has weighs 1.5. The
    likeness is the share of a line's weight that the text has, its opening counted once more.

    Args:
        heads: Headline lines.
        texts: Texts.
        opening: Characters of a text that count as its opening.

    Returns:
        One row per line, one column per text, 0-1; 0 for a line without pairs.

    Example:
        >>> compare(["新昌县"], ["新昌县很美", "很美"], 300).tolist()
        [[1.0, 0.0]]
    """
    likeness = np.zeros((len(heads), len(texts)))
    lines = _read_words(heads)
    found = _pair_up(lines.chars, lines.find_owners(lines.places))
    if not len(found.codes):
        return likeness
    wanted = _sort_distinct(found.codes)
    numbers = found.owners * len(wanted) + wanted.searchsorted(found.codes)
    owners, own = np.divmod(_sort_distinct(numbers), len(wanted))
    whole, opens = _find_wanted(wanted, lines.chars, _read_words(texts), opening)
    n = whole.sum(axis=1)
    told = np.log((len(texts) + 1) / np.maximum(n - 0.5, 0.5)) * np.where(wanted < _TRIPLE, 1, _TRIPLE_WEIGHT)
    weights = np.where(n > 0, told, _UNSEEN)
    starts = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    filled = owners[starts]
    totals = np.add.reduceat(weights[own], starts)
    for first in range(0, len(texts), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        shares = (_ALL * whole[:, some] + _OPENING * opens[:, some]) * weights[:, None]
        likeness[filled, some] = np.add.reduceat(shares[own], starts) / totals[:, None]
    return likeness


def cohere(above: str, below: str) -> float:
    """Tell how much two texts have in common: share of the smaller one's triples that both have.

    Returns:
        0-1; two halves of one article have more than two articles.

    Example:
        >>> cohere("新昌县来新考察", "新昌县很美")
        0.3333333333333333
    """
    above, below = above[:_LONGEST], below[:_LONGEST]
    return cohere_at(read_stretch(above + below), 0, len(above), len(above) + len(below))


class Stretch(NamedTuple):
    """A text of which parts are compared.

    plain: its characters without punctuation and white space. places: where each stands in the text. doubled:
    twice the numbers of their triples.
    """

    plain: np.ndarray
    places: np.ndarray
    doubled: np.ndarray

    def cut(self, start: int, end: int) -> str:
        """The text between two offsets, as `drop_marks` leaves it."""
        first, last = self.places.searchsorted((start, end))
        return self.plain[first:last].tobytes().decode("utf-32-le", "surrogatepass")


def read_stretch(text: str) -> Stretch:
    """Read a text once for all comparisons of its parts."""
    codes = encode(text)
    places = np.flatnonzero(_mark_words(codes))
    plain = codes[places]
    chars = _number(plain)
    triples = (((chars[:-2] << _BITS) | chars[1:-1]) << _BITS) | chars[2:]
    return Stretch(plain, places, triples.view(np.uint64) << np.uint64(1))


def cohere_at(stretch: Stretch, start: int, seam: int, end: int) -> float:
    """As `cohere`, of what a text has between a start and a seam, and between the seam and an end."""
    first, middle, last = stretch.places.searchsorted((start, seam, end)).tolist()
    above = stretch.doubled[first : max(middle - 2, first)]
    below = stretch.doubled[middle : max(last - 2, middle)]
    # The last bit says which of the two has the triple.
    codes = _sort_distinct(np.concatenate((above, below + np.uint64(1))))
    n_below = int(np.count_nonzero(codes & np.uint64(1)))
    least = min(len(codes) - n_below, n_below)
    return int(np.count_nonzero(codes[1:] ^ codes[:-1] == 1)) / least if least else 0.0


def _sort_distinct(codes: np.ndarray) -> np.ndarray:
    """Sort numbers, each once; quicker than `numpy.unique`, which counts by hashes."""
    codes = np.sort(codes)
    return codes[np.concatenate(([True], codes[1:] != codes[:-1]))] if len(codes) else codes


def _number(codes: np.ndarray) -> np.ndarray:
    """Characters as numbers from 1."""
    numbers = codes.astype(np.int64)
    numbers += 1
    return numbers


class _Words(NamedTuple):
    """The characters of words in several texts that are joined: their numbers and places, and where each text
    ends."""

    chars: np.ndarray
    places: np.ndarray
    ends: np.ndarray

    def find_owners(self, places: np.ndarray) -> np.ndarray:
        """Say which text each of some places stands in."""
        return self.ends.searchsorted(places, side="right")


def _read_words(texts: Sequence[str]) -> _Words:
    """Read texts as `drop_marks` does."""
    begun = [text[:_LONGEST] for text in texts]
    codes = encode("".join(begun))
    places = np.flatnonzero(_mark_words(codes))
    return _Words(
        _number(codes[places]), places, np.array([len(text) for text in begun], dtype=np.intp).cumsum()
    )


def _mark_words(codes: np.ndarray) -> np.ndarray:
    """Tell which characters are of words."""
    words = look_up(codes, _words())
    for rare in np.flatnonzero(codes >= _LOW):
        words[rare] = chr(codes[rare]).isalnum()
    return words


@cache
def _words() -> np.ndarray:
    """Whether each of the first characters of Unicode is one of words, as regular expressions say."""
    return np.array([chr(code).isalnum() or chr(code) == "_" for code in range(_LOW)])


def _code(text: str) -> int:
    code = 0
    for char in text:
        code = (code << _BITS) | (ord(char) + 1)
    return code


def _find_wanted(
    wanted: np.ndarray, signs: np.ndarray, words: _Words, opening: int
) -> tuple[np.ndarray, np.ndarray]:
    """Tell which texts have which of some pairs and triples, and whose openings have them.

    Args:
        wanted: Numbers of the pairs and triples, sorted.
        signs: Characters that they are made of.
        words: Texts.
        opening: Characters of a text that count as its opening.

    Returns:
        Two tables, one row per pair or triple and one column per text.
    """
    chars, places, ends = words
    known = np.zeros(_LOW, dtype=bool)
    known[signs & (_LOW - 1)] = True
    likely = known[chars & (_LOW - 1)]
    pairs = np.flatnonzero(likely[:-1] & likely[1:])
    triples = pairs[:-1][pairs[1:] == pairs[:-1] + 1]
    doubles = (chars[pairs] << _BITS) | chars[pairs + 1]
    trebles = (((chars[triples] << _BITS) | chars[triples + 1]) << _BITS) | chars[triples + 2]
    codes = np.concatenate((doubles, trebles))
    rows = np.minimum(wanted.searchsorted(codes), len(wanted) - 1)
    hits = wanted[rows] == codes
    rows = rows[hits]
    firsts = places[np.concatenate((pairs, triples))[hits]]
    lasts = places[np.concatenate((pairs + 1, triples + 2))[hits]]
    owners = words.find_owners(firsts)
    inside = lasts < ends[owners]
    rows, owners, lasts = rows[inside], owners[inside], lasts[inside]
    whole, opens = np.zeros((2, len(wanted), len(ends)), dtype=bool)
    whole[rows, owners] = True
    starts = np.concatenate(([0], ends[:-1]))
    early = lasts < (starts + opening)[owners]
    opens[rows[early], owners[early]] = True
    return whole, opens
