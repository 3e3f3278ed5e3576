"""Slogans that go together: in one article, or in one paragraph."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, triu

from analysis.measures import log_dice
from analysis.schema import COUNT, FIELDS, NUMBER, TEXT, Column, Table, conform, counted, empty

#: What two slogans can stand in together.
UNITS = ("article", "paragraph")

COOCCURRENCES = Table(
    "slogan_cooccurrences",
    "pair of slogans",
    ("log_dice (descending)", "n_joint (descending)", "slogan_a", "slogan_b"),
    (
        Column("slogan_a", TEXT, "The one slogan, the first of the two in code point order."),
        Column("slogan_b", TEXT, "The other slogan."),
        Column("n_joint", COUNT, "Articles (paragraphs) with both."),
        Column("n_a", COUNT, "Articles (paragraphs) with slogan_a."),
        Column("n_b", COUNT, "Articles (paragraphs) with slogan_b."),
        Column("log_dice", NUMBER, "14 + log2(2 n_joint / (n_a + n_b)); 14: never apart."),
    ),
)


class CooccurrenceError(ValueError):
    """Slogans cannot be paired as asked."""


def find_cooccurrences(
    hits: pd.DataFrame, articles: pd.DataFrame, *, within: str = "article", minimum: int = 2
) -> pd.DataFrame:
    """Count in how many articles or paragraphs two slogans stand together.

    Counting convention: an article (paragraph) has a slogan or has it not, however often it stands there.
    Only the longest slogan of a place counts: 新时代“枫桥经验” does not go together with the 枫桥经验 inside
    it, while another 枫桥经验 of the same article does. Kicker, headline and subhead are one paragraph
    together. Teasers and notices are left out.

    Args:
        hits: Table `slogan_hits`; rows that roll-up has added are passed over.
        articles: Table `articles` of the selection; hits of other articles do not count.
        within: article or paragraph.
        minimum: Least joint count; 5 and more is usual in large corpora.

    Returns:
        Table `COOCCURRENCES`: one row per pair, highest logDice first.

    Raises:
        CooccurrenceError: `within` is unknown, or the minimum is below 1.

    Note:
        Long articles have many slogans and so many pairs: within="paragraph" is the stricter reading. A pair
        of rare slogans that met twice in one source has a logDice near 14; look at n_joint.

    Source:
        P. Rychlý, A lexicographer-friendly association score, RASLAN 2008.

    Example:
        >>> rows = [("a", "八八战略"), ("a", "共同富裕"), ("b", "八八战略"), ("b", "共同富裕"), ("b", "两山")]
        >>> hits = pd.DataFrame(rows, columns=["article_id", "slogan"]).assign(field="text", start=0)
        >>> articles = pd.DataFrame({"article_id": ["a", "b"], "kind": "news", "text": ""})
        >>> find_cooccurrences(hits, articles).values.tolist()
        [['八八战略', '共同富裕', 2, 2, 2, 14.0]]
    """
    if within not in UNITS:
        raise CooccurrenceError(f"within={within!r}: unknown; expected one of {', '.join(UNITS)}")
    if minimum < 1:
        raise CooccurrenceError(f"minimum {minimum}: too small; expected 1 or more")
    hits = _keep_longest(hits, counted(articles))
    if hits.empty:
        return empty(COOCCURRENCES)
    columns, slogans = pd.factorize(hits["slogan"], sort=True)
    has = _make_matrix(_label_units(hits, articles, within), columns)
    n = has.sum(axis=0)
    pairs = triu(has.T @ has, k=1).tocoo()
    found = pairs.data >= minimum
    a, b, joint = pairs.row[found], pairs.col[found], pairs.data[found]
    pairs = pd.DataFrame({"slogan_a": slogans[a], "slogan_b": slogans[b], "n_joint": joint})
    pairs = pairs.assign(n_a=n[a], n_b=n[b], log_dice=log_dice(joint, n[a], n[b]))
    order = ["log_dice", "n_joint", "slogan_a", "slogan_b"]
    return conform(pairs.sort_values(order, ascending=[False, False, True, True]), COOCCURRENCES)


def _keep_longest(hits: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the hits of these articles that the matcher found; roll-up names another slogan in `via`."""
    hits = hits[hits["article_id"].isin(articles["article_id"])]
    return hits[hits["slogan"] == hits["via"]] if "via" in hits else hits


def _label_units(hits: pd.DataFrame, articles: pd.DataFrame, within: str) -> pd.Series:
    """Name the article or paragraph of each hit."""
    if within == "article":
        return hits["article_id"]
    return hits["article_id"] + "\n" + _number_paragraphs(hits, articles).astype(TEXT)


def _make_matrix(units: pd.Series, columns: np.ndarray) -> csr_array:
    """Make the matrix of units x slogans: 1 where the unit has the slogan."""
    rows, names = pd.factorize(units)
    cells = np.unique(np.column_stack([rows, columns]), axis=0)
    ones = np.ones(len(cells), dtype=np.int64)
    return csr_array((ones, (cells[:, 0], cells[:, 1])), shape=(len(names), columns.max() + 1))


def _number_paragraphs(hits: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Number the paragraph of each hit in its article: 0 for the headlines, the text from 1."""
    texts = articles.set_index("article_id")["text"]
    is_text = (hits["field"] == FIELDS[-1]).to_numpy()
    values = hits["article_id"].map(texts).fillna("")
    numbers = [
        text.count("\n", 0, start) + 1 if in_text else 0
        for text, start, in_text in zip(values, hits["start"], is_text, strict=True)
    ]
    return pd.Series(numbers, index=hits.index, dtype=COUNT)
