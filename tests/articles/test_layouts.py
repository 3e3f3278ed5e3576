"""Known reports laid out at random are asked for back."""

from __future__ import annotations

import random
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import STORIES, Page, Story, draw_page, lay_out

from analysis.articles import split_articles, split_page
from analysis.articles.split import Article, join_lines
from analysis.evaluation.gold import plain
from analysis.evaluation.pairs import measure_f1

PAGES = 120


def _frame(source: str) -> pd.DataFrame:
    page = {"page_id": "p", "file": "p.txt", "source": source, "date": pd.NaT, "date_basis": "unknown"}
    return pd.DataFrame([page | dict.fromkeys(("paper", "province", "city", "county"))])


def _draw(number: int) -> tuple[list[Story], Page]:
    source = random.Random(number)
    return source.sample(STORIES, source.randint(2, len(STORIES))), draw_page(source)


def _find(story: Story, articles: list[Article]) -> Article | None:
    wanted = plain("".join(story.paragraphs))
    best = max(articles, key=lambda a: measure_f1(wanted, plain(a.text)), default=None)
    return best if best and measure_f1(wanted, plain(best.text)) > 0.5 else None


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    rows = []
    for number in range(PAGES):
        stories, page = _draw(number)
        articles = [a for a in split_page(lay_out(stories, page)).articles if a.body]
        for story in stories:
            article = _find(story, articles)
            heads = plain(story.kicker + story.headline)
            rows.append(
                {
                    "page": number,
                    "layout": page,
                    "found": article is not None,
                    "extra": max(0, len(articles) - len(stories)) / len(stories),
                    "headline": article is not None
                    and plain(join_lines([*article.kicker, *article.headline, *article.subhead])) == heads,
                    "body": measure_f1(plain("".join(story.paragraphs)), plain(article.text))
                    if article
                    else 0,
                    "authors": article is not None and tuple(a.name for a in article.authors) == story.names,
                    "confidence": article.confidence if article else np.nan,
                }
            )
    frame = pd.DataFrame(rows)
    print(frame[["found", "extra", "headline", "body", "authors"]].mean().round(4).to_dict())
    return frame


def test_articles_are_found_and_none_invented(figures: pd.DataFrame) -> None:
    assert figures["found"].mean() >= 0.99
    assert figures["extra"].mean() <= 0.02


def test_headlines_bodies_and_authors_come_back(figures: pd.DataFrame) -> None:
    assert figures["headline"].mean() >= 0.95
    assert figures["body"].mean() >= 0.98
    assert figures["authors"].mean() >= 0.97


def test_confidence_is_calibrated(figures: pd.DataFrame) -> None:
    sure = figures[figures["confidence"] > 0.9]
    assert len(sure) > len(figures) / 2
    assert (sure["headline"] & (sure["body"] > 0.95)).mean() >= 0.9


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    stories=st.lists(st.sampled_from(STORIES), min_size=2, max_size=5, unique=True),
    width=st.integers(12, 28),
    blank=st.sampled_from(["line", "paragraph"]),
    half=st.booleans(),
)
def test_every_report_with_a_lead_is_one_article(
    stories: list[Story], width: int, blank: str, half: bool
) -> None:
    page = Page("before", width, blank, "lead", half=half)
    articles = split_articles(_frame(lay_out(stories, page)))
    assert len(articles) == len(stories)
    for story, text in zip(stories, articles["text"], strict=True):
        assert measure_f1(plain("".join(story.paragraphs)), plain(text)) > 0.97


@settings(max_examples=30, deadline=None, derandomize=True)
@given(number=st.integers(0, 10_000))
def test_text_has_no_wraps_no_inserted_spaces_and_nothing_that_the_page_has_not(number: int) -> None:
    stories, page = _draw(number)
    source = lay_out(stories, page)
    printed = re.sub(r"\s", "", source)
    for text in split_articles(_frame(source))["text"]:
        assert not re.search(r"[ \t\u3000]|\n\n|^\n|\n$", text)
        for paragraph in text.split("\n"):
            assert paragraph in printed


@pytest.mark.parametrize("width", [18, 21, 24])
def test_headlines_at_the_end_of_the_page_go_to_their_texts(width: int) -> None:
    page = Page("before", width, "none", "lead")
    bodies = [lay_out([story._replace(kicker="", headline="")], page).rstrip("\n") for story in STORIES]
    heads = [line for story in reversed(STORIES) for line in (story.kicker, story.headline) if line]
    articles = split_articles(_frame("\n".join([*bodies, *heads]) + "\n"))
    assert len(articles) == len(STORIES)
    right = [
        plain(row["kicker"] + row["headline"] + row["subhead"]) == plain(story.kicker + story.headline)
        for story, row in zip(STORIES, articles.to_dict("records"), strict=True)
    ]
    assert sum(right) >= len(STORIES) - 1


@pytest.mark.parametrize("opening", ["lead", "line", "mark"])
@pytest.mark.parametrize("width", [13, 17, 22])
def test_pages_without_any_blank_line_are_split(width: int, opening: str) -> None:
    source = re.sub(r"\n+", "\n", lay_out(list(STORIES), Page("before", width, "none", opening)))
    articles = split_articles(_frame(source))
    assert len(articles) == len(STORIES)
    for story, text in zip(STORIES, articles["text"], strict=True):
        assert measure_f1(plain("".join(story.paragraphs)), plain(text)) > 0.97
