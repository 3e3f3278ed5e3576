"""The slogan lexicon: reading it and holding it against its rules."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.slogans.skeleton import skeleton

#: The lexicon that the product comes with.
LEXICON_FILE = Path(__file__).parents[1] / "lexicons" / "slogans.tsv"
#: Formulae that it leaves out on purpose, each with the reason; held against the labels by the tests.
OMISSIONS_FILE = LEXICON_FILE.with_name("slogan_omissions.tsv")
#: Columns of a lexicon frame and their dtypes.
LEXICON_COLUMNS = {
    "slogan": "str",
    "aliases": "str",
    "parent": "str",
    "category": "str",
    "scope": "str",
    "since": "Int64",
    "source": "str",
    "gloss": "str",
    "guard": "str",
    "note": "str",
}
#: Column order of a file that has no header row: what must be there comes first.
_PLAIN_ORDER = ("slogan", "category", *[c for c in LEXICON_COLUMNS if c not in ("slogan", "category")])
#: Guard that lets an entry count only where it stands in quotation marks.
QUOTED_ONLY = "“”"
_SCOPES = ("national", "provincial", "city", "county")
_SEPARATOR = re.compile("[;；]")
_YEAR = re.compile(r"(19|20)\d\d")
_LIST_LINE = re.compile(r"#\s*categories:\s*(.+)")
_MOST_NAMED = 20
# Every hit counts for all parents of its slogan, so that a chain of thousands would multiply hits.
_MOST_PARENTS = 20
# A form of thousands of characters is no slogan, but a text or a file gone wrong.
_LONGEST = 100
# Every alias is held against every guard of its entry.
_MOST_VALUES = 100


class LexiconError(ValueError):
    """A lexicon file cannot be read, or rows of it break the rules."""


class _Row(NamedTuple):
    line: int
    cells: dict[str, str]


def read_lexicon(path: str | Path | None = None) -> pd.DataFrame:
    """Read a slogan lexicon.

    The file is tab-separated UTF-8 text. Lines that begin with # and empty lines are skipped. The first row
    names the columns, in any order; without such a row they are slogan, category, aliases and so on. Only
    slogan and category have to be filled in. Several aliases or guards are separated by semicolons.

    Args:
        path: Lexicon of one's own; None for the one that the product comes with.

    Returns:
        One row per slogan in the order of the file: slogan, aliases, parent, category, scope, since,
        source, gloss, guard, note. Empty cells are "", an unknown year is missing.

    Raises:
        LexiconError: The file cannot be read, or rows are wrong; each is named with its line and the cure.

    Example:
        >>> lexicon = read_lexicon()
        >>> lexicon.loc[lexicon["slogan"] == "八八战略", ["category", "since"]].values.tolist()
        [['governance', 2003]]
    """
    if path is None:
        return _read_own_lexicon().copy()
    return parse_lexicon(_read_text(Path(path)), Path(path).name)


def read_categories() -> list[str]:
    """Read the closed list of categories from the header of the product's lexicon.

    Returns:
        Category names, sorted.
    """
    for line in LEXICON_FILE.read_text(encoding="utf-8").splitlines():
        if found := _LIST_LINE.match(line):
            return sorted(re.split(r"[,\s]+", found[1].strip()))
    raise LexiconError(f"{LEXICON_FILE.name}: no list of categories; expected a line '# categories: …'")


def iter_forms(lexicon: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Walk over every form that a lexicon matches.

    Args:
        lexicon: As from `read_lexicon`.

    Yields:
        Slogan, form (the slogan itself or an alias), guard of the entry.
    """
    columns = (lexicon[name].tolist() for name in ("slogan", "aliases", "guard"))
    for slogan, aliases, guard in zip(*columns, strict=True):
        for form in (slogan, *split_cell(aliases)):
            yield slogan, form, guard


def split_cell(cell: str) -> list[str]:
    """Split a cell of several values.

    Args:
        cell: Values joined by ';' (or its full-width form).

    Returns:
        The values, trimmed, without empty ones.

    Example:
        >>> split_cell("一老与一小; “一老”“一小”;")
        ['一老与一小', '“一老”“一小”']
    """
    if not cell:
        return []
    return [value.strip() for value in _SEPARATOR.split(cell) if value.strip()]


@functools.cache
def _read_own_lexicon() -> pd.DataFrame:
    return parse_lexicon(_read_text(LEXICON_FILE), LEXICON_FILE.name)


@functools.cache
def _read_own_slogans() -> frozenset[str]:
    """Read the slogans of the product's lexicon: parents of entries in any lexicon."""
    rows, _ = _split_rows(_read_text(LEXICON_FILE), LEXICON_FILE.name)
    return frozenset(row.cells["slogan"] for row in rows)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(
            f"{path.name} is not UTF-8 text; save it as tab-separated text in UTF-8"
        ) from error
    except OSError as error:
        raise LexiconError(
            f"{path} cannot be read: {error.strerror}; expected a tab-separated file"
        ) from error


def parse_lexicon(text: str, name: str) -> pd.DataFrame:
    """Parse the text of a lexicon (see `read_lexicon`).

    Args:
        text: The whole file.
        name: What messages call it.

    Returns:
        As `read_lexicon`.

    Raises:
        LexiconError: Rows are wrong; each is named with its line and the cure.
    """
    rows, problems = _split_rows(text, name)
    problems += _find_problems(rows, name)
    if not rows and not problems:
        problems = [f"{name} has no entry; expected one a line: slogan<TAB>category…"]
    if problems:
        rest = [f"… and {len(problems) - _MOST_NAMED} more"] if len(problems) > _MOST_NAMED else []
        raise LexiconError("\n".join(problems[:_MOST_NAMED] + rest))
    cells = {column: [row.cells[column] for row in rows] for column in LEXICON_COLUMNS}
    cells["since"] = [int(year) if year else None for year in cells["since"]]
    return pd.DataFrame({column: pd.Series(cells[column], dtype=t) for column, t in LEXICON_COLUMNS.items()})


def _split_rows(text: str, name: str) -> tuple[list[_Row], list[str]]:
    columns: tuple[str, ...] = ()
    rows, problems = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not columns:
            columns = tuple(cells) if "slogan" in cells else _PLAIN_ORDER
            unknown = [cell for cell in columns if cell not in LEXICON_COLUMNS]
            if unknown or "category" not in columns:
                what = f"unknown column '{unknown[0]}'" if unknown else "no column category"
                return [], [f"{name}:{number}: {what}; expected {', '.join(_PLAIN_ORDER)}"]
            if cells == list(columns):
                continue
        if len(cells) > len(columns):
            problems.append(f"{name}:{number}: {len(cells)} cells; expected at most {len(columns)}, by tabs")
            continue
        filled = dict.fromkeys(LEXICON_COLUMNS, "") | dict(zip(columns, cells, strict=False))
        rows.append(_Row(number, filled))
    return rows, problems


def _find_problems(rows: list[_Row], name: str) -> list[str]:
    slogans = {row.cells["slogan"] for row in rows} | _read_own_slogans()
    categories = read_categories()
    seen: dict[str, int] = {}
    problems = []
    for row in rows:
        faults = [*_check_cells(row.cells, categories, slogans), *_check_forms(row, seen)]
        problems += [f"{name}:{row.line}: {fault}" for fault in faults]
    return problems + [f"{name}:{line}: {fault}" for line, fault in _find_circles(rows)]


def _find_circles(rows: list[_Row]) -> Iterator[tuple[int, str]]:
    """Find entries that are among their own parents, or have too many; every parent is looked at once."""
    parents = {row.cells["slogan"]: row.cells["parent"] for row in rows}
    heights: dict[str, float] = {"": 0}  # parents above an entry; without end on the way into a circle
    circles: set[str] = set()
    for slogan in parents:
        path: dict[str, int] = {}
        above = slogan
        while above not in heights and above not in path:
            path[above] = len(path)
            above = parents.get(above, "")
        if above in path:
            circle = [entry for entry, place in path.items() if place >= path[above]]
            circles |= set(circle) if len(circle) > 1 else set()
            heights |= dict.fromkeys(circle, math.inf)
        for entry in reversed(path):
            above = parents.get(entry, "")
            heights.setdefault(entry, heights[above] + 1 if above else 0)
    for row in rows:
        slogan = row.cells["slogan"]
        if slogan in circles:
            yield row.line, f"'{slogan}' is among its own parents; expected no circle, or no parent"
        elif _MOST_PARENTS < heights[slogan] < math.inf:
            many = heights[slogan]
            yield row.line, f"'{slogan}' has {many} parents above it; expected at most {_MOST_PARENTS}"


def _check_cells(cells: dict[str, str], categories: list[str], slogans: set[str]) -> Iterator[str]:
    slogan = cells["slogan"]
    if not slogan:
        yield "the row has no slogan; expected slogan<TAB>category…"
    if not cells["category"]:
        yield f"'{slogan}' has no category; expected slogan<TAB>category…"
    elif cells["category"] not in categories:
        known = ", ".join(categories)
        yield f"'{slogan}' has unknown category '{cells['category']}'; expected one of {known}"
    if cells["scope"] and cells["scope"] not in _SCOPES:
        yield f"'{slogan}' has unknown scope '{cells['scope']}'; expected one of {', '.join(_SCOPES)}"
    if cells["since"] and not _YEAR.fullmatch(cells["since"]):
        yield f"'{slogan}' has since '{cells['since']}'; expected a year such as 2012, or nothing"
    if cells["parent"] and (cells["parent"] not in slogans or cells["parent"] == slogan):
        yield f"'{slogan}' has parent '{cells['parent']}'; expected the name of another entry, or nothing"


def _check_forms(row: _Row, seen: dict[str, int]) -> Iterator[str]:
    forms = [row.cells["slogan"], *split_cell(row.cells["aliases"])]
    guards = split_cell(row.cells["guard"])
    for what, values in (("aliases", forms[1:]), ("guards", guards)):
        if len(values) > _MOST_VALUES:
            yield f"'{forms[0]}' has {len(values)} {what}; expected at most {_MOST_VALUES}"
            return
    for form in filter(None, forms):
        bare = skeleton(form)
        if len(bare) < 2:
            yield f"'{form}' is too short; expected at least two characters"
        elif len(bare) > _LONGEST:
            yield f"'{form[:_LONGEST]}…' is too long; expected at most {_LONGEST} characters"
        elif bare in seen:
            yield f"'{form}' stands in line {seen[bare]} already; expected every form once"
        seen.setdefault(bare, row.line)
    for guard in guards:
        if (
            guard != QUOTED_ONLY
            and "~" not in guard
            and not any(skeleton(f) in skeleton(guard) for f in forms)
        ):
            yield f"guard '{guard}' does not hold '{forms[0]}'; expected words around it, as ~级 or 五星级"
