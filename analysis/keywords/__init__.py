"""Keywords of each article, counted batch by batch and ranked over all of them."""

from analysis.keywords.counts import WordCounts, count_words, join_counts, make_matrix, sum_words
from analysis.keywords.documents import WordDocuments, count_documents, join_documents
from analysis.keywords.idf import GENERAL_ARTICLES, blend_idf, score_idf
from analysis.keywords.ranks import SLOGAN_MINIMUM, KeywordError, rank_keywords
from analysis.keywords.scores import METHODS, score_keywords

__all__ = [
    "GENERAL_ARTICLES",
    "METHODS",
    "SLOGAN_MINIMUM",
    "KeywordError",
    "WordCounts",
    "WordDocuments",
    "blend_idf",
    "count_documents",
    "count_words",
    "join_counts",
    "join_documents",
    "make_matrix",
    "rank_keywords",
    "score_idf",
    "score_keywords",
    "sum_words",
]
