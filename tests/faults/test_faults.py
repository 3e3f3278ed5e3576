"""A few of each fault; `python -m tests.faults` brings about many."""

from __future__ import annotations

import errno
import os

import pytest

from analysis.store import StoreError, build_store
from analysis.store import manifest as manifest_module
from tests.faults import disks
from tests.faults.bits import spoil_files
from tests.faults.builds import make_sources, read_store
from tests.faults.clocks import turn_back
from tests.faults.kills import kill_builds
from tests.faults.together import build_together

takes_root = pytest.mark.skipif(not disks.can_mount(), reason=disks.NOT_ROOT)


@pytest.mark.parametrize(
    ("bring_about", "times"), [(kill_builds, 3), (build_together, 1), (spoil_files, 12), (turn_back, 1)]
)
def test_no_fault_leaves_wrong_tables(tmp_path, bring_about, times):
    assert bring_about(tmp_path, times).faults == []


@takes_root
def test_a_full_disk_stops_a_build_and_spoils_nothing(tmp_path):
    report = disks.fill_disks(tmp_path, 2, seed=4)
    assert report.faults == []
    assert "2 builds stopped" in report.line


@takes_root
def test_a_store_that_cannot_be_written_to_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(disks, "_open_pages", lambda _: (0, []))  # 5 s; the command opens them
    assert disks.read_locked(tmp_path, 1).faults == []


@pytest.fixture
def fail_at(monkeypatch):
    """Have the nth file not reach the disk; 0 lets all reach it and counts them."""
    state = {"n": 0, "at": 0, "errno": errno.ENOSPC}
    fsync = os.fsync

    def fsync_or_fail(handle: int) -> None:
        state["n"] += 1
        if state["n"] == state["at"]:
            raise OSError(state["errno"], os.strerror(state["errno"]))
        fsync(handle)

    monkeypatch.setattr(manifest_module.os, "fsync", fsync_or_fail)
    return state


def test_any_file_that_cannot_be_written_is_named_with_the_cure(tmp_path, fail_at):
    before, after = make_sources(tmp_path)
    store = tmp_path / "store"
    build_store(before, store)
    old, fail_at["n"] = read_store(store), 0
    build_store(after, tmp_path / "new")
    count = fail_at["n"]
    cures = {errno.ENOSPC: "make room there", errno.EIO: "check the disk", errno.EROFS: "choose a folder"}
    for share, (number, cure) in zip((0, 0.2, 0.5), cures.items(), strict=True):
        # A build takes up what the one before has computed, and writes fewer files.
        fail_at |= {"n": 0, "at": 1 + int(share * count), "errno": number}
        with pytest.raises(StoreError, match=rf"{store}.*cannot be written .*{cure}"):
            build_store(after, store)
        assert read_store(store) == old
        assert not list(store.rglob("*.tmp"))
        fail_at["at"] = 0
    build_store(after, store)
    assert read_store(store) == read_store(tmp_path / "new")


@pytest.mark.parametrize("name", ["lock", "parts", "the folder"])
def test_what_stands_in_the_way_of_a_store_is_named(tmp_path, name):
    before, _ = make_sources(tmp_path)
    store = tmp_path / "store"
    if name == "lock":
        (store / name).mkdir(parents=True)
    elif name == "parts":
        store.mkdir()
        (store / name).touch()
    else:
        store.touch()
    with pytest.raises(StoreError, match=r"store.*choose a folder that can be written"):
        build_store(before, store)
