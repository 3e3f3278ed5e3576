"""A build that watches: when it builds, what it survives, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from analysis.corpus import read_tables as read_source_tables
from analysis.store import StoreError, open_store, read_tables
from analysis.store.locks import lock_store
from analysis.store.watching import Pace, Stopped, look_at, make_round, stop_at_signals, watch
from tests.store.corpora import copy_seeds, write_tables

ROOT = Path(__file__).parent.parent.parent
#: Seconds that a process has for what takes it one or two.
_DEADLINE = 90


def watch_states(states: str, results: str = "") -> list[int]:
    """Watch a source whose states are letters, one a look: the looks after which it was built.

    The nth build succeeds where the nth letter of the results is y, as all later ones do.
    """
    looks, built, outcomes = iter(states), [], iter(results)
    seen = []

    def look() -> dict:
        state = next(looks, None)
        if state is None:
            raise Stopped
        seen.append(state)
        return {state: ()}

    def build() -> bool:
        built.append(len(seen) - 1)
        return next(outcomes, "y") == "y"

    with pytest.raises(Stopped):
        watch(look, build, lambda: None)
    return built


@pytest.mark.parametrize(
    ("states", "results", "built"),
    [
        ("a", "", []),
        ("aaaaaa", "", [1]),
        ("aabbbb", "", [1, 3]),
        ("aabcdeeee", "", [1, 6]),
        ("aabaaaa", "", [1]),
        ("aabbaa", "", [1, 3, 5]),
        ("abababab", "", []),
        ("a" * 20, "nnny", [1, 3, 7, 15]),
        ("aaabb" + "b" * 6, "nn", [1, 4, 6]),
        ("aa" + "b" * 12, "yn", [1, 3, 5]),
    ],
    ids=[
        "one look says nothing",
        "nothing changes",
        "one change",
        "a file that is being copied",
        "there and away again",
        "back to what it was",
        "never at rest",
        "a build that fails is tried later and later",
        "a change is not made to wait for a build that failed",
        "a build after one that failed",
    ],
)
def test_it_builds_what_has_stopped_changing(states, results, built):
    assert watch_states(states, results) == built


def test_a_build_that_fails_is_not_forgotten():
    built = watch_states("a" * 10_000, "n" * 99)
    assert max(later - before for before, later in pairwise(built)) == 1 << 10


@pytest.mark.parametrize("change", ["page", "grown", "renamed", "gone", "correction", "folder", "list"])
def test_a_look_sees_a_change(tmp_path, change):
    source, words = copy_seeds(tmp_path / "source", 2), tmp_path / "slogans.tsv"
    words.touch()
    (source / "deep" / "er").mkdir(parents=True)
    before = look_at(source, words)
    assert look_at(source, words) == before
    page = min(source.glob("*.txt"))
    if change == "page":
        (source / "deep" / "er" / "new.txt").touch()
    elif change == "grown":
        with page.open("ab") as file:
            file.write(b"more")
    elif change == "renamed":
        page.rename(source / "z.txt")
    elif change == "gone":
        page.unlink()
    elif change == "correction":
        (source / f"{page.name}.fix").touch()
    elif change == "folder":
        (source / "more").mkdir()
        (source / "more" / "a.jsonl").touch()
    else:
        words.write_text("x")
    assert look_at(source, words) != before


def test_a_look_passes_over_what_no_build_reads(tmp_path):
    source = copy_seeds(tmp_path / "source", 1)
    before = look_at(source)
    (source / ".hidden").mkdir()
    for name in ("README.md", ".a.txt", "a.json", ".hidden/a.txt"):
        (source / name).touch()
    (source / "nowhere.txt").symlink_to(source / "absent.txt")
    assert {Path(path).name for path in look_at(source)} == {*(Path(p).name for p in before), "nowhere.txt"}
    page = min(source.glob("0*.txt"))
    assert set(look_at(page)) == {str(page), f"{page}.fix"}
    assert look_at(tmp_path / "absent") == look_at(tmp_path / "absent")


def test_looks_that_take_long_are_taken_seldom():
    times, slept = iter([0.0, 0.001, 5.0, 5.5]), []
    pace = Pace(0.1, lambda: next(times), slept.append)
    look = pace.time(dict)
    for _ in range(2):
        assert look() == {}
        pace.wait()
    assert slept == [0.1, 50.0]


def test_what_can_be_mended_is_survived_and_said_once():
    outcomes = iter(
        [StoreError("full"), StoreError("full"), OSError("gone"), "one line", "", KeyError("bug")]
    )
    said, complaints = [], []

    def build() -> str:
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    run = make_round(build, said.append, lambda error: complaints.append(str(error)))
    assert [run() for _ in range(5)] == [False, False, False, True, True]
    assert (said, complaints) == (["one line"], ["full", "gone"])
    with pytest.raises(KeyError):
        run()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_end_the_block_and_are_given_back(number):
    before, reached = signal.getsignal(number), []
    with stop_at_signals():
        os.kill(os.getpid(), number)
        reached.append("behind")
    assert not reached
    assert signal.getsignal(number) == before


@pytest.fixture
def watched(tmp_path):
    """A source of one page, its store, and a process that watches."""
    source = copy_seeds(tmp_path / "source", 1)
    words = ("build", source, "--store", tmp_path / "store", "--watch", "--every", "0.02")
    with (tmp_path / "out").open("w") as out, (tmp_path / "err").open("w") as err:
        command = [sys.executable, "-m", "analysis", *words]
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=err)
    yield source, tmp_path / "store", process
    process.kill()
    process.wait()


def wait_until(find, process: subprocess.Popen) -> None:
    """Ask again and again, until a deadline."""
    deadline = time.monotonic() + _DEADLINE
    while not find():
        assert process.poll() is None, "it has ended"
        assert time.monotonic() < deadline, "nothing came of it"


def test_a_page_that_is_added_comes_to_the_store(watched):
    source, folder, process = watched
    out, err = source.parent / "out", source.parent / "err"
    wait_until(lambda: out.read_text().startswith("1 pages, "), process)
    with lock_store(folder):
        pass  # it is held while a build runs, and at no other time
    (source / "bad.txt").write_bytes(bytes(range(256)) * 40)
    wait_until(lambda: ", 1 problems" in out.read_text(), process)
    for page in source.glob("*.txt"):
        page.unlink()
    wait_until(lambda: "error: " in err.read_text(), process)
    copy_seeds(source, 2)
    wait_until(lambda: open_store(folder).manifest.counts["pages"] == 2, process)
    process.send_signal(signal.SIGTERM)
    assert process.wait(_DEADLINE) == 0
    assert "Traceback" not in err.read_text()
    assert write_tables(read_tables(open_store(folder))) == write_tables(read_source_tables(source))
