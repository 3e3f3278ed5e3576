"""Damaged stores: what is damaged is named with its cure, and the next build mends it."""

from __future__ import annotations

import re

import pytest

from analysis.store import StoreError, build_store, open_store, read_tables
from tests.store.corpora import copy_seeds, write_table, write_tables


@pytest.mark.parametrize("fault", ["torn", "flipped", "lost"])
def test_a_damaged_part_is_named_and_mended(tmp_path, fault):
    source = copy_seeds(tmp_path / "source", 1)
    store = build_store(source, tmp_path / "store")
    expected = write_tables(read_tables(store))
    name = store.manifest.batches[0].parts["hits"]
    path = tmp_path / "store" / "parts" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content[:-7] if fault == "torn" else content)
    if fault == "lost":
        path.unlink()
    with pytest.raises(StoreError, match=re.escape(name) + ".*delete it and build again"):
        read_tables(open_store(tmp_path / "store"))
    path.unlink(missing_ok=True)
    store = build_store(source, tmp_path / "store")
    assert write_tables(read_tables(store)) == expected


def test_any_part_that_was_deleted_is_made_anew(tmp_path):
    source, folder = copy_seeds(tmp_path / "source", 0), tmp_path / "store"
    (source / "page.txt").write_text("本报讯 推进共同富裕示范区建设。\n" * 9, encoding="utf-8")
    write_table(source / "news.jsonl", 9)
    store = build_store(source, folder)
    expected, files = write_tables(read_tables(store)), sorted(store.manifest.checks)
    assert len(files) > 20
    for name in files:
        path = folder / "parts" / name
        path.unlink(missing_ok=True)
        mended = build_store(source, folder)
        assert write_tables(read_tables(mended)) == expected, name
        assert all((folder / "parts" / part).is_file() for part in mended.manifest.checks), name


def test_a_part_that_is_damaged_while_the_store_is_open_is_named(tmp_path):
    store = build_store(copy_seeds(tmp_path / "source", 1), tmp_path / "store")
    read_tables(store)
    path = tmp_path / "store" / "parts" / store.manifest.tables["slogan_frequencies"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreError, match=re.escape(path.name) + ".*damaged"):
        store.read_table("slogan_frequencies")


@pytest.mark.parametrize(
    "damage", [lambda c: c[:-1], lambda c: b"{}\n{}", lambda c: c.replace(b'"format": 1', b'"format": 9')]
)
def test_a_damaged_manifest_is_named(tmp_path, damage):
    build_store(copy_seeds(tmp_path / "source", 1), tmp_path / "store")
    path = tmp_path / "store" / "manifest.json"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StoreError, match=r"manifest\.json.*build again"):
        open_store(tmp_path / "store")
