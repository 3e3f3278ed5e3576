"""Builds in processes of their own, forked from one that has loaded everything already."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from analysis.__main__ import main
from analysis.store import open_store, read_tables
from tests.store.corpora import copy_seeds, write_table, write_tables

_FORKS = multiprocessing.get_context("forkserver")


class Report(NamedTuple):
    """What came of a fault: one line for the table, and whatever should not have happened."""

    line: str
    faults: list[str]


def start_build(source: Path, store: Path, log: Path = Path(os.devnull)) -> BaseProcess:
    """Start `python -m analysis build` in a process that can be killed; it writes what it says to a log."""
    _FORKS.set_forkserver_preload(["tests.faults.warm"])
    build = _FORKS.Process(target=_build, args=(str(source), str(store), str(log)))
    build.start()
    return build


def _build(source: str, store: str, log: str) -> None:
    with Path(log).open("w", encoding="utf-8") as file:
        sys.stdout = sys.stderr = file
        status = main(["build", source, "--store", store, "--workers", "1"])
    sys.exit(status)


def make_sources(folder: Path) -> tuple[Path, Path]:
    """Make a source, and one with a page and some articles more."""
    before, after = copy_seeds(folder / "before", 1), copy_seeds(folder / "after", 2)
    write_table(before / "news.jsonl", 40)
    write_table(after / "news.jsonl", 60)
    return before, after


def read_store(store: Path) -> dict[str, bytes]:
    """Read all that a store says: the nine tables, and the word lists that it was built with."""
    opened = open_store(store)
    lists = {"lexicon": opened.read_lexicon(), "taxonomy": opened.read_taxonomy()}
    return write_tables(read_tables(opened)) | {
        name: frame.to_csv().encode() for name, frame in lists.items()
    }


def list_strays(store: Path) -> list[str]:
    """List the files that no manifest names."""
    known = open_store(store).manifest.checks.keys()
    return sorted(
        f"{name} was left lying" for name in {path.name for path in (store / "parts").iterdir()} - known
    )
