"""Builds that are killed at any moment must leave the old tables or the new ones."""

from __future__ import annotations

import random
import shutil
import signal
import time
from pathlib import Path

from analysis.store import build_store
from tests.faults.builds import Report, list_strays, make_sources, read_store, start_build


def kill_builds(folder: Path, times: int, seed: int = 1) -> Report:
    """Kill builds at random moments and look at the store after each.

    Args:
        folder: Scratch folder.
        times: Builds to kill.
        seed: Of the moments.

    Returns:
        What was found.
    """
    before, after = make_sources(folder)
    store = folder / "store"
    build_store(before, store)
    build_store(after, folder / "new")
    old, new = read_store(store), read_store(folder / "new")
    shutil.copytree(store, folder / "old")
    chance = random.Random(seed)
    length = max(_time_build(after, folder, number) for number in range(2))
    found = {"old": 0, "new": 0}
    faults, taken_up, number = [], 0, 0
    while number < times:
        moment = chance.uniform(0, 1.1) * length
        seen, number = number, number + _build_and_kill(after, store, moment)
        try:
            tables = read_store(store)
        except ValueError as error:
            faults.append(f"{number}, killed after {moment:.2f} s: {error}")
            tables = None
        name = "old" if tables == old else "new" if tables == new else ""
        if name:
            found[name] += number > seen
        elif tables is not None:
            faults.append(f"{number}, killed after {moment:.2f} s: neither old nor new tables")
        if name == "old" and chance.random() < 0.5:
            taken_up += 1  # the next build takes up what this one has left
        else:
            shutil.rmtree(store)
            shutil.copytree(folder / "old", store)
    build_store(after, store)
    if read_store(store) != new:
        faults.append("a build over the leavings of a killed one gives other tables")
    faults += list_strays(store)
    line = f"{times} builds killed: old tables {found['old']}, new tables {found['new']}"
    return Report(f"{line}; {taken_up} left for the next build to take up", faults)


def _time_build(source: Path, folder: Path, number: int) -> float:
    """Take the time of a whole build; the first also starts the process that the others are forked from."""
    shutil.copytree(folder / "old", folder / f"timed{number}")
    start = time.perf_counter()
    build = start_build(source, folder / f"timed{number}")
    build.join()
    assert build.exitcode == 0
    return time.perf_counter() - start if number else 0.0


def _build_and_kill(source: Path, store: Path, moment: float) -> bool:
    """Start a build, kill it, and tell whether that came before its end."""
    build = start_build(source, store)
    build.join(moment)
    build.kill()
    build.join()
    return build.exitcode == -signal.SIGKILL
