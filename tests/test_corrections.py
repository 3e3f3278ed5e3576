"""Corrections: each action does what it says, nothing of the page is lost, bad files are named."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.articles import split_articles, split_spans
from analysis.corrections import (
    ACTIONS,
    COLUMNS,
    CorrectionError,
    correct_articles,
    format_corrections,
    parse_corrections,
    read_corrections,
)
from analysis.pages import read_pages
from analysis.schema import ARTICLES, check

SEEDS = Path(__file__).parent.parent / "seeds"
PAGES = read_pages(SEEDS / "003_317e6b8d28f1f7e6.txt")
ARTICLES_NOW = split_articles(PAGES)
SPANS = split_spans(PAGES)
PAGE_ID, SOURCE = PAGES.loc[0, "page_id"], PAGES.loc[0, "source"]


def _say(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame([(PAGE_ID, *row) for row in rows], columns=list(COLUMNS)).astype(COLUMNS)


def _correct(*rows: tuple[str, int, int, int]):
    return correct_articles(PAGES, ARTICLES_NOW, SPANS, _say(*rows))


def _at(words: str) -> int:
    assert SOURCE.count(words) == 1
    return SOURCE.index(words)


def _row(articles: pd.DataFrame, words: str) -> pd.Series:
    return articles[articles["text"].str.contains(words, regex=False)].iloc[0]


def _assert_tiled(spans: pd.DataFrame) -> None:
    assert spans["start"].tolist() == [0, *spans["end"].tolist()[:-1]]
    assert spans["end"].iloc[-1] == len(SOURCE)


def test_split_begins_a_new_article_and_merge_takes_it_back():
    place = _at("会议强调,要正视问题")
    split = _correct(("split", place, 0, 0))
    assert len(split.articles) == len(ARTICLES_NOW) + 1
    new = _row(split.articles, "会议强调,要正视问题")
    old = _row(ARTICLES_NOW, "会议强调,要正视问题")
    assert new["article_id"] == old["article_id"] + "b"
    assert new["text"].startswith("会议强调,要正视问题")
    assert (new["headline"], new["confidence"]) == ("", 1.0)
    _assert_tiled(split.spans)
    back = _correct(("split", place, 0, 0), ("merge", _at("会议指出,习近平"), 0, place))
    assert len(back.articles) == len(ARTICLES_NOW)
    assert _row(back.articles, "会议强调,要正视问题")["text"] == old["text"]
    assert back.problems.empty


def test_merge_keeps_what_both_said():
    first, second = _at("日前,在衢州火神瓷业"), _at("市八届人大一次会议")
    merged = _correct(("merge", first, 0, second)).articles
    assert len(merged) == len(ARTICLES_NOW) - 1
    row = _row(merged, "市八届人大一次会议")
    assert row["headline"] == "文创企业助力乡村振兴"
    assert "柯城代表委员开启市两会履职之旅" in row["text"]
    assert row["authors"] == "吴铁鸣/摄影;尹桦/摄影;方心怡/记者;楼郁馨/记者"


def test_a_line_becomes_the_headline_and_leaves_its_old_place():
    start = _at("胡益峰主持 徐登富张钢出席")
    end = start + len("胡益峰主持 徐登富张钢出席")
    done = _correct(("headline", start, end, _at("传达学习习近平总书记在")))
    assert _row(done.articles, "传达学习")["headline"] == "胡益峰主持 徐登富张钢出席"
    assert _row(done.articles, "全区建设平安柯城工作会议")["subhead"] == ""
    _assert_tiled(done.spans)
    assert "unplaced" in set(done.spans["role"])


def test_remove_turns_an_article_into_furniture():
    done = _correct(("remove", _at("日前,在衢州火神瓷业"), 0, 0))
    assert len(done.articles) == len(ARTICLES_NOW) - 1
    assert not done.articles["text"].str.contains("火神瓷业").any()
    _assert_tiled(done.spans)


def test_positions_are_whole_and_in_order_and_the_table_holds():
    done = _correct(("split", _at("会议强调,要正视问题"), 0, 0))
    check(done.articles, ARTICLES)
    assert done.articles["position"].tolist() == list(range(1, len(done.articles) + 1))


def test_inputs_stay_as_they_were():
    before = ARTICLES_NOW.copy(), SPANS.copy()
    _correct(("remove", _at("日前,在衢州火神瓷业"), 0, 0))
    pd.testing.assert_frame_equal(ARTICLES_NOW, before[0])
    pd.testing.assert_frame_equal(SPANS, before[1])


def test_no_corrections_change_nothing():
    done = _correct()
    pd.testing.assert_frame_equal(done.articles, ARTICLES_NOW)
    pd.testing.assert_frame_equal(done.spans, SPANS)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(ACTIONS)), *[st.integers(-5, len(SOURCE) + 5)] * 3),
        max_size=6,
    )
)
def test_any_corrections_keep_the_page_tiled_and_every_misfit_is_named(rows):
    done = _correct(*rows)
    check(done.articles, ARTICLES)
    _assert_tiled(done.spans)
    owners = set(done.spans["article_id"].dropna())
    assert set(done.articles["article_id"]) == owners
    assert done.problems["why"].str.len().gt(0).all()


def test_the_file_beside_the_page_is_read_back(tmp_path):
    page = tmp_path / "page.txt"
    page.write_bytes((SEEDS / "003_317e6b8d28f1f7e6.txt").read_bytes())
    rows = _say(("remove", 5, 0, 0), ("split", 7, 0, 0))
    (tmp_path / "page.txt.fix").write_bytes(format_corrections(rows))
    for source in (tmp_path, page):
        read = read_corrections(source, read_pages(source))
        pd.testing.assert_frame_equal(read.rows, rows)
        assert read.problems.empty
    assert len(read_pages(tmp_path)) == 1


def test_corrections_of_another_state_of_the_page_are_not_used(tmp_path):
    (tmp_path / "page.txt").write_text("本报讯 今天，县里开会。", encoding="utf-8")
    (tmp_path / "page.txt.fix").write_bytes(format_corrections(_say(("remove", 5, 0, 0))))
    read = read_corrections(tmp_path, read_pages(tmp_path))
    assert read.rows.empty
    assert "another state of page.txt" in read.problems.loc[0, "why"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no table of corrections"),
        (b"a\tb\n1\t2\n", "expected page_id<TAB>action"),
        (b"page_id\taction\tstart\tend\tat\nx\tmend\t1\t2\t3\n", "line 2: 'mend' is no action"),
        (b"page_id\taction\tstart\tend\tat\nx\tmerge\t1\t-2\t3\n", "line 2: start, end and at"),
        (b"\xff\xfe\x00\x01", "no table of corrections"),
    ],
    ids=["empty", "other columns", "unknown action", "no number", "no text"],
)
def test_a_bad_file_is_named_with_its_line(content, says):
    with pytest.raises(CorrectionError, match=says):
        parse_corrections(content)
