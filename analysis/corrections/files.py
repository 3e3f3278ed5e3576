"""The small file beside a page that keeps what a person corrected."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.schema import PROBLEMS, conform
from analysis.sources.files import find_fault

#: What a person can say, and what start, end and at mean then (offsets into the page's source).
ACTIONS = {
    "merge": "The article at `at` is the rest of the article at `start`.",
    "split": "A new article begins at `start`.",
    "headline": "The characters from `start` to `end` are the headline of the article at `at`.",
    "remove": "What stands at `start` is no article.",
}
COLUMNS = {"page_id": "str", "action": "str", "start": "int64", "end": "int64", "at": "int64"}
#: The file of a page's corrections has the page's name and this end.
SUFFIX = ".fix"
#: Most bytes of such a file: tens of thousands of corrections.
FIX_BYTES = 1 << 20


class CorrectionError(ValueError):
    """A correction does not fit its page."""


class Corrections(NamedTuple):
    """What the files beside the pages say.

    Attributes:
        rows: One row per correction (columns `COLUMNS`), in the order of the pages and of each file.
        problems: Table `problems`: a row for every file or row that cannot be used.
    """

    rows: pd.DataFrame
    problems: pd.DataFrame


def read_corrections(source: str | Path, pages: pd.DataFrame) -> Corrections:
    """Read the files of corrections that lie beside pages.

    Args:
        source: The file or folder that the pages were read from.
        pages: Table `pages` from there.

    Returns:
        The corrections that fit the pages as they are now, and the problems.
    """
    root = Path(source)
    folder = root.parent if root.is_file() else root
    found, problems = [], []
    for page in pages[["page_id", "file"]].itertuples(index=False):
        try:
            content = read_fixes(folder, page.file)
        except CorrectionError as error:
            problems.append((f"{page.file}{SUFFIX}", "correction", str(error)))
            continue
        if content:
            rows, problem = fit_corrections(content, page.file, page.page_id)
            found.append(rows)
            problems += problem
    corrections = pd.concat(found, ignore_index=True) if found else no_corrections()
    return Corrections(corrections, list_problems(problems))


def read_fixes(folder: Path, file: str) -> bytes:
    """Read the file of corrections beside a page.

    Args:
        folder: The folder that the page was read from.
        file: Path of the page in it.

    Returns:
        Its bytes; none where there is no such file.

    Raises:
        CorrectionError: It is a link out of the folder, no file at all, too large, or cannot be opened.
    """
    path = folder / f"{file}{SUFFIX}"
    if not os.path.lexists(path) or (path.is_dir() and not path.is_symlink()):
        return b""
    if fault := find_fault(path, folder):
        raise CorrectionError(str(fault))
    try:
        with path.open("rb") as opened:
            content = opened.read(FIX_BYTES + 1)
    except OSError as error:
        raise CorrectionError(f"cannot be opened ({error.strerror}); check its rights") from error
    if len(content) > FIX_BYTES:
        raise CorrectionError(
            f"is larger than {FIX_BYTES >> 20} MB, as no corrections are; correct the page anew"
        )
    return content


def fit_corrections(content: bytes, file: str, page_id: str) -> tuple[pd.DataFrame, list[tuple[str, ...]]]:
    """Keep the corrections of a file that are for a page as it is now.

    Args:
        content: Bytes of the file of corrections.
        file: Name of the page.
        page_id: Its id.

    Returns:
        The corrections, and the problems as (file, what, why).
    """
    try:
        rows = parse_corrections(content)
    except CorrectionError as error:
        return no_corrections(), [(f"{file}{SUFFIX}", "correction", str(error))]
    stale = rows["page_id"] != page_id
    why = f"{stale.sum()} rows are for another state of {file}; correct the page anew"
    return rows[~stale], [(f"{file}{SUFFIX}", "correction", why)] if stale.any() else []


def parse_corrections(content: bytes) -> pd.DataFrame:
    """Read the bytes of a file of corrections.

    Args:
        content: Tab-separated UTF-8 with the columns page_id, action, start, end, at.

    Returns:
        One row per correction, columns `COLUMNS`, in the order of the file.

    Raises:
        CorrectionError: The bytes are no such table; the message names line and cure.
    """
    try:
        rows = pd.read_csv(io.BytesIO(content), sep="\t", dtype="str", keep_default_na=False, quoting=3)
    except (ValueError, UnicodeDecodeError) as error:
        raise CorrectionError(f"is no table of corrections ({error}); expected {_header()}") from error
    if rows.columns.tolist() != list(COLUMNS):
        raise CorrectionError(f"has the columns {', '.join(map(str, rows.columns))}; expected {_header()}")
    for line, row in enumerate(rows.itertuples(index=False), 2):
        if row.action not in ACTIONS:
            raise CorrectionError(
                f"line {line}: '{row.action}' is no action; expected one of {', '.join(ACTIONS)}"
            )
        if not all(re.fullmatch(r"\d{1,12}", number) for number in (row.start, row.end, row.at)):
            raise CorrectionError(f"line {line}: start, end and at must be whole numbers")
    return rows.astype(COLUMNS)


def format_corrections(corrections: pd.DataFrame) -> bytes:
    """Write corrections as the bytes of the file that is put beside the page (see `parse_corrections`)."""
    return corrections[list(COLUMNS)].to_csv(sep="\t", index=False, lineterminator="\n").encode("utf-8")


def no_corrections() -> pd.DataFrame:
    """Make the table of corrections without rows."""
    return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in COLUMNS.items()})


def list_problems(rows: list[tuple[str, str, str]]) -> pd.DataFrame:
    """Make table `problems` from (file, what, why)."""
    return conform(pd.DataFrame(rows, columns=PROBLEMS.names), PROBLEMS)


def _header() -> str:
    return "<TAB>".join(COLUMNS)
