"""The splitter on the five hand-labelled pages: what it reaches is printed, what it must reach is held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analysis.articles import split_articles
from analysis.evaluation import evaluate, pair_articles, read_gold, read_gold_pages
from analysis.pages import read_pages

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "tests" / "gold"


@pytest.fixture(scope="module")
def pages() -> pd.DataFrame:
    return read_pages(ROOT / "seeds")


@pytest.fixture(scope="module")
def gold() -> pd.DataFrame:
    return read_gold(GOLD / "articles.json")


@pytest.fixture(scope="module")
def pairs(pages: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    return pair_articles(pages, split_articles(pages), gold)


@pytest.fixture(scope="module")
def report(pages: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    return evaluate(pages, gold, read_gold_pages(GOLD / "pages.json"))


@pytest.fixture(scope="module")
def ours(report: pd.DataFrame) -> pd.Series:
    return report[(report["method"] == "splitter") & (report["file"] == "all")].iloc[0]


def test_figures_are_said(ours: pd.Series, report: pd.DataFrame, say_figure: Callable[[str], None]) -> None:
    say_figure(
        f"articles found / expected: {ours['found']:.0f} / {ours['articles']:.0f}, invented "
        f"{ours['invented']:.0f}; headlines right {ours['headlines']:.3f}, body F1 {ours['body_f1']:.3f}, "
        f"authors F1 {ours['authors_f1']:.3f}, datelines {ours['datelines']:.3f}, days of events "
        f"{ours['event_dates']:.3f}"
    )
    plain = report[(report["method"] == "baseline") & (report["file"] == "all")].iloc[0]
    say_figure(
        f"  split only at 本报讯 and blank lines: {plain['found']:.0f} / {plain['articles']:.0f}, invented "
        f"{plain['invented']:.0f}; headlines right {plain['headlines']:.3f}, body F1 {plain['body_f1']:.3f}"
    )
    assert set(report["method"]) == {"splitter", "baseline"}


def test_every_labelled_article_is_found_and_none_invented(ours: pd.Series) -> None:
    assert (ours["articles"], ours["found"], ours["missed"], ours["invented"]) == (33, 33, 0, 0)


def test_headlines(ours: pd.Series) -> None:
    assert ours["headlines"] * 33 >= 32 - 1e-9


def test_bodies(ours: pd.Series) -> None:
    assert ours["body_f1"] >= 0.99


def test_authors(ours: pd.Series) -> None:
    assert ours["authors_f1"] >= 0.97


def test_datelines_and_event_dates(ours: pd.Series) -> None:
    assert ours["datelines"] >= 0.95
    assert ours["event_dates"] >= 0.95


def test_days_and_places_of_pages(ours: pd.Series) -> None:
    assert ours["date"] == 1
    assert ours["place"] == 1


def test_baseline_is_clearly_worse(report: pd.DataFrame, ours: pd.Series) -> None:
    plain = report[(report["method"] == "baseline") & (report["file"] == "all")].iloc[0]
    assert plain["headlines"] < ours["headlines"] - 0.3
    assert plain["body_f1"] < ours["body_f1"] - 0.2


def test_confidence_above_nine_tenths_is_right_nine_times_in_ten(
    pairs: pd.DataFrame, say_figure: Callable[[str], None]
) -> None:
    sure = pairs[pairs["confidence"] > 0.9]
    right = (sure["headline_right"] == 1) & (sure["body_f1"] > 0.95)
    say_figure(f"confidence above 0.9: {len(sure)} of {len(pairs)} articles, right {right.mean():.3f}")
    assert len(sure) >= 20
    assert right.mean() >= 0.9


def test_roles_of_authors_as_printed(pages: pd.DataFrame) -> None:
    authors = set(";".join(split_articles(pages)["authors"]).split(";"))
    assert {"吕建刚/首席记者", "黄圣/通讯员", "吴婧涵/", "夏炯炯/记者", "吴铁鸣/摄影"} <= authors


def test_continued_articles_are_marked(pages: pd.DataFrame) -> None:
    articles = split_articles(pages)
    assert articles.loc[articles["continued"], "headline"].str[:8].tolist() == [
        "区人大常委会开展",
        "用民生保障温度提",
        "坚决打好打赢“除",
        "拉升“颜值”发展",
    ]


def test_marks_leads_and_credits_stay_out_of_the_text(pages: pd.DataFrame) -> None:
    texts = split_articles(pages)["text"]
    assert not texts.str.contains(r"本报讯|下转|摄[)）]|\s{2}| \n|版[)）]").any()


def test_photo_news_and_interview_are_told_apart(pages: pd.DataFrame) -> None:
    articles = split_articles(pages)
    assert (articles["kind"] == "photo").sum() >= 3
    interview = articles[articles["kind"] == "interview"]
    assert interview["headline"].tolist() == ["用民生保障温度提高百姓幸福指数"]
