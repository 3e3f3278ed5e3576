"""Selections: each condition alone, together, and what is counted anew."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus import read_tables
from analysis.schema import TABLES, check, counted
from analysis.selection import Selection, join_fields, label_places, narrow, select

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def tables():
    return read_tables(PAGES)


def _headlines(tables) -> set[str]:
    return set(counted(tables.articles)["headline"])


def test_the_default_selection_keeps_everything(tables):
    assert select(tables, Selection()) is tables


@pytest.mark.parametrize(
    ("selection", "headlines"),
    [
        (Selection(places=("安吉县",), text="民警"), {"民警雪夜救援被困群众"}),
        (Selection(start=dt.date(2024, 5, 1), text="防汛"), {"我县开展防汛演练"}),
        (Selection(end=dt.date(2024, 3, 5), text="托育"), {"“一老一小”服务中心启用"}),
        (Selection(slogans=("新质生产力",)), {"宁海加快培育新质生产力"}),
        (Selection(slogans=("新质生产力", "一老一小")), {"宁海加快培育新质生产力", "“一老一小”服务中心启用"}),
        (Selection(text="防汛 救援"), set()),
        (Selection(text="黄坛水库"), {"我县开展防汛演练"}),
        (Selection(papers=("无此报",)), set()),
        (Selection(cities=("湖州市",), text="民警"), {"民警雪夜救援被困群众"}),
        (Selection(cities=("宁波市",), text="民警"), set()),
        (Selection(kinds=("interview",)), set()),
    ],
    ids=[
        "place and text",
        "from a day",
        "to a day",
        "slogan",
        "either slogan",
        "all words",
        "text",
        "paper",
        "city",
        "another city",
        "kind",
    ],
)
def test_each_condition_keeps_its_articles(tables, selection, headlines):
    assert _headlines(select(tables, selection)) == headlines


def test_the_last_day_is_included(tables):
    day = dt.date(2024, 5, 20)
    assert len(counted(select(tables, Selection(start=day, end=day)).articles)) == 3


def test_every_table_of_a_selection_is_a_table_of_its_articles(tables):
    chosen = select(tables, Selection(places=("宁海县",)))
    ids = set(chosen.articles["article_id"])
    for name, table in TABLES.items():
        frame = check(getattr(chosen, name), table)
        if "article_id" in table.names:
            assert set(frame["article_id"]) <= ids, name
    assert chosen.slogan_frequencies["articles"].unique().tolist() == [3]
    assert set(chosen.slogan_frequencies["county"]) == {"宁海县"}


def test_a_parent_slogan_brings_the_articles_of_its_children(tables):
    assert "我县召开生态文明建设推进会" in _headlines(select(tables, Selection(slogans=("生态文明",))))


def test_an_empty_selection_gives_empty_tables(tables):
    chosen = select(tables, Selection(text="没有这个词"))
    for name in set(TABLES) - {"problems"}:
        assert getattr(chosen, name).empty, name


def test_undated_articles_stay_only_when_asked_for(tables):
    undated = tables._replace(articles=tables.articles.assign(date=pd.NaT))
    day = dt.date(2024, 3, 5)
    assert select(undated, Selection(start=day)).articles.empty
    assert len(select(undated, Selection(start=day, undated=True)).articles) == len(tables.articles)


def test_counties_of_one_name_are_told_apart_by_their_city():
    frame = pd.DataFrame(
        {
            "province": ["江苏省", "福建省", "浙江省", None],
            "city": ["南京市", "福州市", "绍兴市", None],
            "county": ["鼓楼区", "鼓楼区", "新昌县", None],
            "paper": [None, None, None, "人民日报"],
        }
    )
    assert label_places(frame).tolist() == ["南京市鼓楼区", "福州市鼓楼区", "新昌县", "人民日报"]


def test_search_reads_across_line_breaks():
    articles = pd.DataFrame(
        {"kicker": ["AI"], "headline": ["甲 乙"], "subhead": [""], "text": ["一老\n一小"]}
    )
    assert join_fields(articles).tolist() == ["ai\n甲乙\n\n一老一小"]


def test_narrowing_keeps_what_both_ask_for(tables):
    here, there = Selection(places=("宁海县",)), Selection(text="防汛")
    assert _headlines(select(tables, narrow(here, there))) == {"我县开展防汛演练"}
    assert select(tables, narrow(here, Selection(places=("安吉县",)))).articles.empty
    day = dt.date(2024, 4, 1)
    assert narrow(Selection(start=day), Selection(start=dt.date(2024, 5, 1), end=day)) == Selection(
        start=dt.date(2024, 5, 1), end=day
    )
    assert narrow(Selection(), here) == narrow(here, Selection()) == here
