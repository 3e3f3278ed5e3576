"""Topics of articles: named ones, by the cue words of a taxonomy that everybody can read and replace."""

from analysis.topics.scores import (
    HEADLINE_WEIGHT,
    THIN_EVIDENCE,
    find_cues,
    score_topic_words,
    score_topics,
)
from analysis.topics.taxonomy import TaxonomyError, read_taxonomy, read_topic_names

__all__ = [
    "HEADLINE_WEIGHT",
    "THIN_EVIDENCE",
    "TaxonomyError",
    "find_cues",
    "read_taxonomy",
    "read_topic_names",
    "score_topic_words",
    "score_topics",
]
