"""The text of a page as metadata reads it: folded digits, lines without blanks, and all of it joined."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.sources.script import read_characters, simplify

_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}
_HALVES = {chr(wide): chr(half) for wide, half in _HALF_WIDTH.items()}
_FOLD = _HALF_WIDTH | {0: None, 0xFEFF: None, 0x200B: None}
_SPACE = re.compile(r"\s+")
_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_LINE_END = re.compile(r"\r\n?|[\n\f\v\u2028\u2029]")


class PageText(NamedTuple):
    """A page in the two forms that the rules need.

    Attributes:
        lines: Lines that hold anything, stripped, full-width digits and marks as half-width ones.
        joined: All lines joined without any white space, so that hard wraps cut no name and no date.
    """

    lines: list[str]
    joined: str


def halve(text: str) -> str:
    """Write full-width letters, digits and marks in half width, and traditional script in simplified.

    Every character keeps its place.

    Example:
        >>> halve("４月１９日（上午）")
        '4月19日(上午)'
    """
    if _traditional().search(text):
        text = simplify(text)
    # Asking a table of every character takes several times as long as finding the few that it has.
    place = 0
    while wide := _WIDE.search(text, place):
        text = text.replace(wide.group(), _HALVES[wide.group()])
        place = wide.end()
    return text


def fold(text: str) -> str:
    """Write as `halve` does, and drop NUL and zero-width characters.

    Example:
        >>> fold("２０２２年６月（星期二）")
        '2022年6月(星期二)'
    """
    return simplify(text).translate(_FOLD)


def squeeze(text: str) -> str:
    """Drop all white space, so that wraps and inserted spaces cut nothing.

    Example:
        >>> squeeze("4 月 19 日，\\n会议")
        '4月19日，会议'
    """
    return _SPACE.sub("", text)


def prepare_text(text: str) -> PageText:
    """Fold a page and cut it into lines.

    Args:
        text: The page as it was read.

    Returns:
        Its lines and its joined text.

    Example:
        >>> prepare_text("本报讯 ４月\\n\\n19日")
        PageText(lines=['本报讯 4月', '19日'], joined='本报讯4月19日')
    """
    folded = fold(text)
    lines = [line.strip() for line in _LINE_END.split(folded)]
    return PageText([line for line in lines if line], squeeze(folded))


@cache
def _traditional() -> re.Pattern[str]:
    """Characters that `simplify` may replace: a text without any is as it was."""
    return re.compile(f"[{''.join(map(chr, read_characters()))}]")
