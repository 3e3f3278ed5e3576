"""The journal: batches that a build has computed and not yet committed, for the next one if it is killed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from analysis.store.manifest import Batch, replace_file, seal, unseal
from analysis.store.parts import FOLDER

_HEAD = "batch-"


def write_journal(folder: Path, name: str, split: str, batch: Batch, checks: dict[str, tuple]) -> None:
    """Note a batch whose parts are written.

    Args:
        folder: Folder of the store.
        name: Fingerprint of the batch.
        split: Fingerprint of the stage that split it.
        batch: The batch.
        checks: Sizes and checksums of its parts, among others.
    """
    known = {part: checks[part] for part in batch.parts.values()}
    content = json.dumps({"split": split, "batch": asdict(batch), "checks": known}, ensure_ascii=False)
    replace_file(folder / FOLDER / f"{_HEAD}{name}.json", seal(content.encode()))


def read_journal(folder: Path, split: str) -> Iterator[tuple[Batch, dict[str, tuple]]]:
    """Read the batches that an unfinished build has noted, each with the checksums of its parts."""
    for path in sorted((folder / FOLDER).glob(f"{_HEAD}*.json")):
        try:
            noted = json.loads(unseal(path.read_bytes())[1])
            if noted["split"] == split:
                yield Batch(**noted["batch"]), {k: tuple(v) for k, v in noted["checks"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            continue
