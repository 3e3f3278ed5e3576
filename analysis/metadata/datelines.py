"""Words of a lead that date the event, and the day that they mean."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from analysis.metadata.dates import WEEKDAYS, make_day
from analysis.metadata.page_text import halve, squeeze

#: Characters of an article in which its dateline is looked for, credits and lead words before it included.
LEAD_CHARS = 600
#: Sentences, and characters, in which a day counts as the day of the event when no dateline opens the lead.
FIRST_SENTENCES, FIRST_CHARS = 2, 220
#: A day further from the day of publication than this is background, not the event, unless a dateline.
NEAR_DAYS = 62

_S = r"\s{0,3}"
_N = rf"\d(?:{_S}\d)?"
_YEAR = rf"(?:(?:19|20)\d\d{_S}年{_S}|[今去明]{_S}年{_S})"
_PART = (
    rf"(?:{_S}(?:凌晨|清晨|早晨|早上|一大早|一早|上午|中午|正午|午后|下午|傍晚"
    r"|晚上|晚间|夜间|深夜|当晚|晚|夜|早))?"
)
_MONTH_DAY = rf"{_YEAR}?(?<!\d){_N}{_S}月{_S}{_N}{_S}日"
_BARE_DAY = rf"(?<![\d月年.]){_N}{_S}日"
_JOIN = rf"{_S}(?:至|到|—{{1,2}}|-|~|～|和|、|及|与){_S}"
_DAY = rf"(?:{_MONTH_DAY}|{_BARE_DAY})"
_SPAN = rf"{_YEAR}?(?:(?<!\d){_N}{_S}月{_S})?(?<!\d){_N}{_S}日?{_JOIN}(?:{_MONTH_DAY}|{_N}{_S}日)"
_RELATIVE = rf"(?:[昨今前明]{_S}[天日](?!的)|[昨今]{_S}[晚夜晨早]|[上本]{_S}周{_S}[一二三四五六日天])"
_DATED = rf"(?:{_SPAN}|{_DAY}|{_RELATIVE}){_PART}"
#: Words that open a lead with or without a comma behind them.
_VAGUE = (
    rf"近{_S}[日期]|日{_S}前|连{_S}日{_S}来|连{_S}日|近{_S}段{_S}时{_S}间(?:以来)?|这{_S}几{_S}天|这{_S}段{_S}时{_S}间"
    rf"|不{_S}久{_S}前|前{_S}不{_S}久|[今去]{_S}年{_S}以{_S}来|近{_S}年{_S}来"
)
#: Words that date the event only when a comma sets them off.
_SET_OFF = (
    rf"近来|最近|前些天|几天前|前几天|前段时间|一段时间以来|眼下|目前|当前|时下|[上本]周末?|[上本]月|周末"
    rf"|入[春夏秋冬汛伏]以来"
    rf"|{_YEAR}?{_N}{_S}月(?:{_S}(?:初|底|末|[上中下]旬|份|以来))?"
    rf"|[今去]{_S}年|{_YEAR}(?:初|底|末|上半年|下半年|[一二三四]季度|前{_S}\d{_S}个?月)"
    rf"|(?:“?(?:五一|十一)”?|元旦|春节|清明|端午|中秋|国庆)(?:节|小?长?假)?(?:假?期间?|前夕|前后|当天)?"
)
_DATELINE = re.compile(rf"\s*(?P<words>{_DATED}|{_VAGUE}|(?:{_SET_OFF})(?={_S}[,，]))(?![的是年月度])")
#: No word that dates opens with any other character.
_OPENING = r"(?=[\d今去明昨前上本近日连这不])"
_FIRST = re.compile(rf"{_OPENING}(?:(?P<dated>{_DATED})(?!{_S}起(?!来))|(?P<vague>{_VAGUE}))")
_WIRE = re.compile(
    rf"\s*(?:据{_S})?(?:本报|新华社|本网)[\u3400-\u9fff\s、]{{0,16}}?(?P<words>{_MONTH_DAY}|{_BARE_DAY}){_S}(?:专?电|讯)"
)
_LEAD_WORDS = re.compile(r"\s*(?:本{0}报{0}讯|本{0}网{0}讯|讯)".format(r"\s{0,3}"))
_BRACKET = re.compile(r"\s*[(（][^()（）]{0,160}[)）]")
_SENTENCE_END = re.compile(r"[。！？!?]")
_DAY_PARTS = re.compile(
    r"(?:((?:19|20)\d\d)年|([今去明])年)?(?:(\d{1,2})月)?(\d{1,2})(?:日|(?=[至到—\-~～和、及与]))"
)
_DIGIT, _MONTH = re.compile(r"\d"), re.compile(r"(\d{1,2})月")


class Times(NamedTuple):
    """Words that date an article, and the day or days that it reports on."""

    dateline: str
    event_date: str | None


class _Lead(NamedTuple):
    """The text in half width, where words that open it and date stand, and where a wire's day stands; where
    the words behind a lead begin."""

    head: str
    start: int
    opening: tuple[int, int] | None
    wire: tuple[int, int] | None


def find_times(text: str, page_date: pd.Timestamp | None, *, years: tuple[int, ...] = ()) -> Times:
    """Find what `find_dateline` and `find_event_date` find, reading the text once.

    Args:
        text: Text of an article.
        page_date: Day of publication; None or NaT when unknown.
        years: As in `find_event_date`.

    Returns:
        The words and the day.

    Example:
        >>> find_times("昨日上午，大会召开。", pd.Timestamp(2024, 1, 12))
        Times(dateline='昨日上午', event_date='2024-01-11')
    """
    lead = _read_lead(text)
    return Times(_cut_dateline(text, lead), _find_day(lead, page_date, years))


def find_dateline(text: str) -> str:
    """Find the words that open a lead and date the event.

    Args:
        text: Text of an article; `本报讯(记者 …)` before the lead is passed over.

    Returns:
        The words verbatim, inner spaces included; "" when the lead does not open with any. A wire lead such
        as 新华社北京5月7日电 gives its own day when the sentence behind it opens with none.

    Example:
        >>> find_dateline("4 月 19 日下午，平安建设大会召开。"), find_dateline("近日,大桥开工。")
        ('4 月 19 日下午', '近日')
        >>> find_dateline("“这次看到了差距。”12月11日,书记说。")
        ''
    """
    return _cut_dateline(text, _read_lead(text))


def _cut_dateline(text: str, lead: _Lead) -> str:
    words = lead.opening or lead.wire
    return text[words[0] : words[1]] if words else ""


def find_event_date(text: str, page_date: pd.Timestamp | None, *, years: tuple[int, ...] = ()) -> str | None:
    """Find the day that an article reports on.

    The dateline decides; without one, the first day in the first sentences does. 近日, 今年以来 and the like
    name no day. A month and day without a year take the year that brings them nearest to the page's date,
    a day without a month the latest such day not after it, 昨天 the day before it.

    Args:
        text: Text of an article.
        page_date: Day of publication; None or NaT when unknown.
        years: When the day of publication is unknown: the years that it may lie in. Used when there is one.

    Returns:
        `2024-04-19`, or `2024-01-10/2024-01-11` for several days; None when no day can be known.

    Example:
        >>> day = pd.Timestamp(2024, 1, 12)
        >>> find_event_date("昨日上午，大会召开。", day), find_event_date("10日至11日，书记调研。", day)
        ('2024-01-11', '2024-01-10/2024-01-11')
        >>> find_event_date("近日，大桥开工。", day), find_event_date("昨日，大会召开。", None)
        (None, None)
    """
    return _find_day(_read_lead(text), page_date, years)


def _find_day(lead: _Lead, page_date: pd.Timestamp | None, years: tuple[int, ...]) -> str | None:
    head = lead.head
    wire = squeeze(head[lead.wire[0] : lead.wire[1]]) if lead.wire else ""
    anchor = _Anchor.of(page_date, years, wire)
    if lead.opening:
        return _span(squeeze(head[lead.opening[0] : lead.opening[1]]), anchor)
    match = _FIRST.search(_first_sentences(head[lead.start :]))
    if match and match["dated"]:
        return _span(squeeze(match["dated"]), anchor, near=True)
    return _span(wire, anchor) if wire and not match else None


class _Anchor(NamedTuple):
    """What undated words are counted from."""

    day: dt.date | None
    year: int | None
    month: int | None

    @classmethod
    def of(cls, page_date: pd.Timestamp | None, years: tuple[int, ...], wire: str) -> _Anchor:
        day = None if page_date is None or pd.isna(page_date) else page_date.date()
        month = _MONTH.search(wire) if wire else None
        year = years[0] if len(set(years)) == 1 else None
        return cls(day, day.year if day else year, int(month[1]) if month else None)


def _read_lead(text: str) -> _Lead:
    """Pass over 本报讯, a wire's 新华社…电, and the bracketed names behind either."""
    head = halve(text[:LEAD_CHARS])
    wire = _WIRE.match(head)
    passed = wire or _LEAD_WORDS.match(head)
    start = passed.end() if passed else 0
    bracket = _BRACKET.match(head, start) if passed else None
    start = bracket.end() if bracket else start
    opening = _DATELINE.match(head, start)
    return _Lead(
        head, start, opening.span("words") if opening else None, wire.span("words") if wire else None
    )


def _first_sentences(text: str) -> str:
    ends = itertools.islice(_SENTENCE_END.finditer(text, 0, FIRST_CHARS), FIRST_SENTENCES - 1, None)
    last = next(ends, None)
    return text[: last.end() if last else FIRST_CHARS]


@lru_cache(maxsize=1024)
def _span(words: str, anchor: _Anchor, *, near: bool = False) -> str | None:
    """The day or days that a phrase names; with `near`, only those close to the day of publication."""
    days = _numbered_days(words, anchor) if _DIGIT.search(words) else [_relative_day(words, anchor.day)]
    if not days or None in days:
        return None
    if near and anchor.day and any(abs((day - anchor.day).days) > NEAR_DAYS for day in days):
        return None
    first, last = min(days), max(days)
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _numbered_days(words: str, anchor: _Anchor) -> list[dt.date | None]:
    days: list[dt.date | None] = []
    year, month = None, None
    for match in _DAY_PARTS.finditer(words):
        year = int(match[1]) if match[1] else _shifted_year(match[2], anchor.year) or year
        month = int(match[3]) if match[3] else month
        days.append(_nearest_day(year, month, int(match[4]), anchor))
    return days


def _shifted_year(word: str | None, year: int | None) -> int | None:
    return year + {"去": -1, "今": 0, "明": 1}[word] if word and year else None


def _nearest_day(year: int | None, month: int | None, day: int, anchor: _Anchor) -> dt.date | None:
    """Complete a day from the anchor: nearest year, or latest month in which it is not in the future."""
    if year and month:
        return make_day(year, month, day)
    if anchor.day is None:
        month = month or anchor.month
        return make_day(anchor.year, month, day) if anchor.year and month else None
    if month:
        made = [make_day(anchor.day.year + shift, month, day) for shift in (-1, 0, 1)]
        return min((one for one in made if one), key=lambda one: abs((one - anchor.day).days), default=None)
    months = [anchor.day, anchor.day.replace(day=1) - dt.timedelta(days=1)]
    made = [make_day(one.year, one.month, day) for one in months]
    return next((one for one in made if one and one <= anchor.day), None)


def _relative_day(words: str, day: dt.date | None) -> dt.date | None:
    """昨天, 今晨, 上周五 … counted from the day of publication; None for words that name no day."""
    if day is None:
        return None
    if match := re.match(r"([昨今前明])[天日晚夜晨早]", words):
        return _shifted(day, {"昨": -1, "今": 0, "前": -2, "明": 1}[match[1]])
    if match := re.match(r"([上本])周([一二三四五六日天])", words):
        weekday = WEEKDAYS.index(match[2].replace("天", "日"))
        return _shifted(day, weekday - day.weekday() - (7 if match[1] == "上" else 0))
    return None


def _shifted(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return None
