"""Tables of ready-made articles: CSV, Excel, JSON lines and Parquet, with the usual column names."""

from __future__ import annotations

import codecs
import gzip
import io
import json
import math
import re
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.articles.bylines import format_authors, parse_authors
from analysis.metadata.datelines import find_times
from analysis.metadata.dates import parse_file_date
from analysis.metadata.gazetteer import read_rows
from analysis.metadata.places import Location, locate_paper
from analysis.schema import ARTICLES, conform, empty
from analysis.sources.cells import (
    LINE_BYTES,
    TABLE_BYTES,
    iter_text_lines,
    open_table,
    say_long_line,
    say_much_text,
)
from analysis.sources.encodings import decode_text
from analysis.sources.files import SizeError, SourceError
from analysis.sources.names import find_suffix, show_name

#: Rows of one table that are read; more are a problem, not a silent cut.
MOST_ROWS = 200_000
#: Ends of names of files with one JSON object a line.
LINE_SUFFIXES = (".jsonl", ".jsonl.gz")

_HEAD_BYTES = 1 << 16
#: Lines up to so many bytes have their headings looked up once; longer ones are not kept.
_KEPT_BYTES = 1 << 14
_BLANK = re.compile(r"[\s_\-:：]+")
_LONE = re.compile("[\ud800-\udfff]")


class Rows(NamedTuple):
    """Rows of a table as read.

    Attributes:
        articles: Table `articles`, of the rows that have a text.
        headings: Headings found where no row has a column for the text; else nothing.
    """

    articles: pd.DataFrame
    headings: tuple[str, ...]


def read_articles(name: str, content: bytes, page_id: str) -> pd.DataFrame:
    """Read a table of ready-made articles.

    Headings are matched with `columns.tsv`, whatever their case and blanks; those of JSON lines row by row.
    A table must have a column for the text; rows without text are left out. A day in a column, or in the
    file's name, is `given`.

    Args:
        name: Path of the file; its end tells the format.
        content: Its bytes.
        page_id: Id of the file, which stands for the page.

    Returns:
        Table `articles`, in the order of the rows, `confidence` 1 throughout.

    Raises:
        SourceError: The file is no such table, or none of its columns is the text.
    """
    lines = list(islice(iter_rows(name, content), MOST_ROWS + 1))
    if len(lines) > MOST_ROWS:
        raise SourceError(f"has more than {MOST_ROWS} rows; split it, or build a store")
    if not lines:
        raise SourceError("holds no row; put articles into it or delete it")
    rows = parse_rows(lines, page_id, parse_file_date(name))
    if rows.headings:
        raise no_text_column(rows.headings)
    return rows.articles


def parse_rows(lines: Iterable[bytes | str], page_id: str, given: date | None = None) -> Rows:
    """Read rows of a table that are written as JSON lines.

    Args:
        lines: One JSON object each.
        page_id: Id of the file.
        given: Day of the rows that have none of their own.

    Returns:
        Articles numbered from 1, and the headings where none is the text.

    Raises:
        SourceError: A line is no JSON object.

    Example:
        >>> rows = parse_rows(['{"标题": "防汛", "正文": "检查"}', '{"标题": "无文"}'], "abc")
        >>> rows.articles[["article_id", "headline", "text"]].values.tolist(), rows.headings
        ([['abc-01', '防汛', '检查']], ())
    """
    records, headings = parse_records(lines, page_id, given)
    return Rows(conform(pd.DataFrame(records), ARTICLES) if records else empty(ARTICLES), headings)


def parse_records(
    lines: Iterable[bytes | str], page_id: str, given: date | None = None
) -> tuple[list[dict[str, object]], tuple[str, ...]]:
    """Read rows of a table as `parse_rows` does, each article by column."""
    made, headings, has_text = [], {}, False
    for line in lines:
        record = _record(line)
        match = _match_headings if len(line) <= _KEPT_BYTES else _match_headings.__wrapped__
        fields = match(tuple(record))
        has_text = has_text or "text" in fields
        headings |= dict.fromkeys(record)
        cell = {field: _as_text(record[name]) for field, name in fields.items()}
        if cell.get("text"):
            made.append(_row(cell, len(made) + 1, page_id, given))
    return made, () if has_text else tuple(headings) or ("none",)


def no_text_column(headings: Iterable[str]) -> SourceError:
    """Say that a table has no column for the text."""
    found = ", ".join(show_name(str(heading)[:40]) for heading in islice(headings, 30)) or "none"
    return SourceError(
        f"has no column for the text, such as 正文, 内容, text or content; columns found: {found}"
    )


def iter_rows(name: str, content: bytes) -> Iterator[str]:
    """Write the rows of a table as JSON lines.

    Args:
        name: Path of the file; its end tells the format.
        content: Its bytes.

    Yields:
        One JSON object a row, as the file has it or with the names of columns of `articles`.

    Raises:
        SourceError: The file is no such table, or none of its columns is the text.
    """
    suffix = find_suffix(name)
    if suffix in LINE_SUFFIXES:
        content = _unzip(content) if suffix.endswith(".gz") else content
        lines = iter_text_lines(decode_text(content).text)
        yield from (line.removesuffix("\n") for line in lines if line.strip())
        return
    table = open_table(suffix, content)
    fields = match_columns(table.headings)
    if "text" not in fields:
        raise no_text_column(table.headings)
    n_bytes = 0
    for row in table.rows(list(fields.values())):
        cells = [_as_text(cell) for cell in row]
        if max(map(len, cells)) > LINE_BYTES:
            raise say_long_line()
        n_bytes += sum(len(cell.encode("utf-8")) for cell in cells)
        if n_bytes > TABLE_BYTES:
            raise say_much_text()
        yield json.dumps(dict(zip(fields, cells, strict=True)), ensure_ascii=False)


def is_utf8(path: Path) -> bool:
    """Tell whether a file of JSON lines opens as UTF-8; what cannot be opened does not."""
    unpack = gzip.open if find_suffix(path.name).endswith(".gz") else open
    try:
        with unpack(path, "rb") as file:
            codecs.getincrementaldecoder("utf-8")().decode(file.read(_HEAD_BYTES))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError):
        return False
    return True


def iter_lines(path: Path) -> Iterator[bytes]:
    """Read a file of JSON lines, compressed or not, piece by piece, whatever its size.

    Args:
        path: A file in UTF-8.

    Yields:
        Its lines that are not empty, without their ends.

    Raises:
        SourceError: The file cannot be decompressed, or a line is longer than any article.
    """
    unpack = gzip.open if find_suffix(path.name).endswith(".gz") else open
    try:
        with unpack(path, "rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(LINE_BYTES + 1), b"")):
                if len(line) > LINE_BYTES:
                    raise say_long_line()
                bare = (line.removeprefix(codecs.BOM_UTF8) if number == 0 else line).rstrip(b"\r\n")
                if bare.strip():
                    yield bare
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"cannot be decompressed ({type(error).__name__}); compress it again") from error


def match_columns(names: list[str]) -> dict[str, int]:
    """Tell which column of a table fills which of `articles`.

    Args:
        names: Headings in the order of the table.

    Returns:
        Position of the first heading that fits, by column of `articles` (and `page`).

    Example:
        >>> match_columns(["ID", "标题", "Pub_Date", "内容"])
        {'headline': 1, 'date': 2, 'text': 3}
    """
    found: dict[str, int] = {}
    for index, name in enumerate(names):
        column = _columns().get(_BLANK.sub("", name).lower().strip("\ufeff"))
        if column and column not in found:
            found[column] = index
    return found


def _record(line: bytes | str) -> dict:
    try:
        record = json.loads(line if isinstance(line, str) else line.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"is no sound jsonl table ({type(error).__name__}); save it again as CSV"
        ) from error
    if not isinstance(record, dict):
        raise SourceError('has a line that is no JSON object; write one article a line, such as {"text": …}')
    return record


@lru_cache(maxsize=1024)
def _match_headings(names: tuple[str, ...]) -> dict[str, str]:
    return {field: names[index] for field, index in match_columns(list(names)).items()}


def _unzip(content: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(content)) as file:
            unpacked = file.read(TABLE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(f"cannot be decompressed ({type(error).__name__}); compress it again") from error
    if len(unpacked) > TABLE_BYTES:
        raise SizeError(f"unpacks to more than {TABLE_BYTES >> 20} MB; split it, or build a store")
    return unpacked


def _row(cell: dict[str, str], number: int, page_id: str, given: object) -> dict[str, object]:
    day = parse_day(cell.get("date", "")[:100])
    day = pd.Timestamp(given) if pd.isna(day) and given else day
    location = _locate(cell.get("paper", "")[:100] or None)
    text, authors = cell["text"], cell.get("authors", "")
    times = find_times(text, None if pd.isna(day) else day)
    return {
        "article_id": f"{page_id}-{number:02d}",
        "page_id": page_id,
        "position": number,
        "kind": "news",
        **{field: " ".join(cell.get(field, "").split()) for field in ("kicker", "headline", "subhead")},
        "authors": format_authors(parse_authors(authors[:200])) if authors else "",
        "dateline": times.dateline,
        "event_date": times.event_date,
        "date": day,
        "date_basis": "unknown" if pd.isna(day) else "given",
        "paper": cell.get("paper") or None,
        "province": cell.get("province") or location.province,
        "city": cell.get("city") or location.city,
        "county": cell.get("county") or location.county,
        "continued": False,
        "text": text,
        "n_chars": len("".join(text.split())),
        "confidence": 1.0,
    }


@lru_cache(maxsize=1 << 16)
def parse_day(cell: str) -> pd.Timestamp:
    """Read a day in any usual form; NaT for none.

    Example:
        >>> str(parse_day("2022年6月28日"))[:10], str(parse_day("20220628"))[:10], parse_day("昨天")
        ('2022-06-28', '2022-06-28', NaT)
    """
    day = parse_file_date(" ".join(cell.split())[:40])
    return pd.Timestamp(day) if day else pd.NaT


def _as_text(value: object) -> str:
    """A cell as text: "" for one that is missing or has cells in it, parts of a list joined."""
    if isinstance(value, (list, tuple)):
        return "、".join(_as_text(part) for part in value if not isinstance(part, (list, tuple, dict)))
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict):
        return ""
    return _LONE.sub("\ufffd", str(value)).replace("\r\n", "\n").replace("\0", "").strip()


@lru_cache(maxsize=4096)
def _locate(paper: str | None) -> Location:
    return locate_paper(paper)


@cache
def _columns() -> dict[str, str]:
    return {row["name"]: row["column"] for row in read_rows("columns.tsv")}
