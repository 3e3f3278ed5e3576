"""Matching the lexicon on articles."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
from ahocorasick_rs import AhoCorasick

from analysis import schema
from analysis.slogans.lexicon import QUOTED_ONLY, iter_forms, read_lexicon, split_cell
from analysis.slogans.skeleton import QUOTES, skeleton, trace_skeleton

# Texts are joined to haystacks of about this many characters: few calls, bounded memory.
_HAYSTACK_CHARS = 2_000_000
# Stands between two texts; no form holds it, so nothing matches across it.
_BORDER = "\0"
_FORMULA = re.compile(r"[0-9a-z+]")
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千万亿零]")
_ANY_NUMERAL = frozenset("〇零一二两三四五六七八九十百千万亿几数第")
_UNIT = frozenset("十百千万亿")
# One character in quotation marks inside a form plays on words (以“人”为本 in a row of 以“…”…).
_ONE_QUOTED = re.compile(r"[“‘「『\"'].[”’」』\"']")
# Characters looked at before and behind a match; white space among them is passed over.
_REACH = 4
_PAIRS = ("“”", "‘’", "「」", "『』", '""', "''")


class Match(NamedTuple):
    """One form found in one text: the slogan, where it stands, and whether anything was passed over in it."""

    doc: int
    start: int
    end: int
    slogan: str
    is_broken: bool


class _Form(NamedTuple):
    """One pattern that stands for a slogan."""

    slogan: str
    bare: str
    quoted_only: bool
    has_quotes: bool
    is_numeric: bool


class Matcher(NamedTuple):
    """A compiled lexicon."""

    automaton: AhoCorasick
    forms: dict[int, _Form]  # by pattern; patterns that are mere guards are absent
    voids: dict[int, list[tuple[int, int]]]  # by pattern: forms it makes void, and where they begin in it


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
    fields = _list_fields(articles)
    matches = find_matches(matcher, fields["value"].tolist())
    records = list(_iter_records(matches, fields))
    if not records:
        return schema.empty(schema.SLOGAN_HITS).assign(crossing=pd.Series([], dtype=schema.TEXT))
    hits = pd.DataFrame(records, columns=[*schema.SLOGAN_HITS.names, "crossing"])
    hits = hits.astype({"crossing": schema.TEXT})
    return sort_hits(schema.conform(hits, schema.SLOGAN_HITS))


def sort_hits(hits: pd.DataFrame) -> pd.DataFrame:
    """Put hits in the order of table `slogan_hits`, fields in reading order, with a default index."""
    rank = hits["field"].map({field: i for i, field in enumerate(schema.FIELDS)})
    order = hits.assign(rank=rank).sort_values(["article_id", "rank", "start", "end"], kind="stable").index
    return hits.loc[order].reset_index(drop=True)


def compile_lexicon(lexicon: pd.DataFrame) -> Matcher:
    """Compile a lexicon for `find_matches`.

    Args:
        lexicon: As from `read_lexicon`.

    Returns:
        The matcher.
    """
    patterns: dict[str, int] = {}
    forms: dict[int, _Form] = {}
    voids: dict[int, list[tuple[int, int]]] = {}
    for slogan, form, guard in iter_forms(lexicon):
        bare, guards = skeleton(form), split_cell(guard)
        number = patterns.setdefault(bare, len(patterns))
        is_numeric = any(_FORMULA.match(end) for end in (bare[0], bare[-1])) or bool(_NUMERAL.match(bare))
        has_quotes = not QUOTES.isdisjoint(form)
        forms[number] = _Form(slogan, bare, QUOTED_ONLY in guards, has_quotes, is_numeric)
        for context in (skeleton(item).replace("~", bare) for item in guards if item != QUOTED_ONLY):
            void = voids.setdefault(patterns.setdefault(context, len(patterns)), [])
            void += [(number, found.start()) for found in re.finditer(re.escape(bare), context)]
    return Matcher(AhoCorasick(list(patterns)), forms, voids)


@functools.cache
def _compile_own_lexicon() -> Matcher:
    return compile_lexicon(read_lexicon())


def find_matches(matcher: Matcher, texts: list[str]) -> list[Match]:
    """Find every form in every text, nested and overlapping ones included, guards applied.

    Args:
        matcher: From `compile_lexicon`.
        texts: As printed.

    Returns:
        Matches by text and start; of those that begin together the longest first.
    """
    if not matcher.forms:
        return []
    return [match for first, batch in _batches(texts) for match in _find_in_batch(matcher, batch, first)]


def _batches(texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Cut texts into runs of bounded length, each with the number of its first text."""
    first, size = 0, 0
    for number, text in enumerate(texts, start=1):
        size += len(text)
        if size >= _HAYSTACK_CHARS or number == len(texts):
            yield first, texts[first:number]
            first, size = number, 0


def _find_in_batch(matcher: Matcher, texts: list[str], first: int) -> Iterator[Match]:
    haystack = _BORDER.join(texts)
    bare, offsets = trace_skeleton(haystack)
    raw = matcher.automaton.find_matches_as_indexes(bare, overlapping=True)
    found = np.array(raw, dtype=np.int64).reshape(-1, 3)
    found = found[np.lexsort((-found[:, 2], found[:, 1]))]
    void = set(_iter_void(matcher, found))
    starts, ends = offsets[found[:, 1]], offsets[found[:, 2] - 1] + 1
    begins = np.cumsum([0] + [len(text) + 1 for text in texts[:-1]])
    docs = np.searchsorted(begins, starts, side="right") - 1
    rows = np.column_stack([found[:, :2], starts, ends, docs, starts - begins[docs]]).tolist()
    for pattern, place, start, end, doc, begin in rows:
        form = matcher.forms.get(pattern)
        if form is None:
            continue
        is_broken = end - start > len(form.bare)
        is_void = (pattern, place) in void
        is_plain = not (is_broken or is_void or form.is_numeric or form.quoted_only)
        if is_plain or _is_allowed(form, haystack, start, end, is_void):
            yield Match(first + doc, begin, begin + end - start, form.slogan, is_broken)


def _iter_void(matcher: Matcher, found: np.ndarray) -> Iterator[tuple[int, int]]:
    """Tell which forms, beginning where, stand in the words of their guard."""
    for pattern, start, _ in found[np.isin(found[:, 0], list(matcher.voids))].tolist():
        for form, offset in matcher.voids[pattern]:
            yield form, start + offset


def _is_allowed(form: _Form, text: str, start: int, end: int, is_void: bool) -> bool:
    """Look at the characters in and around a match that can make it void."""
    is_broken = end - start > len(form.bare) and not form.has_quotes
    if is_broken and _ONE_QUOTED.search(text[max(0, start - 1) : end + 1]):
        return False
    if not (is_void or form.is_numeric or form.quoted_only):
        return True
    before = "".join(text[max(0, start - _REACH) : start].split())
    after = "".join(text[end : end + _REACH].split())
    if before and after and before[-1] in QUOTES and after[0] in QUOTES:
        return True  # set off by quotation marks: a coinage, whatever stands around it
    return not (
        is_void
        or form.quoted_only
        or _is_cut_formula(form.bare, before, after)
        or _is_cut_numeral(form.bare, before)
    )


def _is_cut_formula(form: str, before: str, after: str) -> bool:
    """Tell whether a formula of digits and letters goes on before or behind the match."""
    head = _FORMULA.match(form[0]) and before and re.match(r"[0-9a-z+.]", skeleton(before[-1]))
    tail = _FORMULA.match(form[-1]) and after and _FORMULA.match(skeleton(after))
    return bool(head or tail)


def _is_cut_numeral(form: str, before: str) -> bool:
    """Tell whether the numeral that a form begins with is the end of a longer one."""
    if not before or not _NUMERAL.match(form[0]):
        return False
    last = before[-1]
    if last == "一":  # 之一, 统一, 第一 and so on end in 一 without being a numeral
        return len(before) > 1 and before[-2] in _ANY_NUMERAL
    return last in _ANY_NUMERAL or (form[0] in _UNIT and last.isdigit())


def _list_fields(articles: pd.DataFrame) -> pd.DataFrame:
    """List every field of every article that holds matter: article_id, field, value."""
    long = articles.melt("article_id", [*schema.FIELDS], var_name="field", value_name="value")
    return long[long["value"].fillna("") != ""].reset_index(drop=True)


def _iter_records(matches: list[Match], fields: pd.DataFrame) -> Iterator[tuple]:
    ids, names, values = (fields[column].tolist() for column in ("article_id", "field", "value"))
    last_doc = last_end = 0
    for match, crossing in _resolve(matches):
        text = values[match.doc]
        start, end = _place(text, match, last_end if match.doc == last_doc else 0)
        places = [(other.slogan, *_place(text, other, 0)) for other in crossing]
        crossed = [(slogan, text[first:behind], first, behind) for slogan, first, behind in places]
        packed = json.dumps(crossed, ensure_ascii=False) if crossed else ""
        yield ids[match.doc], match.slogan, text[start:end], names[match.doc], start, end, packed
        last_doc, last_end = match.doc, end


def _place(text: str, match: Match, last: int) -> tuple[int, int]:
    """Place a match, not before `last`, with both or neither of a pair of quotation marks."""
    start, end = match.start, match.end
    if not match.is_broken:
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


def _resolve(matches: list[Match]) -> Iterator[tuple[Match, list[Match]]]:
    """Choose the leftmost-longest matches of each text, each with those that cross its end."""
    primary: Match | None = None
    crossing: list[Match] = []
    for match in matches:
        if primary is None or match.doc != primary.doc or match.start >= primary.end:
            if primary is not None:
                yield primary, crossing
            primary, crossing = match, []
        elif match.end > primary.end and match.slogan != primary.slogan:
            crossing.append(match)
    if primary is not None:
        yield primary, crossing
