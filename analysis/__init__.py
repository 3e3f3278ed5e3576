"""From the raw text of newspaper pages to tables of articles, topics, keywords and slogan frequencies.

The names below are imported when they are first asked for, so that a command that needs few of them, such as
a build with nothing to do, starts at once.
"""

from __future__ import annotations

from analysis.lazy import attach_names

_HOMES = {
    "analysis.articles": ("split_articles", "split_spans"),
    "analysis.collocates": ("find_collocates", "find_network"),
    "analysis.comparison": ("compare_slogans", "compare_topics", "compare_words"),
    "analysis.concordance": ("find_lines", "search_lines", "sort_lines"),
    "analysis.corpus": ("Tables", "make_tables", "read_tables"),
    "analysis.coverage": ("count_coverage",),
    "analysis.keywords": ("score_keywords",),
    "analysis.pages": ("PageError", "read_pages"),
    "analysis.people": ("find_mentions", "find_people", "link_people"),
    "analysis.selection": ("Selection", "select"),
    "analysis.selection_keywords": ("score_selection_keywords",),
    "analysis.slogans": (
        "LexiconError",
        "count_slogans",
        "find_candidates",
        "find_cooccurrences",
        "find_slogans",
        "find_spread",
        "profile_slogans",
        "rate_temperature",
        "read_lexicon",
        "roll_up",
    ),
    "analysis.topics": ("TaxonomyError", "find_cues", "read_taxonomy", "score_topic_words", "score_topics"),
    "analysis.topics.discovered": ("fit_topics", "suggest_topics"),
}

__all__, __getattr__, __dir__ = attach_names(__name__, _HOMES)
