"""Cues in articles: every cue of a taxonomy where it stands, as arrays."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd
from ahocorasick_rs import AhoCorasick, MatchKind

from analysis.haystacks import choose_border, find_patterns, join_texts, place_finds
from analysis.schema import FIELDS
from analysis.topics.taxonomy import read_taxonomy


class Index(NamedTuple):
    """An automaton over the cues, and what each of them speaks for."""

    automaton: AhoCorasick
    border: str
    cues: np.ndarray  # by number of the cue
    topics: np.ndarray  # by number of the topic, sorted by name
    firsts: np.ndarray  # by number of the cue: its first row in the two arrays below
    sizes: np.ndarray  # by number of the cue: its rows there
    topic: np.ndarray
    weight: np.ndarray


class Found(NamedTuple):
    """Cues where they stand, in the order of the articles, of `schema.FIELDS` and of reading."""

    article: np.ndarray  # number of the row
    field: np.ndarray  # number in `schema.FIELDS`
    cue: np.ndarray  # number in the index
    start: np.ndarray
    end: np.ndarray


def load_index(taxonomy: pd.DataFrame | None) -> Index:
    """Index a taxonomy, or the one that comes with the package; the same one only once."""
    if taxonomy is None:
        return _own_index()
    return _build_index(*(tuple(taxonomy[column].tolist()) for column in ("topic", "cue", "weight")))


def find_in_articles(articles: pd.DataFrame, index: Index) -> Found:
    """Find the cues of an index in articles.

    Args:
        articles: Table `articles`; missing fields count as empty.
        index: From `load_index`.

    Returns:
        Of overlapping cues the leftmost, then the longest; none that cuts a Latin word or a number.
    """
    fields = [articles[field].fillna("").tolist() for field in FIELDS]
    texts = list(chain.from_iterable(zip(*fields, strict=True)))
    parts = []
    for hay in join_texts(texts, border=index.border):
        cue, start, end = find_patterns(index.automaton, hay.text).T
        is_whole = ~_cut_latin(hay.text, start, end)
        cue, start, end = cue[is_whole], start[is_whole], end[is_whole]
        places = place_finds(hay, start)
        parts.append((*np.divmod(places.docs, len(FIELDS)), cue, places.starts, places.starts + end - start))
    columns = zip(*parts, strict=True) if parts else [[np.empty(0, dtype=np.int64)]] * len(Found._fields)
    return Found(*map(np.concatenate, columns))


def expand_topics(cue: np.ndarray, index: Index) -> tuple[np.ndarray, np.ndarray]:
    """List the topics of cues: for each row its place among `cue`, and its row in the arrays of the index."""
    sizes = index.sizes[cue]
    place = np.repeat(np.arange(len(cue)), sizes)
    before = np.cumsum(sizes) - sizes
    return place, index.firsts[cue][place] + np.arange(len(place)) - before[place]


@cache
def _own_index() -> Index:
    taxonomy = read_taxonomy()
    return _build_index(*(tuple(taxonomy[column].tolist()) for column in ("topic", "cue", "weight")))


@lru_cache(maxsize=4)
def _build_index(topics: tuple[str, ...], cues: tuple[str, ...], weights: tuple[float, ...]) -> Index:
    rows = pd.DataFrame({"topic": topics, "cue": cues, "weight": weights}, dtype=object)
    rows = rows.drop_duplicates(["topic", "cue"], keep="last")
    cue, names = pd.factorize(rows["cue"])
    topic, titles = pd.factorize(rows["topic"], sort=True)
    order = np.argsort(cue, kind="stable")
    sizes = np.bincount(cue, minlength=len(names))
    patterns = names.tolist()
    return Index(
        AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest),
        choose_border(patterns),
        np.array(patterns, dtype=object),
        np.array(titles.tolist(), dtype=object),
        np.cumsum(sizes) - sizes,
        sizes,
        topic[order],
        rows["weight"].to_numpy(dtype=np.float64)[order],
    )


def _cut_latin(text: str, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Tell of each find whether a border of it parts two digits or Latin letters.

    18+40 is not 8+4, AIDS is not AI.
    """
    codes = np.frombuffer(f"\0{text}\0".encode("utf-32-le", "surrogatepass"), dtype="<u4")
    is_latin = ((codes | 32) - ord("a") < 26) | (codes - ord("0") < 10)
    return (is_latin[start] & is_latin[start + 1]) | (is_latin[end] & is_latin[end + 1])
