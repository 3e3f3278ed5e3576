"""Periods of publication: from their names to the days on which they begin."""

from __future__ import annotations

import re

import pandas as pd

_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


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
