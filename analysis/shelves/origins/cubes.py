"""Cubes: what follows from a store and takes long to make, kept beside its tables for the next opening.

A cube is never needed: where it is absent, damaged or cannot be written, it is made anew.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from analysis.store.manifest import StoreError, replace_file

#: Folder of the cubes in the folder of the store.
FOLDER = "cubes"
_SUM_BYTES = hashlib.sha256().digest_size


def read_cube(folder: Path, name: str, mark: str) -> bytes | None:
    """Read what was kept.

    Args:
        folder: Folder of the store.
        name: Of the cube.
        mark: Fingerprint of what it was made of.

    Returns:
        The bytes; None when there are none, or others than were written.
    """
    try:
        content = (folder / FOLDER / f"{name}-{mark}").read_bytes()
    except OSError:
        return None
    kept = content[_SUM_BYTES:]
    return kept if _sum(mark, kept) == content[:_SUM_BYTES] else None


def keep_cube(folder: Path, name: str, mark: str, content: bytes) -> None:
    """Keep a cube in the place of the one before, if the folder of the store can be written to.

    Args:
        folder: Folder of the store.
        name: Of the cube.
        mark: Fingerprint of what it was made of.
        content: Its bytes; their checksum, and that of the mark, is written before them.
    """
    path = folder / FOLDER / f"{name}-{mark}"
    with suppress(OSError, StoreError):
        path.parent.mkdir(exist_ok=True)
        replace_file(path, _sum(mark, content) + content)
        for old in path.parent.glob(f"{name}-*"):
            if old != path:
                old.unlink(missing_ok=True)


def _sum(mark: str, content: bytes) -> bytes:
    digest = hashlib.sha256(mark.encode())
    digest.update(content)
    return digest.digest()
