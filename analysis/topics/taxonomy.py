"""The taxonomy: which cue words speak for which topic, and how strongly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd

from analysis.schema import OTHER_TOPIC
from analysis.word_lists import LEXICONS

TAXONOMY = LEXICONS / "topics.tsv"
TOPIC_NAMES = LEXICONS / "topic_names.tsv"

_COLUMNS = ["topic", "cue", "weight"]
_EXPECTED = "expected topic<TAB>cue<TAB>weight"
#: Weights outside these would make sums of them, and shares of these, no numbers any more.
LEAST_WEIGHT, MOST_WEIGHT = 0.001, 1000.0


class TaxonomyError(ValueError):
    """A taxonomy cannot be read; the message names file, line and cure."""


def read_taxonomy(path: str | Path | None = None) -> pd.DataFrame:
    """Read a taxonomy of topics.

    The file is UTF-8, tab-separated, one cue a line: topic, cue, weight. Lines that open with `#`, empty
    lines and a header row `topic<TAB>cue<TAB>weight` do not count.

    Args:
        path: The file; without it, the taxonomy that comes with the package.

    Returns:
        One row per topic and cue, in the order of the file: topic, cue, weight (0.001 to 1000; 4 and more
        decides, 3 is typical, 2 leans, 1 hints).

    Raises:
        TaxonomyError: The file cannot be read, has no cue, or a row is wrong: not three columns, an empty
            cell, a weight that is no number from 0.001 to 1000, a pair of topic and cue that stands twice, or
            the name 其他, which is kept for articles with thin evidence.

    Example:
        >>> read_taxonomy().query("cue == '乡村振兴'").values.tolist()
        [['农业农村与乡村振兴', '乡村振兴', 4.0]]
    """
    return parse_taxonomy(_read_text(Path(path)), Path(path).name) if path else _read_own().copy()


def parse_taxonomy(text: str, name: str) -> pd.DataFrame:
    """Parse the text of a taxonomy (see `read_taxonomy`).

    Args:
        text: The whole file.
        name: What messages call it.

    Returns:
        As `read_taxonomy`.

    Raises:
        TaxonomyError: The text has no cue, or a row is wrong.

    Example:
        >>> parse_taxonomy("养老\\t一老一小\\t4\\n", "mine.tsv").values.tolist()
        [['养老', '一老一小', 4.0]]
    """
    seen: dict[tuple[str, str], int] = {}
    rows: list[tuple[str, str, float]] = []
    for number, cells in _rows_of(text):
        if cells == _COLUMNS:
            continue
        where = f"{name}:{number}"
        topic, cue, weight = _parse_row(where, cells)
        if (topic, cue) in seen:
            raise TaxonomyError(
                f"{where}: {cue!r} stands for {topic} in line {seen[topic, cue]} already; remove one"
            )
        seen[topic, cue] = number
        rows.append((topic, cue, weight))
    if not rows:
        raise TaxonomyError(f"{name}: has no cue; {_EXPECTED} in each line")
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"topic": "str", "cue": "str", "weight": "float64"})


def format_taxonomy(taxonomy: pd.DataFrame) -> str:
    """Write a taxonomy as the text that `parse_taxonomy` reads back, without comments.

    Args:
        taxonomy: As from `read_taxonomy`.

    Returns:
        Tab-separated text: the names of the columns, then one cue a line.
    """
    # The space keeps a topic that opens with # from being taken for a comment; it is no part of the cell.
    lines = [
        f"{' ' if topic.startswith('#') else ''}{topic}\t{cue}\t{weight!r}"
        for topic, cue, weight in zip(
            taxonomy["topic"], taxonomy["cue"], taxonomy["weight"].tolist(), strict=True
        )
    ]
    return "\n".join(["\t".join(_COLUMNS), *lines, ""])


def read_topic_names(path: str | Path | None = None) -> pd.DataFrame:
    """Read the English names of the topics.

    Args:
        path: A file with the columns topic and english; without it, the names that come with the package.

    Returns:
        One row per topic, in the order of the file: topic, english.

    Raises:
        TaxonomyError: The file cannot be read or a row has not two columns.
    """
    file = Path(path or TOPIC_NAMES)
    rows = [cells for _, cells in _rows_of(_read_text(file)) if cells != ["topic", "english"]]
    wrong = next((cells for cells in rows if len(cells) != 2), None)
    if wrong:
        raise TaxonomyError(f"{file.name}: {wrong[0]!r} has {len(wrong)} columns; expected topic<TAB>english")
    return pd.DataFrame(rows, columns=["topic", "english"], dtype="str")


@cache
def _read_own() -> pd.DataFrame:
    return parse_taxonomy(_read_text(TAXONOMY), TAXONOMY.name)


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TaxonomyError(f"{file}: cannot be read ({error.strerror}); give an existing file") from error
    except UnicodeDecodeError as error:
        raise TaxonomyError(f"{file}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _rows_of(text: str) -> list[tuple[int, list[str]]]:
    # Not splitlines: a cue may hold any odd white space but a line feed.
    lines = enumerate(text.split("\n"), 1)
    return [(i, [c.strip() for c in s.split("\t")]) for i, s in lines if s.strip() and not s.startswith("#")]


def _parse_row(where: str, cells: list[str]) -> tuple[str, str, float]:
    if len(cells) != len(_COLUMNS):
        raise TaxonomyError(f"{where}: {cells[0]!r} has {len(cells)} column(s); {_EXPECTED}")
    topic, cue, weight = cells
    if not topic or not cue:
        raise TaxonomyError(f"{where}: {'topic' if not topic else 'cue'} is empty; {_EXPECTED}")
    if topic == OTHER_TOPIC:
        raise TaxonomyError(
            f"{where}: topic {topic} is kept for articles with thin evidence; choose another name"
        )
    return topic, cue, _parse_weight(where, weight)


def _parse_weight(where: str, text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
        bounds = f"{LEAST_WEIGHT:g} to {MOST_WEIGHT:g}"
        raise TaxonomyError(
            f"{where}: weight {text!r} is no number from {bounds}; write 1 (hint) to 4 (decides)"
        )
    return weight
