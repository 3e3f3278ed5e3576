"""Where the rows of a store's batches stand in the tables."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.store.manifest import Manifest


class Place(NamedTuple):
    """Rows of one piece: its file (number in the manifest), batch, first row there, and number of rows."""

    file: int
    batch: int
    first: int
    rows: int
    before: int  # rows of the same file in pieces before this one
    key: str  # fingerprint of the piece


def place_pieces(manifest: Manifest) -> list[Place]:
    """List the pieces in the order of table `articles`: pages by file, then tables as they were read."""
    homes = {
        key: (number, int(first), rows)
        for number, batch in enumerate(manifest.batches)
        for key, first, rows in zip(batch.pieces, _starts(batch.rows), batch.rows, strict=True)
    }
    pages = [i for i, file in enumerate(manifest.files) if file.get("kind") == "page"]
    tables = [i for i, file in enumerate(manifest.files) if file.get("kind") == "rows"]
    places = []
    for number in [*sorted(pages, key=lambda i: manifest.files[i]["file"]), *tables]:
        before = 0
        for key in manifest.files[number]["pieces"]:
            batch, first, rows = homes[key]
            places.append(Place(number, batch, first, rows, before, key))
            before += rows
    return places


def map_rows(places: list[Place], batches: list[int]) -> list[np.ndarray]:
    """Tell for every batch the row of table `articles` of each of its rows.

    Args:
        places: From `place_pieces`.
        batches: Rows of each batch.

    Returns:
        One array a batch.
    """
    maps = [np.full(rows, -1, dtype=np.int64) for rows in batches]
    at = 0
    for place in places:
        maps[place.batch][place.first : place.first + place.rows] = np.arange(at, at + place.rows)
        at += place.rows
    return maps


def _starts(rows: list[int]) -> np.ndarray:
    return np.cumsum([0, *rows[:-1]]) if rows else np.array([], dtype=np.int64)
