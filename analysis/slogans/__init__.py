"""提法 (slogans): the lexicon, matching on the text, roll-up, counting, and candidates for the lexicon.

The names are imported when they are first asked for, for a store that is built needs few of them; but for the
one that its module bears, too.
"""

from __future__ import annotations

from analysis.lazy import attach_names
from analysis.slogans.skeleton import skeleton

_HOMES = {
    "analysis.slogans.candidates": (
        "find_candidates",
        "list_uncounted",
        "rank_candidates",
        "shortlist_candidates",
    ),
    "analysis.slogans.cooccurrence": ("CooccurrenceError", "find_cooccurrences"),
    "analysis.slogans.evidence": (
        "choose_sample",
        "count_coinages",
        "count_forms",
        "count_repeats",
        "merge_coinages",
        "merge_counts",
    ),
    "analysis.slogans.frequencies": ("count_chars", "count_slogans"),
    "analysis.slogans.hits": ("find_slogans", "sort_hits"),
    "analysis.slogans.lexicon": ("LexiconError", "read_lexicon"),
    "analysis.slogans.profile": ("profile_slogans",),
    "analysis.slogans.rollup": ("roll_up",),
    "analysis.slogans.spread": ("find_spread",),
    "analysis.slogans.temperature": ("rate_temperature",),
}

_names, __getattr__, __dir__ = attach_names(__name__, _HOMES)
__all__ = [*_names, "skeleton"]  # noqa: PLE0604, names all of them
