"""Keywords of each article: TF-IDF, or TextRank, over words in which slogans and names stay whole."""

from __future__ import annotations

import pandas as pd

from analysis.keywords.counts import count_words
from analysis.keywords.ranks import KeywordError, rank_keywords
from analysis.keywords.textrank import rank_by_neighbours

#: Methods of scoring, the first one being the default.
METHODS = ("tfidf", "textrank")


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

    TF-IDF is `rank_keywords` of `count_words`: count parts of a corpus apart (in other processes, or ahead
    of time) and rank their joined counts for the same table.

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
    if method not in METHODS:
        raise KeywordError(f"method {method!r}: unknown; expected one of {', '.join(METHODS)}")
    if limit < 0:
        raise KeywordError(f"limit {limit}: negative; expected 0 or more")
    if method == "textrank":
        return rank_by_neighbours(articles, limit=limit, lexicon=lexicon, keep_reporting=keep_reporting)
    return rank_keywords(count_words(articles, lexicon=lexicon), limit=limit, keep_reporting=keep_reporting)
