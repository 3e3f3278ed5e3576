"""Keywords ranked by TF-IDF from counts, for all articles at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.keywords.counts import WordCounts, mark_reporting
from analysis.keywords.documents import WordDocuments, count_documents
from analysis.keywords.idf import score_idf
from analysis.schema import KEYWORDS, TEXT, conform, empty

#: A slogan that stands so often in an article is a keyword whatever its score.
SLOGAN_MINIMUM = 2


class KeywordError(ValueError):
    """Keywords cannot be scored as asked."""


def rank_keywords(
    counts: WordCounts,
    *,
    limit: int = 10,
    documents: WordDocuments | None = None,
    keep_reporting: bool = False,
) -> pd.DataFrame:
    """Rank the keywords of each article from counts; `keywords.score_keywords` tells how.

    Args:
        counts: From `count_words`, of a whole corpus or of a part of it.
        limit: Most keywords an article gets.
        documents: Document frequencies of the whole corpus; None where `counts` are all of it.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        Table `keywords`: one row per article and keyword, in the order of the articles, best first.

    Raises:
        KeywordError: The limit is negative, or `documents` lacks a word of `counts`.
    """
    if limit < 0:
        raise KeywordError(f"limit {limit}: negative; expected 0 or more")
    rows = _weigh_rows(counts, documents or count_documents(counts), keep_reporting)
    best = rows[_may_be_keyword(rows, len(counts.articles), limit)] if limit else rows.head(0)
    if best.empty:
        return empty(KEYWORDS)
    chosen = best.sort_values(["article", "claims", "score", "word"], ascending=[True, False, False, True])
    chosen = chosen[chosen.groupby("article", sort=False).cumcount() < limit]
    chosen = chosen.sort_values(["article", "score", "word"], ascending=[True, False, True])
    ranked = {
        "article_id": pd.array(counts.articles, dtype=TEXT).take(chosen["article"]),
        "word": pd.array(counts.words, dtype=TEXT).take(chosen["word"]),
        "n": chosen["n"].to_numpy(),
        "score": chosen["score"].to_numpy(),
        "rank": chosen.groupby("article", sort=False).cumcount().to_numpy() + 1,
    }
    return conform(pd.DataFrame(ranked), KEYWORDS)


def _weigh_rows(counts: WordCounts, documents: WordDocuments, keep_reporting: bool) -> pd.DataFrame:
    """Weigh each row of the counts: article, word, n, score, and claims (see `_may_be_keyword`)."""
    is_out = np.zeros(len(counts.words), dtype=bool) if keep_reporting else mark_reporting(counts)
    # A slogan always stays, and then it alone is counted.
    alone = np.where(is_out[counts.word], counts.n_slogan, counts.n)
    n = np.maximum(alone, counts.n_found)
    idf = _score_words(counts, documents, is_out)
    is_slogan = counts.n_found > 0
    claims = is_slogan * ((alone >= SLOGAN_MINIMUM) + (counts.n_found >= SLOGAN_MINIMUM).astype(np.int8))
    rows = {
        "article": counts.article,
        "word": counts.word,
        "n": n,
        "score": n / counts.totals[counts.article] * idf[counts.word],
        "claims": claims,
    }
    kept = np.flatnonzero(n)
    return pd.DataFrame({name: column[kept] for name, column in rows.items()})


def _score_words(counts: WordCounts, documents: WordDocuments, is_out: np.ndarray) -> np.ndarray:
    """Score the rarity of each word in the corpus."""
    n_articles, n_slogan_articles = documents.n_articles, documents.n_slogan_articles
    if documents.words is not counts.words:
        places = pd.Index(documents.words).get_indexer(pd.Index(counts.words))
        if (places < 0).any():
            word = counts.words[np.argmin(places)]
            raise KeywordError(
                f"documents: no word {word!r}; expected frequencies of a corpus with these articles"
            )
        n_articles, n_slogan_articles = n_articles[places], n_slogan_articles[places]
    frequencies = np.where(is_out, n_slogan_articles, n_articles)
    return score_idf(counts.words.tolist(), frequencies.tolist(), documents.articles)


def _may_be_keyword(rows: pd.DataFrame, articles: int, limit: int) -> np.ndarray:
    """Mark the rows to choose from: slogans with a claim, and the best scores of each article."""
    article, score = rows["article"].to_numpy(), rows["score"].to_numpy()
    edges = np.searchsorted(article, np.arange(articles + 1))
    least = _find_least(score, edges[:-1], np.diff(edges), limit)
    return (score >= least[article]) | (rows["claims"].to_numpy() > 0)


def _find_least(scores: np.ndarray, starts: np.ndarray, lengths: np.ndarray, limit: int) -> np.ndarray:
    """Find the score of the last keyword of each article by score alone; below all for short articles."""
    least = np.full(len(starts), -np.inf)
    widths = np.where(lengths > limit, 1 << np.ceil(np.log2(np.maximum(lengths, 1))).astype(np.int64), 0)
    # Articles of about one length make a block, its rows filled up at the end.
    for width in np.unique(widths[widths > 0]).tolist():
        chosen = np.flatnonzero(widths == width)
        places = starts[chosen, None] + np.arange(width)
        is_own = np.arange(width) < lengths[chosen, None]
        block = np.where(is_own, scores[np.minimum(places, len(scores) - 1)], -np.inf)
        least[chosen] = np.partition(block, width - limit, axis=1)[:, width - limit]
    return least
