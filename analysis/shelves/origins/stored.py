"""A shelf of a store: columns are read when they are asked for, texts for the articles on screen alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.schema import ARTICLES
from analysis.shelves.kept import Kept
from analysis.shelves.matrices.columns import Columns, from_arrays, join_columns, to_arrays
from analysis.shelves.matrices.rolls import roll_columns
from analysis.shelves.matrices.words import Words
from analysis.shelves.origins.arrays import keep_arrays, read_arrays
from analysis.shelves.origins.cubes import keep_cube, read_cube
from analysis.shelves.origins.origin import Texts
from analysis.shelves.origins.stored_words import print_parts, read_words
from analysis.shelves.searching.needles import GB_18030
from analysis.shelves.shelf import Shelf
from analysis.store import Store
from analysis.store.fingerprints import fingerprint, print_stages
from analysis.store.parts import dump_part, load_part, unpack_texts
from analysis.store.vocabulary import Pairs, rank_pairs

_PARTS = {"article_topics": "topics", "slogan_hits": "hits"}
#: Lines of a table from which its columns are kept: fewer are read from all batches within a second.
LEAST_KEPT = 2_000_000
_FORM = "1"


def shelve_store(
    store: Store, *, lexicon: pd.DataFrame | None = None, taxonomy: pd.DataFrame | None = None
) -> Shelf:
    """Put a store on a shelf; no table is read yet.

    Args:
        store: From `open_store`.
        lexicon: Lexicon that the store was built with; read from it when None.
        taxonomy: Taxonomy that it was built with; read from it when None.

    Returns:
        The shelf. The texts of pages are not in it, for the store keeps those of articles only.

    Raises:
        StoreError: The store keeps no lexicon or taxonomy (see `Store.read_lexicon`).
    """
    lexicon = store.read_lexicon() if lexicon is None else lexicon
    taxonomy = store.read_taxonomy() if taxonomy is None else taxonomy
    return Shelf(_Stored(store), lexicon=lexicon, taxonomy=taxonomy)


class _Stored:
    """A store as the origin of a shelf."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read_articles(self) -> pd.DataFrame:
        names = [name for name in ARTICLES.names if name != "text"]
        return self._store.read_articles([*names, "chars"])

    def read_table(self, name: str) -> pd.DataFrame:
        return self._store.read_table(name)

    def read_columns(self, name: str) -> Columns:
        part = _PARTS[name]
        mark = fingerprint(_FORM, *print_parts(self._store, part))
        kept = read_arrays(self._store.folder, part, mark)
        if kept is not None:
            return from_arrays(kept)
        columns = join_columns(self._store.iter_parts(part), self._store.n_rows)
        if columns.edges[-1] >= LEAST_KEPT:
            keep_arrays(self._store.folder, part, mark, to_arrays(columns))
        return columns

    def read_main_topics(self) -> pd.DataFrame:
        def find() -> pd.DataFrame:
            topics = self._store.read_parts("topics", ["row", "topic", "is_main"])
            return topics.loc[topics["is_main"], ["row", "topic"]]

        return self._keep("main_topics", "topics", "topics", find, ["topic"])

    def read_hit_rows(self) -> np.ndarray:
        return self._store.read_parts("hits", ["row"])["row"].to_numpy(dtype=np.int64)

    def read_keywords(self, rows: np.ndarray) -> pd.DataFrame:
        is_wanted = np.zeros(self._store.n_rows + 1, dtype=bool)
        is_wanted[rows] = True
        numbers = np.unique(self._store.homes[0][rows]).tolist()
        parts = (self._keep_pairs(number, is_wanted) for number in numbers)
        ranked = rank_pairs(parts, self._vocabulary, self._store.manifest.counts["articles"])
        return ranked.sort_values("row", kind="stable", ignore_index=True)

    @Kept
    def _vocabulary(self) -> pd.DataFrame:
        return self._store.read_vocabulary()

    def _keep_pairs(self, number: int, is_wanted: np.ndarray) -> Pairs:
        """Read the words of some articles of a batch; `is_wanted` ends with what has no row."""
        pairs = self._store.read_pairs(number)
        row = self._store.maps[number][pairs.row]
        kept = is_wanted[row]
        entries = np.repeat(kept, pairs.rows)
        return Pairs(
            row[kept], pairs.total[kept], pairs.rows[kept], *(column[entries] for column in pairs[3:])
        )

    def read_texts(self, rows: np.ndarray) -> list[str]:
        batch, local = (home[rows] for home in self._store.homes)
        texts = np.empty(len(rows), dtype=object)
        for number in np.unique(batch).tolist():
            here = np.flatnonzero(batch == number)
            texts[here] = unpack_texts(self._store.read_packed(number).take(pa.array(local[here])))
        return texts.tolist()

    def list_texts(self) -> list[Callable[[], Texts]]:
        return [partial(self._read_batch, number) for number in range(len(self._store.maps))]

    def _read_batch(self, number: int) -> Texts:
        rows = self._store.maps[number]
        order = np.argsort(rows, kind="stable")
        order = order[rows[order] >= 0]
        column = self._store.read_packed(number)
        if len(order) != len(rows) or (np.diff(order) != 1).any():
            column = column.take(pa.array(order))
        return Texts(rows[order], column, GB_18030)

    def read_words(self) -> Words:
        names, code = _sort_words(pa.array(self._vocabulary["word"], pa.string()))
        return read_words(self._store, names, code)

    def read_rolled(self, lexicon: pd.DataFrame) -> pd.DataFrame:
        def roll() -> pd.DataFrame:
            return roll_columns(self.read_columns("slogan_hits"), lexicon)

        words = map(str, lexicon.itertuples(index=False))
        return self._keep("rolled", "hits", "slogans", roll, ["slogan", "field"], *words)

    def _keep(
        self, name: str, part: str, stage: str, make: Callable[[], pd.DataFrame], coded: list[str], *of: str
    ) -> pd.DataFrame:
        """Read what was kept beside the store, or make and keep it.

        Args:
            name: Of the cube.
            part: Kind of the parts that it is made of.
            stage: Stage whose code makes it.
            make: Makes it: columns of texts that recur, and row.
            coded: These columns.
            *of: What else it is made of.
        """
        parts = sorted(batch.parts[part] for batch in self._store.manifest.batches)
        places = [place.tobytes() for place in self._store.maps]
        mark = fingerprint(print_stages()[stage], *parts, *places, *of)
        kept = read_cube(self._store.folder, name, mark)
        if kept is not None:
            return load_part(kept, coded=coded).to_pandas()
        made = make()
        keep_cube(self._store.folder, name, mark, dump_part(made, coded=coded))
        return made


def _sort_words(words: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Sort words by code point: the words, and the new number of each old one."""
    order = pc.sort_indices(words).to_numpy()
    rank = np.empty(len(words), dtype=np.int32)
    rank[order] = np.arange(len(words), dtype=np.int32)
    return words.take(pa.array(order)).to_numpy(zero_copy_only=False), rank
