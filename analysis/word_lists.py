"""Word lists of `analysis/lexicons`: one word a line, behind a header of comment lines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

#: Folder of the word lists that come with the package.
LEXICONS = Path(__file__).parent / "lexicons"


class WordListError(ValueError):
    """A word list cannot be read."""


@cache
def read_words(path: str | Path) -> tuple[str, ...]:
    """Read a list with one word a line.

    Empty lines and lines that open with `#` do not count. A byte order mark is ignored.

    Args:
        path: The file; a bare name is looked up in `analysis/lexicons`.

    Returns:
        The words in the order of the file, each once.

    Raises:
        WordListError: The file is absent or not UTF-8.

    Example:
        >>> "记者" in read_words("stopwords.txt")
        True
    """
    file = LEXICONS / path
    lines = _read_text(file).splitlines()
    words = (line.strip() for line in lines if not line.startswith("#"))
    return tuple(dict.fromkeys(word for word in words if word))


@cache
def read_column(path: str | Path, *, column: int = 0) -> tuple[str, ...]:
    """Read one column of a tab-separated lexicon.

    Comment lines do not count, nor does a header row: a first row that opens with an English word in
    small letters (`slogan`, `name`).

    Args:
        path: The file; a bare name is looked up in `analysis/lexicons`.
        column: Number of the column, from 0.

    Returns:
        The entries in the order of the file, each once, empty cells left out.

    Raises:
        WordListError: The file is absent or not UTF-8.

    Example:
        >>> read_column("places.tsv")[0], read_column("places.tsv", column=1)[0]
        ('北京市', '北京')
    """
    file = LEXICONS / path
    rows = [line.split("\t") for line in _read_text(file).splitlines() if line and not line.startswith("#")]
    if rows and re.fullmatch("[a-z_]+", rows[0][0]):
        rows = rows[1:]
    cells = (row[column].strip() for row in rows if len(row) > column)
    return tuple(dict.fromkeys(cell for cell in cells if cell))


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise WordListError(f"{file.name}: cannot be read ({error.strerror}); expected {file}") from error
    except UnicodeDecodeError as error:
        raise WordListError(f"{file.name}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
