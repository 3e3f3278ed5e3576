"""The date of a page that neither prints nor is given one, from the leads of its articles.

Convention: a paper prints the day after the latest event that its leads date. That holds for a page with at
least two dated leads, none of which says 昨天 or 今天 (a paper that writes so dates only older events), and
only together with a year that the text supports (see `years`). Leads that give no month or say 昨天 are made
up for only by words that are printed on one day of a year (`years.find_set_days`). Anything less leaves the
date unknown.
"""

from __future__ import annotations

import datetime as dt
import re

from analysis.metadata.dates import make_day
from analysis.metadata.page_text import PageText
from analysis.metadata.years import find_set_days, infer_year

#: Dated leads that a page must have.
LEAST_LEADS = 2
#: Leads of one page lie within so many days of the latest; older ones are features and do not count.
LEAD_DAYS = 10
#: A leap year, to hold 29 February while the year is not known.
_ANY_YEAR = 2000

_NAMES = r"(?:\([^()]{0,160}\))?"
_LEAD = re.compile(
    rf"(?:本报讯|本网讯){_NAMES}(?P<words>[昨今前][天日晚晨夜]|(?:\d{{1,2}}月)?\d{{1,2}}日(?:[至到—~\-、](?:\d{{1,2}}月)?\d{{1,2}}日)?)"
    rf"|(?:本报|新华社)[\u4e00-\u9fff、]{{1,16}}?(?P<wire>\d{{1,2}}月\d{{1,2}}日)(?:专?电|讯)"
)
_BARE_DAY = re.compile(rf"(?:本报讯|本网讯){_NAMES}(?:\d{{1,2}}日[至到—~\-、])?(\d{{1,2}})日")
_MONTH_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日(?:[至到—~\-、](\d{1,2})日)?")


def infer_date(page: PageText) -> dt.date | None:
    """Infer the day of publication.

    Args:
        page: The prepared page.

    Returns:
        The day after the latest dated lead, in the year that the text supports; None unless both are sure.

    Example:
        >>> from analysis.metadata.page_text import prepare_text
        >>> text = "本报讯 4月18日,会议召开。本报讯(记者 周万)4月19日,今年是新中国成立75周年。"
        >>> infer_date(prepare_text(text))
        datetime.date(2024, 4, 20)
        >>> infer_date(prepare_text("本报讯 4月18日,会议召开。本报讯 4月19日,座谈会召开。")) is None
        True
    """
    latest = find_latest_lead(page.joined)
    if latest is None:
        set_days = [day for day in find_set_days(page.joined) if _bears_out(page.joined, day)]
        return set_days[0] if len(set_days) == 1 else None
    after = latest + dt.timedelta(days=1)
    year = infer_year(page.joined, after.month, after.day)
    return make_day(year, after.month, after.day) if year else None


def _bears_out(joined: str, day: dt.date) -> bool:
    """Whether the text supports the year of a day, and the latest bare day of a lead is shortly before it."""
    latest = max((int(match[1]) for match in _BARE_DAY.finditer(joined)), default=day.day)
    return infer_year(joined, day.month, day.day) == day.year and 0 <= day.day - latest <= LEAD_DAYS


def find_latest_lead(joined: str) -> dt.date | None:
    """The latest day that leads give, in a year that stands for any; None when they give too few or 昨天."""
    leads = list(_LEAD.finditer(joined))
    if any(match["words"] and match["words"][0] in "昨今前" for match in leads):
        return None
    days = [day for match in leads if (day := _last_day(match["words"] or match["wire"]))]
    if len(days) < LEAST_LEADS:
        return None
    turn = {1, 12} <= {day.month for day in days}
    latest = max(day for day in days if not turn or day.month < 7)
    near = [day for day in days if (latest - day).days % 366 <= LEAD_DAYS]
    return latest if len(near) >= LEAST_LEADS else None


def _last_day(words: str) -> dt.date | None:
    match = _MONTH_DAY.match(words)
    return make_day(_ANY_YEAR, match[1], match[3] or match[2]) if match else None
