"""Two builds into one store at the same time: one does the work, the other waits its turn or is told to."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

from analysis.store import build_store
from tests.faults.builds import Report, list_strays, make_sources, read_store, start_build


def build_together(folder: Path, times: int, seed: int = 1) -> Report:
    """Start two builds at once, or nearly, and look at what they leave.

    Args:
        folder: Scratch folder.
        times: How often.
        seed: Of the moments.

    Returns:
        What was found.
    """
    before, after = make_sources(folder)
    build_store(before, folder / "old")
    build_store(after, folder / "new")
    new = read_store(folder / "new")
    chance, faults, told = random.Random(seed), [], 0
    for number in range(times):
        store = folder / f"store{number}"
        shutil.copytree(folder / "old", store)
        logs = [folder / f"log{which}" for which in range(2)]
        builds = [start_build(after, store, logs[0])]
        time.sleep(chance.choice((0, chance.uniform(0, 2))))
        builds.append(start_build(after, store, logs[1]))
        for build in builds:
            build.join()
        ends = sorted(build.exitcode for build in builds)
        said = [log.read_text(encoding="utf-8") for log in logs]
        if ends == [0, 2] and any("another build is writing" in text for text in said):
            told += 1
        elif ends != [0, 0]:
            faults.append(f"{number}: ended with {ends}: {said}")
        if read_store(store) != new:
            faults.append(f"{number}: other tables")
        faults += list_strays(store)
        shutil.rmtree(store)
    line = f"{times} pairs of builds: {told} told that another one is writing, the others one after the other"
    return Report(f"{line}; always the new tables", faults)
