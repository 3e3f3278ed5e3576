"""Outlines of characters, so that a drawing shows them on machines without any font."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

FONTS = Path(__file__).parent.parent / "fonts"
#: Font of every cloud; never one that the machine happens to have.
BOLD = FONTS / "NotoSansSC-Bold-subset.ttf"
#: Font of the words of a figure.
REGULAR = FONTS / "NotoSansSC-Regular-subset.ttf"
#: Units of an outline to the height of a line; those of the font's own grid, so that nothing is rounded.
EM = 1000
#: What the codes of a path are in SVG: move, line, quadratic and cubic curve, end of contour; how many
#: points each takes.
_COMMANDS = {1: ("m", 1), 2: ("l", 1), 3: ("q", 2), 4: ("c", 3), 79: ("z", 1)}
_CLOSE = 79
#: An open font holds one character at a time, so that one thread at a time reads from it.
_LOCK = threading.Lock()


@cache
def read_characters() -> frozenset[str]:
    """Read which characters the fonts have."""
    return frozenset((FONTS / "characters.txt").read_text(encoding="utf-8")) - {"\n"}


class _Trace(NamedTuple):
    """One character: its first step from where the line begins, the data after it, where the pen ends.

    `advance` is how far the next character stands, `box` left, top, right and bottom of the ink, None where
    there is none.
    """

    first: tuple[float, float]
    rest: str
    end: tuple[float, float]
    advance: float
    box: tuple[float, float, float, float] | None


@lru_cache(maxsize=4096)
def outline(words: str, *, font: Path = BOLD) -> str:
    """Write the outline of words as the data of an SVG path.

    Args:
        words: Characters of the font, on one line.
        font: The font file.

    Returns:
        Path data in units of `EM` to the line's height, from 0, 0 on the baseline, y downwards; fill rule
        nonzero.

    Example:
        >>> outline("一")
        'm38-455l926 0l0 131l-926 0l0-131z'
    """
    pieces, pen, place = [], (0.0, 0.0), 0.0
    for character in words:
        trace = _trace(character, font)
        if trace.rest:
            step = (place + trace.first[0] - pen[0], trace.first[1] - pen[1])
            pieces.append(f"m{_join(step)}{trace.rest}")
            pen = (place + trace.end[0], trace.end[1])
        place += trace.advance
    return "".join(pieces)


def bound(words: str, *, font: Path = BOLD) -> tuple[float, float, float, float]:
    """Measure the box around the ink of words.

    Args:
        words: Characters of the font, on one line, ink in one of them at least.
        font: The font file.

    Returns:
        Left, top, right and bottom in the units and from the point that `outline` has.

    Example:
        >>> bound("一一")
        (38.0, -455.0, 1964.0, -324.0)
    """
    boxes, place = [], 0.0
    for character in words:
        trace = _trace(character, font)
        if trace.box:
            left, top, right, bottom = trace.box
            boxes.append((place + left, top, place + right, bottom))
        place += trace.advance
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


@cache
def _open(font: Path) -> FT2Font:
    # The font reader comes with matplotlib, which takes most of a second to import; only who draws pays.
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    face = FT2Font(str(font))
    face.set_size(EM, 72)
    return face


@lru_cache(maxsize=8192)
def _trace(character: str, font: Path) -> _Trace:
    """Trace one character from the start of its line; relative steps are half as long to write as places."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

    with _LOCK:
        face = _open(font)
        advance = face.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65536
        points, codes = face.get_path()
    points = points * (1, -1)
    pen = begun = first = (0.0, 0.0)
    written, at, corners, places = [], 0, points.tolist(), codes.tolist()
    while at < len(places):
        letter, taken = _COMMANDS[places[at]]
        if letter == "z":
            written.append("z")
            pen = begun
        else:
            steps = corners[at : at + taken]
            if at:
                written.append(letter + _join(n for x, y in steps for n in (x - pen[0], y - pen[1])))
            pen = tuple(steps[-1])
            begun = pen if letter == "m" else begun
            first = first if at else pen
        at += taken
    inked = points[codes != _CLOSE]
    box = (*inked.min(axis=0).tolist(), *inked.max(axis=0).tolist()) if len(inked) else None
    return _Trace(first, "".join(written), pen, advance, box)


def _join(numbers: Iterable[float]) -> str:
    written = ""
    for number in numbers:
        piece = f"{number:g}"
        written += piece if not written or piece.startswith("-") else f" {piece}"
    return written
