"""Slogans in two selections: shares of articles, with intervals, and their difference."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis import slogans
from analysis.fields import select_rows
from analysis.measures import g2_four_terms, g2_p_value, log_ratio, newcombe_interval, wilson_interval
from analysis.schema import COUNT, NUMBER, SLOGAN_HITS, TEXT, Column, Table, conform, counted, empty
from analysis.slogans.frequencies import count_chars

#: Characters of a selection that a rate refers to.
RATE_CHARS = 10_000

SLOGAN_COMPARISON = Table(
    "slogan_comparison",
    "slogan",
    ("g2 (descending)", "slogan"),
    (
        Column("slogan", TEXT, "Slogan."),
        Column("n_a", COUNT, "Occurrences in A."),
        Column("n_b", COUNT, "Occurrences in B."),
        Column("n_articles_a", COUNT, "Articles of A with the slogan at least once."),
        Column("n_articles_b", COUNT, "Articles of B with the slogan at least once."),
        Column("articles_a", COUNT, "All articles of A."),
        Column("articles_b", COUNT, "All articles of B."),
        Column("share_a", NUMBER, "n_articles_a / articles_a, 0-1."),
        Column("low_a", NUMBER, "Lower end of the 95 % Wilson interval of share_a."),
        Column("high_a", NUMBER, "Upper end of the 95 % Wilson interval of share_a."),
        Column("share_b", NUMBER, "n_articles_b / articles_b, 0-1."),
        Column("low_b", NUMBER, "Lower end of the 95 % Wilson interval of share_b."),
        Column("high_b", NUMBER, "Upper end of the 95 % Wilson interval of share_b."),
        Column("difference", NUMBER, "share_a - share_b, -1 to 1."),
        Column("low", NUMBER, "Lower end of the 95 % Newcombe interval of difference."),
        Column("high", NUMBER, "Upper end of the 95 % Newcombe interval of difference."),
        Column("per_10k_chars_a", NUMBER, "Occurrences per 10 000 characters of headlines and text of A."),
        Column("per_10k_chars_b", NUMBER, "Occurrences per 10 000 characters of headlines and text of B."),
        Column("g2", NUMBER, "Log-likelihood ratio of articles, 4 terms: evidence, without sign."),
        Column("p", NUMBER, "Chance of so high a G2 (chi-squared, 1 degree of freedom), not corrected."),
        Column(
            "log_ratio", NUMBER, "log2(share_a / share_b), a zero count taken as 0.5: effect in doublings."
        ),
    ),
)


class SloganCounts(NamedTuple):
    """Slogans of a selection: slogan, n and n_articles of each, all its articles and their characters."""

    counts: pd.DataFrame
    articles: int
    chars: int


def compare_slogans(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *,
    hits: pd.DataFrame | None = None,
    minimum: int = 1,
    lexicon: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare in how many articles of two selections each slogan stands.

    Counting convention: an article has a slogan or has it not; the denominator is all articles of the
    selection, teasers and notices left out. G2 and the intervals are of articles, not of occurrences: an
    article that repeats its slogan is one case.

    Args:
        a: Table `articles` of selection A.
        b: Table `articles` of selection B.
        hits: Table `slogan_hits` of at least these articles, rolled up or not; only those in fields that
            are not empty in `a` and `b` count. None finds them here and rolls them up.
        minimum: Least articles of A and B together with the slogan.
        lexicon: Lexicon for hits that are found here; None for the product's own.

    Returns:
        Table `SLOGAN_COMPARISON`: one row per slogan of A or B, most evidence (G2) first, then by slogan.
        Shares are 0-1. Empty when A or B has no articles.

    Note:
        The intervals are each at 95 %: of a hundred slogans that do not differ, about five will seem to.
        Hits that are rolled up must not be added up over slogans.

    Source:
        Wilson 1927, Newcombe 1998, Dunning 1993; see `measures`.
    """
    a, b = counted(a), counted(b)
    if a.empty or b.empty:
        return empty(SLOGAN_COMPARISON)
    sides = [
        SloganCounts(
            _count(_select_hits(articles, hits, lexicon)), len(articles), count_chars(articles).sum()
        )
        for articles in (a, b)
    ]
    return compare_slogan_counts(*sides, minimum=minimum)


def compare_slogan_counts(a: SloganCounts, b: SloganCounts, *, minimum: int = 1) -> pd.DataFrame:
    """Compare two selections whose slogans were counted before.

    Args:
        a: Counts of selection A.
        b: Counts of selection B.
        minimum: As in `compare_slogans`.

    Returns:
        Table `SLOGAN_COMPARISON`, as `compare_slogans` gives it.

    Example:
        >>> counts = pd.DataFrame({"slogan": ["共富"], "n": [3], "n_articles": [1]})
        >>> table = compare_slogan_counts(SloganCounts(counts, 2, 10), SloganCounts(counts, 4, 10))
        >>> table[["share_a", "share_b", "difference"]].values.tolist()
        [[0.5, 0.25, 0.25]]
    """
    names = ["slogan", "n", "n_articles"]
    counts = a.counts[names].merge(b.counts[names], on="slogan", how="outer", suffixes=("_a", "_b"))
    counts = counts.fillna({name: 0 for name in counts.columns if name != "slogan"})
    counts = counts[counts["n_articles_a"] + counts["n_articles_b"] >= minimum]
    if counts.empty:
        return empty(SLOGAN_COMPARISON)
    sizes = {"articles_a": a.articles, "articles_b": b.articles}
    chars = {"a": a.chars, "b": b.chars}
    rates = {f"per_10k_chars_{side}": RATE_CHARS * counts[f"n_{side}"] / chars[side] for side in "ab"}
    measured = _measure(counts.assign(**sizes, **rates))
    return conform(measured.sort_values(["g2", "slogan"], ascending=[False, True]), SLOGAN_COMPARISON)


def _select_hits(
    articles: pd.DataFrame, hits: pd.DataFrame | None, lexicon: pd.DataFrame | None
) -> pd.DataFrame:
    if hits is not None:
        return select_rows(hits[SLOGAN_HITS.names], articles)
    return slogans.roll_up(slogans.find_slogans(articles, lexicon), lexicon)


def _count(hits: pd.DataFrame) -> pd.DataFrame:
    by_slogan = hits.groupby("slogan")["article_id"]
    return by_slogan.agg(n="size", n_articles="nunique").reset_index().astype({"slogan": TEXT})


def _measure(counts: pd.DataFrame) -> pd.DataFrame:
    table = tuple(counts[name] for name in ("n_articles_a", "n_articles_b", "articles_a", "articles_b"))
    n_a, n_b, articles_a, articles_b = table
    low_a, high_a = wilson_interval(n_a, articles_a)
    low_b, high_b = wilson_interval(n_b, articles_b)
    low, high = newcombe_interval(*table)
    g2 = g2_four_terms(*table)
    return counts.assign(
        share_a=n_a / articles_a,
        low_a=low_a,
        high_a=high_a,
        share_b=n_b / articles_b,
        low_b=low_b,
        high_b=high_b,
        difference=n_a / articles_a - n_b / articles_b,
        low=low,
        high=high,
        g2=g2,
        p=g2_p_value(g2),
        log_ratio=log_ratio(*table),
    )
