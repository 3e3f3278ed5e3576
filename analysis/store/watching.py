"""Watching a source: a process that stays keeps a store up to date.

A process that is started for one page spends its time on loading libraries and dictionaries. One that stays
has them. It looks at the files of the source again and again, at names, sizes and times only, and builds when
something has changed and has stopped changing: a file that is still being copied is left alone until two
looks agree. A build that fails says so, and is tried again, later and later while nothing changes. The lock
of the store is held while a build runs, and at no other time. Ctrl-C and SIGTERM end it, in the middle of a
build too: what is not committed leaves the old tables.

It computes with the program as it was loaded: after an upgrade it has to be started anew.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from analysis.sources.names import is_wanted

#: A look takes at most so much of the time.
_SHARE = 1 / 100
#: Most looks that pass after a build that failed before it is tried again.
_MOST_PASSED = 1 << 10
_FIXES = ".fix"

#: The state of each file, by path.
Look = dict[str, tuple[int, ...]]


class Stopped(BaseException):
    """The process was told to end."""


def watch(look: Callable[[], Look], build: Callable[[], bool], wait: Callable[[], None]) -> None:
    """Build at first, and whenever a source has changed and has stopped changing; never return.

    Args:
        look: Looks at the source.
        build: Brings the store up to date; tells whether it could.
        wait: Waits until the next look.

    Raises:
        Stopped: As one of these raises it.
    """
    built, seen, failures, passed = None, None, 0, 0
    while True:
        found = look()
        is_due = found != built or (failures > 0 and passed >= min(1 << failures, _MOST_PASSED))
        if found == seen and is_due:
            failures = 0 if build() else (failures + 1 if found == built else 1)
            built, passed = found, 0
        seen, passed = found, passed + 1
        wait()


def look_at(*paths: Path) -> Look:
    """Look at all files that a build may read; none is opened.

    Args:
        paths: Files and folders; those that are absent have no state.

    Returns:
        Inode, size, and times of content and state of each file.
    """
    found: Look = {}
    for path in paths:
        waiting = [str(path)]
        if not path.is_dir():
            found |= _look_at_files([str(path), f"{path}{_FIXES}"])
            continue
        while waiting:
            folder = waiting.pop()
            try:
                entries = list(os.scandir(folder))
            except OSError as error:
                found[folder] = (error.errno or 0,)
                continue
            waiting += [
                entry.path
                for entry in entries
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
            ]
            found |= _look_at_files(
                [entry.path for entry in entries if is_wanted(entry.name.removesuffix(_FIXES))]
            )
    return found


def _look_at_files(paths: list[str]) -> Look:
    found = {}
    for path in paths:
        try:
            info = os.stat(path)
        except OSError as error:
            found[path] = (error.errno or 0,)
        else:
            found[path] = info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns
    return found


class Pace:
    """The time between two looks, longer where a look takes long."""

    def __init__(
        self,
        every: float,
        clock: Callable[[], float] = time.perf_counter,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Start with no look.

        Args:
            every: Seconds between two looks.
            clock: Gives the time.
            sleep: Waits for some seconds.
        """
        self.every, self.clock, self.sleep = every, clock, sleep
        self.taken = 0.0

    def time(self, look: Callable[[], Look]) -> Callable[[], Look]:
        """Have a look timed."""

        def timed() -> Look:
            start = self.clock()
            found = look()
            self.taken = self.clock() - start
            return found

        return timed

    def wait(self) -> None:
        """Wait until the next look."""
        self.sleep(max(self.every, self.taken / _SHARE))


def make_round(
    build: Callable[[], str], say: Callable[[str], None], complain: Callable[[Exception], None]
) -> Callable[[], bool]:
    """Have a build say what it did, and survive what a person can mend.

    Args:
        build: Brings the store up to date; gives a line, or "" when there was nothing to do.
        say: Told the line.
        complain: Told why a build failed; not again while it fails for the same reason.

    Returns:
        What `watch` needs.
    """
    told = ""

    def run() -> bool:
        nonlocal told
        try:
            line, reason = build(), ""
        except (ValueError, OSError) as error:
            line, reason = "", str(error)
            if reason != told:
                complain(error)
        if line:
            say(line)
        told = reason
        gc.collect()
        return not reason

    return run


@contextmanager
def stop_at_signals() -> Iterator[None]:
    """Have Ctrl-C and SIGTERM raise `Stopped` in the block, and end it."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Stopped:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
