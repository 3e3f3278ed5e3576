"""Provinces, cities, counties and townships of China, and where a text names them."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from itertools import filterfalse
from typing import NamedTuple

import ahocorasick_rs

from analysis.word_lists import LEXICONS, read_words


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
    counties = {place.adcode: place for place in read_places() if place.level == "county" and not place.until}
    return {
        row["name"]: tuple(counties[code] for code in row["adcodes"].split())
        for row in read_rows("townships.tsv")
    }


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
    index = _index()
    matches = index.automaton.find_matches_as_indexes(text)
    return [
        Mention(start, end, text[start:end], index.kinds[i], index.places[i]) for i, start, end in matches
    ]


@cache
def find_places(name: str) -> tuple[Place, ...]:
    """Divisions that stand today and bear this full or everyday name."""
    return tuple(place for place in read_places() if not place.until and name in (place.name, place.short))


@cache
def _index() -> _Index:
    full: dict[str, list[Place]] = defaultdict(list)
    short: dict[str, list[Place]] = defaultdict(list)
    for place in read_places():
        full[place.name].append(place)
        short[place.short].append(place)
    names: dict[str, tuple[str, tuple[Place, ...]]] = {
        name: ("township", places) for name, places in read_townships().items()
    }
    names |= {name: ("short", tuple(places)) for name, places in short.items()}
    names |= {name: ("full", tuple(places)) for name, places in full.items()}
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return _Index(automaton, [kind for kind, _ in names.values()], [places for _, places in names.values()])


def read_rows(file: str) -> list[dict[str, str]]:
    """Read a tab-separated lexicon whose first row, behind the comment lines, names the columns."""
    with (LEXICONS / file).open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(filterfalse(_is_comment, lines), delimiter="\t", quoting=csv.QUOTE_NONE)
        names = next(rows)
        return [dict(zip(names, row, strict=True)) for row in rows if row]


def _is_comment(line: str) -> bool:
    return line.startswith("#")
