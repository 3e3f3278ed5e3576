"""Pieces of a source: the least that is computed for itself, a page or a run of rows of a table.

Where a run of rows ends is told by the rows themselves, so that a row put in or taken out changes the run
that it stands in and no other.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from analysis.corrections.files import CorrectionError, read_fixes
from analysis.metadata.dates import parse_file_date
from analysis.pages import ID_CHARS, LeftOutError, check_file, say_duplicate
from analysis.sources.encodings import EncodingError
from analysis.sources.files import (
    TABLE_SUFFIXES,
    SourceError,
    SourceFile,
    find_suffix,
    list_paths,
    read_files,
)
from analysis.sources.tables import LINE_SUFFIXES, is_utf8, iter_lines, iter_rows
from analysis.store.digests import take_digest
from analysis.store.fingerprints import fingerprint

#: A run of rows ends behind a row whose checksum this divides: so many rows on the average.
MEAN_ROWS = 64
#: Most rows of a run.
MOST_ROWS = 512


class Piece(NamedTuple):
    """A page or a run of rows.

    Attributes:
        key: Fingerprint of all that its results depend on.
        kind: page or rows.
        name: Path of the file below the source.
        page_id: Id of the file.
        content: Bytes of the page, or the rows as JSON lines.
        fixes: Bytes of the file of corrections of a page.
        fault: Why that cannot be read.
    """

    key: str
    kind: str
    name: str
    page_id: str
    content: bytes
    fixes: bytes = b""
    fault: str = ""


class Entry(NamedTuple):
    """A file of the source: one that holds pieces, or one that cannot be read; `twin` has the same bytes."""

    file: str
    page_id: str = ""
    kind: str = ""
    pieces: Iterable[Piece] = ()
    what: str = ""
    why: str = ""
    twin: str = ""


def list_entries(source: Path) -> Iterator[Entry]:
    """List the files of a source in the order of `read_source`, each with its pieces.

    Args:
        source: A file or a folder that exists.

    Yields:
        One entry a file. Its pieces are read as they are asked for.
    """
    folder = source if source.is_dir() else source.parent
    seen: dict[str, str] = {}
    for file in _list_files(source):
        page_id = ""
        try:
            page_id = _identify(file)
            if page_id in seen:
                raise say_duplicate(seen[page_id])
            seen[page_id] = file.name
            kind = "rows" if find_suffix(file.name) in TABLE_SUFFIXES else "page"
            cut = _cut_rows if kind == "rows" else _cut_page
            yield Entry(file.name, page_id, kind, cut(file, page_id, folder))
        except LeftOutError as problem:
            yield Entry(file.name, what=problem.what, why=str(problem), twin=seen.get(page_id, ""))
        except (SourceError, EncodingError) as error:
            what = getattr(error, "what", SourceError.what)
            yield Entry(file.name, what=what, why=str(error))


def cut_lines(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Cut the lines of a table into runs, behind lines that say so by their checksum.

    Example:
        >>> lines = [str(n).encode() for n in range(1000)]
        >>> runs, later = list(cut_lines(lines)), list(cut_lines([b"new", *lines]))
        >>> sum(runs, []) == lines, len(runs) > 4, runs[1:] == later[1:]
        (True, True, True)
    """
    run: list[bytes] = []
    for line in lines:
        run.append(line)
        if zlib.crc32(line) % MEAN_ROWS == 0 or len(run) == MOST_ROWS:
            yield run
            run = []
    if run:
        yield run


class _Path(NamedTuple):
    """A table of JSON lines on the disk, too large perhaps to be held."""

    name: str
    path: Path


def _list_files(source: Path) -> Iterator[SourceFile | _Path]:
    """List the files of a source; tables of JSON lines are left on the disk."""
    for path, name, error in list_paths(source):
        if error:
            yield SourceFile(name, b"", error)
        elif find_suffix(name) in LINE_SUFFIXES and is_utf8(path):
            yield _Path(name, path)
        else:
            yield from (file._replace(name=_below(name, file.name)) for file in read_files(path))


def _below(name: str, found: str) -> str:
    """The name of a file, or of one in an archive, below the source."""
    inner = found.split("/", 1)[1:]
    return "/".join([name, *inner])


def _identify(file: SourceFile | _Path) -> str:
    if isinstance(file, SourceFile):
        check_file(file)
        return hashlib.sha256(file.content).hexdigest()[:ID_CHARS]
    try:
        digest = take_digest(file.path)
    except OSError as error:
        raise SourceError(f"cannot be opened ({error.strerror}); check its rights") from error
    if digest.is_blank:
        check_file(SourceFile(file.name, b""))
    return digest.sha256.hex()[:ID_CHARS]


def _cut_page(file: SourceFile, page_id: str, folder: Path) -> Iterator[Piece]:
    fixes, fault = b"", ""
    try:
        fixes = read_fixes(folder, file.name)
    except CorrectionError as error:
        fault = str(error)
    key = fingerprint("page", file.name, file.content, fixes or fault)
    yield Piece(key, "page", file.name, page_id, file.content, fixes, fault)


def _cut_rows(file: SourceFile | _Path, page_id: str, _folder: Path) -> Iterator[Piece]:
    given = str(parse_file_date(file.name))
    lines = iter_lines(file.path) if isinstance(file, _Path) else _encode(file)
    for run in cut_lines(lines):
        content = b"\n".join(run)
        yield Piece(fingerprint("rows", given, content), "rows", file.name, page_id, content)


def _encode(file: SourceFile) -> Iterator[bytes]:
    return (line.encode("utf-8", "surrogatepass") for line in iter_rows(file.name, file.content))
