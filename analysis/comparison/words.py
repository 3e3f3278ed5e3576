"""Words that are more frequent in one of two selections: keyness."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.content_words import mark_content_words
from analysis.fields import select_rows
from analysis.measures import conservative_log_ratio, g2_p_value, g2_two_terms, log_ratio
from analysis.schema import COUNT, NUMBER, TEXT, Column, Table, conform, counted, empty
from analysis.tokens import SLOGAN, split_tokens

#: What `compare_words` can count.
WORD_KINDS = ("word", "slogan", "flag")
#: Words of a selection that a rate refers to.
RATE_WORDS = 10_000

WORD_COMPARISON = Table(
    "word_comparison",
    "word",
    ("g2 (descending)", "word"),
    (
        Column("word", TEXT, "Word; slogans stay whole."),
        Column("n_a", COUNT, "Occurrences in A."),
        Column("n_b", COUNT, "Occurrences in B."),
        Column("size_a", COUNT, "All words of A, stop words and numbers included, punctuation not."),
        Column("size_b", COUNT, "All words of B."),
        Column("rate_a", NUMBER, "Occurrences per 10 000 words of A."),
        Column("rate_b", NUMBER, "Occurrences per 10 000 words of B."),
        Column("n_articles_a", COUNT, "Articles of A with the word at least once."),
        Column("n_articles_b", COUNT, "Articles of B with the word at least once."),
        Column("g2", NUMBER, "Log-likelihood ratio, 2 terms: evidence, without sign."),
        Column("p", NUMBER, "Chance of so high a G2 (chi-squared, 1 degree of freedom), not corrected."),
        Column("log_ratio", NUMBER, "log2(rate_a / rate_b), a zero taken as 0.5: effect in doublings."),
        Column(
            "lrc", NUMBER, "Conservative log ratio, 95 %, Bonferroni over the rows; 0: evidence too thin."
        ),
    ),
)


class ComparisonError(ValueError):
    """Selections cannot be compared as asked."""


def compare_words(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *,
    by: str = "word",
    tokens: pd.DataFrame | None = None,
    minimum: int = 5,
    minimum_articles: int = 1,
    keep_all: bool = False,
    confidence: float = 0.95,
    lexicon: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare how often words stand in two selections of articles.

    Counting convention: kicker, headline, subhead and text of news, photos, briefs and interviews count
    alike, teasers and notices do not. A word is counted as the tokenizer cuts it: of nested slogans the
    longest. The size of a selection is all its words, whatever is left out of the rows.

    Candidates are the words that name matter (see `content_words`) and stand at least `minimum` times in A
    and B together. All of them are rows, and the number of rows is the one that the conservative log ratio
    is corrected for.

    Args:
        a: Table `articles` of selection A.
        b: Table `articles` of selection B.
        by: word; slogan (slogans only); or flag (parts of speech, all of them).
        tokens: Words of at least these articles, as from `tokens.split_tokens`, to spare splitting; only
            those in fields that are not empty in `a` and `b` count.
        minimum: Least occurrences in A and B together.
        minimum_articles: Least articles of A and B together with the word.
        keep_all: Compare stop words, numbers and dates too.
        confidence: Coverage of the conservative log ratio over all rows together.
        lexicon: Slogans to keep whole when the articles are split here; None for the product's own.

    Returns:
        Table `WORD_COMPARISON`: one row per word, most evidence (G2) first, then by word; positive ratios
        are words of A. Empty when A or B has no words.

    Raises:
        ComparisonError: `by` is unknown.

    Note:
        Occurrences are taken for independent, and one long article can make a word key: read n_articles_a
        and n_articles_b too. G2 grows with the size of the selections; rank by lrc to see what differs much
        and surely.

    Source:
        P. Rayson and R. Garside 2000 (G2), A. Hardie 2014 (Log Ratio), S. Evert 2022 (LRC); see `measures`.
    """
    if by not in WORD_KINDS:
        raise ComparisonError(f"by={by!r}: unknown; expected one of {', '.join(WORD_KINDS)}")
    tokens_a, tokens_b = (_select_tokens(articles, tokens, lexicon) for articles in (a, b))
    if tokens_a.empty or tokens_b.empty:
        return empty(WORD_COMPARISON)
    counts_a, counts_b = (
        count_words(_choose(tokens, articles, by, keep_all))
        for tokens, articles in ((tokens_a, a), (tokens_b, b))
    )
    counts = counts_a.merge(counts_b, on="word", how="outer", suffixes=("_a", "_b")).fillna(
        {f"{name}_{side}": 0 for name in ("n", "n_articles") for side in "ab"}
    )
    is_enough = counts["n_articles_a"] + counts["n_articles_b"] >= minimum_articles
    return compare_counts(
        counts[is_enough], len(tokens_a), len(tokens_b), minimum=minimum, confidence=confidence
    )


def compare_counts(
    counts: pd.DataFrame,
    size_a: int,
    size_b: int,
    *,
    minimum: int = 5,
    confidence: float = 0.95,
    candidates: int | None = None,
) -> pd.DataFrame:
    """Compare how often words stand in two selections that were counted before.

    Args:
        counts: word, n_a, n_b, n_articles_a, n_articles_b.
        size_a: All words of A.
        size_b: All words of B.
        minimum: Least occurrences in A and B together.
        confidence: As in `compare_words`.
        candidates: How many words were compared, where `counts` are only some of them (see `mark_best`).

    Returns:
        Table `WORD_COMPARISON`, as `compare_words` gives it. Empty when A or B has no words.

    Example:
        >>> counts = pd.DataFrame({"word": ["x"], "n_a": 8, "n_b": 1, "n_articles_a": 2, "n_articles_b": 1})
        >>> compare_counts(counts, 20, 20)[["word", "rate_a", "log_ratio"]].values.tolist()
        [['x', 4000.0, 3.0]]
    """
    if not size_a or not size_b:
        return empty(WORD_COMPARISON)
    counts = counts[counts["n_a"] + counts["n_b"] >= minimum]
    return _measure(counts, size_a, size_b, candidates or len(counts), confidence)


def mark_best(n_a: np.ndarray, n_b: np.ndarray, size_a: int, size_b: int, best: int) -> np.ndarray:
    """Tell which words are more frequent in A with so much evidence that fewer than `best` have more.

    Args:
        n_a: Occurrences in A.
        n_b: Occurrences in B.
        size_a: All words of A.
        size_b: All words of B.
        best: Words wanted.

    Returns:
        One bool a word; more than `best` are marked where some have as much evidence as the last.
    """
    table = n_a, n_b, size_a, size_b
    g2 = np.where(log_ratio(*table) > 0, g2_two_terms(*table), -1.0)
    least = np.partition(g2, -best)[-best] if 0 < best < len(g2) else 0.0
    return g2 >= max(least, 0.0)


def count_words(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count words and the articles that have them.

    Args:
        tokens: Has article_id and word.

    Returns:
        One row per word, in the order of first sight: word, n (occurrences), n_articles (articles with it).

    Example:
        >>> count_words(pd.DataFrame({"article_id": ["a", "a"], "word": ["x", "x"]})).values.tolist()
        [['x', 2, 1]]
    """
    codes, words = pd.factorize(tokens["word"])
    articles, ids = pd.factorize(tokens["article_id"])
    once = np.unique(codes * max(len(ids), 1) + articles) // max(len(ids), 1)
    n, n_articles = (np.bincount(found, minlength=len(words)) for found in (codes, once))
    return pd.DataFrame({"word": pd.Series(words, dtype=TEXT), "n": n, "n_articles": n_articles})


def _select_tokens(
    articles: pd.DataFrame, tokens: pd.DataFrame | None, lexicon: pd.DataFrame | None
) -> pd.DataFrame:
    news = counted(articles)
    return split_tokens(news, lexicon=lexicon) if tokens is None else select_rows(tokens, news)


def _choose(tokens: pd.DataFrame, articles: pd.DataFrame, by: str, keep_all: bool) -> pd.DataFrame:
    """Keep the tokens that are candidates, with what is counted of them as the word."""
    if by == "flag":
        return tokens[["article_id", "flag"]].rename(columns={"flag": "word"})
    if by == "slogan":
        return tokens[tokens["flag"] == SLOGAN]
    return tokens if keep_all else tokens[mark_content_words(tokens, articles)]


def _measure(
    counts: pd.DataFrame, size_a: int, size_b: int, candidates: int, confidence: float
) -> pd.DataFrame:
    if counts.empty:
        return empty(WORD_COMPARISON)
    table = counts["n_a"], counts["n_b"], size_a, size_b
    g2 = g2_two_terms(*table)
    measured = counts.assign(
        size_a=size_a,
        size_b=size_b,
        rate_a=RATE_WORDS * counts["n_a"] / size_a,
        rate_b=RATE_WORDS * counts["n_b"] / size_b,
        g2=g2,
        p=g2_p_value(g2),
        log_ratio=log_ratio(*table),
        lrc=conservative_log_ratio(*table, candidates=candidates, confidence=confidence),
    )
    return conform(measured.sort_values(["g2", "word"], ascending=[False, True]), WORD_COMPARISON)
