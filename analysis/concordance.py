"""Concordance: every occurrence of a slogan in the line that it stands in (keyword in context)."""

from __future__ import annotations

import pandas as pd

_COLUMNS = ("article_id", "field", "slogan", "left", "surface", "right")


def find_lines(hits: pd.DataFrame, articles: pd.DataFrame, *, width: int = 24) -> pd.DataFrame:
    """Put every hit between the characters that stand around it.

    Args:
        hits: Table `slogan_hits` (or any part of it).
        articles: Table `articles` with the articles of those hits.
        width: Characters of context on either side, at the most; context ends where the field ends.

    Returns:
        One row per hit, in the order of `hits`: article_id, field, slogan, left, surface, right. Line
        ends inside a context are shown as a space.

    Example:
        >>> hit = {"article_id": "a", "slogan": "一老一小", "surface": "一老一小", "field": "text"}
        >>> hits = pd.DataFrame([hit | {"start": 2, "end": 6}])
        >>> articles = pd.DataFrame([{"article_id": "a", "text": "办好一老一小工作"}])
        >>> find_lines(hits, articles)[["left", "surface", "right"]].values.tolist()
        [['办好', '一老一小', '工作']]
    """
    texts = articles.set_index("article_id")
    rows = []
    for hit in hits.itertuples(index=False):
        value = texts.at[hit.article_id, hit.field]
        left = value[max(0, hit.start - width) : hit.start]
        right = value[hit.end : hit.end + width]
        rows.append((hit.article_id, hit.field, hit.slogan, left, hit.surface, right))
    lines = pd.DataFrame(rows, columns=list(_COLUMNS)).astype("str")
    for side in ("left", "surface", "right"):
        lines[side] = lines[side].str.replace("\n", " ", regex=False)
    return lines
