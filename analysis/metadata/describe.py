"""What a page says of itself: paper, place, date, and how soundly its text reads."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import pandas as pd

from analysis.metadata.dates import find_printed_date, parse_file_date
from analysis.metadata.inference import infer_date
from analysis.metadata.page_text import PageText, prepare_text
from analysis.metadata.papers import find_title
from analysis.metadata.places import find_location
from analysis.metadata.quality import score_quality


class PageFacts(NamedTuple):
    """Facts of a page, named as the columns of the table `pages`; None or NaT where unknown."""

    paper: str | None
    province: str | None
    city: str | None
    county: str | None
    date: pd.Timestamp
    date_basis: str
    text_quality: float


def describe_page(text: str, file: str = "") -> PageFacts:
    """Describe a page by what it prints, what its file name gives and what follows from its text.

    Args:
        text: The page as it was read.
        file: Its path below the source folder; its date counts when the page prints none.

    Returns:
        The facts. What is not known is missing; nothing is guessed.

    Example:
        >>> facts = describe_page("人民日报\\n2026年5月8日 第01版:要闻\\n")
        >>> facts.date.date().isoformat(), facts.date_basis
        ('2026-05-08', 'printed')
    """
    page = prepare_text(text)
    day, basis = _date(page, file)
    title = find_title(page)
    location = find_location(page, title)
    return PageFacts(title, *location, pd.Timestamp(day) if day else pd.NaT, basis, score_quality(text))


def _date(page: PageText, file: str) -> tuple[dt.date | None, str]:
    printed = find_printed_date(page)
    if printed and printed.sure:
        return printed.day, "printed"
    if given := parse_file_date(file):
        return given, "given"
    if inferred := (printed.day if printed else infer_date(page)):
        return inferred, "inferred"
    return None, "unknown"
