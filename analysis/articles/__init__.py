"""Pages become articles.

Lines are read and measured (`lines`, `layout`, `widths`), joined to units with a role (`wraps`, `units`,
`bylines`, `leads`), and paragraphs are stitched into bodies (`evidence`, `bodies`, `columns`). Headlines are
assigned to bodies over the whole page at once (`headlines`), and `split` writes the fields. `split_articles`
makes the table `articles`, `split_spans` the account of every character of the page.

What counts as what:

- `本报讯(记者 …)` and a byline in brackets before the text say who reports; they are no text. A dispatch line
  (`本报北京5月7日电 (记者 …)`) says where and when, too, and stays in the text; its names are authors.
- Notes at the end (`（作者为…）`, `（…参与采写）`, a reader's signature) and headings inside are text. A
  headline line that a page repeats at the end of the text is left there.
- A name has the role that is printed before it, or none; in a photo credit 摄影 when none is printed.
- Banners of columns and campaigns belong to no article. Headlines without a text are teasers.
- Text that could not be given to an article is kept as a notice without headline, its spans as `unplaced`.
"""

from __future__ import annotations

import pandas as pd

from analysis import schema
from analysis.articles.bylines import format_authors
from analysis.articles.lines import squeeze
from analysis.articles.spans import ROLES, tile
from analysis.articles.split import Article, join_lines, split_page
from analysis.metadata.datelines import find_dateline, find_event_date
from analysis.schema import ARTICLES

__all__ = ["ROLES", "SPAN_COLUMNS", "split_articles", "split_page", "split_spans"]

#: Columns of `split_spans` and their dtypes.
SPAN_COLUMNS = {"page_id": "str", "start": "int64", "end": "int64", "role": "str", "article_id": "str"}
_COPIED = ("date", "date_basis", "paper", "province", "city", "county")


def split_articles(pages: pd.DataFrame) -> pd.DataFrame:
    """Split pages into articles.

    Args:
        pages: Table `pages` with its column `source`.

    Returns:
        Table `articles`: one row per article, teaser or notice, in the order of the pages and, on a page, of
        their first paragraph. Date and place are those of the page.
    """
    rows = [row for page in pages.to_dict("records") for row in _page_rows(page)]
    if not rows:
        return schema.empty(ARTICLES)
    frame = pd.DataFrame(rows)
    frame["date"] = pd.to_datetime(frame["date"])
    return schema.conform(frame, ARTICLES)


def split_spans(pages: pd.DataFrame) -> pd.DataFrame:
    """Say of every character of each page what it is and which article it belongs to.

    Args:
        pages: Table `pages` with its column `source`.

    Returns:
        One row per span, in the order of the pages and of the source: page_id, start, end (offsets into
        `source`), role (see `ROLES`), article_id (missing where it belongs to none). The spans of a page tile
        its source without gap or overlap.
    """
    rows = []
    for page in pages.to_dict("records"):
        for start, end, role, number in tile(page["source"], split_page(page["source"])):
            rows.append((page["page_id"], start, end, role, _id(page["page_id"], number)))
    frame = pd.DataFrame(rows, columns=list(SPAN_COLUMNS))
    return frame.astype(SPAN_COLUMNS)


def _page_rows(page: dict) -> list[dict]:
    split = split_page(page["source"])
    return [_row(page, article, number) for number, article in enumerate(split.articles, 1)]


def _row(page: dict, article: Article, number: int) -> dict:
    return {
        "article_id": _id(page["page_id"], number),
        "page_id": page["page_id"],
        "position": number,
        "kind": article.kind,
        "kicker": join_lines(article.kicker),
        "headline": join_lines(article.headline),
        "subhead": join_lines(article.subhead),
        "authors": format_authors(article.authors),
        "dateline": find_dateline(article.text),
        "event_date": find_event_date(article.text, None if pd.isna(page["date"]) else page["date"]),
        **{name: page[name] for name in _COPIED},
        "continued": article.continued,
        "text": article.text,
        "n_chars": len(squeeze(article.text)),
        "confidence": article.confidence,
    }


def _id(page_id: str, number: int | None) -> str | None:
    return None if number is None else f"{page_id}-{number:02d}"
