"""Coherence of the discovered topics beside that of scikit-learn's LDA on the same matrix."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.decomposition import LatentDirichletAllocation

from analysis.topics.discovered import fit_topics, score_coherence
from analysis.topics.discovered.matrix import Matrix, make_matrix

_NUMBERS = (10, 20)
_WORDS = 10


def measure(articles: pd.DataFrame) -> None:
    """Print mean NPMI of the ten best words, and whether runs with one and two workers agree."""
    matrix = make_matrix(articles)
    documents = _list_documents(matrix)
    print(f"matrix: {matrix.tfidf.shape[0]:,} articles x {matrix.tfidf.shape[1]:,} words")
    for number in _NUMBERS:
        ours = fit_topics(articles, topics=number)
        print(f"{number} topics, NPMI: NMF {ours.topics['coherence'].mean():.3f}", end="")
        for name, counts in (("TF-IDF", matrix.tfidf), ("counts", matrix.counts)):
            model = LatentDirichletAllocation(number, random_state=0, learning_method="batch").fit(counts)
            words = _list_words(model.components_, matrix.words)
            print(f", LDA on {name} {score_coherence(words, documents)['coherence'].mean():.3f}", end="")
        print()
    first, second = (
        fit_topics(articles, topics=_NUMBERS[0]),
        fit_topics(articles, topics=_NUMBERS[0], workers=2),
    )
    same = all(a.equals(b) for a, b in zip(first, second, strict=True))
    print(f"a second run, with two workers: {'the same to the last digit' if same else 'DIFFERENT'}")


def _list_documents(matrix: Matrix) -> list[list[str]]:
    rows = np.split(matrix.counts.indices, matrix.counts.indptr[1:-1])
    return [[matrix.words[column] for column in row] for row in rows]


def _list_words(components: np.ndarray, words: list[str]) -> pd.DataFrame:
    best = np.argsort(-components, axis=1, kind="stable")[:, :_WORDS]
    rows = [(topic, words[column]) for topic, row in enumerate(best, 1) for column in row]
    return pd.DataFrame(rows, columns=["topic", "word"])
