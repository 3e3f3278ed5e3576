"""Outlines of characters, so that a drawing shows them on machines without any font."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

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


@cache
def read_characters() -> frozenset[str]:
    """Read which characters the fonts have."""
    return frozenset((FONTS / "characters.txt").read_text(encoding="utf-8")) - {"\n"}


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
    # The font reader comes with matplotlib, which takes most of a second to import; only who draws pays.
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    face = FT2Font(str(font))
    face.set_size(EM, 72)
    pieces, pen, place = [], (0.0, 0.0), 0.0
    for character in words:
        data, pen, advance = _trace(face, character, pen, place)
        pieces.append(data)
        place += advance
    return "".join(pieces)


def _trace(
    face: FT2Font, character: str, pen: tuple[float, float], left: float
) -> tuple[str, tuple[float, float], float]:
    """Trace one character from where the pen is; relative steps are half as long to write as places."""
    from matplotlib.ft2font import LoadFlags  # noqa: PLC0415

    glyph = face.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    points, codes = face.get_path()
    written, at, begun = [], 0, pen
    while at < len(codes):
        letter, taken = _COMMANDS[int(codes[at])]
        if letter == "z":
            written.append("z")
            pen = begun
        else:
            steps = [(left + x, -y) for x, y in points[at : at + taken].tolist()]
            written.append(letter + _join(n for x, y in steps for n in (x - pen[0], y - pen[1])))
            pen = steps[-1]
            begun = pen if letter == "m" else begun
        at += taken
    return "".join(written), pen, glyph.linearHoriAdvance / 65536


def _join(numbers: object) -> str:
    written = ""
    for number in numbers:
        piece = f"{number:g}"
        written += piece if not written or piece.startswith("-") else f" {piece}"
    return written
