"""The skeleton of a text: what is left when accidents of layout and type are taken away.

Slogans are matched on skeletons, so that a line wrap, an inserted space, quotation marks or the width of
a digit never hide one. Every character of a skeleton stands for exactly one character of the original.
"""

from __future__ import annotations

import sys
import unicodedata

import numpy as np

#: Quotation marks, which come and go around the same slogan.
QUOTES = frozenset("“”‘’\"'「」『』﹁﹂﹃﹄〝〞〟＂＇`´")
# Marks without width that extractors leave between characters.
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
# One mark, several code points: middle dots and dashes.
_UNIFIED = {"•": "·", "・": "·", "‧": "·", "∙": "·", "⋅": "·", "―": "—", "–": "—"}


def _is_dropped(character: str) -> bool:
    return character.isspace() or character in QUOTES or character in _INVISIBLE


def _is_compatible(code: int) -> bool:
    """Tell whether a code point is a mere variant of form: full width, radical, compatibility ideograph."""
    return 0xFF01 <= code <= 0xFF5E or 0x2E80 <= code <= 0x2FDF or 0xF900 <= code <= 0xFAFF


def _make_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(old): new for old, new in _UNIFIED.items()}
    for code in range(0x10000):
        character = chr(code)
        if _is_dropped(character):
            table[code] = None
        elif _is_compatible(code):
            table[code] = unicodedata.normalize("NFKC", character).lower()[:1]
        elif character.lower() != character and len(character.lower()) == 1:
            table[code] = character.lower()
    return table


def _make_codes() -> np.ndarray:
    codes = np.arange(0x10000, dtype=np.uint32)
    for code, character in _TABLE.items():
        codes[code] = _DROPPED if character is None else ord(character)
    codes[0xD800:0xE000] = 0xFFFD  # halves of surrogate pairs, which no other encoding can hold
    return codes


_TABLE = _make_table()
_DROPPED = 0xFFFFFFFF
_CODES = _make_codes()
_UTF32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def skeleton(text: str) -> str:
    """Take white space, quotation marks, width and letter case out of a text.

    Args:
        text: Any text.

    Returns:
        The skeleton; other punctuation stays, since a slogan does not reach across it.

    Example:
        >>> skeleton("新时代 “枫桥经验”，４１５Ｘ")
        '新时代枫桥经验,415x'
    """
    return text.translate(_TABLE)


def trace_skeleton(text: str) -> tuple[str, np.ndarray]:
    """Make the skeleton of a text and remember where its characters come from.

    Args:
        text: Any text; long ones are what this is made for.

    Returns:
        The skeleton, and for each of its characters the offset into `text`, rising. Halves of surrogate
        pairs, which are no characters, become U+FFFD.

    Example:
        >>> bare, offsets = trace_skeleton("“八八” 战略")
        >>> bare, offsets.tolist()
        ('八八战略', [1, 2, 5, 6])
    """
    codes, offsets = trace_codes(text)
    return codes.tobytes().decode(_UTF32), offsets


def trace_codes(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Make the skeleton of a text as `trace_skeleton` does, but as code points.

    Args:
        text: Any text.

    Returns:
        The code points, and for each of them the offset into `text`, rising.

    Example:
        >>> codes, offsets = trace_codes("8 + 4")
        >>> codes.tolist(), offsets.tolist()
        ([56, 43, 52], [0, 2, 4])
    """
    codes = np.frombuffer(text.encode(_UTF32, "surrogatepass"), dtype=np.uint32)
    mapped = _CODES[codes & 0xFFFF]
    if len(codes) and codes.max() > 0xFFFF:
        mapped = np.where(codes < 0x10000, mapped, codes)
    offsets = np.flatnonzero(mapped != _DROPPED)
    return mapped[offsets], offsets


def kept_offsets(text: str) -> np.ndarray:
    """Tell where each character of the skeleton stands in the original.

    Args:
        text: Any text.

    Returns:
        One offset into `text` for each character of `skeleton(text)`, rising.

    Example:
        >>> kept_offsets("“八八” 战略").tolist()
        [1, 2, 5, 6]
    """
    return trace_skeleton(text)[1]
