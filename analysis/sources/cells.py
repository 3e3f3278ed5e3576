"""Cells of tables that strangers made, in CSV, Excel and Parquet: row by row, within bounds.

Whatever a file claims, no more of it is held than the bounds below allow; see `files.MEMORY_BYTES`.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from analysis.sources.encodings import EncodingError, decode_text
from analysis.sources.files import SizeError, SourceError, check_archive, open_archive
from analysis.sources.parquet_pages import iter_pages

#: Most bytes of text in a table, and most that a workbook or Parquet file may unpack to.
TABLE_BYTES, UNPACKED_BYTES = 64 << 20, 128 << 20
#: Most columns and lines of a table; spreadsheets end at 16 384 and 1 048 576, texts have several lines.
MOST_COLUMNS, MOST_LINES = 1000, 5_000_000
#: Most cells of a sheet, empty ones between others counted, and what a row counts for itself.
MOST_CELLS, ROW_CELLS = 20_000_000, 10
#: Most tags in the sheets and texts of a spreadsheet: four a cell or text, two a row.
MOST_TAGS = 8_000_000
#: Most bytes of one line or cell, as of a page, and of a small part of a spreadsheet, such as its styles.
LINE_BYTES, PART_BYTES = 4 << 20, 2 << 20
#: Most pages of all columns of a Parquet file; writers make them of 8 kB and more.
MOST_PAGES = 200_000

_BATCH_ROWS = 256
_END = "\x1fend of file\x1f"
#: Parts of a spreadsheet that are read piece by piece, or not at all.
_COUNTED = ("xl/worksheets/", "xl/sharedStrings.xml")
_STREAMED = (*_COUNTED, "xl/media/", "xl/embeddings/")
_BLOCK = 1 << 20


class Table(NamedTuple):
    """A table that is open: its headings, and its rows of the columns asked for by position."""

    headings: list[str]
    rows: Callable[[Sequence[int]], Iterator[list[object]]]


def open_table(suffix: str, content: bytes) -> Table:
    """Open a table.

    Args:
        suffix: .csv, .tsv, .xlsx or .parquet.
        content: The bytes of the file.

    Returns:
        The table. Reading its rows may raise `SourceError` too.

    Raises:
        SourceError: It is no such table, or beyond a bound.

    Example:
        >>> table = open_table(".csv", "标题,正文\\n防汛,检查\\n".encode())
        >>> table.headings, list(table.rows([1]))
        (['标题', '正文'], [['检查']])
    """
    openers = {".parquet": _open_parquet, ".xlsx": _open_sheet, ".tsv": _open_tabbed, ".csv": _open_csv}
    with _Told(suffix):
        table = openers[suffix](content)
        if len(table.headings) > MOST_COLUMNS:
            raise SizeError(f"has more than {MOST_COLUMNS} columns; save those of the articles alone")
        return Table(table.headings, lambda columns: _told_rows(suffix, table, columns))


def iter_text_lines(text: str) -> Iterator[str]:
    """Cut a text at its newlines, a line at a time; a line ends with the newline that it has.

    Raises:
        SizeError: A line is beyond `LINE_BYTES`.
    """
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        if end - start > LINE_BYTES:
            raise say_long_line()
        yield text[start:end]
        start = end


def say_much_text() -> SizeError:
    """Say that a table holds more text than is read."""
    return SizeError(f"holds more than {TABLE_BYTES >> 20} MB of text; split it")


def say_long_line() -> SizeError:
    """Say that a line is longer than any article."""
    return SizeError(f"has a line of more than {LINE_BYTES >> 20} MB; write one article a line")


class _Told:
    """Turns what readers of a format raise into a `SourceError` that tells the cure."""

    def __init__(self, suffix: str) -> None:
        self.kind = suffix.removeprefix(".")

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: type | None, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, ImportError):
            raise SourceError(
                f"needs the package {error.name or 'openpyxl'}; install it or save as CSV"
            ) from error
        if isinstance(error, Exception) and not isinstance(error, (SourceError, EncodingError)):
            raise SourceError(
                f"is no sound {self.kind} table ({type(error).__name__}); save it again as CSV"
            ) from error


def _told_rows(suffix: str, table: Table, columns: Sequence[int]) -> Iterator[list[object]]:
    with _Told(suffix):
        yield from table.rows(columns)


def _open_tabbed(content: bytes) -> Table:
    return _open_csv(content, "\t")


def _open_csv(content: bytes, sep: str | None = None) -> Table:
    text = decode_text(content).text.replace("\0", "")
    if text.count("\n") > MOST_LINES:
        raise SizeError(f"has more than {MOST_LINES} lines; split it")
    head = text[: text.find("\n") + 1 or len(text)]
    sep = sep or max(",;\t", key=head.count)
    csv.field_size_limit(LINE_BYTES)
    reader = csv.reader(_with_end(text), delimiter=sep)
    headings = next(filter(None, reader), [_END])
    if _END in headings[-1]:
        raise SourceError("has no rows, or a quotation mark in its first line never closes; mend it")
    return Table(headings, lambda columns: _pick_cells(reader, headings, columns))


def _with_end(text: str) -> Iterator[str]:
    """The lines, then one that shows whether a cell is still open at the end of the file."""
    yield from iter_text_lines(text)
    if not text.endswith("\n"):
        yield "\n"
    yield _END


def _pick_cells(
    reader: Iterator[list[str]], headings: list[str], columns: Sequence[int]
) -> Iterator[list[object]]:
    line = 1
    for row in reader:
        if row == [_END]:
            return
        if row and row[-1].endswith(_END):
            raise SourceError(f"opens a quotation mark behind line {line} that never closes; mend it")
        line = reader.line_num
        if any(row[len(headings) :]):
            raise SourceError(f"has a cell too many in line {line}; put texts with commas into quotes")
        if row:
            yield [row[index] if index < len(row) else "" for index in columns]


def _open_sheet(content: bytes) -> Table:
    import openpyxl  # noqa: PLC0415, only who has a spreadsheet waits for it

    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise SourceError("is no sound xlsx table; save it again as CSV")
    with open_archive(io.BytesIO(content)) as parts:
        _check_parts(parts)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    rows = _bound_rows(sheet.iter_rows(values_only=True))
    headings = ["" if cell is None else str(cell) for cell in next(rows, ())]
    return Table(headings, lambda columns: ([_cell(row, index) for index in columns] for row in rows))


def _check_parts(parts: zipfile.ZipFile) -> None:
    members = parts.infolist()
    check_archive(members)
    if sum(info.file_size for info in members if not info.filename.startswith("xl/media/")) > UNPACKED_BYTES:
        raise SizeError(f"unpacks to more than {UNPACKED_BYTES >> 20} MB; split it, or save it as CSV")
    for info in members:
        if info.file_size > PART_BYTES and not info.filename.startswith(_STREAMED):
            raise SizeError(f"unpacks to a part of more than {PART_BYTES >> 20} MB; save it again as CSV")

    if sum(_count_tags(parts, info) for info in members if info.filename.startswith(_COUNTED)) > MOST_TAGS:
        raise SizeError("has more cells than a table of articles; save it as CSV")


def _count_tags(parts: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    with parts.open(info) as part:
        return sum(block.count(b"<") for block in iter(lambda: part.read(_BLOCK), b""))


def _bound_rows(rows: Iterator[tuple]) -> Iterator[tuple]:
    """Rows that have a cell; a sheet of more cells than any has is refused on the way."""
    cells = 0
    for row in rows:
        cells += len(row) + ROW_CELLS
        if cells > MOST_CELLS:
            raise SizeError(f"has more than {MOST_CELLS} cells, empty ones counted; save it as CSV")
        if any(cell is not None for cell in row):
            yield row


def _cell(row: tuple, index: int) -> object:
    return row[index] if index < len(row) else None


def _open_parquet(content: bytes) -> Table:
    import pyarrow.parquet as pq  # noqa: PLC0415, only who has such a table waits for it

    if PART_BYTES < int.from_bytes(content[-8:-4], "little") < len(content):
        raise SizeError(f"has a footer of more than {PART_BYTES >> 20} MB; save it again as CSV")
    file = pq.ParquetFile(io.BytesIO(content), pre_buffer=False)
    about = file.metadata
    names = file.schema_arrow.names
    if about.num_rows > MOST_LINES:
        raise SizeError(f"has {about.num_rows} rows, more than {MOST_LINES}; split it")
    leaves = [file.schema.column(number) for number in range(about.num_columns)]
    if len(leaves) > MOST_COLUMNS:
        raise SizeError(f"has more than {MOST_COLUMNS} columns; save those of the articles alone")
    _check_pages(content, about, leaves)

    def rows(columns: Sequence[int]) -> Iterator[list[object]]:
        wanted = [names[index] for index in columns]
        # One long value that a million rows share stays one value.
        shared = [leaf.path for leaf in leaves]
        how = {"metadata": about, "read_dictionary": shared, "pre_buffer": False}
        opened = pq.ParquetFile(io.BytesIO(content), **how)
        n_rows = 0
        # Group by group: a batch across two has two dictionaries, which lists of texts cannot have.
        for group in range(about.num_row_groups):
            how = {"row_groups": [group], "columns": wanted, "use_threads": False}
            for batch in opened.iter_batches(_BATCH_ROWS, **how):
                cells = [_unfold(batch.column(batch.schema.names.index(name))) for name in wanted]
                yield from map(list, zip(*cells, strict=True))
                n_rows += batch.num_rows
        if n_rows != about.num_rows:
            raise SourceError(f"has {n_rows} of the {about.num_rows} rows that it tells of; save it again")

    return Table([str(name) for name in names], rows)


def _check_pages(content: bytes, about: object, leaves: Sequence[object]) -> None:
    """Refuse what unpacks to more than the bounds; the headers of the pages count, for a footer may lie."""
    size = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    if size > UNPACKED_BYTES:
        raise SizeError(f"unpacks to {size >> 20} MB, more than {UNPACKED_BYTES >> 20}; split it")
    size, n_values = 0, [0] * len(leaves)
    for n_pages, page in enumerate(iter_pages(content), 1):
        n_values[page.column] += page.n_values
        size += max(page.n_bytes, page.n_values * leaves[page.column].length)
        if size > UNPACKED_BYTES:
            raise SizeError(f"unpacks to more than {UNPACKED_BYTES >> 20} MB; split it")
        if n_values[page.column] > MOST_CELLS or n_pages > MOST_PAGES:
            raise SizeError("has more cells or pages than a table of articles; save it as CSV")


def _unfold(column: object) -> list[object]:
    """The values of a column of Arrow; equal ones of a column with a dictionary are one object."""
    if not hasattr(column, "dictionary"):
        _check_text(_weigh(column))
        return column.to_pylist()
    used = column.indices.unique().drop_null()
    values = column.dictionary.take(used)
    _check_text(values.nbytes)
    cells = dict(zip(used.to_pylist(), values.to_pylist(), strict=True))
    return [cells.get(index) for index in column.indices.to_pylist()]


def _weigh(column: object) -> int:
    """Bytes of the values of a column, one that many share counted for each of them."""
    import pyarrow.compute as pc  # noqa: PLC0415, it is there when a column is

    if hasattr(column, "dictionary"):
        return pc.sum(pc.binary_length(column.dictionary).take(column.indices)).as_py() or 0
    if hasattr(column, "flatten"):
        parts = column.flatten()
        return sum(map(_weigh, parts if isinstance(parts, list) else [parts]))
    return column.nbytes


def _check_text(n_bytes: int) -> None:
    if n_bytes > TABLE_BYTES:
        raise say_much_text()
