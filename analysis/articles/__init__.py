"""Pages become articles.

Lines are read, measured and told apart (`lines`, `sheets`, `layout`, `widths`, `kinds`; `signs` finds for all
lines at once which need a closer look), joined to units with a role (`wraps`, `units`, `bylines`, `roles`,
`leads`), and paragraphs are stitched into bodies (`evidence`, `bodies`, `columns`). Headlines are assigned to
bodies over the whole page at once (`headlines`, `matching`), and `split` writes the fields. `split_articles`
makes the table `articles`, `split_spans` the account of every character of the page, `split_pages` both. A
page is split from its text alone: pages may be split in any order, in any batches, in any process.

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

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from analysis import schema
from analysis.articles.bylines import format_authors
from analysis.articles.spans import ROLES, tile
from analysis.articles.split import Article, Split, join_lines, split_page, split_sources
from analysis.metadata.datelines import find_times
from analysis.schema import ARTICLES

__all__ = [
    "ROLES",
    "SPAN_COLUMNS",
    "SplitPages",
    "split_articles",
    "split_page",
    "split_pages",
    "split_spans",
]

#: Columns of `split_spans` and their dtypes.
SPAN_COLUMNS = {"page_id": "str", "start": "int64", "end": "int64", "role": "str", "article_id": "str"}
#: So many pages are split at once, of no more characters.
_AT_ONCE, _CHARS_AT_ONCE = 8, 200_000
_COPIED = ("date", "date_basis", "paper", "province", "city", "county")


class SplitPages(NamedTuple):
    """Pages split: table `articles`, and the spans of their characters (see `split_spans`)."""

    articles: pd.DataFrame
    spans: pd.DataFrame


def split_pages(pages: pd.DataFrame) -> SplitPages:
    """Split pages into articles and account for every character, in one go.

    Args:
        pages: Table `pages` with its column `source`.

    Returns:
        What `split_articles` and `split_spans` return of the same pages. Batches of pages give the same rows
        as all pages at once.
    """
    rows, spans = _split(pages, _page_rows, _page_spans)
    return SplitPages(_frame_articles(rows), _frame_spans(spans))


def split_articles(pages: pd.DataFrame) -> pd.DataFrame:
    """Split pages into articles.

    Args:
        pages: Table `pages` with its column `source`.

    Returns:
        Table `articles`: one row per article, teaser or notice, in the order of the pages and, on a page, of
        their first paragraph. Date and place are those of the page.
    """
    return _frame_articles(*_split(pages, _page_rows))


def split_spans(pages: pd.DataFrame) -> pd.DataFrame:
    """Say of every character of each page what it is and which article it belongs to.

    Args:
        pages: Table `pages` with its column `source`.

    Returns:
        One row per span, in the order of the pages and of the source: page_id, start, end (offsets into
        `source`), role (see `ROLES`), article_id (missing where it belongs to none). The spans of a page tile
        its source without gap or overlap.
    """
    return _frame_spans(*_split(pages, _page_spans))


def _split(pages: pd.DataFrame, *tell: Callable[[dict, Split], list]) -> list[list]:
    """Split pages, some at a time, and list what each function tells of all of them."""
    told: list[list] = [[] for _ in tell]
    for batch in _batch(pages.to_dict("records")):
        splits = split_sources([page["source"] for page in batch])
        for rows, each in zip(told, tell, strict=True):
            rows.extend(row for page, split in zip(batch, splits, strict=True) for row in each(page, split))
    return told


def _batch(pages: list[dict]) -> Iterator[list[dict]]:
    """Batches of pages; a very long page is one of its own, to bound memory."""
    batch: list[dict] = []
    size = 0
    for page in pages:
        size += len(page["source"])
        if batch and (len(batch) == _AT_ONCE or size > _CHARS_AT_ONCE):
            yield batch
            batch, size = [], len(page["source"])
        batch.append(page)
    if batch:
        yield batch


def _frame_articles(rows: list[dict[str, Any]]) -> pd.DataFrame:
    if not rows:
        return schema.empty(ARTICLES)
    frame = pd.DataFrame(rows)
    frame["date"] = pd.to_datetime(frame["date"])
    return schema.conform(frame, ARTICLES)


def _frame_spans(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(SPAN_COLUMNS)).astype(SPAN_COLUMNS)


def _page_rows(page: dict, split: Split) -> list[dict]:
    return [_row(page, article, number) for number, article in enumerate(split.articles, 1)]


def _page_spans(page: dict, split: Split) -> list[tuple]:
    page_id = page["page_id"]
    return [
        (page_id, start, end, role, _id(page_id, number))
        for start, end, role, number in tile(page["source"], split)
    ]


def _row(page: dict, article: Article, number: int) -> dict:
    times = find_times(article.text, None if pd.isna(page["date"]) else page["date"])
    return {
        "article_id": _id(page["page_id"], number),
        "page_id": page["page_id"],
        "position": number,
        "kind": article.kind,
        "kicker": join_lines(article.kicker),
        "headline": join_lines(article.headline),
        "subhead": join_lines(article.subhead),
        "authors": format_authors(article.authors),
        "dateline": times.dateline,
        "event_date": times.event_date,
        **{name: page[name] for name in _COPIED},
        "continued": article.continued,
        "text": article.text,
        "n_chars": article.n_chars,
        "confidence": article.confidence,
    }


def _id(page_id: str, number: int | None) -> str | None:
    return None if number is None else f"{page_id}-{number:02d}"
