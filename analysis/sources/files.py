"""The files of a source: those of a folder, those that an archive holds, those that came with their bytes."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from analysis.sources.names import (
    ARCHIVE_SUFFIX,
    KNOWN_SUFFIXES,
    PAGE_SUFFIXES,
    TABLE_SUFFIXES,
    clean_name,
    find_suffix,
    is_wanted,
    number_names,
    show_name,
)

#: Most bytes of one file, of all files of an archive together, and most files of an archive.
FILE_BYTES, ARCHIVE_BYTES, ARCHIVE_FILES = 64 << 20, 512 << 20, 20_000
#: Most times that a file in an archive may grow when it is unpacked; text grows three to ten times.
ARCHIVE_RATIO = 200
#: Bytes of a file to which the ratio does not apply.
SMALL_BYTES = 1 << 20

#: Most memory that reading one file of a source takes, beyond what the program holds already.
MEMORY_BYTES = 1 << 30

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What every entry of an archive opens with; archives that are stored inside have entries of their own.
_ENTRY, _MOST_ENTRIES = b"PK\x01\x02", 10 * ARCHIVE_FILES
_BLOCK = 1 << 20
#: What `zipfile` raises on spoiled archives.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, LookupError,
    ArithmeticError,
)  # fmt: skip


class SourceError(ValueError):
    """A file of a source cannot be read; the message says why, and the cure.

    Attributes:
        what: What is the matter, in a word or two.
    """

    what = "unreadable"


class ExcessError(SourceError):
    """A file of a source is beyond a limit."""

    what = "too many"


class SizeError(SourceError):
    """A file of a source is larger than any page."""

    what = "too large"


class FilePath(NamedTuple):
    """A file on the disk: where it is, its path below the source as it is shown, what keeps it unread."""

    path: Path
    name: str
    error: SourceError | None = None


class SourceFile(NamedTuple):
    """One file: its path below the source, and its bytes or what keeps them from being read."""

    name: str
    content: bytes
    error: SourceError | None = None

    @property
    def suffix(self) -> str:
        """The end of the name, in lower case, with its dot."""
        return find_suffix(self.name)


def list_paths(root: Path) -> Iterator[FilePath]:
    """List the files of a folder, or the one file, by path; none is opened.

    A link to a file counts as the file while that lies in the folder; links to folders are not followed.

    Args:
        root: A file or a folder that exists.

    Yields:
        Every page, table, archive and foreign file that is not hidden, and every folder that cannot be
        listed; with an `error` if it is no file, or a link out of the folder.
    """
    if not root.is_dir():
        yield FilePath(root, show_name(root.name), find_fault(root))
        return
    found, waiting = [], [root]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            found.append((folder, _cannot_open(error)))
            continue
        for entry in entries:
            path = folder / entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting += [] if entry.name.startswith(".") else [path]
            elif is_wanted(path.relative_to(root).as_posix()) or _is_folder_link(path):
                found.append((path, find_fault(path, root)))
    found.sort(key=lambda pair: pair[0])
    names = number_names(show_name(path.relative_to(root).as_posix()) for path, _ in found)
    for name, (path, error) in zip(names, found, strict=True):
        yield FilePath(path, name, error)


def read_files(root: Path) -> Iterator[SourceFile]:
    """Read the files of a folder, or the one file, by path; an archive stands for the files in it.

    Hidden files, README files and files of other kinds are passed over, in archives too. Memory stays
    within `MEMORY_BYTES`: a file is read up to `FILE_BYTES`, an archive member by member.

    Args:
        root: A file or a folder that exists.

    Yields:
        Every page and table, and every file that cannot be read, with its `error`.
    """
    for path, name, error in list_paths(root):
        if error:
            yield SourceFile(name, b"", error)
        else:
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


def _is_folder_link(path: Path) -> bool:
    return path.is_symlink() and path.is_dir() and not path.name.startswith(".")


def find_fault(path: Path, root: Path | None = None) -> SourceError | None:
    """Find what keeps a file from being opened: that it is none, or lies outside the folder that is read."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if path.is_symlink():
            return SourceError("is a link that leads nowhere; put the file itself in its place")
        return _cannot_open(error)
    if stat.S_ISDIR(mode):
        return SourceError("is a link to a folder, which is not followed; put the folder itself in its place")
    if not stat.S_ISREG(mode):
        return SourceError("is a pipe, socket or device, not a file; put a file in its place")
    if root and path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        return SourceError("is a link to a file outside the folder; put the file itself in its place")
    return None


def _cannot_open(error: OSError) -> SourceError:
    return SourceError(f"cannot be opened ({error.strerror}); check its rights")


def _read(path: Path, name: str) -> Iterator[SourceFile]:
    try:
        is_archive = find_suffix(path.name) == ARCHIVE_SUFFIX
        with path.open("rb") as file:
            most = ARCHIVE_BYTES if is_archive else FILE_BYTES
            if os.fstat(file.fileno()).st_size > most:
                raise _too_large(most)
            if is_archive:
                yield from _read_archive(file, name)
                return
            content = file.read(most + 1)
            if len(content) > most:
                raise _too_large(most)
            yield SourceFile(name, content)
    except SourceError as error:
        yield SourceFile(name, b"", error)
    except OSError as error:
        yield SourceFile(name, b"", _cannot_open(error))


def _too_large(most: int) -> SizeError:
    return SizeError(f"is larger than {most >> 20} MB; cut it into pages")


def _open_content(name: str, content: bytes) -> Iterator[SourceFile]:
    suffix = find_suffix(name)
    try:
        if suffix not in KNOWN_SUFFIXES:
            kinds = ", ".join((*PAGE_SUFFIXES, *TABLE_SUFFIXES, ARCHIVE_SUFFIX))
            raise SourceError(f"is of no kind that can be read; expected {kinds}")
        if len(content) > FILE_BYTES:
            raise _too_large(FILE_BYTES)
        if suffix == ARCHIVE_SUFFIX:
            yield from _read_archive(io.BytesIO(content), name)
        else:
            yield SourceFile(name, content)
    except SourceError as error:
        yield SourceFile(name, b"", error)


def _read_archive(file: BinaryIO, name: str) -> Iterator[SourceFile]:
    with open_archive(file) as archive:
        members = sorted(
            ((member_name(info), info) for info in archive.infolist() if not info.filename.endswith("/")),
            key=lambda member: member[0],
        )
        check_archive([info for _, info in members])
        names = number_names(inner for inner, _ in members)
        for inner, (_, info) in zip(names, members, strict=True):
            if is_wanted(inner):
                yield _read_member(archive, info, f"{name}/{inner}")


def open_archive(file: BinaryIO) -> zipfile.ZipFile:
    """Open a zip archive whose list of files is short enough to be held.

    Raises:
        SourceError: It is none, or its list is too long.
    """
    entries, tail = 0, b""
    while block := file.read(_BLOCK):
        entries += (tail + block).count(_ENTRY)
        tail = block[-len(_ENTRY) + 1 :]
    if entries > _MOST_ENTRIES:
        raise SourceError(f"holds more than {ARCHIVE_FILES} files; split it")
    try:
        return zipfile.ZipFile(file)
    except (*_UNREADABLE, NotImplementedError) as error:
        raise SourceError("is no sound zip archive; pack it again") from error


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
    except (*_UNREADABLE, NotImplementedError) as error:
        why = SourceError(f"cannot be unpacked ({type(error).__name__}); pack the archive again")
        return SourceFile(name, b"", why)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The bytes of a member; `zipfile` reads no more of them than its entry says, and checks their sum."""
    if info.flag_bits & _ENCRYPTED:
        raise SourceError("is encrypted; pack the archive without a password")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise SourceError("is a link; pack the file itself")
    if info.filename.lower().endswith(ARCHIVE_SUFFIX):
        raise SourceError("is an archive in an archive; unpack it first")
    if info.compress_type not in _METHODS:
        raise SourceError("is packed in an unusual way; pack the archive as plain zip")
    growth = info.file_size / max(info.compress_size, 1)
    if info.file_size > FILE_BYTES or (info.file_size > SMALL_BYTES and growth > ARCHIVE_RATIO):
        raise SourceError("unpacks to more than a page can hold; leave it out of the archive")
    with archive.open(info) as member:
        return member.read(FILE_BYTES)
