"""What is new in a view: slogans of its latest days that no earlier article of it has."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.shelves.matrices.rolls import count_cells
from analysis.shelves.view import View
from analysis.slogans.arrivals import find_arrivals, mark_recent


def find_view_arrivals(view: View) -> pd.DataFrame:
    """Find what is new in a view, as `slogans.arrivals.find_arrivals` does with its tables.

    Args:
        view: A view.

    Returns:
        Table `SLOGAN_ARRIVALS`.
    """
    shelf, facts = view.shelf, view.facts
    is_before = (facts["date"].notna() & ~mark_recent(facts["date"])).to_numpy()
    earlier = view.news_rows[is_before]
    known = count_cells(shelf.rolls, earlier, np.zeros(len(earlier), dtype=np.int64), 1).slogan
    # Hits of what is known are most of all hits, and count for nothing.
    rolled = shelf.rolled
    fresh = np.delete(shelf.rolls.names, known)
    is_fresh = rolled["slogan"].cat.categories.isin(fresh)[rolled["slogan"].cat.codes]
    hits = rolled[is_fresh].rename(columns={"row": "article_id"})
    return find_arrivals(hits, facts)
