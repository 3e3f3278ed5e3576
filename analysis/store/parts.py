"""Parts: frames as the bytes of compressed Parquet files, and their files in the folder of a store."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.store.manifest import StoreError, replace_file

#: Folder of the parts in the folder of the store.
FOLDER = "parts"
#: Levels of zstd: above the first, it takes three times the time for a hundredth of the bytes. The second is
#: for parts that give way to others before a build ends.
LEVEL, PASSING_LEVEL = 9, 1
#: Names of columns of words, many of which begin as the one before.
_SORTED = ("word", "surface")
#: A column is one page, so that all of it is compressed with one window.
_PAGE_BYTES = 1 << 28
_CURE = "delete it and build again"


def dump_part(
    frame: pd.DataFrame | pa.Table, *, coded: list[str] | bool = False, level: int = LEVEL
) -> bytes:
    """Write a frame as the bytes of a Parquet file.

    Args:
        frame: Any frame; its index is not written.
        coded: Columns whose values are kept once, each cell a number; True for all. Of other numbers, the
            bytes of one place stand together; of a list of words, each is written as what it adds to the
            one before.
        level: Level of zstd.

    Returns:
        The bytes; the same for the same frame.
    """
    table = frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.replace_schema_metadata(None),
        sink,
        compression="zstd",
        compression_level=level,
        use_dictionary=coded,
        column_encoding=None if coded is True else _choose_encodings(table, coded or []),
        data_page_size=_PAGE_BYTES,
        dictionary_pagesize_limit=_PAGE_BYTES,
        write_statistics=False,
        row_group_size=1 << 26,
        store_schema=False,
    )
    return sink.getvalue().to_pybytes()


def _choose_encodings(table: pa.Table, coded: list[str]) -> dict[str, str] | None:
    """Choose an encoding for every column that is not coded and shrinks under one."""
    chosen = {}
    for field in table.schema:
        if field.name in coded:
            continue
        if pa.types.is_integer(field.type):
            chosen[field.name] = "BYTE_STREAM_SPLIT"
        elif field.name in _SORTED and not pa.types.is_null(field.type):
            chosen[field.name] = "DELTA_BYTE_ARRAY"
    return chosen or None


def load_part(
    content: bytes, columns: list[str] | None = None, *, coded: list[str] | None = None
) -> pa.Table:
    """Read the bytes of a Parquet file, or some of its columns; those of `coded` as numbers and values."""
    file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=coded or [], pre_buffer=False)
    table = file.read(columns=columns)
    return table if columns is None else table.select(columns)


def load_frame(content: bytes, columns: list[str] | None = None) -> pd.DataFrame:
    """Read the bytes of a Parquet file as a frame."""
    return load_part(content, columns).to_pandas()


def pack_texts(texts: pd.Series) -> pa.Table:
    """Pack texts as bytes of GB 18030, in which a Chinese character has two bytes and not three.

    Compressed, they take a fifteenth less than in UTF-8.
    """
    return pa.table({"text": pa.array([text.encode("gb18030") for text in texts], pa.binary())})


def unpack_texts(column: pa.ChunkedArray) -> list[str]:
    """Read what `pack_texts` has packed."""
    return [text.decode("gb18030") for text in column.to_pylist()]


def check_bytes(content: bytes) -> tuple[int, str]:
    """Take the size and SHA-256 of some bytes."""
    return len(content), hashlib.sha256(content).hexdigest()


def write_part(folder: Path, name: str, content: bytes) -> tuple[int, str]:
    """Write a part into a store and tell its size and checksum."""
    replace_file(folder / FOLDER / name, content)
    return check_bytes(content)


def look_at_part(folder: Path, name: str) -> tuple[int, int, int] | None:
    """Tell one state of a part's file from another without reading it; None when it is absent."""
    try:
        info = (folder / FOLDER / name).stat()
    except OSError:
        return None
    return info.st_ino, info.st_size, info.st_mtime_ns


def read_part(folder: Path, name: str, check: tuple[int, str] | None) -> bytes:
    """Read a part of a store and hold it against its checksum.

    Args:
        folder: The folder of the store.
        name: The file.
        check: Size and SHA-256; None when they were held against it before.

    Returns:
        Its bytes.

    Raises:
        StoreError: The file is absent, or not what was written.
    """
    path = folder / FOLDER / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); {_CURE}") from error
    if check is not None and check_bytes(content) != tuple(check):
        raise StoreError(f"{path}: is damaged (its checksum differs); {_CURE}")
    return content
