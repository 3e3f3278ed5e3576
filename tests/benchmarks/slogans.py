"""Counting slogans against segmenting the same text, and how often some of them stand in each year."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import jieba
import pandas as pd

from analysis.slogans import count_slogans, find_slogans, read_lexicon, roll_up

_ENTRIES = 1000
_ROUNDS = 3
_SHOWN = ("新质生产力", "脱贫攻坚", "中国式现代化")


def measure(articles: pd.DataFrame) -> None:
    """Print the time of both and their ratio, medians of several rounds, then counts by year."""
    lexicon = read_lexicon()
    some = lexicon.head(_ENTRIES)
    texts = articles["text"].tolist()
    jieba.initialize()
    segmented = _time(lambda: [jieba.lcut(text) for text in texts], rounds=1)
    counted = _time(lambda: find_slogans(articles, some), rounds=_ROUNDS)
    print(f"jieba.lcut of the texts: {segmented:.1f} s")
    print(f"counting {len(some):,} slogans: {counted:.2f} s, {counted / segmented:.3f} of that")
    hits = roll_up(find_slogans(articles, lexicon), lexicon)
    hits = hits[hits["slogan"].isin(_SHOWN) & (hits["field"] == "text")]
    years = count_slogans(hits, articles, by=("period",), every="year")
    print(
        years.pivot_table(index="slogan", columns="period", values="n", fill_value=0).astype(int).to_string()
    )


def _time(work: Callable[[], object], *, rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
