"""Disks that are full, and stores that cannot be written to, on small file systems in memory."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.shelves import shelve_store
from analysis.store import StoreError, build_store, open_store
from tests.faults.builds import Report, list_strays, make_sources, read_store

NOT_ROOT = "not tried: mounting a small disk takes root"
_BLOCK = 4096


@cache
def can_mount() -> bool:
    """Tell whether this process may mount file systems."""
    with TemporaryDirectory() as folder:
        try:
            with mount_disk(Path(folder), 64):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


@contextmanager
def mount_disk(folder: Path, blocks: int) -> Iterator[None]:
    """Mount a file system of so many blocks of 4 kB."""
    folder.mkdir(exist_ok=True)
    _mount("-t", "tmpfs", "-o", f"size={blocks * _BLOCK}", "tmpfs", str(folder))
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True, capture_output=True)


def fill_disks(folder: Path, times: int, seed: int = 1) -> Report:
    """Build on disks with too little room, each a little other.

    Args:
        folder: Scratch folder.
        times: Disks to fill.
        seed: Of the sizes.

    Returns:
        What was found.
    """
    if not can_mount():
        return Report(NOT_ROOT, [])
    before, after = make_sources(folder)
    build_store(before, folder / "old")
    build_store(after, folder / "new")
    old, new = read_store(folder / "old"), read_store(folder / "new")
    least, more = _count_blocks(folder / "old"), _count_blocks(folder / "new")
    chance, faults, full = random.Random(seed), [], 0
    disk = folder / "disk"
    for number in range(times):
        blocks = least + chance.randint(0, more)
        with mount_disk(disk, blocks):
            store = disk / "store"
            shutil.copytree(folder / "old", store)
            try:
                build_store(after, store)
                expected = new
            except StoreError as error:
                full, expected = full + 1, old
                if str(disk) not in str(error) or "make room there and build again" not in str(error):
                    faults.append(f"{number}: {error}")
            faults += [f"{path.name} was left lying" for path in store.rglob("*.tmp")]
            if read_store(store) != expected:
                faults.append(f"{number}: other tables after a full disk")
            _mount("-o", f"remount,size={(least + more) * 4 * _BLOCK}", str(disk))
            build_store(after, store)
            if read_store(store) != new:
                faults.append(f"{number}: other tables after a build with room")
            faults += list_strays(store)
    line = (
        f"{times} disks of too little room: {full} builds stopped with the old tables, {times - full} fitted"
    )
    return Report(f"{line}; all went through with room", faults)


def read_locked(folder: Path, times: int, seed: int = 1) -> Report:
    """Read stores on file systems that cannot be written to, in the app too, and try to build there.

    Args:
        folder: Scratch folder.
        times: How often everything is read.
        seed: Not used: nothing here is left to chance.

    Returns:
        What was found.
    """
    if not can_mount():
        return Report(NOT_ROOT, [])
    before, after = make_sources(folder)
    build_store(before, folder / "old")
    old = read_store(folder / "old")
    rolled = _roll(folder / "old")
    disk, faults, shown = folder / "disk", [], 0
    with mount_disk(disk, 4 * _count_blocks(folder / "old")):
        store = disk / "store"
        shutil.copytree(folder / "old", store, ignore=shutil.ignore_patterns("cubes"))
        _mount("-o", "remount,ro", str(disk))
        for number in range(times):
            if read_store(store) != old or _roll(store) != rolled:
                faults.append(f"{number}: other tables")
            try:
                build_store(after, store)
                faults.append(f"{number}: the build says nothing")
            except StoreError as error:
                if str(disk) not in str(error) or "choose a folder that can be written" not in str(error):
                    faults.append(f"{number}: {error}")
            shown, said = _open_pages(store)
            faults += said
    line = f"{times} times a store that cannot be written to: all tables read, {shown} pages of the app shown"
    return Report(f"{line}, a build told why not", faults)


def _roll(folder: Path) -> bytes:
    shelf = shelve_store(open_store(folder))
    return shelf.origin.read_rolled(shelf.lexicon).astype({"slogan": "str", "field": "str"}).to_csv().encode()


def _open_pages(store: Path) -> tuple[int, list[str]]:
    """Open the pages of the app on a store: their number, and what is wrong with them."""
    from tests.test_dashboard import PAGES, ROOT, open_app, turn_to  # noqa: PLC0415, it loads Streamlit

    os.environ["TIFA_STORE"] = str(store)
    try:
        apps = [(page, turn_to(open_app(ROOT), page)) for page in PAGES]
    finally:
        del os.environ["TIFA_STORE"]
    wrong = [f"{page}: {[*app.exception, *app.error]}" for page, app in apps if app.exception or app.error]
    return len(apps), wrong


def _mount(*words: str) -> None:
    subprocess.run(["mount", *words], check=True, capture_output=True)


def _count_blocks(folder: Path) -> int:
    """Count the blocks that a store takes; its folders take none."""
    return sum(-(-path.stat().st_size // _BLOCK) for path in folder.rglob("*") if path.is_file())
