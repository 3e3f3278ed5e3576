"""Collocates of one node."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.collocates.stream import (
    SPANS,
    Stream,
    count_near,
    fill_places,
    find_node,
    list_near,
    prepare_stream,
)
from analysis.content_words import mark_content_words
from analysis.measures import log_dice
from analysis.schema import COUNT, NUMBER, TEXT, Column, Table, conform, empty

COLLOCATES = Table(
    "collocates",
    "node x collocate",
    ("log_dice (descending)", "n_joint (descending)", "collocate"),
    (
        Column("node", TEXT, "Word or slogan that was asked for."),
        Column("collocate", TEXT, "Word near it; slogans stay whole."),
        Column("n_joint", COUNT, "Occurrences of the node with the collocate near."),
        Column("n_left", COUNT, "Those in which it stands before the node."),
        Column("n_right", COUNT, "Those in which it stands behind the node."),
        Column("n_node", COUNT, "Occurrences of the node in the selection."),
        Column("n_collocate", COUNT, "Occurrences of the collocate in the selection."),
        Column("n_articles", COUNT, "Articles with the two near each other."),
        Column("log_dice", NUMBER, "14 + log2(2 n_joint / (n_node + n_collocate)); at most 14."),
        Column("minimum", COUNT, "Least joint count that was asked for."),
    ),
)


class CollocateError(ValueError):
    """Collocates cannot be found as asked."""


def find_collocates(
    articles: pd.DataFrame,
    node: str,
    *,
    tokens: pd.DataFrame | None = None,
    window: int = 5,
    span: str = "window",
    minimum: int = 5,
    keep_all: bool = False,
    lexicon: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Find the words that stand near a word or slogan.

    Counting convention: near is within `window` words before or behind (stop words and numbers take a place,
    punctuation does not; sentence ends are passed, paragraphs and fields are not left), or, with
    span="sentence", anywhere in the same sentence (up to 。！？ or the end of the paragraph; ； ends none).
    Every occurrence of a word belongs to the nearest node, of two equally near ones to that before it, and a
    node counts a word once, at its nearest place; so n_joint is never more than either count, and
    n_left + n_right = n_joint. Teasers and notices are left out.

    A node that is a slogan of the lexicon stands wherever one of its surfaces does, inside a longer slogan
    too. A node that the tokenizer cuts is found as the sequence of its words.

    Args:
        articles: Table `articles`.
        node: A word, slogan (or alias of one), or phrase.
        tokens: Words of at least these articles, as from `tokens.split_tokens`, to spare splitting.
        window: Words on either side; not used with span="sentence".
        span: window or sentence.
        minimum: Least joint count; 5 is usual, in small corpora take less and say so.
        keep_all: List stop words, numbers and dates too.
        lexicon: Lexicon of the tokens; None for the product's own.

    Returns:
        Table `COLLOCATES`: one row per collocate, highest logDice first. Empty when the node is not there.

    Raises:
        CollocateError: The span is unknown, or window or minimum is below 1.

    Note:
        logDice ranks; it is no test. With a few joint occurrences from one article (see n_articles) it says
        how that article puts it.

    Source:
        P. Rychlý, A lexicographer-friendly association score, RASLAN 2008.
    """
    require_options(window, span, minimum)
    stream = prepare_stream(articles, tokens, span, lexicon)
    reach = window if span == "window" else None
    return rank_near(stream, articles, node, reach=reach, minimum=minimum, keep_all=keep_all, lexicon=lexicon)


def rank_near(
    stream: Stream,
    articles: pd.DataFrame,
    node: str,
    *,
    reach: int | None,
    minimum: int,
    keep_all: bool = False,
    lexicon: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Rank the words near a node, as `find_collocates` does.

    Args:
        stream: The words of the articles, as from `prepare_stream`.
        articles: Table `articles`.
        node: As in `find_collocates`.
        reach: Words on either side; None for the whole stretch.
        minimum: As in `find_collocates`.
        keep_all: As in `find_collocates`.
        lexicon: As in `find_collocates`.

    Returns:
        Table `COLLOCATES`.
    """
    places = find_node(stream, node, lexicon)
    if not len(places.first):
        return empty(COLLOCATES)
    rows = list_near(stream, places, reach)
    if not keep_all:
        rows = rows[mark_content_words(stream.tokens.iloc[rows["token"]], articles)]
    own = np.unique(stream.codes[fill_places(places)])
    counts = count_near(stream, rows[~rows["word"].isin(own)])
    counts = counts[counts["n_joint"] >= minimum].assign(node=node, n_node=len(places.first), minimum=minimum)
    counts["log_dice"] = log_dice(counts["n_joint"], counts["n_node"], counts["n_collocate"])
    return conform(
        counts.sort_values(["log_dice", "n_joint", "collocate"], ascending=[False, False, True]), COLLOCATES
    )


def require_options(window: int, span: str, minimum: int) -> None:
    """Refuse a span that is unknown and numbers below 1."""
    if span not in SPANS:
        raise CollocateError(f"span {span!r}: unknown; expected one of {', '.join(SPANS)}")
    for name, value in (("window", window), ("minimum", minimum)):
        if value < 1:
            raise CollocateError(f"{name} {value}: too small; expected 1 or more")
