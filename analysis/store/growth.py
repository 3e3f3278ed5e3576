"""Growth: what a build adds where all that the store had before has stayed as it was.

What was counted over all batches is then counted on from the tables before and the new batches alone. It
comes out the same, for whole numbers add up the same in any order, and articles that were there keep theirs.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.store import fingerprints
from analysis.store.manifest import Manifest
from analysis.store.opening import Store
from analysis.store.sites import Site


class Growth(NamedTuple):
    """What came to a store.

    Attributes:
        numbers: Numbers of the batches that are new, in the order of all.
        arrivals: A store of the files that are new, to read from.
        rows: Row of table `articles` now for each row before.
    """

    numbers: list[int]
    arrivals: Store
    rows: np.ndarray


def find_growth(site: Site, files: list[dict], old: Manifest, store: Store) -> Growth | None:
    """Find what came to a store.

    Args:
        site: All batches, computed.
        files: Files of the source.
        old: The manifest before.
        store: The store as it will be.

    Returns:
        What is new; None where something is gone, has moved, or was made by other code or word lists.
    """
    if old.inputs.get("merging") != fingerprints.print_merging() or old.stages != site.recipe.stages:
        return None
    numbers = {name: number for number, name in enumerate(site.known)}
    kept = [numbers.pop(site.name(batch.pieces), None) for batch in old.batches]
    known = {repr(file) for file in old.files}
    if None in kept or not known.issubset(map(repr, files)):
        return None
    rows = _follow_rows(Store(site.folder, old).maps, [store.maps[number] for number in kept])
    if rows is None:
        return None
    new = [file for file in files if repr(file) not in known]
    pieces = {key for file in new for key in file.get("pieces", ())}
    homes = [batch for batch in site.known.values() if not pieces.isdisjoint(batch.pieces)]
    arrivals = Store(site.folder, Manifest(files=new, batches=homes, checks=site.checks))
    return Growth(list(numbers.values()), arrivals, rows)


def _follow_rows(before: list[np.ndarray], now: list[np.ndarray]) -> np.ndarray | None:
    """Tell where each row went; None where one is gone, or two have changed their order."""
    rows = np.full(sum(map(len, before)), -1)
    for then, later in zip(before, now, strict=True):
        if (then < 0).any():
            return None
        rows[then] = later
    return rows if (np.diff(rows, prepend=-1) > 0).all() else None
