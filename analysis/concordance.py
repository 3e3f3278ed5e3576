"""Concordance: occurrences in the lines that they stand in (keyword in context), and searching for more."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.patterns import Pattern, PatternError, check_width, compile_pattern, iter_spans, may_match
from analysis.schema import COUNT, FIELDS, TEXT
from analysis.slogans.skeleton import skeleton

#: Orders that `sort_lines` knows.
LINE_ORDERS = ("left", "right", "date")
#: Characters of context on either side.
LINE_WIDTH = 24
#: Lines that a search gives at the most.
MOST_LINES = 1000

_LINE = {"left": TEXT, "surface": TEXT, "right": TEXT, "start": COUNT, "end": COUNT}
_HIT_LINE = {"article_id": TEXT, "field": TEXT, "slogan": TEXT} | _LINE
_SEARCH_LINE = {"article_id": TEXT, "field": TEXT} | _LINE


class OrderError(ValueError):
    """An order that lines cannot be put in."""


class Found(NamedTuple):
    """What a search found, and whether its time was over before the last text."""

    lines: pd.DataFrame
    is_cut: bool


class _Text(NamedTuple):
    """One field of one article."""

    article_id: str
    field: str
    value: str


def find_lines(hits: pd.DataFrame, articles: pd.DataFrame, *, width: int = LINE_WIDTH) -> pd.DataFrame:
    """Put every hit between the characters that stand around it.

    Args:
        hits: Table `slogan_hits` (or any part of it).
        articles: Table `articles`; hits in other articles have no line.
        width: Characters of context on either side, at the most; context ends where the field ends.

    Returns:
        One row per hit, in the order of `hits`: article_id, field, slogan, left, surface, right, start, end.
        Line ends are shown as a space; start and end are the offsets of the hit in the field.

    Example:
        >>> hit = {"article_id": "a", "slogan": "一老一小", "surface": "一老一小", "field": "text"}
        >>> hits = pd.DataFrame([hit | {"start": 2, "end": 6}])
        >>> articles = pd.DataFrame([{"article_id": "a", "text": "办好一老一小工作"}])
        >>> find_lines(hits, articles)[["left", "surface", "right"]].values.tolist()
        [['办好', '一老一小', '工作']]
    """
    values = _look_up(hits, articles)
    is_known = np.array([isinstance(value, str) for value in values], dtype=bool)
    hits = hits[is_known]
    spans = zip(values[is_known], hits["start"], hits["end"], strict=True)
    contexts = [_cut(value, start, end, width) for value, start, end in spans]
    lines = hits[["article_id", "field", "slogan", "surface", "start", "end"]].reset_index(drop=True)
    lines = lines.assign(left=[left for left, _ in contexts], right=[right for _, right in contexts])
    lines = lines.assign(surface=_flatten(lines["surface"]))
    return lines[[*_HIT_LINE]].astype(_HIT_LINE)


def search_lines(
    articles: pd.DataFrame,
    pattern: str,
    *,
    width: int = LINE_WIDTH,
    regex: bool = True,
    limit: int = MOST_LINES,
    seconds: float = 5.0,
) -> pd.DataFrame:
    """Search headlines and text for a pattern, or for plain words, and show each match in its line.

    Patterns are those of RE2 (see `patterns.Pattern`). Fields are searched as they stand: unlike slogans, a
    match is not found across a space or a quotation mark. Matches do not overlap; of those that begin
    together, alternatives that stand first win. Empty matches have no line.

    Args:
        articles: Table `articles`; every row is searched, teasers and notices too.
        pattern: Regular expression, or plain words. `.` stops at the end of a paragraph, `^` and `$` stand
            for the ends of the field ((?m) for those of its paragraphs), and `\\w`, `\\d`, `\\b` know Latin
            letters and digits only: a Chinese character is `\\p{Han}`.
        width: Characters of context on either side, at the most; context ends where the field ends.
        regex: False takes the pattern for plain words.
        limit: Lines at the most; ask for one more than is shown to know whether there are more.
        seconds: Time after which the search is given up.

    Returns:
        One row per match, in the order of the articles, their fields and the match: article_id, field,
        left, surface, right, start, end. surface is verbatim, `value[start:end]` of the field; line ends
        in the contexts are shown as a space.

    Raises:
        PatternError: The pattern is empty, is no pattern, is too wide for the texts, or took too long.

    Example:
        >>> articles = pd.DataFrame([{"article_id": "a", "headline": "", "text": "推进共同富裕，促共富"}])
        >>> articles = articles.assign(kicker="", subhead="")
        >>> search_lines(articles, "共同?富裕?")[["left", "surface", "right", "start"]].values.tolist()
        [['推进', '共同富裕', '，促共富', 2], ['推进共同富裕，促', '共富', '', 8]]
    """
    found = search_batches([articles], pattern, width=width, regex=regex, limit=limit, seconds=seconds)
    if found.is_cut:
        raise PatternError(f"{pattern}: took too long; narrow the pattern, or select fewer articles")
    return found.lines


def search_batches(
    batches: Iterable[pd.DataFrame],
    pattern: str,
    *,
    width: int = LINE_WIDTH,
    regex: bool = True,
    limit: int = MOST_LINES,
    seconds: float = 5.0,
) -> Found:
    """Search articles that come in batches, as `search_lines` does, for as long as the time lasts.

    Args:
        batches: Table `articles`, some rows at a time; none is asked for behind the limit.
        pattern: As in `search_lines`.
        width: As in `search_lines`.
        regex: As in `search_lines`.
        limit: As in `search_lines`.
        seconds: Time after which the search stops where it is.

    Returns:
        The lines found, and whether the time was over before the last text.

    Raises:
        PatternError: The pattern is empty, is no pattern, or is too wide for the texts.

    Example:
        >>> articles = pd.DataFrame([{"article_id": "a", "text": "养老"}])
        >>> articles = articles.assign(kicker="", headline="", subhead="")
        >>> found = search_batches([articles, articles], "养", limit=1)
        >>> len(found.lines), found.is_cut
        (1, False)
    """
    compiled, deadline = compile_pattern(pattern, regex=regex), time.monotonic() + seconds
    rows, is_cut = [], False
    for articles in batches:
        columns = [pa.array(articles[field].fillna(""), pa.large_string()) for field in FIELDS]
        texts = _list_texts(articles[may_match(compiled, columns)])
        check_width(compiled, max((len(text.value) for text in texts), default=0))
        for text, start, end in _iter_matches(texts, compiled, deadline):
            if len(rows) >= limit:
                break
            left, right = _cut(text.value, start, end, width)
            rows.append((text.article_id, text.field, left, text.value[start:end], right, start, end))
        is_cut = len(rows) < limit and time.monotonic() > deadline
        if is_cut or len(rows) >= limit:
            break
    return Found(pd.DataFrame(rows, columns=[*_SEARCH_LINE]).astype(_SEARCH_LINE), is_cut)


def sort_lines(
    lines: pd.DataFrame, by: str = "left", *, articles: pd.DataFrame | None = None, descending: bool = False
) -> pd.DataFrame:
    """Put lines in the order of what stands beside the node, so that what recurs comes together.

    Contexts are compared outward from the node: the left one from its last character back, the right one
    from its first character on, by code point. White space, quotation marks, width and letter case are
    passed over, as in matching.

    Args:
        lines: From `find_lines` or `search_lines`, in any order.
        by: left (ties: right), right (ties: left), or date (of publication; undated last).
        articles: Table `articles` with their dates; only for by="date", and not where `lines` have a date.
        descending: True for the reverse order; undated lines stay last.

    Returns:
        The same rows and columns, default index; lines that compare equal stay in the order given.

    Raises:
        OrderError: `by` is unknown, or there is no date to sort by.

    Example:
        >>> lines = pd.DataFrame({"left": ["深化", "推进", "大力推进"], "right": ["。", "，", "工作"]})
        >>> sort_lines(lines)["left"].tolist()
        ['深化', '推进', '大力推进']
    """
    if by not in LINE_ORDERS:
        raise OrderError(f"by='{by}' is no order of lines; expected one of {', '.join(LINE_ORDERS)}")
    if by == "date":
        keys = pd.DataFrame({"date": _find_dates(lines, articles)})
    else:
        other = "right" if by == "left" else "left"
        keys = pd.DataFrame({side: _outward(lines[side], side) for side in (by, other)}, dtype=TEXT)
    keys = keys.reset_index(drop=True).sort_values(
        [*keys.columns], ascending=not descending, kind="stable", na_position="last"
    )
    return lines.iloc[keys.index].reset_index(drop=True)


def _look_up(hits: pd.DataFrame, articles: pd.DataFrame) -> np.ndarray:
    """Give each hit the field that it stands in; None where the articles lack it."""
    rows = pd.Index(articles["article_id"]).get_indexer(pd.Index(hits["article_id"]))
    values = np.full(len(hits), None, dtype=object)
    for field in hits["field"].unique():
        is_here = (hits["field"] == field).to_numpy() & (rows >= 0)
        values[is_here] = articles[field].to_numpy(dtype=object)[rows[is_here]]
    return values


def _cut(value: str, start: int, end: int, width: int) -> tuple[str, str]:
    """Cut the contexts of a place out of a text, line ends as spaces."""
    left, right = value[max(0, start - width) : start], value[end : end + width]
    return left.replace("\n", " "), right.replace("\n", " ")


def _flatten(texts: pd.Series) -> pd.Series:
    return texts.astype(TEXT).str.replace("\n", " ", regex=False)


def _list_texts(articles: pd.DataFrame) -> list[_Text]:
    """List the fields that hold matter, article by article in reading order."""
    columns = [articles["article_id"], *(articles[field].fillna("") for field in FIELDS)]
    return [
        _Text(article_id, field, value)
        for article_id, *values in zip(*columns, strict=True)
        for field, value in zip(FIELDS, values, strict=True)
        if value
    ]


def _iter_matches(texts: list[_Text], pattern: Pattern, deadline: float) -> Iterator[tuple[_Text, int, int]]:
    """Find the matches of each text, with offsets in characters, until the time is over."""
    for text in texts:
        for start, end in iter_spans(pattern, text.value, deadline):
            yield text, start, end
        if time.monotonic() > deadline:
            return


def _outward(contexts: pd.Series, side: str) -> list[str]:
    step = -1 if side == "left" else 1
    return [skeleton(context)[::step] for context in contexts]


def _find_dates(lines: pd.DataFrame, articles: pd.DataFrame | None) -> pd.Series:
    if "date" in lines:
        return pd.to_datetime(lines["date"])
    if articles is None:
        raise OrderError("by='date': the lines have no date; expected articles=, the table they are from")
    return pd.to_datetime(lines["article_id"].map(articles.set_index("article_id")["date"]))
