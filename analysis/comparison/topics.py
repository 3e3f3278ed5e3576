"""The topic mix of two selections."""

from __future__ import annotations

import pandas as pd

from analysis.measures import mean_difference_interval
from analysis.schema import COUNT, NUMBER, TEXT, Column, Table, conform, counted, empty
from analysis.topics import score_topics

TOPIC_COMPARISON = Table(
    "topic_comparison",
    "topic",
    ("difference (descending)", "topic"),
    (
        Column("topic", TEXT, "Topic of the taxonomy, or 其他."),
        Column("share_a", NUMBER, "Mean share of the topic over the articles of A, 0-1; sums to 1."),
        Column("share_b", NUMBER, "Mean share of the topic over the articles of B, 0-1; sums to 1."),
        Column("difference", NUMBER, "share_a - share_b, -1 to 1."),
        Column("low", NUMBER, "Lower end of the 95 % Welch interval of difference."),
        Column("high", NUMBER, "Upper end of the 95 % Welch interval of difference."),
        Column("n_main_a", COUNT, "Articles of A with this main topic."),
        Column("n_main_b", COUNT, "Articles of B with this main topic."),
        Column("articles_a", COUNT, "All articles of A."),
        Column("articles_b", COUNT, "All articles of B."),
    ),
)


def compare_topics(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *,
    article_topics: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare the topic mix of two selections of articles.

    Counting convention: every article weighs the same, whatever its length; its shares sum to 1, and so do
    the means. Teasers and notices are left out.

    Args:
        a: Table `articles` of selection A.
        b: Table `articles` of selection B.
        article_topics: Table `article_topics` of at least these articles. None scores them here, which is
            the way for selections of fields (headline against body).
        taxonomy: Topics for scoring here; None for the product's own.

    Returns:
        Table `TOPIC_COMPARISON`: one row per topic of A or B, by falling difference, then by topic. The
        interval is missing where A or B has fewer than two articles. Empty when A or B has no articles.

    Note:
        Each interval is at 95 % by itself. Shares are far from normal: with fewer than about ten articles
        on a side take it as a hint.

    Source:
        Welch 1947; see `measures`.
    """
    a, b = counted(a), counted(b)
    if a.empty or b.empty:
        return empty(TOPIC_COMPARISON)
    sums_a, sums_b = (_sum_up(articles, article_topics, taxonomy) for articles in (a, b))
    return compare_topic_sums(sums_a, sums_b, len(a), len(b))


def sum_topics(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum up the shares of topics over articles.

    Args:
        rows: Lines of table `article_topics`; topic, share and is_main are enough.

    Returns:
        One row per topic: topic, total, squares (sum of the squared shares), n_main.
    """
    topics, share = rows["topic"], rows["share"]
    # One column after the other: memory that is new costs more than adding up what is in it.
    total, squares = (each.groupby(topics, observed=True).sum() for each in (share, share**2))
    n_main = topics[rows["is_main"].to_numpy()].value_counts().reindex(total.index, fill_value=0)
    sums = pd.DataFrame({"total": total, "squares": squares, "n_main": n_main})
    return sums.rename_axis("topic").reset_index().astype({"topic": TEXT})


def compare_topic_sums(
    sums_a: pd.DataFrame, sums_b: pd.DataFrame, articles_a: int, articles_b: int
) -> pd.DataFrame:
    """Compare the topic mix of two selections that were summed up before.

    Args:
        sums_a: From `sum_topics`.
        sums_b: The same of B.
        articles_a: All articles of A.
        articles_b: All articles of B.

    Returns:
        Table `TOPIC_COMPARISON`, as `compare_topics` gives it. Empty when A or B has no articles.

    Example:
        >>> rows = pd.DataFrame({"topic": ["x", "x"], "share": [1.0, 0.5], "is_main": [True, False]})
        >>> both = compare_topic_sums(sum_topics(rows), sum_topics(rows.head(1)), 2, 2)
        >>> both[["topic", "share_a", "share_b", "n_main_a"]].values.tolist()
        [['x', 0.75, 0.5, 1]]
    """
    if not articles_a or not articles_b:
        return empty(TOPIC_COMPARISON)
    sums = sums_a.merge(sums_b, on="topic", how="outer", suffixes=("_a", "_b")).fillna(
        {f"{name}_{side}": 0 for name in ("total", "squares", "n_main") for side in "ab"}
    )
    measured = _measure(sums.assign(articles_a=articles_a, articles_b=articles_b))
    return conform(measured.sort_values(["difference", "topic"], ascending=[False, True]), TOPIC_COMPARISON)


def _sum_up(
    articles: pd.DataFrame, article_topics: pd.DataFrame | None, taxonomy: pd.DataFrame | None
) -> pd.DataFrame:
    if article_topics is None:
        article_topics = score_topics(articles, taxonomy)
    return sum_topics(article_topics[article_topics["article_id"].isin(articles["article_id"])])


def _measure(sums: pd.DataFrame) -> pd.DataFrame:
    means, variances = {}, {}
    for side in "ab":
        n = sums[f"articles_{side}"]
        means[side] = sums[f"total_{side}"] / n
        # One article has no variance: the interval is missing then whatever stands here.
        spread = (sums[f"squares_{side}"] - n * means[side] ** 2).clip(lower=0)
        variances[side] = spread / (n - 1).clip(lower=1)
    difference = means["a"] - means["b"]
    low, high = mean_difference_interval(
        difference, variances["a"], variances["b"], sums["articles_a"], sums["articles_b"]
    )
    return sums[["topic", "n_main_a", "n_main_b", "articles_a", "articles_b"]].assign(
        share_a=means["a"], share_b=means["b"], difference=difference, low=low, high=high
    )
