"""Rolling hits up: every hit counts for the slogans that it belongs to as well."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import schema
from analysis.slogans.lexicon import read_lexicon
from analysis.slogans.nested import Alike, Span, find_nested, list_spans


class Numbered(NamedTuple):
    """Hits in numbers, by article and in reading order.

    Attributes:
        article: Number of the article of each hit, never falling.
        field: Number of its field in `schema.FIELDS`.
        start: As in table `slogan_hits`.
        end: As in table `slogan_hits`.
        slogan: Number of its slogan in `slogans`.
        surface: Number of its surface in `surfaces`.
        crossing: Number of what crosses its end in `crossings`, -1 for nothing.
        slogans: Distinct slogans.
        surfaces: Distinct surfaces.
        crossings: What crosses the ends of hits, as `find_slogans` packs it.
    """

    article: np.ndarray
    field: np.ndarray
    start: np.ndarray
    end: np.ndarray
    slogan: np.ndarray
    surface: np.ndarray
    crossing: np.ndarray
    slogans: np.ndarray
    surfaces: np.ndarray
    crossings: np.ndarray


class Rolled(NamedTuple):
    """Hits rolled up, in the order of table `slogan_hits`.

    Attributes:
        hit: Number of the hit that each row comes from.
        span: Number in `spans` of what it counts for.
        spans: The distinct ones.
    """

    hit: np.ndarray
    span: np.ndarray
    spans: list[Span]


class _Kinds(NamedTuple):
    """Kinds of hits: the kind of each, and of each kind the number of its first span and of its spans."""

    kind: np.ndarray
    first: np.ndarray
    size: np.ndarray


class _Places(NamedTuple):
    """Where spans stand: number of the field of an article, of the slogan, offsets."""

    field: np.ndarray
    slogan: np.ndarray
    start: np.ndarray
    end: np.ndarray


# Spans of one slogan come in reading order, up to the reach of one hit: older ones cannot overlap.
_NEAR = 8
# Hits rolled up together: what they become fits the memory beside all the rest.
_HITS_AT_ONCE = 1 << 18


def roll_up(hits: pd.DataFrame, lexicon: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count every hit for the slogans that it belongs to as well.

    Counting convention: every slogan counts for itself. A hit of 新时代“枫桥经验” adds one of 枫桥经验, which
    stands inside it; a hit adds its entry's parent and the parent's parent; a slogan that crosses the end
    of a hit is added too. No stretch of text counts twice for one slogan. With roll-up, numbers of
    different slogans must not be added up.

    Args:
        hits: Table `slogan_hits` as from `find_slogans` with the same lexicon.
        lexicon: As from `read_lexicon`; None for the product's own.

    Returns:
        Table `slogan_hits` in its order, with the further column `via`: the slogan hit that the row comes
        from; for a hit itself its own slogan. A slogan inside a hit has its own place and surface there, a
        parent that does not stand there has those of the hit.

    Example:
        >>> hits = pd.DataFrame([("a", "微网格", "微网格", "text", 4, 7)], columns=schema.SLOGAN_HITS.names)
        >>> roll_up(hits)[["slogan", "surface", "start", "end", "via"]].values.tolist()
        [['微网格', '微网格', 4, 7, '微网格'], ['网格', '网格', 5, 7, '微网格']]
    """
    if hits.empty:
        return schema.empty(schema.SLOGAN_HITS).assign(via=pd.Series([], dtype=schema.TEXT))
    ids, _ = pd.factorize(hits["article_id"], sort=True)
    hits = hits.take(np.argsort(ids, kind="stable"))
    rolled = roll_up_numbers(_number_hits(hits), read_lexicon() if lexicon is None else lexicon)
    slogans, starts, ends, surfaces = (
        np.array(column, dtype=dtype)[rolled.span]
        for column, dtype in zip(zip(*rolled.spans, strict=True), (object, int, int, object), strict=True)
    )
    begins = hits["start"].to_numpy()[rolled.hit]
    table = {
        "article_id": hits["article_id"].take(rolled.hit).array,
        "slogan": slogans,
        "surface": surfaces,
        "field": hits["field"].take(rolled.hit).array,
        "start": begins + starts,
        "end": begins + ends,
        "via": hits["slogan"].take(rolled.hit).array,
    }
    return schema.conform(pd.DataFrame(table).astype({"via": schema.TEXT}), schema.SLOGAN_HITS)


def roll_up_numbers(hits: Numbered, lexicon: pd.DataFrame) -> Rolled:
    """Roll up hits that are in numbers, in bounded memory (see `roll_up`).

    Args:
        hits: The hits.
        lexicon: As from `read_lexicon`.

    Returns:
        The rows that `roll_up` gives, in numbers.

    Example:
        >>> columns = [np.array([value]) for value in (7, 3, 4, 7, 0, 0, -1)]
        >>> hits = Numbered(*columns, *(np.array([text], dtype=object) for text in ("微网格", "微网格", "")))
        >>> rolled = roll_up_numbers(hits, read_lexicon())
        >>> rolled.hit.tolist(), [rolled.spans[number].slogan for number in rolled.span.tolist()]
        ([0, 0], ['微网格', '网格'])
    """
    kinds, spans = _list_spans(hits, lexicon)
    slogan, _ = pd.factorize(np.array([span.slogan for span in spans], dtype=object))
    start, end = (np.array([span[i] for span in spans], dtype=np.int64) for i in (1, 2))
    found = [(np.array([], dtype=np.int32), np.array([], dtype=np.int32))]
    for some in _iter_blocks(hits.article):
        kind = kinds.kind[some]
        hit, span = _spread(kinds.first[kind], kinds.size[kind])
        field = hits.article[some].astype(np.int64) * len(schema.FIELDS) + hits.field[some]
        begin = hits.start[some].astype(np.int64)[hit]
        places = _Places(field[hit], slogan[span], begin + start[span], begin + end[span])
        kept = np.flatnonzero(_find_new(places))
        kept = kept[np.lexsort([column[kept] for column in (places.end, places.start, places.field)])]
        found.append(((hit[kept] + some.start).astype(np.int32), span[kept].astype(np.int32)))
    return Rolled(*(np.concatenate(column) for column in zip(*found, strict=True)), spans)


def _number_hits(hits: pd.DataFrame) -> Numbered:
    """Put hits into numbers that stand by article."""
    crossed = hits["crossing"] if "crossing" in hits else pd.Series("", index=hits.index)
    crossed = crossed.where(crossed.map(lambda packed: isinstance(packed, str) and packed != ""))
    coded = [pd.factorize(column) for column in (hits["slogan"], hits["surface"], crossed)]
    return Numbered(
        pd.factorize(hits["article_id"])[0],
        pd.Index(schema.FIELDS).get_indexer(pd.Index(hits["field"])),
        hits["start"].to_numpy(),
        hits["end"].to_numpy(),
        *(codes for codes, _ in coded),
        *(np.asarray(names, dtype=object) for _, names in coded),
    )


def _list_spans(hits: Numbered, lexicon: pd.DataFrame) -> tuple[_Kinds, list[Span]]:
    """List the spans of every kind of hit, that is of hits that are alike."""
    nested, parents = find_nested(lexicon), dict(zip(lexicon["slogan"], lexicon["parent"], strict=True))
    length, base = hits.end - hits.start, np.where(hits.crossing < 0, 0, hits.start)
    kind = np.zeros(len(hits.article), dtype=np.int64)
    for column in (hits.slogan, hits.surface, length, hits.crossing, base):
        kind = pd.factorize(kind * (int(column.max(initial=0)) + 2) + column + 1)[0]
    # Kinds are numbered in the order of first sight.
    first = np.flatnonzero(np.diff(np.maximum.accumulate(kind), prepend=-1))
    alike = Alike(
        hits.slogans[hits.slogan[first]].tolist(),
        hits.surfaces[hits.surface[first]].tolist(),
        length[first].tolist(),
        np.append(hits.crossings, "")[hits.crossing[first]].tolist(),
        base[first].tolist(),
    )
    spans_of = [list_spans(Alike(*hit), nested, parents) for hit in zip(*alike, strict=True)]
    size = np.array([len(some) for some in spans_of], dtype=np.int64)
    return _Kinds(kind, np.cumsum(size) - size, size), [span for some in spans_of for span in some]


def _iter_blocks(article: np.ndarray) -> Iterator[slice]:
    """Cut hits into blocks of whole articles."""
    edges = np.unique(np.searchsorted(article, article[::_HITS_AT_ONCE]))
    for first, behind in itertools.pairwise([*edges.tolist(), len(article)]):
        yield slice(first, behind)


def _spread(first: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give for each of some runs of numbers, one after another, the number of the run and the number."""
    run = np.repeat(np.arange(len(first)), size)
    return run, np.arange(len(run)) + (first - (np.cumsum(size) - size))[run]


def _find_new(places: _Places) -> np.ndarray:
    """Tell which spans overlap no earlier one of the same slogan in the same field."""
    group = places.field * (int(places.slogan.max(initial=0)) + 1) + places.slogan
    order = np.argsort(group, kind="stable")
    is_same = np.diff(group[order], prepend=-1) == 0
    is_near = is_same & (places.start[order] < np.concatenate([[0], places.end[order][:-1]]))
    number = np.cumsum(~is_same)
    doubtful = order[np.isin(number, number[is_near])]
    is_new = np.ones(len(group), dtype=bool)
    kept: list[tuple[int, int]] = []
    last = -1
    columns = (column[doubtful].tolist() for column in (group, places.start, places.end))
    for row, number, start, end in zip(doubtful.tolist(), *columns, strict=True):
        if number != last:
            kept, last = [], number
        if any(start < behind and first < end for first, behind in kept[-_NEAR:]):
            is_new[row] = False
        else:
            kept.append((start, end))
    return is_new
