"""A store under construction: what is known of its batches, and its files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis import slogans, topics
from analysis.store import fingerprints
from analysis.store.fingerprints import fingerprint
from analysis.store.journal import read_journal, write_journal
from analysis.store.locks import NAME as LOCK
from analysis.store.manifest import NAME as MANIFEST
from analysis.store.manifest import Batch, Manifest
from analysis.store.parts import FOLDER, dump_part, load_frame, read_part, write_part

#: Tables that parts of batches cannot be read without, and these parts.
_LISTS = {"vocabulary": "pairs", "forms": "forms"}


class Recipe(NamedTuple):
    """What a build computes with: lexicon, taxonomy, and the fingerprint of every stage with them."""

    lexicon: pd.DataFrame | None
    taxonomy: pd.DataFrame | None
    stages: dict[str, str]


def make_recipe(lexicon: pd.DataFrame | None, taxonomy: pd.DataFrame | None) -> Recipe:
    """Take the fingerprints of the stages; the product's own word lists are named by None."""
    if lexicon is not None and lexicon.equals(slogans.read_lexicon()):
        lexicon = None
    if taxonomy is not None and taxonomy.equals(topics.read_taxonomy()):
        taxonomy = None
    words = "own" if lexicon is None else fingerprints.print_frame(lexicon)
    cues = "own" if taxonomy is None else fingerprints.print_frame(taxonomy)
    lists = {"slogans": words, "words": words, "topics": cues}
    stages = {
        name: fingerprint(code, lists.get(name, "")) for name, code in fingerprints.print_stages().items()
    }
    return Recipe(lexicon, taxonomy, stages)


def part_mark(name: str) -> str:
    """The fingerprint in the name of a part.

    Example:
        >>> part_mark("pairs-abc-12.parquet")
        'abc'
    """
    return name.split("-")[1].removesuffix(".parquet")


class Site:
    """The batches that a build has, and where each piece of the source stands in them.

    Attributes:
        source: What the store is built of.
        folder: Folder of the store.
        recipe: What the build computes with.
        checks: Size and checksum of every file.
        known: Batches by their fingerprint.
        homes: Fingerprint of its batch for each piece.
    """

    def __init__(self, source: Path, folder: Path, old: Manifest, recipe: Recipe) -> None:
        """Take over what the manifest before, and a build that was killed, have left."""
        self.source, self.folder, self.recipe, self.checks = source, folder, recipe, dict(old.checks)
        self.known: dict[str, Batch] = {}
        self.homes: dict[str, str] = {}
        split = recipe.stages["split"]
        kept = [(batch, {}) for batch in old.batches] if old.stages.get("split") == split else []
        for batch, checks in [*kept, *read_journal(folder, split)]:
            self.checks |= checks
            self.add(replace(batch, parts=dict(batch.parts)))
        # The numbers of words say nothing without the vocabulary; nor do counts of forms, without their list.
        lost = {table: part for table, part in _LISTS.items() if not self.has(old.tables.get(table))}
        for batch in self.known.values():
            for part in lost.values():
                batch.parts.pop(part, None)

    def add(self, batch: Batch) -> None:
        """Take in a batch, unless another one has a piece of it."""
        if any(key in self.homes for key in batch.pieces):
            return
        name = self.name(batch.pieces)
        self.known[name] = batch
        self.homes |= dict.fromkeys(batch.pieces, name)

    def note(self, batch: Batch) -> None:
        """Take in a batch whose parts are written, also for the next build if this one is killed."""
        self.add(batch)
        write_journal(self.folder, self.name(batch.pieces), self.recipe.stages["split"], batch, self.checks)

    def drop(self, name: str) -> None:
        """Forget a batch."""
        for key in self.known.pop(name).pieces:
            self.homes.pop(key)

    def name(self, pieces: Iterable[str]) -> str:
        """The fingerprint of a batch."""
        return fingerprint(self.recipe.stages["split"], *pieces)

    def has(self, part: str | None) -> bool:
        """Tell whether the file of a part is there, as long as it was written."""
        path = self.folder / FOLDER / (part or "-")
        return part in self.checks and path.is_file() and path.stat().st_size == self.checks[part][0]

    def read(self, part: str) -> bytes:
        """Read the file of a part, held against its checksum."""
        return read_part(self.folder, part, self.checks[part])

    def frames(self, part: str) -> Iterator[pd.DataFrame]:
        """Read a part of every batch, one after the other."""
        return (load_frame(self.read(batch.parts[part])) for batch in self.known.values())

    def write(self, kind: str, mark: str, content: bytes) -> str:
        """Write a part and give the name of its file, made of its kind and of what it was made of."""
        name = f"{kind}-{mark}.parquet"
        self.checks[name] = write_part(self.folder, name, content)
        return name

    def keep_lists(self) -> dict[str, str]:
        """Write lexicon and taxonomy beside the tables; an edition to come may bring others.

        Returns:
            Their parts, by name.
        """
        lists = {
            "lexicon": ("slogans", self.recipe.lexicon, slogans.read_lexicon),
            "taxonomy": ("topics", self.recipe.taxonomy, topics.read_taxonomy),
        }
        kept = {}
        for name, (stage, own, read) in lists.items():
            mark = self.recipe.stages[stage]
            kept[name] = f"{name}-{mark}.parquet"
            if not self.has(kept[name]):
                self.write(name, mark, dump_part(read() if own is None else own))
        return kept

    def collect(self, manifest: Manifest) -> None:
        """Delete what a manifest does not name: old tables, and the leavings of killed builds."""
        parts = [path for path in (self.folder / FOLDER).iterdir() if path.name not in manifest.checks]
        others = [path for path in self.folder.iterdir() if path.name not in (MANIFEST, LOCK)]
        for path in [*parts, *others]:
            # What cannot be deleted hinders nobody; the tables are committed.
            with suppress(OSError):
                if path.is_file():
                    path.unlink(missing_ok=True)
