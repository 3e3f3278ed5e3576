"""Words of a figure as plain text: no markup, only characters that the font has, no wider than the room."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from analysis.charts.outlines import REGULAR, read_characters

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

#: The tags that Plotly reads; any other is words.
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|em|strong|sub|sup|span|a|s|u)(?:\s[^<>]*)?>", re.IGNORECASE)
#: What stays together: a word of another script, a character with the punctuation that may not begin a line.
_PIECE = re.compile(r"[!-~]+|\s|[^\s][，。、；：！？）】》”’…]*")
#: Stands for a character that the font lacks, as printers put it where a type was missing.
_MISSING = "〓"
_ALIKE = {"−": "–", "\u00a0": " "}
_NUMBER = re.compile(r"(?P<group>,?)(?:\.(?P<digits>\d+))?(?P<trim>~?)(?P<kind>[%fg]?)")


def read_label(words: object) -> str:
    """Read a label of a figure as plain text of characters that the font has.

    Args:
        words: A label as Plotly takes it, with `<br>`, a few tags and entities; None is none.

    Returns:
        The text, lines separated by newlines. Signs that have no shape (joiners, marks of direction) are
        left out; `〓` stands for a character that the font lacks and that none is like.

    Example:
        >>> read_label("<b>a</b>&amp;<br>b <script>")
        'a&\\nb <script>'
        >>> read_label("ő\\u202e\\U0002a6d6")
        'o〓'
    """
    if words is None:
        return ""
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", str(words)))).split("\n")
    return "\n".join("".join(map(_spell, line)) for line in lines)


def wrap_label(words: str, width: float, size: float) -> str:
    """Break the lines of a label that are too wide, Chinese between any two characters.

    Args:
        words: Plain text.
        width: Room in pixels.
        size: Size of the characters in pixels.

    Returns:
        The text with more newlines.

    Example:
        >>> wrap_label("平安法治与基层治理", 60, 12).split()
        ['平安法治与', '基层治理']
        >>> wrap_label("law and order", 60, 12).split("\\n")
        ['law and', 'order']
    """
    return "\n".join(part for line in words.split("\n") for part in _wrap_line(line, width, size))


def split_words(words: str) -> list[str]:
    """Split a label where it may be broken.

    Example:
        >>> split_words("law, 法治与 order")
        ['law,', '法', '治', '与', 'order']
    """
    return [piece for piece in _PIECE.findall(words) if not piece.isspace()]


def measure(words: str, size: float) -> float:
    """Measure the widest line of a text in pixels."""
    return max(_font().getlength(line) for line in words.split("\n")) * size / 100


def format_value(value: float, form: str) -> str:
    """Write a number in one of the forms that our figures ask Plotly for.

    Args:
        value: The number.
        form: Digits in d3's language: `.0%`, `,.3~g`, `.2f`, `,`; empty for as they come.

    Returns:
        The number; large ones of form g are written out and not as powers of ten.

    Raises:
        ValueError: The form is none of these.

    Example:
        >>> format_value(0.123, ".0%"), format_value(1234.5, ",.3~g"), format_value(2.50, ",.3~g")
        ('12%', '1,234', '2.5')
    """
    found = _NUMBER.fullmatch(form)
    if found is None:
        raise ValueError(f"{form}: form of number unknown; expected one such as .0% or ,.3~g")
    kind = found["kind"] or "g"
    digits = int(found["digits"] or 6)
    if kind == "g" and abs(value) >= 10**digits:
        return f"{value:,.0f}"
    written = f"{value:{found['group']}.{digits}{kind}}"
    if "." in written and (found["trim"] or not found["kind"]) and kind != "%":
        written = written.rstrip("0").rstrip(".") if "e" not in written else written
    return written


def _spell(character: str) -> str:
    if character in read_characters():
        return character
    if unicodedata.category(character).startswith("C"):
        return ""
    alike = _ALIKE.get(character) or unicodedata.normalize("NFKD", character)[0]
    return alike if alike in read_characters() else _MISSING


def _wrap_line(line: str, width: float, size: float) -> list[str]:
    lines = [""]
    for piece in _split_pieces(line, width, size):
        if lines[-1] and measure(lines[-1] + piece, size) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece if lines[-1] or len(lines) == 1 else piece.lstrip()
    return lines


def _split_pieces(line: str, width: float, size: float) -> list[str]:
    pieces = _PIECE.findall(line)
    return [part for piece in pieces for part in ([piece] if measure(piece, size) <= width else piece)]


@cache
def _font() -> FreeTypeFont:
    # pillow is needed by those alone who draw.
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(str(REGULAR), 100)
