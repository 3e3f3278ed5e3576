"""Files of a store that were changed by a bit or cut short: named, or without any effect; never believed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from analysis.shelves import shelve_store
from analysis.store import StoreError, build_store, open_store
from tests.faults.builds import Report, make_sources, read_store

#: One in so many damages is cured as the sentence says, and built over.
_SOME = 10


def spoil_files(folder: Path, times: int, seed: int = 1) -> Report:
    """Spoil one file of a store at a time, at a random place, and read everything.

    Args:
        folder: Scratch folder.
        times: How often.
        seed: Of the places.

    Returns:
        What was found.
    """
    source, later = make_sources(folder)
    store = folder / "store"
    build_store(source, store)
    whole = _read_all(store)
    build_store(later, folder / "later")
    grown = _read_all(folder / "later")
    files = sorted(path for path in store.rglob("*") if path.is_file() and path.stat().st_size)
    contents = {path: path.read_bytes() for path in files}
    chance, faults = random.Random(seed), []
    found = {"named": 0, "harmless": 0, "cured": 0, "built": 0}
    for number in range(times):
        path = chance.choice(files)
        what = _spoil(path, contents[path], chance)
        try:
            is_right = _read_all(store) == whole
            found["harmless"] += is_right
            faults += [] if is_right else [f"{number}, {what}: other numbers"]
        except StoreError as error:
            found["named"] += path.name in str(error)
            faults += [] if path.name in str(error) else [f"{number}, {what}: {error}"]
            if found["named"] % _SOME == 1:
                found["cured"] += _cure(path, store, source, whole)
        except Exception as error:  # any other one is a fault
            faults.append(f"{number}, {what}: {type(error).__name__} {error}")
        if number % _SOME == 0:
            found["built"] += 1
            faults += [f"{number}, {what}: {fault}" for fault in _build_over(path, store, later, grown)]
        path.write_bytes(contents[path])
    cures = (found["named"] + _SOME - 1) // _SOME
    faults += [f"{cures - found['cured']} cures did not help"] if found["cured"] < cures else []
    line = f"{times} files spoilt: {found['named']} named, {found['harmless']} without effect"
    return Report(
        f"{line}; {found['cured']} of {cures} cured as the sentence says, {found['built']} built over", faults
    )


def _read_all(folder: Path) -> dict[str, bytes]:
    store = open_store(folder)
    shelf = shelve_store(store)
    rolled = shelf.origin.read_rolled(shelf.lexicon).astype({"slogan": "str", "field": "str"})
    return read_store(folder) | {"rolled": rolled.to_csv().encode()}


def _spoil(path: Path, content: bytes, chance: random.Random) -> str:
    place = chance.randrange(len(content))
    if chance.random() < 0.25:
        path.write_bytes(content[:place])
        return f"{path.name} cut at {place}"
    spoilt = bytearray(content)
    bit = chance.randrange(8)
    spoilt[place] ^= 1 << bit
    path.write_bytes(spoilt)
    return f"{path.name}, bit {bit} of byte {place}"


def _cure(path: Path, store: Path, source: Path, whole: dict[str, bytes]) -> bool:
    """Do as the sentence says, in a copy: delete what it names, and build again."""
    copy = store.with_name("cured")
    shutil.copytree(store, copy)
    if path.parent == store:
        shutil.rmtree(copy)
    else:
        (copy / path.relative_to(store)).unlink()
    try:
        build_store(source, copy)
        return _read_all(copy) == whole
    except StoreError:
        return False
    finally:
        shutil.rmtree(copy)


def _build_over(path: Path, store: Path, source: Path, expected: dict[str, bytes]) -> list[str]:
    """Build what has grown over a spoilt store, in a copy; it is named by then, or never used."""
    copy = store.with_name("over")
    shutil.copytree(store, copy)
    try:
        build_store(source, copy)
        return [] if _read_all(copy) == expected else ["other numbers after a build"]
    except StoreError as error:
        return [] if path.name in str(error) else [str(error)]
    finally:
        shutil.rmtree(copy)
