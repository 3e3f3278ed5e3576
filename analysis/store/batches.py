"""The batches of a store: their parts, and which rows of table `articles` they hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.store.manifest import Manifest, StoreError, read_manifest
from analysis.store.parts import load_part, look_at_part, read_part
from analysis.store.places import Place, map_rows, place_pieces
from analysis.store.vocabulary import Pairs, load_pairs


class Batches:
    """The parts of all batches of a store, read when they are asked for."""

    def __init__(self, folder: str | Path, manifest: Manifest | None = None) -> None:
        """Open the store of a folder; see `open_store`.

        Args:
            folder: The folder.
            manifest: The manifest; the one of the folder when None.
        """
        self.folder = Path(folder)
        self.manifest: Manifest = read_manifest(self.folder) if manifest is None else manifest
        self._is_draft = manifest is not None
        self._checked: dict[str, tuple[int, int, int] | None] = {}

    def read_vocabulary(self) -> pd.DataFrame:
        """Read the words of all articles, by number: word, n_articles, n_slogan_articles."""
        return self.load(self.manifest.tables["vocabulary"]).to_pandas()

    def iter_pairs(self) -> Iterator[Pairs]:
        """Read the words of the articles, batch by batch (see `vocabulary.Pairs`); `maps` places them."""
        return map(self.read_pairs, range(len(self.manifest.batches)))

    def read_pairs(self, number: int) -> Pairs:
        """Read the words of the articles of one batch, by its number; `row` is the row in the batch."""
        parts = self.manifest.batches[number].parts
        return load_pairs(self._read(parts["pairs"]), self._read(parts["totals"]))

    def read_packed(self, number: int) -> pa.ChunkedArray:
        """Read the texts of one batch, by its number, as `parts.unpack_texts` takes them."""
        return self.load(self.manifest.batches[number].parts["texts"])["text"]

    def read_parts(self, part: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Read a part of all batches, its rows in the order of table `articles`.

        Args:
            part: articles, texts, topics or hits (see `stages.PARTS`).
            columns: Some of the part's; all when None.

        Returns:
            The columns; of topics and hits, `row` is the row of table `articles`.
        """
        by_row = part in ("articles", "texts")
        found, rows = [], []
        for batch, place in zip(self.manifest.batches, self.maps, strict=True):
            table = self.load(batch.parts[part], columns)
            row = place if by_row else place[table["row"].to_numpy()]
            if not by_row:
                table = table.set_column(table.column_names.index("row"), "row", pa.array(row))
            found.append(table)
            rows.append(row)
        if not found:
            return pd.DataFrame(columns=columns or ["row"])
        whole, order = pa.concat_tables(found), np.concatenate(rows)
        order, kept = np.argsort(order, kind="stable"), int((order < 0).sum())
        if kept or not (np.diff(order) == 1).all():
            whole = whole.take(pa.array(order[kept:]))
        return whole.to_pandas(split_blocks=True, self_destruct=False)

    def iter_parts(self, part: str) -> Iterator[pd.DataFrame]:
        """Read topics or hits as `read_parts` does, one batch after the other and in the order of each."""
        for batch, place in zip(self.manifest.batches, self.maps, strict=True):
            frame = self.load(batch.parts[part]).to_pandas()
            frame["row"] = place[frame["row"].to_numpy()]
            # What is in the store no more has no row.
            yield frame[frame["row"] >= 0]

    @property
    def n_rows(self) -> int:
        """Rows of table `articles`."""
        return sum(place.rows for place in self.places)

    def find_homes(self, rows: np.ndarray) -> Iterator[tuple[int, np.ndarray, pa.Array]]:
        """Find the batches of some rows: number, which of the rows it has, and where."""
        batch, local = self.homes[0][rows], self.homes[1][rows]
        for number in np.unique(batch).tolist():
            here = np.flatnonzero(batch == number)
            yield number, here, pa.array(local[here])

    def load_rows(self, number: int, local: pa.Array, columns: list[str]) -> pd.DataFrame:
        """Read columns of some rows of part `articles` of a batch, by its number."""
        return self.load(self.manifest.batches[number].parts["articles"], columns).take(local).to_pandas()

    def load(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Read a part by the name of its file, or some of its columns.

        Raises:
            StoreError: It is damaged, or the store was built anew.
        """
        return load_part(self._read(name), columns)

    def _read(self, name: str) -> bytes:
        state = look_at_part(self.folder, name)
        is_known = state is not None and self._checked.get(name) == state
        check = None if is_known else self.manifest.checks[name]
        try:
            content = read_part(self.folder, name, check)
        except StoreError as error:
            if not self._is_draft and read_manifest(self.folder) != self.manifest:
                raise StoreError(f"{self.folder}: was built anew; open it again") from error
            raise
        self._checked[name] = state
        return content

    @cached_property
    def places(self) -> list[Place]:
        """Where the rows of table `articles` lie, run by run in its order."""
        return place_pieces(self.manifest)

    @cached_property
    def maps(self) -> list[np.ndarray]:
        """The row of table `articles` of every row of each batch."""
        return map_rows(self.places, [sum(batch.rows) for batch in self.manifest.batches])

    @cached_property
    def homes(self) -> tuple[np.ndarray, np.ndarray]:
        """Batch and row there of every row of table `articles`."""
        batch = np.concatenate(
            [np.full(place.rows, place.batch) for place in self.places] or [np.array([], int)]
        )
        local = [np.arange(place.first, place.first + place.rows) for place in self.places]
        return batch, np.concatenate(local or [np.array([], int)])
