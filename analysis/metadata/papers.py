"""The title of a newspaper, when its page prints one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from analysis.metadata.dates import is_masthead
from analysis.metadata.gazetteer import find_places, read_rows
from analysis.metadata.page_text import PageText, squeeze

#: Lines at the top and at the foot of a page that may be its masthead.
TOP_LINES, FOOT_LINES = 12, 6

_KIND = r"(?:日报|晚报|早报|晨报|午报|时报|商报|周报|快报|导报|都市报|新报|今报|报)"
_TITLE = re.compile(rf"(?P<place>[\u4e00-\u9fff]{{2,8}}?){_KIND}(?P<edition>[·:-]?[\u4e00-\u9fff]{{2,5}}版)?")
_TODAY = re.compile(r"今日(?P<place>[\u4e00-\u9fff]{2,6})")
_EDITION = re.compile(
    rf"(?P<title>[\u4e00-\u9fff]{{2,8}}{_KIND})社.{{0,6}}?"
    r"中共(?P<place>[\u4e00-\u9fff]{2,8})委.{0,12}联办"
)
_MARKS = re.compile(r"^[#\s◆■□●★*|/·-]+|[#\s◆■□●★*|/·-]+$")


def find_title(page: PageText) -> str | None:
    """Find the title of the paper among the lines at the top and the foot of the page.

    A title stands on a line of its own or on one with date, sheet or issue number, and is either known
    (`newspapers.tsv`) or made of a place and 日报, 晚报 … or of 今日 and a place. Papers that bylines and
    sentences name are not titles. A line such as 嘉兴日报社 中共平湖市委 联办 is how the edition of a city's
    paper for one of its counties signs; it gives 嘉兴日报·平湖版.

    Args:
        page: The prepared page.

    Returns:
        The title; None when none is printed. The name of the publisher alone is no title.

    Example:
        >>> from analysis.metadata.page_text import prepare_text
        >>> find_title(prepare_text("人民日报 2026年4月29日\\n11 经济\\n"))
        '人民日报'
        >>> find_title(prepare_text("绍兴日报记者 张三\\n萧山区融媒体中心")) is None
        True
    """
    for line in _edges(page.lines):
        for token in _tokens(line):
            if _is_title(token):
                return token
        if edition := _EDITION.fullmatch(squeeze(line)):
            return _name_edition(edition["title"], edition["place"])
    return None


def is_national(title: str | None) -> bool:
    """Tell whether a title is that of a national paper, which has no place."""
    return title is not None and _scopes().get(title) == "national"


def find_scope(title: str) -> str:
    """The words that tell the place of a title: its own, or the scope of `newspapers.tsv`; "" for none."""
    scope = _scopes().get(title, title)
    return "" if scope == "national" else scope


def _edges(lines: list[str]) -> list[str]:
    return lines if len(lines) <= TOP_LINES + FOOT_LINES else [*lines[:TOP_LINES], *lines[-FOOT_LINES:]]


def _tokens(line: str) -> Iterator[str]:
    """What of a line may be a title: all of it, or, on a masthead line, each of its parts."""
    plain = _MARKS.sub("", line)
    if len(plain) <= 24:
        yield squeeze(plain)
    if is_masthead(line):
        yield from (_MARKS.sub("", token) for token in line.split())


def _is_title(token: str) -> bool:
    if token in _scopes():
        return True
    match = _TODAY.fullmatch(token) or _TITLE.fullmatch(token)
    return bool(match) and bool(find_places(match["place"]))


def _name_edition(title: str, place: str) -> str | None:
    places = find_places(place) if _is_title(title) else ()
    return f"{title}·{places[0].short}版" if places else None


@cache
def _scopes() -> dict[str, str]:
    return {row["title"]: row["scope"] for row in read_rows("newspapers.tsv")}
