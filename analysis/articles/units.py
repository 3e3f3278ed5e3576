"""Printed lines become units: paragraphs, headline lines, bylines, credits, marks, furniture."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from analysis.articles.kinds import BRACKETED, find_kinds
from analysis.articles.layout import Layout
from analysis.articles.leads import Part, find_lead, find_parts
from analysis.articles.lines import (
    INNER_STOP,
    Line,
    ends_open,
    ends_sentence,
    has_column_suffix,
    is_furniture,
    looks_like_headline,
    squeeze,
)
from analysis.articles.sheets import Sheet, lay_sheet
from analysis.articles.widths import OVER, find_full
from analysis.articles.wraps import CALL_END, SPEAKER, Wrapped, find_tail, list_openings

_BETWEEN_REPORTS = re.compile(
    r"(?<=[。！？”’）)\"])\s+(?=本\s*报\s*讯\s*[（(\d“\"近日今昨])|(?<=[。！？”])(?=本报讯\s*[（(])"
)
#: So many heading marks make a marked page.
_MARKED = 3
#: Kicker, headline and subhead on one line; none is shorter, and a line of one is not longer, in characters.
_MOST_PARTS, _SHORTEST_PART, _LONGEST_HEAD = 4, 4, 60
#: Blank lines before the first teaser, before one was seen.
_UNSEEN = -1
_CONTENTS = re.compile(r".{0,4}导读|今日看点")
_DOUBLE_SPACE = re.compile(r"[\u3000-\u9fff”’）)]\s{2,}[\u3000-\u9fff“‘（(]")
_KICKER_END = re.compile(r"(?:——|强调|指出|要求|表示|发言|讲话|致辞|批示|主持召开|时强调|[:：])$")
_SPEAKER_LINE = re.compile(r"[^，。：:“”]{1,12}[:：]")
_CLOSING = re.compile(
    r"[（(](?:本文)?(?:作者|执笔|据|来源|原载|相关|附|注).{0,120}[)）]"
    r"|[（(].{0,100}(?:采写|整理|[电讯]|供稿|报道)[)）]"
    r"|[（(].{0,20}(?:电|讯).{0,12}[)）]"
    r"|[（(][^（()）]{3,9}[省市县区旗州][^（()）]{2,5}[)）]"
    r"|——+编\s*者|(?:数据|资料|信息|图片)来源[:：].{2,40}"
)


class Unit(NamedTuple):
    """One paragraph or other self-contained stretch of the page.

    role: body, head, byline, credit, marker, teaser or furniture. lines: in reading order. over: a line of it
    runs over the column's edge. lead, parts: what stands inside and is no text.
    """

    role: str
    lines: tuple[Line, ...]
    text: str
    lead: Part | None = None
    parts: tuple[Part, ...] = ()
    over: bool = False

    @property
    def start(self) -> int:
        """Offset of the first character in the source."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Offset behind the last character in the source."""
        return self.lines[-1].end

    @property
    def level(self) -> int:
        """Heading level of the first line; 0 when it has no mark."""
        return self.lines[0].level

    @property
    def blanks(self) -> int:
        """Blank lines in front of the unit."""
        return self.lines[0].blanks

    @property
    def cut(self) -> bool:
        """True for text that stops in mid-sentence."""
        return self.role == "body" and not ends_sentence(self.text) and not self.parts

    @property
    def strong(self) -> bool:
        """True for a headline line that its form alone tells from a heading inside a text."""
        printed = self.lines[-1].text
        return self.role == "head" and bool(
            self.level or self.over or _DOUBLE_SPACE.search(printed) or has_column_suffix(self.text)
        )

    @property
    def weak(self) -> bool:
        """True for a headline line that may as well be a short paragraph: it ends as a sentence does."""
        return self.role == "head" and not self.strong and ends_sentence(self.text)

    @property
    def calls(self) -> bool:
        """True for a kicker that ends in 强调 or 指出: the headline must follow, no text can."""
        return self.role == "head" and bool(CALL_END.search(self.text))

    @property
    def kicker_like(self) -> bool:
        """True for a headline line that calls for another one below it."""
        return self.role == "head" and bool(_KICKER_END.search(self.text))


def build_units(sheets: Sequence[Sheet], layouts: Sequence[Layout]) -> list[list[Unit]]:
    """Join wrapped lines and say what each stretch is.

    Args:
        sheets: Pages, as from `lay_sheet`.
        layouts: Their layouts, as from `measure_layout`.

    Returns:
        For each page its units in source order; every line is in exactly one.
    """
    sheets = list(map(_cut_at_reports, sheets))
    full = [
        find_full(sheet) if layout.wrapped else [0] * len(sheet.lines)
        for sheet, layout in zip(sheets, layouts, strict=True)
    ]
    kinds = list(map(find_kinds, sheets, full, layouts))
    tails = list(map(find_tail, sheets, full))
    pages = [Wrapped(*page, *tail) for *page, tail in zip(sheets, full, kinds, layouts, tails, strict=True)]
    openings = list(map(list_openings, pages))
    return list(map(_mend, map(_make_units, pages, openings)))


def _make_units(page: Wrapped, openings: list[int]) -> list[Unit]:
    source, lines, full = page.sheet.source, page.sheet.lines, page.full
    return [
        _make_unit(source, lines[first:end], page.kinds[first], full[first:end])
        for first, end in itertools.pairwise([*openings, len(lines)])
    ]


def _mend(units: list[Unit]) -> list[Unit]:
    """Change what units are by how they stand on the page."""
    units = _mark_teasers([_close_text(units, number) for number in range(len(units))])
    return _trust_marks(units) if is_marked(units) else units


def is_marked(units: list[Unit]) -> bool:
    """Tell whether a page marks its headlines: three or more have a heading mark, or what it opens with."""
    first = next((unit for unit in units if unit.role != "furniture"), None)
    marked = sum([unit.level > 0 for unit in units if unit.role == "head"])
    return marked >= _MARKED or (first is not None and first.role == "head" and first.level > 0)


def _mark_teasers(units: list[Unit]) -> list[Unit]:
    """Take the lines under the word 导读 for teasers, as far as they are spaced alike."""
    marked: list[Unit] = []
    spacing = None
    for unit in units:
        if unit.role == "furniture":
            spacing = _UNSEEN if _CONTENTS.fullmatch(unit.text) else None
        elif unit.role != "head" or unit.level or (spacing not in (None, _UNSEEN) and unit.blanks != spacing):
            spacing = None
        elif spacing is not None:
            spacing = unit.blanks if spacing == _UNSEEN else spacing
            unit = unit._replace(role="teaser")  # noqa: PLW2901
        marked.append(unit)
    return marked


def _trust_marks(units: list[Unit]) -> list[Unit]:
    """On a page that marks its headlines take a line without a mark for text.

    But not a subhead over a byline or lead, and not what stands behind the last text.
    """
    trusted: list[Unit] = []
    begun = False
    last = max((i for i, unit in enumerate(units) if unit.role == "body" or unit.level), default=0)
    for number, unit in enumerate(units):
        begun = begun or unit.level > 0
        plain = begun and unit.role == "head" and not unit.level and number < last
        if plain and not (trusted and trusted[-1].role == "head" and _opens_report(units, number + 1)):
            unit = unit._replace(role="body")  # noqa: PLW2901
        trusted.append(unit)
    return trusted


def _opens_report(units: list[Unit], number: int) -> bool:
    return number < len(units) and (units[number].role == "byline" or units[number].lead is not None)


def _close_text(units: list[Unit], number: int) -> Unit:
    """A line all in brackets right below a text belongs to that text; a speaker above a headline to that."""
    unit = units[number]
    if unit.role == "head" and number and units[number - 1].role == "body" and BRACKETED.fullmatch(unit.text):
        return unit._replace(role="body")
    return unit


def _cut_at_reports(sheet: Sheet) -> Sheet:
    """Cut a line where a new report begins inside it."""
    if not any(["讯" in line.text and _BETWEEN_REPORTS.search(line.text) for line in sheet.lines]):
        return sheet
    cut: list[Line] = []
    for line in sheet.lines:
        place = 0
        for match in _BETWEEN_REPORTS.finditer(line.text):
            cut.append(_slice(line, place, match.start()))
            place = match.end()
        cut.append(_slice(line, place, line.size) if place else line)
    return lay_sheet(sheet.source, cut)


def _slice(line: Line, start: int, end: int) -> Line:
    return Line(
        line.start + start,
        line.start + end,
        line.text[start:end],
        line.level if not start else 0,
        line.blanks if not start else 0,
    )


def _is_spoken(text: str) -> bool:
    """Tell whether a line is a question of an interview, or names who speaks."""
    return bool(_SPEAKER_LINE.fullmatch(text)) or bool(SPEAKER.match(text) and text[-1] in "？?")


def _is_set_apart(lines: list[Line], text: str, *, over: bool) -> bool:
    """Tell whether a long line is a headline all the same: not wrapped, or cut into headlines by spaces."""
    if len(lines) > 1 or ends_sentence(text):
        return False
    parts = lines[0].text.split()
    if 1 < len(parts) <= _MOST_PARTS:
        return all(len(part) >= _SHORTEST_PART and looks_like_headline(part) for part in parts)
    return over and len(text) <= _LONGEST_HEAD and not INNER_STOP.search(text) and not ends_open(text)


def _make_unit(source: str, lines: list[Line], kind: str, full: list[int]) -> Unit:
    text = squeeze(lines[0].text if len(lines) == 1 else "".join([line.text for line in lines]))
    over = OVER in full
    role = kind
    lead = None
    if kind in ("text", "lead"):
        lead = find_lead(source, lines[0].start, lines[-1].end)
        head = (
            lead is None
            and len(lines) <= 4
            and not (len(lines) > 1 and ends_sentence(text))
            and (looks_like_headline(text) or _is_set_apart(lines, text, over=over))
            and not _CLOSING.fullmatch(text)
        )
        role = "head" if head and not _is_spoken(text) else "body"
        if role == "body" and lines[0].level and lead is None and len(text) <= 40 and not ends_sentence(text):
            role = "head"
        if role == "head" and not lines[0].level and is_furniture(text):
            role = "furniture"
    parts: tuple[Part, ...] = ()
    if role == "body":
        parts = tuple(find_parts(source, lead.end if lead else lines[0].start, lines[-1].end))
    return Unit(role, tuple(lines), text, lead, parts, over)
