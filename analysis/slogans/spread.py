"""Spread: in which order papers or places took a slogan up, and how they stand to a central source."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.measures.counts import broadcast_counts, require_confidence, require_part
from analysis.measures.intervals import find_quantile
from analysis.schema import COUNT, DAY, FLAG, MAYBE_COUNT, NUMBER, TEXT, counted
from analysis.slogans.frequencies import PeriodError

#: Columns of `find_spread` behind slogan and the column of the unit.
SPREAD_COLUMNS = {
    "rank": COUNT,
    "first_seen": DAY,
    "days_after": COUNT,
    "coverage_start": DAY,
    "censored": FLAG,
    "n_articles": COUNT,
    "articles": COUNT,
    "share": NUMBER,
    "lag_days": MAYBE_COUNT,
    "lag_censored": "boolean",
    "n_shared": MAYBE_COUNT,
    "articles_shared": MAYBE_COUNT,
    "central_n_shared": MAYBE_COUNT,
    "central_articles_shared": MAYBE_COUNT,
    "amplification": NUMBER,
    "amplification_low": NUMBER,
    "amplification_high": NUMBER,
}
_COMPARED = list(SPREAD_COLUMNS)[list(SPREAD_COLUMNS).index("lag_days") :]
# Lies between the numbers of two keys; more than there are days.
_KEY_STEP = 10_000_000


def find_spread(
    hits: pd.DataFrame, articles: pd.DataFrame, *, unit: str = "paper", central: str | None = None
) -> pd.DataFrame:
    """Find the order in which papers or places took each slogan up.

    Counting convention: teasers and notices, articles without a date and articles of an unknown unit take no
    part; an article has a slogan or has it not. A unit is censored for a slogan when its true beginning may
    lie before what is held: on its first day held it already has the slogan, or that day comes after the
    slogan was seen anywhere else in the corpus.

    Lag and amplification compare with the central source. The lag is the number of days from its first
    article with the slogan to that of the unit. Amplification is the share of the unit's articles that have
    the slogan / that of the central source, both over the days that both cover (from the later of their
    first days held to the earlier of their last), so that a slogan's rise or fall is not taken for a
    difference between the two.

    Args:
        hits: Table `slogan_hits`, rolled up or not; from these articles or from more.
        articles: Table `articles`, filtered to what is looked at.
        unit: Column of `articles` that takes slogans up: paper, county, city, or one added by the caller.
        central: Name of the central source as in `articles.paper`, such as 人民日报; None for none.

    Returns:
        One row per slogan and unit that has it, by slogan, rank and unit: slogan, the column of the unit,
        rank (from 1, units of one day share it), first_seen, days_after (days after the first unit),
        coverage_start (first day held of the unit), censored, n_articles, articles and share (0-1, of the
        whole time held); lag_days (negative: before the central source), lag_censored (censored on either
        side), n_shared, articles_shared, central_n_shared and central_articles_shared (counts over the shared
        days), amplification, amplification_low and amplification_high (95 %, see `ratio_interval`). The
        columns from lag_days on are missing without a central source, in its own row, and where it never
        has the slogan; amplification also where the two share no day or its share there is zero.

    Raises:
        PeriodError: `unit` is no column of `articles`.

    Note:
        The first page held is not the first use: the order is that of the pages held. Of censored rows it
        is only known that the slogan was there by then. Gaps within the time held delay a beginning too,
        and are not marked (see `count_coverage`). Units that never have the slogan have no row, which does
        not say that they never took it up.

    Example:
        >>> days = pd.to_datetime(["2024-01-01", "2024-01-02", "2024-01-05", "2024-01-09"])
        >>> rows = {"article_id": list("abcd"), "kind": "news", "date": days, "paper": [*"甲乙甲乙"]}
        >>> hits = pd.DataFrame({"article_id": ["c", "d"], "slogan": "共富"})
        >>> spread = find_spread(hits, pd.DataFrame(rows))
        >>> spread[["paper", "rank", "days_after", "censored"]].values.tolist()
        [['甲', 1, 0, False], ['乙', 2, 4, False]]
    """
    if unit not in articles:
        raise PeriodError(f"unit='{unit}' is no column of articles; expected one, as paper or county")
    news = counted(articles)
    news = news[["article_id", "date"]].assign(unit=news[unit], is_central=news["paper"] == central)
    news = news[news["date"].notna()]
    uses = hits[["slogan", "article_id"]].drop_duplicates().merge(news, on="article_id")
    if not uses["unit"].notna().any():
        dtypes = {"slogan": TEXT, unit: TEXT} | SPREAD_COLUMNS
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in dtypes.items()})
    compared = _compare(_order_units(uses, news), uses, news)
    compared = compared.sort_values(["slogan", "rank", "unit"], ignore_index=True)
    compared = compared[["slogan", "unit", *SPREAD_COLUMNS]].astype({"slogan": TEXT} | SPREAD_COLUMNS)
    return compared.rename(columns={"unit": unit})


def ratio_interval(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, confidence: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Bound the ratio of two independent shares, (a / c) / (b / d), by Katz's log interval.

    ln ratio -+ z sqrt(1/a - 1/c + 1/b - 1/d), raised to e.

    Args:
        a: Cases with the feature in A.
        b: Cases with the feature in B.
        c: All cases of A.
        d: All cases of B.
        confidence: Coverage of the two-sided interval, between 0 and 1.

    Returns:
        Lower and upper ends, from 0 up, of the broadcast shape; not a number where a or b is 0. An interval
        without 1 in it says that the shares differ.

    Raises:
        MeasureError: A count is negative, there are more cases with the feature than cases, or the
            confidence is not between 0 and 1.

    Note:
        Rough with fewer than about five cases on a side, and without width where all cases have the feature.

    Source:
        D. Katz, J. Baptista, S. P. Azen and M. C. Pike, Obtaining confidence intervals for the risk ratio in
        cohort studies, Biometrics 34 (1978), method C.

    Example:
        >>> low, high = ratio_interval(20, 10, 100, 100)
        >>> round(float(low), 4), round(float(high), 4)
        (0.9866, 4.0545)
    """
    a, b, c, d = broadcast_counts(a, b, c, d)
    require_confidence(confidence)
    require_part(a, c)
    require_part(b, d)
    z = find_quantile(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = z * np.sqrt(1 / a - 1 / c + 1 / b - 1 / d)
        ratio = (a / c) / (b / d)
        low, high = ratio * np.exp(-half), ratio * np.exp(half)
    is_known = (a > 0) & (b > 0)
    return np.where(is_known, low, np.nan), np.where(is_known, high, np.nan)


def _order_units(uses: pd.DataFrame, news: pd.DataFrame) -> pd.DataFrame:
    """Tell of each slogan and unit when it is first seen, and in how many articles."""
    held = news.groupby("unit", as_index=False).agg(
        coverage_start=("date", "min"), coverage_end=("date", "max"), articles=("date", "size")
    )
    order = uses.groupby(["slogan", "unit"], as_index=False).agg(
        first_seen=("date", "min"), n_articles=("date", "size"), is_central=("is_central", "all")
    )
    order = order.merge(held, on="unit")
    firsts = order.groupby("slogan")["first_seen"]
    anywhere = order["slogan"].map(uses.groupby("slogan")["date"].min())
    is_censored = (order["coverage_start"] == order["first_seen"]) | (order["coverage_start"] > anywhere)
    return order.assign(
        rank=firsts.rank(method="min"),
        days_after=(order["first_seen"] - firsts.transform("min")).dt.days,
        censored=is_censored,
        seen_anywhere=anywhere,
        share=order["n_articles"] / order["articles"],
    )


def _compare(order: pd.DataFrame, uses: pd.DataFrame, news: pd.DataFrame) -> pd.DataFrame:
    """Add lag and amplification against the central source, missing where they cannot be told."""
    source, source_uses = news[news["is_central"]], uses[uses["is_central"]]
    if source_uses.empty:
        return order.assign(**dict.fromkeys(_COMPARED, None))
    start, end = source["date"].min(), source["date"].max()
    first = order["slogan"].map(source_uses.groupby("slogan")["date"].min())
    is_compared = first.notna() & ~order["is_central"]
    is_censored = order["censored"] | (first == start) | (order["seen_anywhere"] < start)
    days = pd.DataFrame({"start": order["coverage_start"].clip(lower=start)})
    days["end"] = order["coverage_end"].clip(upper=end)
    counts = {
        "n_shared": _count_between(uses, order, ["slogan", "unit"], days),
        "articles_shared": _count_between(news, order, ["unit"], days),
        "central_n_shared": _count_between(source_uses, order, ["slogan"], days),
        "central_articles_shared": _count_between(source, order, [], days),
    }
    a, c, b, d = counts.values()
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(b > 0, (a / c) / (b / d), np.nan)
    low, high = ratio_interval(a, b, c, d)
    compared = pd.DataFrame(
        {"lag_days": (order["first_seen"] - first).dt.days, "lag_censored": is_censored.astype("boolean")}
        | counts
        | {"amplification": ratio, "amplification_low": low, "amplification_high": high},
        index=order.index,
    )
    return order.join(compared.where(is_compared))


def _count_between(
    events: pd.DataFrame, rows: pd.DataFrame, keys: list[str], days: pd.DataFrame
) -> np.ndarray:
    """Count for each row the events of the same keys from its start to its end, both included.

    Events are put in order of key and day, as one number, so that two binary searches count those of a row.
    """
    wanted = rows[keys].drop_duplicates().assign(key=lambda unique: np.arange(len(unique)) * _KEY_STEP)
    if keys:
        found = events[[*keys, "date"]].merge(wanted, on=keys)
        of_rows = rows[keys].merge(wanted, on=keys, how="left")["key"].to_numpy()
    else:
        found, of_rows = events.assign(key=0), np.zeros(len(rows), dtype=np.int64)
    stamps = np.sort(found["key"].to_numpy() + _number_days(found["date"]))
    before = np.searchsorted(stamps, of_rows + _number_days(days["start"]), side="left")
    until = np.searchsorted(stamps, of_rows + _number_days(days["end"]), side="right")
    return np.where(days["start"] <= days["end"], until - before, 0)


def _number_days(days: pd.Series) -> np.ndarray:
    return (days - pd.Timestamp(0)).dt.days.to_numpy()
