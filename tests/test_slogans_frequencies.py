"""Counting over periods and places, against numbers computed by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import schema
from analysis.measures import wilson_interval
from analysis.periods import label_periods
from analysis.slogans import count_slogans
from analysis.slogans.frequencies import PeriodError, count_chars


@pytest.fixture
def articles() -> pd.DataFrame:
    rows = [
        # id, kind, date, paper, county, headline, text
        ("a1", "news", "2024-01-10", "甲报", "甲县", "标题", "一老一小 一老一小"),
        ("a2", "photo", "2024-01-20", "甲报", "甲县", "", "没有"),
        ("a3", "teaser", "2024-01-20", "甲报", "甲县", "一老一小", ""),
        ("a4", "news", "2024-03-02", "乙报", None, "", "一老一小网格"),
        ("a5", "news", None, None, None, "网格", "字"),
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "kind", "date", "paper", "county", "headline", "text"])
    frame = frame.reindex(columns=schema.ARTICLES.names)
    frame = frame.assign(
        kicker="", subhead="", position=range(1, 6), n_chars=0, continued=False, confidence=1.0
    )
    return schema.conform(frame.assign(date=pd.to_datetime(frame["date"])), schema.ARTICLES)


@pytest.fixture
def hits() -> pd.DataFrame:
    rows = [
        ("a1", "一老一小", "text", 0, 4),
        ("a1", "一老一小", "text", 5, 9),
        ("a3", "一老一小", "headline", 0, 4),
        ("a4", "一老一小", "text", 0, 4),
        ("a4", "网格", "text", 4, 6),
        ("a5", "网格", "headline", 0, 2),
        ("gone", "网格", "text", 0, 2),
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "slogan", "field", "start", "end"])
    return schema.conform(frame.assign(surface=frame["slogan"]), schema.SLOGAN_HITS)


def rows_of(frequencies: pd.DataFrame, *columns: str) -> list[list]:
    plain = frequencies[list(columns)].astype(object)
    return plain.where(plain.notna(), None).values.tolist()


def test_counts_by_month_and_place(hits, articles):
    frequencies = schema.check(count_slogans(hits, articles), schema.SLOGAN_FREQUENCIES)
    assert rows_of(frequencies, "slogan", "period", "paper", "county", "n", "n_articles", "articles") == [
        ["一老一小", "2024-01", "甲报", "甲县", 2, 1, 2],
        ["一老一小", "2024-03", "乙报", None, 1, 1, 1],
        ["网格", "2024-03", "乙报", None, 1, 1, 1],
        ["网格", "unknown", None, None, 1, 1, 1],
    ]


def test_share_interval_and_rate(hits, articles):
    first = count_slogans(hits, articles).iloc[0]
    low, high = wilson_interval(1, 2)
    assert (first["share"], first["low"], first["high"]) == (0.5, low, high)
    assert first["per_10k_chars"] == 10_000 * 2 / (2 + 8 + 2)


def test_teasers_are_in_no_cell(hits, articles):
    only = articles[articles["kind"] == "teaser"].reset_index(drop=True)
    assert count_slogans(hits, only).empty


def test_period_without_articles_is_a_gap_even_with_zeros(hits, articles):
    frequencies = count_slogans(hits, articles, by=["period"], zeros=True)
    assert rows_of(frequencies, "slogan", "period", "n", "articles") == [
        ["一老一小", "2024-01", 2, 2],
        ["一老一小", "2024-03", 1, 1],
        ["一老一小", "unknown", 0, 1],
        ["网格", "2024-01", 0, 2],
        ["网格", "2024-03", 1, 1],
        ["网格", "unknown", 1, 1],
    ]
    assert frequencies["paper"].isna().all() and frequencies["county"].isna().all()


def test_without_period_all_time_is_one(hits, articles):
    frequencies = count_slogans(hits, articles, by=["paper"])
    assert rows_of(frequencies, "slogan", "period", "paper", "articles") == [
        ["一老一小", "all", "乙报", 1],
        ["一老一小", "all", "甲报", 2],
        ["网格", "all", "乙报", 1],
        ["网格", "all", None, 1],
    ]


def test_every_all_counts_the_undated_too(hits, articles):
    frequencies = count_slogans(hits, articles, by=["period"], every="all")
    assert rows_of(frequencies, "slogan", "period", "n_articles", "articles") == [
        ["一老一小", "all", 2, 4],
        ["网格", "all", 2, 4],
    ]


def test_any_column_of_the_articles_can_be_counted_by(hits, articles):
    frequencies = count_slogans(
        hits, articles.assign(topic=["养老", "养老", "养老", "治理", "治理"]), by=["topic"]
    )
    assert rows_of(frequencies, "slogan", "topic", "n", "articles") == [
        ["一老一小", "养老", 2, 2],
        ["一老一小", "治理", 1, 2],
        ["网格", "治理", 2, 2],
    ]


@pytest.mark.parametrize(
    ("every", "labels"),
    [
        ("day", ["2024-12-30", "2021-01-01", "unknown"]),
        ("week", ["2025-W01", "2020-W53", "unknown"]),
        ("month", ["2024-12", "2021-01", "unknown"]),
        ("quarter", ["2024-Q4", "2021-Q1", "unknown"]),
        ("year", ["2024", "2021", "unknown"]),
        ("all", ["all", "all", "all"]),
    ],
)
def test_labels_of_periods(every, labels):
    dates = pd.Series(pd.to_datetime(["2024-12-30", "2021-01-01", None]))
    assert label_periods(dates, every).tolist() == labels


def test_characters_are_those_of_headlines_and_text_without_white_space(articles):
    assert count_chars(articles).tolist() == [10, 2, 4, 6, 3]


def test_unknown_options_are_named(hits, articles):
    with pytest.raises(PeriodError, match="every='decade' is no period; expected one of day"):
        count_slogans(hits, articles, every="decade")
    with pytest.raises(PeriodError, match="by has 'planet'"):
        count_slogans(hits, articles, by=["planet"])


@pytest.mark.parametrize("zeros", [False, True])
def test_nothing_in_gives_the_empty_table(hits, articles, zeros):
    nothing = count_slogans(schema.empty(schema.SLOGAN_HITS), articles, zeros=zeros)
    assert schema.check(nothing, schema.SLOGAN_FREQUENCIES).empty
    assert count_slogans(hits, schema.empty(schema.ARTICLES), zeros=zeros).empty


def test_a_column_of_counted_characters_stands_for_the_text(articles, hits):
    known = articles.assign(chars=count_chars(articles)).drop(columns=[*schema.FIELDS])
    pd.testing.assert_frame_equal(count_slogans(hits, known), count_slogans(hits, articles))


@given(st.lists(st.lists(st.text(alphabet="字 \n\u3000\x1c\0𠀀", max_size=6), min_size=4, max_size=4)))
def test_characters_are_those_that_are_no_white_space(rows):
    texts = pd.DataFrame(rows, columns=[*schema.FIELDS], dtype="str")
    assert count_chars(texts).tolist() == [len("".join("".join(row).split())) for row in rows]
