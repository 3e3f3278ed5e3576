"""Topics that a corpus shows by itself, without a taxonomy: NMF on TF-IDF.

The only part of the package that needs scikit-learn; it is imported where it is used, so that nothing else
waits for it.
"""

from analysis.topics.discovered.coherence import score_coherence
from analysis.topics.discovered.fit import Discovered, fit_topics, suggest_topics
from analysis.topics.discovered.matrix import MINIMUM_ARTICLES, TopicError
from analysis.topics.discovered.views import count_topics, find_representatives

__all__ = [
    "MINIMUM_ARTICLES",
    "Discovered",
    "TopicError",
    "count_topics",
    "find_representatives",
    "fit_topics",
    "score_coherence",
    "suggest_topics",
]
