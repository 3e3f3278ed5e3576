"""Text to words: an own jieba tokenizer that knows slogans, offices, institutions and places.

The only module that imports jieba. Three steps, each leaving less for the next:

1. Slogans are found in the text by the matcher of `slogans` (one rule for where a slogan stands) and
   stay whole, whatever jieba would do.
2. Dates, Latin words (415X, C919, 8+4) and numbers are taken out by pattern.
3. Runs of Han characters go through jieba; a place name is then put together with its 县, 镇, 街道.

Nothing global is changed: jieba's default tokenizer, its cache file and its log stay as they are.
"""

from __future__ import annotations

import re
import sys
import threading
import warnings
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.schema import FIELDS
from analysis.slogans.lexicon import read_lexicon
from analysis.slogans.match import Matcher, compile_lexicon, find_matches
from analysis.word_lists import read_column, read_words

with warnings.catch_warnings():
    # jieba's sources have invalid escapes and ask for pkg_resources: noise on Python 3.12 and later.
    warnings.simplefilter("ignore")
    import jieba

#: Flags of our own beside jieba's part-of-speech tags (n, v, ns, nr, t, m, ...; x: not in its dictionary).
SLOGAN, TITLE, INSTITUTION, PLACE, DATE, NUMBER, LATIN = (
    "slogan",
    "title",
    "institution",
    "ns",
    "t",
    "m",
    "eng",
)
UNKNOWN = "x"

_COLUMNS = {
    "article_id": "str",
    "field": "str",
    "position": "int64",
    "word": "str",
    "flag": "str",
    "start": "int64",
    "end": "int64",
}
_LATIN_CHAR = "A-Za-zＡ-Ｚａ-ｚ0-9０-９"
_HAN = "〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
_PIECE = re.compile(
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
_BUILD = threading.Lock()
#: As frequent in jieba's dictionary as a middling word: enough to hold a name against its parts.
_PLACE_FREQUENCY = 500
_HAN_NUMERAL = re.compile(r"第?[零〇一二三四五六七八九十百千万亿两几数余多]+[个名项次年月日号位家条件种]?")


class Token(NamedTuple):
    """One word: its surface or slogan name, its flag, and where it stands in the text."""

    word: str
    flag: str
    start: int
    end: int


class _Dictionary(NamedTuple):
    """The own tokenizer and the part of speech of every word that it knows."""

    tokenizer: jieba.Tokenizer
    tags: dict[str, str]


def split_words(text: str, *, lexicon: pd.DataFrame | None = None) -> list[str]:
    """Split a text into its words.

    Punctuation and white space are no words. A slogan of the lexicon is one word, named as the lexicon
    names it, even where quotation marks or spaces stand inside it.

    Args:
        text: Any text.
        lexicon: Slogans to keep whole, as from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The words in reading order.

    Example:
        >>> split_words("“一老一小”服务年产8500台，瞄准415X")
        ['一老一小', '服务', '年产', '8500', '台', '瞄准', '415X']
    """
    matcher = compile_slogans(lexicon)
    return [token.word for token in split_text(text, find_all_slogans([text], matcher)[0])]


def split_tokens(articles: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Split the headlines and text of articles into words.

    Args:
        articles: Table `articles`.
        lexicon: Slogans to keep whole, as from `slogans.read_lexicon`; None for the product's own.

    Returns:
        One row per token, in the order of the articles, of `schema.FIELDS` and of reading: article_id,
        field, position (from 0 in its field), word, flag (part of speech or class), start, end (characters
        of the field; where a slogan is printed with quotation marks, `field[start:end]` has them too).
    """
    matcher = compile_slogans(lexicon)
    rows: list[tuple] = []
    for article in articles[["article_id", *FIELDS]].fillna("").itertuples(index=False):
        texts = [getattr(article, field) for field in FIELDS]
        found = find_all_slogans(texts, matcher)
        for field, text, slogans in zip(FIELDS, texts, found, strict=True):
            tokens = split_text(text, slogans)
            rows += [(article.article_id, field, i, *token) for i, token in enumerate(tokens)]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def split_text(text: str, slogans: Sequence[Token] = ()) -> list[Token]:
    """Split a text into tokens with flag and offsets.

    Args:
        text: Any text.
        slogans: Slogans in it, as from `find_all_slogans`; of overlapping ones the leftmost, then the
            longest becomes a token.

    Returns:
        The tokens in reading order, not overlapping.

    Example:
        >>> split_text("4月19日")
        [Token(word='4月19日', flag='t', start=0, end=5)]
    """
    tokens: list[Token] = []
    done = 0
    for slogan in sorted(slogans, key=lambda token: (token.start, -token.end)):
        if slogan.start < done:
            continue
        tokens += _split_gap(text, done, slogan.start)
        tokens.append(slogan)
        done = slogan.end
    tokens += _split_gap(text, done, len(text))
    return tokens


def compile_slogans(lexicon: pd.DataFrame | None = None) -> Matcher:
    """Compile a lexicon for `find_all_slogans`; the product's own is compiled once.

    Args:
        lexicon: As from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The matcher.
    """
    return _own_matcher() if lexicon is None else compile_lexicon(lexicon)


def find_all_slogans(texts: Sequence[str], matcher: Matcher) -> list[list[Token]]:
    """Find every slogan in texts, by the rules of `slogans.find_slogans`, but nested ones too.

    Where one slogan stands inside another, both are found: do not add their counts up.

    Args:
        texts: Any texts.
        matcher: From `compile_slogans`.

    Returns:
        For each text its slogans as tokens, ordered by start, the longest first.

    Example:
        >>> [t.word for t in find_all_slogans(["新时代“枫桥经验”"], compile_slogans())[0]]
        ['新时代“枫桥经验”', '枫桥经验']
    """
    found: list[list[Token]] = [[] for _ in texts]
    for match in find_matches(matcher, list(texts)):
        found[match.doc].append(Token(match.slogan, SLOGAN, match.start, match.end))
    return found


@lru_cache(maxsize=1)
def _own_matcher() -> Matcher:
    return compile_lexicon(read_lexicon())


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
    return word in _load_dictionary().tags


def is_numeral(word: str) -> bool:
    """Tell whether a word is a bare number, in digits or Han numerals, with or without a measure word.

    Example:
        >>> [is_numeral(word) for word in ("8500", "27.2%", "三十个", "两会", "415X")]
        [True, True, True, False, False]
    """
    return bool(re.fullmatch(r"[\d.,:．%％‰+\-]+", word) or _HAN_NUMERAL.fullmatch(word))


def _split_gap(text: str, start: int, end: int) -> Iterator[Token]:
    for piece in _PIECE.finditer(text, start, end):
        if piece.lastgroup == "han":
            yield from _join_places(_cut_han(piece.group(), piece.start()))
        else:
            yield Token(piece.group(), piece.lastgroup or UNKNOWN, piece.start(), piece.end())


def _cut_han(run: str, start: int) -> Iterator[Token]:
    dictionary = _load_dictionary()
    for word in dictionary.tokenizer.cut(run):
        end = start + len(word)
        yield Token(word, dictionary.tags.get(word, UNKNOWN), start, end)
        start = end


def _join_places(tokens: Iterator[Token]) -> Iterator[Token]:
    """Join a name with the 县, 镇, 村 behind it: 樟潭 + 街道 is one place.

    Names of villages and towns are in no dictionary; they reach us as words that jieba guesses (flag x)
    or knows as places. One character is never a name here: 我县, 全区 and 各镇 stay two words.
    """
    suffixes = _place_suffixes()
    held: Token | None = None
    for token in tokens:
        if held and token.word in suffixes and len(held.word) > 1 and held.flag in (PLACE, UNKNOWN):
            held = Token(held.word + token.word, PLACE, held.start, token.end)
            continue
        if held:
            yield held
        held = token
    if held:
        yield held


@lru_cache(maxsize=1)
def _place_suffixes() -> frozenset[str]:
    return frozenset(read_words("place_suffixes.txt"))


def _load_dictionary() -> _Dictionary:
    # Two sessions may ask at once: the lock spares the second one the work, and the memory.
    with _BUILD:
        return _build_dictionary()


@lru_cache(maxsize=1)
def _build_dictionary() -> _Dictionary:
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
    return _Dictionary(tokenizer, tags)


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
