"""Words of the articles of a batch, before they have the numbers of the whole corpus (see `vocabulary`).

A slogan stays whole among the words, so that they depend on the lexicon as the hits do.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.keywords import WordCounts, count_words
from analysis.store.parts import load_part

_COUNTS = ("n", "n_slogan", "n_found")
#: Parts of a batch that hold its words, in the order of `load_words`.
WORD_PARTS = ("words", "wordlist", "totals")


def make_words(news: pd.DataFrame, lexicon: pd.DataFrame | None) -> dict[str, pa.Table]:
    """Count the words of the articles of a batch.

    Args:
        news: Table `articles`, named by row.
        lexicon: As from `slogans.read_lexicon`; None for the product's own.

    Returns:
        The parts `words`: one row per article and word, as in `WordCounts`; `wordlist`, the words; and
        `totals`: row, all words, and rows of `words` of each article.
    """
    counts = count_words(news, lexicon=lexicon)
    numbers = {name: pa.array(getattr(counts, name), pa.int32()) for name in ("article", "word", *_COUNTS)}
    totals = {
        "row": counts.articles.astype(np.int64),
        "total": counts.totals,
        "rows": np.bincount(counts.article, minlength=len(counts.articles)),
    }
    return {
        "words": pa.table(numbers),
        "wordlist": pa.table({"word": pa.array(counts.words, pa.string())}),
        "totals": pa.table({name: pa.array(values.astype(np.int32)) for name, values in totals.items()}),
    }


def load_words(words: bytes, wordlist: bytes, totals: bytes) -> WordCounts:
    """Read the parts of a batch that hold its words; its articles are named by row."""
    table, sizes = load_part(words), load_part(totals)
    return WordCounts(
        load_part(wordlist)["word"].to_numpy(zero_copy_only=False),
        sizes["row"].to_numpy().astype(object),
        sizes["total"].to_numpy().astype(np.int64),
        *(table[name].to_numpy() for name in ("article", "word", *_COUNTS)),
    )
