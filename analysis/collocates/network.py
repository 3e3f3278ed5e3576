"""The network of a node: its best collocates and the links among them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.collocates.near import rank_near, require_options
from analysis.collocates.stream import Places, Stream, count_near, list_near, prepare_stream
from analysis.measures import log_dice
from analysis.schema import COUNT, FLAG, NUMBER, TEXT, Column, Table, conform, empty

NETWORK_NODES = Table(
    "network_nodes",
    "word of the network",
    ("is_node (descending)", "log_dice (descending)", "word"),
    (
        Column("word", TEXT, "The node or one of its collocates."),
        Column("n", COUNT, "Occurrences in the selection."),
        Column("log_dice", NUMBER, "logDice with the node; missing for the node itself."),
        Column("is_node", FLAG, "True for the node."),
    ),
)
NETWORK_EDGES = Table(
    "network_edges",
    "pair of words",
    ("log_dice (descending)", "source", "target"),
    (
        Column("source", TEXT, "The word that stands first in the nodes."),
        Column("target", TEXT, "The word that stands later."),
        Column("n_joint", COUNT, "Occurrences of source with target near."),
        Column("log_dice", NUMBER, "logDice of the two; at most 14."),
    ),
)


class Network(NamedTuple):
    """Words and the links between them: tables `NETWORK_NODES` and `NETWORK_EDGES`."""

    nodes: pd.DataFrame
    edges: pd.DataFrame


def find_network(articles: pd.DataFrame, node: str, **options: Any) -> Network:
    """Find the best collocates of a node and the links among them.

    Counting convention: as in `find_collocates`; the links among collocates are those of the one that ranks
    higher, with the same span and minimum.

    Args:
        articles: Table `articles`.
        node: A word, slogan or phrase.
        **options: As in `find_company`.

    Returns:
        Tables `NETWORK_NODES` (the node, then its collocates, best first) and `NETWORK_EDGES` (one row per
        pair, highest logDice first); both empty when the node has no collocates.

    Raises:
        CollocateError: As in `find_collocates`.
    """
    return find_company(articles, node, **options)[1]


def find_company(
    articles: pd.DataFrame,
    node: str,
    *,
    limit: int = 15,
    tokens: pd.DataFrame | None = None,
    window: int = 5,
    span: str = "window",
    minimum: int = 5,
    lexicon: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, Network]:
    """Find the collocates of a node and the network of the best of them at once.

    Args:
        articles: Table `articles`.
        node: A word, slogan or phrase.
        limit: Most collocates of the network.
        tokens: As in `find_collocates`.
        window: As in `find_collocates`.
        span: As in `find_collocates`.
        minimum: As in `find_collocates`.
        lexicon: As in `find_collocates`.

    Returns:
        What `find_collocates` gives, and what `find_network` does.

    Raises:
        CollocateError: As in `find_collocates`.
    """
    require_options(window, span, minimum)
    stream = prepare_stream(articles, tokens, span, lexicon)
    reach = window if span == "window" else None
    found = rank_near(stream, articles, node, reach=reach, minimum=minimum, lexicon=lexicon)
    return found, _connect(stream, found.head(limit), reach, minimum)


def _connect(stream: Stream, best: pd.DataFrame, reach: int | None, minimum: int) -> Network:
    if best.empty:
        return Network(empty(NETWORK_NODES), empty(NETWORK_EDGES))
    nodes = best.rename(columns={"collocate": "word", "n_collocate": "n"})[["word", "n", "log_dice"]]
    own = {"word": best["node"].head(1), "n": best["n_node"].head(1), "log_dice": [np.nan], "is_node": [True]}
    nodes = pd.concat([pd.DataFrame(own), nodes.assign(is_node=False)], ignore_index=True)
    words = best["collocate"].tolist()
    edges = [best.rename(columns={"node": "source", "collocate": "target"})[NETWORK_EDGES.names]]
    edges += [_link(stream, word, words[rank:], reach, minimum) for rank, word in enumerate(words[:-1], 1)]
    links = pd.concat(edges).sort_values(["log_dice", "source", "target"], ascending=[False, True, True])
    return Network(conform(nodes, NETWORK_NODES), conform(links, NETWORK_EDGES))


def _link(
    stream: Stream, word: str, others: Collection[str], window: int | None, minimum: int
) -> pd.DataFrame:
    found = np.flatnonzero(stream.codes == stream.words.get_loc(word))
    rows = list_near(stream, Places(found, found), window)
    counts = count_near(stream, rows[rows["word"].isin(stream.words.get_indexer(pd.Index(list(others))))])
    counts = counts[counts["n_joint"] >= minimum].rename(columns={"collocate": "target"})
    dice = log_dice(counts["n_joint"], len(found), counts["n_collocate"])
    return counts.assign(source=word, log_dice=dice)[NETWORK_EDGES.names]
