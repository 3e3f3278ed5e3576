"""Statistics of counts, on plain numbers and arrays: no table, no text."""

from analysis.measures.collocation import log_dice, npmi
from analysis.measures.counts import MeasureError
from analysis.measures.dispersion import dp, dp_norm
from analysis.measures.intervals import mean_difference_interval, newcombe_interval, wilson_interval
from analysis.measures.keyness import (
    conservative_log_ratio,
    g2_four_terms,
    g2_p_value,
    g2_two_terms,
    log_ratio,
)

__all__ = [
    "MeasureError",
    "conservative_log_ratio",
    "dp",
    "dp_norm",
    "g2_four_terms",
    "g2_p_value",
    "g2_two_terms",
    "log_dice",
    "log_ratio",
    "mean_difference_interval",
    "newcombe_interval",
    "npmi",
    "wilson_interval",
]
