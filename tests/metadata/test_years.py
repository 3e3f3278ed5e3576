"""Years and dates that the text supports, and those that it does not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metadata.gazetteer import read_rows
from analysis.metadata.inference import find_latest_lead, infer_date
from analysis.metadata.page_text import prepare_text
from analysis.metadata.years import infer_year


@pytest.mark.parametrize(
    ("text", "day", "year"),
    [
        ("今年是新中国成立75周年，是关键一年。", (1, 12), 2024),
        ("今年是“八八战略”实施20周年。", (7, 1), 2023),
        ("会议通报表扬2023年度先进集体，加快发展新质生产力。", (4, 20), 2024),
        ("2023年度重点实施的民生实事项目，已于今年6月完工。", (12, 15), 2023),
        ("2021年10月启动工程。以实际行动迎接党的二十大胜利召开。", (4, 26), 2022),
        ("学习党的二十大精神。2022年11月以来推进。以实际行动喜迎二十大。", (11, 20), None),
        ("隆重庆祝新中国成立75周年。", (1, 12), None),
        ("到2025年建成。2024年底前完成。", (4, 20), None),
        ("今年是新中国成立75周年。2025年3月，工程开工。", (4, 20), None),
        ("我县召开会议。", (4, 20), None),
    ],
    ids=["anniversary", "quoted anniversary", "review and term", "plan", "congress ahead", "contradiction",
         "looking back", "only plans", "later year on the page", "nothing"],
)  # fmt: skip
def test_a_year_is_named_only_when_one_is_left(text, day, year):
    assert infer_year(text, *day) == year


@pytest.mark.parametrize(
    ("leads", "latest"),
    [
        (["4月18日", "4月19日上午"], (4, 19)),
        (["12月31日", "1月1日"], (1, 1)),
        (["4月10日至11日", "4月9日"], (4, 11)),
        (["4月19日"], None),
        (["4月19日", "昨天上午", "4月18日"], None),
        (["近日", "今年以来"], None),
        (["4月19日", "2月3日"], None),
    ],
    ids=["two", "turn of the year", "span", "one is too few", "昨天", "vague", "far apart"],
)
def test_the_latest_lead(leads, latest):
    joined = "".join(f"本报讯(记者 周万){words},会议召开。" for words in leads)
    found = find_latest_lead(prepare_text(joined).joined)
    assert (found and (found.month, found.day)) == latest


def test_wires_date_a_page_too():
    text = "新华社北京5月7日电 会见。本报北京5月7日电（记者金歆）会议。今年是改革开放48周年。"
    assert infer_date(prepare_text(text)) == dt.date(2026, 5, 8)


def test_a_day_without_a_year_is_no_date():
    assert infer_date(prepare_text("本报讯 4月18日,会议。本报讯 4月19日,会议。")) is None


def test_words_of_one_day_a_year_date_a_page_of_that_year():
    clue = "今年是新中国成立75周年。春运首日火车票今天开抢。"
    assert infer_date(prepare_text(clue + "本报讯 10日至11日,调研。")) == dt.date(2024, 1, 12)
    assert infer_date(prepare_text(clue + "本报讯 15日,调研。")) is None
    assert infer_date(prepare_text("春运首日火车票今天开抢。")) is None


@pytest.mark.parametrize("file", ["dated_phrases.tsv", "anniversaries.tsv", "newspapers.tsv"])
def test_lexicons_are_sorted_and_unique(file):
    rows = [tuple(row.values())[:2] for row in read_rows(file)]
    assert rows == sorted(set(rows))


def test_phrases_have_days_in_order():
    for row in read_rows("dated_phrases.tsv"):
        days = [dt.date.fromisoformat(row[end]) for end in ("from", "to") if row[end]]
        assert days == sorted(days)
        assert row["strength"] in {"hard", "soft"}
        assert days


@settings(deadline=None)
@given(st.text("今年是新中国成立周度0123456789年月日本报讯表彰先进()，。", max_size=200))
def test_any_text_has_a_date_or_none(text):
    found = infer_date(prepare_text(text))
    assert found is None or 2000 <= found.year < 2100
