"""Tables of ready-made articles: CSV, Excel, JSON lines and Parquet, with the usual column names."""

from __future__ import annotations

import io
import json
import math
import re
import zipfile
from functools import cache

import pandas as pd

from analysis.articles.bylines import format_authors, parse_authors
from analysis.metadata.datelines import find_dateline, find_event_date
from analysis.metadata.dates import parse_file_date
from analysis.metadata.gazetteer import read_rows
from analysis.metadata.places import locate_paper
from analysis.schema import ARTICLES, conform, empty
from analysis.sources.encodings import decode_text
from analysis.sources.files import SourceError, check_archive

#: Rows of one table that are read; more are a problem, not a silent cut.
MOST_ROWS = 200_000

_BLANK = re.compile(r"[\s_\-:：]+")


def read_articles(name: str, content: bytes, page_id: str) -> pd.DataFrame:
    """Read a table of ready-made articles.

    Headings are matched with `columns.tsv`, whatever their case and blanks. A table must have a column for
    the text; rows without text are left out. A day in a column, or in the file's name, is `given`.

    Args:
        name: Path of the file; its end tells the format.
        content: Its bytes.
        page_id: Id of the file, which stands for the page.

    Returns:
        Table `articles`, in the order of the rows, `confidence` 1 throughout.

    Raises:
        SourceError: The file is no such table, or none of its columns is the text.
    """
    rows = _read_table(name, content)
    fields = match_columns([str(column) for column in rows.columns])
    if "text" not in fields:
        found = ", ".join(str(column) for column in rows.columns[:30]) or "none"
        raise SourceError(
            f"has no column for the text, such as 正文, 内容, text or content; columns found: {found}"
        )
    if len(rows) > MOST_ROWS:
        raise SourceError(f"has {len(rows)} rows, more than {MOST_ROWS}; split it")
    texts = {field: rows.iloc[:, index].map(_as_text) for field, index in fields.items()}
    cells = pd.DataFrame(texts, dtype="str") if texts else pd.DataFrame()
    cells = cells[cells["text"] != ""].reset_index(drop=True)
    if cells.empty:
        return empty(ARTICLES)
    given = parse_file_date(name)
    made = [_row(cell, number, page_id, given) for number, cell in enumerate(cells.to_dict("records"), 1)]
    return conform(pd.DataFrame(made), ARTICLES)


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


def _read_table(name: str, content: bytes) -> pd.DataFrame:
    suffix = name.rsplit(".", 1)[-1].lower()
    try:
        if suffix == "parquet":
            return pd.read_parquet(io.BytesIO(content))
        if suffix == "xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                check_archive(parts.infolist())
            return pd.read_excel(io.BytesIO(content), dtype=object)
        text = decode_text(content).text
        if suffix == "jsonl":
            return pd.DataFrame([_record(line) for line in text.splitlines() if line.strip()])
        sep = "\t" if suffix == "tsv" else None
        head = text.split("\n", 1)[0]
        sep = sep or max(",;\t", key=head.count)
        return pd.read_csv(io.StringIO(text.replace("\0", "")), dtype="str", sep=sep, keep_default_na=False)
    except ImportError as error:
        raise SourceError(
            f"needs the package {error.name or 'openpyxl'}; install it or save as CSV"
        ) from error
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(
            f"is no sound {suffix} table ({type(error).__name__}); save it again as CSV"
        ) from error


def _record(line: str) -> dict:
    record = json.loads(line)
    if not isinstance(record, dict):
        raise SourceError('has a line that is no JSON object; write one article a line, such as {"text": …}')
    return record


def _row(cell: dict[str, str], number: int, page_id: str, given: object) -> dict[str, object]:
    day = parse_day(cell.get("date", ""))
    day = pd.Timestamp(given) if pd.isna(day) and given else day
    location = locate_paper(cell.get("paper") or None)
    text = cell["text"]
    return {
        "article_id": f"{page_id}-{number:02d}",
        "page_id": page_id,
        "position": number,
        "kind": "news",
        **{field: " ".join(cell.get(field, "").split()) for field in ("kicker", "headline", "subhead")},
        "authors": format_authors(parse_authors(cell.get("authors", "")[:200])),
        "dateline": find_dateline(text),
        "event_date": find_event_date(text, None if pd.isna(day) else day),
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


def parse_day(cell: str) -> pd.Timestamp:
    """Read a day in any usual form; NaT for none.

    Example:
        >>> str(parse_day("2022年6月28日"))[:10], str(parse_day("20220628"))[:10], parse_day("昨天")
        ('2022-06-28', '2022-06-28', NaT)
    """
    day = parse_file_date(" ".join(cell.split())[:40])
    return pd.Timestamp(day) if day else pd.NaT


def _as_text(value: object) -> str:
    """A cell as text: "" for a missing one, the parts of a list joined, line ends as newlines."""
    if isinstance(value, (list, tuple)):
        return "、".join(_as_text(part) for part in value)
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("\0", "").strip()


@cache
def _columns() -> dict[str, str]:
    return {row["name"]: row["column"] for row in read_rows("columns.tsv")}
