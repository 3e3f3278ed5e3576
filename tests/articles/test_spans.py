"""Every character of a page has a role: the spans tile the source, whatever it is."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import ROLES, SPAN_COLUMNS, split_articles, split_spans
from analysis.articles.lines import squeeze
from analysis.pages import read_pages
from analysis.schema import is_article

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
    body = spans[spans["role"].isin(["body", "unplaced"])]
    for article in articles[articles["text"] != ""].to_dict("records"):
        parts = body[body["article_id"] == article["article_id"]]
        printed = "".join(source[p.page_id][p.start : p.end] for p in parts.itertuples())
        assert sorted("".join(printed.replace("#", "").split())) == sorted("".join(article["text"].split()))


def test_only_matter_of_the_page_has_no_id() -> None:
    spans = split_spans(read_pages(SEEDS))
    homeless = spans["role"].isin(["furniture", "banner"])
    assert spans.loc[homeless, "article_id"].isna().all()
    assert spans.loc[~homeless, "article_id"].notna().all()


STRAY = (
    "# 我县召开工作会议\n\n本报讯 4月19日，我县召开工作会议。会议强调，要抓好工作落实。\n\n"
    "# 新桥建成通车\n\n本报讯 4月20日，新桥建成通车。大桥全长两公里，方便群众出行。\n\n"
    "# 春茶开采\n\n本报讯 4月21日，春茶开采。茶农说，今年收成很好。\n\n"
    "移动端：手机客户端的互动平台\n\n"
)


def test_text_without_an_article_is_a_notice() -> None:
    pages = _pages(STRAY)
    spans, articles = split_spans(pages), split_articles(pages)
    stray = spans[spans["role"] == "unplaced"]
    assert articles["kind"].tolist()[-1] == "notice"
    assert is_article(articles).tolist() == [True, True, True, False]
    notice = articles.iloc[-1]
    assert (notice["text"], notice["headline"]) == ("移动端：手机客户端的互动平台", "")
    assert notice["confidence"] < 0.3
    assert stray["article_id"].tolist() == [notice["article_id"]]


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_unplaced_run_is_the_text_of_its_notice(source: str) -> None:
    pages = _pages(source)
    spans, articles = split_spans(pages), split_articles(pages).set_index("article_id")
    for span in spans[spans["role"] == "unplaced"].itertuples():
        notice = articles.loc[span.article_id]
        assert notice["kind"] == "notice"
        assert squeeze(notice["text"]) == squeeze(source[span.start : span.end].replace("#", ""))


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
