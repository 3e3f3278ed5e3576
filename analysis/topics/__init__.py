"""Topics of articles: named ones, by the cue words of a taxonomy that everybody can read and replace."""

from analysis.topics.scores import (
    HEADLINE_WEIGHT,
    THIN_EVIDENCE,
    TopicScores,
    find_cues,
    merge_mentions,
    score_mentions,
    score_topic_words,
    score_topics,
    score_topics_and_mentions,
)
from analysis.topics.taxonomy import TaxonomyError, read_taxonomy, read_topic_names

__all__ = [
    "HEADLINE_WEIGHT",
    "THIN_EVIDENCE",
    "TaxonomyError",
    "TopicScores",
    "find_cues",
    "merge_mentions",
    "read_taxonomy",
    "read_topic_names",
    "score_mentions",
    "score_topic_words",
    "score_topics",
    "score_topics_and_mentions",
]
