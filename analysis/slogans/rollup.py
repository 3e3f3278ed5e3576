"""Rolling hits up: every hit counts for the slogans that it belongs to as well."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import schema
from analysis.slogans.lexicon import iter_forms, read_lexicon
from analysis.slogans.match import compile_lexicon, find_matches
from analysis.slogans.skeleton import kept_offsets, skeleton

#: By skeleton of a form: slogan, start and end of each other slogan inside it.
Nested = dict[str, list[tuple[str, int, int]]]


class _Hit(NamedTuple):
    """What hits have in common that roll up alike, its places counted from its own start."""

    slogan: str
    surface: str
    length: int
    crossing: str
    base: int  # where the places in `crossing` are counted from


class _Span(NamedTuple):
    slogan: str
    start: int
    end: int
    surface: str


class _Rows(NamedTuple):
    """Spans of all hits in their order: number of the hit, of the slogan, place, number of the span."""

    hit: np.ndarray
    slogan: np.ndarray
    start: np.ndarray
    end: np.ndarray
    span: np.ndarray


# Spans of one slogan come in reading order, up to the reach of one hit: older ones cannot overlap.
_NEAR = 8


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
    rows, spans = _list_rows(hits, read_lexicon() if lexicon is None else lexicon)
    ids, _ = pd.factorize(hits["article_id"], sort=True)
    fields = pd.Index(schema.FIELDS).get_indexer(hits["field"])
    place = ids[rows.hit] * len(schema.FIELDS) + fields[rows.hit]
    kept = np.flatnonzero(_find_new(place, rows))
    kept = kept[np.lexsort((rows.end[kept], rows.start[kept], place[kept]))]
    rolled = {
        "article_id": hits["article_id"].take(rows.hit[kept]).array,
        "slogan": np.array([span.slogan for span in spans], dtype=object)[rows.span[kept]],
        "surface": np.array([span.surface for span in spans], dtype=object)[rows.span[kept]],
        "field": hits["field"].take(rows.hit[kept]).array,
        "start": rows.start[kept],
        "end": rows.end[kept],
        "via": hits["slogan"].take(rows.hit[kept]).array,
    }
    return schema.conform(pd.DataFrame(rolled).astype({"via": schema.TEXT}), schema.SLOGAN_HITS)


def find_nested(lexicon: pd.DataFrame) -> Nested:
    """Find the slogans that stand inside the forms of others, by matching the lexicon against itself.

    Args:
        lexicon: As from `read_lexicon`.

    Returns:
        By skeleton of a form: slogan, start and end in that skeleton for each slogan inside it, the
        form's own slogan left out; forms without any are absent.

    Example:
        >>> find_nested(read_lexicon())["微网格"]
        [('网格', 1, 3)]
    """
    return dict(_find_nested(*(tuple(lexicon[column].tolist()) for column in ("slogan", "aliases", "guard"))))


@functools.lru_cache(maxsize=4)
def _find_nested(slogans: tuple[str, ...], aliases: tuple[str, ...], guards: tuple[str, ...]) -> Nested:
    lexicon = pd.DataFrame({"slogan": slogans, "aliases": aliases, "guard": guards})
    owners = {skeleton(form): slogan for slogan, form, _ in iter_forms(lexicon)}
    bares = list(owners)
    nested: Nested = {}
    for match in find_matches(compile_lexicon(lexicon), bares):
        if match.slogan != owners[bares[match.doc]]:
            nested.setdefault(bares[match.doc], []).append((match.slogan, match.start, match.end))
    return nested


def _list_rows(hits: pd.DataFrame, lexicon: pd.DataFrame) -> tuple[_Rows, list[_Span]]:
    """List the spans of every hit; hits that are alike share theirs."""
    nested, parents = find_nested(lexicon), dict(zip(lexicon["slogan"], lexicon["parent"], strict=True))
    numbers: dict[_Hit, int] = {}
    kind = np.array([numbers.setdefault(hit, len(numbers)) for hit in _iter_hits(hits)], dtype=np.int64)
    spans_of = [list(_iter_spans(hit, nested, parents)) for hit in numbers]
    spans = [span for some in spans_of for span in some]
    sizes = np.array([len(some) for some in spans_of], dtype=np.int64)
    hit = np.repeat(np.arange(len(hits)), sizes[kind])
    behind = np.cumsum(sizes[kind])
    span = np.arange(len(hit)) + ((np.cumsum(sizes) - sizes)[kind] - behind + sizes[kind])[hit]
    slogan, _ = pd.factorize(np.array([one.slogan for one in spans], dtype=object))
    base = hits["start"].to_numpy()[hit]
    start = base + np.array([one.start for one in spans], dtype=np.int64)[span]
    end = base + np.array([one.end for one in spans], dtype=np.int64)[span]
    return _Rows(hit, slogan[span], start, end, span), spans


def _iter_hits(hits: pd.DataFrame) -> Iterator[_Hit]:
    starts, lengths = hits["start"].tolist(), (hits["end"] - hits["start"]).tolist()
    crossed = hits["crossing"].tolist() if "crossing" in hits else [""] * len(hits)
    crossing = [packed if isinstance(packed, str) else "" for packed in crossed]
    bases = [start if packed else 0 for start, packed in zip(starts, crossing, strict=True)]
    return map(_Hit, hits["slogan"].tolist(), hits["surface"].tolist(), lengths, crossing, bases)


def _find_new(place: np.ndarray, rows: _Rows) -> np.ndarray:
    """Tell which spans overlap no earlier one of the same slogan in the same field."""
    group, _ = pd.factorize(place * (int(rows.slogan.max(initial=0)) + 1) + rows.slogan)
    order = np.argsort(group, kind="stable")
    is_near = (np.diff(group[order], prepend=-1) == 0) & (
        rows.start[order] < np.concatenate([[0], rows.end[order][:-1]])
    )
    doubtful = order[np.isin(group[order], group[order][is_near])]
    is_new = np.ones(len(group), dtype=bool)
    kept: list[tuple[int, int]] = []
    last = -1
    columns = (column[doubtful].tolist() for column in (group, rows.start, rows.end))
    for row, number, start, end in zip(doubtful.tolist(), *columns, strict=True):
        if number != last:
            kept, last = [], number
        if any(start < behind and first < end for first, behind in kept[-_NEAR:]):
            is_new[row] = False
        else:
            kept.append((start, end))
    return is_new


def _iter_spans(hit: _Hit, nested: Nested, parents: dict[str, str]) -> Iterator[_Span]:
    """List a hit, what stands inside it, what crosses its end, then the parents of all of these."""
    own = _Span(hit.slogan, 0, hit.length, hit.surface)
    spans = [own, *_list_nested(own, nested)]
    for slogan, surface, start, end in json.loads(hit.crossing) if hit.crossing else []:
        crossing = _Span(slogan, start - hit.base, end - hit.base, surface)
        spans += [crossing, *_list_nested(crossing, nested)]
    yield from spans
    for span in spans:
        seen, parent = {""}, parents.get(span.slogan, "")
        while parent not in seen:
            yield span._replace(slogan=parent)
            seen.add(parent)
            parent = parents.get(parent, "")


def _list_nested(span: _Span, nested: Nested) -> list[_Span]:
    inside = nested.get(skeleton(span.surface), [])
    if not inside:
        return []
    offsets = kept_offsets(span.surface)
    spans = []
    for slogan, start, end in inside:
        first, behind = int(offsets[start]), int(offsets[end - 1]) + 1
        spans.append(_Span(slogan, span.start + first, span.start + behind, span.surface[first:behind]))
    return spans
