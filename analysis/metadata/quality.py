"""How soundly the text of a page reads."""

from __future__ import annotations


def score_quality(text: str) -> float:
    return 1.0
