"""Periods of publication: their names, and the days on which they begin."""

from __future__ import annotations

import re

import pandas as pd

from analysis.schema import TEXT

#: Lengths of period; all is one period of everything.
PERIODS = ("day", "week", "month", "quarter", "year", "all")
#: Period of articles without a date.
UNDATED = "unknown"
_CODES = {"day": "D", "month": "M", "quarter": "Q", "year": "Y"}
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def label_periods(dates: pd.Series, every: str = "month") -> pd.Series:
    """Name the period that each date falls into.

    Args:
        dates: Days; may be missing.
        every: day, week (ISO), month, quarter, year, or all.

    Returns:
        Labels that sort in time within one `every`: 2024-04-20, 2024-W16, 2024-04, 2024-Q2, 2024, all;
        unknown where there is no date.

    Example:
        >>> label_periods(pd.Series(pd.to_datetime(["2024-12-30", None])), "week").tolist()
        ['2025-W01', 'unknown']
    """
    if every == "all":
        return pd.Series("all", index=dates.index, dtype=TEXT)
    # There are few days, however many dates: each is named once.
    codes, known = pd.factorize(dates)
    labels = _label_days(pd.Series(known), every)
    return pd.Series(labels.array.take(codes, allow_fill=True), index=dates.index, dtype=TEXT).fillna(UNDATED)


def _label_days(days: pd.Series, every: str) -> pd.Series:
    days = pd.to_datetime(days)
    if every == "week":
        iso = days.dt.isocalendar()
        labels = iso["year"].astype("str") + "-W" + iso["week"].astype("str").str.zfill(2)
    else:
        labels = days.dt.to_period(_CODES[every]).astype("str").str.replace(r"Q(\d)$", r"-Q\1", regex=True)
    return labels.astype(TEXT)


def date_periods(periods: pd.Series) -> pd.Series:
    """Tell the first day of each period.

    Args:
        periods: Names as `slogan_frequencies.period` has them: 2024-04-20, 2024-W16, 2024-04, 2024-Q2, 2024.

    Returns:
        One day a row, same index; missing for names without a day (all, unknown).

    Example:
        >>> names = pd.Series(["2024-04-20", "2025-W01", "2024-04", "2024-Q2", "2024", "unknown"])
        >>> date_periods(names).dt.strftime("%Y-%m-%d").tolist()
        ['2024-04-20', '2024-12-30', '2024-04-01', '2024-04-01', '2024-01-01', nan]
    """
    return pd.to_datetime(periods.map(_first_day), errors="coerce").astype("datetime64[us]")


def _first_day(period: str) -> str | None:
    if week := _WEEK.fullmatch(period):
        monday = pd.Timestamp.fromisocalendar(int(week[1]), int(week[2]), 1)
        return f"{monday:%Y-%m-%d}"
    if quarter := _QUARTER.fullmatch(period):
        return f"{quarter[1]}-{3 * int(quarter[2]) - 2:02d}-01"
    if period[:4].isdecimal():
        return period + "-01-01"[len(period) - 4 :]
    return None
