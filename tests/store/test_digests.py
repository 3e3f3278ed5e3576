"""Digests of files: taken once while a file stays as it is, and anew whenever it may be another."""

from __future__ import annotations

import hashlib
import os
import time

import pytest

from analysis.store import digests as module
from analysis.store.digests import take_digest


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A file that has stood for an hour."""
    monkeypatch.setattr(module, "_KNOWN", {})
    later = time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr(module.time, "time_ns", lambda: later)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"one")
    return path


def count_reads(monkeypatch) -> list[int]:
    taken = []
    real = hashlib.sha256
    monkeypatch.setattr(module.hashlib, "sha256", lambda *given: taken.append(1) or real(*given))
    return taken


def test_a_file_that_stays_is_read_once(path, monkeypatch):
    taken = count_reads(monkeypatch)
    first = take_digest(path)
    assert first == (hashlib.sha256(b"one").digest(), False)
    taken.clear()
    assert take_digest(path) == first
    assert not taken


@pytest.mark.parametrize("change", ["bytes", "bytes of the same size and time", "another file"])
def test_a_file_that_may_be_another_is_read_again(path, change):
    take_digest(path)
    info = path.stat()
    if change == "another file":
        other = path.with_name("other")
        other.write_bytes(b"two")
        os.utime(other, ns=(info.st_atime_ns, info.st_mtime_ns))
        other.rename(path)
    else:
        path.write_bytes(b"two" if "same" in change else b"two and more")
        if "same" in change:
            os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert take_digest(path).sha256 == hashlib.sha256(path.read_bytes()).digest()


def test_a_file_that_was_just_changed_is_not_remembered(path, monkeypatch):
    monkeypatch.setattr(module.time, "time_ns", lambda: path.stat().st_mtime_ns + 1_000_000)
    take_digest(path)
    assert not module._KNOWN


def test_not_more_files_are_remembered_than_may_be(path, monkeypatch):
    monkeypatch.setattr(module, "_MOST", 2)
    for name in "abc":
        path.with_name(name).write_bytes(b"x")
        take_digest(path.with_name(name))
    assert len(module._KNOWN) == 1


def test_white_space_alone_is_known(path):
    path.write_bytes(b" \n\t ")
    assert take_digest(path).is_blank
    path.write_bytes(b"")
    assert take_digest(path).is_blank
