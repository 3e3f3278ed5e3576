"""The fields of articles as one long text, and where words and hits stand in it.

What is asked of millions of tokens (is it in this selection, which sentence is it in) is then arithmetic
on offsets.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.schema import FIELDS

#: The fields above the text of an article.
HEADLINE_FIELDS = ("kicker", "headline", "subhead")
#: Offset of what stands in none of the fields.
ABSENT = -1
_BORDER = "\0"


class FieldError(ValueError):
    """A field that articles do not have."""


class JoinedFields(NamedTuple):
    """All fields of articles in a row.

    Attributes:
        text: The fields, article by article in the order of `schema.FIELDS`, with a border behind each.
        starts: Where each field begins, articles x fields; `ABSENT` for a field that is empty.
        articles: Ids of the articles, in the order of `starts`.
    """

    text: str
    starts: np.ndarray
    articles: pd.Index


def flatten(text: str) -> str:
    """Take white space out of a text and fold the case of its letters, as texts are searched.

    Case is folded character by character: one that would become several (ß, ss) stays as it is.

    Example:
        >>> flatten("5 G\\nß")
        '5gß'
    """
    joined = "".join(text.split())
    folded = joined.casefold()
    if len(folded) == len(joined):
        return folded
    return "".join(one if len(one.casefold()) > 1 else one.casefold() for one in joined)


def keep_fields(articles: pd.DataFrame, fields: Collection[str]) -> pd.DataFrame:
    """Empty all other fields of articles, so that a selection is of headlines or of texts only.

    Args:
        articles: Table `articles`.
        fields: Fields to keep, of `schema.FIELDS`.

    Returns:
        Table `articles` with the same rows; n_chars stays that of the full text.

    Raises:
        FieldError: A field is unknown.

    Example:
        >>> frame = pd.DataFrame({"kicker": ["a"], "headline": ["b"], "subhead": ["c"], "text": ["d"]})
        >>> keep_fields(frame, HEADLINE_FIELDS).values.tolist()
        [['a', 'b', 'c', '']]
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise FieldError(f"field {unknown[0]!r}: unknown; expected some of {', '.join(FIELDS)}")
    return articles.assign(**{field: "" for field in FIELDS if field not in fields})


def concatenate_fields(articles: pd.DataFrame) -> JoinedFields:
    """Join all fields of articles to one text.

    Args:
        articles: Table `articles`, ids unique.

    Returns:
        The text, and where each field begins in it.
    """
    values = articles[[*FIELDS]].fillna("").to_numpy(dtype=object).ravel()
    lengths = np.fromiter((len(value) for value in values), dtype=np.int64, count=len(values))
    ends = np.cumsum(lengths + len(_BORDER))
    starts = np.where(lengths > 0, ends - lengths - len(_BORDER), ABSENT).reshape(-1, len(FIELDS))
    text = "".join(f"{value}{_BORDER}" for value in values)
    return JoinedFields(text, starts, pd.Index(articles["article_id"]))


def locate_fields(rows: pd.DataFrame, joined: JoinedFields) -> np.ndarray:
    """Tell where the field that each row stands in begins in the joined text.

    Args:
        rows: Has article_id and field: tokens, slogan hits.
        joined: From `concatenate_fields`.

    Returns:
        One offset a row; `ABSENT` where the articles lack the article or its field is empty there.

    Example:
        >>> articles = pd.DataFrame({"article_id": ["a"], "headline": ["xy"], "text": ["z"]})
        >>> joined = concatenate_fields(articles.assign(kicker="", subhead=""))
        >>> rows = pd.DataFrame({"article_id": ["a", "b", "a"], "field": ["text", "text", "kicker"]})
        >>> locate_fields(rows, joined).tolist()
        [5, -1, -1]
    """
    article = joined.articles.get_indexer(pd.Index(rows["article_id"]))
    field = pd.Index(FIELDS).get_indexer(pd.Index(rows["field"]))
    is_known = (article >= 0) & (field >= 0)
    found = np.full(len(rows), ABSENT, dtype=np.int64)
    found[is_known] = joined.starts[article[is_known], field[is_known]]
    return found


def select_rows(rows: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the tokens or hits that stand in fields of these articles.

    Args:
        rows: Has article_id and field: tokens, slogan hits; of these articles and of others.
        articles: Table `articles`, cut down to the articles and fields (see `keep_fields`) that are meant.

    Returns:
        The rows of fields that are not empty, same order, default index.
    """
    return rows[locate_fields(rows, concatenate_fields(articles)) != ABSENT].reset_index(drop=True)
