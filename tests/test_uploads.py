"""Files that a reader brings: what they hold, their limits, and how they join a corpus."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import uploads
from analysis.corpus import Split, make_tables, read_split
from analysis.corrections import COLUMNS
from analysis.schema import ARTICLES, PAGES, PROBLEMS, check, counted, empty
from analysis.sources.names import show_name
from analysis.uploads import (
    admit_uploads,
    correct_split,
    join_splits,
    join_uploads,
    read_uploads,
    split_upload,
)

SEEDS = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
LEAD = "本报讯 昨日，我县召开会议，学习贯彻全会精神，部署下一步工作。"


def _page(words: str = "") -> bytes:
    return f"会议召开{words}\n\n{LEAD}{words}\n".encode()


def _pack(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _check(split: Split) -> None:
    check(split.pages, PAGES)
    check(split.articles, ARTICLES)
    check(split.problems, PROBLEMS)
    assert set(split.articles["page_id"]) <= set(split.pages["page_id"])
    assert set(split.spans["page_id"]) <= set(split.pages["page_id"])


def test_bytes_are_split_as_files_are():
    batch = read_uploads([(path.name, path.read_bytes()) for path in SEEDS])
    split, read = join_uploads(batch.files), read_split(SEEDS[0].parent)
    assert batch.problems.empty
    for mine, other in zip(split, read, strict=True):
        pd.testing.assert_frame_equal(mine, other)


def test_an_unprinted_day_paper_and_place_stay_unknown():
    page = split_upload("page.txt", _page()).pages.iloc[0]
    assert page[["paper", "province", "city", "county", "date"]].isna().all()
    assert page["date_basis"] == "unknown"


def test_a_bad_file_is_one_problem_and_the_rest_is_read():
    batch = read_uploads(
        [
            ("good.txt", _page()),
            ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
            ("page.pdf", b"%PDF-1.7"),
            ("program.exe", b"MZ"),
            ("empty.md", b" \n"),
            ("broken.zip", b"PK\x03\x04"),
            ("news.csv", "标题,正文\n开会,昨日上午，会议召开。\n".encode()),
            ("other.csv", b"a,b\n1,2\n"),
        ]
    )
    assert [brought.upload.name for brought in batch.files] == ["good.txt", "news.csv"]
    assert dict(zip(batch.problems["file"], batch.problems["what"], strict=True)) == {
        "broken.zip": "unreadable",
        "empty.md": "empty",
        "other.csv": "unreadable",
        "page.pdf": "no text file",
        "picture.txt": "unreadable",
        "program.exe": "unreadable",
    }
    split = join_uploads(batch.files)
    _check(split)
    assert split.pages["n_articles"].tolist() == [1, 1]


def test_an_archive_is_one_file_with_many_pages_and_its_own_problems():
    packed = _pack({"a.txt": _page("甲"), "../b.txt": _page("乙"), "c.txt": b"", "copy.txt": _page("甲")})
    (brought,) = read_uploads([("june.zip", packed)]).files
    assert brought.split.pages["file"].tolist() == ["june.zip/a.txt", "june.zip/b.txt"]
    assert brought.split.problems["what"].tolist() == ["empty", "duplicate"]


def test_the_same_bytes_are_brought_once():
    first = read_uploads([("a.txt", _page())])
    again = read_uploads([("b.txt", _page()), ("c.txt", _page("丙"))], held=first.files)
    assert [brought.upload.name for brought in again.files] == ["c.txt"]
    assert again.problems[["file", "what"]].values.tolist() == [["b.txt", "duplicate"]]
    assert "a.txt" in again.problems.loc[0, "why"]


def test_a_page_that_two_archives_hold_counts_once():
    batch = read_uploads(
        [
            ("1.zip", _pack({"a.txt": _page("甲"), "b.txt": _page("乙")})),
            ("2.zip", _pack({"a.txt": _page("甲"), "c.txt": _page("丙")})),
        ]
    )
    split = join_uploads(batch.files)
    _check(split)
    assert split.pages["file"].tolist() == ["1.zip/a.txt", "1.zip/b.txt", "2.zip/c.txt"]
    assert split.problems[["file", "what"]].values.tolist() == [["2.zip/a.txt", "duplicate"]]
    assert split.articles["article_id"].is_unique


@pytest.mark.parametrize(
    ("name", "value", "files", "what"),
    [
        ("FILE_BYTES", 200, [("big.txt", _page() * 9)], "too large"),
        ("MOST_FILES", 1, [("a.txt", _page("甲")), ("b.txt", _page("乙"))], "too many"),
        ("TOTAL_BYTES", 200, [("a.txt", _page("甲")), ("b.txt", _page("乙"))], "too many"),
    ],
)
def test_a_file_beyond_a_limit_is_a_problem_that_names_the_cure(monkeypatch, name, value, files, what):
    monkeypatch.setattr(uploads, name, value)
    admitted, problems = admit_uploads(files)
    assert len(admitted) == len(files) - 1
    assert problems[["file", "what"]].values.tolist() == [[files[-1][0], what]]
    assert ";" in problems.loc[0, "why"]


@pytest.mark.parametrize(("name", "value"), [("MOST_PAGES", 2), ("UNPACKED_BYTES", 200)])
def test_an_archive_beyond_a_limit_is_read_up_to_it(monkeypatch, name, value):
    monkeypatch.setattr(uploads, name, value)
    packed = _pack({f"{number}.txt": _page(str(number)) for number in range(6)})
    (brought,) = read_uploads([("many.zip", packed)]).files
    left = brought.split.pages["file"].tolist()
    assert 0 < len(left) < 5
    assert brought.split.problems["what"].tolist() == ["too many"]
    assert brought.split.problems["file"].tolist() == [f"many.zip/{len(left)}.txt"]
    assert "what follows" in brought.split.problems.loc[0, "why"]


def test_pages_held_count_towards_the_limit(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PAGES", 2)
    first = read_uploads([("a.zip", _pack({"a.txt": _page("甲"), "b.txt": _page("乙")}))])
    again = read_uploads([("c.txt", _page("丙"))], held=first.files)
    assert not again.files
    assert again.problems["what"].tolist() == ["too many"]


def test_progress_rises_to_the_end():
    steps = []
    packed = _pack({"a.txt": _page("甲"), "b.txt": _page("乙")})
    read_uploads([("a.zip", packed), ("c.txt", _page("丙"))], progress=steps.append)
    shares = [step.share for step in steps]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [step.stage for step in steps] == ["reading"] * 2 + ["splitting"] * 2 + ["reading", "splitting"]


def test_joining_keeps_every_row_once_and_leaves_the_inputs_alone():
    base, more = read_split(SEEDS[0]), join_uploads(read_uploads([("a.txt", _page())]).files)
    before = [frame.copy() for frame in (*base, *more)]
    both = join_splits(base, more)
    _check(both)
    assert len(both.pages) == 2
    assert len(both.articles) == len(base.articles) + len(more.articles)
    assert len(both.spans) == len(base.spans) + len(more.spans)
    for frame, copy in zip((*base, *more), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)
    tables = make_tables(both.pages, both.articles, both.problems)
    assert set(tables.keywords["article_id"]) == set(counted(both.articles)["article_id"])


def test_a_page_of_the_corpus_is_not_counted_again():
    base = read_split(SEEDS[0])
    more = join_uploads(read_uploads([("mine.txt", SEEDS[0].read_bytes())]).files)
    both = join_splits(base, more)
    for name in ("pages", "articles", "spans"):
        pd.testing.assert_frame_equal(getattr(both, name), getattr(base, name))
    assert both.problems[["file", "what"]].values.tolist() == [["mine.txt", "duplicate"]]
    assert SEEDS[0].name in both.problems.loc[0, "why"]


def test_joining_nothing_changes_nothing():
    base = read_split(SEEDS[0].parent)
    for both in (join_splits(base, join_uploads([])), join_splits(join_uploads([]), base)):
        for mine, other in zip(both, base, strict=True):
            pd.testing.assert_frame_equal(mine, other)


def test_files_of_one_name_are_told_apart():
    parts = [read_uploads([("page.txt", _page(words))]).files for words in "甲乙丙"]
    split = join_uploads([part[0] for part in parts])
    assert split.pages["file"].tolist() == ["page (2).txt", "page (3).txt", "page.txt"]


def test_a_page_without_an_article_is_told_under_its_new_name():
    parts = [read_uploads([("page.txt", content)]).files for content in (_page(), b"x" * 30)]
    split = join_uploads([part[0] for part in parts])
    assert split.problems[["file", "what"]].values.tolist() == [["page (2).txt", "no article"]]


def test_corrections_hold_for_brought_pages_too():
    split = join_uploads(read_uploads([("a.txt", _page())]).files)
    page_id, source = split.pages.loc[0, ["page_id", "source"]]
    row = pd.DataFrame([(page_id, "remove", source.index("本报讯"), 0, 0)], columns=list(COLUMNS))
    corrected = correct_split(split, row.astype(COLUMNS))
    _check(corrected)
    assert corrected.articles.empty
    assert corrected.pages["n_articles"].tolist() == [0]
    assert corrected.problems["what"].tolist() == ["no article"]
    elsewhere = correct_split(split, row.assign(page_id="ffff").astype(COLUMNS))
    pd.testing.assert_frame_equal(elsewhere.articles, split.articles)


def test_nothing_is_written_to_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    read_uploads([("a.zip", _pack({"a.txt": _page()})), ("../../escape.txt", _page("丁"))])
    assert not list(tmp_path.iterdir())


@settings(max_examples=40, deadline=None)
@given(
    files=st.lists(
        st.tuples(
            st.text(max_size=6),
            st.sampled_from([".txt", ".md", ".zip", ".csv", ".jsonl", ".parquet", ".xlsx", ""]),
            st.binary(max_size=60) | st.text(alphabet="本报讯会议 \n，。1", max_size=60).map(str.encode),
        ),
        max_size=4,
    )
)
def test_any_files_are_held_or_told(files):
    batch = read_uploads([(stem + end, content) for stem, end, content in files])
    split = join_uploads(batch.files)
    _check(split)
    check(batch.problems, PROBLEMS)
    assert len(batch.files) <= len(files)
    assert all(show_name(name) == name for name in split.pages["file"])


def test_no_files_are_the_empty_tables():
    assert not read_uploads([]).files
    assert read_uploads([]).problems.equals(empty(PROBLEMS))
    _check(join_uploads([]))
