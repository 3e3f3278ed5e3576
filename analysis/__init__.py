"""From the raw text of newspaper pages to tables of articles, topics, keywords and slogan frequencies."""

from analysis.articles import split_articles, split_spans
from analysis.collocates import find_collocates, find_network
from analysis.comparison import compare_slogans, compare_topics, compare_words
from analysis.concordance import find_lines, search_lines, sort_lines
from analysis.corpus import Tables, make_tables, read_tables
from analysis.coverage import count_coverage
from analysis.keywords import score_keywords
from analysis.pages import PageError, read_pages
from analysis.people import find_mentions, find_people, link_people
from analysis.selection import Selection, select
from analysis.selection_keywords import score_selection_keywords
from analysis.slogans import (
    LexiconError,
    count_slogans,
    find_candidates,
    find_cooccurrences,
    find_slogans,
    find_spread,
    profile_slogans,
    rate_temperature,
    read_lexicon,
    roll_up,
)
from analysis.topics import TaxonomyError, find_cues, read_taxonomy, score_topic_words, score_topics
from analysis.topics.discovered import fit_topics, suggest_topics

__all__ = [
    "LexiconError",
    "PageError",
    "Selection",
    "Tables",
    "TaxonomyError",
    "compare_slogans",
    "compare_topics",
    "compare_words",
    "count_coverage",
    "count_slogans",
    "find_candidates",
    "find_collocates",
    "find_cooccurrences",
    "find_cues",
    "find_lines",
    "find_mentions",
    "find_network",
    "find_people",
    "find_slogans",
    "find_spread",
    "fit_topics",
    "link_people",
    "make_tables",
    "profile_slogans",
    "rate_temperature",
    "read_lexicon",
    "read_pages",
    "read_tables",
    "read_taxonomy",
    "roll_up",
    "score_keywords",
    "score_selection_keywords",
    "score_topic_words",
    "score_topics",
    "search_lines",
    "select",
    "sort_lines",
    "split_articles",
    "split_spans",
    "suggest_topics",
]
