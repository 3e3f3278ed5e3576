"""A clock that goes back: what has changed is told by content, not by times."""

from __future__ import annotations

import os
import random
from pathlib import Path

from analysis.corpus import read_tables as read_source_tables
from analysis.store import build_store
from analysis.store.manifest import NAME
from analysis.store.stamps import find_unchanged, stamp_build
from tests.faults.builds import Report, make_sources, read_store
from tests.store.corpora import write_tables


def turn_back(folder: Path, times: int, seed: int = 1) -> Report:
    """Change a character of a page under a clock that went back, and build.

    Args:
        folder: Scratch folder.
        times: How often.
        seed: Of page, character and time.

    Returns:
        What was found.
    """
    from app_pages.parts.corpus import _stamp_store  # noqa: PLC0415, it loads Streamlit

    _, source = make_sources(folder)
    store, chance, faults = folder / "store", random.Random(seed), []
    build_store(source, store, stamp=stamp_build(source))
    first = (store / NAME).stat()
    seen = {_stamp_store(store)}
    for number in range(times):
        path = chance.choice(sorted(source.glob("*.txt")))
        info = path.stat()
        _change(path, chance)
        past = chance.choice((info.st_mtime_ns, chance.randrange(10**18), info.st_mtime_ns - 1))
        os.utime(path, ns=(past, past))
        stamp = stamp_build(source)
        if find_unchanged(store, stamp):
            faults.append(f"{number}: a changed page is taken for the one before")
        build_store(source, store, stamp=stamp)
        expected = write_tables(read_source_tables(source))
        if {name: read_store(store)[name] for name in expected} != expected:
            faults.append(f"{number}: other tables than those of the pages")
        # The manifest is given the time of the very first one.
        os.utime(store / NAME, ns=(first.st_atime_ns, first.st_mtime_ns))
        if _stamp_store(store) in seen:
            faults.append(f"{number}: the app takes the new tables for the old ones")
        seen.add(_stamp_store(store))
    line = f"{times} pages changed under a clock that went back or stood still"
    return Report(f"{line}: all noticed by the build and by the app", faults)


def _change(path: Path, chance: random.Random) -> None:
    """Put one character of a page in the place of another, so that its size stays."""
    text = path.read_text(encoding="utf-8")
    places = [place for place, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]
    place, other = chance.choice(places), chance.choice(places)
    char = text[other] if text[other] != text[place] else "一" if text[place] != "一" else "二"
    path.write_text(text[:place] + char + text[place + 1 :], encoding="utf-8")
