"""Stamps: whether anything has changed at all, told without loading what computes.

A stamp covers the bytes of every file of a source, of the code, and of the word lists. Where it is that of
the store, a build has nothing to do and ends before the libraries of tables and text are even loaded.
"""

from __future__ import annotations

from pathlib import Path

from analysis.sources.files import is_wanted
from analysis.store.digests import take_digest
from analysis.store.fingerprints import fingerprint, print_merging, print_stages
from analysis.store.manifest import NAME, Manifest, StoreError, read_manifest

_FIXES = ".fix"


def stamp_build(source: Path, *word_lists: Path | None) -> str:
    """Take the fingerprint of all that a build rests on.

    Args:
        source: A file or a folder that exists.
        word_lists: Files of slogans and topics; None for the product's own.

    Returns:
        The stamp.
    """
    single = source.is_file()
    paths = [source] if single else sorted(path for path in source.rglob("*") if path.is_file())
    if single and (fix := source.with_name(source.name + _FIXES)).is_file():
        paths.append(fix)
    names = [path.name if single else path.relative_to(source).as_posix() for path in paths]
    files = [
        part
        for name, path in zip(names, paths, strict=True)
        if single or is_wanted(name.removesuffix(_FIXES))
        for part in (name, take_digest(path).sha256)
    ]
    lists = [b"own" if path is None else path.read_bytes() for path in word_lists]
    return fingerprint(print_merging(), *print_stages().values(), *lists, *files)


def find_unchanged(folder: Path, stamp: str) -> Manifest | None:
    """Give the manifest of a store that has this stamp and all its files; None where there is work to do."""
    if not (folder / NAME).is_file():
        return None
    try:
        manifest = read_manifest(folder)
    except StoreError:
        return None
    if manifest.inputs.get("stamp") != stamp:
        return None
    sizes = {path.name: path.stat().st_size for path in (folder / "parts").glob("*")}
    is_whole = all(sizes.get(name) == size for name, (size, _) in manifest.checks.items())
    return manifest if is_whole else None
