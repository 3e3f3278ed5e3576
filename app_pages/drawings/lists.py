"""What the pages of articles and of pages list of a view, prepared once for all readers of it."""

from __future__ import annotations

import html
from typing import NamedTuple

import pandas as pd

from analysis.articles import ROLES
from analysis.highlight import mark_spans
from analysis.shelves import View
from analysis.summary import account_for_pages, name_articles
from app_pages.parts.corpus import load_spans
from app_pages.parts.show import MOST_ROWS
from app_pages.parts.words import name_topic, t

_GROUNDS = (
    "#0072b240",
    "#e69f0040",
    "#009e7340",
    "#cc79a740",
    "#56b4e950",
    "#d55e0038",
    "#8a6d0040",
    "#7a4f9e38",
)
_OPENING = 90


class CutPage(NamedTuple):
    """A page as it was cut: HTML of the page with its articles coloured, and of the list of its articles.

    `page` is its row of `pages`; `articles` and `spans` are its rows of these tables.
    """

    page: pd.Series
    articles: pd.DataFrame
    spans: pd.DataFrame
    marked: str
    listed: str


def list_articles(tables: View) -> pd.DataFrame:
    """List the first articles, with their topic and how many slogans each has."""
    first = tables.articles.head(MOST_ROWS)
    topics = tables.shelf.main_topics[first["row"]].astype("str")
    return name_articles(first).assign(
        kind_name=first["kind"].astype("str").map(lambda kind: t(f"kind_{kind}")),
        topic=pd.Series(topics).map(name_topic, na_action="ignore"),
        slogans=tables.shelf.count_hits(first["row"]),
        n_chars=first["n_chars"],
        confidence=first["confidence"],
    )


def list_pages(tables: View) -> pd.DataFrame:
    """Account for the characters of each page."""
    return account_for_pages(tables.pages, tables.articles, load_spans())


def list_files(tables: View) -> list[str]:
    """List the files whose text can be looked at."""
    return tables.pages.loc[tables.pages["source"] != "", "file"].tolist()


def mark_page(tables: View, file: str) -> CutPage:
    """Colour the articles of a page, and list them."""
    page = tables.pages[tables.pages["file"] == file].iloc[0]
    spans = load_spans()
    spans = spans[spans["page_id"] == page["page_id"]]
    articles = tables.articles
    articles = tables.add_texts(articles[articles["page_id"] == page["page_id"]].reset_index(drop=True))
    colours = {
        article_id: _GROUNDS[number % len(_GROUNDS)]
        for number, article_id in enumerate(articles["article_id"])
    }
    items = zip(articles.itertuples(), name_articles(articles).itertuples(), colours.values(), strict=True)
    listed = [
        _format_item(number, article, named.title, colour)
        for number, (article, named, colour) in enumerate(items, 1)
    ]
    roles = {role: t(f"role_{role}") for role in ROLES}
    marked = mark_spans(page["source"], spans, colours, roles)
    return CutPage(page, articles, spans, marked, "".join(listed))


def _format_item(number: int, article: tuple, title: str, colour: str) -> str:
    """Format an article of the list as HTML: its colour and number, headline, facts and first words."""
    facts = (t(f"kind_{article.kind}"), article.authors.replace(";", " "), article.dateline)
    known = [*filter(None, facts), f"{t('col_confidence')} {article.confidence:.2f}"]
    opening = article.text[:_OPENING] + ("……" if len(article.text) > _OPENING else "")
    lines = (
        ("font-weight:600", title or t("no_headline")),
        ("font-size:.875em", " · ".join(known)),
        ("", opening),
    )
    shown = "".join(f'<div style="{look}">{html.escape(words)}</div>' for look, words in lines)
    mark = f'<span style="background:{colour};padding:.1em .6em">{number}</span>'
    return f'<div style="margin:0 0 1.1em">{mark}{shown}</div>'
