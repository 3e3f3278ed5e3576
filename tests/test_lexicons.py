"""The form of every word list: a header that says what it is, entries sorted and each there once."""

from pathlib import Path

import pytest

LEXICONS = Path(__file__).parent.parent / "analysis" / "lexicons"
FILES = sorted(LEXICONS.iterdir())
#: Files in an order of their own, which their header states.
_OWN_ORDER = {"places.tsv"}


def _read(path: Path) -> tuple[list[str], list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines if line.startswith("#")]
    entries = [line for line in lines if line and not line.startswith("#")]
    return header, entries[1:] if path.suffix == ".tsv" else entries


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_header_says_file_format_source_licence_and_user(path):
    header = "\n".join(_read(path)[0])
    assert header.startswith(f"# file: {path.name}")
    for word in ("format:", "source:", "licence:", "used by:"):
        assert f"# {word}" in header, word


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_entries_are_there_once_and_sorted(path):
    entries = _read(path)[1]
    assert entries
    assert len(set(entries)) == len(entries)
    if path.name not in _OWN_ORDER:
        keys = [line.split("\t") for line in entries]
        assert keys == sorted(keys)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_lines_have_no_stray_white_space_or_odd_line_ends(path):
    content = path.read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not [line for line in content.decode("utf-8").split("\n") if line != line.rstrip(" \u3000")]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".tsv"], ids=lambda path: path.name
)
def test_every_row_has_the_columns_of_the_first(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    columns = lines[0].count("\t")
    assert not [line for line in lines if line.count("\t") != columns]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_list_is_used_by_the_code(path):
    code = "\n".join(file.read_text(encoding="utf-8") for file in LEXICONS.parent.rglob("*.py"))
    assert path.name in code
