"""Cubes: kept for the next opening, and never believed when they are not what was written."""

from __future__ import annotations

import errno

import numpy as np
import pandas as pd
import pytest

from analysis.shelves import shelve_store
from analysis.shelves.origins import stored as stored_module
from analysis.slogans import read_lexicon
from analysis.store import build_store, open_store
from analysis.store import manifest as manifest_module
from tests.store.corpora import copy_seeds, write_table

PLACES = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    source = copy_seeds(tmp_path_factory.mktemp("source"), 1)
    write_table(source / "news.jsonl", 40)
    folder = tmp_path_factory.mktemp("store")
    build_store(source, folder)
    return folder


@pytest.fixture
def store(folder):
    for path in _list_cubes(folder):
        path.unlink()
    return folder


def _list_cubes(folder):
    return sorted((folder / "cubes").glob("*"))


def _roll(folder, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    rolled = shelve_store(open_store(folder)).origin.read_rolled(
        read_lexicon() if lexicon is None else lexicon
    )
    return rolled.astype({"slogan": "str", "field": "str"})


def _nest(lexicon: pd.DataFrame) -> pd.DataFrame:
    return lexicon.assign(parent=lexicon["parent"].mask(lexicon["slogan"] == "基层治理", "乡村振兴"))


@pytest.fixture
def no_rolling(monkeypatch):
    """Rolling up is an error, so that what is read must have been kept."""
    monkeypatch.setattr(stored_module, "roll_columns", lambda *_: pytest.fail("rolled up again"))


def test_what_was_rolled_up_is_read_the_next_time(store, request):
    made = _roll(store)
    assert len(made) > 20
    request.getfixturevalue("no_rolling")
    pd.testing.assert_frame_equal(_roll(store), made)


def test_another_lexicon_and_another_version_are_rolled_up_anew(store, monkeypatch):
    whole = _roll(store)
    assert len(_roll(store, _nest(read_lexicon()))) > len(whole)
    assert len(_list_cubes(store)) == 1, "the one before is gone"
    pd.testing.assert_frame_equal(_roll(store), whole)
    before = _list_cubes(store)
    monkeypatch.setattr(stored_module, "print_stages", lambda: {"slogans": "another"})
    _roll(store)
    assert _list_cubes(store) != before


def test_a_bit_that_flips_anywhere_is_noticed_and_mended(store):
    made = _roll(store)
    (path,) = _list_cubes(store)
    content = path.read_bytes()
    for number, place in enumerate(np.linspace(0, len(content) - 1, PLACES).astype(int).tolist()):
        spoiled = bytearray(content)
        spoiled[place] ^= 1 << number % 8
        path.write_bytes(spoiled)
        pd.testing.assert_frame_equal(_roll(store), made)
        assert path.read_bytes() == content, place


def test_a_cube_cut_short_or_of_another_store_is_noticed(store):
    made = _roll(store)
    (path,) = _list_cubes(store)
    content = path.read_bytes()
    for size in (0, 1, 32, 33, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:size])
        pd.testing.assert_frame_equal(_roll(store), made)
        assert path.read_bytes() == content
    assert len(_roll(store, _nest(read_lexicon()))) > len(made)
    (other,) = _list_cubes(store)
    other.rename(path)
    pd.testing.assert_frame_equal(_roll(store), made)


@pytest.mark.parametrize("fault", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_store_that_cannot_be_written_to_is_rolled_up_each_time(store, monkeypatch, fault):
    made = _roll(store)
    for path in _list_cubes(store):
        path.unlink()

    def refuse(*_):
        raise OSError(fault, "refused")

    monkeypatch.setattr(manifest_module.os, "replace", refuse)
    for _ in range(2):
        pd.testing.assert_frame_equal(_roll(store), made)
        assert not _list_cubes(store), "nothing half written is left"


def test_a_folder_that_cannot_be_made_hinders_nobody(tmp_path):
    folder = tmp_path / "store"
    build_store(copy_seeds(tmp_path / "source", 1), folder)
    made = _roll(folder)
    for path in _list_cubes(folder):
        path.unlink()
    (folder / "cubes").rmdir()
    (folder / "cubes").touch()
    pd.testing.assert_frame_equal(_roll(folder), made)
    assert (folder / "cubes").is_file()


def test_main_topics_are_kept_and_the_same_as_those_of_the_table(store, monkeypatch):
    shelf = shelve_store(open_store(store))
    main = shelf.main_topics
    table = shelf.topics[shelf.topics["is_main"]].set_index("row")["topic"].astype("str")
    assert pd.Series(main).dropna().astype("str").to_dict() == table.to_dict()
    (path,) = _list_cubes(store)
    monkeypatch.setattr(type(open_store(store)), "read_parts", lambda *_, **__: pytest.fail("read again"))
    again = shelve_store(open_store(store)).origin.read_main_topics()
    assert again.set_index("row")["topic"].astype("str").sort_index().to_dict() == table.to_dict()
    assert path.name.startswith("main_topics-")
