"""Bytes of a text file in any of the encodings that Chinese text comes in."""

from __future__ import annotations

import codecs
from typing import NamedTuple


class EncodingError(ValueError):
    """Bytes are no text in any known encoding."""


class Decoded(NamedTuple):
    """Text and the name of the encoding that it was read in."""

    text: str
    encoding: str


def decode_text(content: bytes) -> Decoded:
    """Read bytes as text.

    Args:
        content: The bytes of a file.

    Returns:
        The text without byte order mark, and the encoding.

    Raises:
        EncodingError: The bytes are no text.

    Example:
        >>> decode_text("会议".encode("utf-8-sig"))
        Decoded(text='会议', encoding='utf-8-sig')
    """
    if content.startswith(codecs.BOM_UTF8):
        return Decoded(content.decode("utf-8-sig"), "utf-8-sig")
    for encoding in ("utf-8", "gb18030"):
        try:
            return Decoded(content.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    raise EncodingError("no text in any encoding that Chinese papers use")
