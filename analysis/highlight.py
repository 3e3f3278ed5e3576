"""Texts as safe HTML: an article with its slogans marked, a page with each piece in its article's colour."""

from __future__ import annotations

import html
import re

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


def mark_spans(source: str, spans: pd.DataFrame, colours: dict[str, str], labels: dict[str, str]) -> str:
    """Colour the pieces of a page by article, and set them by role.

    Args:
        source: The page's text.
        spans: Spans of this page, as from `split_spans`, in order.
        colours: Ground colour of each article_id.
        labels: Words for each role; they show, with the article's number, under the pointer.

    Returns:
        HTML in which every character of the page stands escaped; headlines are bold, what belongs to no
        article is grey, what could not be placed is underlined.
    """
    numbers = {article_id: place for place, article_id in enumerate(colours, 1)}
    pieces = []
    for start, end, role, owner in spans[["start", "end", "role", "article_id"]].to_numpy():
        look = f"background:{colours[owner]};" if owner in colours else "opacity:.6;"
        if role in ("kicker", "headline", "subhead", "teaser"):
            look += "font-weight:700;"
        elif role == "unplaced":
            look = "text-decoration:underline wavy #d55e00;"
        note = f"{numbers[owner]} · " if owner in numbers else ""
        text = html.escape(re.sub(r"\n{2,}", "\n", source[start:end]))
        pieces.append(
            f'<span style="{look}" title="{html.escape(note + labels.get(role, role))}">{text}</span>'
        )
    return f'<div style="white-space:pre-wrap;line-height:1.7">{"".join(pieces)}</div>'
