"""Bytes of a text file in any of the encodings that Chinese text comes in."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

#: Encodings other than UTF-8 in which Chinese pages are kept, as `charset_normalizer` names them.
ENCODINGS = ("gb18030", "big5", "big5hkscs", "utf_16", "utf_16_le", "utf_16_be")
#: Share of the characters that may be stray bytes in a long text, and their number and share in a short one.
STRAY_SHARE, STRAY_COUNT, SHORT_SHARE = 0.001, 8, 0.1
#: Bytes from which the encoding is told.
SAMPLE_BYTES = 1 << 18
#: Least share of Hanzi and Chinese marks among the characters beyond ASCII of a text that is not UTF-8.
CHINESE_SHARE = 0.5
#: Most share of control characters in a text.
CONTROL_SHARE = 0.05
#: Share of NUL bytes from which on bytes are UTF-16 of mostly Latin text.
NUL_SHARE = 0.2

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_BLOCK = 1 << 20
_NO_TEXT = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"GIF8",
    b"Rar!",
    b"\x1f\x8b",
)
_COMMON = re.compile(r"[\u4e00-\u9fa5\u3000-\u3017\uff01-\uff5e\u2010-\u2026]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


class EncodingError(ValueError):
    """Bytes are no text in any known encoding."""


class Decoded(NamedTuple):
    """Text and the name of the encoding that it was read in."""

    text: str
    encoding: str


def decode_text(content: bytes) -> Decoded:
    """Read bytes as text.

    A byte order mark decides; then UTF-8, which other encodings hardly ever pass for; then what
    `charset_normalizer` finds among GB 18030, Big5 and UTF-16. A few stray bytes are read as U+FFFD.

    Args:
        content: The bytes of a file.

    Returns:
        The text without byte order mark and with `\\n` as line end, and the encoding.

    Raises:
        EncodingError: The bytes are no text, or in none of these encodings.

    Example:
        >>> decode_text("会议".encode("utf-8-sig"))
        Decoded(text='会议', encoding='utf-8-sig')
        >>> decode_text("本报讯 昨日，区委召开会议，学习贯彻全会精神。".encode("gb18030")).encoding
        'gb18030'
    """
    if content.startswith(_NO_TEXT):
        raise EncodingError("is a PDF, picture or archive, not text; turn it into a text file first")
    decoded = _by_mark(content) or _as_utf8(content) or _by_detection(content) or _with_strays(content)
    if decoded is None or _count(_CONTROL, decoded.text) > CONTROL_SHARE * len(decoded.text) + STRAY_COUNT:
        raise EncodingError("is no text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8 text")
    return Decoded(decoded.text.replace("\r\n", "\n").replace("\r", "\n"), decoded.encoding)


def _by_mark(content: bytes) -> Decoded | None:
    for mark, name, codec in _BOMS:
        if content.startswith(mark):
            return _tolerant(content[len(mark) :], codec, name)
    return None


def _as_utf8(content: bytes) -> Decoded | None:
    if content.count(0) > NUL_SHARE * len(content):
        return None
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _tolerant(content, "utf-8", "utf-8")


def _by_detection(content: bytes) -> Decoded | None:
    import charset_normalizer  # noqa: PLC0415, slow to load, and most pages need none

    best = charset_normalizer.from_bytes(_sample(content), cp_isolation=list(ENCODINGS)).best()
    if best is None or best.encoding not in ENCODINGS:
        return None
    decoded = _tolerant(content, best.encoding, best.encoding.replace("_", "-"))
    return decoded if decoded and _is_chinese(decoded.text) else None


def _sample(content: bytes) -> bytes:
    """The head of long content, cut at the end of a line so that no character is cut in two."""
    end = len(content) if len(content) <= SAMPLE_BYTES else content.rfind(b"\n", 0, SAMPLE_BYTES) + 1
    return content[: (end or SAMPLE_BYTES) // 2 * 2] if end < len(content) else content


def _with_strays(content: bytes) -> Decoded | None:
    """The encoding that reads as most Chinese when a few stray bytes are passed over."""
    best, most = None, CHINESE_SHARE
    for codec in ENCODINGS:
        decoded = _tolerant(content, codec, codec.replace("_", "-")) if codec != "utf_16" else None
        share = _chinese_share(decoded.text) if decoded else 0.0
        if share > most or (best is None and share == most):
            best, most = decoded, share
    return best


def _tolerant(content: bytes, codec: str, name: str) -> Decoded | None:
    decoder = codecs.getincrementaldecoder(codec)("replace")
    pieces, strays = [], -content.count("\ufffd".encode())
    for start in range(0, len(content), _BLOCK):
        pieces.append(decoder.decode(content[start : start + _BLOCK], start + _BLOCK >= len(content)))
        strays += pieces[-1].count("\ufffd")
        if strays > max(STRAY_SHARE * len(content), STRAY_COUNT):
            return None
    text = "".join(pieces)
    most = max(STRAY_SHARE * len(text), min(STRAY_COUNT, SHORT_SHARE * len(text)))
    return Decoded(text.removeprefix("\ufeff"), name) if strays <= most else None


def _is_chinese(text: str) -> bool:
    return _chinese_share(text) >= CHINESE_SHARE


def _chinese_share(text: str) -> float:
    beyond = _count(_BEYOND_ASCII, text)
    return _count(_COMMON, text) / beyond if beyond else 0.0


def _count(pattern: re.Pattern, text: str) -> int:
    """How often a pattern of one character matches; what matched is held a block at a time."""
    return sum(len(pattern.findall(text, at, at + _BLOCK)) for at in range(0, len(text), _BLOCK))
