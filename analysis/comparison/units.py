"""What sets each paper, place or period apart from all the others."""

from __future__ import annotations

import pandas as pd

from analysis.comparison.words import WORD_COMPARISON, compare_words
from analysis.schema import COUNT, TEXT, Column, Table, conform, counted, empty

UNIT_KEYNESS = Table(
    "unit_keyness",
    "unit x word",
    ("unit", "rank"),
    (
        Column("unit", TEXT, "Paper, place or whatever the articles were told apart by: selection A."),
        Column("articles", COUNT, "Articles of the unit."),
        Column("rank", COUNT, "1 for the most evidence."),
        *WORD_COMPARISON.columns,
    ),
)


def compare_units(
    articles: pd.DataFrame,
    *,
    unit: str,
    tokens: pd.DataFrame,
    top: int = 8,
    minimum: int = 3,
    lexicon: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare the words of each unit with those of all the others together.

    Counting convention: that of `compare_words`, the unit being A and the rest B; only words that are more
    frequent in the unit are kept.

    Args:
        articles: Table `articles`, with the column `unit`; rows without one are part of every rest.
        unit: Column that tells the units apart.
        tokens: Words of at least these articles, as from `tokens.split_tokens`.
        top: Words a unit at the most.
        minimum: Least occurrences in the unit and the rest together.
        lexicon: As in `compare_words`.

    Returns:
        Table `UNIT_KEYNESS`: one row per unit and word, by unit, then evidence. Empty with fewer than two
        units; a unit without such words has no row.

    Note:
        lrc is 0 where the evidence is too thin for the number of words compared. With one page a paper
        most are: such words say what that page is about, not what the paper is.

    Source:
        See `compare_words`.
    """
    news = counted(articles)
    names = sorted(news[unit].dropna().unique())
    if len(names) < 2:
        return empty(UNIT_KEYNESS)
    found = [empty(UNIT_KEYNESS)]
    for name in names:
        inside = news[unit] == name
        words = compare_words(news[inside], news[~inside], tokens=tokens, minimum=minimum, lexicon=lexicon)
        best = words[words["log_ratio"] > 0].head(top).reset_index(drop=True)
        found.append(best.assign(unit=name, articles=int(inside.sum()), rank=range(1, len(best) + 1)))
    return conform(pd.concat(found, ignore_index=True), UNIT_KEYNESS)
