"""Keywords of each article: TF-IDF, or TextRank, over words in which slogans and names stay whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from math import exp, log
from statistics import median
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.content_words import find_name_characters, is_content_word, is_name, read_names
from analysis.schema import FIELDS, KEYWORDS, conform, empty
from analysis.slogans.match import Matcher
from analysis.tokens import compile_slogans, find_all_slogans, read_general_idf, split_texts

#: Weight of jieba's general table in the blended IDF, in articles: a corpus of so many counts as much.
GENERAL_ARTICLES = 500
#: A slogan that stands so often in an article is a keyword whatever its score.
SLOGAN_MINIMUM = 2
#: Methods of scoring, the first one being the default.
METHODS = ("tfidf", "textrank")

_TEXTRANK_WINDOW = 5
_TEXTRANK_DAMPING = 0.85
_TEXTRANK_ROUNDS = 30


class KeywordError(ValueError):
    """Keywords cannot be scored as asked."""


class _Words(NamedTuple):
    """One article in words: its tokens, its candidates in reading order, and its slogans."""

    article_id: str
    total: int
    candidates: list[str]
    slogans: Counter[str]


def score_keywords(
    articles: pd.DataFrame,
    *,
    limit: int = 10,
    method: str = "tfidf",
    lexicon: pd.DataFrame | None = None,
    keep_reporting: bool = False,
) -> pd.DataFrame:
    """Score the keywords of each article.

    Counting convention: kicker, headline, subhead and text count alike. A word is counted as the tokenizer
    cuts it; a slogan is counted wherever it stands, inside a longer slogan too, so that nested slogans must
    not be added up. tf is n / all words of the article.

    The inverse document frequency blends jieba's general table with the articles given: the table speaks
    for `GENERAL_ARTICLES` imagined articles, idf = -ln((df + G e^(-general)) / (N + G)). In a small corpus
    the general table decides; in a large one the corpus. A word that the table lacks takes its median.

    Left out: reporters' names (`authors`), dates and bare numbers, stop words, single characters. A slogan
    that stands twice or more in an article is always among its keywords; where `limit` is too low for all
    of them, those that stand twice outside longer slogans come first, then the best scores.

    Args:
        articles: Table `articles`; all rows given are scored and counted as documents.
        limit: Most keywords an article gets.
        method: `tfidf`, or `textrank` (rank in the graph of words that stand within five of each other,
            highest 1; it knows no other article).
        lexicon: Slogans to keep whole, as from `slogans.read_lexicon`; None for the product's own.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        Table `keywords`: one row per article and keyword, in the order of the articles, best first.

    Raises:
        KeywordError: The method is unknown or the limit is negative.

    Note:
        Scores compare words within one article; between articles of different length they do not.

    Source:
        G. Salton, C. Buckley, Term-weighting approaches in automatic text retrieval, 1988; R. Mihalcea,
        P. Tarau, TextRank, EMNLP 2004.
    """
    _require_options(limit, method)
    matcher = compile_slogans(lexicon)
    documents = [_read_words_of(row, matcher, keep_reporting) for row in _rows(articles)]
    score = _score_textrank if method == "textrank" else _tfidf_of(documents)
    rows = [row for document in documents for row in _rank_words(document, score(document), limit)]
    if not rows:
        return empty(KEYWORDS)
    return conform(pd.DataFrame(rows, columns=KEYWORDS.names), KEYWORDS)


def blend_idf(n_articles: int, articles: int, general: float) -> float:
    """Blend the inverse document frequency of a corpus with a general one.

    Args:
        n_articles: Articles of the corpus with the word.
        articles: All articles of the corpus.
        general: Inverse document frequency of the word in general Chinese (natural logarithm).

    Returns:
        -ln of the share of articles with the word, the general share counting as `GENERAL_ARTICLES` articles.

    Example:
        >>> round(blend_idf(0, 0, 8.0), 6)
        8.0
        >>> round(blend_idf(500, 500, 100.0), 6) == round(log(2), 6)
        True
    """
    expected = GENERAL_ARTICLES * exp(-general)
    return -log((n_articles + expected) / (articles + GENERAL_ARTICLES))


def score_idf(words: Iterable[str], n_articles: Iterable[int], articles: int) -> np.ndarray:
    """Score the rarity of words by the blended inverse document frequency.

    Args:
        words: Words; one that the general table lacks takes the median of the table.
        n_articles: Articles of the corpus with each word.
        articles: All articles of the corpus; 0 lets the general table speak alone.

    Returns:
        One value a word, see `blend_idf`.

    Example:
        >>> idf = score_idf(["发展", "养老"], [0, 0], 0)
        >>> bool(idf[0] < idf[1])
        True
    """
    table, middle = _general_idf()
    pairs = zip(words, n_articles, strict=True)
    return np.array([blend_idf(n, articles, table.get(word, middle)) for word, n in pairs], dtype=float)


def _require_options(limit: int, method: str) -> None:
    if method not in METHODS:
        raise KeywordError(f"method {method!r}: unknown; expected one of {', '.join(METHODS)}")
    if limit < 0:
        raise KeywordError(f"limit {limit}: negative; expected 0 or more")


def _rows(articles: pd.DataFrame) -> Iterator[tuple]:
    return articles[["article_id", "authors", *FIELDS]].fillna("").itertuples(index=False)


def _read_words_of(row: tuple, matcher: Matcher, keep_reporting: bool) -> _Words:
    names = read_names(row.authors)
    texts = [getattr(row, field) for field in FIELDS]
    found = find_all_slogans(texts, matcher)
    total, candidates = 0, []
    for text, tokens in zip(texts, split_texts(texts, found), strict=True):
        total += len(tokens)
        characters = find_name_characters(text, names)
        words = (token for token in tokens if is_content_word(token.word, token.flag, keep_reporting))
        candidates += [token.word for token in words if not is_name(token, characters)]
    counts = Counter(token.word for slogans in found for token in slogans)
    return _Words(row.article_id, total, candidates, counts)


def _tfidf_of(documents: list[_Words]) -> Callable[[_Words], dict[str, float]]:
    frequency = Counter(word for document in documents for word in _counts(document))
    general, middle = _general_idf()

    def score(document: _Words) -> dict[str, float]:
        return {
            word: n / document.total * blend_idf(frequency[word], len(documents), general.get(word, middle))
            for word, n in _counts(document).items()
        }

    return score


def _counts(document: _Words) -> Counter[str]:
    """Count the candidates; a slogan counts wherever it stands, in longer slogans too."""
    return Counter(document.candidates) | document.slogans


@lru_cache(maxsize=1)
def _general_idf() -> tuple[dict[str, float], float]:
    table = read_general_idf()
    return table, median(table.values())


def _score_textrank(document: _Words) -> dict[str, float]:
    words = list(dict.fromkeys(document.candidates))
    links = _link_words(document.candidates)
    weight = {word: sum(links[word].values()) for word in links}
    rank = dict.fromkeys(words, 1.0)
    for _ in range(_TEXTRANK_ROUNDS):
        received = {
            word: sum(n / weight[other] * rank[other] for other, n in links[word].items()) for word in links
        }
        rank = {word: 1 + _TEXTRANK_DAMPING * (received.get(word, 0.0) - 1) for word in words}
    highest = max(rank.values(), default=1.0)
    scores = {word: value / highest for word, value in rank.items()}
    # A slogan that only stands inside longer ones is no token: it ranks with the best of those.
    for slogan in sorted(document.slogans):
        around = [scores[word] for word in words if slogan in word]
        scores.setdefault(slogan, max(around, default=0.0))
    return scores


def _link_words(candidates: list[str]) -> dict[str, Counter[str]]:
    links: dict[str, Counter[str]] = {}
    for i, word in enumerate(candidates):
        for other in candidates[i + 1 : i + _TEXTRANK_WINDOW]:
            if other != word:
                links.setdefault(word, Counter())[other] += 1
                links.setdefault(other, Counter())[word] += 1
    return links


def _rank_words(document: _Words, scores: dict[str, float], limit: int) -> list[tuple]:
    """Choose the slogans that must stand, then the best of the rest; order all by score, then word."""
    counts = _counts(document)
    alone = Counter(document.candidates)
    claims = {
        word: (alone[word] >= SLOGAN_MINIMUM) + (n >= SLOGAN_MINIMUM) for word, n in document.slogans.items()
    }
    best = sorted(counts, key=lambda word: (-claims.get(word, 0), -scores[word], word))[:limit]
    best.sort(key=lambda word: (-scores[word], word))
    article = document.article_id
    return [(article, word, counts[word], scores[word], rank) for rank, word in enumerate(best, 1)]
