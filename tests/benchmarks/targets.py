"""All targets of speed in one table: what is wanted and what is reached, medians of several runs."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from tests.benchmarks import build, splitting
from tests.benchmarks.app import Taken

ROOT = Path(__file__).parent.parent.parent
#: What can be measured; the app on the stores that are built.
PARTS = ("build", "splitting", "app", "growth")
_ROUNDS = 3
_GIB = 1 << 30
# Measures the app in a process of its own, and puts what it took into a file.
_APP = """
import json, sys
from tests.benchmarks.app import measure_store
taken = measure_store(sys.argv[1])
open(sys.argv[2], "w").write(json.dumps(taken))
"""


class Target(NamedTuple):
    """What is wanted of one figure.

    Attributes:
        what: What is measured.
        reached: The figure.
        wanted: The largest that will do; the smallest where `at_least`.
        unit: Stands behind both.
        more: What else there is to say.
        at_least: Whether more is better.
    """

    what: str
    reached: float
    wanted: float
    unit: str = ""
    more: str = ""
    at_least: bool = False


def measure(
    source: Path, articles: pd.DataFrame, steps: tuple[int, ...], parts: Collection[str], *, cluster: bool
) -> None:
    """Print all targets, figure by figure as they are measured, and as one table at the end.

    Args:
        source: JSON lines with title, text, date.
        articles: Those of them that are laid out as pages for splitting.
        steps: Articles of the corpora that are grown of it, each ten times the one before.
        parts: Which of `PARTS` are measured.
        cluster: Whether Dask workers are measured, too.
    """
    targets: list[Target] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "build" in parts:
            targets += _measure_build(source, folder, cluster=cluster)
        if "splitting" in parts:
            targets += _measure_splitting(articles)
        if "app" in parts:
            targets += _measure_app(folder / "alone", "", (1.5, 0.3, 0.5))
            targets += _measure_app(folder / "store", ", five papers more", (1.5, 0.3, 0.5))
        if "growth" in parts:
            targets += _measure_growth(source, folder / "grown", steps)
    print("\n| what | reached | wanted | |\n|---|---|---|---|")
    for target in targets:
        is_met = target.reached >= target.wanted if target.at_least else target.reached <= target.wanted
        bound = f"{'at least ' if target.at_least else ''}{target.wanted:g}{target.unit}"
        shown = f"{target.reached:.3g}{target.unit}"
        more = f" ({target.more})" if target.more else ""
        print(f"| {target.what}{more} | {shown} | {bound} | {'reached' if is_met else 'missed'} |")


def _measure_build(source: Path, folder: Path, *, cluster: bool) -> list[Target]:
    corpus, store = folder / "corpus", folder / "store"
    corpus.mkdir()
    shutil.copy(source, corpus / source.name)
    rounds = []
    for _ in range(_ROUNDS):
        plain = build.segment(source)
        shutil.rmtree(store, ignore_errors=True)
        rounds.append((plain, build.build(corpus, store)))
        print(f"jieba.lcut {plain.seconds:.1f} s, build {rounds[-1][1].seconds:.1f} s", flush=True)
    first = statistics.median(run.seconds for _, run in rounds)
    used = statistics.median(run.processor for _, run in rounds)
    size = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    again = [build.build(corpus, store) for _ in range(_ROUNDS)]
    shutil.copytree(store, folder / "alone")
    by_command, by_watching = build.add_pages(corpus, store).values()
    added = statistics.median(run.seconds for run in by_watching)
    anew = statistics.median(run.seconds for run in by_command)
    targets = [
        Target(
            "all tables, against one process of `jieba.lcut`",
            statistics.median(run.seconds / plain.seconds for plain, run in rounds),
            0.40,
            more=f"{first:.1f} s",
        ),
        Target(
            "the same again, nothing changed",
            statistics.median(run.seconds for run in again) / first,
            0.02,
        ),
        Target("one page added, by a build that watches", added / first, 0.05, more=f"{added:.2f} s"),
        Target("one page added, by a command of its own", anew / first, 0.05, more=f"{anew:.2f} s"),
        Target(
            "the same in processor time",
            statistics.median(run.processor for run in by_command) / used,
            0.05,
        ),
        Target("store on disk, against the texts gzipped", size / rounds[0][0].gzipped, 1.2),
        Target("store on disk, against the source gzipped", size / source.stat().st_size, 1.2),
    ]
    if cluster:
        pool, dask = build.compare_cluster(corpus, folder)
        targets.append(Target("two Dask workers, against two processes", dask / pool, 1.3))
    return targets


def _measure_splitting(articles: pd.DataFrame) -> list[Target]:
    speed = splitting.measure(articles)
    return [
        Target("splitting pages, one core", speed.megabytes, 2, " MB/s", at_least=True),
        Target("splitting, against our tokenizer", speed.of_tokens, 1),
        Target("splitting, against `jieba.lcut`", speed.of_jieba, 1),
    ]


def _measure_app(store: Path, of: str, wanted: tuple[float, float, float]) -> list[Target]:
    """Measure the app on a store: opening, changes and switches, keyness; with what is wanted of each."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        command = [sys.executable, "-c", _APP, str(store), file.name]
        subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        taken = {name: Taken(*one) for name, one in json.load(file).items()}
    opening, changes, switches, keyness = (
        taken[name].clock for name in ("opening", "changes", "switches", "keyness")
    )
    return [
        Target(f"opening to the first chart{of}", statistics.median(opening), wanted[0], " s"),
        Target(f"filter changes, 95th percentile{of}", _p95(changes), wanted[1], " s"),
        Target(f"pages switched to and run again, 95th percentile{of}", _p95(switches), wanted[1], " s"),
        Target(f"keyness of two halves{of}", statistics.median(keyness), wanted[2], " s"),
    ]


def _measure_growth(source: Path, folder: Path, steps: tuple[int, ...]) -> list[Target]:
    """Grow corpora tenfold at a time; the app is measured on the largest, if it is the million."""
    runs, targets = [], []
    for size in steps:
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "corpus").mkdir(parents=True)
        build.grow(source, folder / "corpus" / "grown.jsonl.gz", size)
        runs.append(build.build(folder / "corpus", folder / "store"))
        print(f"{size:,} articles: {runs[-1].seconds:.1f} s", flush=True)
    for before, after, size in zip(runs, runs[1:], steps[1:], strict=False):
        targets.append(Target(f"growth to {size:,} articles, times", after.seconds / before.seconds, 11))
    if steps[-1:] == build.STEPS[-1:]:
        targets.append(Target("largest process of that build", runs[-1].memory / _GIB, 4, " GiB"))
        targets += _measure_app(folder / "store", ", a million articles", (4, 1.0, 3))
    return targets


def _p95(values: list[float]) -> float:
    return float(np.quantile(values, 0.95))
