"""Words that speak against a proposed slogan, and words that belong to a quoted one."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import NamedTuple

from analysis.slogans.lexicon import LEXICON_FILE

NOISE_FILE = LEXICON_FILE.with_name("slogan_noise.tsv")
HEADS_FILE = LEXICON_FILE.with_name("slogan_heads.tsv")


class Noise(NamedTuple):
    """The lists, compiled."""

    inside: re.Pattern[str]
    at_start: re.Pattern[str]
    at_end: re.Pattern[str]
    name_end: re.Pattern[str]  # bodies and places
    body_end: re.Pattern[str]
    measure: re.Pattern[str]  # at the start of what follows a numeral
    function: frozenset[str]  # single characters that end the noun phrase before them
    head_after: re.Pattern[str]
    head_before: re.Pattern[str]
    verb: re.Pattern[str]  # at the end of what stands before a formula


@functools.cache
def read_noise() -> Noise:
    """Read the word lists that candidates are judged by.

    Returns:
        The lists, compiled once.
    """
    rows = _read_rows(NOISE_FILE)
    heads = _read_rows(HEADS_FILE)

    def words(place: str, kind: str = "") -> list[str]:
        return [row[0] for row in rows if row[1] == place and kind in (row[2], "")]

    return Noise(
        inside=re.compile(_any(words("inside"))),
        at_start=re.compile(_any(words("start"))),
        at_end=re.compile(f"(?:{_any(words('end', 'function'))})$"),
        name_end=re.compile(f"(?:{_any(words('end', 'name') + words('end', 'body'))})$"),
        body_end=re.compile(f"(?:{_any(words('end', 'body'))})$"),
        measure=re.compile(_any(words("after numeral"))),
        function=frozenset(words("after noun")),
        head_after=re.compile(_any([word for word, place in heads if place == "after"])),
        head_before=re.compile(f"(?:{_any([word for word, place in heads if place == 'before'])})$"),
        verb=re.compile(f"(?:{_any([word for word, place in heads if place == 'verb'])})$"),
    )


def _read_rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
