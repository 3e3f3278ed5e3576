"""Names of files as strangers give them: shown so that nothing in them acts, and kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

#: Ends of names: pages, tables of ready-made articles, archives of either.
PAGE_SUFFIXES = (".txt", ".md")
TABLE_SUFFIXES = (".csv", ".tsv", ".xlsx", ".jsonl", ".jsonl.gz", ".parquet")
ARCHIVE_SUFFIX = ".zip"
#: Ends of names of files that people take for pages; they become problems. Other files are passed over.
FOREIGN_SUFFIXES = (".pdf", ".doc", ".docx", ".wps", ".html", ".htm", ".xls", ".rar", ".7z", ".rtf", ".epub")
KNOWN_SUFFIXES = (*PAGE_SUFFIXES, *TABLE_SUFFIXES, ARCHIVE_SUFFIX, *FOREIGN_SUFFIXES)
#: Most characters of a path that is shown; systems allow 255 of a name.
NAME_CHARS = 500

# Besides what cannot be printed: fillers that look like nothing, selectors of a character's form.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def find_suffix(name: str) -> str:
    """Find the end of a name, in lower case; of a compressed table, both.

    Example:
        >>> find_suffix("2024/A.TXT"), find_suffix("news.jsonl.gz"), find_suffix("old.gz")
        ('.txt', '.jsonl.gz', '.gz')
    """
    suffixes = [suffix.lower() for suffix in Path(name).suffixes[-2:]]
    both = "".join(suffixes)
    return both if both in TABLE_SUFFIXES else "".join(suffixes[-1:])


def is_wanted(name: str) -> bool:
    """Tell whether a file may be meant as a page, a table or an archive.

    Example:
        >>> is_wanted("2022/01.txt"), is_wanted("README.md"), is_wanted(".git/a.txt"), is_wanted("a.jsonl.gz")
        (True, False, False, True)
    """
    path = Path(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and find_suffix(name) in KNOWN_SUFFIXES and path.stem.upper() != "README"


def show_name(name: str) -> str:
    """Write out the characters of a name that nobody sees, so that two names never look alike by them.

    Args:
        name: A path as the system or an archive gives it.

    Returns:
        The path with controls, marks without width and marks of direction as code points; the middle of a
        path longer than `NAME_CHARS` is left out.

    Example:
        >>> show_name("a\\n.txt"), show_name("头版\\u202etxt.exe"), show_name("头版\\u3000一.txt")
        ('a[U+000A].txt', '头版[U+202E]txt.exe', '头版\\u3000一.txt')
    """
    shown = show_line(name)
    if len(shown) <= NAME_CHARS:
        return shown
    half = NAME_CHARS // 2
    return f"{shown[:half]}…{shown[-half + 1 :]}"


def show_line(text: str) -> str:
    """Write out the characters of a message that nobody sees, so that it is one line and nothing else.

    Example:
        >>> show_line("a.tsv: 'x\\x1b[2J\\nerror: y'")
        "a.tsv: 'x[U+001B][2J[U+000A]error: y'"
    """
    return "".join(char if _is_seen(char) else f"[U+{ord(char):04X}]" for char in text)


def _is_seen(char: str) -> bool:
    is_space = unicodedata.category(char) == "Zs"
    return is_space or (char.isprintable() and not _BLANK.match(char))


def clean_name(name: str) -> str:
    """Clean the path of a file of what leads out of a folder, and write out what nobody sees in it.

    Example:
        >>> clean_name("..\\\\etc/./a\\n.txt"), clean_name("../")
        ('etc/a[U+000A].txt', '?')
    """
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return show_name("/".join(parts)) or "?"


def number_names(names: Iterable[str]) -> list[str]:
    """Keep files of the same name apart by a number.

    Example:
        >>> number_names(["a.txt", "b.txt", "a.txt", "a (2).txt"])
        ['a.txt', 'b.txt', 'a (2).txt', 'a (2) (2).txt']
    """
    taken: set[str] = set()
    last: Counter[str] = Counter()
    numbered = []
    for name in names:
        new, dot = name, len(name) - len(find_suffix(name))
        while new in taken:
            last[name] += 1
            new = f"{name[:dot]} ({last[name] + 1}){name[dot:]}"
        taken.add(new)
        numbered.append(new)
    return numbered
