"""How well characters match: headline against text, text against text."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence, Set
from functools import lru_cache
from operator import add

from analysis.articles.lines import squeeze

_PLAIN = re.compile(r"[^\w]+")
_LONGEST = 6000


@lru_cache(maxsize=256)
def grams(text: str) -> frozenset[str]:
    """Character pairs and triples of a text, punctuation aside.

    Example:
        >>> sorted(grams("新昌县"))
        ['新昌', '新昌县', '昌县']
    """
    plain = _PLAIN.sub("", squeeze(text[:_LONGEST]))
    pairs = list(map(add, plain, plain[1:]))
    return frozenset(pairs).union(map(add, pairs, plain[2:]))


def weigh(wanted: Set[str], texts: Sequence[Set[str]]) -> dict[str, float]:
    """Weight of each n-gram: the fewer texts of the page have it, the more it tells.

    Args:
        wanted: The n-grams to weigh.
        texts: n-grams of each text, as from `grams`.

    Returns:
        Natural logarithm of (texts + 1) / (texts with it - 0.5), for those that a text has; triples weigh
        half as much again.
    """
    total = len(texts) + 1
    counts = {gram: sum(gram in text for text in texts) for gram in wanted}
    return {
        gram: math.log(total / (n - 0.5)) * (1 + 0.5 * (len(gram) > 2)) for gram, n in counts.items() if n
    }


def overlap(head: Set[str], text: Set[str], weights: dict[str, float], *, unseen: float = 1.5) -> float:
    """Share of a headline's weight that its text has.

    Args:
        head: n-grams of the headline.
        text: n-grams of the text.
        weights: As from `weigh`.
        unseen: Weight of an n-gram that no text has.

    Returns:
        0-1; 0 for a headline without n-grams.
    """
    whole = sum(weights.get(gram, unseen) for gram in head)
    return sum(weights.get(gram, unseen) for gram in head & text) / whole if whole else 0.0


def cohere(above: str, below: str) -> float:
    """Tell how much two stretches have in common: share of the smaller one's triples that both have.

    Returns:
        0-1; two halves of one article have more than two articles.

    Example:
        >>> cohere("新昌县来新考察", "新昌县很美")
        0.3333333333333333
    """
    kinds = [{gram for gram in grams(text) if len(gram) > 2} for text in (above, below)]
    least = min(map(len, kinds))
    return len(kinds[0] & kinds[1]) / least if least else 0.0
