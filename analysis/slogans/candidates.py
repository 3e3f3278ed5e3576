"""Candidates: formulae that look like slogans and that the lexicon lacks."""

from __future__ import annotations

import pandas as pd

from analysis import schema


def find_candidates(
    articles: pd.DataFrame, lexicon: pd.DataFrame | None = None, *, limit: int = 500
) -> pd.DataFrame:
    """Propose slogans."""
    return schema.empty(schema.SLOGAN_CANDIDATES)
