"""Hard wraps: does a printed line go on with the paragraph of the line before?"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np

from analysis.articles.layout import Layout
from analysis.articles.lines import Line, ends_open, ends_sentence, has_column_suffix, looks_like_headline
from analysis.articles.sheets import Sheet
from analysis.articles.signs import digits, look_up, tabulate
from analysis.articles.widths import FULL, INDENTED, OVER

#: A kicker that ends so is followed by the headline, never by text.
CALL_END = re.compile(r"(?:强调|指出|要求|时表示)$")
#: Who asks or answers in an interview.
SPEAKER = re.compile(r"(?:记者|问|答|主持人|[^，。：:“”]{2,4})[:：]")
_DAY = re.compile(r"(?:昨日|昨天|近日|日前|连日来|近期|今年以来|\d{1,2}月\d{1,2}日)(?:[上下]午|晚)?[，,]")
_DATED = re.compile(r"(?:昨|今|近|日前|连日|\d{1,2}月|\d{1,2}日|上周|本周|前)")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_FIRST_WORDS = "，。、；：！？）”’」』》,;:!?)"
_ENDS_PARAGRAPH = re.compile(
    r"[（(][^（()）]{1,40}\s*摄\s*[)）]$|(?:记者|通讯员)\s*[\u4e00-\u9fff\s]{2,12}摄$|转.{0,6}版\s*[)）]$"
)
#: A headline has no more lines than this.
_MOST_LINES = 3
#: So many lines of the paragraph so far are looked at.
_TAIL = 6
#: A line in brackets that is longer than this is a note of its own.
_SHORT_NOTE = 6
#: So many lines above the end of the text tell the width of the column, which a line reaches when it is
#: within so many characters of it.
_COLUMN = 12
_NEAR = 0.5
#: A line of no more characters is the rest of the one above.
_REST = 2
#: White space from which on a line opens a paragraph, in full-width characters.
_INDENT = 1.5
#: Openings of lines that are looked at closely: a bracket, and how `_DAY` opens.
_BRACKET, _DAYS = 1, 2
_DAY_OPENINGS = "昨近日连今"
#: ... and their ends: those of `CALL_END` and `_ENDS_PARAGRAPH`, and a dash.
_DOUBTFUL_ENDS = "调出求示）)摄—"


class Wrapped(NamedTuple):
    """A page, how far each of its lines reaches (`find_full`), what each is, the layout, and its tail.

    last: the last line with the end of a sentence; edge: the width of the text above it. What stands behind
    are headlines, which say nothing of the width of a column.
    """

    sheet: Sheet
    full: list[int]
    kinds: list[str]
    layout: Layout
    last: int
    edge: tuple[float, float]

    @property
    def lines(self) -> list[Line]:
        """The lines of the page."""
        return self.sheet.lines


def find_tail(sheet: Sheet, full: list[int]) -> tuple[int, tuple[float, float]]:
    """Find the last line that has the end of a sentence, and how wide the lines above it are: in full-width
    characters, and in characters."""
    lines = sheet.lines
    stops = (n for n in range(len(lines) - 1, -1, -1) if sheet.stops[n] or "。" in lines[n].text)
    last = next(stops, len(lines))
    above = [lines[n] for n in range(max(0, last - _COLUMN), last) if full[n] == FULL]
    widths, sizes = [line.width for line in above], [float(line.size) for line in above]
    return last, (max(widths, key=widths.count, default=0.0), max(sizes, key=sizes.count, default=0.0))


def list_openings(page: Wrapped) -> list[int]:
    """List the lines that open a paragraph or a headline; the others go on with the line before.

    Args:
        page: The page.

    Returns:
        Their numbers, rising.
    """
    lines = page.lines
    if not page.layout.wrapped or not lines:
        return list(range(len(lines)))
    running = _list_running(page)
    openings = [0]
    for number in range(1, len(lines)):
        first = openings[-1]
        goes_on = running[number] and lines[first].text[0] not in "（("
        if not (goes_on or _joins(page, number, first)):
            openings.append(number)
    return openings


def _joins(page: Wrapped, number: int, first: int) -> bool:
    """Tell whether a line of a wrapped page goes on with the paragraph of the line before.

    Args:
        page: The page.
        number: The line in question, 1 or more.
        first: The first line of the paragraph so far.

    Returns:
        True when both are one paragraph, or lines of one headline.
    """
    lines = page.sheet.lines
    before, line = lines[number - 1], lines[number]
    if page.kinds[number] != "text" or page.kinds[number - 1] not in ("text", "lead") or line.level:
        return False
    if _parts(page, number, first):
        return False
    if line.text[0] in _FIRST_WORDS or _stops_open(page, number, first):
        return True
    if page.sheet.stops[number - 1] or _ends_paragraph(before.text):
        return _joins_after_stop(page, number)
    return page.kinds[number - 1] == "lead" or _joins_in_sentence(page, number, first)


def _list_running(page: Wrapped) -> list[bool]:
    """Tell which lines go on in mid-sentence beyond doubt, as most do: those that `_joins` joins to every
    paragraph that does not open with a bracket."""
    sheet, layout = page.sheet, page.layout
    ends = look_up(sheet.codes[sheet.ends - 1], _doubtful_ends())
    first, sizes, full = sheet.codes[sheet.starts], sheet.ends - sheet.starts, np.array(page.full)
    plain = np.array([kind == "text" for kind in page.kinds]) & (sheet.levels == 0)
    blank = sheet.blanks > 0
    openings = look_up(first, _openings())
    goes_on = plain & ((full == FULL) | (full == INDENTED)) & ~np.array(sheet.stops) & (ends == 0)
    goes_on &= openings & _BRACKET == 0
    goes_on[page.last + 1 :] = False
    running = plain & (full != OVER) & (openings & _DAYS == 0)
    running &= sheet.indents < _INDENT
    if not layout.dense:
        running &= ~blank
    elif layout.blanks:
        running[:-1] &= blank[1:]
        running &= blank
        running[2:] &= blank[1:-1]
    running[0] = False
    running[1:] &= goes_on[:-1] & ((sizes[1:] != sizes[:-1]) | (first[1:] != first[:-1]))
    return running.tolist()


@cache
def _openings() -> np.ndarray:
    return tabulate("（(", digits().union(_DAY_OPENINGS))


@cache
def _doubtful_ends() -> np.ndarray:
    return tabulate(_DOUBTFUL_ENDS)


def _read_tail(page: Wrapped, number: int, first: int) -> str:
    """The last lines of the paragraph so far."""
    return "".join([line.text for line in page.sheet.lines[max(first, number - _TAIL) : number]])


def _stops_open(page: Wrapped, number: int, first: int) -> bool:
    """Tell whether the paragraph so far cannot be at its end: for its last mark, or an open bracket."""
    before = page.sheet.lines[number - 1].text
    if ends_open(before if len(before) > 1 else _read_tail(page, number, first)):
        return True
    return number - first < _TAIL and sum(page.sheet.depths[first:number]) > 0


def _ends_paragraph(text: str) -> bool:
    return text[-1] in "）)摄" and bool(_ENDS_PARAGRAPH.search(text))


def _parts(page: Wrapped, number: int, first: int) -> bool:
    """Tell whether a paragraph or headline is over, by its form or by how the next line opens."""
    lines = page.sheet.lines
    before, line = lines[number - 1], lines[number]
    opens = number - 1 == first or before.level
    if opens and page.kinds[number - 1] == "text" and _stands_alone(page, number - 1, first, line):
        return True
    if line.indent >= _INDENT > before.indent or line.text == before.text:
        return True
    if page.layout.dense and _leaves_block(page, number):
        return True
    closed = before.text[-1] == "—" or lines[first].text[0] in "（("
    if closed and number - first <= _TAIL and _is_whole(_read_tail(page, number, first)):
        return True
    if before.text[0] in "（(" and before.size > _SHORT_NOTE and _BRACKETED.fullmatch(before.text):
        return True
    return bool(_DAY.match(line.text)) and looks_like_headline(_read_tail(page, number, first))


def _leaves_block(page: Wrapped, number: int) -> bool:
    """Where every line has a blank line behind it, lines without one between them are lines of a headline."""
    if not page.layout.blanks:
        return False
    return 0 in [line.blanks for line in page.lines[max(1, number - 1) : number + 2]]


def _stands_alone(page: Wrapped, place: int, first: int, following: Line) -> bool:
    """Tell whether a line is a headline by its form, whatever follows."""
    line = page.lines[place]
    if line.level:
        return True
    if place != first or ends_open(line.text) or following.text[0] in _FIRST_WORDS:
        return False
    return page.full[place] == OVER or bool(CALL_END.search(line.text) and looks_like_headline(line.text))


def _joins_after_stop(page: Wrapped, number: int) -> bool:
    """A full line that ends a sentence may end its paragraph or not."""
    line = page.lines[number]
    parted = line.blanks > 0 and not page.layout.dense
    if _ends_paragraph(page.lines[number - 1].text):
        return False
    if not page.full[number - 1] or parted or page.full[number] == INDENTED:
        return False
    if number > page.last or _never_ends(page, number):
        return False
    return page.full[number] == FULL or ends_sentence(line.text)


def _joins_in_sentence(page: Wrapped, number: int, first: int) -> bool:
    line = page.lines[number]
    parted = line.blanks > 0 and not page.layout.dense
    if not page.full[number - 1]:
        if page.layout.dense or parted:
            return False
        text = _read_tail(page, number, first)
        running = bool(SPEAKER.match(text)) or ("，" in text and _DATED.match(text))
        return running or ("，" in text and not looks_like_headline(line.text))
    if page.full[number] == OVER:
        return False
    if number - 1 > page.last and line.size > _REST and _ends_headline(page, page.lines[number - 1]):
        return False
    short = parted and number - first < _MOST_LINES
    if short and looks_like_headline(_read_tail(page, number, first)):
        return line.text[0] in '“‘"'
    return True


def _ends_headline(page: Wrapped, line: Line) -> bool:
    """Tell whether a line among headlines is not cut by the column's edge."""
    short = min(abs(line.width - page.edge[0]), abs(line.size - page.edge[1])) > _NEAR
    return short or has_column_suffix(line.text)


def _is_whole(text: str) -> bool:
    """Tell whether a short text is complete: all of it in brackets, or a kicker that ends in a dash."""
    if len(text) > 120:
        return False
    if text[0] in "（(":
        return bool(_BRACKETED.fullmatch(text))
    return text.endswith("——") and looks_like_headline(text)


def _never_ends(page: Wrapped, number: int) -> bool:
    """Tell whether no sentence ends between a line and the next byline, lead or end of the page."""
    for place in range(number, min(number + _MOST_LINES, len(page.lines))):
        if page.kinds[place] != "text":
            return True
        if page.sheet.stops[place]:
            return False
    return number + _MOST_LINES >= len(page.lines)
