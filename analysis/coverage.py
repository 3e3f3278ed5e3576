"""Coverage: how much of each period and place the corpus holds, so that thin evidence shows as thin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codes import code_values, number_rows
from analysis.periods import PERIODS, UNDATED, label_periods
from analysis.schema import COUNT, FLAG, TEXT, counted
from analysis.slogans.frequencies import PeriodError, count_chars

#: Articles below which a cell is thin: with fewer, the 95 % interval of a slogan that stands in none of them
#: reaches above a share of 11 % (0 of 30: 0 to 11.4 %), so neither its presence nor its absence says much.
THIN_ARTICLES = 30
#: How far the first days of periods are apart.
_STEPS = {"day": "D", "week": "W-MON", "month": "MS", "quarter": "QS", "year": "YS"}
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
    news = counted(articles)
    if news.empty:
        return _make_empty(list(by))
    places = {key: code_values(news[key]) for key in by if key != "period"}
    place, row_of_place = number_rows(np.zeros(len(news), dtype=np.int64), *places.values())
    period, periods = _number_periods(news["date"], every if "period" in by else "all")
    cells, cell = np.unique(place * len(periods) + period, return_inverse=True)
    place, period = np.divmod(cells, len(periods))
    if gaps and "period" in by and every != "all":
        absent = _find_gaps(place, period, (len(row_of_place), len(periods)))
        place, period = (np.concatenate(both) for both in zip((place, period), absent, strict=True))
    row = row_of_place[place]
    columns = {"period": periods.array.take(period)} | {key: news[key].array.take(row) for key in places}
    order = np.lexsort([period if key == "period" else places[key][row] for key in reversed(by)])
    coverage = pd.DataFrame({key: columns[key] for key in by} | _measure(news, cell, len(place)))
    return coverage.take(order).reset_index(drop=True)


def _number_periods(dates: pd.Series, every: str) -> tuple[np.ndarray, pd.Index]:
    """Number the periods of dates in time, those between the first and the last that no date is from, too.

    Returns:
        The number of each date, and the periods; unless all is one, the last is that of missing dates.
    """
    known = dates.dropna()
    if every == "all" or known.empty:
        return np.zeros(len(dates), dtype=np.int64), pd.Index(
            ["all" if every == "all" else UNDATED], dtype=TEXT
        )
    # The first period begins before the first day, by a year at the most.
    first_days = pd.date_range(known.min() - pd.Timedelta(days=366), known.max(), freq=_STEPS[every])
    first_days = first_days[first_days.searchsorted(known.min(), side="right") - 1 :]
    number = np.searchsorted(first_days.to_numpy(), dates.to_numpy(), side="right") - 1
    names = [*label_periods(pd.Series(first_days), every), UNDATED]
    return np.where(dates.isna(), len(first_days), number), pd.Index(names, dtype=TEXT)


def _measure(news: pd.DataFrame, cell: np.ndarray, n_cells: int) -> dict[str, np.ndarray]:
    """Measure cells by the articles in them; those behind the last one that has any are gaps."""
    page, pages = pd.factorize(news["page_id"])
    held = np.unique((cell * max(len(pages), 1) + page)[page >= 0]) // max(len(pages), 1)
    articles = np.bincount(cell, minlength=n_cells)
    chars = np.bincount(cell, weights=count_chars(news), minlength=n_cells).astype(np.int64)
    return {
        "articles": articles,
        "pages": np.bincount(held, minlength=n_cells),
        "chars": chars,
        "thin": (articles > 0) & (articles < THIN_ARTICLES),
        "gap": articles == 0,
    }


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


def _find_gaps(
    place: np.ndarray, period: np.ndarray, shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Find the periods between the first and the last of each place that no article is from.

    Args:
        place: Place of each cell that has articles.
        period: Its period; the last one is that of articles without a date.
        shape: How many places and periods there are.

    Returns:
        Place and period of each gap.
    """
    is_held = np.zeros(shape, dtype=bool)
    is_held[place, period] = True
    is_held[:, -1] = False
    has_before = np.logical_or.accumulate(is_held, axis=1)
    has_behind = np.logical_or.accumulate(is_held[:, ::-1], axis=1)[:, ::-1]
    return np.nonzero(has_before & has_behind & ~is_held)
