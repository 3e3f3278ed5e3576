"""Kinds of printed lines: marks, credits, furniture, leads and bylines are told from text."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np

from analysis.articles import bylines, leads
from analysis.articles.bylines import MARKS, is_byline
from analysis.articles.layout import Layout
from analysis.articles.leads import find_lead, is_credit, is_marker
from analysis.articles.lines import (
    FURNITURE_ENDS,
    FURNITURE_OPENINGS,
    FURNITURE_SIGNS,
    Line,
    ends_sentence,
    has_column_suffix,
    is_furniture,
)
from analysis.articles.roles import find_roles, has_role
from analysis.articles.sheets import Sheet
from analysis.articles.signs import count, digits, gather, look_up, tabulate
from analysis.articles.widths import FULL, INDENTED, SHORT

BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
#: Marks, credits and furniture have no more characters, bylines on a line of their own no more than these.
_LONGEST, _LONGEST_BYLINE = 90, 80
#: So far behind its line the opening of a report may end.
_BEHIND = 60
#: What a line may be besides text: of the page (furniture or mark), a credit, a lead, a byline.
_PAGE, _CREDIT, _LEAD, _BYLINE = 1, 2, 4, 8
#: What speaks against a byline: a stop, or a quotation mark unless an institution's last character follows.
_STOP, _QUOTE, _INSTITUTION = 16, 32, 64
#: What a lead has in it or right behind.
_LEAD_SIGN = 128


class _Page(NamedTuple):
    """A page, how far each of its lines reaches, and the layout."""

    sheet: Sheet
    full: list[int]
    layout: Layout


def find_kinds(sheet: Sheet, full: list[int], layout: Layout) -> list[str]:
    """Say of each line what it is by its form.

    Args:
        sheet: The page.
        full: How far each reaches, as from `find_full`.
        layout: As from `measure_layout`.

    Returns:
        One kind per line: marker, credit, furniture, byline, lead (opening of a report) or text.
    """
    page = _Page(sheet, full, layout)
    kinds = [_find_kind(page, n, may) if may else "text" for n, may in enumerate(_list_doubts(sheet))]
    named = [n for n, kind in enumerate(kinds) if kind in ("byline", "lead") and n]
    inside = [n for n in named if kinds[n - 1] == "lead" and _goes_on(sheet.source, sheet.lines, n)]
    return kinds if not inside else [_mend(kind, n in inside) for n, kind in enumerate(kinds)]


def _mend(kind: str, inside: bool) -> str:
    return "text" if inside else kind


def _list_doubts(sheet: Sheet) -> list[int]:
    """Tell for each line what it may be by its size, its first and last character and those in it."""
    if not sheet.lines:
        return []
    codes, starts, ends = sheet.codes, sheet.starts, sheet.ends
    bits = look_up(codes, _signs())
    inside, last, sizes = gather(bits, starts, ends), bits[ends - 1], ends - starts
    edges = look_up(codes[starts], _openings()) | look_up(codes[ends - 1], _closings())
    may = (inside | edges) & (_PAGE | _CREDIT | _LEAD | _BYLINE)
    behind = np.minimum(np.minimum(ends + _BEHIND, starts + leads.REACH), len(codes))
    may[count(bits & _LEAD_SIGN > 0, starts, behind) == 0] &= _PAGE | _CREDIT | _BYLINE
    signed = last & _INSTITUTION > 0
    may[signed | (sizes < bylines.BARE_WORD)] |= _BYLINE
    roles = np.array(find_roles(sheet.source), dtype=np.intp).reshape(-1, 2)
    firsts, behind = ends.searchsorted(roles[:, 0], side="right"), starts.searchsorted(roles[:, 1])
    for first, last in zip(firsts.tolist(), behind.tolist(), strict=True):
        may[first:last] |= _BYLINE
    told = (inside & _STOP > 0) | ((inside & _QUOTE > 0) & ~signed) | (sizes > _LONGEST_BYLINE)
    may[told] &= _PAGE | _CREDIT | _LEAD
    may[sizes > _LONGEST] &= _LEAD
    return may.tolist()


@cache
def _signs() -> np.ndarray:
    """What is told by characters anywhere in a line."""
    names = bylines.NAME_SIGNS, bylines.STOPS, bylines.QUOTES, bylines.INSTITUTION_ENDS
    return tabulate(FURNITURE_SIGNS, leads.CREDIT_SIGNS, leads.PAPERS, *names, leads.LEAD_SIGNS)


@cache
def _openings() -> np.ndarray:
    """What is told by the first character of a line."""
    return tabulate(FURNITURE_OPENINGS | digits(), "", leads.OPENINGS)


@cache
def _closings() -> np.ndarray:
    """What is told by the last character of a line."""
    return tabulate(FURNITURE_ENDS)


def _find_kind(page: _Page, number: int, may: int) -> str:
    """Say what a line is that may be other than text."""
    line = page.sheet.lines[number]
    text = line.text
    whole = may != _LEAD and not page.sheet.depths[number]
    if whole and may & _PAGE and "版" in text and is_marker(text):
        return "marker"
    if whole and may & _CREDIT and is_credit(text) and (text[0] in "（(" or not _is_running(page, number)):
        return "credit"
    if (
        whole
        and may & _PAGE
        and is_furniture(text)
        and not (text[0].isdigit() and number > 1 and _is_running(page, number))
    ):
        return "furniture"
    if may & _LEAD and _opens_report(page, line):
        return "lead"
    return "byline" if whole and may & _BYLINE and is_byline(text) and _stands_alone(page, number) else "text"


def _opens_report(page: _Page, line: Line) -> bool:
    end = min(line.end + _BEHIND, len(page.sheet.source))
    bracketed = line.text[0] in "（(" and BRACKETED.fullmatch(line.text)
    return not bracketed and find_lead(page.sheet.source, line.start, end) is not None


def _stands_alone(page: _Page, number: int) -> bool:
    """Tell whether a line made of names is a byline by its marks, or by how it stands among the others."""
    lines = page.sheet.lines
    line, text = lines[number], lines[number].text
    marked = text[0] in MARKS or (
        has_role(text) and not (page.layout.wrapped and page.full[number] == INDENTED)
    )
    bare = not line.level and not BRACKETED.fullmatch(text) and _precedes_text(lines, page.full, number)
    spaced = " " in text or text[0] in MARKS
    short = page.layout.wrapped and page.full[number] == SHORT
    return (marked or bare) and (spaced or short or not _is_running(page, number))


def _goes_on(source: str, lines: list[Line], number: int) -> bool:
    """Names on the second line of a lead are no byline and no lead of their own."""
    lead = find_lead(source, lines[number - 1].start, lines[number].end)
    return lead is not None and lead.end > lines[number].start


def _is_running(page: _Page, number: int) -> bool:
    """Tell whether a line stands in the middle of a wrapped sentence."""
    if not number or page.full[number - 1] not in (FULL, INDENTED):
        return False
    if page.sheet.stops[number - 1] or page.sheet.lines[number].blanks > 1:
        return False
    return not has_column_suffix(page.sheet.lines[number - 1].text)


def _precedes_text(lines: list[Line], full: list[int], number: int) -> bool:
    """Tell whether text follows a line, not another headline."""
    if number + 1 == len(lines):
        return False
    following = lines[number + 1]
    if following.text.startswith("本报讯"):
        return False
    return (
        full[number + 1] in (FULL, INDENTED)
        or ends_sentence(following.text)
        or following.size > 30
        or following.text[0] == "【"
    )
