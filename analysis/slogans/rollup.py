"""Rolling hits up: every hit counts for the slogans that it belongs to as well."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis import schema
from analysis.slogans.hits import sort_hits
from analysis.slogans.lexicon import iter_forms, read_lexicon
from analysis.slogans.match import compile_lexicon, find_matches
from analysis.slogans.skeleton import kept_offsets, skeleton


class _Span(NamedTuple):
    slogan: str
    start: int
    end: int
    surface: str
    via: str


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
    lexicon = read_lexicon() if lexicon is None else lexicon
    nested = find_nested(lexicon)
    parents = {row.slogan: row.parent for row in lexicon.itertuples(index=False) if row.parent}
    crossing = hits["crossing"].tolist() if "crossing" in hits else [""] * len(hits)
    taken: dict[tuple[str, str, str], list[_Span]] = {}
    records = []
    for hit, crossed in zip(hits[schema.SLOGAN_HITS.names].itertuples(index=False), crossing, strict=True):
        for span in _iter_spans(hit, crossed, nested, parents):
            earlier = taken.setdefault((hit.article_id, hit.field, span.slogan), [])
            if not any(span.start < other.end and other.start < span.end for other in earlier[-_NEAR:]):
                earlier.append(span)
                records.append((hit.article_id, span, hit.field))
    if not records:
        return schema.empty(schema.SLOGAN_HITS).assign(via=pd.Series([], dtype=schema.TEXT))
    rows = [(a, s.slogan, s.surface, field, s.start, s.end, s.via) for a, s, field in records]
    rolled = pd.DataFrame(rows, columns=[*schema.SLOGAN_HITS.names, "via"]).astype({"via": schema.TEXT})
    return sort_hits(schema.conform(rolled, schema.SLOGAN_HITS))


def find_nested(lexicon: pd.DataFrame) -> dict[str, list[tuple[str, int, int]]]:
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
    owners = {skeleton(form): slogan for slogan, form, _ in iter_forms(lexicon)}
    bares = list(owners)
    nested: dict[str, list[tuple[str, int, int]]] = {}
    for match in find_matches(compile_lexicon(lexicon), bares):
        if match.slogan != owners[bares[match.doc]]:
            nested.setdefault(bares[match.doc], []).append((match.slogan, match.start, match.end))
    return nested


def _iter_spans(
    hit: NamedTuple, crossed: object, nested: dict[str, list[tuple[str, int, int]]], parents: dict[str, str]
) -> Iterator[_Span]:
    """List a hit, what stands inside it, what crosses its end, then the parents of all of these."""
    own = _Span(hit.slogan, hit.start, hit.end, hit.surface, hit.slogan)
    spans = [own, *_list_nested(own, nested)]
    for slogan, surface, start, end in json.loads(crossed) if isinstance(crossed, str) and crossed else []:
        crossing = _Span(slogan, start, end, surface, hit.slogan)
        spans += [crossing, *_list_nested(crossing, nested)]
    yield from spans
    for span in spans:
        parent = parents.get(span.slogan)
        while parent:
            yield span._replace(slogan=parent)
            parent = parents.get(parent)


def _list_nested(span: _Span, nested: dict[str, list[tuple[str, int, int]]]) -> list[_Span]:
    inside = nested.get(skeleton(span.surface), [])
    if not inside:
        return []
    offsets = kept_offsets(span.surface) + span.start
    spans = []
    for slogan, start, end in inside:
        first, behind = int(offsets[start]), int(offsets[end - 1]) + 1
        surface = span.surface[first - span.start : behind - span.start]
        spans.append(_Span(slogan, first, behind, surface, span.via))
    return spans
