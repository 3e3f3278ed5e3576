"""Traditional script, read as it is and matched as simplified: one character for one, offsets hold."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache

from analysis.word_lists import LEXICONS

#: Least share of traditional characters in a text of that script.
TRADITIONAL_SHARE = 0.05


def simplify(text: str) -> str:
    """Write a text in traditional script in simplified characters; other texts come back unchanged.

    Every character keeps its place, so that offsets into the result are offsets into the text.

    Args:
        text: Any text.

    Returns:
        The text with each traditional character replaced, if `is_traditional`; else the text itself.

    Note:
        Characters are replaced one by one, without regard to words: good for matching, not for reading.

    Example:
        >>> simplify("縣委召開會議"), simplify("乾县县委召开会议")
        ('县委召开会议', '乾县县委召开会议')
    """
    return text.translate(read_characters()) if is_traditional(text) else text


def is_traditional(text: str) -> bool:
    """Tell whether a text is in traditional script.

    It is when characters that have a simplified form make up a share of it and outnumber simplified ones: a
    simplified text has a few of the former (乾县, 瞭望), a traditional one a few of the latter (里, 面).

    Example:
        >>> is_traditional("學習貫徹全會精神"), is_traditional("学习贯彻全会精神")
        (True, False)
    """
    counts = Counter(text)
    table, simplified = read_characters(), _simplified()
    total = sum(n for char, n in counts.items() if not char.isspace())
    traditional = sum(n for char, n in counts.items() if ord(char) in table)
    return traditional > max(
        TRADITIONAL_SHARE * total, sum(n for char, n in counts.items() if char in simplified)
    )


@cache
def read_characters() -> dict[int, str]:
    """Read `traditional.tsv`: simplified characters by the code points of traditional ones."""
    with (LEXICONS / "traditional.tsv").open(encoding="utf-8", newline="") as lines:
        entries = (line for line in lines if not line.startswith("#"))
        rows = csv.DictReader(entries, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {ord(row["traditional"]): row["simplified"] for row in rows}


@cache
def _simplified() -> frozenset[str]:
    return frozenset(read_characters().values())
