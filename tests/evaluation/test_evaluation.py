"""The evaluation: hand-computed figures on made-up pages."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from analysis import evaluation
from analysis.evaluation.baseline import split_baseline
from analysis.evaluation.gold import plain
from analysis.evaluation.pairs import measure_f1
from analysis.schema import ARTICLES, check

PAGE = """东山镇开展春耕

本报讯(记者 李明)3月2日,东山镇组织农技员下田指导,帮助农户选种育秧,全镇春耕面积比去年增加一成。

西湖村修好水渠

本报讯(记者 王芳)近日,西湖村三公里灌溉水渠修复完工,村民浇地不再发愁,渠水直通四百亩良田。
"""
BODIES = (
    "3月2日,东山镇组织农技员下田指导,帮助农户选种育秧,全镇春耕面积比去年增加一成。",
    "近日,西湖村三公里灌溉水渠修复完工,村民浇地不再发愁,渠水直通四百亩良田。",
)


def _labels(**changes: object) -> list[dict]:
    rows = [
        {"headline": "东山镇开展春耕", "authors": [{"name": "李明", "role": "记者"}], "dateline": "3月2日"},
        {"headline": "西湖村修好水渠", "authors": [{"name": "王芳", "role": "记者"}], "dateline": "近日"},
    ]
    for row, body in zip(rows, BODIES, strict=True):
        row |= {"file": "page.txt", "kind": "article", "kicker": None, "sub": None, "body": body}
    rows[1] |= changes
    return rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def _write(folder: Path, labels: object) -> Path:
    file = folder / "gold.json"
    file.write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")
    return file


def _ours(frame: pd.DataFrame) -> pd.Series:
    return frame[(frame["method"] == "splitter") & (frame["file"] == "all")].iloc[0]


def test_all_right(folder: Path) -> None:
    row = _ours(evaluation.evaluate_files(folder / "pages", _write(folder, _labels())))
    assert (row["articles"], row["found"], row["missed"], row["invented"], row["count_error"]) == (
        2,
        2,
        0,
        0,
        0,
    )
    assert row[["headlines", "body_f1", "authors_f1", "datelines"]].tolist() == [1, 1, 1, 1]
    assert row[["date", "place"]].isna().all()


def test_wrong_headline_and_author_count_as_shares(folder: Path) -> None:
    gold = _write(folder, _labels(headline="西湖村喜迎丰收", authors=[{"name": "赵六"}], dateline="昨日"))
    row = _ours(evaluation.evaluate_files(folder / "pages", gold))
    assert row[["headlines", "body_f1", "authors_f1", "datelines"]].tolist() == [0.5, 1, 0.5, 0.5]


def test_article_without_partner_is_missed_and_its_counterpart_invented(folder: Path) -> None:
    gold = _write(folder, _labels(body="省运会昨晚闭幕,我县健儿夺得七枚金牌,创下历届最好成绩。"))
    row = _ours(evaluation.evaluate_files(folder / "pages", gold))
    assert (row["found"], row["missed"], row["invented"], row["count_error"]) == (1, 1, 1, 0)
    assert row["body_f1"] == 0.5


def test_two_articles_labelled_as_one_make_a_count_error(folder: Path) -> None:
    labels = _labels()[:1]
    row = _ours(evaluation.evaluate_files(folder / "pages", _write(folder, labels)))
    assert (row["missed"], row["invented"], row["count_error"]) == (0, 1, 1)


def test_day_and_place_are_judged_where_labelled(folder: Path) -> None:
    pages = [{"file": "page.txt", "page_date": "2024-03-03", "place": "浙江省 / 衢州市 / 衢江区"}]
    (folder / "pages.json").write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")
    row = _ours(evaluation.evaluate_files(folder / "pages", _write(folder, _labels())))
    assert (row["date"], row["place"]) == (1, 0)  # unknown is no wrong day, but no right place


def test_assembled_form_reads_names_from_byline_and_dispatch() -> None:
    labels = [
        {"byline": "本报记者 李 墨 贾丰丰", "body": "正文。"},
        {"byline": "新疆且末县 李妍娇", "body": "正文。"},
        {"byline": None, "body": "本报北京5月7日电（记者崔琦、王 芳）正文。"},
        {"byline": None, "body": "正文。（本报记者颜欢）标题"},
    ]
    names = [";".join(evaluation.gold._names(label)) for label in labels]
    assert names == ["李墨;贾丰丰", "李妍娇", "崔琦;王芳", "颜欢"]


def test_punctuation_width_and_white_space_do_not_count() -> None:
    assert plain("他说， “好！”") == plain('他说,"好!"')


def test_f1_counts_characters_in_order() -> None:
    assert measure_f1("一二三四", "四三二一") == 0.25
    assert measure_f1("", "一") == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [("[1]", "expected a JSON list"), ("{", "expected a JSON list"), (None, "cannot be read")],
)
def test_unreadable_gold_says_so(tmp_path: Path, content: str | None, message: str) -> None:
    file = tmp_path / "gold.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(evaluation.GoldError, match=message):
        evaluation.read_gold(file)


def test_gold_of_other_pages_says_so(folder: Path) -> None:
    labels = [row | {"file": "other.txt"} for row in _labels()]
    with pytest.raises(evaluation.GoldError, match="none of the 1 pages"):
        evaluation.evaluate_files(folder / "pages", _write(folder, labels))


def test_report_shows_both_methods_and_dashes_for_what_is_not_labelled(folder: Path) -> None:
    text = evaluation.format_report(evaluation.evaluate_files(folder / "pages", _write(folder, _labels())))
    assert text.startswith("splitter\n")
    assert "\nbaseline\n" in text
    assert text.splitlines()[2].split()[-1] == "-"


def test_baseline_cuts_at_reports_only_where_every_line_has_a_blank_behind_it() -> None:
    page = {"page_id": "a", "source": PAGE, "date": pd.NaT, "date_basis": "unknown"}
    pages = pd.DataFrame([page | dict.fromkeys(("paper", "province", "city", "county"))])
    articles = check(split_baseline(pages), ARTICLES)
    assert articles["headline"].tolist() == ["东山镇开展春耕", "西湖村修好水渠"]
    assert articles["authors"].tolist() == ["李明/记者", "王芳/记者"]


def test_baseline_of_nothing_is_the_empty_table() -> None:
    pages = pd.DataFrame({"page_id": [], "source": []})
    assert split_baseline(pages).empty
