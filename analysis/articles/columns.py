"""Interleaved columns: text whose lines an extractor read across two columns is put back in order."""

from __future__ import annotations

import numpy as np

from analysis.articles.bodies import Body, Gap
from analysis.articles.matching import code_grams, list_grams
from analysis.articles.units import Unit

#: The second of two bodies is looked at as the opening of the first when this share of all bodies is led.
_USUALLY_LED = 0.6
#: Pairs of characters across a seam must stand this often elsewhere on the page.
_SEEN = 2
#: Longest torn-off end of a column, in characters.
_SHORT = 60
#: A piece is looked for among so many that follow.
_NEAR = 12


def untangle(units: list[Unit], bodies: list[Body], gaps: list[Gap]) -> tuple[list[Body], list[Gap]]:
    """Put bodies back together whose opening an extractor left behind their text.

    A body without lead on a page of led ones, followed by a led body without any headline, is one text: the
    lead was read too late. Then, in each body that stops in mid-sentence, a piece that another one calls for
    is moved behind it: the characters on both sides of the seam are a pair that the page has elsewhere, and
    those of the printed order are not.

    Args:
        units: Units of the page.
        bodies: Bodies in source order.
        gaps: Gaps around them.

    Returns:
        Bodies and gaps; bodies joined are one, their paragraphs in reading order.
    """
    bodies, gaps = _join_late_openings(bodies, gaps)
    torn = [body for body in bodies if _is_torn(body)]
    if torn:
        pairs = np.sort(list_grams([unit.text for unit in units]))
        for body in torn:
            body.units = _reorder(body.units, pairs, torn=body.torn)
    return bodies, gaps


def _join_late_openings(bodies: list[Body], gaps: list[Gap]) -> tuple[list[Body], list[Gap]]:
    led = sum(_leads(body) for body in bodies)
    if len(bodies) < 3 or led < _USUALLY_LED * len(bodies):
        return bodies, gaps
    joined: list[Body] = []
    kept = [gaps[0]]
    for number, body in enumerate(bodies):
        before = joined[-1] if joined else None
        late = before is not None and _leads(body) and not _leads(before) and not body.bylines
        if late and not gaps[number].heads and kept[-1].heads and body.units[0].cut:
            before.units = _open_with(before.units, body.units)
            before.marks += body.marks
            before.torn = True
            before.last = body.last
            kept[-1].others.extend(gaps[number].others)
        else:
            joined.append(body)
            if number:
                kept.append(gaps[number])
    kept.append(gaps[-1])
    return joined, kept


def _leads(body: Body) -> bool:
    return body.units[0].lead is not None and body.units[0].lead.role == "lead"


def _open_with(text: list[Unit], opening: list[Unit]) -> list[Unit]:
    """The lead first, then what it calls for, as far as units go; `_reorder` does the rest."""
    return [opening[0], *text, *opening[1:]]


def _is_torn(body: Body) -> bool:
    return body.torn or sum([unit.cut for unit in body.units[:-1]]) >= 2


def _reorder(pieces: list[Unit], pairs: np.ndarray, *, torn: bool) -> list[Unit]:
    """Follow the pieces; behind one that is cut, take the one it calls for when another is out of place."""
    left = list(pieces)
    ordered = [left.pop(0)]
    while left:
        before = ordered[-1]
        choice = 0
        if before.cut or (torn and before.role == "head"):
            natural = _fit(before, left[0], pairs)
            fits = [natural] if natural else [_fit(before, piece, pairs) for piece in left[:_NEAR]]
            best = max(range(len(fits)), key=lambda i: fits[i])
            if best and fits[best] >= _SEEN and _is_loose(pieces, left[best], pairs, torn):
                choice = best
        ordered.append(left.pop(choice))
    return ordered


def _is_loose(pieces: list[Unit], piece: Unit, pairs: np.ndarray, torn: bool) -> bool:
    """Tell whether nothing binds a piece to the one printed before it; torn-off ends are short, too."""
    if len(piece.text) > _SHORT and not torn:
        return False
    before = pieces[next(i for i, other in enumerate(pieces) if other is piece) - 1]
    return not (before.cut or before.role == "head") or _fit(before, piece, pairs) == 0


def _fit(before: Unit, piece: Unit, pairs: np.ndarray) -> int:
    """How often what stands across the seam stands elsewhere on the page; triples count double."""
    left, right = before.text[-2:], piece.text[:2]
    if not (left[-1:].isalnum() and right[:1].isalnum()):
        return 0
    pair, above, below = code_grams((left[-1] + right[0], left + right[0], left[-1] + right))
    ends = np.searchsorted(pairs, (pair, above, below, pair + 1, above + 1, below + 1)).tolist()
    return ends[3] - ends[0] + 2 * (ends[4] - ends[1]) + 2 * (ends[5] - ends[2])
