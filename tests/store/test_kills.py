"""A build that stops at any moment leaves the old or the new tables; see `tests.faults` for real kills."""

from __future__ import annotations

import json
import os

import pytest

from analysis.store import build_store, open_store, read_tables
from analysis.store import building as building_module
from analysis.store import manifest as manifest_module
from tests.store.corpora import copy_seeds, write_table, write_tables


class _KilledError(BaseException):
    """Stands for a kill: no code of the build catches it."""


@pytest.fixture
def count_writes(monkeypatch):
    """Have the nth replacement of a file not happen; 0 lets all happen and counts them."""
    state = {"n": 0, "die_at": 0}
    replace = os.replace

    def replace_or_die(*paths):
        state["n"] += 1
        if state["n"] == state["die_at"]:
            raise _KilledError
        replace(*paths)

    monkeypatch.setattr(manifest_module.os, "replace", replace_or_die)
    return state


def test_a_stop_before_any_replacement_leaves_the_old_tables(tmp_path, count_writes):
    before, after = copy_seeds(tmp_path / "before", 1), copy_seeds(tmp_path / "after", 1)
    write_table(after / "news.jsonl", 20)
    store = tmp_path / "store"
    old = write_tables(read_tables(build_store(before, store)))
    count_writes["n"] = 0
    new = write_tables(read_tables(build_store(after, tmp_path / "new")))
    writes = count_writes["n"]
    assert writes > 15
    for moment in (1, 2, writes // 2, writes - 1, writes):
        count_writes |= {"n": 0, "die_at": moment}
        with pytest.raises(_KilledError):
            build_store(after, tmp_path / f"store{moment}")
        count_writes |= {"n": 0, "die_at": 0}
        assert write_tables(read_tables(build_store(after, tmp_path / f"store{moment}"))) == new
    assert write_tables(read_tables(open_store(store))) == old


def test_the_next_build_takes_up_what_a_killed_one_has_computed(tmp_path, monkeypatch):
    source = copy_seeds(tmp_path / "source", 1)
    monkeypatch.setattr(building_module, "merge_tables", lambda *_: (_ for _ in ()).throw(_KilledError))
    with pytest.raises(_KilledError):
        build_store(source, tmp_path / "store")
    monkeypatch.undo()
    ran = []
    monkeypatch.setattr(building_module, "run_job", ran.append)
    store = build_store(source, tmp_path / "store")
    assert not ran
    assert not list((tmp_path / "store" / "parts").glob("*.json"))
    assert store.manifest.counts["pages"] == 1


def test_a_torn_note_of_a_killed_build_is_passed_over(tmp_path):
    source = copy_seeds(tmp_path / "source", 1)
    (tmp_path / "store" / "parts").mkdir(parents=True)
    (tmp_path / "store" / "parts" / "batch-1.json").write_text('{"split": ')
    (tmp_path / "store" / "parts" / "batch-2.json").write_text(json.dumps([]))
    assert build_store(source, tmp_path / "store").manifest.counts["pages"] == 1


def test_a_note_that_was_changed_is_not_believed(tmp_path, monkeypatch):
    source, store = copy_seeds(tmp_path / "source", 1), tmp_path / "store"
    expected = write_tables(read_tables(build_store(source, tmp_path / "whole")))
    monkeypatch.setattr(building_module, "merge_tables", lambda *_: (_ for _ in ()).throw(_KilledError))
    with pytest.raises(_KilledError):
        build_store(source, store)
    monkeypatch.undo()
    (note,) = (store / "parts").glob("*.json")
    content = note.read_bytes()
    at = content.index(b'"rows": [') + len(b'"rows": [')
    note.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    assert write_tables(read_tables(build_store(source, store))) == expected


def test_the_names_of_parts_are_on_the_disk_before_the_manifest(tmp_path, monkeypatch):
    store, done = tmp_path / "store", []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(
        manifest_module.os, "fsync", lambda handle: done.append(os.fstat(handle).st_ino) or sync(handle)
    )
    monkeypatch.setattr(
        manifest_module.os, "replace", lambda *paths: done.append(paths[1].name) or replace(*paths)
    )
    build_store(copy_seeds(tmp_path / "source", 1), store)
    synced = done.index((store / "parts").stat().st_ino)
    last = max(number for number, name in enumerate(done) if str(name).endswith(".parquet"))
    assert last < synced < done.index("manifest.json") < done.index(store.stat().st_ino)
