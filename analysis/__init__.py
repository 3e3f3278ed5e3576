"""From the raw text of newspaper pages to tables of articles, topics, keywords and slogan frequencies."""

from analysis.articles import split_articles, split_spans
from analysis.corpus import Tables, make_tables, read_tables
from analysis.keywords import score_keywords
from analysis.pages import PageError, read_pages
from analysis.selection import Selection, select
from analysis.slogans import LexiconError, count_slogans, find_candidates, find_slogans, read_lexicon, roll_up
from analysis.topics import TaxonomyError, find_cues, read_taxonomy, score_topic_words, score_topics

__all__ = [
    "LexiconError",
    "PageError",
    "Selection",
    "Tables",
    "TaxonomyError",
    "count_slogans",
    "find_candidates",
    "find_cues",
    "find_slogans",
    "make_tables",
    "read_lexicon",
    "read_pages",
    "read_tables",
    "read_taxonomy",
    "roll_up",
    "score_keywords",
    "score_topic_words",
    "score_topics",
    "select",
    "split_articles",
    "split_spans",
]
