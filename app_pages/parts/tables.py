"""What the tables and their columns mean: English from the schema, Chinese from `tables.tsv`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from analysis.schema import Column, Table
from app_pages.parts.words import language, read_texts, t

_FILE = Path(__file__).parent.parent / "tables.tsv"
#: Stands for a row of the table in the place of a column.
ROW = "*"


@cache
def read_meanings() -> dict[tuple[str, str], str]:
    """Read the Chinese meanings: (table, column) -> words; the column `ROW` says what one row stands for."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return {(row["table"], row["column"]): row["zh"] for row in rows}


def name_table(name: str) -> str:
    """Name a table of `schema.TABLES`."""
    return t(f"table_{name}")


def describe_row(table: Table) -> str:
    """Say what one row of a table stands for."""
    return read_meanings()[table.name, ROW] if language() == "zh" else table.grain


def describe_column(table: Table, column: Column) -> str:
    """Say what a column means, with unit and convention."""
    return read_meanings()[table.name, column.name] if language() == "zh" else column.meaning


def head_column(table: str, column: str) -> str:
    """Head a column of a table as the pages of the app do."""
    own = f"col_{table}_{column}"
    return t(own) if own in read_texts() else t(f"col_{column}")
