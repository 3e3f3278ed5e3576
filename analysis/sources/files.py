"""The files of a source: those of a folder, those that an archive holds, those that came with their bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

#: Ends of names: pages, tables of ready-made articles, archives of either.
PAGE_SUFFIXES = (".txt", ".md")
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".jsonl.gz", ".parquet")
ARCHIVE_SUFFIX = ".zip"
#: Ends of names of files that people take for pages; they become problems. Other files are passed over.
FOREIGN_SUFFIXES = (".pdf", ".doc", ".docx", ".wps", ".html", ".htm", ".xls", ".rar", ".7z", ".rtf", ".epub")
_KNOWN_SUFFIXES = (*PAGE_SUFFIXES, *TABLE_SUFFIXES, ARCHIVE_SUFFIX, *FOREIGN_SUFFIXES)
#: Most bytes of one file, of all files of an archive together, and most files of an archive.
FILE_BYTES, ARCHIVE_BYTES, ARCHIVE_FILES = 64 << 20, 512 << 20, 20_000
#: Most times that a file in an archive may grow when it is unpacked; text grows three to ten times.
ARCHIVE_RATIO = 200
#: Bytes of a file to which the ratio does not apply.
SMALL_BYTES = 1 << 20

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class SourceError(ValueError):
    """A file of a source cannot be read; the message says why, and the cure.

    Attributes:
        what: What is the matter, in a word or two.
    """

    what = "unreadable"


class ExcessError(SourceError):
    """A file of a source is beyond a limit."""

    what = "too many"


class SourceFile(NamedTuple):
    """One file: its path below the source, and its bytes or what keeps them from being read."""

    name: str
    content: bytes
    error: SourceError | None = None

    @property
    def suffix(self) -> str:
        """The end of the name, in lower case, with its dot."""
        return find_suffix(self.name)


def find_suffix(name: str) -> str:
    """Find the end of a name, in lower case; of a compressed table, both.

    Example:
        >>> find_suffix("2024/A.TXT"), find_suffix("news.jsonl.gz"), find_suffix("old.gz")
        ('.txt', '.jsonl.gz', '.gz')
    """
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    both = "".join(suffixes)
    return both if both in TABLE_SUFFIXES else "".join(suffixes[-1:])


def read_files(root: Path) -> Iterator[SourceFile]:
    """Read the files of a folder, or the one file, by path; an archive stands for the files in it.

    Hidden files, README files and files of other kinds are passed over, in archives too.

    Args:
        root: A file or a folder that exists.

    Yields:
        Every page and table, and every file that cannot be read, with its `error`.
    """
    single = root.is_file()
    paths = [root] if single else sorted(path for path in root.rglob("*") if path.is_file())
    for path in paths:
        name = path.name if single else path.relative_to(root).as_posix()
        if not single and not is_wanted(name):
            continue
        yield from _read(path, name)


def list_contents(files: Iterable[tuple[str, bytes]]) -> Iterator[SourceFile]:
    """List files that came with their bytes, by name; an archive stands for the files in it.

    Nothing is written to the disk. Each file was given on purpose: none is passed over, except in archives.

    Args:
        files: Name and bytes of each.

    Yields:
        Every page and table, and every file that cannot be read, with its `error`.

    Example:
        >>> [file.name for file in list_contents([("../b.txt", b"b"), ("C:\\\\a.txt", b"a")])]
        ['C:/a.txt', 'b.txt']
    """
    for name, content in sorted((clean_name(name), content) for name, content in files):
        yield from _open_content(name, content)


def clean_name(name: str) -> str:
    """Clean the path of a file of what leads out of a folder, and of characters that cannot be printed.

    Example:
        >>> clean_name("..\\\\etc/./a\\n.txt"), clean_name("../")
        ('etc/a.txt', '?')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "".join(char for char in "/".join(parts) if char.isprintable()) or "?"


def is_wanted(name: str) -> bool:
    """Tell whether a file may be meant as a page, a table or an archive.

    Example:
        >>> is_wanted("2022/01.txt"), is_wanted("README.md"), is_wanted(".git/a.txt"), is_wanted("a.jsonl.gz")
        (True, False, False, True)
    """
    path = Path(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and find_suffix(name) in _KNOWN_SUFFIXES and path.stem.upper() != "README"


def _read(path: Path, name: str) -> Iterator[SourceFile]:
    try:
        if path.stat().st_size > (ARCHIVE_BYTES if path.suffix.lower() == ARCHIVE_SUFFIX else FILE_BYTES):
            raise SourceError(f"is larger than {FILE_BYTES >> 20} MB; cut it into pages")
        if path.suffix.lower() == ARCHIVE_SUFFIX:
            yield from _read_archive(path, name)
        else:
            yield SourceFile(name, path.read_bytes())
    except SourceError as error:
        yield SourceFile(name, b"", error)
    except OSError as error:
        yield SourceFile(name, b"", SourceError(f"cannot be opened ({error.strerror}); check its rights"))


def _open_content(name: str, content: bytes) -> Iterator[SourceFile]:
    suffix = Path(name).suffix.lower()
    try:
        if suffix not in _KNOWN_SUFFIXES:
            kinds = ", ".join((*PAGE_SUFFIXES, *TABLE_SUFFIXES, ARCHIVE_SUFFIX))
            raise SourceError(f"is of no kind that can be read; expected {kinds}")
        if len(content) > FILE_BYTES:
            raise SourceError(f"is larger than {FILE_BYTES >> 20} MB; cut it into pages")
        if suffix == ARCHIVE_SUFFIX:
            yield from _read_archive(io.BytesIO(content), name)
        else:
            yield SourceFile(name, content)
    except SourceError as error:
        yield SourceFile(name, b"", error)


def _read_archive(file: Path | io.BytesIO, name: str) -> Iterator[SourceFile]:
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise SourceError("is no sound zip archive; pack it again") from error
    with archive:
        members = sorted((member_name(info), info) for info in archive.infolist() if not info.is_dir())
        check_archive([info for _, info in members])
        for inner, info in members:
            if is_wanted(inner):
                yield _read_member(archive, info, f"{name}/{inner}")


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a file in an archive, without any way out of it; old Windows archives have GBK names."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = info.filename
    return clean_name(name)


def check_archive(members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive that claims more files or bytes than the limits.

    Raises:
        SourceError: It does; the message names the limit.
    """
    if len(members) > ARCHIVE_FILES:
        raise SourceError(f"holds {len(members)} files, more than {ARCHIVE_FILES}; split it")
    if sum(info.file_size for info in members) > ARCHIVE_BYTES:
        raise SourceError(f"unpacks to more than {ARCHIVE_BYTES >> 20} MB; split it")


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> SourceFile:
    try:
        return SourceFile(name, _unpack(archive, info))
    except SourceError as error:
        return SourceFile(name, b"", error)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        why = SourceError(f"cannot be unpacked ({type(error).__name__}); pack the archive again")
        return SourceFile(name, b"", why)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & _ENCRYPTED:
        raise SourceError("is encrypted; pack the archive without a password")
    if info.filename.lower().endswith(ARCHIVE_SUFFIX):
        raise SourceError("is an archive in an archive; unpack it first")
    growth = info.file_size / max(info.compress_size, 1)
    if info.file_size > FILE_BYTES or (info.file_size > SMALL_BYTES and growth > ARCHIVE_RATIO):
        raise SourceError("unpacks to more than a page can hold; leave it out of the archive")
    with archive.open(info) as member:
        content = member.read(FILE_BYTES + 1)
    if len(content) > FILE_BYTES:
        raise SourceError("unpacks to more than a page can hold; leave it out of the archive")
    return content
