"""Newspaper pages from files: one row a page, and a row for every file that cannot be one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.metadata import describe_page
from analysis.schema import ARTICLES, PAGES, PROBLEMS, conform, empty
from analysis.sources.encodings import EncodingError, decode_text

#: Ends of the names of files that hold a page.
PAGE_SUFFIXES = (".txt", ".md")
#: Hex digits of a page's id: enough for a million pages without a clash (chance below 1 in 500).
ID_CHARS = 12


class PageError(ValueError):
    """A source holds no page that can be read."""


class Reading(NamedTuple):
    """What a source holds.

    Attributes:
        pages: Table `pages`.
        articles: Table `articles`, of those that the source brings ready-made.
        problems: Table `problems`: a row per file that could not be read, or was left out.
    """

    pages: pd.DataFrame
    articles: pd.DataFrame
    problems: pd.DataFrame


def read_pages(source: str | Path) -> pd.DataFrame:
    """Read the pages of a file or a folder (see `read_source`).

    Args:
        source: A file, or a folder that is searched with all folders in it.

    Returns:
        Table `pages`, a row per page, by path. `n_articles` is missing until the pages are split.

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
    """
    return read_source(source).pages


def read_source(source: str | Path) -> Reading:
    """Read a file or a folder; what cannot be read becomes a row of `problems` and the rest goes on.

    A page's id is the first hex digits of the SHA-256 of its file's bytes: the same on every machine and
    under every name. The same bytes twice are one page; the second file becomes a problem.

    Args:
        source: A file, or a folder that is searched with all folders in it. Hidden files and README files
            are no pages.

    Returns:
        Pages, ready-made articles and problems, each by path.

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
    """
    root = Path(source)
    files = _find_files(root)
    pages, problems, seen = [], [], {}
    for path in files:
        name = path.relative_to(root).as_posix() if root.is_dir() else path.name
        try:
            pages.append(_read_page(path, name, seen))
        except (OSError, EncodingError, _DuplicateError) as error:
            problems.append(_describe_problem(name, error))
    if not pages:
        raise PageError(f"{root}: no file can be read; {problems[0]['file']}: {problems[0]['why']}")
    return Reading(conform(pd.DataFrame(pages), PAGES), empty(ARTICLES), _frame(problems))


class _DuplicateError(ValueError):
    pass


def _find_files(root: Path) -> list[Path]:
    if not root.exists():
        raise PageError(f"{root}: no such file or folder; expected a page (.txt, .md) or a folder of pages")
    if root.is_file():
        return [root]
    files = sorted(path for path in root.rglob("*") if path.is_file() and _is_page(path.relative_to(root)))
    if not files:
        raise PageError(f"{root}: holds no page; put files ending in {', '.join(PAGE_SUFFIXES)} into it")
    return files


def _is_page(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.suffix.lower() in PAGE_SUFFIXES and path.stem.upper() != "README"


def _read_page(path: Path, name: str, seen: dict[str, str]) -> dict[str, object]:
    content = path.read_bytes()
    page_id = hashlib.sha256(content).hexdigest()[:ID_CHARS]
    if page_id in seen:
        raise _DuplicateError(f"holds the same bytes as {seen[page_id]} and is counted once; delete one")
    text, encoding = decode_text(content)
    seen[page_id] = name
    return {
        "page_id": page_id,
        "file": name,
        **describe_page(text, name)._asdict(),
        "n_articles": pd.NA,
        "n_chars": len("".join(text.split())),
        "encoding": encoding,
        "source": text,
    }


def _describe_problem(name: str, error: Exception) -> dict[str, str]:
    if isinstance(error, _DuplicateError):
        return {"file": name, "what": "duplicate", "why": str(error)}
    if isinstance(error, EncodingError):
        return {"file": name, "what": "no text", "why": str(error)}
    return {"file": name, "what": "cannot be opened", "why": f"{error}; check the rights of the file"}


def _frame(problems: list[dict[str, str]]) -> pd.DataFrame:
    return conform(pd.DataFrame(problems), PROBLEMS) if problems else empty(PROBLEMS)
