"""A store keeps the word lists that it was built with, and is read with no others."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analysis import slogans, topics
from analysis.shelves import shelve_store
from analysis.store import StoreError, build_store, open_store
from analysis.store.manifest import write_manifest
from tests.store.corpora import copy_seeds


@pytest.fixture
def source(tmp_path):
    return copy_seeds(tmp_path / "source", 1)


def test_a_store_gives_the_lists_of_the_product_when_they_built_it(tmp_path, source):
    store = build_store(source, tmp_path / "store")
    pd.testing.assert_frame_equal(store.read_lexicon(), slogans.read_lexicon())
    pd.testing.assert_frame_equal(store.read_taxonomy(), topics.read_taxonomy())


def test_a_store_gives_the_lists_of_its_owner(tmp_path, source):
    lexicon, taxonomy = slogans.read_lexicon().head(400), topics.read_taxonomy().head(300)
    build_store(source, tmp_path / "store")
    build_store(source, tmp_path / "store", lexicon=lexicon, taxonomy=taxonomy)
    store = open_store(tmp_path / "store")
    pd.testing.assert_frame_equal(store.read_lexicon(), lexicon)
    pd.testing.assert_frame_equal(store.read_taxonomy(), taxonomy)
    shelf = shelve_store(store)
    pd.testing.assert_frame_equal(shelf.lexicon, lexicon)
    pd.testing.assert_frame_equal(shelf.taxonomy, taxonomy)
    back = build_store(source, tmp_path / "store")
    pd.testing.assert_frame_equal(back.read_lexicon(), slogans.read_lexicon())


def test_a_store_keeps_its_lists_when_the_product_gets_others(tmp_path, source, monkeypatch):
    store, lexicon = build_store(source, tmp_path / "store"), slogans.read_lexicon()
    monkeypatch.setattr(slogans, "read_lexicon", lambda: lexicon.head(9))
    pd.testing.assert_frame_equal(store.read_lexicon(), lexicon)


def test_a_store_of_a_version_without_lists_says_so_and_is_mended_by_a_build(tmp_path, source):
    folder = tmp_path / "store"
    whole = build_store(source, folder).manifest
    tables = {name: part for name, part in whole.tables.items() if name not in ("lexicon", "taxonomy")}
    write_manifest(folder, replace(whole, tables=tables))
    for read in (open_store(folder).read_lexicon, open_store(folder).read_taxonomy):
        with pytest.raises(StoreError, match=r"earlier version.*build it again"):
            read()
    build_store(source, folder)
    assert open_store(folder).manifest == whole
