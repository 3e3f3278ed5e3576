"""Article text as safe HTML with its slogans marked."""

from __future__ import annotations

import html

import pandas as pd


def mark_slogans(text: str, hits: pd.DataFrame, article_id: str, *, field: str = "text") -> str:
    """Mark the slogans in one field of an article.

    Args:
        text: The field.
        hits: Table `slogan_hits`, of any articles.
        article_id: The article.
        field: Name of the field, as in the hits.

    Returns:
        HTML in which every character of the text stands escaped, each line in a `<p>`, each hit in a
        `<mark>` whose title is the slogan.

    Example:
        >>> none = pd.DataFrame(columns=["article_id", "field", "slogan", "start", "end"])
        >>> mark_slogans("<b>", none, "a")
        '<p>&lt;b&gt;</p>'
    """
    mine = hits[(hits["article_id"] == article_id) & (hits["field"] == field)]
    pieces, done = [], 0
    for hit in mine.sort_values("start").itertuples(index=False):
        if hit.start < done:
            continue
        pieces.append(html.escape(text[done : hit.start]))
        inside = html.escape(text[hit.start : hit.end]).replace("\n", " ")
        pieces.append(f'<mark title="{html.escape(hit.slogan)}">{inside}</mark>')
        done = hit.end
    pieces.append(html.escape(text[done:]))
    return "".join(f"<p>{line}</p>" for line in "".join(pieces).split("\n"))
