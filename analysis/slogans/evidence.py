"""What speaks for candidates, batch by batch: coinages, repeated runs, and how often forms stand in texts.

Every function that looks at texts takes any articles and every merge any parts, merged ones too: the result
does not depend on how articles were batched, as long as the parts come in the order of the articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd

from analysis import schema
from analysis.haystacks import join_texts, place_finds
from analysis.slogans.coinages import Coinage, find_coinages
from analysis.slogans.frequencies import count_chars
from analysis.slogans.lexicon import LEXICON_COLUMNS
from analysis.slogans.match import compile_lexicon, find_match_arrays
from analysis.slogans.noise import read_noise
from analysis.slogans.repeats import find_repeats
from analysis.slogans.skeleton import trace_skeleton

#: Repeated runs are looked for in fewer characters than this.
MOST_CHARS = 2_000_000
#: Columns of coinages: skeleton; as printed, form and prior (0-1) of the best one; how often any was seen;
#: number of its field in `schema.FIELDS`; its article.
COINAGE_COLUMNS = {
    "bare": schema.TEXT,
    "surface": schema.TEXT,
    "form": schema.TEXT,
    "prior": schema.NUMBER,
    "times": schema.COUNT,
    "field": schema.COUNT,
    "article_id": schema.TEXT,
}
#: Columns of counts: form as printed, occurrences, articles, number of the first field with it, the first
#: article there, a sentence of it.
COUNT_COLUMNS = {
    "surface": schema.TEXT,
    "n": schema.COUNT,
    "n_articles": schema.COUNT,
    "field": schema.COUNT,
    "article_id": schema.TEXT,
    "example": schema.TEXT,
}
# Stands between two texts: no coinage reaches across it.
_FULL_STOP = "。"
_STOPS = "。！？!?；;"
_LONGEST_EXAMPLE = 120
_LEAST_COHESION, _LEAST_FREEDOM = 0.25, 0.6


class _Texts(NamedTuple):
    """Headlines and texts without white space, first all kickers, then all headlines; and the articles."""

    values: list[str]
    articles: pd.DataFrame


def count_coinages(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the coinages of articles: what is quoted, built on a numeral, or repeats its own pattern.

    Args:
        articles: Table `articles`, or some of its rows; teasers and notices are not searched.

    Returns:
        One row per skeleton: `COINAGE_COLUMNS`. Of several ways to print it that with the highest prior, of
        these the first by field and article.
    """
    texts = _list_texts(articles)
    best: dict[str, tuple[Coinage, int]] = {}
    times: dict[str, int] = {}
    for hay in join_texts(texts.values, border=_FULL_STOP):
        coinages = list(find_coinages(hay.text))
        docs = place_finds(hay, np.array([coinage.start for coinage in coinages], dtype=np.int64)).docs
        for number in np.argsort(docs, kind="stable").tolist():
            coinage = coinages[number]
            bare = coinage.bare
            times[bare] = times.get(bare, 0) + 1
            if bare not in best or coinage.prior > best[bare][0].prior:
                best[bare] = coinage, docs[number]
    size = max(1, len(texts.articles))
    ids = texts.articles["article_id"].tolist()
    rows = [
        (*coinage[:4], times[bare], doc // size, ids[doc % size]) for bare, (coinage, doc) in best.items()
    ]
    return pd.DataFrame(rows, columns=list(COINAGE_COLUMNS)).astype(COINAGE_COLUMNS)


def choose_sample(articles: pd.DataFrame) -> pd.Series:
    """Choose the articles that `count_repeats` looks at: all of a small corpus, some of a large one.

    Which ones depends on their ids alone, and articles of one page are chosen together, so that a further
    page seldom changes anything.

    Args:
        articles: Table `articles`; with a column `chars` (see `count_chars`), article_id and kind are enough.

    Returns:
        One bool a row, same index; those chosen have fewer than `MOST_CHARS` characters together. Teasers and
        notices are never chosen.
    """
    is_chosen = schema.is_article(articles)
    chars = count_chars(articles).where(is_chosen, 0)
    if chars.sum() < MOST_CHARS:
        return is_chosen
    ids = articles["article_id"].tolist()
    order = _order_groups(ids, chars.to_numpy())
    is_early = np.zeros(len(ids), dtype=bool)
    is_early[order] = chars.to_numpy()[order].cumsum() < MOST_CHARS
    return is_chosen & is_early


def _order_groups(ids: list[str], chars: np.ndarray) -> np.ndarray:
    """Order articles by the checksum of their group, then by id, until there are more than can be chosen."""
    groups = [_name_group(article_id) for article_id in ids]
    sums = {group: crc32(group.encode()) for group in dict.fromkeys(groups)}
    checksums = np.fromiter(map(sums.__getitem__, groups), dtype=np.int64, count=len(groups))
    order = np.argsort(checksums, kind="stable")
    last = np.searchsorted(chars[order].cumsum(), MOST_CHARS)
    some = order[: np.searchsorted(checksums[order], checksums[order[last]], side="right")]
    return np.array(sorted(some.tolist(), key=lambda row: (checksums[row], ids[row])))


def _name_group(article_id: str) -> str:
    """Name the group of articles that are chosen together: up to sixteen that stand one behind the other."""
    page, _, position = article_id.rpartition("-")
    return f"{page}-{int(position) // 16}" if position.isdecimal() else article_id


def count_repeats(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the runs of characters that recur between different neighbours.

    Args:
        articles: Table `articles`, of a large corpus those that `choose_sample` chooses.

    Returns:
        As `count_coinages`; to be merged behind the coinages of all articles, once.
    """
    noise = read_noise()
    bare, _ = trace_skeleton(_FULL_STOP.join(_list_texts(articles).values))
    rows = []
    for run in find_repeats([bare], cohesion=_LEAST_COHESION, freedom=_LEAST_FREEDOM):
        surface = run.surface
        is_odd = noise.inside.search(surface) or noise.at_start.match(surface) or noise.at_end.search(surface)
        if not is_odd and not noise.name_end.search(surface):
            prior = 0.05 + 0.2 * run.cohesion + 0.2 * run.freedom
            rows.append((surface, surface, "repeated", prior, run.n, len(schema.FIELDS), None))
    return pd.DataFrame(rows, columns=list(COINAGE_COLUMNS)).astype(COINAGE_COLUMNS)


def merge_coinages(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Merge the coinages of batches.

    Args:
        parts: From `count_coinages`, `count_repeats` or this function, in the order of the articles.

    Returns:
        One row per skeleton, as one call for all the articles would have given them, in no certain order.
    """
    rows = _concat(parts, COINAGE_COLUMNS)
    if rows.empty:
        return rows
    code, bares = pd.factorize(rows["bare"])
    order = np.lexsort((rows["field"], -rows["prior"]))
    merged = rows.iloc[_find_first(code, order, len(bares))].reset_index(drop=True)
    return merged.assign(times=_add_up(code, rows["times"]))


def count_forms(articles: pd.DataFrame, surfaces: Sequence[str]) -> pd.DataFrame:
    """Count forms in articles, each for itself: one inside another counts for both.

    Args:
        articles: Table `articles`, or some of its rows; teasers and notices are not searched.
        surfaces: Forms as printed. What is counted for one does not depend on the others.

    Returns:
        One row per form that occurs: `COUNT_COLUMNS`.
    """
    texts = _list_texts(articles)
    lexicon = pd.DataFrame(dict.fromkeys(LEXICON_COLUMNS, "") | {"slogan": list(surfaces)})
    if lexicon.empty or not texts.values:
        return _concat([], COUNT_COLUMNS)
    matcher = compile_lexicon(lexicon)
    found = find_match_arrays(matcher, texts.values)
    patterns, first, code = np.unique(found.pattern, return_index=True, return_inverse=True)
    size = len(texts.articles)
    ids, _ = pd.factorize(texts.articles["article_id"])
    pairs = pd.unique(code * size + ids[found.doc % size])
    places = zip(found.doc[first].tolist(), found.start[first].tolist(), strict=True)
    counts = {
        "surface": matcher.slogans[patterns],
        "n": np.bincount(code, minlength=len(patterns)),
        "n_articles": np.bincount(pairs // size, minlength=len(patterns)),
        "field": found.doc[first] // size,
        "article_id": texts.articles["article_id"].to_numpy()[found.doc[first] % size],
        "example": [_quote(texts.values[doc], start) for doc, start in places],
    }
    return pd.DataFrame(counts).astype(COUNT_COLUMNS)


def merge_counts(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Merge the counts of batches.

    Args:
        parts: From `count_forms` or this function, in the order of the articles; no article in two of them.

    Returns:
        One row per form, as one call for all the articles would have given them, in no certain order.
    """
    rows = _concat(parts, COUNT_COLUMNS)
    if rows.empty:
        return rows
    code, surfaces = pd.factorize(rows["surface"])
    order = np.argsort(rows["field"].to_numpy(), kind="stable")
    merged = rows.iloc[_find_first(code, order, len(surfaces))].reset_index(drop=True)
    return merged.assign(**{name: _add_up(code, rows[name]) for name in ("n", "n_articles")})


def _list_texts(articles: pd.DataFrame) -> _Texts:
    news = schema.counted(articles)
    fields = [news[field].fillna("").tolist() for field in schema.FIELDS]
    return _Texts(["".join(text.split()) for texts in fields for text in texts], news)


def _concat(parts: Iterable[pd.DataFrame], columns: dict[str, str]) -> pd.DataFrame:
    some = [part for part in parts if len(part)]
    if not some:
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in columns.items()})
    return pd.concat(some, ignore_index=True)


def _find_first(code: np.ndarray, order: np.ndarray, size: int) -> np.ndarray:
    """Find, for each code from 0, the row with it that comes first in an order."""
    first = np.empty(size, dtype=np.int64)
    first[code[order[::-1]]] = order[::-1]
    return first


def _add_up(code: np.ndarray, counts: pd.Series) -> np.ndarray:
    total = np.zeros(int(code.max()) + 1, dtype=np.int64)
    np.add.at(total, code, counts.to_numpy())
    return total


def _quote(text: str, at: int) -> str:
    """Give the sentence that a place of a text stands in, cut where it is long."""
    start = max(text.rfind(mark, 0, at) for mark in _STOPS) + 1
    ends = [end for end in (text.find(mark, start) for mark in _STOPS) if end >= 0]
    sentence = text[start : min(ends, default=len(text)) + 1]
    if len(sentence) <= _LONGEST_EXAMPLE:
        return sentence
    cut = max(0, at - start - _LONGEST_EXAMPLE // 2)
    return sentence[cut : cut + _LONGEST_EXAMPLE]
