"""A store in the making: its batches, the build before, and what has come since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property

import pandas as pd
import pyarrow as pa

from analysis.store.growth import Growth, find_growth
from analysis.store.manifest import Batch, Manifest, StoreError
from analysis.store.opening import Store
from analysis.store.parts import load_frame, load_part
from analysis.store.sites import Site


class Draft:
    """What the tables of all batches are made of.

    Attributes:
        site: The batches and their files.
        files: Files of the source.
        old: The manifest before.
        batches: All batches, in their order.
    """

    def __init__(self, site: Site, files: list[dict], old: Manifest) -> None:
        """Take over what was computed.

        Args:
            site: All batches, computed.
            files: Files of the source.
            old: The manifest before.
        """
        self.site, self.files, self.old = site, files, old
        self.batches: list[Batch] = list(site.known.values())

    @cached_property
    def store(self) -> Store:
        """The store as it will be, to read from."""
        return Store(
            self.site.folder, Manifest(files=self.files, batches=self.batches, checks=self.site.checks)
        )

    @cached_property
    def growth(self) -> Growth | None:
        """What is new, where that is all that has changed."""
        return find_growth(self.site, self.files, self.old, self.store)

    def frame(self, batch: Batch, part: str) -> pd.DataFrame:
        """Read a part of a batch as a frame."""
        return load_frame(self.site.read(batch.parts[part]))

    def tables(self, part: str, numbers: Iterable[int] | None = None) -> Iterator[pa.Table]:
        """Read a part of some batches, by their numbers, of all when None; one after the other."""
        some = range(len(self.batches)) if numbers is None else numbers
        return (load_part(self.site.read(self.batches[number].parts[part])) for number in some)

    def read_old(self, name: str) -> pd.DataFrame | None:
        """Read a table of the build before; None where it is lost."""
        part = self.old.tables.get(name)
        return load_frame(self.site.read(part)) if self.site.has(part) else None

    def read_grown(self, name: str) -> pd.DataFrame | None:
        """Read a table of the build before to count on from; None where it has to be made anew."""
        with suppress(StoreError):  # damaged
            return None if self.growth is None else self.read_old(name)
