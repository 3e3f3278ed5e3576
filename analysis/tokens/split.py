"""Text to words, in steps that each leave less for the next.

1. Slogans are found in the text by the matcher of `slogans` (one rule for where a slogan stands) and
   stay whole, whatever the segmenter would do.
2. Dates, Latin words (415X, C919, 8+4) and numbers are taken out by pattern (see `pieces`).
3. Runs of Chinese characters go through the segmenter; a place name is then put together with its 县, 镇,
   街道, and names that an article repeats and the segmenter cuts each time alike (see `names`).

All texts of many articles are split at once, as one long text with a border between them: the steps are
calls of the matcher, the segmenter and numpy, and nothing is done word by word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from analysis.schema import COUNT, FIELDS, TEXT
from analysis.slogans.lexicon import read_lexicon
from analysis.slogans.match import Match, Matcher, compile_lexicon, find_matches
from analysis.tokens.columns import Kinds, Spans, TokenColumns, merge_spans
from analysis.tokens.dictionary import load_dictionary, load_excerpt
from analysis.tokens.names import join_names, join_places
from analysis.tokens.pieces import BORDER, blank_text, read_text, split_pieces
from analysis.tokens.short import split_short
from analysis.tokens.token import SLOGAN, Token

_COLUMNS = {
    "article_id": TEXT,
    "field": TEXT,
    "position": COUNT,
    "word": TEXT,
    "flag": TEXT,
    "start": COUNT,
    "end": COUNT,
}
#: Articles are split together up to about so many characters: few calls, bounded memory. A batch of a store
#: fits in.
_BATCH_CHARS = 2_500_000
#: A text of at most so many characters, without slogans, is split word by word.
_SHORT = 100
_NUMBER = re.compile(r"[\d.,:．%％‰+\-]+")
_HAN_NUMERAL = re.compile(r"第?[零〇一二三四五六七八九十百千万亿两几数余多]+[个名项次年月日号位家条件种]?")


class SloganSpans(NamedTuple):
    """Slogans found in texts, by text and start, the longest first.

    Attributes:
        slogan: The slogan as the lexicon names it.
        text: Number of the text.
        start: Offset of its first character.
        end: Offset behind its last character.
    """

    slogan: list[str]
    text: np.ndarray
    start: np.ndarray
    end: np.ndarray


class SplitBatch(NamedTuple):
    """Articles in words.

    Attributes:
        first: Number of the first article.
        texts: Their fields, article by article in the order of `schema.FIELDS`.
        tokens: The tokens of these texts.
        slogans: All slogans in them, nested ones too.
    """

    first: int
    texts: list[str]
    tokens: TokenColumns
    slogans: SloganSpans


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
    ids = articles["article_id"].astype(TEXT).array
    frames = [_frame_tokens(batch, ids) for batch in split_batches(articles, lexicon=lexicon)]
    if not frames:
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _COLUMNS.items()})
    return pd.concat(frames, ignore_index=True)


def split_batches(articles: pd.DataFrame, *, lexicon: pd.DataFrame | None = None) -> Iterator[SplitBatch]:
    """Split the headlines and text of articles into words, many articles at a time.

    Args:
        articles: Table `articles`.
        lexicon: Slogans to keep whole, as from `slogans.read_lexicon`; None for the product's own.

    Yields:
        The articles in their order, each in exactly one batch.
    """
    matcher = compile_slogans(lexicon)
    fields = articles[[*FIELDS]].fillna("").to_numpy(dtype=object)
    sizes = np.fromiter((sum(map(len, row)) for row in fields), dtype=np.int64, count=len(fields))
    full = np.searchsorted(
        np.cumsum(sizes), np.arange(_BATCH_CHARS, sizes.sum() + _BATCH_CHARS, _BATCH_CHARS)
    )
    edges = sorted({0, *(full + 1).clip(max=len(fields)).tolist(), len(fields)})
    for first, behind in itertools.pairwise(edges):
        texts = fields[first:behind].ravel().tolist()
        slogans = _list_spans(find_matches(matcher, texts))
        yield SplitBatch(first, texts, split_columns(texts, slogans, unit=len(FIELDS)), slogans)


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
    if len(texts) == 1 and not slogans[0] and len(texts[0]) <= _SHORT:
        short = split_short(texts[0], load_dictionary())
        if short is not None:
            return [short]
    found = [
        (token.word, text, token.start, token.end)
        for text, tokens in zip(range(len(texts)), slogans, strict=True)
        for token in sorted(tokens, key=lambda token: (token.start, -token.end))
    ]
    columns = split_columns(texts, _list_slogans(found), unit=max(len(texts), 1))
    split: list[list[Token]] = [[] for _ in texts]
    numbers = (column.tolist() for column in (columns.kind, columns.text, columns.start, columns.end))
    for kind, text, start, end in zip(*numbers, strict=True):
        split[text].append(Token(columns.words[kind], columns.flags[kind], start, end))
    return split


def split_columns(texts: Sequence[str], slogans: SloganSpans, *, unit: int) -> TokenColumns:
    """Split the texts of many articles into tokens.

    Args:
        texts: Headlines and text of the articles.
        slogans: The slogans in them; of overlapping ones the leftmost, then the longest becomes a token.
        unit: So many texts in a row are one article; names that they repeat are put together over them.

    Returns:
        The tokens, by text and start, not overlapping.
    """
    kinds: Kinds = Kinds()
    begins = np.cumsum([0] + [len(text) + len(BORDER) for text in texts])
    whole = _choose_slogans(slogans, begins, kinds)
    text = read_text(BORDER.join(texts))
    gaps = blank_text(text, whole.start, whole.end) if len(whole.kind) else text
    words, is_chinese = split_pieces(gaps, load_excerpt(gaps.characters), kinds)
    spans = merge_spans([join_places(words, is_chinese, text.characters, kinds), whole])
    number = np.searchsorted(begins, spans.start, side="right") - 1
    spans = join_names(spans, number // unit, kinds)
    number = np.searchsorted(begins, spans.start, side="right") - 1
    return TokenColumns(
        [word for word, _ in kinds],
        [flag for _, flag in kinds],
        spans.kind,
        number,
        spans.start - begins[number],
        spans.end - begins[number],
    )


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


def is_numeral(word: str) -> bool:
    """Tell whether a word is a bare number, in digits or Han numerals, with or without a measure word.

    Example:
        >>> [is_numeral(word) for word in ("8500", "27.2%", "三十个", "两会", "415X")]
        [True, True, True, False, False]
    """
    return bool(_NUMBER.fullmatch(word) or _HAN_NUMERAL.fullmatch(word))


def _list_spans(matches: list[Match]) -> SloganSpans:
    return _list_slogans([(match.slogan, match.doc, match.start, match.end) for match in matches])


def _list_slogans(found: list[tuple[str, int, int, int]]) -> SloganSpans:
    numbers = np.array([place for _, *place in found], dtype=np.int64).reshape(-1, 3)
    return SloganSpans([slogan for slogan, *_ in found], *numbers.T)


def _choose_slogans(slogans: SloganSpans, begins: np.ndarray, kinds: Kinds) -> Spans:
    """Choose of overlapping slogans the leftmost, then the longest."""
    chosen: list[tuple[int, int, int]] = []
    done = 0
    starts, ends = (begins[slogans.text] + column for column in (slogans.start, slogans.end))
    for slogan, start, end in zip(slogans.slogan, starts.tolist(), ends.tolist(), strict=True):
        if start >= done:
            chosen.append((kinds[slogan, SLOGAN], start, end))
            done = end
    return Spans(*np.array(chosen, dtype=np.int64).reshape(-1, 3).T)


def _frame_tokens(batch: SplitBatch, ids: ExtensionArray) -> pd.DataFrame:
    tokens = batch.tokens
    article, field = np.divmod(tokens.text, len(FIELDS))
    edges = np.flatnonzero(np.diff(tokens.text, prepend=-1))
    position = np.arange(len(tokens.text)) - np.repeat(edges, np.diff(edges, append=len(tokens.text)))
    columns = {
        "article_id": ids.take(batch.first + article),
        "field": pd.array(FIELDS, dtype=TEXT).take(field),
        "position": position,
        "word": pd.array(tokens.words, dtype=TEXT).take(tokens.kind),
        "flag": pd.array(tokens.flags, dtype=TEXT).take(tokens.kind),
        "start": tokens.start,
        "end": tokens.end,
    }
    return pd.DataFrame(columns).astype(_COLUMNS)
