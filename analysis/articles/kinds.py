"""Kinds of printed lines: marks, credits, furniture, leads and bylines are told from text."""

from __future__ import annotations

import re

from analysis.articles.bylines import MARKS, has_role, is_byline
from analysis.articles.layout import Layout
from analysis.articles.leads import find_lead, find_signs, is_credit, is_marker, may_lead
from analysis.articles.lines import Line, ends_sentence, has_column_suffix, is_furniture
from analysis.articles.widths import FULL, INDENTED, SHORT

BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
#: Marks, credits and furniture have no more characters, bylines on a line of their own no more than these.
_LONGEST, _LONGEST_BYLINE = 90, 80
#: So far behind its line the opening of a report may end.
_BEHIND = 60


def find_kinds(source: str, lines: list[Line], full: list[int], layout: Layout) -> list[str]:
    """Say of each line what it is by its form.

    Args:
        source: Text of the page.
        lines: Its lines.
        full: How far each reaches, as from `find_full`.
        layout: As from `measure_layout`.

    Returns:
        One kind per line: marker, credit, furniture, byline, lead (opening of a report) or text.
    """
    signs = find_signs(source)
    kinds = []
    for number, line in enumerate(lines):
        end = min(line.end + _BEHIND, len(source))
        opens = may_lead(signs, line.start, end) and _opens_report(source, line, end)
        kinds.append(_find_kind(lines, full, number, layout, opens=opens))
    named = [n for n, kind in enumerate(kinds) if kind in ("byline", "lead") and n]
    inside = [n for n in named if kinds[n - 1] == "lead" and _goes_on(source, lines, n)]
    return kinds if not inside else [_mend(kind, n in inside) for n, kind in enumerate(kinds)]


def _mend(kind: str, inside: bool) -> str:
    return "text" if inside else kind


def _opens_report(source: str, line: Line, end: int) -> bool:
    bracketed = line.text[0] in "（(" and BRACKETED.fullmatch(line.text)
    return not bracketed and find_lead(source, line.start, end) is not None


def _find_kind(lines: list[Line], full: list[int], number: int, layout: Layout, *, opens: bool) -> str:
    line = lines[number]
    text = line.text
    size = len(text)
    whole = size <= _LONGEST and _is_whole(text)
    if whole:
        if "版" in text and is_marker(text):
            return "marker"
        if is_credit(text) and (text[0] in "（(" or not _is_running(lines, full, number)):
            return "credit"
        if is_furniture(text) and not (text[0].isdigit() and number > 1 and _is_running(lines, full, number)):
            return "furniture"
    if opens:
        return "lead"
    if whole and size <= _LONGEST_BYLINE and is_byline(text):
        marked = text[0] in MARKS or (has_role(text) and not (layout.wrapped and full[number] == INDENTED))
        bare = not line.level and not BRACKETED.fullmatch(text) and _precedes_text(lines, full, number)
        spaced = " " in text or text[0] in MARKS
        short = layout.wrapped and full[number] == SHORT
        if (marked or bare) and (spaced or short or not _is_running(lines, full, number)):
            return "byline"
    return "text"


def _is_whole(text: str) -> bool:
    """Tell whether as many brackets close as open."""
    if not ("（" in text or "(" in text or "）" in text or ")" in text):
        return True
    return text.count("（") + text.count("(") == text.count("）") + text.count(")")


def _goes_on(source: str, lines: list[Line], number: int) -> bool:
    """Names on the second line of a lead are no byline and no lead of their own."""
    lead = find_lead(source, lines[number - 1].start, lines[number].end)
    return lead is not None and lead.end > lines[number].start


def _is_running(lines: list[Line], full: list[int], number: int) -> bool:
    """Tell whether a line stands in the middle of a wrapped sentence."""
    if not number or full[number - 1] not in (FULL, INDENTED):
        return False
    before = lines[number - 1].text
    return not ends_sentence(before) and not has_column_suffix(before) and not lines[number].blanks > 1


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
