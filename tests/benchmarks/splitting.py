"""Splitting pages into articles against segmenting those articles, both in processor time of one core."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import jieba
import pandas as pd

from analysis.articles import split_pages
from analysis.tokens import split_tokens
from tests.articles.stories import Story, draw_page, lay_out

#: Articles of a page, and characters of an article that is taken for one.
_PER_PAGE = (3, 8)
_FEWEST, _MOST = 150, 6000
_NAMES = ("周小川", "李妍", "欧阳明", "王志强", "陈立", "高晓松", "马永年", "赵静")
#: Pages measured at most, and how often.
_PAGES, _ROUNDS = 400, 5
_BYTES = 1e6


class Speed(NamedTuple):
    """How fast pages are split.

    Attributes:
        megabytes: Of pages, in UTF-8, a second.
        of_tokens: Time against `split_tokens` over the articles found.
        of_jieba: Time against `jieba.lcut` over their texts.
    """

    megabytes: float
    of_tokens: float
    of_jieba: float


def measure(articles: pd.DataFrame) -> Speed:
    """Print the speed of splitting pages laid out of the articles, and its ratio to segmenting them."""
    pages = lay_out_pages(articles)
    size = sum(len(source.encode()) for source in pages["source"]) / _BYTES
    found = split_pages(pages).articles
    jieba.initialize()
    split_tokens(found.head(1))
    works: dict[str, Callable[[], object]] = {
        "split_pages": lambda: split_pages(pages),
        "split_tokens": lambda: split_tokens(found),
        "jieba.lcut": lambda: [jieba.lcut(text) for text in found["text"]],
    }
    rounds = [{name: _time(work) for name, work in works.items()} for _ in range(_ROUNDS)]
    print(f"{len(pages):,} pages of {size:.2f} MB (UTF-8), {len(found):,} articles and notices found")
    for name in works:
        seconds = statistics.median(taken[name] for taken in rounds)
        print(f"{name}: {seconds:.2f} s of processor time, {size / seconds:.2f} MB/s of pages")
    ratios = []
    for name in ("split_tokens", "jieba.lcut"):
        ratios.append(statistics.median(taken["split_pages"] / taken[name] for taken in rounds))
        print(f"split_pages / {name}: {ratios[-1]:.3f}, median of {_ROUNDS} rounds")
    return Speed(size / statistics.median(taken["split_pages"] for taken in rounds), *ratios)


def lay_out_pages(articles: pd.DataFrame, *, most: int = _PAGES) -> pd.DataFrame:
    """Print articles as pages of made-up papers, each page in a layout of its own.

    Args:
        articles: Articles as from `read_articles`.
        most: Pages at most.

    Returns:
        Table `pages`, as far as splitting needs it; the same for the same articles.
    """
    draw = random.Random(0)
    sizes = articles["text"].str.len()
    rows = articles[sizes.between(_FEWEST, _MOST)].to_dict("records")
    sources: list[str] = []
    place = 0
    while place < len(rows) and len(sources) < most:
        number = draw.randint(*_PER_PAGE)
        stories = [_tell(row, draw) for row in rows[place : place + number]]
        sources.append(lay_out(stories, draw_page(draw)))
        place += number
    pages = pd.DataFrame({"page_id": [f"p{n:05d}" for n in range(len(sources))], "source": sources})
    return pages.assign(date=pd.Timestamp(2024, 1, 1), date_basis="given", paper=None).assign(
        province=None, city=None, county=None
    )


def _tell(row: dict, draw: random.Random) -> Story:
    paragraphs = tuple(part.strip() for part in row["text"].split("\n") if part.strip())
    names = tuple(draw.sample(_NAMES, draw.randint(1, 2)))
    return Story(row["kicker"], row["headline"], names, paragraphs)


def _time(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
