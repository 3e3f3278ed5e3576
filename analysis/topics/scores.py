"""Which topics an article has: cues found in its headlines and text, weighed and damped."""

from __future__ import annotations

from collections.abc import Iterable
from math import log2
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.schema import ARTICLE_TOPICS, COUNT, FIELDS, OTHER_TOPIC, TEXT, TOPIC_WORDS, conform, empty
from analysis.topics.cues import Found, Index, expand_topics, find_in_articles, load_index

#: A cue in kicker, headline or subhead counts as so many in the text.
HEADLINE_WEIGHT = 5
#: An article whose best topic has less evidence than this is 其他.
THIN_EVIDENCE = 8.0

_CUE_COLUMNS = {
    "article_id": "str",
    "topic": "str",
    "cue": "str",
    "field": "str",
    "start": "int64",
    "end": "int64",
    "weight": "float64",
}
_MENTION_COLUMNS = {"cue": TEXT, "mentions": COUNT, "articles": COUNT}


class TopicScores(NamedTuple):
    """What one search for cues gives: table `article_topics`, and what `topic_words` is made of."""

    article_topics: pd.DataFrame
    mentions: pd.DataFrame


class _Mentions(NamedTuple):
    """How often each article mentions each of its cues, in the order of first mention."""

    article: np.ndarray
    cue: np.ndarray
    n: np.ndarray


def score_topics(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the topics of each article by the cues of a taxonomy.

    Counting convention: cues are looked for in the characters of kicker, headline, subhead and text; of
    overlapping cues the leftmost, then the longest counts. A cue that stands n times in the text and h
    times in the headlines gives each of its topics weight x log2(1 + n + `HEADLINE_WEIGHT` x h) points:
    the tenth mention of a word says less than the second. A topic's share is its points by all points.

    Args:
        articles: Table `articles`; all rows given are scored.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        Table `article_topics`: per article, in the order given, its topics by falling share (0-1, sum 1);
        the first one is the main topic. Where the best topic has fewer than `THIN_EVIDENCE` points the
        only row is 其他 with share 1.

    Note:
        A share tells how much of the article's vocabulary points to a topic, not how many of its lines.
        Short articles rest on few cues: see `find_cues` before building on one of them.
    """
    return score_topics_and_mentions(articles, taxonomy).article_topics


def score_topic_words(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the cues by what they give to each topic in a corpus.

    Points are counted as in `score_topics` and added up over the articles, thin evidence included.

    Args:
        articles: Table `articles`.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        Table `topic_words`: one row per topic and cue that occurs, ordered by topic, then by falling
        weight (share of the topic's points, 0-1, sum 1), then by cue.
    """
    index = load_index(taxonomy)
    return score_mentions(_tally(_count_mentions(find_in_articles(articles, index)), index), taxonomy)


def score_topics_and_mentions(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> TopicScores:
    """Score the topics of each article, and keep what `topic_words` needs, in one search for cues.

    A corpus that is worked off in batches puts the first parts one behind the other, as `score_topics`
    would give them, and merges the second ones with `merge_mentions`.

    Args:
        articles: Table `articles`, or some of its rows.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        Table `article_topics`; and one row per cue and number of mentions, in this order: cue, mentions (in
        an article, one in a headline counting `HEADLINE_WEIGHT`), articles (that mention it so often).
    """
    index = load_index(taxonomy)
    mentions = _count_mentions(find_in_articles(articles, index))
    return TopicScores(_share_topics(mentions, articles["article_id"], index), _tally(mentions, index))


def merge_mentions(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Merge the mentions of batches; merged ones may be merged again, in any order.

    Args:
        parts: Mentions from `score_topics_and_mentions`.

    Returns:
        Mentions of all the articles, as one search would have given them.

    Example:
        >>> part = pd.DataFrame({"cue": ["水库"], "mentions": [2], "articles": [1]})
        >>> merge_mentions([part, part]).values.tolist()
        [['水库', 2, 2]]
    """
    rows = [part for part in parts if len(part)]
    if not rows:
        return pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in _MENTION_COLUMNS.items()})
    merged = pd.concat(rows, ignore_index=True).groupby(["cue", "mentions"], as_index=False)["articles"].sum()
    return merged.astype(_MENTION_COLUMNS)


def score_mentions(mentions: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score the cues as `score_topic_words` does, from their mentions.

    Numbers of articles are whole, and points are added in the order of cue and mentions: the result is the
    same to the last digit however the articles were batched.

    Args:
        mentions: From `score_topics_and_mentions` or `merge_mentions`, with the same taxonomy.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        Table `topic_words`.
    """
    if mentions.empty:
        return empty(TOPIC_WORDS)
    index = load_index(taxonomy)
    code, cues = pd.factorize(mentions["cue"])
    points = np.bincount(code, weights=_damp(mentions["mentions"].to_numpy()) * mentions["articles"])
    place, row = expand_topics(pd.Index(index.cues).get_indexer(cues), index)
    topic, value = index.topic[row], points[place] * index.weight[row]
    words = pd.DataFrame(
        {
            "topic": index.topics[topic],
            "word": cues.to_numpy(dtype=object)[place],
            "weight": value / np.bincount(topic, weights=value)[topic],
        }
    )
    words = words.sort_values(["topic", "weight", "word"], ascending=[True, False, True])
    return conform(words, TOPIC_WORDS)


def find_cues(articles: pd.DataFrame, taxonomy: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the cues that speak for the topics of each article: why `score_topics` says what it says.

    Args:
        articles: Table `articles`.
        taxonomy: As `read_taxonomy` gives it; without it, the one that comes with the package.

    Returns:
        One row per occurrence and topic, in the order of the articles, of `schema.FIELDS` and of reading:
        article_id, topic, cue, field, start, end (field[start:end] == cue), weight.
    """
    index = load_index(taxonomy)
    found = find_in_articles(articles, index)
    place, row = expand_topics(found.cue, index)
    cues = {
        "article_id": articles["article_id"].to_numpy(dtype=object)[found.article[place]],
        "topic": index.topics[index.topic[row]],
        "cue": index.cues[found.cue[place]],
        "field": np.array(FIELDS, dtype=object)[found.field[place]],
        "start": found.start[place],
        "end": found.end[place],
        "weight": index.weight[row],
    }
    return pd.DataFrame(cues).astype(_CUE_COLUMNS)


def _count_mentions(found: Found) -> _Mentions:
    is_text = found.field == FIELDS.index("text")
    size = int(found.cue.max(initial=0)) + 1
    code, pairs = pd.factorize(found.article * size + found.cue)
    n = np.bincount(code, weights=np.where(is_text, 1, HEADLINE_WEIGHT), minlength=len(pairs))
    return _Mentions(*np.divmod(pairs, size), n.astype(np.int64))


def _tally(mentions: _Mentions, index: Index) -> pd.DataFrame:
    """Count the articles of each cue and number of mentions."""
    rows = pd.DataFrame({"cue": index.cues[mentions.cue], "mentions": mentions.n, "articles": 1})
    return merge_mentions([rows])


def _share_topics(mentions: _Mentions, ids: pd.Series, index: Index) -> pd.DataFrame:
    """Turn mentions into shares, best first; equal ones by name, so that a rerun agrees."""
    place, row = expand_topics(mentions.cue, index)
    value = _damp(mentions.n)[place] * index.weight[row]
    code, pairs = pd.factorize(mentions.article[place] * len(index.topics) + index.topic[row])
    article, topic = np.divmod(pairs, max(1, len(index.topics)))
    points = np.bincount(code, weights=value, minlength=len(pairs))
    best = np.zeros(len(ids))
    np.maximum.at(best, article, points)
    total = np.bincount(article, weights=points, minlength=len(ids))
    is_sound = best[article] >= THIN_EVIDENCE
    article, topic, points = article[is_sound], topic[is_sound], points[is_sound]
    order = np.lexsort((topic, -points, article))
    article, topic, points = article[order], topic[order], points[order]
    thin = np.flatnonzero(best < THIN_EVIDENCE)
    both = np.concatenate([article, thin])
    is_main = np.concatenate([np.diff(article, prepend=-1) > 0, np.ones(len(thin), dtype=bool)])
    shares = {
        "article_id": ids.take(both).reset_index(drop=True),
        "topic": np.concatenate([index.topics[topic], np.full(len(thin), OTHER_TOPIC, dtype=object)]),
        "share": np.concatenate([points / total[article], np.ones(len(thin))]),
        "is_main": is_main,
    }
    return conform(pd.DataFrame(shares).iloc[np.argsort(both, kind="stable")], ARTICLE_TOPICS)


def _damp(n: np.ndarray) -> np.ndarray:
    """Take log2(1 + n), from the mathematics library, whose last digit no processor changes."""
    numbers, place = np.unique(n, return_inverse=True)
    return np.array([log2(1 + number) for number in numbers.tolist()], dtype=np.float64)[place]
