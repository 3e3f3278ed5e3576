"""What went wrong in reading, in the reader's language."""

from __future__ import annotations

import pandas as pd

from app_pages.parts.show import show_table
from app_pages.parts.words import language, read_texts, t


def show_problems(problems: pd.DataFrame) -> None:
    """Show the problems; the CSV file holds the messages as they were recorded.

    Args:
        problems: Table `problems`.
    """
    shown = problems
    if language() == "zh":
        shown = problems.assign(what=problems["what"].map(_name), why=problems.apply(_explain, axis=1))
    show_table(shown, name="problems", caption=t("caption_problems"), columns=["file", "what", "why"])


def _key(what: str) -> str:
    return what.replace(" ", "_")


def _name(what: str) -> str:
    key = f"problem_{_key(what)}"
    return t(key) if key in read_texts() else what


def _explain(row: pd.Series) -> str:
    """Say the cause and cure of a known problem in Chinese; what is particular stands in brackets."""
    key = f"cure_{_key(row['what'])}"
    return f"{t(key)}（{row['why']}）" if key in read_texts() else row["why"]
