"""Comparing two selections of articles, A and B: words, slogans, topics.

A and B are tables `articles`, cut down in any way: to a place, to the days before and after, to a topic, to
headlines or texts (`fields.keep_fields`). They should not have a field of an article in common.
"""

from analysis.comparison.slogans import SLOGAN_COMPARISON, compare_slogans
from analysis.comparison.topics import TOPIC_COMPARISON, compare_topics
from analysis.comparison.units import UNIT_KEYNESS, compare_units
from analysis.comparison.words import WORD_COMPARISON, ComparisonError, compare_words

__all__ = [
    "SLOGAN_COMPARISON",
    "TOPIC_COMPARISON",
    "UNIT_KEYNESS",
    "WORD_COMPARISON",
    "ComparisonError",
    "compare_slogans",
    "compare_topics",
    "compare_units",
    "compare_words",
]
