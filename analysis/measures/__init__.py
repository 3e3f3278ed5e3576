"""Statistics of counts, on plain numbers and arrays: no table, no text.

The names are imported when they are first asked for: some need libraries that others do without.
"""

from __future__ import annotations

from analysis.lazy import attach_names

_HOMES = {
    "analysis.measures.collocation": ("log_dice", "npmi"),
    "analysis.measures.counts": ("MeasureError",),
    "analysis.measures.dispersion": ("dp", "dp_norm"),
    "analysis.measures.intervals": ("mean_difference_interval", "newcombe_interval", "wilson_interval"),
    "analysis.measures.keyness": (
        "conservative_log_ratio",
        "g2_four_terms",
        "g2_p_value",
        "g2_two_terms",
        "log_ratio",
    ),
}

__all__, __getattr__, __dir__ = attach_names(__name__, _HOMES)
