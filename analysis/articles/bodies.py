"""Bodies: which paragraphs belong together, and where one article ends and the next begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.articles.evidence import (
    BOUNDARY,
    SURE,
    find_repeats,
    looks_back,
    prints_last,
    weigh_boundaries,
)
from analysis.articles.layout import Layout
from analysis.articles.leads import points_backward
from analysis.articles.matching import cohere, drop_marks
from analysis.articles.roles import has_role
from analysis.articles.units import Unit, is_marked

#: A text that asks readers to write, and lines that say where to.
_CALLS = re.compile(r"赐稿|投稿|征稿|征集|来信|来稿")
_LONGEST_CALL = 300
_ADDRESS = re.compile(r"^(?!.*(?:责编|编辑|校对|版式)).*(?:邮箱|电话|地址|邮编|来稿|热线|@|\.cn|\.com)")


@dataclass
class Body:
    """The paragraphs of one article (headings inside it included), in reading order.

    first, last: indices of its first and last unit. evidence: how sure the boundary in front of it is.
    bylines, marks: those on lines of their own. torn: its opening was read behind its text.
    """

    units: list[Unit]
    first: int
    last: int
    evidence: float
    bylines: list[Unit] = field(default_factory=list)
    marks: list[Unit] = field(default_factory=list)
    torn: bool = False

    @property
    def text(self) -> str:
        """All text without white space, heads inside included."""
        return "".join(unit.text for unit in self.units)

    @property
    def led(self) -> bool:
        """True when it opens with a lead, a dispatch line or a byline."""
        return self.units[0].lead is not None or bool(self.bylines)


@dataclass
class Gap:
    """What stands between two bodies: indices of the units, headline lines first of all."""

    heads: list[int]
    others: list[int]


def split_bodies(units: list[Unit], layout: Layout) -> tuple[list[Body], list[Gap]]:
    """Group the paragraphs of a page into bodies.

    A boundary is where the evidence adds up (see `evidence`).

    Args:
        units: Units of the page in source order.
        layout: Layout of the page.

    Returns:
        Bodies in source order, and the gaps before, between and behind them (one more than bodies).
    """
    places = [i for i, unit in enumerate(units) if unit.role == "body"]
    if not places:
        return [], [_read_gap(units, 0, len(units))]
    repeats = find_repeats(units)
    scores = weigh_boundaries(units, places, repeats, layout)
    bodies: list[Body] = []
    first = 0
    opening = SURE
    for number in range(1, len(places) + 1):
        if number < len(places) and scores[number - 1] < BOUNDARY:
            continue
        bodies.append(_make_body(units, places[first], places[number - 1], opening))
        opening = scores[number - 1] if number < len(places) else SURE
        first = number
    edges = [-1, *[edge for body in bodies for edge in (body.first, body.last)], len(units)]
    gaps = [_read_gap(units, edges[i] + 1, edges[i + 1]) for i in range(0, len(edges), 2)]
    _close_with_repeats(units, bodies, gaps, repeats)
    _return_headings(units, bodies, gaps)
    if prints_last(units):
        _hand_down(units, bodies, gaps)
    _claim_bylines(units, bodies, gaps)
    _claim_addresses(units, bodies, gaps)
    return bodies, gaps


def _make_body(units: list[Unit], first: int, last: int, evidence: float) -> Body:
    inside = list(range(first, last + 1))
    signed = [i for i in inside if units[i].role == "byline" and not has_role(units[i].text)]
    members = [units[i] for i in inside if units[i].role in ("body", "head") or i in signed]
    body = Body(members, first, last, evidence)
    body.bylines = [units[i] for i in inside if units[i].role in ("byline", "credit") and i not in signed]
    body.marks = [units[i] for i in inside if units[i].role == "marker"]
    return body


def _read_gap(units: list[Unit], first: int, last: int) -> Gap:
    inside = range(first, last)
    heads = [i for i in inside if units[i].role == "head"]
    return Gap(heads, [i for i in inside if units[i].role != "head"])


def _close_with_repeats(units: list[Unit], bodies: list[Body], gaps: list[Gap], repeats: set[int]) -> None:
    """Hand a repeated headline line back to the text above it."""
    for number, body in enumerate(bodies):
        gap = gaps[number + 1]
        for i in [i for i in gap.heads if i in repeats]:
            body.units.append(units[i])
            gap.heads.remove(i)


def _return_headings(units: list[Unit], bodies: list[Body], gaps: list[Gap]) -> None:
    """Hand lines that only look like headlines back to the text: those between a byline and its text, and, on
    a page that marks its headlines, those without a mark."""
    marked = is_marked(units)
    for number, gap in enumerate(gaps):
        bylines = [i for i in gap.others if units[i].role == "byline" and units[i].text[:1] not in "（("]
        above = bodies[number - 1] if number else None
        below = bodies[number] if number < len(bodies) else None
        levels = [i for i in gap.heads if units[i].level]
        for i in list(gap.heads):
            under = below is not None and bylines and i > bylines[-1] and not units[i].strong
            signed = bool(bylines) and bylines[-1] > i
            late = marked and not units[i].level and levels and i > levels[-1] and not signed
            if below is not None and (under or (late and not below.units[0].lead)):
                below.units.insert(sum(unit.start < units[i].start for unit in below.units), units[i])
                gap.heads.remove(i)
            elif marked and not units[i].level and number == len(bodies) and not _belongs(units[i], above):
                gap.heads.remove(i)
                gap.others.append(i)
            elif marked and not units[i].level and above is not None and (not levels or i < levels[0]):
                above.units.append(units[i])
                gap.heads.remove(i)


def _hand_down(units: list[Unit], bodies: list[Body], gaps: list[Gap]) -> None:
    """Where headlines stand below the texts, a line behind one is the heading of the text below that has its
    words."""
    for number, body in enumerate(bodies[1:], 1):
        heads = gaps[number].heads
        if not gaps[number + 1].heads or len(heads) < 2:
            continue
        above, below = drop_marks(bodies[number - 1].text), drop_marks(body.text)
        if looks_back(units[heads[-1]], below, above):
            body.units.insert(0, units[heads.pop()])


def _belongs(unit: Unit, body: Body) -> bool:
    """Tell whether a short line shares something with a text, or is too short to tell."""
    return len(unit.text) < 10 or cohere(unit.text, body.text) >= 0.25


def _claim_bylines(units: list[Unit], bodies: list[Body], gaps: list[Gap]) -> None:
    """Give bylines, credits and marks of lines of their own to the body that they stand at."""
    for number, gap in enumerate(gaps):
        above = bodies[number - 1] if number else None
        below = bodies[number] if number < len(bodies) else None
        for i in list(gap.others):
            unit = units[i]
            if unit.role in ("marker", "credit"):
                home = below if unit.role == "marker" and points_backward(unit.text) else above or below
            elif unit.role == "byline":
                home = _home_of_byline(units, i, above, below)
            else:
                continue
            if home is None:
                continue
            gap.others.remove(i)
            (home.marks if unit.role == "marker" else home.bylines).append(unit)


def _claim_addresses(units: list[Unit], bodies: list[Body], gaps: list[Gap]) -> None:
    """Give addresses right below a text that asks readers to write to that text."""
    for number, body in enumerate(bodies):
        others = gaps[number + 1].others
        place = body.last + 1
        calls = len(body.text) <= _LONGEST_CALL and _CALLS.search(body.text)
        while calls and place in others and units[place].role == "furniture":
            if not _ADDRESS.search(units[place].text):
                break
            body.units.append(units[place])
            body.units.sort(key=lambda unit: unit.start)
            others.remove(place)
            place += 1


def _home_of_byline(units: list[Unit], place: int, above: Body | None, below: Body | None) -> Body | None:
    """A byline stands above its text; in brackets right below a text it signs that."""
    signs = units[place].text[:1] in "（(" and above is not None and units[place - 1].role == "body"
    if signs or below is None:
        return above
    return below
