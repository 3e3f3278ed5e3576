"""Which words name matter: the rules that keywords, comparisons and collocates share.

Left out are reporters' names, dates, bare numbers, stop words, single characters, and parts of speech that
name nothing. A slogan always stays.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from analysis.fields import concatenate_fields, locate_fields
from analysis.schema import FIELDS
from analysis.tokens import DATE, LATIN, SLOGAN, UNKNOWN, Token, is_dictionary_word, is_numeral
from analysis.tokens.columns import TokenColumns
from analysis.word_lists import read_words

#: Parts of speech that name matter: nouns, verbs, adjectives, idioms, abbreviations and our own classes.
_CONTENT_FLAGS = ("n", "v", "a", "i", "j", "l", "g", "z", SLOGAN, "title", "institution", LATIN, UNKNOWN)
_FESTIVAL = re.compile(r".+节")


def mark_content_words(
    tokens: pd.DataFrame, articles: pd.DataFrame, *, keep_reporting: bool = False
) -> np.ndarray:
    """Mark the tokens that name matter.

    Args:
        tokens: As from `tokens.split_tokens`.
        articles: Table `articles` with the articles of the tokens: their authors' names are left out, each
            in the author's own article.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        One bool a row.

    Example:
        >>> tokens = pd.DataFrame({"word": ["三", "农民", "的"], "flag": ["m", "n", "uj"]})
        >>> articles = pd.DataFrame(columns=["article_id", "authors", *FIELDS])
        >>> mark_content_words(tokens.assign(article_id="a", field="text"), articles).tolist()
        [False, True, False]
    """
    words, word_names = pd.factorize(tokens["word"])
    flags, flag_names = pd.factorize(tokens["flag"])
    kinds, kind_of = np.unique(words * max(len(flag_names), 1) + flags, return_inverse=True)
    # Lists: reading one name after the other out of an index takes ten times as long.
    names, tags = word_names.tolist(), flag_names.tolist()
    is_content = [
        is_content_word(names[kind // len(tags)], tags[kind % len(tags)], keep_reporting)
        for kind in kinds.tolist()
    ]
    marks = np.array(is_content, dtype=bool)[kind_of]
    return marks & ~_mark_names(tokens, articles)


def mark_content_columns(
    tokens: TokenColumns, texts: Sequence[str], authors: Sequence[str], *, keep_reporting: bool = False
) -> np.ndarray:
    """Mark the tokens that name matter, as `mark_content_words` does.

    Args:
        tokens: Tokens of the texts.
        texts: The fields of articles, article by article in the order of `schema.FIELDS`.
        authors: `authors` of each article.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        One bool a token.
    """
    kinds = zip(tokens.words, tokens.flags, strict=True)
    is_content = np.array([is_content_word(*kind, keep_reporting) for kind in kinds], dtype=bool)
    marks = is_content[tokens.kind]
    begins = np.cumsum([0] + [len(text) for text in texts])
    covered = np.zeros(begins[-1] + 1, dtype=np.int64)
    for i, entry in enumerate(authors):
        if not entry:
            continue
        names = read_names(entry)
        for number in range(i * len(FIELDS), (i + 1) * len(FIELDS)):
            for place in find_name_characters(texts[number], names):
                covered[begins[number] + place + 1] = 1
    if not covered.any():
        return marks
    before = np.cumsum(covered)
    inside = before[begins[tokens.text] + tokens.end] - before[begins[tokens.text] + tokens.start]
    for i in np.flatnonzero(marks & (inside > 0)).tolist():
        kind = tokens.kind[i]
        if tokens.flags[kind] != SLOGAN:
            marks[i] = not _is_piece(tokens.words[kind], inside[i], tokens.end[i] - tokens.start[i])
    return marks


@lru_cache(maxsize=200_000)
def is_content_word(word: str, flag: str, keep_reporting: bool = False) -> bool:
    """Tell whether a word names matter, by itself and its part of speech.

    Args:
        word: The word of a token.
        flag: Its flag.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        True for slogans, and for words that are no stop word, number, single character or empty word.

    Example:
        >>> [is_content_word(*token) for token in (("养老", "vn"), ("三十个", "m"), ("一老一小", "slogan"))]
        [True, False, True]
    """
    if flag == SLOGAN:
        return True
    is_named = flag.startswith(_CONTENT_FLAGS) or (flag == DATE and bool(_FESTIVAL.fullmatch(word)))
    return is_named and len(word) > 1 and word not in _unwanted_words(keep_reporting) and not is_numeral(word)


def read_names(authors: str) -> frozenset[str]:
    """Read the names out of `authors`.

    Example:
        >>> sorted(read_names("周万/记者;黄圣/通讯员"))
        ['周万', '黄圣']
    """
    return frozenset(name for entry in authors.split(";") if (name := entry.split("/")[0].strip()))


def find_name_characters(text: str, names: Collection[str]) -> frozenset[int]:
    """Find the characters of a text that belong to a name: the tokenizer may cut 俞沣城 into 俞沣 and 城."""
    spans = ((start, start + len(name)) for name in names for start in _find_all(name, text))
    return frozenset(i for start, end in spans for i in range(start, end))


def _find_all(name: str, text: str) -> Iterator[int]:
    """Find where a name stands, without overlaps."""
    start = text.find(name)
    while start >= 0:
        yield start
        start = text.find(name, start + len(name))


def is_name(token: Token, characters: Collection[int]) -> bool:
    """Tell whether a token is a reporter's name or a piece of it.

    Args:
        token: A token of an article.
        characters: Offsets of the characters of its authors' names in the field, as from
            `find_name_characters`.

    Returns:
        True for the name, a word inside it, and a word that no dictionary knows and that touches it
        (记者周万 in one piece); a slogan is none.

    Example:
        >>> is_name(Token("周万", UNKNOWN, 2, 4), {2, 3}), is_name(Token("周万", UNKNOWN, 9, 11), {2, 3})
        (True, False)
    """
    if not characters or token.flag == SLOGAN:
        return False
    inside = sum(i in characters for i in range(token.start, token.end))
    return _is_piece(token.word, inside, token.end - token.start)


def _is_piece(word: str, inside: int, length: int) -> bool:
    """Tell whether a word of which so many characters belong to a name is a piece of the name."""
    return inside > 0 and (inside == length or not is_dictionary_word(word))


@lru_cache(maxsize=2)
def _unwanted_words(keep_reporting: bool) -> frozenset[str]:
    words = frozenset(read_words("stopwords.txt"))
    return words if keep_reporting else words | frozenset(read_words("stopwords_reporting.txt"))


def _mark_names(tokens: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Mark what `is_name` would say of each token, on offsets into the joined fields."""
    marks = np.zeros(len(tokens), dtype=bool)
    named = _select_named(articles)
    if named.empty:
        return marks
    joined = concatenate_fields(named)
    bases = locate_fields(tokens, joined)
    rows = np.flatnonzero(bases >= 0)
    found = tokens.iloc[rows]
    covered = np.concatenate([[0], np.cumsum(_cover_names(named, joined.text))])
    starts, ends = bases[rows] + found["start"].to_numpy(), bases[rows] + found["end"].to_numpy()
    inside = covered[ends] - covered[starts]
    for i in np.flatnonzero(inside):
        token = found.iloc[i]
        marks[rows[i]] = token["flag"] != SLOGAN and _is_piece(token["word"], inside[i], ends[i] - starts[i])
    return marks


def _select_named(articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the articles in which a name of their own authors stands."""
    rows = articles[["authors", *FIELDS]].fillna("").itertuples(index=False, name=None)
    kept = [any(name in text for name in read_names(authors) for text in texts) for authors, *texts in rows]
    return articles[np.array(kept, dtype=bool)].reset_index(drop=True)


def _cover_names(articles: pd.DataFrame, text: str) -> np.ndarray:
    """Mark the characters of the joined fields that belong to a name of the article's own authors."""
    covered = np.zeros(len(text), dtype=np.int64)
    begin = 0
    for authors, *fields in articles[["authors", *FIELDS]].fillna("").itertuples(index=False, name=None):
        names = read_names(authors)
        for field in fields:
            for i in find_name_characters(field, names):
                covered[begin + i] = 1
            begin += len(field) + 1
    return covered
