"""Files: CSV bytes, formula cells, names and folders."""

import csv
import io
import re
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.export import (
    TABLES_EDITION,
    ExportError,
    describe_tables,
    format_csv,
    name_file,
    restore_cells,
    write_tables,
    zip_tables,
)
from analysis.schema import TABLES


def _cells(frame: pd.DataFrame) -> list[list[str]]:
    text = format_csv(frame).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_csv_opens_with_a_byte_order_mark_and_ends_its_rows_with_cr_lf():
    written = format_csv(pd.DataFrame({"a": ["一老一小"]}))
    assert written == b"\xef\xbb\xbfa\r\n" + "一老一小\r\n".encode()


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-堂生动党课",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        '"=1',
        "＝1",
        "＋1",
        "－1",
        "＠A1",
        "\u3000=1",
        "\u3000＝1",
        "\xa0=1",
        "\u200b=1",
        "\ufeff=1",
        "\0=1",
        "\n=1",
        "'=1",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://evil.example","x")',
    ],
)
def test_a_cell_that_would_run_as_a_formula_is_made_harmless(cell):
    made = _cells(pd.DataFrame({"a": [cell]}))[1][0]
    assert made.startswith("'")
    assert made.replace("'", "") == cell.replace("'", "")
    assert restore_cells(pd.Series([made]))[0] == cell


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("甲;=1+1", "甲;'=1+1"),
        ('甲;"=1+1"', '甲;\'"=1+1"'),
        ("甲\t＠A1", "甲\t'＠A1"),
        ("甲\n-1\r\n+1", "甲\n'-1\r\n'+1"),
        ("=1;\u3000=2;;=3", "'=1;'\u3000=2;;'=3"),
        ("甲;'=1", "甲;''=1"),
    ],
)
def test_formulas_behind_borders_of_other_countries_are_made_harmless(cell, safe):
    assert _cells(pd.DataFrame({"a": [cell]}))[1][0] == safe
    assert _cells(pd.DataFrame({f"甲{cell}": [1]}))[0][0] == f"甲{safe}".replace("甲'=", "甲=")


@pytest.mark.parametrize(
    "cell", ["一老一小", "8+4", "415X", "“枫桥经验”", "1-11月", "", "甲；=乙", "甲; 乙=丙\n丁", "'90年代"]
)
def test_other_cells_stay_as_they_are(cell):
    assert _cells(pd.DataFrame({"a": [cell], "b": ["x"]}))[1][0] == cell


def test_numbers_below_zero_dates_and_gaps_are_no_formulas():
    frame = pd.DataFrame({"n": [-1.5], "day": [pd.Timestamp("2024-04-20")], "gone": [pd.NA]})
    assert _cells(frame)[1] == ["-1.5", "2024-04-20", ""]


def test_headers_and_categories_are_made_harmless_too():
    frame = pd.DataFrame({"=a": pd.Categorical(["@x"])})
    assert _cells(frame) == [["'=a"], ["'@x"]]


_TRICKY = st.text(st.sampled_from("=+-@＝＋－＠'\"; \t\n\u3000\ufeff\x85,甲0"), max_size=12)


@given(st.lists(st.text(max_size=12) | _TRICKY, min_size=1, max_size=6))
def test_no_text_cell_opens_with_a_formula_sign_and_none_is_lost(cells):
    frame = pd.DataFrame({"a": pd.Series(cells, dtype="str"), "n": range(len(cells))})
    before = frame.copy()
    text = format_csv(frame).decode("utf-8-sig")
    read = pd.read_csv(io.StringIO(text, newline=""), dtype="str", keep_default_na=False, na_filter=False)
    pd.testing.assert_frame_equal(frame, before)
    for cell, back in zip(cells, read["a"], strict=True):
        assert (
            not back.lstrip(" \u3000\ufeff\"'")[:1] or back.startswith("'") or back[0] not in "=+-@\t\r\n\0"
        )
        assert restore_cells(pd.Series([back]))[0] == cell or set(cell) & set("\r\0")


@given(st.lists(_TRICKY, min_size=1, max_size=4))
def test_no_spreadsheet_of_any_country_finds_a_formula(cells):
    written = format_csv(pd.DataFrame({"a": pd.Series(cells, dtype="str")})).decode("utf-8-sig")
    for field in re.split("[;\t\r\n]", written):
        assert field.lstrip(' \u3000\ufeff\x85"')[:1] not in [*"=+-@＝＋－＠"]


@given(st.lists(st.text(max_size=12) | _TRICKY, min_size=1, max_size=6))
def test_the_apostrophes_can_be_taken_away_again(cells):
    frame = pd.DataFrame({"a": pd.Series(cells, dtype="str")})
    text = format_csv(frame).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert restore_cells(pd.Series([row[0] if row else "" for row in rows[1:]])).tolist() == cells


def test_tables_are_written_one_file_each(tmp_path, seed_tables):
    paths = write_tables(seed_tables, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == [f"{name}.csv" for name in TABLES]
    articles = pd.read_csv(paths[1])
    assert articles.columns.tolist() == TABLES["articles"].exported
    assert len(articles) == len(seed_tables.articles)
    assert "source" not in pd.read_csv(paths[0]).columns


def test_parquet_keeps_cells_as_they_are(tmp_path, seed_tables):
    write_tables(seed_tables, tmp_path, form="parquet")
    headlines = pd.read_parquet(tmp_path / "articles.parquet")["headline"]
    assert headlines.tolist() == seed_tables.articles["headline"].tolist()


def test_all_tables_are_one_archive_of_the_same_csv_files(seed_tables):
    with zipfile.ZipFile(io.BytesIO(zip_tables(seed_tables))) as archive:
        assert archive.namelist() == ["README.txt", *(f"{name}.csv" for name in TABLES)]
        assert archive.testzip() is None
        for name, table in TABLES.items():
            assert archive.read(f"{name}.csv") == format_csv(getattr(seed_tables, name)[table.exported])


def test_an_archive_of_the_same_tables_has_the_same_bytes(seed_tables, monkeypatch):
    first = zip_tables(seed_tables)
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    assert zip_tables(seed_tables) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_readme_names_edition_rows_and_every_column_that_is_written(seed_tables):
    with zipfile.ZipFile(io.BytesIO(zip_tables(seed_tables))) as archive:
        readme = archive.read("README.txt")
    assert readme.startswith(b"\xef\xbb\xbf") and readme.endswith(b"\r\n")
    text = readme.decode("utf-8-sig").replace("\r\n", "\n")
    assert text == describe_tables(seed_tables) + "\n"
    assert f"edition {TABLES_EDITION}" in text
    assert f"articles.csv: one row per {TABLES['articles'].grain}; {len(seed_tables.articles)} rows" in text
    for table in TABLES.values():
        for column in table.columns:
            assert (f"  {column.name}: {column.meaning}" in text) == column.exported, column.name


def test_a_readme_of_ones_own_takes_its_place(seed_tables):
    with zipfile.ZipFile(io.BytesIO(zip_tables(seed_tables, "各表\n如下"))) as archive:
        assert archive.read("README.txt").decode("utf-8-sig") == "各表\r\n如下\r\n"


def test_an_unknown_format_is_named(tmp_path, seed_tables):
    with pytest.raises(ExportError, match="format 'xls' is unknown; choose one of csv, parquet"):
        write_tables(seed_tables, tmp_path, form="xls")


def test_a_folder_that_is_a_file_is_named(tmp_path, seed_tables):
    (tmp_path / "out").write_text("in the way")
    with pytest.raises(ExportError, match=r"out: .*; choose a folder that can be written"):
        write_tables(seed_tables, tmp_path / "out")


@given(st.text(max_size=200), st.text(max_size=300))
def test_names_of_files_are_safe_and_short(table, part):
    name = name_file(table, [part])
    assert len(name) <= 120
    assert name.endswith(".csv")
    assert not set(name) & set('/\\:*?"<>|\n\r\t\0 ')
