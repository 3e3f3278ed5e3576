"""The manifest: the one file that says what a store holds, and whose replacement commits a build."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

#: Name of the manifest in the folder of the store.
NAME = "manifest.json"
#: Layout of the store; another number cannot be read.
FORMAT = 1
_CURE = "delete the folder and build again"
_FULL = (errno.ENOSPC, errno.EDQUOT)
#: Bytes that the first line of a manifest has at most.
_HEAD_BYTES = 200


class StoreError(ValueError):
    """A store is absent, broken, in use, or of another format."""


@dataclass(frozen=True)
class Batch:
    """Pieces of the source that were computed together.

    Attributes:
        pieces: Fingerprint of each piece.
        rows: Rows of table `articles` that each piece gave.
        notes: What went wrong: (number of the piece, file, what, why).
        parts: Name of the file of each part.
    """

    pieces: list[str]
    rows: list[int]
    notes: list[list]
    parts: dict[str, str]


@dataclass(frozen=True)
class Manifest:
    """What a store holds.

    Attributes:
        stages: Fingerprint of code and word lists of each stage.
        files: The files of the source in the order of the tables: `file`, and either `kind` (page or rows),
            `page_id` and `pieces`, or `what` and `why` it could not be read.
        batches: All batches.
        tables: Name of the file of each table that is made of all batches.
        inputs: Fingerprint of what each of these tables was made of.
        checks: Size and SHA-256 of every file, by name.
        counts: Rows of the tables `pages`, `articles` (without teasers and notices) and `problems`.
    """

    stages: dict[str, str] = field(default_factory=dict)
    files: list[dict] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    checks: dict[str, tuple[int, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a store.

    Raises:
        StoreError: There is none, it is damaged, or of another format.
    """
    path = folder / NAME
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise StoreError(
            f"{folder}: holds no store; make one with python -m analysis build SOURCE --store {folder}"
        ) from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); check its rights") from error
    known, body = unseal(content)
    if not known:
        raise StoreError(f"{path}: is damaged (its checksum differs); {_CURE}")
    if known.get("format") != FORMAT:
        raise StoreError(f"{path}: has format {known.get('format')}, expected {FORMAT}; {_CURE}")
    values = json.loads(body)
    return Manifest(**values | {"batches": [Batch(**batch) for batch in values["batches"]]})


def read_stamp(folder: Path) -> str:
    """Read what tells one build of a store from another, whatever the clock says; "" when there is none."""
    try:
        with (folder / NAME).open("rb") as file:
            return file.readline(_HEAD_BYTES).decode("ascii", "replace")
    except OSError:
        return ""


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Commit a manifest: the old one stands until the new one is whole on the disk."""
    body = json.dumps(asdict(manifest), ensure_ascii=False, separators=(",", ":")).encode()
    replace_file(folder / NAME, seal(body))
    sync_folder(folder)


def seal(body: bytes) -> bytes:
    """Put a line with format and checksum before some bytes.

    Example:
        >>> known, body = unseal(seal(b"x"))
        >>> known["format"], body, unseal(seal(b"x")[:-1])
        (1, b'x', ({}, b''))
    """
    head = {"format": FORMAT, "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(head).encode() + b"\n" + body


def unseal(content: bytes) -> tuple[dict, bytes]:
    """Read what `seal` has made: what its line says, and the bytes; nothing where they are others."""
    head, _, body = content.partition(b"\n")
    try:
        known = json.loads(head)
        is_whole = known["sha256"] == hashlib.sha256(body).hexdigest()
    except (ValueError, TypeError, KeyError):
        is_whole, known = False, {}
    return (known, body) if is_whole else ({}, b"")


def replace_file(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, wait for the disk, and give it its name.

    Raises:
        StoreError: It cannot be written; nothing is left of it.
    """
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise say_unwritten(path, error) from error


def say_unwritten(path: Path, error: OSError) -> StoreError:
    """Say why something cannot be written, and the cure."""
    if error.errno in _FULL:
        cure = "make room there and build again; what is computed stays computed"
    elif error.errno == errno.EIO:
        cure = "check the disk and build again"
    else:
        cure = "choose a folder that can be written"
    return StoreError(f"{path}: cannot be written ({error.strerror}); {cure}")


def sync_folder(folder: Path) -> None:
    """Wait until the names of a folder's files are on the disk, where the system knows how to.

    Raises:
        StoreError: The disk refuses.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise say_unwritten(folder, error) from error
