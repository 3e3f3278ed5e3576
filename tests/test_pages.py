"""Pages from files: what is read, what becomes a problem, what is an error."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.pages import PAGE_BYTES, PageError, parse_contents, read_pages, read_source
from analysis.schema import ARTICLES, PAGES, PROBLEMS, check

SEEDS = Path(__file__).parent.parent / "seeds"
LEAD = "本报讯 昨日，我县召开会议，学习贯彻全会精神，部署下一步工作。"


def test_seeds_are_five_pages_that_keep_the_schema():
    reading = read_source(SEEDS)
    check(reading.pages, PAGES)
    check(reading.articles, ARTICLES)
    check(reading.problems, PROBLEMS)
    assert reading.pages["file"].str[:3].tolist() == ["000", "001", "002", "003", "004"]
    assert len(reading.articles) == len(reading.problems) == 0
    assert reading.pages["n_articles"].isna().all()
    assert reading.pages["encoding"].tolist() == ["utf-8"] * 5
    assert reading.pages["n_chars"].tolist() == [3896, 6451, 5663, 3424, 6077]


def test_an_id_is_that_of_the_bytes_whatever_the_name(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir()
    second.mkdir()
    (first / "one.txt").write_text(LEAD, encoding="utf-8")
    (second / "other.md").write_text(LEAD, encoding="utf-8")
    assert read_pages(first)["page_id"].tolist() == read_pages(second)["page_id"].tolist() == ["a1d5f1bcb625"]


def test_a_folder_is_read_with_its_folders_and_without_hidden_and_readme_files(tmp_path):
    for name in (
        "b.txt",
        "a/2.md",
        "a/1.txt",
        "README.md",
        "a/readme.txt",
        ".hidden.txt",
        ".git/x.txt",
        "n.json",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(LEAD + name, encoding="utf-8")
    reading = read_source(tmp_path)
    assert reading.pages["file"].tolist() == ["a/1.txt", "a/2.md", "b.txt"]
    assert reading.problems.empty


def test_what_cannot_be_read_is_a_problem_and_the_rest_goes_on(tmp_path):
    (tmp_path / "good.txt").write_text(LEAD, encoding="utf-8")
    (tmp_path / "twin.txt").write_text(LEAD, encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    reading = read_source(tmp_path)
    assert reading.pages["file"].tolist() == ["good.txt"]
    problems = dict(zip(reading.problems["file"], reading.problems["what"], strict=True))
    assert problems == {
        "broken.zip": "unreadable",
        "empty.txt": "empty",
        "page.pdf": "no text file",
        "picture.txt": "unreadable",
        "twin.txt": "duplicate",
    }
    assert reading.problems["why"].str.contains("good.txt").sum() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file or folder"),
        ({}, "holds no page; put text files"),
        ({"README.md": b"# seeds"}, "holds no page; put text files"),
        ({"a.txt": b""}, "nothing in it can be read; a.txt: the file holds nothing"),
        ({"a.txt": b"\x89PNG"}, "a.txt: is a PDF, picture or archive"),
    ],
    ids=["missing", "empty", "only a README", "only an empty page", "only a picture"],
)
def test_a_source_without_a_page_is_one_clear_sentence(tmp_path, content, says):
    folder = tmp_path / "pages"
    if content is not None:
        folder.mkdir()
        for name, data in content.items():
            (folder / name).write_bytes(data)
    with pytest.raises(PageError, match=says) as caught:
        read_pages(folder)
    assert "\n" not in str(caught.value)


def test_one_file_is_a_source_too(tmp_path):
    file = tmp_path / "2022-06-28.txt"
    file.write_text(LEAD, encoding="gb18030")
    page = read_pages(file).iloc[0]
    assert (page["file"], page["encoding"], page["date_basis"]) == ("2022-06-28.txt", "gb18030", "given")


def test_an_archive_stands_for_the_files_in_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "june.zip", "w") as archive:
        archive.writestr("2022-06-28/01.txt", LEAD)
        archive.writestr("README.md", "no page")
        archive.writestr("../../escape.txt", LEAD + "二")
    reading = read_source(tmp_path)
    assert reading.pages["file"].tolist() == ["june.zip/2022-06-28/01.txt", "june.zip/escape.txt"]
    assert str(reading.pages["date"].iloc[0])[:10] == "2022-06-28"
    assert reading.problems.empty


def test_ready_articles_and_pages_go_side_by_side(tmp_path):
    (tmp_path / "page.txt").write_text(LEAD, encoding="utf-8")
    (tmp_path / "news.csv").write_text(
        "标题,日期,正文\n开会,2022-06-28,昨日上午，会议召开。\n", encoding="utf-8-sig"
    )
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    reading = read_source(tmp_path)
    assert reading.pages["file"].tolist() == ["news.csv", "page.txt"]
    assert reading.articles["event_date"].tolist() == ["2022-06-27"]
    assert reading.problems["why"].str.contains("columns found: a, b").tolist() == [True]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400),
    suffix=st.sampled_from([".txt", ".md", ".zip", ".csv", ".jsonl", ".parquet"]),
)
def test_any_bytes_are_a_page_or_a_problem(tmp_path, content, suffix):
    file = tmp_path / f"any{suffix}"
    file.write_bytes(content)
    try:
        reading = read_source(file)
    except PageError as error:
        assert str(file) in str(error)
    else:
        check(reading.pages, PAGES)
        check(reading.articles, ARTICLES)
        assert len(reading.pages) + len(reading.articles) > 0 or suffix in {".csv", ".jsonl", ".parquet"}


def test_a_table_of_articles_stands_in_pages_with_what_its_articles_share(tmp_path):
    rows = "标题,正文,日期,来源\n甲,一老一小,2024-04-01,人民日报\n乙,枫桥经验,2024-05-02,人民日报\n"
    (tmp_path / "articles.csv").write_text(rows, encoding="utf-8")
    reading = read_source(tmp_path)
    page = reading.pages.loc[0]
    assert (page["file"], page["paper"], page["source"]) == ("articles.csv", "人民日报", "")
    assert pd.isna(page["date"])
    assert page["date_basis"] == "unknown"
    assert page["n_chars"] == 8
    assert set(reading.articles["page_id"]) == {page["page_id"]}


def test_a_pile_of_pages_in_one_file_is_named_and_the_rest_is_read(tmp_path):
    (tmp_path / "page.txt").write_text(LEAD, encoding="utf-8")
    (tmp_path / "pile.txt").write_text(LEAD * (PAGE_BYTES // len(LEAD.encode()) + 1), encoding="utf-8")
    reading = read_source(tmp_path)
    assert reading.pages["file"].tolist() == ["page.txt"]
    assert reading.problems[["file", "what"]].values.tolist() == [["pile.txt", "too large"]]
    assert "cut it into its pages" in reading.problems.loc[0, "why"]


def test_a_page_with_a_stray_byte_is_read_and_told_a_broken_one_is_refused():
    sound = ("会议召开\n\n本报讯 昨日，我县召开会议，部署下一步工作。\n" * 5).encode("gb18030")
    reading = parse_contents(
        [
            ("stray.txt", sound[:40] + b"\xff" + sound[40:]),
            ("broken.txt", b"".join(sound[at : at + 5] + b"\xff\x00" for at in range(0, len(sound), 5))),
        ]
    )
    assert reading.pages["file"].tolist() == ["stray.txt"]
    assert reading.problems[["file", "what"]].values.tolist() == [
        ["broken.txt", "unreadable"],
        ["stray.txt", "damaged"],
    ]
    assert "save the text anew" in reading.problems["why"].iloc[1]
