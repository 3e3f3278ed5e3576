"""Discovering topics: factors of the TF-IDF matrix, named, numbered, and the number of them suggested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.schema import OTHER_TOPIC
from analysis.topics.discovered.coherence import TOP_WORDS, score_coherence
from analysis.topics.discovered.matrix import Matrix, TopicError, make_matrix

#: Weight of a word's share of the topic against its lift over the corpus (Sievert and Shirley's lambda).
RELEVANCE = 0.6
#: Words listed for each topic.
LISTED_WORDS = 30
#: Words that make a label.
LABEL_WORDS = 3
#: Number of the topic of articles that hold no word of the vocabulary.
NO_TOPIC = 0
#: Numbers of topics that `suggest_topics` tries; an article more or less should not make a topic.
_TRIED = (3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
_ARTICLES_PER_TOPIC = 6
_ROUNDS = 1000

_TOPICS = {"topic": "int64", "label": "str", "size": "float64", "n_articles": "int64", "coherence": "float64"}
_WORDS = {"topic": "int64", "word": "str", "weight": "float64", "relevance": "float64"}
_SHARES = {
    "article_id": "str",
    "topic": "int64",
    "share": "float64",
    "is_main": "bool",
    "strength": "float64",
}
_SUGGESTED = {"topics": "int64", "coherence": "float64", "is_suggested": "bool"}


class Discovered(NamedTuple):
    """Three frames: the topics, their words, and the topics of the articles (see `fit_topics`)."""

    topics: pd.DataFrame
    topic_words: pd.DataFrame
    article_topics: pd.DataFrame


class _Factors(NamedTuple):
    """Articles x topics and topics x words, topics by falling size."""

    articles: np.ndarray
    words: np.ndarray


def fit_topics(
    articles: pd.DataFrame,
    *,
    topics: int | None = None,
    seed: int = 0,
    relevance: float = RELEVANCE,
    tokens: pd.DataFrame | None = None,
    workers: int = 1,
) -> Discovered:
    """Discover topics in a corpus: non-negative matrix factors of its TF-IDF (see `matrix.make_matrix`).

    The same articles give the same topics, numbers and labels on every run and with any number of workers.
    Topics are numbered by size from 1, and labelled by their most relevant words; a label names words,
    not a subject: read them, and the representative articles, before giving a topic a name.

    Args:
        articles: Table `articles`; teasers and notices are left out.
        topics: How many; None for the number that `suggest_topics` suggests.
        seed: Seed of the start values.
        relevance: 1 ranks a topic's words by their share of it, 0 by how much more they stand in it than in
            the corpus.
        tokens: The words of these articles, as from `tokens.split_tokens`; None to split them here.
        workers: Processes that share the splitting into words.

    Returns:
        topics: one row per topic, by number: topic, label, size (sum of its shares, in articles), n_articles
        (articles whose main topic it is), coherence (NPMI of its ten best words, -1 to 1).
        topic_words: per topic its 30 best words: topic, word, weight (share of the topic, 0-1), relevance.
        article_topics: per article, in the order given, its topics by falling share: article_id, topic, share
        (0-1, sum 1), is_main, strength (how much of the article the topic accounts for, unscaled). An
        article without any word of the vocabulary is of topic 0, 其他. No articles give empty frames.

    Raises:
        TopicError: There are fewer than 30 articles, or too few words for so many topics.

    Source:
        D. Lee, H. Seung, Learning the parts of objects by non-negative matrix factorization, Nature 1999;
        C. Sievert, K. Shirley, LDAvis, 2014 (relevance).
    """
    if articles.empty:
        return Discovered(_frame([], _TOPICS), _frame([], _WORDS), _frame([], _SHARES))
    matrix = make_matrix(articles, tokens=tokens, workers=workers)
    if topics is None:
        tried = _try_numbers(matrix, None, seed, relevance)
        topics = int(tried.loc[tried["is_suggested"], "topics"].iloc[0])
    return _describe(matrix, _factorize(matrix, topics, seed), relevance)


def suggest_topics(
    articles: pd.DataFrame,
    numbers: Sequence[int] | None = None,
    *,
    seed: int = 0,
    relevance: float = RELEVANCE,
    tokens: pd.DataFrame | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Suggest how many topics a corpus has, by the coherence of their words.

    Args:
        articles: Table `articles`.
        numbers: Numbers of topics to try; None for up to 30 in growing steps, from the fourth root of the
            number of articles (a convention of ours) to a sixth of it.
        seed: Seed of the start values.
        relevance: As in `fit_topics`.
        tokens: As in `fit_topics`.
        workers: As in `fit_topics`.

    Returns:
        One row per number, rising: topics, coherence (mean NPMI over its topics, -1 to 1), is_suggested
        (True for the most coherent; of equal ones the smallest). No articles give an empty frame.

    Raises:
        TopicError: As in `fit_topics`.

    Note:
        Differences of a few hundredths say little: a number that the reader can work with is as good.
    """
    if articles.empty:
        return _frame([], _SUGGESTED)
    return _try_numbers(make_matrix(articles, tokens=tokens, workers=workers), numbers, seed, relevance)


def rank_words(
    weights: np.ndarray, marginal: np.ndarray, words: Sequence[str], *, relevance: float = RELEVANCE
) -> list[tuple[str, float, float]]:
    """Rank the words of one topic by relevance: r ln p(w|t) + (1 - r) ln(p(w|t) / p(w)).

    Args:
        weights: p(w|t) of each word.
        marginal: p(w) of each word.
        words: The words.
        relevance: r.

    Returns:
        word, weight, relevance of the words with a weight, best first; equal ones by code point.

    Example:
        >>> ranked = rank_words(np.array([0.5, 0.5]), np.array([0.75, 0.25]), ["a", "b"], relevance=0.0)
        >>> [(word, round(score, 4)) for word, _, score in ranked]
        [('b', 0.6931), ('a', -0.4055)]
    """
    kept = np.flatnonzero((weights > 0) & (marginal > 0))
    logs = np.log(weights[kept])
    scores = relevance * logs + (1 - relevance) * (logs - np.log(marginal[kept]))
    rows = [(words[i], float(weights[i]), float(score)) for i, score in zip(kept, scores, strict=True)]
    return sorted(rows, key=lambda row: (-round(row[2], 9), row[0]))


def _factorize(matrix: Matrix, topics: int, seed: int) -> _Factors:
    # Late, so that nobody waits for scikit-learn who does not ask for topics.
    from sklearn.decomposition import NMF  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    if not 2 <= topics <= min(matrix.tfidf.shape):
        most = min(matrix.tfidf.shape)
        n, words = matrix.tfidf.shape
        cure = f"choose from 2 to {most}" if most > 1 else "take a larger corpus, or look at the named topics"
        raise TopicError(f"{topics} topics: do not fit {n} articles with {words} words in common; {cure}")
    model = NMF(topics, init="nndsvda", solver="cd", tol=1e-4, max_iter=_ROUNDS, random_state=seed)
    # Sums over several threads differ in their last digits, and with them, in rare cases, a rank.
    with threadpool_limits(1):
        left = model.fit_transform(matrix.tfidf)
    right = model.components_
    scale = right.sum(axis=1)
    left, right = left * scale, right / np.where(scale > 0, scale, 1.0)[:, None]
    order = sorted(range(topics), key=lambda i: (-round(float(_shares(left)[:, i].sum()), 6), i))
    return _Factors(left[:, order], right[order])


def _shares(left: np.ndarray) -> np.ndarray:
    totals = left.sum(axis=1, keepdims=True)
    return np.divide(left, totals, out=np.zeros_like(left), where=totals > 0)


def _try_numbers(matrix: Matrix, numbers: Sequence[int] | None, seed: int, relevance: float) -> pd.DataFrame:
    tried = sorted(set(numbers)) if numbers is not None else _choose_numbers(len(matrix.article_ids))
    if not tried:
        raise TopicError("no number of topics to try; give one or more, such as [5, 10, 15]")
    means = []
    for number in tried:
        factors = _factorize(matrix, number, seed)
        words = _list_words(matrix, factors, relevance)
        means.append(score_coherence(words, _documents(matrix, words))["coherence"].mean())
    best = max(range(len(tried)), key=lambda i: (round(means[i], 6), -tried[i]))
    rows = [(number, mean, i == best) for i, (number, mean) in enumerate(zip(tried, means, strict=True))]
    return _frame(rows, _SUGGESTED)


def _choose_numbers(n_articles: int) -> list[int]:
    """Choose numbers to try: from the fourth root of the articles to a sixth of them.

    Two or three topics of a large corpus hold words that stand nearly everywhere: their pairs score high,
    and say nothing.
    """
    return [n for n in _TRIED if n_articles**0.25 <= n <= max(_TRIED[0], n_articles // _ARTICLES_PER_TOPIC)]


def _describe(matrix: Matrix, factors: _Factors, relevance: float) -> Discovered:
    words = _list_words(matrix, factors, relevance)
    shares = _shares(factors.articles)
    coherence = score_coherence(words, _documents(matrix, words)).set_index("topic")["coherence"]
    labels = words.groupby("topic")["word"].apply(list)
    main = np.where(shares.sum(axis=1) > 0, shares.argmax(axis=1) + 1, NO_TOPIC)
    rows = [
        (
            number,
            _label(labels.get(number, [])),
            float(shares[:, number - 1].sum()),
            int((main == number).sum()),
            coherence.get(number, float("nan")),
        )
        for number in range(1, shares.shape[1] + 1)
    ]
    if (main == NO_TOPIC).any():
        rows.append(
            (NO_TOPIC, OTHER_TOPIC, float((main == NO_TOPIC).sum()), int((main == NO_TOPIC).sum()), np.nan)
        )
    return Discovered(_frame(rows, _TOPICS), words, _list_shares(matrix, factors, shares))


def _list_words(matrix: Matrix, factors: _Factors, relevance: float) -> pd.DataFrame:
    mass = np.asarray(matrix.tfidf.sum(axis=0)).ravel()
    marginal = mass / max(mass.sum(), 1e-300)
    rows = [
        (number, *row)
        for number, weights in enumerate(factors.words, 1)
        for row in rank_words(weights, marginal, matrix.words, relevance=relevance)[:LISTED_WORDS]
    ]
    return _frame(rows, _WORDS)


def _list_shares(matrix: Matrix, factors: _Factors, shares: np.ndarray) -> pd.DataFrame:
    rows: list[tuple] = []
    for place, article_id in enumerate(matrix.article_ids):
        order = np.argsort(-shares[place], kind="stable")
        kept = [i for i in order if shares[place, i] > 0]
        rows += [
            (article_id, int(i) + 1, float(shares[place, i]), rank == 0, float(factors.articles[place, i]))
            for rank, i in enumerate(kept)
        ] or [(article_id, NO_TOPIC, 1.0, True, 0.0)]
    return _frame(rows, _SHARES)


def _label(words: Sequence[str]) -> str:
    """Join a topic's first words, leaving out those that stand inside another (振兴, 乡村振兴)."""
    chosen: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == LABEL_WORDS:
            break
    return " · ".join(chosen)


def _documents(matrix: Matrix, words: pd.DataFrame) -> list[set[str]]:
    wanted = set(words.groupby("topic").head(TOP_WORDS)["word"])
    columns = [i for i, word in enumerate(matrix.words) if word in wanted]
    part = matrix.counts[:, columns].tocsr()
    names = [matrix.words[i] for i in columns]
    bounds = zip(part.indptr, part.indptr[1:], strict=False)
    return [{names[i] for i in part.indices[start:end]} for start, end in bounds]


def _frame(rows: list[tuple], columns: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)
