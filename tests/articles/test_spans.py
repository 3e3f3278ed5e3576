"""Every character of a page has a role: the spans tile the source, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import ROLES, SPAN_COLUMNS, split_articles, split_spans
from analysis.pages import read_pages

SEEDS = Path(__file__).parents[2] / "seeds"
PIECES = st.sampled_from(
    [
        "本报讯（记者 周万）",
        "4月19日，县委召开会议。",
        "聚焦共享法庭建设",
        "# ",
        "\n",
        "\n\n",
        " ",
        "　　",
        "（下转2版）",
        "记者 俞晓委",
        "（记者 王芳 摄）",
        "广告",
        "责任编辑：李明",
        "——",
        "强调",
        "“",
        "）",
        "\r\n",
        "\u200b",
        "新华社北京5月7日电 ",
        "要抓好落实，推动发展；要",
    ]
)


def _pages(*sources: str) -> pd.DataFrame:
    rows = [
        {"page_id": f"p{n}", "source": source, "date": pd.NaT, "date_basis": "unknown"}
        | dict.fromkeys(("paper", "province", "city", "county"))
        for n, source in enumerate(sources)
    ]
    return pd.DataFrame(rows)


def _assert_tiles(spans: pd.DataFrame, source: str) -> None:
    if not source:
        assert spans.empty
        return
    assert spans["start"].iloc[0] == 0
    assert spans["end"].iloc[-1] == len(source)
    assert (spans["start"].iloc[1:].to_numpy() == spans["end"].iloc[:-1].to_numpy()).all()
    assert (spans["end"] > spans["start"]).all()
    assert set(spans["role"]) <= set(ROLES)


def test_spans_of_every_seed_tile_its_source() -> None:
    pages = read_pages(SEEDS)
    spans = split_spans(pages)
    assert {name: str(dtype) for name, dtype in spans.dtypes.items()} == SPAN_COLUMNS
    for page in pages.to_dict("records"):
        _assert_tiles(spans[spans["page_id"] == page["page_id"]], page["source"])


def test_spans_of_articles_hold_their_text() -> None:
    pages = read_pages(SEEDS)
    spans, articles = split_spans(pages), split_articles(pages)
    source = pages.set_index("page_id")["source"]
    body = spans[spans["role"] == "body"]
    for article in articles[articles["text"] != ""].to_dict("records"):
        parts = body[body["article_id"] == article["article_id"]]
        printed = "".join(source[p.page_id][p.start : p.end] for p in parts.itertuples())
        assert sorted("".join(printed.replace("#", "").split())) == sorted("".join(article["text"].split()))


def test_only_teasers_and_articles_have_an_id() -> None:
    spans = split_spans(read_pages(SEEDS))
    homeless = spans["role"].isin(["furniture", "banner", "unplaced"])
    assert spans.loc[homeless, "article_id"].isna().all()
    assert spans.loc[~homeless, "article_id"].notna().all()


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_spans_of_any_page_tile_it(source: str) -> None:
    _assert_tiles(split_spans(_pages(source)), source)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_spans_of_any_text_tile_it(source: str) -> None:
    _assert_tiles(split_spans(_pages(source)), source)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_articles_and_spans_name_the_same_ids(source: str) -> None:
    pages = _pages(source)
    named = set(split_spans(pages)["article_id"].dropna())
    assert named <= set(split_articles(pages)["article_id"])


@pytest.mark.parametrize(
    "source",
    [
        "我" * 300_000,
        "（" * 50_000,
        "本报讯（记者 " * 5_000,
        "张三 李四 " * 10_000,
        "标题\n\n正文，到此为止。\n\n" * 2_000,
    ],
    ids=["one line", "open brackets", "open leads", "names", "many articles"],
)
def test_long_pages_come_to_an_end(source: str) -> None:
    _assert_tiles(split_spans(_pages(source)), source)


def test_no_pages_give_empty_tables() -> None:
    pages = _pages("").iloc[:0]
    assert split_articles(pages).empty
    assert split_spans(pages).columns.tolist() == list(SPAN_COLUMNS)
