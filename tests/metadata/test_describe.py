"""Facts of whole pages: the seeds against the gold, titles, quality, and pages that are no pages."""

from __future__ import annotations

import json
import time

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metadata import describe_page
from analysis.metadata.page_text import prepare_text
from analysis.metadata.papers import find_title
from analysis.metadata.quality import score_quality


def test_gold_places_and_dates_of_the_seeds(seed_folder, gold_folder, say_figure):
    gold = json.loads((gold_folder / "pages.json").read_text(encoding="utf-8"))
    facts = [describe_page((seed_folder / page["file"]).read_text(encoding="utf-8")) for page in gold]
    places = [" / ".join([f.province or "", f.city or "", f.county or ""]) for f in facts]
    right = [place == page["place"] for place, page in zip(places, gold, strict=True)]
    dates = [str(f.date)[:10] == page["page_date"] for f, page in zip(facts, gold, strict=True)]
    wrong = [not same and not pd.isna(f.date) for same, f in zip(dates, facts, strict=True)]
    say_figure(f"places {sum(right)} of 5, dates {sum(dates)} of 5, wrong dates {sum(wrong)}")
    assert all(right)
    assert not any(wrong)
    assert [f.date_basis for f in facts][4] == "printed"
    assert all(f.date_basis in {"inferred", "unknown"} for f in facts[:4])


def test_no_seed_has_a_title_but_the_one_that_prints_it(seed_folder):
    titles = [
        find_title(prepare_text(file.read_text(encoding="utf-8")))
        for file in sorted(seed_folder.glob("*.txt"))
    ]
    assert titles == [None, None, None, None, "嘉兴日报·平湖版"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("人民日报\n2026年5月8日 第01版：要闻", "人民日报"),
        ("人民日报 2026年4月29日\n11 经济", "人民日报"),
        ("# 今日安吉\n2024年4月20日 星期六", "今日安吉"),
        ("平 湖 日 报\n会议召开", "平湖日报"),
        ("嘉兴日报社 中共平湖市委 联办", "嘉兴日报·平湖版"),
        ("绍兴日报记者 张三\n本报讯", None),
        ("今日谷雨\n本报讯", None),
        ("（据人民日报）", None),
        ("据《人民日报》报道，会议召开。", None),
        ("萧山区融媒体中心", None),
        ("明天日报", None),
    ],
)
def test_a_title_is_printed_or_missing(text, title):
    assert find_title(prepare_text(text)) == title


def test_what_is_printed_goes_before_what_is_given():
    facts = describe_page("2022年6月28日 星期二\n本报讯 会议召开。", "2020-01-01.txt")
    assert (facts.date, facts.date_basis) == (pd.Timestamp(2022, 6, 28), "printed")
    given_facts = describe_page("本报讯 会议召开。", "2020-01-01.txt")
    assert (given_facts.date, given_facts.date_basis) == (pd.Timestamp(2020, 1, 1), "given")
    unknown = describe_page("本报讯 会议召开。")
    assert pd.isna(unknown.date)
    assert unknown.date_basis == "unknown"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("本报讯 昨日，会议召开。“一老一小”服务（试行）。", 1.0, 1.0),
        ("", 0.0, 0.0),
        ("\0\0\0", 0.0, 0.0),
        ("锟\ufffd斤\ufffd拷\ufffd", 0.4, 0.6),
        ("会议“召开，" * 1 + "学习贯彻全会精神。" * 40, 0.9, 0.96),
        ("会" * 90 + "\n" + "议" * 89 + "。", 0.93, 0.96),
    ],
    ids=["sound", "empty", "NUL", "half lost", "unpaired", "cut line"],
)
def test_quality_is_the_share_that_reads_as_sound_text(text, low, high):
    assert low <= score_quality(text) <= high


@pytest.mark.parametrize(
    "text",
    [
        "本报讯 4月19日，我县召开会议，新昌县部署。" * 60_000,
        "\0本报讯\0" * 150_000,
        "2022年6月28日 " * 100_000,
        "（" * 1_000_000,
        "今年是" * 400_000,
        "2022年\n" * 200_000,
        "1" * 1_500_000,
        "本报讯(" * 250_000,
        "县委、" * 400_000,
        " " * 1_500_000,
    ],
    ids=[
        "one line",
        "NUL",
        "dates",
        "brackets",
        "今年是",
        "year lines",
        "digits",
        "leads",
        "bodies",
        "blanks",
    ],
)
def test_megabytes_take_seconds(text):  # quadratic rules would take hours
    start = time.perf_counter()
    describe_page(text)
    assert time.perf_counter() - start < 30


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=40))
def test_any_page_has_facts(text, file):
    facts = describe_page(text, file)
    assert 0 <= facts.text_quality <= 1
    assert facts.date_basis in {"printed", "given", "inferred", "unknown"}
    assert pd.isna(facts.date) == (facts.date_basis == "unknown")
