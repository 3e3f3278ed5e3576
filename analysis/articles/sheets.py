"""A page as printed: its lines, and what their characters tell of each, found for all lines at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.articles.lines import CLOSERS, STOPS, Line, ends_sentence
from analysis.articles.signs import count, encode, look_up, tabulate

#: Quotation marks and dots that some fonts print half as wide.
_NARROW = "“”‘’·—…"
#: Code points below this are half as wide as the others.
_HALF_WIDTH = 256
_OPEN, _CLOSE, _SLIM = 1, 2, 4
_BRACKETS = tabulate("（(", "）)", _NARROW)
_STOPS, _DOUBT = 1, 2
_ENDS = tabulate(STOPS, CLOSERS + "\n")


class Sheet(NamedTuple):
    """The text of a page, its characters as numbers, and its lines.

    starts, ends: of each line, in the source. levels, blanks, indents: as each `Line` has them. measures:
    their sizes with their indents, one row in characters, one in full-width characters, one with narrow
    marks. stops: whether each ends a sentence. depths: how many brackets more open than close in each.
    """

    source: str
    codes: np.ndarray
    lines: list[Line]
    starts: np.ndarray
    ends: np.ndarray
    levels: np.ndarray
    blanks: np.ndarray
    indents: np.ndarray
    measures: np.ndarray
    stops: list[bool]
    depths: list[int]


def lay_sheet(source: str, lines: list[Line]) -> Sheet:
    """Look at the characters of all lines.

    Args:
        source: Text of the page.
        lines: Its lines, as from `read_lines`.

    Returns:
        The page and what its characters tell.

    Example:
        >>> sheet = lay_sheet("他说（一\\n二）。", [Line(0, 4, "他说（一", 0, 0), Line(5, 8, "二）。", 0, 0)])
        >>> sheet.stops, sheet.depths
        ([False, True], [1, -1])
    """
    codes = encode(source)
    columns = Line(*(zip(*lines, strict=True) if lines else [()] * len(Line._fields)))
    starts, ends, levels, blanks = np.array(
        [columns.start, columns.end, columns.level, columns.blanks], dtype=np.intp
    )
    indents = np.array(columns.indent, dtype=float)
    signs = look_up(codes, _BRACKETS)
    half = count(codes < _HALF_WIDTH, starts, ends)
    narrow = count(signs & _SLIM > 0, starts, ends)
    depths = count(signs & _OPEN > 0, starts, ends) - count(signs & _CLOSE > 0, starts, ends)
    sizes = (ends - starts).astype(float)
    widths = sizes - half / 2
    measures = np.array([sizes, widths, widths - narrow / 2]) + indents
    stops = _find_stops(codes, lines, ends)
    return Sheet(
        source, codes, lines, starts, ends, levels, blanks, indents, measures, stops, depths.tolist()
    )


def _find_stops(codes: np.ndarray, lines: list[Line], ends: np.ndarray) -> list[bool]:
    last = look_up(codes[ends - 1], _ENDS)
    stops = (last & _STOPS > 0).tolist()
    for number in np.flatnonzero(last & _DOUBT).tolist():
        stops[number] = ends_sentence(lines[number].text)
    return stops
