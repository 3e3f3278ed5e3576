"""The words of a store: those of its tables, kept where they are many, never believed when damaged."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.shelves import Shelf, shelve_store, shelve_tables
from analysis.shelves.origins import stored_words
from analysis.slogans import read_lexicon
from analysis.store import build_store, open_store, read_tables
from analysis.topics import read_taxonomy
from tests.store.corpora import copy_seeds, write_table


@pytest.fixture
def source(tmp_path):
    source = copy_seeds(tmp_path / "source", 2)
    write_table(source / "news.jsonl", 40)
    return source


@pytest.fixture
def folder(tmp_path, source):
    folder = tmp_path / "store"
    build_store(source, folder)
    return folder


@pytest.fixture
def keep_all(monkeypatch):
    """Keep any matrix."""
    monkeypatch.setattr(stored_words, "LEAST_KEPT", 0)


def _open(folder) -> Shelf:
    return shelve_store(open_store(folder))


def _list(shelf: Shelf) -> dict[tuple[str, str], int]:
    """Count of each article and word."""
    words = shelf.words
    row, column = words.counts.tocoo().coords
    ids = shelf.articles["article_id"].to_numpy(dtype=object)
    return dict(zip(zip(ids[row], words.names[column], strict=True), words.counts.data.tolist(), strict=True))


def _check(found: Shelf, folder) -> None:
    tables = read_tables(open_store(folder))
    expected = shelve_tables(tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())
    assert _list(found) == _list(expected)
    assert found.words.totals.tolist() == expected.words.totals.tolist()
    assert found.words.articles == expected.words.articles
    for name in ("n", "n_articles"):
        counted = [
            {word: n for word, n in zip(words.names, getattr(words, name).tolist(), strict=True) if n}
            for words in (found.words, expected.words)
        ]
        assert counted[0] == counted[1]


def _list_kept(folder):
    return sorted((folder / "cubes").glob("words-*"))


def test_the_words_of_a_store_are_those_of_its_tables(folder):
    _check(_open(folder), folder)
    assert not _list_kept(folder), "few are filled again each time"


def test_words_of_a_store_that_changed_are_those_of_its_tables(folder, source, keep_all):
    # Another file among those before: rows of one batch are apart then, and one file is gone.
    first = _open(folder).words
    sorted(source.glob("*.txt"))[0].unlink()
    (source / "0 before.txt").write_bytes(
        sorted(copy_seeds(source.parent / "more", 3).glob("*"))[2].read_bytes()
    )
    write_table(source / "other.jsonl", 7, seed=2)
    build_store(source, folder)
    assert _open(folder).words.articles != first.articles
    _check(_open(folder), folder)
    assert len(_list_kept(folder)) == 1, "what was kept before is gone"


def test_what_was_filled_is_read_the_next_time(folder, keep_all, monkeypatch):
    made = _open(folder)
    assert made.words.articles
    monkeypatch.setattr(stored_words, "_fill", lambda *_: pytest.fail("filled again"))
    read = _open(folder)
    assert _list(read) == _list(made)
    _check(read, folder)


def test_a_file_that_is_damaged_is_made_anew(folder, keep_all):
    made = _list(_open(folder))
    (path,) = _list_kept(folder)
    content = path.read_bytes()
    for place in np.linspace(0, len(content) - 1, 12).astype(int).tolist():
        spoiled = bytearray(content)
        spoiled[place] ^= 1
        path.write_bytes(spoiled)
        assert _list(_open(folder)) == made
        assert path.read_bytes() == content


def test_another_list_of_words_left_out_is_another_matrix(folder, keep_all, monkeypatch):
    made = _open(folder).words.counts.nnz
    monkeypatch.setattr(stored_words, "read_list", lambda _: frozenset())
    assert _open(folder).words.counts.nnz > made
