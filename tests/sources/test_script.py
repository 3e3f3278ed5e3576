"""Traditional script as simplified, place by place."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metadata import describe_page, find_dateline, find_event_date
from analysis.sources.script import is_traditional, read_characters, simplify

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PAGE = (
    "今日安吉\n2024年4月20日 星期六 農曆甲辰年三月十二\n"
    "本報訊 昨天上午，縣委書記張三調研。我縣各部門參加。縣長李四主持。安吉縣天荒坪鎮、鄣吳鎮發言。"
)


def test_a_traditional_page_has_its_place_and_date():
    facts = describe_page(PAGE)
    assert (facts.paper, facts.province, facts.county) == ("今日安吉", "浙江省", "安吉县")
    assert (facts.date, facts.date_basis) == (pd.Timestamp(2024, 4, 20), "printed")


def test_traditional_words_date_an_event_verbatim():
    assert find_dateline("本報訊 連日來，各部門檢查，確保學習貫徹全會精神。") == "連日來"
    assert (
        find_event_date("上週五，縣委召開會議，學習貫徹全會精神。", pd.Timestamp(2024, 1, 12)) == "2024-01-05"
    )


def test_simplified_pages_stay_as_they_are():
    for file in SEEDS:
        text = file.read_text(encoding="utf-8")
        assert not is_traditional(text)
        assert simplify(text) is text


def test_the_table_is_sound():
    table = read_characters()
    assert len(table) > 3000
    assert list(table) == sorted(table)
    assert all(len(simplified) == 1 and ord(simplified) != code for code, simplified in table.items())


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=80))
def test_every_character_keeps_its_place(text):
    assert len(simplify(text)) == len(text)
