"""One build at a time: a lock that the system takes away when the process ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from analysis.store.manifest import StoreError, say_unwritten

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

#: Name of the lock in the folder of the store.
NAME = "lock"

_HELD: list[BinaryIO] = []


def _give_back() -> None:
    """Close the locks that a forked process has got with it: it would hold them when its parent is killed."""
    for file in _HELD:
        file.close()
    _HELD.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_give_back)


@contextmanager
def lock_store(folder: Path) -> Iterator[None]:
    """Hold the lock of a store.

    Args:
        folder: The folder of the store, which exists.

    Raises:
        StoreError: Another process holds it, or the folder cannot be written.
    """
    try:
        opened = (folder / NAME).open("a+b")
    except OSError as error:
        raise say_unwritten(folder / NAME, error) from error
    with opened as file:
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise StoreError(
                f"{folder}: another build is writing here; wait until it ends, or choose another --store"
            ) from error
        _HELD.append(file)
        try:
            yield
        finally:
            _HELD.remove(file)
