"""Builds that are killed at any moment must leave the old tables or the new ones."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from analysis.store import build_store, open_store, read_tables
from tests.store.corpora import copy_seeds, write_table, write_tables

ROOT = Path(__file__).parent.parent.parent


class Outcome(NamedTuple):
    """What was found after kills: how often the old tables, how often the new ones, and what else."""

    old: int
    new: int
    faults: list[str]


def kill_builds(folder: Path, times: int, *, seed: int = 1) -> Outcome:
    """Kill builds at random moments and look at the store after each.

    Args:
        folder: Scratch folder.
        times: Builds to kill.
        seed: Of the moments.

    Returns:
        What was found.
    """
    before, after = _make_sources(folder)
    store = folder / "store"
    old = write_tables(read_tables(build_store(before, store)))
    new = write_tables(read_tables(build_store(after, folder / "new")))
    shutil.copytree(store, folder / "old")
    chance = random.Random(seed)
    length = _time_build(after, folder)
    found = {"old": 0, "new": 0}
    faults = []
    for number in range(times):
        moment = chance.uniform(0.3, 1.02) * length
        _build_and_kill(after, store, moment)
        try:
            tables = write_tables(read_tables(open_store(store)))
        except ValueError as error:
            faults.append(f"{number}, killed after {moment:.2f} s: {error}")
            tables = None
        name = "old" if tables == old else "new" if tables == new else ""
        if name:
            found[name] += 1
        elif tables is not None:
            faults.append(f"{number}, killed after {moment:.2f} s: neither old nor new tables")
        if name != "old" or chance.random() < 0.5:  # else the next build takes up what this one has left
            shutil.rmtree(store)
            shutil.copytree(folder / "old", store)
    if write_tables(read_tables(build_store(after, store))) != new:
        faults.append("a build over the leavings of a killed one gives other tables")
    left = {path.name for path in (store / "parts").iterdir()} - open_store(store).manifest.checks.keys()
    faults += [f"{name} was left lying" for name in sorted(left)]
    return Outcome(found["old"], found["new"], faults)


def _make_sources(folder: Path) -> tuple[Path, Path]:
    before, after = copy_seeds(folder / "before", 1), copy_seeds(folder / "after", 2)
    write_table(before / "news.jsonl", 40)
    write_table(after / "news.jsonl", 60)
    return before, after


def _start(source: Path, store: Path) -> subprocess.Popen:
    words = [sys.executable, "-m", "analysis", "build", source, "--store", store, "--workers", "1"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)


def _time_build(source: Path, folder: Path) -> float:
    shutil.copytree(folder / "old", folder / "timed")
    start = time.perf_counter()
    assert _start(source, folder / "timed").wait() == 0
    return time.perf_counter() - start


def _build_and_kill(source: Path, store: Path, moment: float) -> None:
    build = _start(source, store)
    try:
        build.wait(moment)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.wait()
