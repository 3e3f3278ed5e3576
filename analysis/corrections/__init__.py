"""Corrections that a person makes to the splitting of a page, kept in a small file beside the page."""

from analysis.corrections.apply import Corrected, correct_articles
from analysis.corrections.files import (
    ACTIONS,
    COLUMNS,
    SUFFIX,
    CorrectionError,
    Corrections,
    format_corrections,
    no_corrections,
    parse_corrections,
    read_corrections,
)

__all__ = [
    "ACTIONS",
    "COLUMNS",
    "SUFFIX",
    "Corrected",
    "CorrectionError",
    "Corrections",
    "correct_articles",
    "format_corrections",
    "no_corrections",
    "parse_corrections",
    "read_corrections",
]
