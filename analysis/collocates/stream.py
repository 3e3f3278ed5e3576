"""The words of a selection in reading order: where a node stands in them, and what is near it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.fields import ABSENT, concatenate_fields, locate_fields
from analysis.schema import TEXT, counted
from analysis.slogans.lexicon import iter_forms, read_lexicon
from analysis.slogans.nested import find_nested
from analysis.slogans.skeleton import skeleton
from analysis.tokens import split_tokens, split_words

#: What counts as near.
SPANS = ("window", "sentence")
# A paragraph or field ends here, and no span reaches across.
_PARAGRAPH_ENDS = "\n\0"
_SENTENCE_ENDS = _PARAGRAPH_ENDS + "。！？!?"
_NOWHERE = 2**62


class Stream(NamedTuple):
    """The tokens of a selection in reading order, coded."""

    tokens: pd.DataFrame
    codes: np.ndarray  # of the word of each token
    words: pd.Index  # by code
    units: np.ndarray  # number of the stretch that a span may not leave
    articles: np.ndarray


class Places(NamedTuple):
    """Where a node stands: its first and last token, each time."""

    first: np.ndarray
    last: np.ndarray


def prepare_stream(
    articles: pd.DataFrame, tokens: pd.DataFrame | None, span: str, lexicon: pd.DataFrame | None
) -> Stream:
    """Put the words of articles in reading order and tell which stretch each stands in.

    Args:
        articles: Table `articles`; teasers and notices are left out.
        tokens: Words of at least these articles; None splits them here.
        span: window (stretches are paragraphs) or sentence (stretches are sentences).
        lexicon: Slogans to keep whole when the articles are split here.

    Returns:
        The stream.
    """
    news = counted(articles)
    if tokens is None:
        tokens = split_tokens(news, lexicon=lexicon)
    joined = concatenate_fields(news)
    bases = locate_fields(tokens, joined)
    rows = np.flatnonzero(bases != ABSENT)
    offsets = (bases + tokens["start"].to_numpy())[rows]
    order = np.argsort(offsets, kind="stable")
    tokens = tokens.take(rows[order]).reset_index(drop=True)
    codes, words = pd.factorize(tokens["word"])
    ends = _SENTENCE_ENDS if span == "sentence" else _PARAGRAPH_ENDS
    units = _number_units(joined.text, ends)[offsets[order]]
    return Stream(tokens, codes, pd.Index(words), units, pd.factorize(tokens["article_id"])[0])


def _number_units(text: str, ends: str) -> np.ndarray:
    """Give each character of a text the number of the unit that it stands in."""
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.cumsum(np.isin(characters, [ord(end) for end in ends]))


def find_node(stream: Stream, node: str, lexicon: pd.DataFrame | None) -> Places:
    """Find a node as the slogan that it is, else as a word, else as the words that it is cut into.

    Args:
        stream: From `prepare_stream`.
        node: A word, slogan (or alias of one), or phrase.
        lexicon: Lexicon of the tokens; None for the product's own.

    Returns:
        The places, in reading order, not overlapping; none when it is nowhere.
    """
    names = _name_slogans(node, lexicon) or {node}
    found = np.flatnonzero(np.isin(stream.codes, stream.words.get_indexer(pd.Index(sorted(names)))))
    if len(found):
        return Places(found, found)
    parts = stream.words.get_indexer(pd.Index(split_words(node, lexicon=lexicon), dtype=TEXT))
    length = len(parts)
    starts = np.arange(max(len(stream.codes) - length + 1, 0) if length and (parts >= 0).all() else 0)
    for i, part in enumerate(parts):
        starts = starts[stream.codes[starts + i] == part]
    starts = starts[stream.units[starts] == stream.units[starts + length - 1]]
    return _drop_overlaps(Places(starts, starts + length - 1))


def _drop_overlaps(places: Places) -> Places:
    kept, behind = [], -1
    for i, (first, last) in enumerate(zip(*places, strict=True)):
        if first > behind:
            kept.append(i)
            behind = last
    return Places(places.first[kept], places.last[kept])


def _name_slogans(node: str, lexicon: pd.DataFrame | None) -> set[str]:
    """Name the slogan that a node is a form of, and the longer ones that it stands in, if it is any."""
    lexicon = read_lexicon() if lexicon is None else lexicon
    owners, holders = _list_forms(*(tuple(lexicon[name].tolist()) for name in ("slogan", "aliases", "guard")))
    slogan = owners.get(skeleton(node))
    return set() if slogan is None else {slogan, *holders.get(slogan, ())}


@lru_cache(maxsize=4)
def _list_forms(
    slogans: tuple[str, ...], aliases: tuple[str, ...], guards: tuple[str, ...]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """List whose the forms of a lexicon are, without what is not compared, and in what each slogan stands."""
    lexicon = pd.DataFrame({"slogan": slogans, "aliases": aliases, "guard": guards})
    owners = {skeleton(form): name for name, form, _ in iter_forms(lexicon)}
    nested, holders = find_nested(lexicon), {}
    for name in slogans:
        for slogan in {inside for inside, *_ in nested.get(skeleton(name), ())}:
            holders.setdefault(slogan, []).append(name)
    return owners, holders


def fill_places(places: Places) -> np.ndarray:
    """List the tokens that a node is made of."""
    longest = int((places.last - places.first).max(initial=0)) + 1
    found = places.first[:, None] + np.arange(longest)
    return found[found <= places.last[:, None]]


def list_near(stream: Stream, places: Places, window: int | None) -> pd.DataFrame:
    """List the tokens near a node with the node that each belongs to, nearest first.

    Args:
        stream: From `prepare_stream`.
        places: From `find_node`.
        window: Words on either side; None for the whole stretch.

    Returns:
        token, node (number of the place), word (code), distance, is_left; by node, then distance.
    """
    near = _near_tokens(stream, places, window)
    behind = np.searchsorted(places.first, near)  # the first node that begins behind the token
    before = behind - 1
    gaps = [
        _distances(stream, near, places.last, before),
        _distances(stream, near, places.first, behind),
    ]
    is_left, distance = gaps[1] < gaps[0], np.minimum(*gaps)
    node = np.where(is_left, behind, before)
    kept = np.flatnonzero(distance <= (_NOWHERE - 1 if window is None else window))
    kept = kept[np.lexsort((near[kept], distance[kept], node[kept]))]
    columns = {"token": near, "node": node, "word": stream.codes[near], "distance": distance}
    return pd.DataFrame({name: column[kept] for name, column in (columns | {"is_left": is_left}).items()})


def _near_tokens(stream: Stream, places: Places, window: int | None) -> np.ndarray:
    if window is None:
        near = np.flatnonzero(np.isin(stream.units, stream.units[places.first]))
    else:
        steps = np.arange(1, window + 1)
        near = np.unique(
            np.concatenate([(places.first[:, None] - steps), (places.last[:, None] + steps)], axis=1)
        )
        near = near[(near >= 0) & (near < len(stream.codes))]
    return np.setdiff1d(near, fill_places(places), assume_unique=True)


def _distances(stream: Stream, tokens: np.ndarray, edges: np.ndarray, nodes: np.ndarray) -> np.ndarray:
    """Count the words from tokens to nodes; `_NOWHERE` where there is none in the same unit."""
    is_there = (nodes >= 0) & (nodes < len(edges))
    edge = edges[np.where(is_there, nodes, 0)]
    is_there &= stream.units[edge] == stream.units[tokens]
    return np.where(is_there, np.abs(tokens - edge), _NOWHERE)


def count_near(stream: Stream, rows: pd.DataFrame) -> pd.DataFrame:
    """Count the words near a node, each once for every place of the node.

    Args:
        stream: From `prepare_stream`.
        rows: From `list_near`.

    Returns:
        One row per word in the order of the codes: collocate, n_joint, n_left, n_right, n_articles,
        n_collocate (anywhere).
    """
    size = len(stream.words)
    word, token, is_left = (rows[name].to_numpy() for name in ("word", "token", "is_left"))
    # The nearest of each word and place is the first.
    first = np.unique(rows["node"].to_numpy() * max(size, 1) + word, return_index=True)[1]
    word, article, is_left = word[first], stream.articles[token[first]], is_left[first]
    n_joint, n_left = np.bincount(word, minlength=size), np.bincount(word[is_left], minlength=size)
    pairs = np.unique(article * max(size, 1) + word)
    found = np.flatnonzero(n_joint)
    return pd.DataFrame(
        {
            "collocate": stream.words.array.take(found),
            "n_joint": n_joint[found],
            "n_left": n_left[found],
            "n_right": (n_joint - n_left)[found],
            "n_articles": np.bincount(pairs % max(size, 1), minlength=size)[found],
            "n_collocate": np.bincount(stream.codes, minlength=size)[found],
        }
    )
