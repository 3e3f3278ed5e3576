"""Tables that claim more than they are, or hold more than is sound: refused in words, within the bound."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.pages import parse_contents
from analysis.sources import cells, tables
from analysis.sources.cells import LINE_BYTES
from analysis.sources.files import MEMORY_BYTES, SourceError
from analysis.sources.tables import iter_lines, read_articles

ROOT = Path(__file__).parents[2]
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TEXTS_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
_FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>'
_SECOND = '<row r="2"><c r="A2" t="inlineStr"><is><t>昨日，会议召开。</t></is></c></row>'


def make_sheet(rows: str, head: str = "", **parts: bytes) -> bytes:
    """A workbook whose sheet holds these rows; other parts by the name of their file."""
    plain, made = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    sheet = f"{head}<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            stem = info.filename.rsplit("/", 1)[-1].removesuffix(".xml")
            content = sheet if stem == "sheet1" else parts.get(stem, old.read(info))
            new.writestr(info.filename, content.replace(b"</Types>", _TEXTS_TYPE + b"</Types>"))
        new.writestr("xl/sharedStrings.xml", parts.get("texts", f"<sst {_MAIN}/>".encode()))
    return made.getvalue()


def refuse(name: str, content: bytes) -> str:
    """Why a file is refused, as a problem says it."""
    reading = parse_contents([("good.txt", "本报讯 会议召开。".encode()), (name, content)])
    assert reading.pages["file"].tolist() == ["good.txt"], "the rest goes on"
    (problem,) = reading.problems.itertuples(index=False)
    assert problem.file == name
    return problem.why


def test_a_quotation_mark_that_never_closes_is_told_with_its_line():
    why = refuse("a.csv", '标题,正文\n一,甲\n二,"乙\n三,丙\n'.encode())
    assert why == "opens a quotation mark behind line 2 that never closes; mend it"
    assert "first line" in refuse("b.csv", '标题,"正文\n一,甲\n'.encode())


def test_a_cell_too_many_is_told_with_its_line():
    assert "a cell too many in line 3" in refuse("a.csv", "标题,正文\n一,甲\n二,乙,丙\n".encode())


def test_blank_cells_and_lines_are_passed_over():
    content = "标题,正文\n\n一,甲,\n,,,,\n二\n三,丙\n".encode()
    assert read_articles("a.csv", content, "x")["text"].tolist() == ["甲", "丙"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("line.csv", b"text\n" + b"a" * (LINE_BYTES + 1)),
        ("cell.csv", b'text\n"' + b"a\n" * (LINE_BYTES // 2 + 1) + b'"'),
        ("head.csv", b"text" + b"," * (LINE_BYTES + 1)),
        ("line.jsonl", b'{"text": "' + b"a" * (LINE_BYTES + 1) + b'"}'),
        ("line.jsonl.gz", gzip.compress(b"a" * (100 << 20), 1)),
        ("line.txt", b"a" * (65 << 20)),
        ("columns.csv", b"text" + b"," * 5000 + b"\n"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_is_too_long_for_an_article_is_refused(name, content):
    assert any(words in refuse(name, content) for words in ("MB", "columns", "sound csv table"))


def test_a_line_too_long_on_the_disk_is_refused_where_it_stands(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n' + b"b" * (LINE_BYTES + 9))
    lines = iter_lines(path)
    assert next(lines) == b'{"text": "a"}'
    with pytest.raises(SourceError, match="one article a line"):
        next(lines)


@pytest.mark.parametrize("deep", ['{"text":' + "[" * 100_000, '{"a":' * 100_000, "[" * 990 + "]" * 990])
def test_nested_lines_are_refused(deep):
    assert "jsonl" in refuse("a.jsonl", deep.encode()) or "no JSON object" in refuse("a.jsonl", deep.encode())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["甲", ["乙"]], "甲"),
        ({"a": 1}, None),
        (12.0, "12"),
        (10**400, None),
        ("a\ud800b", "a\ufffdb"),
        (True, "True"),
    ],
)
def test_cells_that_are_no_text_are_read_as_far_as_they_are(value, text):
    line = json.dumps({"text": value}, default=str).encode()
    found = read_articles("a.jsonl", line, "x")["text"].tolist()
    assert found == ([text] if text else found[:1] and [str(value)])


def test_a_heading_of_any_length_stays_short_in_the_message():
    line = json.dumps({"\u202e" + "标" * 100_000: 1, **{str(n): n for n in range(1000)}}).encode()
    why = refuse("a.jsonl", line)
    assert len(why) < 600 and "\u202e" not in why


def test_rows_beyond_the_most_are_refused_not_cut(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    assert "more than 3 rows" in refuse("a.csv", b"text\n" + b"a\n" * 4)


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        (_FIRST + "<row/>" * 210_000, ""),
        (_FIRST + '<row r="999999999"><c r="A999999999"><v>1</v></c></row>', ""),
        (_FIRST + "".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 150)), ""),
    ],
    ids=["rows", "gap", "width"],
)
def test_a_sheet_of_more_cells_than_any_has_is_refused(rows, head, monkeypatch):
    monkeypatch.setattr(cells, "MOST_CELLS", 2_000_000)
    assert "save it as CSV" in refuse("a.xlsx", make_sheet(rows, head))


def test_parts_of_a_spreadsheet_have_a_most():
    assert "part of more than" in refuse("a.xlsx", make_sheet(_FIRST, styles=b"<a/>" * 700_000))
    texts = f"<sst {_MAIN}>".encode() + b"<si/>" * (cells.MOST_TAGS + 1) + b"</sst>"
    assert "more cells" in refuse("b.xlsx", make_sheet(_FIRST, texts=texts))


def test_entities_that_unfold_are_refused():
    names = [f'<!ENTITY {chr(code + 1)} "{f"&{chr(code)};" * 10}">' for code in range(97, 110)]
    head = f'<!DOCTYPE l [<!ENTITY a "{"x" * 10}">{"".join(names)}]>'
    rows = '<row><c t="inlineStr"><is><t>&m;</t></is></c></row>'
    assert "no sound xlsx table" in refuse("a.xlsx", make_sheet(rows, head))


def _write(table: pa.Table, **how: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, compression="zstd", **how)
    return file.getvalue()


def test_a_parquet_file_that_promises_too_much_is_refused_unread(monkeypatch):
    rows = pa.table({"text": pa.nulls(cells.MOST_LINES + 1, pa.string())})
    assert "rows, more than" in refuse("a.parquet", _write(rows))
    monkeypatch.setattr(cells, "UNPACKED_BYTES", 1 << 20)
    texts = pa.table({"text": ["a" * (1 << 19)] * 5})
    assert "unpacks to" in refuse("b.parquet", _write(texts, use_dictionary=False))


@pytest.mark.parametrize("cut", [1, 5, 12, 60])
def test_malformed_parquet_is_told(cut):
    content = _write(pa.table({"text": ["会议"] * 50}))
    assert "no sound parquet table" in refuse("a.parquet", content[:-cut])
    assert "no sound parquet table" in refuse("b.parquet", content[:4] + b"\xff" * cut + content[4 + cut :])


# The most that this program held; what `getrusage` says may be the most of the one that started it.
_CHILD = """
import re, sys
from pathlib import Path
from analysis.pages import parse_files
from analysis.sources.files import read_files
import openpyxl, pyarrow.parquet
parse_files([])
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = most()
reading = parse_files(read_files(Path(sys.argv[1])))
print((most() - before) << 10, *reading.articles["text"], *reading.problems["why"])
"""


def _leave_rows_empty() -> bytes:
    empty = (f'<row r="{number}"/>' for number in range(3, 1_048_577))
    return make_sheet(f"{_FIRST}{_SECOND}{''.join(empty)}")


def _fold_texts() -> bytes:
    one = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000, pa.int32()), pa.array(["字" * 300_000]))
    return _write(pa.table({"text": one}))


def _fill_line(size: int) -> bytes:
    return "会".encode() * (size // 3)


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("shared.parquet", _fold_texts, "MB of text"),
        ("wide.csv", lambda: "text,😀\n".encode() + b'"\n",' * 4_900_000, "cell too many"),
        ("empty.xlsx", _leave_rows_empty, "昨日，会议召开。"),
        ("200 MB.txt", partial(_fill_line, 200 << 20), "larger than 64 MB"),
        ("200 MB.csv", partial(_fill_line, 200 << 20), "larger than 64 MB"),
        ("63 MB.txt", partial(_fill_line, 63 << 20), "no newspaper page has 4 MB"),
        ("63 MB.csv", partial(_fill_line, 63 << 20), "a line of more than 4 MB"),
        ("63 MB.jsonl", partial(_fill_line, 63 << 20), "a line of more than 4 MB"),
    ],
)  # fmt: skip
def test_the_worst_tables_stay_within_the_bound(tmp_path, name, make, says):
    if not Path("/proc/self/status").exists():
        pytest.skip("the system does not say how much a program held")
    path = tmp_path / name
    path.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, path], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    memory, _, why = done.stdout.partition(" ")
    print(f"{name}: {int(memory) >> 20} MB; {why.strip()}")
    assert int(memory) < MEMORY_BYTES
    assert says in why


def test_headings_without_rows_are_told_as_such():
    assert refuse("a.csv", "标题,正文\n".encode()) == "holds no row; put articles into it or delete it"
