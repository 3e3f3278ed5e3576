"""Blocks of headline lines that stand together, and where one falls into headlines of several texts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.articles.units import Unit

#: What a headline line has in common with a text that it may head, at least.
LIKE = 0.35
#: ... when they have next to nothing in common with any other.
LEAST = 0.2
#: Lines of one block go to different texts when that makes them so much more alike in all.
SPLIT = 0.1
#: A line of so many characters counts whole, a shorter one less.
_WHOLE = 10


class Block(NamedTuple):
    """Headline lines that stand together: unit indices and the number of the gap."""

    units: tuple[int, ...]
    gap: int


def split_block(
    units: list[Unit], block: Block, likeness: dict[int, np.ndarray], needy: np.ndarray, home: int
) -> list[Block]:
    """Cut lines apart that stand together but match different bodies much better.

    Each line is given a body, so that the likeness of all lines is as large as it can be; every change of the
    body from one line to the next costs `SPLIT` (the path of Viterbi). A part that belongs elsewhere must
    belong to a body that has no headline beside it, and lines printed without a blank line between them stay
    together where others have one.

    Args:
        units: Units of the page.
        block: The lines.
        likeness: Likeness of each line (unit index) to each body.
        needy: Whether a body has no headline of its own beside it.
        home: The body that the block stands beside.

    Returns:
        The block, or its parts in printed order.
    """
    if len(block.units) < 2:
        return [block]
    allowed = np.flatnonzero(needy | (np.arange(len(needy)) == home))
    spaced = any(unit.blanks for unit in units[1:])
    cuts = [_may_cut(units, a, b, spaced=spaced) for a, b in zip(block.units, block.units[1:], strict=False)]
    if not any(cuts) or len(allowed) < 2:
        return [block]
    gains = np.array([_weight(units[i]) * likeness[i][allowed] for i in block.units])
    choices = [int(allowed[choice]) for choice in _follow(gains, cuts)]
    parts: list[tuple[int, list[int]]] = []
    for i, choice in zip(block.units, choices, strict=True):
        if parts and parts[-1][0] == choice:
            parts[-1][1].append(i)
        else:
            parts.append((choice, [i]))
    kept: list[list[int]] = []
    for choice, members in parts:
        if kept and choice != home and not _is_clear(np.mean([likeness[i] for i in members], axis=0), choice):
            kept[-1] += members
        else:
            kept.append(members)
    return [Block(tuple(members), block.gap) for members in kept]


def _is_clear(alike: np.ndarray, choice: int) -> bool:
    """Tell whether lines are like one body, or at least like no other."""
    others = float(np.delete(alike, choice).max(initial=0.0))
    return alike[choice] > LIKE or (alike[choice] > LEAST and others < alike[choice] / 3)


def _weight(unit: Unit) -> float:
    return min(1.0, len(unit.text) / _WHOLE)


def _follow(gains: np.ndarray, cuts: list[bool]) -> list[int]:
    """Find the choices, one a line, whose gains less the cost of the changes are the largest."""
    total = gains[0]
    back: list[np.ndarray] = []
    for gain, cut in zip(gains[1:], cuts, strict=True):
        best = int(np.argmax(total))
        change = cut & (total[best] - SPLIT > total)
        back.append(np.where(change, best, np.arange(len(total))))
        total = np.where(change, total[best] - SPLIT, total) + gain
    path = [int(np.argmax(total))]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def _may_cut(units: list[Unit], above: int, below: int, *, spaced: bool) -> bool:
    """Tell whether two lines may belong to different headlines."""
    parted = bool(units[below].blanks) or not spaced
    return parted and not units[above].kicker_like and not units[below].text.startswith("——")
