"""How well the words of a topic belong together: NPMI over articles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations
from math import log

import numpy as np
import pandas as pd

#: Words of a topic, best first, whose pairs are looked at.
TOP_WORDS = 10


def score_coherence(
    topic_words: pd.DataFrame, documents: Sequence[Collection[str]], *, top: int = TOP_WORDS
) -> pd.DataFrame:
    """Score the coherence of topics by normalised pointwise mutual information.

    Counting convention: document co-occurrence. p(a) is the share of documents with the word, p(a, b) of
    those with both, anywhere in them; each pair of a topic's first words counts once.

    Args:
        topic_words: One row per topic and word, the best word of a topic first: topic, word.
        documents: The words of each article.
        top: How many words of each topic are looked at.

    Returns:
        One row per topic, in order of topic: topic, coherence: the mean of `compute_npmi` over the pairs,
        -1 to 1; missing for a topic with fewer than two words.

    Source:
        G. Bouma, Normalized (pointwise) mutual information in collocation extraction, GSCL 2009; N. Aletras,
        M. Stevenson, Evaluating topic coherence using distributional semantics, IWCS 2013.

    Example:
        >>> words = pd.DataFrame({"topic": [1, 1], "word": ["a", "b"]})
        >>> score_coherence(words, [{"a", "b"}, {"a", "b"}, {"c"}, {"c"}]).values.tolist()
        [[1.0, 1.0]]
    """
    firsts = topic_words.groupby("topic", sort=True)["word"].apply(lambda words: list(words)[:top])
    wanted = {word for words in firsts for word in words}
    sets: dict[str, set[int]] = {word: set() for word in wanted}
    for number, document in enumerate(documents):
        for word in wanted.intersection(document):
            sets[word].add(number)
    means = [_mean_npmi(words, sets, len(documents)) for words in firsts]
    return pd.DataFrame({"topic": list(firsts.index), "coherence": np.array(means, dtype=np.float64)})


def compute_npmi(n_both: int, n_a: int, n_b: int, n: int) -> float:
    """Compute the normalised pointwise mutual information of two words.

    Args:
        n_both: Documents with both words.
        n_a: Documents with the first.
        n_b: Documents with the second.
        n: All documents.

    Returns:
        ln(p(a,b) / (p(a) p(b))) / -ln p(a,b): 1 when they only stand together, 0 when they are independent,
        -1 when they never do; 1 when both stand in every document.

    Example:
        >>> compute_npmi(2, 2, 2, 4), compute_npmi(1, 2, 2, 4), compute_npmi(0, 2, 2, 4)
        (1.0, 0.0, -1.0)
    """
    if not n_both:
        return -1.0
    if n_both == n:
        return 1.0
    return log(n_both * n / (n_a * n_b)) / -log(n_both / n)


def _mean_npmi(words: Sequence[str], sets: dict[str, set[int]], n: int) -> float:
    pairs = list(combinations(words, 2))
    if not pairs:
        return float("nan")
    scores = [compute_npmi(len(sets[a] & sets[b]), len(sets[a]), len(sets[b]), n) for a, b in pairs]
    return sum(scores) / len(scores)
