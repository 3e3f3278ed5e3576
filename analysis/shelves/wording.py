"""What the words of a view say: keywords, keyness, and words over time, from the counts of its shelf."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.comparison.units import UNIT_KEYNESS
from analysis.comparison.words import compare_counts, mark_best
from analysis.keywords import GENERAL_ARTICLES, score_idf
from analysis.schema import TEXT, conform, empty
from analysis.selection_keywords import SELECTION_KEYWORDS
from analysis.shelves.matrices.dispersion import bound_evenness, disperse
from analysis.shelves.matrices.rolls import Rolls
from analysis.shelves.matrices.words import add_up_groups, add_up_words, find_word
from analysis.shelves.view import View

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

# Words scored at first, for each that is asked for.
_SCORED = 4


def compare_views(a: View, b: View, *, minimum: int = 5) -> pd.DataFrame:
    """Compare how often words stand in two views of one shelf, as `comparison.compare_words` does.

    Args:
        a: View A.
        b: View B.
        minimum: Least occurrences in A and B together.

    Returns:
        Table `WORD_COMPARISON`.
    """
    words = a.shelf.words
    sums = [*_add_up(a), *_add_up(b)]
    size_a, size_b = (int(words.totals[view.news_rows].sum()) for view in (a, b))
    return _compare(pd.array(words.names, dtype=TEXT), sums, (size_a, size_b), minimum=minimum)


def compare_units(view: View, units: pd.Series, *, top: int = 8, minimum: int = 3) -> pd.DataFrame:
    """Compare the words of each unit of a view with those of all the others together.

    Args:
        view: A view.
        units: Unit of each row of `view.news`; missing ones are part of every rest.
        top: Words a unit at the most.
        minimum: Least occurrences in the unit and the rest together.

    Returns:
        Table `UNIT_KEYNESS`, as `comparison.compare_units` gives it.
    """
    codes, names = pd.factorize(units, sort=True)
    if len(names) < 2:
        return empty(UNIT_KEYNESS)
    words, rows = view.shelf.words, view.news_rows
    listed = pd.array(words.names, dtype=TEXT)
    # Articles without a unit are the last group.
    groups = np.where(codes < 0, len(names), codes)
    counts = add_up_groups(words.counts, rows, groups, len(names) + 1)
    n_all, n_articles_all = (each.sum(axis=0) for each in counts)
    size = int(words.totals[rows].sum())
    found = [empty(UNIT_KEYNESS)]
    for number, name in enumerate(names):
        inside = rows[codes == number]
        n, n_articles = (each[number] for each in counts)
        own = int(words.totals[inside].sum())
        sums = [n, n_articles, n_all - n, n_articles_all - n_articles]
        best = _compare(listed, sums, (own, size - own), minimum=minimum, best=top)
        found.append(best.assign(unit=name, articles=len(inside), rank=range(1, len(best) + 1)))
    return conform(pd.concat(found, ignore_index=True), UNIT_KEYNESS)


def score_keywords(view: View, *, limit: int) -> pd.DataFrame:
    """Score the keywords of a view as one document, as `selection_keywords` does with its articles.

    Args:
        view: A view.
        limit: Most keywords.

    Returns:
        Table `SELECTION_KEYWORDS`.
    """
    words, rows = view.shelf.words, view.news_rows
    n, n_articles = _add_up(view)
    found = np.flatnonzero(n)
    size = int(words.totals[rows].sum())
    if not len(found) or limit < 1:
        return empty(SELECTION_KEYWORDS)
    # No word scores above its frequency times the idf that the corpus alone would give it, times what the
    # number of its articles leaves of evenness: a bound for all words costs little, and few of them come near
    # enough to the best to be scored.
    known = words.n_articles[found]
    bound = n[found] / size * np.log((words.articles + GENERAL_ARTICLES) / known)
    bound *= bound_evenness(words, rows, n_articles[found])
    order = np.argsort(-bound, kind="stable")
    best, tfidf, dispersion, score = order[:0], np.array([]), np.array([]), np.array([])
    least = -np.inf
    while len(best) < len(order) and least <= bound[order[len(best)]]:
        some = order[len(best) : _SCORED * max(limit, len(best))]
        idf = score_idf(words.names[found[some]].tolist(), known[some].tolist(), words.articles)
        spread = disperse(words, rows, found[some], n[found[some]])
        best = np.concatenate([best, some])
        tfidf = np.concatenate([tfidf, n[found[some]] / size * idf])
        dispersion = np.concatenate([dispersion, spread])
        score = tfidf * (1 - np.nan_to_num(dispersion))
        least = np.sort(score)[-limit] if len(score) >= limit else -np.inf
    scored = pd.DataFrame(
        {
            "word": pd.Series(words.names[found[best]], dtype=TEXT),
            "n": n[found[best]],
            "n_articles": n_articles[found[best]],
            "articles": len(rows),
            "tfidf": tfidf,
            "dispersion": dispersion,
            "score": score,
        }
    )
    scored = scored.sort_values(["score", "word"], ascending=[False, True]).head(limit)
    return conform(scored.assign(rank=range(1, len(scored) + 1)), SELECTION_KEYWORDS)


def find_words(view: View, names: Iterable[str]) -> Rolls:
    """Find words in the articles of a view: articles of the shelf x words, to be counted over cells."""
    found = find_word(view.shelf.words, names, view.news_rows)
    codes, words = pd.factorize(found["word"], sort=True)
    shape = (len(view.shelf.articles), len(words))
    counts = csr_array((found["n"].to_numpy(), (found["row"].to_numpy(), codes)), shape=shape)
    return Rolls(np.asarray(words, dtype=object), counts)


def _add_up(view: View) -> tuple[np.ndarray, np.ndarray]:
    """Add up the words of a view once: occurrences, and articles with each."""
    return view.keep("sums of words", lambda: add_up_words(view.shelf.words, view.news_rows))


def _compare(
    names: ExtensionArray,
    sums: list[np.ndarray],
    sizes: tuple[int, int],
    *,
    minimum: int,
    best: int | None = None,
) -> pd.DataFrame:
    """Compare words that were added up: all, or so many that are more frequent in A."""
    found = np.flatnonzero(sums[0] + sums[2] >= minimum)
    candidates = len(found)
    if best is not None and all(sizes):
        found = found[mark_best(sums[0][found], sums[2][found], *sizes, best)]
    keys = ("n_a", "n_articles_a", "n_b", "n_articles_b")
    counts = {key: column[found] for key, column in zip(keys, sums, strict=True)}
    counts["word"] = names.take(found)
    return compare_counts(pd.DataFrame(counts), *sizes, minimum=minimum, candidates=candidates).head(best)
