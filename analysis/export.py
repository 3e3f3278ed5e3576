"""Tables as files: CSV that Excel opens with its Chinese intact, Parquet, and all of them in one archive."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.corpus import Tables
from analysis.schema import TABLES

#: File formats that `write_tables` knows.
FORMATS = ("csv", "parquet")
#: Edition of the tables: counted up when a column changes its name or its meaning.
TABLES_EDITION = 1
README = "README.txt"
#: The day of every file in an archive, the earliest it can say: the same tables make the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o644 << 16
#: A spreadsheet runs a cell as a formula when it opens with a sign, white space or quotes aside.
_SIGN = "[=+\\-@＝＋－＠]"
_BLANKS = (
    "\\v\\f\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200f\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff\"'"
)
#: Where semicolons or tabs part cells, a quotation mark inside a row quotes nothing: each of them, and each
#: line end in a cell, may open another cell.
_BORDERS = ";\\t\\r\\n"
_OPENING = f"[{_BLANKS}]*{_SIGN}"
_AT_START = f"(?:'*[\\t\\r\\n\\0]|{_OPENING})"
_RISKY = f"^{_AT_START}|[{_BORDERS}]{_OPENING}"
_DISARM = re.compile(f"\\A(?={_AT_START})|(?<=[{_BORDERS}])(?={_OPENING})")
_RESTORE = re.compile(f"\\A'(?={_AT_START})|(?<=[{_BORDERS}])'(?={_OPENING})")
_UNSAFE_IN_NAMES = re.compile(r"[^\w.+-]+")


class ExportError(ValueError):
    """The tables cannot be written as asked."""


def format_csv(frame: pd.DataFrame) -> bytes:
    """Write a frame as the bytes of a CSV file for spreadsheets.

    Text that a spreadsheet would run as a formula gets an apostrophe in front, which Excel and LibreOffice
    show as text: at the start of a cell, and behind a semicolon, a tab or a line end in it, for a spreadsheet
    of another country may take these for borders of cells. Numbers and dates are left as they are.

    Args:
        frame: Any frame; its index is not written.

    Returns:
        UTF-8 with BOM, rows ended by CR LF, missing values as empty cells, dates as YYYY-MM-DD.

    Note:
        The apostrophes are part of the cell: offsets of `slogan_hits` count without them, and
        `restore_cells` takes them away. Parquet files hold the cells unchanged.

    Source:
        OWASP, "CSV Injection".

    Example:
        >>> format_csv(pd.DataFrame({"headline": ["=1+1", "一老一小"], "n": [-1, 2]})).decode("utf-8-sig")
        "headline,n\\r\\n'=1+1,-1\\r\\n一老一小,2\\r\\n"
    """
    safe = frame.copy(deep=False)
    for name in frame.columns:
        if isinstance(frame[name].dtype, pd.StringDtype) or frame[name].dtype == object:
            safe[name] = _disarm(frame[name])
        elif isinstance(frame[name].dtype, pd.CategoricalDtype):
            safe[name] = _disarm(frame[name].astype("str"))
    safe.columns = [_DISARM.sub("'", name) if isinstance(name, str) else name for name in frame.columns]
    text = safe.to_csv(index=False, lineterminator="\r\n", date_format="%Y-%m-%d")
    return text.encode("utf-8-sig")


def restore_cells(cells: pd.Series) -> pd.Series:
    """Take away the apostrophes that `format_csv` put into a column of text.

    Args:
        cells: A column as read from the file.

    Returns:
        The cells as they were.

    Example:
        >>> restore_cells(pd.Series(["'=1+1", "甲;'=1", "'90年代"])).tolist()
        ['=1+1', '甲;=1', "'90年代"]
    """
    return cells.map(lambda cell: _RESTORE.sub("", cell) if isinstance(cell, str) else cell)


def write_tables(tables: Tables, folder: str | Path, *, form: str = "csv") -> list[Path]:
    """Write every table into a folder, one file each.

    Args:
        tables: The nine tables.
        folder: Made when it is missing; files of the same name are replaced.
        form: csv or parquet.

    Returns:
        The paths written, in the order of `schema.TABLES`.

    Raises:
        ExportError: The format is unknown, or the folder cannot be written.
    """
    if form not in FORMATS:
        raise ExportError(f"format '{form}' is unknown; choose one of {', '.join(FORMATS)}")
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [
            _write_table(getattr(tables, name)[table.exported], folder / f"{name}.{form}", form)
            for name, table in TABLES.items()
        ]
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror}; choose a folder that can be written") from error


def zip_tables(tables: Tables, readme: str | None = None) -> bytes:
    """Pack every table as a CSV file (see `format_csv`) into one archive, with a README.

    Args:
        tables: The nine tables.
        readme: What the README says; what `describe_tables` says when None.

    Returns:
        The bytes of a .zip file: README.txt (UTF-8 with BOM, lines ended by CR LF), then <table>.csv in the
        order of `schema.TABLES`. The same tables make the same bytes.
    """
    text = describe_tables(tables) if readme is None else readme
    contents = {README: "\r\n".join([*text.splitlines(), ""]).encode("utf-8-sig")}
    contents |= {
        f"{name}.csv": format_csv(getattr(tables, name)[table.exported]) for name, table in TABLES.items()
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.create_system, info.external_attr = 3, _PLAIN_FILE
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def describe_tables(tables: Tables) -> str:
    """Describe the tables in words: what a row is, how many there are, and what each column means.

    Args:
        tables: The nine tables.

    Returns:
        Lines of text, a paragraph for each table in the order of `schema.TABLES`.
    """
    lines = [f"Tables of newspaper articles, edition {TABLES_EDITION}"]
    for name, table in TABLES.items():
        lines += ["", f"{name}.csv: one row per {table.grain}; {len(getattr(tables, name))} rows"]
        lines += [f"  {column.name}: {column.meaning}" for column in table.columns if column.exported]
    return "\n".join(lines)


def name_file(table: str, parts: Iterable[str] = (), *, form: str = "csv") -> str:
    """Name a download so that it tells table and selection.

    Args:
        table: What the file holds.
        parts: Words of the selection; empty ones are left out.
        form: File ending.

    Returns:
        A name without characters that a file system or a shell could trip over, at most 120 long.

    Example:
        >>> name_file("keywords", ["新昌县", "", "a/b"])
        'tifa_keywords_新昌县_a-b.csv'
    """
    words = [_UNSAFE_IN_NAMES.sub("-", part).strip("-.") for part in ("tifa", table, *parts)]
    return "_".join(word for word in words if word)[:115] + f".{form}"


def _disarm(cells: pd.Series) -> pd.Series:
    risky = cells.str.contains(_RISKY, regex=True, na=False)
    if not risky.any():
        return cells
    return cells.where(~risky, cells[risky].map(lambda cell: _DISARM.sub("'", cell)))


def _write_table(frame: pd.DataFrame, path: Path, form: str) -> Path:
    if form == "csv":
        path.write_bytes(format_csv(frame))
    else:
        frame.to_parquet(path, index=False, compression="zstd")
    return path
