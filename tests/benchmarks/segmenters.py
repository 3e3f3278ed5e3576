"""jieba and rjieba over a whole corpus: where they differ, and how long they take."""

from __future__ import annotations

import os
import time
from unittest import mock

import jieba
import pandas as pd

from analysis.tokens import split_tokens
from analysis.tokens.dictionary import SEGMENTER_VARIABLE, load_dictionary
from analysis.tokens.segmenters import JIEBA, RJIEBA

_COLUMNS = ["field", "word", "flag", "start", "end"]
_ARTICLES = 2000
_SHOWN = 20


def measure(articles: pd.DataFrame) -> None:
    """Print how many articles and tokens differ, the first ones that do, and the time of each segmenter."""
    jieba.initialize()
    for name in (RJIEBA, JIEBA):
        load_dictionary(name)
    seconds = dict.fromkeys((RJIEBA, JIEBA, "jieba.lcut"), 0.0)
    n_tokens = n_different = 0
    different: list[str] = []
    for first in range(0, len(articles), _ARTICLES):
        some = articles.iloc[first : first + _ARTICLES]
        start = time.process_time()
        for text in some["text"]:
            jieba.lcut(text)
        seconds["jieba.lcut"] += time.process_time() - start
        tokens = {name: _split(some, name, seconds) for name in (RJIEBA, JIEBA)}
        lone = pd.concat(tokens.values()).drop_duplicates(["article_id", *_COLUMNS], keep=False)
        n_tokens += len(tokens[JIEBA])
        n_different += len(lone)
        different += lone["article_id"].unique().tolist()
        for row in lone.head(max(0, _SHOWN - n_different + len(lone))).itertuples():
            print(f"  {row.article_id} {row.field} {row.start}: {row.word} {row.flag}")
    print(f"{n_tokens:,} tokens, {n_different:,} differ, in {len(different):,} of {len(articles):,} articles")
    for name, taken in seconds.items():
        print(f"{name}: {taken:.1f} s of processor time, {taken / seconds['jieba.lcut']:.3f} of jieba.lcut")


def _split(articles: pd.DataFrame, name: str, seconds: dict[str, float]) -> pd.DataFrame:
    with mock.patch.dict(os.environ, {SEGMENTER_VARIABLE: name}):
        start = time.process_time()
        tokens = split_tokens(articles)
        seconds[name] += time.process_time() - start
    return tokens
