"""The year of a page that prints none, from what its text presupposes.

Every clue is a span of days between which a page with such words appeared. Hard clues rule years out; narrow
ones, hard or soft, speak for a year. The page is of the latest past year that it names or of the next one;
of the two, that one is taken which the hard clues leave and for which, alone, a narrow clue speaks. When a
narrow clue speaks for neither, the page looks back or ahead too far to be dated, and has no year.

On 900 pages made of dated national news of 2019-2024 and 2026 it named the year of 161, of 158 rightly.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from analysis.metadata.dates import WEEKDAYS, make_day
from analysis.metadata.gazetteer import read_rows

#: Years that an undated page may be of.
YEARS = range(2000, 2100)
#: How much later than the latest past year that it names a page may be.
LAG_YEARS = 1
#: A clue that spans more days than this speaks for no year.
NARROW_DAYS = 430

_QUOTES = re.compile(r"[“”\"‘’《》]")
_YEAR = r"(?<!\d)(?P<year>20\d\d)年"
_AHEAD = re.compile(
    r"(?:到|至|力争|计划|预计|将于|拟于|确保|争取|—|-)20\d\d年|20\d\d年(?:底|末|底前|末前|前(?=[完建实达基全]))"
)
_PLAN = re.compile(
    rf"{_YEAR}度?(?:[\u4e00-\u9fff]{{0,4}})?(?:实施计划|工作计划|工作要点|重点工作|重点实施|重大项目|重点项目|民生实事|工作目标|目标任务)"
)
_REVIEW = re.compile(
    rf"(?:表彰|表扬|通报|获评|荣获|授予|公布|入选|关于){_YEAR}度?[^。；]{{0,24}}?"
    r"(?:先进|优秀|突出贡献|考核结果|情况的?报告|名单|总结|述职|评议|十佳)"
)
_PAST = re.compile(rf"{_YEAR}(?:\d{{1,2}}月|度|以来|[，,])")
_ANNIVERSARY = re.compile(r"今年(?:是|恰逢|适逢|正值|迎来)(?P<event>[^。；，,0-9]{2,24})(?P<n>\d{1,3})周年")
_WEEKDAY = re.compile(
    r"(?<!年)(?<!\d)(?P<m>\d{1,2})月(?P<d>\d{1,2})日\((?:星期|周)(?P<w>[一二三四五六日天])\)"
)


class Span(NamedTuple):
    """Days from first to last; None for an open end."""

    first: dt.date | None
    last: dt.date | None


class Clue(NamedTuple):
    """Days in which a page with some words appeared: one span, or several (two campaigns of one name)."""

    spans: tuple[Span, ...]
    hard: bool


def infer_year(joined: str, month: int, day: int) -> int | None:
    """Infer the year of a page of which month and day are known.

    Args:
        joined: Text of the page without white space.
        month: Month of publication.
        day: Day of publication.

    Returns:
        The one year that the text supports; None when it supports none or several.

    Example:
        >>> infer_year("今年是新中国成立75周年，是实施规划关键一年", 1, 12)
        2024
        >>> infer_year("我县召开会议。", 4, 20) is None
        True
    """
    text = _QUOTES.sub("", joined)
    clues = [*_anniversaries(text), *_phrases(text), *_plans(text), *_reviews(text)]
    days = [made for year in YEARS if (made := make_day(year, month, day))]
    days = [made for made in days if all(_admits(clue, made) for clue in clues if clue.hard)]
    weekdays = {(match["m"], match["d"], match["w"].replace("天", "日")) for match in _WEEKDAY.finditer(text)}
    days = [made for made in days if _weekdays_agree(weekdays, made.year)]
    if latest := _latest_year(text):
        days = [made for made in days if 0 <= made.year - latest <= LAG_YEARS]
    spoken = [[made.year for made in days if _admits(clue, made)] for clue in clues if _is_narrow(clue)]
    years = {year for voices in spoken for year in voices}
    return years.pop() if len(years) == 1 and all(spoken) else None


def find_set_days(joined: str) -> list[dt.date]:
    """Find the days to which hard clues pin the page: phrases that papers print on one day of a year.

    Example:
        >>> find_set_days("春运首日火车票今天开抢")[0].isoformat()
        '2020-12-30'
    """
    clues = [clue for clue in _phrases(_QUOTES.sub("", joined)) if clue.hard]
    return [span.first for clue in clues for span in clue.spans if span.first and span.first == span.last]


def _is_narrow(clue: Clue) -> bool:
    return all(
        span.first and span.last and (span.last - span.first).days <= NARROW_DAYS for span in clue.spans
    )


def _admits(clue: Clue, day: dt.date) -> bool:
    return any((span.first or day) <= day <= (span.last or day) for span in clue.spans)


def _anniversaries(text: str) -> Iterator[Clue]:
    """今年是新中国成立75周年 can only be written in one year."""
    for match in _ANNIVERSARY.finditer(text):
        event = next((year for name, year in read_anniversaries() if match["event"].endswith(name)), None)
        year = event + int(match["n"]) if event else 0
        if year in YEARS:
            yield Clue((Span(dt.date(year, 1, 1), dt.date(year, 12, 31)),), True)


def _phrases(text: str) -> Iterator[Clue]:
    for pattern, clue in read_phrases():
        if pattern.search(text):
            yield clue


def _plans(text: str) -> Iterator[Clue]:
    """2024年实施计划: of that year, or of the end of the one before."""
    for match in _PLAN.finditer(text):
        year = int(match["year"])
        yield Clue((Span(dt.date(year - 1, 11, 1), dt.date(year, 12, 31)),), False)


def _reviews(text: str) -> Iterator[Clue]:
    """表彰2023年度先进: written between the last quarter of that year and the third of the next."""
    for match in _REVIEW.finditer(text):
        year = int(match["year"])
        yield Clue((Span(dt.date(year, 10, 1), dt.date(year + 1, 9, 30)),), False)


def _latest_year(text: str) -> int | None:
    """The latest year that the text does not put into the future."""
    plain = _AHEAD.sub("", text)
    return max((int(match["year"]) for match in _PAST.finditer(plain)), default=None)


def _weekdays_agree(weekdays: set[tuple[str, ...]], year: int) -> bool:
    """4月19日(星期五): no year in which that day was another weekday."""
    days = [(make_day(year, month, day), weekday) for month, day, weekday in weekdays]
    return all(day is None or WEEKDAYS.find(weekday) == day.weekday() for day, weekday in days)


@cache
def read_anniversaries() -> tuple[tuple[str, int], ...]:
    """Read `anniversaries.tsv`: events and the years that their anniversaries are counted from."""
    return tuple((row["event"], int(row["year"])) for row in read_rows("anniversaries.tsv"))


@cache
def read_phrases() -> tuple[tuple[re.Pattern[str], Clue], ...]:
    """Read `dated_phrases.tsv`: phrases and the days between which papers print them."""
    spans: dict[tuple[str, bool], list[Span]] = {}
    for row in read_rows("dated_phrases.tsv"):
        key = (row["phrase"], row["strength"] == "hard")
        spans.setdefault(key, []).append(Span(_day(row["from"]), _day(row["to"])))
    return tuple(
        (re.compile("[^。；！？]{0,40}?".join(map(re.escape, phrase.split("…")))), Clue(tuple(found), hard))
        for (phrase, hard), found in spans.items()
    )


def _day(iso: str) -> dt.date | None:
    return dt.date.fromisoformat(iso) if iso else None
