"""Fingerprints: what a result was made of, so that equal inputs need no second computation.

A stage's fingerprint is made of the bytes of the modules and word lists that it reads and of the versions of
the libraries that decide its results, not of a number that somebody must remember to raise: a forgotten
number gives wrong tables, a changed comment only a computation too many.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_PACKAGE = Path(__file__).parent.parent
#: Hex digits of a fingerprint: 128 bits.
DIGITS = 32
_SHARED = ("schema.py", "fields.py", "haystacks.py", "word_lists.py", "store/stages.py", "store/parts.py")
_SLOGANS = ("slogans", "lexicons/slogan*", "measures", "periods.py")
#: Stage -> files and folders of the package that its results rest on; a star stands for the rest of a name.
_SOURCES = {
    "split": (
        "pages.py",
        "articles",
        "corrections",
        "metadata",
        "sources",
        "periods.py",
        "measures",
        "slogans/frequencies.py",
        "lexicons/[a-rt-z]*",
        "lexicons/surnames.txt",
    ),
    "topics": ("topics/*.py", "lexicons/topics.tsv"),
    "slogans": _SLOGANS,
    "words": (
        *_SLOGANS,
        "store/words.py",
        "tokens",
        "keywords",
        "content_words.py",
        "lexicons/stopwords*",
    ),
    "coinages": (
        "store/candidates.py",
        "slogans/*.py",
        "measures",
        "periods.py",
        "lexicons/slogan_noise.tsv",
    ),
}
#: Files that the tables of all batches rest on beside those of the stages.
_MERGING = (
    "store/wholes.py", "store/drafts.py", "store/growth.py", "store/merging.py", "store/proposals.py",
    "store/shortlists.py", "store/vocabulary.py", "store/sites.py", "schema.py", "corpus.py",
)  # fmt: skip
_LIBRARIES = {"words": ("jieba", "rjieba"), "split": ("charset-normalizer", "openpyxl")}
#: The stages of a batch, in the order in which they are computed.
STAGES = tuple(_SOURCES)


def fingerprint(*parts: str | bytes) -> str:
    """Take the fingerprint of some parts; where one ends and the next begins counts.

    Example:
        >>> fingerprint("ab", "c") == fingerprint("a", "bc")
        False
        >>> fingerprint("提法") == fingerprint("提法".encode())
        True
    """
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()[:DIGITS]


def print_frame(frame: pd.DataFrame) -> str:
    """Take the fingerprint of a small frame, as a lexicon is."""
    return fingerprint(frame.to_csv(index=False))


@cache
def print_stages() -> dict[str, str]:
    """Take the fingerprint of the code of every stage, by its name."""
    shared = _list_files(_SHARED)
    return {stage: _print_stage(stage, shared | _list_files(names)) for stage, names in _SOURCES.items()}


@cache
def print_merging() -> str:
    """Take the fingerprint of the code that makes tables of all batches."""
    return fingerprint(*print_stages().values(), _print_stage("merging", _list_files(_MERGING)))


def _print_stage(stage: str, files: set[Path]) -> str:
    versions = [f"{name} {_version(name)}" for name in _LIBRARIES.get(stage, ())]
    contents = [
        part for path in sorted(files) for part in (path.relative_to(_PACKAGE).as_posix(), path.read_bytes())
    ]
    return fingerprint(stage, *versions, *contents)


def _list_files(names: tuple[str, ...]) -> set[Path]:
    found: set[Path] = set()
    for name in names:
        for path in _PACKAGE.glob(name):
            found |= set(path.rglob("*.py")) if path.is_dir() else {path}
    return found


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "absent"
