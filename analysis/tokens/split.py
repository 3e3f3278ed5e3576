"""Text to words, in steps that each leave less for the next.

1. Slogans are found in the text by the matcher of `slogans` (one rule for where a slogan stands) and
   stay whole, whatever jieba would do.
2. Dates, Latin words (415X, C919, 8+4) and numbers are taken out by pattern.
3. Runs of Han characters go through jieba; a place name is then put together with its 县, 镇, 街道.
4. Names that an article repeats and jieba cuts each time alike are put together (see `names`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import pandas as pd

from analysis.schema import FIELDS
from analysis.slogans.lexicon import read_lexicon
from analysis.slogans.match import Matcher, compile_lexicon, find_matches
from analysis.tokens.dictionary import load_dictionary
from analysis.tokens.names import join_names
from analysis.tokens.token import PLACE, SLOGAN, UNKNOWN, Token
from analysis.word_lists import read_words

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
_HAN_NUMERAL = re.compile(r"第?[零〇一二三四五六七八九十百千万亿两几数余多]+[个名项次年月日号位家条件种]?")


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
    slogans = find_all_slogans([text], compile_slogans(lexicon))
    return [token.word for token in split_texts([text], slogans)[0]]


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
        found = split_texts(texts, find_all_slogans(texts, matcher))
        for field, tokens in zip(FIELDS, found, strict=True):
            rows += [(article.article_id, field, i, *token) for i, token in enumerate(tokens)]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def split_texts(texts: Sequence[str], slogans: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """Split the texts of one article into tokens with flag and offsets.

    Args:
        texts: Headlines and text of one article; names that they repeat are put together over all of them.
        slogans: For each text the slogans in it, as from `find_all_slogans`; of overlapping ones the
            leftmost, then the longest becomes a token.

    Returns:
        For each text its tokens in reading order, not overlapping.

    Example:
        >>> split_texts(["4月19日"], [[]])
        [[Token(word='4月19日', flag='t', start=0, end=5)]]
    """
    return join_names([_split_text(text, found) for text, found in zip(texts, slogans, strict=True)])


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


def _split_text(text: str, slogans: Sequence[Token]) -> list[Token]:
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


@lru_cache(maxsize=1)
def _own_matcher() -> Matcher:
    return compile_lexicon(read_lexicon())


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
    dictionary = load_dictionary()
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
