"""Arrays kept beside a store: read as they were, and never believed when they are not what was written."""

from __future__ import annotations

import errno

import numpy as np
import pytest

from analysis.shelves.origins import arrays as arrays_module
from analysis.shelves.origins.arrays import keep_arrays, read_arrays
from analysis.store import manifest as manifest_module

ARRAYS = {
    "data": np.arange(200, dtype=np.uint8),
    "indices": np.arange(-100, 100, dtype=np.int32),
    "none": np.array([], dtype=np.int64),
    "far": np.array([2**62, -1]),
}


@pytest.fixture
def kept(tmp_path):
    keep_arrays(tmp_path, "words", "mark", ARRAYS)
    (path,) = (tmp_path / "cubes").iterdir()
    return path


def _read(folder, mark="mark"):
    return read_arrays(folder, "words", mark)


def test_what_was_kept_is_read_and_cannot_be_written_to(tmp_path, kept):
    read = _read(tmp_path)
    assert list(read) == list(ARRAYS)
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(read[name], array, strict=True)
        assert not read[name].flags.writeable


@pytest.mark.parametrize("piece", [1, 7, 200, 801])
def test_pieces_of_any_size_make_the_same(tmp_path, kept, monkeypatch, piece):
    monkeypatch.setattr(arrays_module, "_PIECE", piece)
    test_what_was_kept_is_read_and_cannot_be_written_to(tmp_path, kept)
    test_a_file_cut_short_is_none(tmp_path, kept, -9)


def test_each_bit_counts(tmp_path, kept):
    content = kept.read_bytes()
    for place in range(len(content)):
        spoiled = bytearray(content)
        spoiled[place] ^= 1 << place % 8
        kept.write_bytes(spoiled)
        assert _read(tmp_path) is None, place
    kept.write_bytes(content)
    assert _read(tmp_path) is not None


@pytest.mark.parametrize("size", [0, 1, 31, 32, 33, 100, 180, 400, -9, -1])
def test_a_file_cut_short_is_none(tmp_path, kept, size):
    kept.write_bytes(kept.read_bytes()[:size])
    assert _read(tmp_path) is None


def test_a_file_with_more_behind_is_none(tmp_path, kept):
    kept.write_bytes(kept.read_bytes() + b"\0")
    assert _read(tmp_path) is None


def test_what_was_made_of_something_else_is_none(tmp_path, kept):
    assert _read(tmp_path, "another") is None
    kept.rename(kept.with_name("words-another"))
    assert _read(tmp_path, "another") is None


def test_the_one_before_gives_way_and_others_stay(tmp_path, kept):
    keep_arrays(tmp_path, "others", "mark", ARRAYS)
    keep_arrays(tmp_path, "words", "later", ARRAYS)
    assert _read(tmp_path) is None
    assert sorted(path.name for path in kept.parent.iterdir()) == ["others-mark", "words-later"]


@pytest.mark.parametrize("fault", [errno.EROFS, errno.ENOSPC, errno.EACCES])
def test_a_folder_that_cannot_be_written_to_keeps_nothing(tmp_path, monkeypatch, fault):
    def refuse(*_):
        raise OSError(fault, "refused")

    monkeypatch.setattr(manifest_module.os, "replace", refuse)
    keep_arrays(tmp_path, "words", "mark", ARRAYS)
    assert _read(tmp_path) is None
    assert not [*(tmp_path / "cubes").iterdir()], "nothing half written is left"
