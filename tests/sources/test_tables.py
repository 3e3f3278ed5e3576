"""Tables of ready-made articles in every format, under the usual names."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.metadata.gazetteer import read_rows
from analysis.schema import ARTICLES, check
from analysis.sources.files import SourceError
from analysis.sources.tables import match_columns, parse_day, read_articles

ROWS = pd.DataFrame(
    {
        "标题": ["防汛检查", "无文"],
        "正文": ["昨天上午，县防指开展检查。\n\n确保安全。", ""],
        "发布日期": ["2024年6月12日", "2024-06-12"],
        "报纸名称": ["今日新昌", "今日新昌"],
        "记者": ["周万 廖靖", ""],
    }
)


def write(frame: pd.DataFrame, suffix: str) -> bytes:
    buffer = io.BytesIO()
    if suffix == "xlsx":
        frame.to_excel(buffer, index=False)
    elif suffix == "parquet":
        frame.to_parquet(buffer)
    elif suffix.startswith("jsonl"):
        lines = [json.dumps(row, ensure_ascii=False) for row in frame.to_dict("records")]
        content = "\n".join(lines).encode()
        return gzip.compress(content) if suffix.endswith(".gz") else content
    else:
        return frame.to_csv(index=False, sep="\t" if suffix == "tsv" else ",").encode("gb18030")
    return buffer.getvalue()


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "jsonl", "jsonl.gz", "parquet"])
def test_every_format_gives_the_same_articles(suffix):
    if suffix == "xlsx" and importlib.util.find_spec("openpyxl") is None:
        pytest.skip("openpyxl is not installed")
    articles = check(read_articles(f"news.{suffix}", write(ROWS, suffix), "abc"), ARTICLES)
    row = articles.iloc[0]
    assert len(articles) == 1, "a row without text is no article"
    assert row["article_id"] == "abc-01"
    assert (row["headline"], row["paper"]) == ("防汛检查", "今日新昌")
    assert (row["province"], row["city"], row["county"]) == ("浙江省", "绍兴市", "新昌县")
    assert (row["dateline"], row["event_date"], row["date_basis"]) == ("昨天上午", "2024-06-11", "given")
    assert row["authors"].startswith("周万/")
    assert row["n_chars"] == 18


@pytest.mark.parametrize(
    ("names", "fields"),
    [
        ("title content pubdate source author", {"headline", "text", "date", "paper", "authors"}),
        ("Headline Body_Text Publish-Date Newspaper", {"headline", "text", "date", "paper"}),
        ("標題 內容 日期 報紙 版面", {"headline", "text", "date", "paper", "page"}),
        ("id url", set()),
    ],
)
def test_usual_names_are_known(names, fields):
    assert set(match_columns(names.split())) == fields


def test_a_table_without_text_lists_its_columns():
    with pytest.raises(SourceError, match=r"no column for the text.*columns found: 标题, 链接"):
        read_articles("a.csv", "标题,链接\n一,二\n".encode(), "x")


@pytest.mark.parametrize("name", ["a.xlsx", "a.parquet", "a.jsonl"])
def test_a_torn_table_is_told_with_a_cure(name):
    with pytest.raises(SourceError, match="save"):
        read_articles(name, b"{torn", "x")


def test_a_day_comes_from_the_name_when_no_column_has_it():
    articles = read_articles("rmrb_2026-05-08.csv", "正文\n近日，会议召开。\n".encode(), "x")
    assert str(articles["date"].iloc[0])[:10] == "2026-05-08"


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_cell_is_a_day_or_none(cell):
    day = parse_day(cell)
    assert pd.isna(day) or 1921 <= day.year <= 2099


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_headings_are_matched_or_not(names):
    assert set(match_columns(names).values()) <= set(range(len(names)))


def test_the_names_are_sorted_unique_and_of_known_columns():
    rows = read_rows("columns.tsv")
    names = [row["name"] for row in rows]
    assert names == sorted(set(names))
    known = {*ARTICLES.names, "page"}
    assert {row["column"] for row in rows} <= known


def test_lines_of_one_table_may_have_different_headings():
    lines = ['{"正文": "甲"}', '{"text": "乙", "title": "题"}', '{"title": "无文"}']
    articles = read_articles("news.jsonl", "\n".join(lines).encode(), "abc")
    assert articles["text"].tolist() == ["甲", "乙"]
    assert articles["headline"].tolist() == ["", "题"]


def test_a_line_separator_inside_a_text_is_no_end_of_line():
    content = json.dumps({"text": "甲\u2028乙"}, ensure_ascii=False).encode()
    assert read_articles("news.jsonl", content, "abc")["text"].tolist() == ["甲\u2028乙"]


@pytest.mark.parametrize("content", [b"\x1f\x8bno gzip", gzip.compress(b'{"text": "a"}' * 99)[:-9]])
def test_a_torn_compressed_table_is_named(content):
    with pytest.raises(SourceError, match="decompressed"):
        read_articles("news.jsonl.gz", content, "abc")
