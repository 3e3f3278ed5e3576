"""Parquet files whose footers lie, or whose few bytes stand for many: refused before they are unpacked."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.pages import parse_contents
from analysis.sources import cells
from analysis.sources.cells import open_table
from analysis.sources.parquet_pages import iter_pages

_CELLS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
_COLUMNS = st.lists(
    st.tuples(_CELLS, st.none() | st.lists(_CELLS, max_size=3), st.integers(0, 9)), max_size=60
)
_WRITERS = st.fixed_dictionaries(
    {
        "compression": st.sampled_from(["none", "snappy", "gzip", "zstd"]),
        "use_dictionary": st.booleans(),
        "data_page_version": st.sampled_from(["1.0", "2.0"]),
        "data_page_size": st.sampled_from([100, 1 << 20]),
        "row_group_size": st.sampled_from([1, 7, 1000]),
        "write_statistics": st.booleans(),
        "write_page_index": st.booleans(),
        "write_page_checksum": st.booleans(),
    }
)


def _write(table: pa.Table, **how: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **{"compression": "zstd", **how})
    return file.getvalue()


def _write_number(number: int, size: int) -> bytes:
    """A number as Thrift writes it, in as many bytes as are wanted."""
    number <<= 1
    parts = [(number >> 7 * place) & 127 for place in range(size)]
    return bytes([*(part | 128 for part in parts[:-1]), parts[-1]])


def _belittle(content: bytes) -> bytes:
    """The file with sizes in its footer that are a thousand times too small."""
    footer = len(content) - 8 - int.from_bytes(content[-8:-4], "little")
    size = pq.read_metadata(io.BytesIO(content)).row_group(0).total_byte_size
    told = _write_number(size, (2 * size).bit_length() // 7 + 1)
    assert content.count(told, footer) == 2, "the size of the column and of its group"
    less = content[footer:].replace(told, _write_number(size // 1000, len(told)))
    return content[:footer] + less


def _refuse(content: bytes) -> str:
    (why,) = parse_contents([("a.parquet", content)]).problems["why"]
    return why


@pytest.mark.parametrize("use_dictionary", [True, False])
def test_a_footer_that_lies_about_sizes_is_not_believed(use_dictionary, monkeypatch):
    content = _write(pa.table({"text": ["a" * (2 << 20)]}), use_dictionary=use_dictionary)
    lie = _belittle(content)
    assert pq.read_metadata(io.BytesIO(lie)).row_group(0).total_byte_size < 3000
    assert parse_contents([("a.parquet", lie)]).problems.empty, "the lie alone does no harm"
    monkeypatch.setattr(cells, "UNPACKED_BYTES", 1 << 20)
    assert _refuse(lie) == "unpacks to more than 1 MB; split it"


def test_a_long_footer_is_not_read():
    table = pa.table({"text": ["会议"]}).replace_schema_metadata({"a": "b" * (3 << 20)})
    assert "footer of more than 2 MB" in _refuse(_write(table))


def test_wide_cells_of_one_width_are_refused():
    cell = pa.array([b"a" * (4 << 20)], pa.binary(4 << 20))
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 100, pa.int32()), cell)
    content = _write(pa.table({"text": shared}), store_schema=False)
    assert len(content) < 10_000
    assert "unpacks to more than" in _refuse(content)


def test_a_list_that_shares_one_long_value_is_refused():
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array(["字" * 30_000]))
    lists = pa.ListArray.from_arrays(pa.array([0, 100_000], pa.int32()), shared)
    assert "MB of text" in _refuse(_write(pa.table({"text": lists}), store_schema=False))


def test_a_list_of_more_values_than_a_table_has_is_refused(monkeypatch):
    monkeypatch.setattr(cells, "MOST_CELLS", 1000)
    lists = pa.array([[None] * 1001], pa.list_(pa.string()))
    assert "more cells or pages" in _refuse(_write(pa.table({"text": lists})))


def test_more_pages_than_any_table_has_are_refused(monkeypatch):
    content = _write(pa.table({"text": ["会议"] * 9}), row_group_size=1)
    assert parse_contents([("a.parquet", content)]).problems.empty
    monkeypatch.setattr(cells, "MOST_PAGES", 8)
    assert "more cells or pages" in _refuse(content)


def test_rows_that_get_lost_are_told():
    # A writer that starts a page in front of each value makes files whose empty lists nobody finds.
    lists = pa.array([None], pa.list_(pa.string()))
    content = _write(pa.table({"authors": lists, "text": ["会议"]}), data_page_size=1)
    assert "has 0 of the 1 rows" in _refuse(content)


@given(_COLUMNS, _WRITERS)
@settings(deadline=None)
def test_sound_files_are_read_whoever_wrote_them(rows, how):
    kinds = {"text": pa.string(), "authors": pa.list_(pa.string()), "number": pa.int64()}
    columns = [pa.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds.values())]
    content = _write(pa.table(dict(zip(kinds, columns, strict=True))), **how)
    table = open_table(".parquet", content)
    assert table.headings == [*kinds]
    assert list(table.rows([1, 0, 2])) == [[row[1], row[0], row[2]] for row in rows]


@given(st.data())
@settings(deadline=None)
def test_a_changed_byte_is_read_or_told(data):
    content = bytearray(_write(pa.table({"text": ["会议召开"] * 3, "authors": [["甲"], [], None]})))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    reading = parse_contents([("a.parquet", bytes(content))])
    assert len(reading.problems) + len(reading.pages) == 1


@given(st.binary(max_size=60))
def test_whatever_the_footer_pages_come_or_a_fault_that_is_told(footer):
    try:
        pages = list(iter_pages(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"))
    except (ValueError, IndexError):
        return
    assert all(page.n_bytes >= 0 and page.n_values >= 0 for page in pages)


def test_pages_are_counted_with_their_dictionaries():
    content = _write(
        pa.table({"text": ["会议"] * 5, "number": [1] * 5}), compression="none", row_group_size=3
    )
    pages = list(iter_pages(content))
    assert [page.column for page in pages] == [0, 0, 1, 1] * 2
    assert [page.n_values for page in pages] == [1, 3, 1, 3, 1, 2, 1, 2]
    assert pages[0].n_bytes == 4 + len("会议".encode())
