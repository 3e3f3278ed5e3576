"""Hits: the occurrences of a lexicon's slogans that count, of overlapping ones the leftmost and longest."""

from __future__ import annotations

import functools
import json
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import schema
from analysis.slogans.lexicon import read_lexicon
from analysis.slogans.match import Matcher, Matches, compile_lexicon, find_match_arrays

_PAIRS = ("“”", "‘’", "「」", "『』", '""', "''")


class _Resolved(NamedTuple):
    """Numbers of the matches that count, and of those that cross the end of one of these (by its place)."""

    primary: np.ndarray
    crossing: dict[int, list[int]]


def find_slogans(articles: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find every occurrence of the lexicon's slogans in headlines and text.

    Counting convention: text is compared without white space, quotation marks, width and letter case, so a
    form broken over a wrap counts; nothing else is jumped over. Of overlapping slogans the one that begins
    first counts, of those that begin together the longest: hits never overlap, and 微网格 is no hit of 网格
    (see `roll_up`). Where the guard of an entry applies there is no hit; a formula of digits and letters is
    none inside a longer one (8+4 in 18+4), nor is a Chinese numeral after another (三农 in 第三农场).

    Args:
        articles: Table `articles`; teasers and notices are searched too.
        lexicon: As from `read_lexicon`; None for the product's own.

    Returns:
        Table `slogan_hits`, with the further column `crossing`: slogans that begin inside the hit and end
        behind it, as a JSON list of [slogan, surface, start, end], or "". They are no hits; `roll_up` counts
        them for themselves.

    Example:
        >>> articles = pd.DataFrame({"article_id": ["a"], "headline": ["学习 新时代“枫桥 经验”"]})
        >>> articles = articles.assign(kicker="", subhead="", text="")
        >>> find_slogans(articles)[["slogan", "surface", "start", "end"]].values.tolist()
        [['新时代“枫桥经验”', '新时代“枫桥 经验”', 3, 13]]
    """
    matcher = _compile_own_lexicon() if lexicon is None else compile_lexicon(lexicon)
    texts = [text for field in schema.FIELDS for text in articles[field].fillna("").tolist()]
    matches = find_match_arrays(matcher, texts)
    if not len(matches.doc):
        return schema.empty(schema.SLOGAN_HITS).assign(crossing=pd.Series([], dtype=schema.TEXT))
    resolved = _resolve(matches)
    doc = matches.doc[resolved.primary]
    start, end = _place_all(matches, resolved.primary, texts)
    field, row = np.divmod(doc, len(articles))
    rank, _ = pd.factorize(articles["article_id"], sort=True)
    order = np.lexsort((end, start, field, rank[row]))
    spans = zip(doc[order].tolist(), start[order].tolist(), end[order].tolist(), strict=True)
    hits = {
        "article_id": articles["article_id"].take(row[order]).array,
        "slogan": matcher.slogans[matches.pattern[resolved.primary[order]]],
        "surface": [texts[number][first:behind] for number, first, behind in spans],
        "field": np.array(schema.FIELDS, dtype=object)[field[order]],
        "start": start[order],
        "end": end[order],
        "crossing": _pack_crossing(matcher, matches, resolved, texts)[order],
    }
    return schema.conform(pd.DataFrame(hits).astype({"crossing": schema.TEXT}), schema.SLOGAN_HITS)


def sort_hits(hits: pd.DataFrame) -> pd.DataFrame:
    """Put hits in the order of table `slogan_hits`, fields in reading order, with a default index.

    Hits of batches of articles, put one behind the other and sorted, are those of all the articles.

    Args:
        hits: Columns of table `slogan_hits`, in any order.

    Returns:
        The same rows; those that agree in article and place stay in the order given.
    """
    rank = hits["field"].map({field: i for i, field in enumerate(schema.FIELDS)})
    order = hits.assign(rank=rank).sort_values(["article_id", "rank", "start", "end"], kind="stable").index
    return hits.loc[order].reset_index(drop=True)


@functools.cache
def _compile_own_lexicon() -> Matcher:
    return compile_lexicon(read_lexicon())


def _resolve(matches: Matches) -> _Resolved:
    """Choose the leftmost-longest matches of each text, and note those that cross the end of one."""
    primary: list[int] = []
    crossing: dict[int, list[int]] = {}
    last_doc = last_end = -1
    columns = (column.tolist() for column in (matches.doc, matches.start, matches.end))
    for number, (doc, start, end) in enumerate(zip(*columns, strict=True)):
        if doc != last_doc or start >= last_end:
            primary.append(number)
            last_doc, last_end = doc, end
        elif end > last_end:
            crossing.setdefault(len(primary) - 1, []).append(number)
    return _Resolved(np.array(primary, dtype=np.int64), crossing)


def _pack_crossing(matcher: Matcher, matches: Matches, resolved: _Resolved, texts: list[str]) -> np.ndarray:
    """Write for each hit the other slogans that cross its end as JSON: slogan, surface, start, end."""
    packed = np.full(len(resolved.primary), "", dtype=object)
    for place, numbers in resolved.crossing.items():
        own = matcher.slogans[matches.pattern[resolved.primary[place]]]
        crossed = []
        for number in numbers:
            slogan, text = matcher.slogans[matches.pattern[number]], texts[matches.doc[number]]
            if slogan != own:
                start, end = _place(text, matches, number, 0)
                crossed.append((slogan, text[start:end], start, end))
        if crossed:
            packed[place] = json.dumps(crossed, ensure_ascii=False)
    return packed


def _place_all(matches: Matches, primary: np.ndarray, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Place the matches that count, those with something passed over in them one by one."""
    doc, start, end = matches.doc[primary], matches.start[primary], matches.end[primary]
    for place in np.flatnonzero(matches.is_broken[primary]).tolist():
        last = end[place - 1] if place and doc[place - 1] == doc[place] else 0
        start[place], end[place] = _place(texts[doc[place]], matches, primary[place], last)
    return start, end


def _place(text: str, matches: Matches, number: int, last: int) -> tuple[int, int]:
    """Place a match, not before `last`, with both or neither of a pair of quotation marks."""
    start, end = int(matches.start[number]), int(matches.end[number])
    if not matches.is_broken[number]:
        return start, end
    for opening, closing in _PAIRS:
        unopened, unclosed = _count_open(text[start:end], opening, closing)
        if unclosed and text[end : end + 1] == closing:
            end += 1
        if unopened and start > last and text[start - 1] == opening:
            start -= 1
    return start, end


def _count_open(surface: str, opening: str, closing: str) -> tuple[int, int]:
    """Count the quotation marks that close what was never opened, and those that are left open."""
    if opening == closing:
        return 0, surface.count(opening) % 2
    depth = unopened = 0
    for character in surface:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            unopened, depth = unopened + 1, 0
    return unopened, depth
