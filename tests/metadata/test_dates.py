"""Printed mastheads and dates in file names: every usual form, and what only looks like one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metadata.dates import find_printed_date, make_day, parse_file_date
from analysis.metadata.page_text import prepare_text

DAY = dt.date(2022, 6, 28)
BODY = "\n本报讯 昨天上午，市委书记深入居民小区，\n实地督查文明城市巩固工作。\n" * 12
MASTHEADS = [
    "2022年6月28日◆星期二",
    "#### 2022年6月28日◆星期二\n\n农历壬寅年五月三十 总第4961期",
    "2022年6月28日 星期二 农历壬寅年五月三十 总第4961期 今日4版",
    "２０２２年６月２８日　星期二",
    "2022 年 6 月 28 日 星期二",
    "2022-06-28 星期二",
    "2022.06.28 第01版 要闻",
    "二〇二二年六月二十八日 星期二",
    "星期二 2022年6月28日",
    "A02 要闻 2022年6月28日 星期二",
    "4 2022年6月28日 星期二 综合新闻 责编/李四",
    "2022年6月28日　编辑：戴琰　校对：张真",
    "03 综合新闻 2022年6月28日　星期二 责任编辑 张三 电话 85018195",
    "第4961期 2022年6月28日 星期二 国内统一连续出版物号 CN33-0045 邮发代号 31-23",
    "人民日报\n2022年6月28日 第01版：要闻",
    "人民日报 2022年6月28日\n11 经济",
    "2022年6月\n28\n星期二\n壬寅年五月三十",
    "28\n星期二\n2022年6月",
    "2022\n06/28\n星期二",
]
BODY_LINES = [
    "2022年6月28日上午，平湖市",
    "于2022年6月28日召开",
    "截至2022年6月28日",
    "（2022年6月28日）",
    "2022年6月28日至30日",
    "会议定于2022年6月28日(星期二)",
    "2022年6月28日起施行",
    "2022年6月28日第3次会议通过",
    "2022年6月28日平湖日报",
    "平湖市人民政府\n2022年6月28日",
    "记者 2022年6月28日",
]


@pytest.mark.parametrize("place", ["top", "middle", "foot"])
@pytest.mark.parametrize("masthead", MASTHEADS)
def test_a_masthead_dates_the_page_wherever_it_stands(masthead, place):
    text = {"top": masthead + BODY, "middle": BODY + masthead + BODY, "foot": BODY + masthead}[place]
    printed = find_printed_date(prepare_text(text))
    assert printed is not None
    assert (printed.day, printed.sure) == (DAY, True)


@pytest.mark.parametrize("line", BODY_LINES)
def test_a_date_in_the_body_is_no_masthead(line):
    for text in (BODY + line, BODY + line + BODY, line + BODY):
        assert find_printed_date(prepare_text(text)) is None


def test_a_signed_document_is_no_masthead():
    text = "第七十四号\n《某某法》已由会议于2022年6月28日通过，现予公布。\n主席 张三\n2022年6月28日\n" + BODY
    assert find_printed_date(prepare_text(text)) is None


def test_a_weekday_that_does_not_fit_makes_the_date_unsure():
    printed = find_printed_date(prepare_text("2022年6月28日 星期五" + BODY))
    assert printed is not None
    assert not printed.sure


@pytest.mark.parametrize(
    ("file", "day"),
    [
        ("rmrb_2026-05-08_p03_A.txt", dt.date(2026, 5, 8)),
        ("平湖2022年6月28日1版.txt", DAY),
        ("jxrb20220628A01.txt", DAY),
        ("20220628.txt", DAY),
        ("2022.6.28-01.md", DAY),
        ("2022/06/28/01.txt", DAY),
        ("2022-06/28/01.txt", DAY),
        ("a.zip/2022_06_28/01.txt", DAY),
        ("2022-06-28/backup_2022-06-28.txt", DAY),
        ("2022-06-28_2022-06-29.txt", None),
        ("000_e07a75bf460e5f2c.txt", None),
        ("20230405ab12cd34ef56.txt", None),
        ("2022-13-28.txt", None),
        ("2023-02-29.txt", None),
        ("no date.txt", None),
        ("", None),
    ],
)
def test_a_file_name_gives_one_real_day_or_none(file, day):
    assert parse_file_date(file) == day


@settings(deadline=None)
@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["{:%Y-%m-%d}", "{:%Y%m%d}", "{:%Y/%m/%d}/1"]),
)
def test_any_day_in_a_file_name_is_read(day, form):
    assert parse_file_date(f"paper/{form.format(day)}.txt") == day


@settings(deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_any_printed_day_is_read_with_its_weekday(day):
    line = f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
    printed = find_printed_date(prepare_text(line + BODY))
    assert printed is not None
    assert (printed.day, printed.sure) == (day, True)


@settings(deadline=None)
@given(st.text("0123456789年月日星期二第版期总农历-/.() \n◆人民报", max_size=200))
def test_any_text_has_a_day_or_none(text):
    printed = find_printed_date(prepare_text(text))
    assert printed is None or 1921 <= printed.day.year <= 2099


@settings(deadline=None)
@given(st.integers(), st.integers(), st.integers())
def test_numbers_are_a_day_or_none(year, month, day):
    made = make_day(year, month, day)
    assert made is None or (made.year, made.month, made.day) == (year, month, day)
