"""Newspaper pages from files: one row a page, and a row for every file that cannot be one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.metadata import describe_page
from analysis.schema import ARTICLES, PAGES, PROBLEMS, conform, empty
from analysis.sources.encodings import EncodingError, decode_text
from analysis.sources.files import SourceError, SourceFile, list_contents, read_files
from analysis.sources.names import FOREIGN_SUFFIXES, TABLE_SUFFIXES
from analysis.sources.tables import read_articles

#: Hex digits of a page's id: enough for a million pages without a clash (chance below 1 in 500).
ID_CHARS = 12

#: Most bytes of one page: a hundred times a full one. What is larger is no page but a pile of them.
PAGE_BYTES = 4 << 20


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

    Pages are .txt and .md files in UTF-8, UTF-16, GB 18030 or Big5; tables of ready-made articles are .csv,
    .tsv, .xlsx, .jsonl and .parquet files; a .zip file stands for the files in it. Hidden files and README
    files are passed over.

    A table stands in `pages` as one row: paper, place and day are those that all its articles share, and its
    source is empty, so that splitting finds nothing in it.

    A page's id is the first hex digits of the SHA-256 of its file's bytes: the same on every machine and
    under every name. The same bytes twice are one page; the second file becomes a problem.

    Args:
        source: A file, or a folder that is searched with all folders in it.

    Returns:
        Pages, ready-made articles and problems, each by path.

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
    """
    root = Path(source)
    if not root.exists():
        raise PageError(f"{root}: no such file or folder; expected a page (.txt, .md) or a folder of pages")
    reading = parse_files(read_files(root))
    if reading.pages.empty:
        raise PageError(say_why_empty(root, reading.problems.to_dict("records")))
    return reading


def parse_contents(files: Iterable[tuple[str, bytes]]) -> Reading:
    """Read files that came with their bytes, as `read_source` reads those of a folder.

    Args:
        files: Name and bytes of each.

    Returns:
        Pages, ready-made articles and problems, each by name; none of them when nothing can be read.

    Example:
        >>> reading = parse_contents([("a.txt", "本报讯 会议召开。".encode()), ("b.txt", b"")])
        >>> reading.pages["file"].tolist(), reading.problems["file"].tolist()
        (['a.txt'], ['b.txt'])
    """
    return parse_files(list_contents(files))


def parse_files(files: Iterable[SourceFile]) -> Reading:
    """Turn the files of a source into pages, ready-made articles and problems (see `read_source`)."""
    pages, articles, problems, seen = [], [], [], {}
    for file in files:
        try:
            page_id = _identify(file, seen)
            if file.suffix in TABLE_SUFFIXES:
                articles.append(read_articles(file.name, file.content, page_id))
                pages.append(describe_table(file.name, page_id, articles[-1]))
                texts = articles[-1]["text"]
            else:
                pages.append(read_page(file, page_id))
                texts = [pages[-1]["source"]]
            seen[page_id] = file.name
            problems += find_damage(file.name, texts)
        except LeftOutError as problem:
            problems.append({"file": file.name, "what": problem.what, "why": str(problem)})
        except (SourceError, EncodingError) as error:
            what = getattr(error, "what", SourceError.what)
            problems.append({"file": file.name, "what": what, "why": str(error)})
    return Reading(
        conform(pd.DataFrame(pages).sort_values("file"), PAGES) if pages else empty(PAGES),
        conform(pd.concat(articles), ARTICLES) if articles else empty(ARTICLES),
        conform(pd.DataFrame(problems).sort_values("file"), PROBLEMS) if problems else empty(PROBLEMS),
    )


def find_damage(name: str, texts: Iterable[str]) -> list[dict[str, str]]:
    """Find characters that could not be read; the text is counted all the same.

    Args:
        name: Path of the file.
        texts: What was read.

    Returns:
        A row of table `problems`, or none.

    Example:
        >>> find_damage("a.txt", ["会\ufffd召开"])[0]["why"]
        '1 characters could not be read and stand as \ufffd; save the text anew in UTF-8'
    """
    strays = sum(text.count("\ufffd") for text in texts)
    why = f"{strays} characters could not be read and stand as \ufffd; save the text anew in UTF-8"
    return [{"file": name, "what": "damaged", "why": why}] if strays else []


class LeftOutError(ValueError):
    """A file that is left out: what is the matter in a word, why and the cure as the message."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(why)
        self.what = what


def check_file(file: SourceFile) -> None:
    """Refuse a file that cannot be a page or a table.

    Args:
        file: As from `read_files`.

    Raises:
        SourceError: It could not be read.
        LeftOutError: It is of a foreign format or holds nothing.
    """
    if file.error:
        raise file.error
    if file.suffix in FOREIGN_SUFFIXES:
        raise LeftOutError("no text file", f"a {file.suffix} file is no text; save its text as .txt in UTF-8")
    if not file.content.strip():
        raise LeftOutError("empty", "the file holds nothing; put the page's text into it or delete it")


def _identify(file: SourceFile, seen: dict[str, str]) -> str:
    """The id of a file that can be read and was not read before."""
    check_file(file)
    page_id = hashlib.sha256(file.content).hexdigest()[:ID_CHARS]
    if page_id in seen:
        raise say_duplicate(seen[page_id])
    return page_id


def say_duplicate(first: str) -> LeftOutError:
    """Say that a file holds the bytes of another one."""
    return LeftOutError("duplicate", f"holds the bytes of {first} once more and is not counted; delete one")


def read_page(file: SourceFile, page_id: str) -> dict[str, object]:
    """Read one page as a row of table `pages`.

    Args:
        file: A file of text.
        page_id: Its id.

    Returns:
        The row by column.

    Raises:
        EncodingError: The bytes are no text.
        LeftOutError: There are more of them than a page can have.
    """
    if len(file.content) > PAGE_BYTES:
        size, most = len(file.content) / (1 << 20), PAGE_BYTES >> 20
        raise LeftOutError(
            "too large", f"holds {size:,.0f} MB, and no newspaper page has {most} MB; cut it into its pages"
        )
    text, encoding = decode_text(file.content)
    return {
        "page_id": page_id,
        "file": file.name,
        **describe_page(text, file.name)._asdict(),
        "n_articles": pd.NA,
        "n_chars": len("".join(text.split())),
        "encoding": encoding,
        "source": text,
    }


def describe_table(name: str, page_id: str, articles: pd.DataFrame) -> dict[str, object]:
    """Describe a table of ready-made articles as a row of table `pages`.

    Args:
        name: Path of the file.
        page_id: Its id.
        articles: Its rows, with the columns of place and date and `n_chars`.

    Returns:
        The row by column; paper, place and day are those that all articles share.
    """
    shared = {name: _only(articles[name]) for name in ("paper", "province", "city", "county", "date")}
    return shared | {
        "page_id": page_id,
        "file": name,
        "date_basis": "given" if pd.notna(shared["date"]) else "unknown",
        "n_articles": pd.NA,
        "n_chars": articles["n_chars"].sum(),
        "text_quality": 1.0,
        "encoding": "",
        "source": "",
    }


def _only(values: pd.Series) -> object:
    """The one value of a column, or None where its rows differ."""
    known = values.drop_duplicates()
    return known.iloc[0] if len(known) == 1 and pd.notna(known.iloc[0]) else None


def say_why_empty(root: Path, problems: Sequence[Mapping[str, str]]) -> str:
    """Say why a source gives no page, by the first of its problems: file and why."""
    if problems:
        first = problems[0]
        return f"{root}: nothing in it can be read; {first['file']}: {first['why']}"
    return f"{root}: holds no page; put text files (.txt, .md) into it"
