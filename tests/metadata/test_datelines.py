"""Words that date an event, and the days that they mean."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.metadata import datelines, find_dateline, find_event_date

FRIDAY = pd.Timestamp(2024, 1, 12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("4 月 19 日下午，平安建设大会召开。", "4 月 19 日下午"),
        ("昨天上午,市委书记督查。", "昨天上午"),
        ("近日，太真乡的工程现场。", "近日"),
        ("近日太真乡开工。", "近日"),
        ("今年以来,全旺镇着力。", "今年以来"),
        ("10日至11日，区委副书记走访。", "10日至11日"),
        ("4月25日—26日，会议召开。", "4月25日—26日"),
        ("１２月３１日晚，音乐会举行。", "１２月３１日晚"),
        ("连日来，各部门检查。", "连日来"),
        ("日前,在车间里。", "日前"),
        ("昨日，活动启幕。", "昨日"),
        ("本报讯(记者 周万)12月13日,会议召开。", "12月13日"),
        ("本报讯 昨天上午,会议召开。", "昨天上午"),
        ("新华社北京5月7日电 近日，办法印发。", "近日"),
        ("本报北京4月28日电（记者金歆）记者28日获悉：情况如下。", "4月28日"),
        ("“这次看到了差距。”12月11日,书记说。", ""),
        ("今年是新中国成立75周年。", ""),
        ("昨天的平湖，今天的平湖。", ""),
        ("1992年，企业成立。", ""),
        ("一堂生动的党课。昨天上午,书记讲述。", ""),
        ("", ""),
    ],
)
def test_the_words_that_open_a_lead(text, words):
    assert find_dateline(text) == words


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("昨日上午，大会召开。", "2024-01-11"),
        ("昨晚，大会召开。", "2024-01-11"),
        ("今天上午，大会召开。", "2024-01-12"),
        ("前天，大会召开。", "2024-01-10"),
        ("上周五，大会召开。", "2024-01-05"),
        ("10日至11日，书记调研。", "2024-01-10/2024-01-11"),
        ("31日，大会召开。", "2023-12-31"),
        ("12月28日，大会召开。", "2023-12-28"),
        ("去年12月28日，大会召开。", "2023-12-28"),
        ("1月10日至11日，书记调研。", "2024-01-10/2024-01-11"),
        ("2023年11月3日，大会召开。", "2023-11-03"),
        ("两会分别于1月9日和1月8日开幕。", "2024-01-08/2024-01-09"),
        ("“看到了差距。”1月9日，书记说。", "2024-01-09"),
        ("近日，大会召开。1月9日，书记调研。", None),
        ("今年以来，大会召开。", None),
        ("公司成立于2013年4月5日。", None),
        ("条例自2月1日起施行。", None),
        ("2月30日，大会召开。", None),
        ("没有日子的一篇特写。", None),
    ],
)
def test_the_day_that_they_mean(text, event):
    assert find_event_date(text, FRIDAY) == event


def test_without_a_page_date_only_a_sole_year_helps():
    text = "4月19日，大会召开。"
    assert find_event_date(text, None) is None
    assert find_event_date(text, pd.NaT) is None
    assert find_event_date(text, None, years=(2024,)) == "2024-04-19"
    assert find_event_date(text, None, years=(2023, 2024)) is None
    assert find_event_date("昨天，大会召开。", None, years=(2024,)) is None


def test_a_wire_lends_its_month_to_a_bare_day():
    text = "新华社北京5月7日电（记者孙奕）赵乐际7日在北京会见代表团。"
    assert find_event_date(text, pd.Timestamp(2026, 5, 8)) == "2026-05-07"
    assert find_event_date(text, None, years=(2026,)) == "2026-05-07"


def test_gold_datelines_and_event_dates(gold_articles, say_figure):
    """The page date is put in as the gold has it, so that datelines alone are measured."""
    dates = {
        "000": "2024-04-20",
        "001": "2023-12-15",
        "002": "2024-01-12",
        "003": "2022-04-26",
        "004": "2022-06-28",
    }
    articles = [item for item in gold_articles if item.get("article_no")]
    words = [
        re.sub(r"\s", "", find_dateline(a["body"])) == re.sub(r"\s", "", a["dateline"] or "")
        for a in articles
    ]
    days = [
        find_event_date(a["body"], pd.Timestamp(dates[a["file"][:3]])) == a["event_date"] for a in articles
    ]
    say_figure(
        f"datelines {sum(words)} of {len(words)}, event dates {sum(days)} of {len(days)} (page date known)"
    )
    assert sum(words) >= 0.95 * len(words)
    assert sum(days) >= 0.95 * len(days)


@settings(deadline=None)
@given(st.text("昨今天日月年近前连来上午至和—0123456789 ,，。(（)）本报讯新华社电京", max_size=120))
def test_words_stand_in_the_text_and_days_are_iso(text):
    assert find_dateline(text) in text
    event = find_event_date(text, FRIDAY)
    assert event is None or re.fullmatch(r"\d{4}-\d\d-\d\d(/\d{4}-\d\d-\d\d)?", event)
    if event and "/" in event:
        assert event[:10] < event[11:]


@settings(deadline=None)
@given(st.dates(pd.Timestamp(2000, 1, 10).date(), pd.Timestamp(2090, 1, 1).date()), st.integers(0, 150))
def test_a_month_and_day_up_to_half_a_year_back_finds_its_year(published, back):
    event = published - pd.Timedelta(days=back).to_pytimedelta()
    text = f"{event.month}月{event.day}日，大会召开。"
    if (event.month, event.day) != (2, 29):
        assert find_event_date(text, pd.Timestamp(published)) == event.isoformat()


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.from_regex(f"{datelines._DATED}|{datelines._VAGUE}", fullmatch=True))
def test_no_words_that_date_open_otherwise(words):
    assert re.match(datelines._OPENING, words)
