"""Digests of the files of a source, taken once as long as a file stays as it is.

A build needs that of every file twice, and a process that stays needs it again for every page that is added.
Whether a file is as it was is told by its inode, its size and its times, and only once these are so old that
a further change cannot hide within what a clock tells apart. Another process takes all digests anew.
"""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import NamedTuple

_BLOCK = 1 << 20
#: Nanoseconds behind the last change of a file from which its times can be trusted.
_SETTLED = 2_000_000_000
#: Most files that are remembered.
_MOST = 100_000


class Digest(NamedTuple):
    """SHA-256 of the bytes of a file, and whether they are all white space."""

    sha256: bytes
    is_blank: bool


_KNOWN: dict[str, tuple[tuple[int, ...], Digest]] = {}


def take_digest(path: Path) -> Digest:
    """Take the digest of a file.

    Raises:
        OSError: It cannot be read.
    """
    name = os.path.abspath(path)
    with path.open("rb") as file:
        state = _look(file.fileno())
        known, digest = _KNOWN.get(name, ((), None))
        if known == state:
            return digest
        sha256, is_blank = hashlib.sha256(), True
        while block := file.read(_BLOCK):
            sha256.update(block)
            is_blank = is_blank and not block.strip()
        digest = Digest(sha256.digest(), is_blank)
        if _look(file.fileno()) == state and max(state[-2:]) < time.time_ns() - _SETTLED:
            if len(_KNOWN) >= _MOST:
                _KNOWN.clear()
            _KNOWN[name] = state, digest
    return digest


def _look(handle: int) -> tuple[int, ...]:
    info = os.fstat(handle)
    return info.st_dev, info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns
