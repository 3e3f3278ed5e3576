"""What a Parquet file unpacks to by the headers of its pages, which readers go by; its footer may lie.

Read here and not by pyarrow, whose view of a column of a spoiled file ends the whole process.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

# Kinds of fields of Thrift's compact protocol.
_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = *range(1, 11), 12
_DEEPEST, _LONG = 9, 15
# The footer: row groups, their columns, what is said of each, by number and kind of field.
_GROUPS, _CHUNKS, _ABOUT = (4, _LIST), (1, _LIST), (3, _STRUCT)
_VALUES, _SIZE, _DATA, _DICTIONARY = (5, _I64), (7, _I64), (9, _I64), (11, _I64)
# The header of a page: its kind, its two sizes, and by its kind the header that counts the values.
_KIND, _UNPACKED, _PACKED, _COUNT = (1, _I32), (2, _I32), (3, _I32), (1, _I32)
_COUNTING = {0: (5, _STRUCT), 2: (7, _STRUCT), 3: (8, _STRUCT)}
#: Kind of the elements of the lists of a footer, by the numbers of the fields that lead there. Readers take
#: the elements for these whatever the file says.
_ELEMENTS = {
    (2,): _STRUCT, (4,): _STRUCT, (5,): _STRUCT, (7,): _STRUCT, (4, 1): _STRUCT, (4, 4): _STRUCT,
    (4, 1, 3, 2): _I32, (4, 1, 3, 3): _BINARY, (4, 1, 3, 8): _STRUCT, (4, 1, 3, 13): _STRUCT,
    (4, 1, 3, 16, 2): _I64, (4, 1, 3, 16, 3): _I64, (4, 1, 3, 17, 2): _I32, (4, 1, 8, 2, 1): _BINARY,
}  # fmt: skip


class Page(NamedTuple):
    """A page: number of its column, bytes that it unpacks to, and the values that it says it has."""

    column: int
    n_bytes: int
    n_values: int


def iter_pages(content: bytes) -> Iterator[Page]:
    """Read the headers of all pages; nothing is unpacked.

    Args:
        content: A Parquet file.

    Yields:
        Each page, those of dictionaries too, by row group, column and place.

    Raises:
        ValueError: Footer or headers are not sound.
        IndexError: They end too early.
    """
    size = int.from_bytes(content[-8:-4], "little")
    footer, _ = _read_struct(content[max(len(content) - 8 - size, 0) :], 0, ())
    for group in footer.get(_GROUPS) or ():
        for number, chunk in enumerate(group[_CHUNKS]):
            about = chunk.get(_ABOUT, {})
            start, first = about.get(_DATA, 0), about.get(_DICTIONARY, 0)
            # What has no values has no pages that are read.
            if about.get(_VALUES, 0) > 0:
                start = first if 0 < first < start else start
                for page in _walk(content, start, about.get(_SIZE, 0)):
                    yield Page(number, *page)


def _walk(content: bytes, start: int, size: int) -> Iterator[tuple[int, int]]:
    at, end = start, min(start + size, len(content))
    if min(start, size) < 0:
        raise ValueError("a place before the file")
    while at < end:
        header, at = _read_struct(content, at, (0,))
        counting = header.get(_COUNTING.get(header.get(_KIND)), {})
        packed, unpacked, n_values = (
            header.get(_PACKED, -1),
            header.get(_UNPACKED, -1),
            counting.get(_COUNT, 0),
        )
        if min(packed, unpacked, n_values) < 0:
            raise ValueError("a page of less than nothing")
        yield unpacked, n_values
        at += packed


def _read_struct(content: bytes, at: int, path: tuple[int, ...]) -> tuple[dict, int]:
    """The fields of a struct by number and kind, texts left out, and the offset behind it."""
    if len(path) > _DEEPEST:
        raise ValueError("nested too deep")
    fields, number = {}, 0
    while head := content[at]:
        at += 1
        kind, step = head & 15, head >> 4
        if step:
            number += step
        else:
            number, at = _read_integer(content, at)
        if (number, kind) in fields:
            raise ValueError("a field that is there twice")
        fields[number, kind], at = _read_value(content, at, kind, (*path, number))
    return fields, at + 1


def _read_value(content: bytes, at: int, kind: int, path: tuple[int, ...]) -> tuple[object, int]:
    if kind in (_TRUE, _FALSE):
        return kind == _TRUE, at
    if kind in (_I16, _I32, _I64):
        return _read_integer(content, at)
    if kind == _STRUCT:
        return _read_struct(content, at, path)
    if kind == _BINARY:
        size, at = _read_number(content, at)
        return None, at + size
    if kind in (_LIST, _SET):
        return _read_list(content, at, path)
    if kind in (_BYTE, _DOUBLE):
        return None, at + (1 if kind == _BYTE else 8)
    raise ValueError("an unknown kind of field")


def _read_list(content: bytes, at: int, path: tuple[int, ...]) -> tuple[list, int]:
    """The structs of a list, and the offset behind it."""
    count, kind = content[at] >> 4, content[at] & 15
    at += 1
    if count == _LONG:
        count, at = _read_number(content, at)
    if count and _ELEMENTS.get(path, kind) != kind:
        raise ValueError("a list of another kind")
    if kind in (_TRUE, _FALSE):
        return [], at + count
    found = []
    for _ in range(count):
        value, at = _read_value(content, at, kind, path)
        if kind == _STRUCT:
            found.append(value)
        if at > len(content):
            raise ValueError("a list that ends behind the file")
    return found, at


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
