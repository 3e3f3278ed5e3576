"""What a hit of the lexicon counts for: itself, what stands inside it or crosses its end, and parents."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from analysis.slogans.lexicon import iter_forms
from analysis.slogans.match import compile_lexicon, find_matches
from analysis.slogans.skeleton import kept_offsets, skeleton

#: By skeleton of a form: slogan, start and end of each other slogan inside it.
Nested = dict[str, list[tuple[str, int, int]]]


class Span(NamedTuple):
    """What a hit counts for, its place counted from the start of the hit."""

    slogan: str
    start: int
    end: int
    surface: str


class Alike(NamedTuple):
    """What hits have in common that roll up alike, its places counted from its own start."""

    slogan: str
    surface: str
    length: int
    crossing: str
    base: int  # where the places in `crossing` are counted from


def find_nested(lexicon: pd.DataFrame) -> Nested:
    """Find the slogans that stand inside the forms of others, by matching the lexicon against itself.

    Args:
        lexicon: As from `read_lexicon`.

    Returns:
        By skeleton of a form: slogan, start and end in that skeleton for each slogan inside it, the
        form's own slogan left out; forms without any are absent.

    Example:
        >>> from analysis.slogans.lexicon import read_lexicon
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


def list_spans(hit: Alike, nested: Nested, parents: dict[str, str]) -> list[Span]:
    """List what a hit counts for.

    Args:
        hit: The hit.
        nested: As from `find_nested`.
        parents: Parent of each slogan, "" for none.

    Returns:
        The hit, what stands inside it, what crosses its end, then the parents of all of these; nothing that
        holds an earlier one of its slogan.

    Example:
        >>> [span.slogan for span in list_spans(Alike("乙甲", "乙甲", 2, "", 0), {}, {"乙甲": "甲"})]
        ['乙甲', '甲']
    """
    return _drop_repeats(_iter_spans(hit, nested, parents))


def _drop_repeats(spans: Iterable[Span]) -> list[Span]:
    """Leave out what holds an earlier span of its slogan: what overlaps the one overlaps the other."""
    kept: list[Span] = []
    for span in spans:
        if not any(
            one.slogan == span.slogan and span.start <= one.start and one.end <= span.end for one in kept
        ):
            kept.append(span)
    return kept


def _iter_spans(hit: Alike, nested: Nested, parents: dict[str, str]) -> Iterator[Span]:
    """List a hit, what stands inside it, what crosses its end, then the parents of all of these."""
    own = Span(hit.slogan, 0, hit.length, hit.surface)
    spans = [own, *_list_nested(own, nested)]
    for slogan, surface, start, end in json.loads(hit.crossing) if hit.crossing else []:
        crossing = Span(slogan, start - hit.base, end - hit.base, surface)
        spans += [crossing, *_list_nested(crossing, nested)]
    yield from spans
    for span in spans:
        seen, parent = {""}, parents.get(span.slogan, "")
        while parent not in seen:
            yield span._replace(slogan=parent)
            seen.add(parent)
            parent = parents.get(parent, "")


def _list_nested(span: Span, nested: Nested) -> list[Span]:
    inside = nested.get(skeleton(span.surface), [])
    if not inside:
        return []
    offsets = kept_offsets(span.surface)
    spans = []
    for slogan, start, end in inside:
        first, behind = int(offsets[start]), int(offsets[end - 1]) + 1
        spans.append(Span(slogan, span.start + first, span.start + behind, span.surface[first:behind]))
    return spans
