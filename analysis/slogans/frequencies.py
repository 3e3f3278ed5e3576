"""Counting slogans over periods and places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis import schema
from analysis.haystacks import join_texts
from analysis.measures import wilson_interval
from analysis.periods import PERIODS, label_periods

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

# No white space lies beyond these code points.
_IS_SPACE = np.array([chr(code).isspace() for code in range(0x10000)])


class PeriodError(ValueError):
    """A length of period or a grouping column that does not exist."""


def count_slogans(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: Sequence[str] = ("period", "paper", "county"),
    every: str = "month",
    zeros: bool = False,
) -> pd.DataFrame:
    """Count slogans by period and place.

    Counting convention: a cell is one combination of the `by` columns. Its denominator is all articles in
    it, teasers and notices left out; hits in these do not count. n counts occurrences in headlines and
    text; share counts an article once. A period without articles has no cell: it is a gap, not a zero.

    Args:
        hits: Table `slogan_hits`, rolled up or not; from these articles or from more.
        articles: Table `articles`, filtered to what is counted. With a column `chars` (see `count_chars`) it
            needs no headlines and no text: article_id, kind, date and the columns of `by` are enough.
        by: "period" and columns of `articles` (paper, county, city, province, or a further one such as a
            topic). Without "period" all time is one period named all.
        every: day, week (ISO), month, quarter, year, or all.
        zeros: True adds a row with n = 0 for every cell with articles and every slogan that is seen in
            these articles at all; False lists only slogans seen in the cell.

    Returns:
        Table `slogan_frequencies` by slogan, period, paper and county; share, low and high 0-1,
        per_10k_chars in occurrences per 10 000 characters of headlines and text without white space.
        Place columns that are not in `by` are missing values; further `by` columns are appended. Articles
        without a date have the period unknown (with every="all" they are in all).

    Raises:
        PeriodError: `every` or a `by` column is unknown.

    Note:
        Cells with few articles have wide intervals: read low and high, not share alone.

    Example:
        >>> _REST = ("kicker", "headline", "subhead", "paper", "county")
        >>> articles = pd.DataFrame({"article_id": ["a", "b"], "kind": "news", "date": "2024-04-20"})
        >>> articles = articles.assign(text="一老一小", **dict.fromkeys(_REST, ""))
        >>> hit = ("a", "一老一小", "一老一小", "text", 0, 4)
        >>> hits = pd.DataFrame([hit], columns=schema.SLOGAN_HITS.names)
        >>> frequencies = count_slogans(hits, articles, every="quarter")
        >>> frequencies[["slogan", "period", "n", "articles", "share", "per_10k_chars"]].values.tolist()
        [['一老一小', '2024-Q2', 1, 2, 0.5, 1250.0]]
    """
    _check_options(articles, by, every)
    keys = ["period", *[column for column in by if column != "period"]]
    cells = _make_cells(articles, every if "period" in by else "all")
    totals = cells.groupby(keys, dropna=False, as_index=False).agg(
        articles=("article_id", "size"), chars=("chars", "sum")
    )
    counts = _count_hits(hits, cells, keys)
    if zeros and not counts.empty:
        grid = totals[keys].merge(counts[["slogan"]].drop_duplicates(), how="cross")
        counts = grid.merge(counts, on=["slogan", *keys], how="left").fillna({"n": 0, "n_articles": 0})
    if counts.empty:
        return schema.empty(schema.SLOGAN_FREQUENCIES)
    return measure_counts(counts.merge(totals, on=keys), keys)


def count_chars(articles: pd.DataFrame) -> pd.Series:
    """Count the characters of headlines and text without white space.

    Args:
        articles: Table `articles`. A column `chars` is taken for the counts, as this function gave them when
            the text was at hand; headlines and text need not be there then.

    Returns:
        One count a row, same index.

    Example:
        >>> count_chars(pd.DataFrame({"chars": [8]})).tolist()
        [8]
    """
    if "chars" in articles:
        return articles["chars"].astype(schema.COUNT)
    chars = np.zeros(len(articles), dtype=np.int64)
    for field in schema.FIELDS:
        for hay in join_texts(articles[field].fillna("").tolist()):
            codes = np.frombuffer(hay.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
            is_ink = ~_IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
            # Every text but the last has the border behind it.
            borders = np.arange(len(hay.begins)) < len(hay.begins) - 1
            counts = np.diff(np.concatenate([[0], np.cumsum(is_ink)])[[*hay.begins, len(codes)]]) - borders
            chars[hay.first : hay.first + len(counts)] += counts
    return pd.Series(chars, index=articles.index, dtype=schema.COUNT)


def _check_options(articles: pd.DataFrame, by: Sequence[str], every: str) -> None:
    if every not in PERIODS:
        raise PeriodError(f"every='{every}' is no period; expected one of {', '.join(PERIODS)}")
    for column in by:
        if column != "period" and column not in articles:
            raise PeriodError(
                f"by has '{column}'; expected period and columns of articles, as paper or county"
            )


def _make_cells(articles: pd.DataFrame, every: str) -> pd.DataFrame:
    """Keep the rows that count as articles, with the period and the length of each."""
    counted = schema.counted(articles)
    return counted.assign(period=label_periods(counted["date"], every), chars=count_chars(counted))


def _count_hits(hits: pd.DataFrame, cells: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    per_article = hits.groupby(["slogan", "article_id"], as_index=False).size()
    placed = per_article.merge(cells[["article_id", *keys]], on="article_id")
    return placed.groupby(["slogan", *keys], dropna=False, as_index=False).agg(
        n=("size", "sum"), n_articles=("article_id", "nunique")
    )


def measure_counts(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Put the measures of table `slogan_frequencies` to counts that stand beside the size of their cell.

    Args:
        counts: slogan, the columns of `keys`, n, n_articles, articles, chars.
        keys: Columns that make a cell.

    Returns:
        Table `slogan_frequencies` (see `count_slogans`).
    """
    low, high = wilson_interval(counts["n_articles"], counts["articles"])
    frequencies = counts.assign(
        share=counts["n_articles"] / counts["articles"],
        low=low,
        high=high,
        per_10k_chars=10_000 * counts["n"] / counts["chars"],
        **{column: None for column in ("paper", "county") if column not in counts},
    )
    order = [
        "slogan",
        "period",
        "paper",
        "county",
        *[k for k in keys if k not in schema.SLOGAN_FREQUENCIES.names],
    ]
    frequencies = frequencies.drop(columns="chars").sort_values(order, kind="stable")
    return schema.conform(frequencies, schema.SLOGAN_FREQUENCIES)


def make_frequencies(
    slogans: ExtensionArray,
    cells: dict[str, ExtensionArray],
    *,
    n: np.ndarray,
    n_articles: np.ndarray,
    articles: np.ndarray,
    chars: np.ndarray,
) -> pd.DataFrame:
    """Make table `slogan_frequencies` of counts that are in its order.

    Args:
        slogans: Slogan of each row.
        cells: By column, period and others, what the cell of each row is.
        n: Occurrences.
        n_articles: Articles with the slogan.
        articles: Articles of the cell.
        chars: Characters of the cell.

    Returns:
        Table `slogan_frequencies` (see `count_slogans`).
    """
    low, high = wilson_interval(n_articles, articles)
    with np.errstate(divide="ignore", invalid="ignore"):
        share, per_10k_chars = n_articles / articles, 10_000 * n / chars
    unknown = pd.array([], dtype=schema.TEXT).take(np.full(len(n), -1), allow_fill=True)
    columns = {"slogan": slogans, "paper": unknown, "county": unknown, **cells}
    columns |= {"n": n, "n_articles": n_articles, "articles": articles}
    columns |= {"share": share, "low": low, "high": high, "per_10k_chars": per_10k_chars}
    order = dict.fromkeys((*schema.SLOGAN_FREQUENCIES.names, *cells))
    return pd.DataFrame({name: columns[name] for name in order})
