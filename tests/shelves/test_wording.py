"""Keywords of a view: the best words are found without scoring all, and none is missed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.keywords import score_idf
from analysis.measures import dp_norm
from analysis.shelves import View, shelve_tables, wording
from analysis.shelves.wording import score_keywords
from analysis.slogans import read_lexicon
from analysis.topics import read_taxonomy


@pytest.fixture(scope="module")
def shelf(seed_tables):
    return shelve_tables(seed_tables, lexicon=read_lexicon(), taxonomy=read_taxonomy())


def score_all(view: View) -> pd.DataFrame:
    """Score every word of a view, each from a dense table."""
    words, rows = view.shelf.words, view.news_rows
    table = words.counts[rows].toarray().astype(np.int64)
    known = (words.counts.toarray() > 0).sum(axis=0)
    found = np.flatnonzero(table.sum(axis=0))
    n = table.sum(axis=0)[found]
    idf = score_idf(words.names[found].tolist(), known[found].tolist(), words.articles)
    scored = pd.DataFrame({"word": words.names[found], "n": n, "n_articles": (table > 0).sum(axis=0)[found]})
    scored["tfidf"] = n / words.totals[rows].sum() * idf
    scored["dispersion"] = dp_norm(table.T[found], words.totals[rows])
    scored["score"] = scored["tfidf"] * (1 - scored["dispersion"].fillna(0.0))
    return scored.sort_values(["score", "word"], ascending=[False, True], ignore_index=True)


@pytest.mark.parametrize("limit", [1, 7, 60, 100_000])
@pytest.mark.parametrize("most", [None, 40, 9, 2, 1])
@pytest.mark.parametrize("scored", [1, 4])
def test_the_best_of_all_words_are_the_keywords(shelf, limit, most, scored, monkeypatch):
    # Twice as many words a round is the least that still ends.
    monkeypatch.setattr(wording, "_SCORED", scored + 1)
    rows = shelf.whole.news_rows
    view = View(shelf, np.sort(np.random.default_rng(1).permutation(rows)[:most]))
    found, expected = score_keywords(view, limit=limit), score_all(view).head(limit)
    assert found["word"].tolist() == expected["word"].tolist()
    for name in ("n", "n_articles", "tfidf", "dispersion", "score"):
        assert found[name].to_numpy(float).tobytes() == expected[name].to_numpy(float).tobytes(), name


def test_few_of_many_words_are_scored(shelf, monkeypatch):
    asked = []
    monkeypatch.setattr(
        wording, "disperse", lambda *of, plain=wording.disperse: asked.append(len(of[2])) or plain(*of)
    )
    score_keywords(shelf.whole, limit=10)
    assert 10 <= sum(asked) < shelf.words.counts.shape[1] / 10
