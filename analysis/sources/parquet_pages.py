"""What the pages of a Parquet file unpack to by their own headers, which readers go by; a footer may lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

# Kinds of fields of Thrift's compact protocol.
_TRUE, _FALSE, _BYTE, _INTEGERS, _DOUBLE, _BINARY, _LISTS, _STRUCT = 1, 2, 3, (4, 5, 6), 7, 8, (9, 10), 12
_DEEPEST, _LONG = 8, 15
# Fields of a page's header: its kind, its two sizes, and by its kind the header that counts the values.
_KIND, _UNPACKED, _PACKED = 1, 2, 3
_COUNTING = {0: 5, 2: 7, 3: 8}


class Page(NamedTuple):
    """Bytes that a page unpacks to, and the values that it says it has."""

    n_bytes: int
    n_values: int


def iter_pages(content: bytes, start: int, size: int) -> Iterator[Page]:
    """Read the headers of the pages of one column in one group of rows; nothing is unpacked.

    Args:
        content: The file.
        start: Offset of the first page.
        size: Bytes of all pages, packed.

    Yields:
        Each page, that of the dictionary too.

    Raises:
        ValueError: These are no headers of pages.

    Example:
        >>> header = bytes([0x15, 0, 0x15, 40, 0x15, 8, 0x2C, 0x15, 6, 0, 0])
        >>> list(iter_pages(header + b"    ", 0, 15))
        [Page(n_bytes=20, n_values=3)]
    """
    at, end = start, min(start + size, len(content))
    while at < end:
        header, at = _read_struct(content, at, 0)
        packed, unpacked = header.get(_PACKED, -1), header.get(_UNPACKED, -1)
        counting = header.get(_COUNTING.get(header.get(_KIND)), {})
        n_values = counting.get(1, 0)
        if min(start, size, packed, unpacked, n_values) < 0:
            raise ValueError("no sound pages")
        yield Page(unpacked, n_values)
        at += packed


def _read_struct(content: bytes, at: int, depth: int) -> tuple[dict, int]:
    """The fields of a struct by their numbers, texts and lists left out, and the offset behind it."""
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    fields, number = {}, 0
    while head := content[at]:
        at += 1
        kind, step = head & 15, head >> 4
        if step:
            number += step
        else:
            number, at = _read_integer(content, at)
        fields[number], at = _read_value(content, at, kind, depth)
    return fields, at + 1


def _read_value(content: bytes, at: int, kind: int, depth: int) -> tuple[object, int]:
    if kind in (_TRUE, _FALSE):
        return kind == _TRUE, at
    if kind in _INTEGERS:
        return _read_integer(content, at)
    if kind == _STRUCT:
        return _read_struct(content, at, depth + 1)
    if kind == _BINARY:
        size, at = _read_number(content, at)
        return None, at + size
    if kind in _LISTS:
        return None, _skip_list(content, at, depth)
    if kind in (_BYTE, _DOUBLE):
        return None, at + (1 if kind == _BYTE else 8)
    raise ValueError("an unknown kind of field")


def _skip_list(content: bytes, at: int, depth: int) -> int:
    count, kind = content[at] >> 4, content[at] & 15
    at += 1
    if count == _LONG:
        count, at = _read_number(content, at)
    for _ in range(count):
        at = at + 1 if kind in (_TRUE, _FALSE) else _read_value(content, at, kind, depth + 1)[1]
    return at


def _read_integer(content: bytes, at: int) -> tuple[int, int]:
    number, at = _read_number(content, at)
    return (number >> 1) ^ -(number & 1), at


def _read_number(content: bytes, at: int) -> tuple[int, int]:
    number, shift = 0, 0
    while True:
        byte = content[at]
        at += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, at
        shift += 7
        if shift > 63:
            raise ValueError("a number without an end")
