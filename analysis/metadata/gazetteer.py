"""Provinces, cities, counties and townships of China, and where a text names them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import filterfalse
from typing import NamedTuple

import ahocorasick_rs

from analysis.word_lists import LEXICONS, read_words

#: Characters in which names are looked up one by one, before the automaton is built.
_FEW_CHARACTERS = 50_000


class Place(NamedTuple):
    """A division of China.

    Attributes:
        name: Full official name (新昌县).
        short: Everyday name (新昌).
        level: province, city or county.
        city: The city that it answers to (its own name for a city); "" for none.
        province: Its province.
        adcode: Its code in GB/T 2260; codes of ended divisions may be those of their heirs.
        until: Year in which the name ended; 0 while it stands.
    """

    name: str
    short: str
    level: str
    city: str
    province: str
    adcode: str
    until: int

    @property
    def suffix(self) -> str:
        """The last character of the name: what the division calls itself (我县, 我区, 我市 …)."""
        return self.name[-1]


class Mention(NamedTuple):
    """One name in a text.

    Attributes:
        start: Offset of its first character.
        end: Offset behind its last one.
        name: The name as it stands.
        kind: full, short or township.
        places: Every division that the name may mean; for a township the counties that have one.
    """

    start: int
    end: int
    name: str
    kind: str
    places: tuple[Place, ...]


class _Names(NamedTuple):
    """Names by kind, a name that is of several kinds under the first one, and how names begin."""

    full: dict[str, tuple[Place, ...]]
    short: dict[str, tuple[Place, ...]]
    townships: dict[str, str]  # the codes of their counties
    heads: frozenset[str]
    longest: int


class _Index(NamedTuple):
    automaton: ahocorasick_rs.AhoCorasick
    kinds: list[str]
    places: list[tuple[Place, ...]]


@cache
def read_places() -> tuple[Place, ...]:
    """Read `places.tsv`: all divisions, those that ended included, by code."""
    return tuple(Place(**row | {"until": int(row["until"] or 0)}) for row in read_rows("places.tsv"))


@cache
def read_townships() -> dict[str, tuple[Place, ...]]:
    """Read `townships.tsv`: the counties of every township name."""
    return {name: _find_counties(codes) for name, codes in _read_codes().items()}


@cache
def read_everyday_names() -> frozenset[str]:
    """Read `everyday_places.txt`: everyday names of counties that are ordinary words too."""
    return frozenset(read_words("everyday_places.txt"))


def find_mentions(text: str) -> list[Mention]:
    """Find names of divisions and townships in a text.

    Convention: names do not overlap; of those that begin at one character the longest counts.

    Args:
        text: Text without white space, see `page_text.prepare_text`.

    Returns:
        The mentions in the order of the text.

    Example:
        >>> [(m.kind, m.places[0].name) for m in find_mentions("衢州市衢江区来新昌，太真乡")]
        [('full', '衢州市'), ('full', '衢江区'), ('short', '新昌县'), ('township', '衢江区')]
    """
    _USED["characters"] += len(text)
    if _USED["characters"] <= _FEW_CHARACTERS and not _index.cache_info().currsize:
        return list(_look_up(text))
    index = load_index()
    matches = index.automaton.find_matches_as_indexes(text)
    return [
        Mention(start, end, text[start:end], index.kinds[i], index.places[i]) for i, start, end in matches
    ]


_USED = {"characters": 0}


def load_index() -> _Index:
    """Load what finds names in many texts; for a few, it takes longer than to look the names up."""
    return _index()


def _look_up(text: str) -> Iterator[Mention]:
    """Find names as the automaton does: the leftmost, of these the longest, then the next behind it."""
    names, start = _read_names(), 0
    while start < len(text) - 1:
        end = start
        if text[start : start + 2] in names.heads:
            ends = range(min(start + names.longest, len(text)), start, -1)
            end = next((end for end in ends if _is_name(text[start:end])), start)
        if end > start:
            yield _mention(start, text[start:end])
        start = max(end, start + 1)


def _is_name(text: str) -> bool:
    return any(text in names for names in _read_names()[:3])


def _mention(start: int, name: str) -> Mention:
    names = _read_names()
    for kind, places in (("full", names.full), ("short", names.short)):
        if name in places:
            return Mention(start, start + len(name), name, kind, places[name])
    return Mention(start, start + len(name), name, "township", _find_counties(names.townships[name]))


@cache
def find_places(name: str) -> tuple[Place, ...]:
    """Divisions that stand today and bear this full or everyday name."""
    return tuple(place for place in read_places() if not place.until and name in (place.name, place.short))


@cache
def _index() -> _Index:
    names = _read_names()
    every = list(dict.fromkeys([*names.townships, *names.short, *names.full]))
    automaton = ahocorasick_rs.AhoCorasick(every, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    mentions = [_mention(0, name) for name in every]
    return _Index(automaton, [found.kind for found in mentions], [found.places for found in mentions])


@cache
def _read_names() -> _Names:
    full: dict[str, list[Place]] = defaultdict(list)
    short: dict[str, list[Place]] = defaultdict(list)
    for place in read_places():
        full[place.name].append(place)
        short[place.short].append(place)
    townships = _read_codes()
    every = {*full, *short, *townships}
    full, short = ({name: tuple(places) for name, places in found.items()} for found in (full, short))
    return _Names(full, short, townships, frozenset(name[:2] for name in every), max(map(len, every)))


@cache
def _read_codes() -> dict[str, str]:
    """Read of every township name the codes of the counties, separated by spaces."""
    lines = (LEXICONS / "townships.tsv").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {name: codes for name, codes in cells[1:]}


def _find_counties(codes: str) -> tuple[Place, ...]:
    counties = _read_counties()
    return tuple(counties[code] for code in codes.split())


@cache
def _read_counties() -> dict[str, Place]:
    return {place.adcode: place for place in read_places() if place.level == "county" and not place.until}


def read_rows(file: str) -> list[dict[str, str]]:
    """Read a tab-separated lexicon whose first row, behind the comment lines, names the columns."""
    with (LEXICONS / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(filterfalse(_is_comment, lines), delimiter="\t", quoting=csv.QUOTE_NONE)
        names = next(rows)
        return [dict(zip(names, row, strict=True)) for row in rows if row]


def _is_comment(line: str) -> bool:
    return line.startswith("#")
