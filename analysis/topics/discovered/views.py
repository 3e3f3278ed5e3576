"""Discovered topics to read: their representative articles, and their course over time and places."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

_REPRESENTATIVES = {
    "topic": "int64",
    "rank": "int64",
    "article_id": "str",
    "headline": "str",
    "share": "float64",
    "strength": "float64",
}


def find_representatives(
    article_topics: pd.DataFrame, articles: pd.DataFrame, *, limit: int = 5
) -> pd.DataFrame:
    """Find the articles that show best what a discovered topic is about.

    Args:
        article_topics: As from `fit_topics`.
        articles: Table `articles`; `headline` is taken from it.
        limit: Most articles a topic gets.

    Returns:
        Of the articles whose main topic it is, the strongest: topic, rank (from 1), article_id, headline,
        share, strength; by topic, then rank.
    """
    main = article_topics[article_topics["is_main"] & (article_topics["topic"] > 0)]
    ranked = main.assign(order=main["strength"].round(9)).sort_values(
        ["topic", "order", "article_id"], ascending=[True, False, True]
    )
    ranked = ranked.groupby("topic").head(limit)
    headlines = articles.drop_duplicates("article_id").set_index("article_id")["headline"]
    ranked = ranked.assign(
        rank=ranked.groupby("topic").cumcount() + 1, headline=ranked["article_id"].map(headlines)
    )
    return ranked[list(_REPRESENTATIVES)].reset_index(drop=True).astype(_REPRESENTATIVES)


def count_topics(article_topics: pd.DataFrame, articles: pd.DataFrame, *, by: Sequence[str]) -> pd.DataFrame:
    """Count the share of each discovered topic by time or place.

    Args:
        article_topics: As from `fit_topics`.
        articles: Table `articles`, with a column period when that is asked for (`slogans` names periods).
        by: Columns of `articles`: period, county, paper, …

    Returns:
        One row per cell and topic, by the columns asked for, then topic: these columns, topic, share (mean
        share over the cell's articles, 0-1; sums to 1 over a cell), n_articles (whose main topic it is),
        articles (of the cell). A topic that a cell lacks stands with 0; articles where a column is missing
        form a cell of their own.

    Raises:
        KeyError: A column is absent.
    """
    keys = list(by)
    joined = article_topics.merge(articles[["article_id", *keys]], on="article_id")
    cells = joined.drop_duplicates("article_id").groupby(keys, dropna=False).size().rename("articles")
    numbers = pd.DataFrame({"topic": sorted(article_topics["topic"].unique())})
    grid = cells.reset_index().merge(numbers, how="cross")
    sums = joined.groupby([*keys, "topic"], dropna=False).agg(
        total=("share", "sum"), n_articles=("is_main", "sum")
    )
    made = grid.merge(sums.reset_index(), on=[*keys, "topic"], how="left")
    made = made.assign(share=(made["total"] / made["articles"]).fillna(0.0))
    made["n_articles"] = made["n_articles"].fillna(0).astype("int64")
    made = made.sort_values([*keys, "topic"], ignore_index=True)
    return made[[*keys, "topic", "share", "n_articles", "articles"]]
