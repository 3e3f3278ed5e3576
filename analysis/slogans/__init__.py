"""提法 (slogans): the lexicon, matching on the text, roll-up, counting, and candidates for the lexicon."""

from analysis.slogans.candidates import (
    find_candidates,
    list_uncounted,
    rank_candidates,
    shortlist_candidates,
)
from analysis.slogans.cooccurrence import CooccurrenceError, find_cooccurrences
from analysis.slogans.evidence import (
    choose_sample,
    count_coinages,
    count_forms,
    count_repeats,
    merge_coinages,
    merge_counts,
)
from analysis.slogans.frequencies import count_chars, count_slogans
from analysis.slogans.hits import find_slogans, sort_hits
from analysis.slogans.lexicon import LexiconError, read_lexicon
from analysis.slogans.profile import profile_slogans
from analysis.slogans.rollup import roll_up
from analysis.slogans.skeleton import skeleton
from analysis.slogans.spread import find_spread
from analysis.slogans.temperature import rate_temperature

__all__ = [
    "CooccurrenceError",
    "LexiconError",
    "choose_sample",
    "count_chars",
    "count_coinages",
    "count_forms",
    "count_repeats",
    "count_slogans",
    "find_candidates",
    "find_cooccurrences",
    "find_slogans",
    "find_spread",
    "list_uncounted",
    "merge_coinages",
    "merge_counts",
    "profile_slogans",
    "rank_candidates",
    "rate_temperature",
    "read_lexicon",
    "roll_up",
    "shortlist_candidates",
    "skeleton",
    "sort_hits",
]
