"""Keywords of a selection of articles: what they have in common, not what one of them says most often."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.content_words import mark_content_words
from analysis.fields import select_rows
from analysis.keywords import KeywordError, score_idf
from analysis.measures import dp_norm
from analysis.schema import COUNT, NUMBER, TEXT, Column, Table, conform, counted, empty
from analysis.tokens import split_tokens

SELECTION_KEYWORDS = Table(
    "selection_keywords",
    "keyword of the selection",
    ("rank",),
    (
        Column("word", TEXT, "Keyword; slogans stay whole."),
        Column("n", COUNT, "Occurrences in headlines and text of the selection."),
        Column("n_articles", COUNT, "Articles of the selection with the word at least once."),
        Column("articles", COUNT, "All articles of the selection."),
        Column("tfidf", NUMBER, "n / words of the selection x inverse document frequency."),
        Column(
            "dispersion", NUMBER, "DPnorm over the parts, 0 (everywhere alike) to 1; missing for one part."
        ),
        Column("score", NUMBER, "tfidf x (1 - dispersion)."),
        Column("rank", COUNT, "Rank by score, from 1."),
    ),
)


def score_selection_keywords(
    articles: pd.DataFrame,
    *,
    limit: int = 30,
    corpus: pd.DataFrame | None = None,
    tokens: pd.DataFrame | None = None,
    parts: str = "article_id",
    minimum_articles: int = 1,
    lexicon: pd.DataFrame | None = None,
    keep_reporting: bool = False,
) -> pd.DataFrame:
    """Score the keywords of a selection of articles as if it were one document.

    Counting convention: kicker, headline, subhead and text of news, photos, briefs and interviews count
    alike, teasers and notices do not. A word is counted as the tokenizer cuts it: of nested slogans the
    longest. tf is n / all words of the selection; idf blends jieba's general table with the corpus, as in
    `keywords.score_keywords`. Left out are reporters' names, dates, bare numbers and stop words.

    The score is tf x idf x (1 - DPnorm): a word that one short article repeats has a DPnorm near 1 and
    falls behind one that the parts share, at equal counts always. DPnorm takes the real sizes of the parts
    in words. A selection of one part has no dispersion: there the score is tf x idf.

    Args:
        articles: Table `articles` of the selection.
        limit: Most keywords.
        corpus: Table `articles` that the selection is taken from, for the document frequencies: words that
            are common in all of it lose. None lets the general table speak alone.
        tokens: Words of at least these articles and the corpus, as from `tokens.split_tokens`, to spare
            splitting.
        parts: Column of `articles` that cuts the selection into the parts of the dispersion, as article_id,
            county or paper; missing values are one part.
        minimum_articles: Least articles of the selection with the word.
        lexicon: Slogans to keep whole when the articles are split here; None for the product's own.
        keep_reporting: Keep verbs of reporting (强调, 指出) as words.

    Returns:
        Table `SELECTION_KEYWORDS`: one row per word, best first, equal scores by word.

    Raises:
        KeywordError: The limit is negative, or `parts` is no column of `articles`.

    Note:
        Scores rank words within one selection; between selections compare the words with
        `comparison.compare_words`.

    Source:
        G. Salton, C. Buckley, Term-weighting approaches in automatic text retrieval, 1988; J. Lijffijt,
        S. Th. Gries, IJCL 17 (2012), for DPnorm. Their product is our own.
    """
    if limit < 0:
        raise KeywordError(f"limit {limit}: negative; expected 0 or more")
    if parts not in articles:
        raise KeywordError(f"parts={parts!r}: no column; expected one of articles, as article_id or county")
    news = counted(articles)
    own = _select_tokens(news, tokens, lexicon)
    is_content = mark_content_words(own, news, keep_reporting=keep_reporting)
    if not is_content.any():
        return empty(SELECTION_KEYWORDS)
    counts = _count(own, is_content, news, parts)
    counts = counts[counts["n_articles"] >= minimum_articles]
    frequency, n_corpus = _count_corpus(corpus, tokens, lexicon)
    n_articles = frequency.reindex(counts["word"], fill_value=0).to_numpy()
    idf = score_idf(counts["word"], n_articles, n_corpus)
    scored = counts.assign(articles=len(news), tfidf=counts["n"] / len(own) * idf)
    scored["score"] = scored["tfidf"] * (1 - scored["dispersion"].fillna(0.0))
    best = scored.sort_values(["score", "word"], ascending=[False, True]).head(limit)
    return conform(best.assign(rank=range(1, len(best) + 1)), SELECTION_KEYWORDS)


def _select_tokens(
    news: pd.DataFrame, tokens: pd.DataFrame | None, lexicon: pd.DataFrame | None
) -> pd.DataFrame:
    return split_tokens(news, lexicon=lexicon) if tokens is None else select_rows(tokens, news)


def _count(tokens: pd.DataFrame, is_content: np.ndarray, news: pd.DataFrame, parts: str) -> pd.DataFrame:
    """Count the content words: word, n, n_articles, dispersion. Parts have all their words as their size."""
    article = pd.Index(news["article_id"]).get_indexer(pd.Index(tokens["article_id"]))
    part_of, names = pd.factorize(news[parts], use_na_sentinel=False)
    sizes = np.bincount(part_of[article], minlength=len(names))
    codes, words = pd.factorize(tokens.loc[is_content, "word"])
    by_article = _cross(codes, article[is_content], (len(words), len(news)))
    by_part = _cross(codes, part_of[article[is_content]], (len(words), len(names)))
    return pd.DataFrame(
        {
            "word": pd.Series(words, dtype=TEXT),
            "n": by_article.sum(axis=1),
            "n_articles": np.diff(by_article.indptr),
            "dispersion": dp_norm(by_part, sizes),
        }
    )


def _cross(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    """Count how often each row meets each column."""
    table = csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=shape)
    table.sum_duplicates()
    return table


def _count_corpus(
    corpus: pd.DataFrame | None, tokens: pd.DataFrame | None, lexicon: pd.DataFrame | None
) -> tuple[pd.Series, int]:
    """Count the articles of the corpus with each word, and all of them; none when there is no corpus."""
    if corpus is None:
        return pd.Series(dtype=COUNT, index=pd.Index([], dtype=TEXT)), 0
    news = counted(corpus)
    rows = _select_tokens(news, tokens, lexicon)[["article_id", "word"]]
    return rows.drop_duplicates()["word"].value_counts(), len(news)
