"""Coverage: how much of each period and place the corpus holds, so that thin evidence shows as thin."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.periods import PERIODS, UNDATED, date_periods, label_periods
from analysis.schema import COUNT, FLAG, TEXT, counted
from analysis.slogans.frequencies import PeriodError, count_chars

#: Articles below which a cell is thin: with fewer, the 95 % interval of a slogan that stands in none of them
#: reaches above a share of 11 % (0 of 30: 0 to 11.4 %), so neither its presence nor its absence says much.
THIN_ARTICLES = 30
_MEASURES = {"articles": COUNT, "pages": COUNT, "chars": COUNT, "thin": FLAG, "gap": FLAG}


def count_coverage(
    articles: pd.DataFrame,
    *,
    by: Sequence[str] = ("period", "county"),
    every: str = "month",
    gaps: bool = False,
) -> pd.DataFrame:
    """Count what the corpus holds of every period and place.

    Counting convention: the cells of `count_slogans` with the same `by` and `every`; teasers and notices do
    not count, and pages that hold nothing else are no pages here. What a paper printed and the corpus
    lacks is not known: these are the pages held, not the pages published.

    Args:
        articles: Table `articles`.
        by: "period" and columns of `articles` (paper, county, city, province, or a further one).
        every: day, week (ISO), month, quarter, year, or all.
        gaps: True adds a row for every period without articles between the first and the last of its
            place, marked `gap`. It says that nothing is held: a share there is unknown, never zero.

    Returns:
        One row per cell, by the `by` columns in their order: these columns, then articles, pages, chars
        (of headlines and text, without white space), thin (fewer than `THIN_ARTICLES` articles, but some)
        and gap. Articles without a date have the period unknown; unknown places are missing values.

    Raises:
        PeriodError: `every` or a `by` column is unknown.

    Example:
        >>> rows = pd.DataFrame({"page_id": ["p", "p", "q"], "kind": "news", "county": "甲", "text": "字字"})
        >>> rows = rows.assign(date=pd.to_datetime(["2024-04-20", "2024-04-20", "2024-06-01"]))
        >>> rows = rows.assign(kicker="", headline="", subhead="")
        >>> count_coverage(rows, gaps=True)[["period", "articles", "pages", "chars", "gap"]].values.tolist()
        [['2024-04', 2, 1, 4, False], ['2024-05', 0, 0, 0, True], ['2024-06', 1, 1, 2, False]]
    """
    _check_options(articles, by, every)
    keys = list(by)
    cells = counted(articles)
    cells = cells.assign(period=label_periods(cells["date"], every), chars=count_chars(cells))
    if cells.empty or not keys:
        return _make_empty(keys)
    grouped = cells.groupby(keys, dropna=False, as_index=False)
    coverage = grouped.agg(articles=("period", "size"), pages=("page_id", "nunique"), chars=("chars", "sum"))
    coverage["thin"] = coverage["articles"] < THIN_ARTICLES
    coverage["gap"] = False
    if gaps and "period" in keys and every != "all":
        coverage = pd.concat([coverage, _find_gaps(coverage, keys, every)])
    return coverage.sort_values(keys, ignore_index=True)[[*keys, *_MEASURES]].astype(_MEASURES)


def _check_options(articles: pd.DataFrame, by: Sequence[str], every: str) -> None:
    if every not in PERIODS:
        raise PeriodError(f"every='{every}' is no period; expected one of {', '.join(PERIODS)}")
    for column in by:
        if column != "period" and column not in articles:
            raise PeriodError(
                f"by has '{column}'; expected period and columns of articles, as paper or county"
            )
    if not by:
        raise PeriodError("by is empty; expected period, columns of articles, or both")


def _make_empty(keys: list[str]) -> pd.DataFrame:
    dtypes = dict.fromkeys(keys, TEXT) | _MEASURES
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in dtypes.items()})


def _find_gaps(coverage: pd.DataFrame, keys: list[str], every: str) -> pd.DataFrame:
    """List the periods between the first and the last of each place that no article is from."""
    dated = coverage.loc[coverage["period"] != UNDATED, keys]
    places = [key for key in keys if key != "period"]
    calendar = pd.DataFrame({"period": _list_periods(dated["period"], every)})
    if places:
        spans = dated.groupby(places, dropna=False, as_index=False).agg(
            first=("period", "min"), last=("period", "max")
        )
    else:
        spans = pd.DataFrame({"first": [dated["period"].min()], "last": [dated["period"].max()]}, dtype=TEXT)
    grid = spans.merge(calendar, how="cross")
    grid = grid[(grid["first"] <= grid["period"]) & (grid["period"] <= grid["last"])]
    absent = grid[keys].merge(dated, on=keys, how="left", indicator=True)
    absent = absent.loc[absent["_merge"] == "left_only", keys]
    return absent.assign(articles=0, pages=0, chars=0, thin=False, gap=True)


def _list_periods(periods: pd.Series, every: str) -> pd.Series:
    """List all periods from the first to the last of these."""
    days = date_periods(periods)
    if days.empty:
        return pd.Series([], dtype=TEXT)
    all_days = pd.Series(pd.date_range(days.min(), days.max()))
    return label_periods(all_days, every).drop_duplicates()
