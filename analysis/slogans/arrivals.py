"""What is new: slogans of the latest days that the corpus has not had before."""

from __future__ import annotations

import pandas as pd

from analysis import schema
from analysis.measures import wilson_interval
from analysis.schema import COUNT, DAY, NUMBER, TEXT, Column, Table

#: Days before the latest day of the corpus that count as new.
RECENT_DAYS = 90

SLOGAN_ARRIVALS = Table(
    "slogan_arrivals",
    "slogan",
    ("n_articles (descending)", "slogan"),
    (
        Column("slogan", TEXT, "Slogan."),
        Column("first_seen", DAY, "First day of publication held that has it."),
        Column("n", COUNT, "Occurrences since."),
        Column("n_articles", COUNT, "Articles with it since."),
        Column("articles", COUNT, "All articles of the recent days."),
        Column("share", NUMBER, "n_articles / articles, 0-1."),
        Column("low", NUMBER, "Lower end of the 95 % Wilson interval of share."),
        Column("high", NUMBER, "Upper end of the 95 % Wilson interval of share."),
        Column("articles_before", COUNT, "Articles of the days before, none of which has it."),
        Column("high_before", NUMBER, "Upper end of the 95 % Wilson interval of 0 / articles_before."),
    ),
)


def mark_recent(dates: pd.Series, *, days: int = RECENT_DAYS) -> pd.Series:
    """Tell which days are the latest and the `days` - 1 before it; a missing one is not.

    Example:
        >>> mark_recent(pd.Series(pd.to_datetime(["2024-01-01", "2024-01-02", None])), days=1).tolist()
        [False, True, False]
    """
    return dates > dates.max() - pd.Timedelta(days=days)


def find_arrivals(hits: pd.DataFrame, articles: pd.DataFrame, *, days: int = RECENT_DAYS) -> pd.DataFrame:
    """Find the slogans that stand in the latest days of a corpus and in no earlier article.

    Counting convention: the recent days are the latest day of publication and the `days` - 1 before it;
    articles without a day are in neither part. Teasers and notices do not count.

    Args:
        hits: Table `slogan_hits`, rolled up or not.
        articles: Table `articles`.
        days: Length of the recent part.

    Returns:
        Table `SLOGAN_ARRIVALS`, in most articles first. Empty when nothing is dated or nothing is earlier.

    Note:
        New to the corpus, not to the world. Read `articles_before`: where few articles are earlier, a
        slogan could well have been in use (`high_before` says how often at the most) and not be held.

    Source:
        E. B. Wilson 1927 for the intervals (see `measures.wilson_interval`).

    Example:
        >>> articles = pd.DataFrame({"article_id": ["a", "b"], "kind": "news"})
        >>> articles["date"] = pd.to_datetime(["2023-01-01", "2024-01-01"])
        >>> hits = pd.DataFrame({"article_id": ["a", "b", "b"], "slogan": ["旧", "旧", "新"]})
        >>> find_arrivals(hits, articles)[["slogan", "n", "articles_before"]].values.tolist()
        [['新', 1, 1]]
    """
    news = schema.counted(articles).dropna(subset="date")
    if news.empty:
        return schema.empty(SLOGAN_ARRIVALS)
    is_recent = mark_recent(news["date"], days=days)
    recent, before = int(is_recent.sum()), int((~is_recent).sum())
    dated = hits.merge(news[["article_id", "date"]].assign(is_recent=is_recent), on="article_id")
    known = dated.loc[~dated["is_recent"], "slogan"].unique()
    fresh = dated[~dated["slogan"].isin(known)]
    if not before or fresh.empty:
        return schema.empty(SLOGAN_ARRIVALS)
    found = fresh.groupby("slogan", observed=True).agg(
        first_seen=("date", "min"), n=("article_id", "size"), n_articles=("article_id", "nunique")
    )
    low, high = wilson_interval(found["n_articles"], recent)
    found = found.reset_index().assign(
        articles=recent,
        share=found["n_articles"].to_numpy() / recent,
        low=low,
        high=high,
        articles_before=before,
        high_before=float(wilson_interval(0, before)[1]),
    )
    found = found.sort_values(["n_articles", "slogan"], ascending=[False, True])
    return schema.conform(found, SLOGAN_ARRIVALS)
