"""Arrays kept beside a store, as cubes are: many numbers in one checksummed file, read as they will be used.

They are read into memory, not mapped from the file. Mapped, they count as fast and processes would share
them, but a file that is cut short under a process ends it, and what changes after the check goes unseen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import RawIOBase
from pathlib import Path

import numpy as np

from analysis.shelves.origins.cubes import FOLDER
from analysis.store.manifest import StoreError, replace_file

# Bytes read at once.
_PIECE = 1 << 23
_SUM_BYTES = hashlib.sha256().digest_size


def read_arrays(folder: Path, name: str, mark: str) -> dict[str, np.ndarray] | None:
    """Read arrays that were kept.

    Args:
        folder: Folder of the store.
        name: Under which they were kept.
        mark: Fingerprint of what they were made of.

    Returns:
        The arrays by name, not to be written to; None when there are none, or others than were written.
    """
    try:
        with (folder / FOLDER / f"{name}-{mark}").open("rb", buffering=0) as file:
            kept, head = file.read(_SUM_BYTES), file.readline()
            digest = _start(mark, head)
            # Nothing in the file is believed before this: the list has a checksum of its own.
            if file.read(_SUM_BYTES) != digest.digest():
                return None
            arrays = {name: np.empty(size, dtype) for name, dtype, size in json.loads(head)}
            is_whole = _fill(file, arrays.values(), digest) and not file.read(1)
    except OSError:
        return None
    for array in arrays.values():
        array.flags.writeable = False
    return arrays if is_whole and digest.digest() == kept else None


def keep_arrays(folder: Path, name: str, mark: str, arrays: Mapping[str, np.ndarray]) -> None:
    """Keep arrays in the place of those before, if the folder of the store can be written to.

    Args:
        folder: Folder of the store.
        name: Under which they are kept.
        mark: Fingerprint of what they were made of.
        arrays: Arrays of numbers in one dimension.
    """
    path = folder / FOLDER / f"{name}-{mark}"
    listed = [[name, array.dtype.str, array.size] for name, array in arrays.items()]
    head = json.dumps(listed).encode() + b"\n"
    digest = _start(mark, head)
    start, contents = digest.digest(), [np.ascontiguousarray(array) for array in arrays.values()]
    for content in contents:
        digest.update(content)
    with suppress(OSError, StoreError):
        path.parent.mkdir(exist_ok=True)
        replace_file(path, b"".join([digest.digest(), head, start, *(each.data for each in contents)]))
        for old in path.parent.glob(f"{name}-*"):
            if old != path:
                old.unlink(missing_ok=True)


def _fill(file: RawIOBase, arrays: Iterable[np.ndarray], digest: hashlib._Hash) -> bool:
    """Fill arrays from a file, each piece read while the last is digested; tell whether it has enough."""
    with ThreadPoolExecutor(1) as thread:
        for array in arrays:
            content = memoryview(array).cast("B") if array.size else memoryview(b"")
            for first in range(0, len(content), _PIECE):
                piece = content[first : first + _PIECE]
                filled = 0
                while filled < len(piece) and (more := file.readinto(piece[filled:])):
                    filled += more
                if filled < len(piece):
                    return False
                thread.submit(digest.update, piece)
    return True


def _start(mark: str, head: bytes) -> hashlib._Hash:
    digest = hashlib.sha256(mark.encode())
    digest.update(head)
    return digest
