"""Stamps: a build with nothing to do is known as such, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.store import build_store
from analysis.store import stamps as stamps_module
from analysis.store.stamps import find_unchanged, stamp_build
from tests.store.corpora import copy_seeds

ROOT = Path(__file__).parent.parent.parent


def test_nothing_changed_is_known(tmp_path):
    source, folder = copy_seeds(tmp_path / "source", 1), tmp_path / "store"
    assert find_unchanged(folder, stamp_build(source)) is None
    store = build_store(source, folder, stamp=stamp_build(source))
    assert find_unchanged(folder, stamp_build(source)) == store.manifest
    (source / "notes.json").touch()
    assert find_unchanged(folder, stamp_build(source)) == store.manifest, "no page, no table"


@pytest.mark.parametrize("change", ["page", "name", "new page", "correction", "word list", "code", "part"])
def test_any_change_is_seen(tmp_path, monkeypatch, change):
    source, folder = copy_seeds(tmp_path / "source", 1), tmp_path / "store"
    store = build_store(source, folder, stamp=stamp_build(source))
    page, lists = next(source.glob("*.txt")), []
    if change == "page":
        page.write_bytes(page.read_bytes()[:-9])
    elif change == "name":
        page.rename(source / "other.txt")
    elif change == "new page":
        (source / "more.txt").write_text("本报讯 会议召开。", encoding="utf-8")
    elif change == "correction":
        page.with_name(f"{page.name}.fix").touch()
    elif change == "word list":
        lists = [page]
    elif change == "code":
        versions = stamps_module.print_stages() | {"topics": "another"}
        monkeypatch.setattr(stamps_module, "print_stages", lambda: versions)
    else:
        (folder / "parts" / store.manifest.tables["problems"]).unlink()
    assert find_unchanged(folder, stamp_build(source, *lists)) is None


def test_it_is_told_without_the_libraries_of_tables():
    script = (
        "import sys, analysis.__main__, analysis.store.stamps as s; s.print_stages(); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert not {"pandas", "pyarrow", "scipy", "numpy", "jieba"} & set(done.stdout.split())
