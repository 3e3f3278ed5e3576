"""The layout of a page: what its line ends, blank lines and heading marks mean."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from analysis.articles.sheets import Sheet
from analysis.articles.widths import is_wrapped


class Layout(NamedTuple):
    """What holds for the whole page.

    wrapped: lines end at the column's edge, not at the paragraph's. dense: blank lines say nothing, they
    follow every line (or every paragraph). marked: headings carry markdown marks. blanks: the usual number
    of blank lines between two lines.
    """

    wrapped: bool
    dense: bool
    marked: bool
    blanks: int


def measure_layout(sheet: Sheet) -> Layout:
    """Find out how the page marks lines, paragraphs and headings.

    Args:
        sheet: As from `lay_sheet`.

    Returns:
        The page's layout.
    """
    lines = sheet.lines
    if not lines:
        return Layout(wrapped=False, dense=False, marked=False, blanks=0)
    gaps = Counter(sheet.blanks[1:].tolist())
    spaced = sum(n for blanks, n in gaps.items() if blanks)
    usual = gaps.most_common(1)[0][0] if gaps else 0
    return Layout(
        wrapped=is_wrapped(sheet),
        dense=spaced > 0.5 * max(1, len(lines) - 1),
        marked=bool(sheet.levels.any()),
        blanks=usual,
    )
