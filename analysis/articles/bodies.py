"""Bodies: which paragraphs belong together, and where one article ends and the next begins."""

from __future__ import annotations

import bisect
import itertools
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.articles.bylines import has_role
from analysis.articles.layout import Layout
from analysis.articles.leads import points_backward
from analysis.articles.matching import cohere
from analysis.articles.units import Unit, is_marked

#: A boundary needs at least this much evidence.
BOUNDARY = 3.0
#: Evidence above this holds even when the article gets no headline.
SURE = 5.5
#: Characters on each side of a gap that are compared.
_STRETCH = 2500
#: ... and paragraphs.
_PARAGRAPHS = 40
#: No text of a photograph is longer, in characters.
_CAPTION = 300
_CLOSING = re.compile(
    r"[（(](?:作者|本文作者|执笔)[^（()）]*[)）]$"
    r"|[（(][^（()）]{1,60}(?:参与采写|采访整理|整理)[^（()）]*[)）]$"
    r"|[（(][^（()）]{0,20}(?:电|讯)[^（()）]{0,10}[)）]$"
)


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


class _Page(NamedTuple):
    """What holds for a whole page: repeated headline lines, the layout, whether blank lines part articles and
    whether headlines have heading marks."""

    repeats: set[int]
    layout: Layout
    telling: bool
    marked: bool


def split_bodies(units: list[Unit], layout: Layout) -> tuple[list[Body], list[Gap]]:
    """Group the paragraphs of a page into bodies.

    A boundary is where the evidence adds up: a lead or a byline opens a report, a closing line or a mark ends
    one, a headline line of unmistakable form or a blank line on a page that has few stands between, and the
    words above and below differ. A headline line without such evidence is a heading inside the text.

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
    page = _Page(repeats, layout, _blanks_tell(units), is_marked(units))
    scores = [_weigh_gap(units, above, below, page) for above, below in _pairs(places)]
    scores = _add_cohesion(units, places, scores)
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
    _return_headings(units, bodies, gaps, layout)
    _claim_bylines(units, bodies, gaps)
    return bodies, gaps


def find_repeats(units: list[Unit]) -> set[int]:
    """Find headline lines that are printed twice: of two alike, the one right below a text ends that text.

    Returns:
        Indices of the units that repeat a headline line.
    """
    seen: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        if unit.role == "head" and len(unit.text) > 1:
            seen.setdefault(unit.text.replace(",", "，").replace("(", "（").replace(")", "）"), []).append(i)
    repeats = set()
    heads_first = next((unit.role for unit in units if unit.role != "furniture"), "") == "head"
    for text, alike in seen.items():
        behind = [i for i in alike if _follows_text(units, i)]
        if len(alike) > 1 and behind:
            early = _share_gap(units, behind[0], behind[-1]) or not heads_first
            repeats.add(behind[0] if early else behind[-1])
        elif len(text) > 2 and _follows_text(units, alike[0]):
            whole = [o for o in seen if len(o) > len(text) and text in o]
            if whole:
                repeats.add(alike[0])
    return {i for i in repeats if i and _follows_text(units, i)}


def _share_gap(units: list[Unit], first: int, last: int) -> bool:
    return all(unit.role != "body" for unit in units[first:last])


def _follows_text(units: list[Unit], place: int) -> bool:
    while place and units[place - 1].role in ("byline", "credit", "marker", "furniture"):
        place -= 1
    return bool(place) and units[place - 1].role == "body"


def _pairs(places: list[int]) -> list[tuple[int, int]]:
    return list(itertools.pairwise(places))


def _weigh_gap(units: list[Unit], above: int, below: int, page: _Page) -> float:
    """Add up the evidence that the paragraph below opens another article."""
    between = units[above + 1 : below]
    heads = [unit for i, unit in enumerate(between, above + 1) if unit.role == "head"]
    upper, lower = units[above], units[below]
    score = 0.0
    if lower.lead:
        score += 6 if lower.lead.role == "lead" or heads else 2
    if any(unit.role == "byline" for unit in between):
        score += 6 if heads or lower.blanks or page.layout.dense else 4
    if any(i in page.repeats for i in range(above + 1, below)):
        score += 5
    score += _weigh_heads(heads)
    score += _weigh_closing(upper, between)
    if heads and _is_caption(units, below):
        score += 3.5
    score += _weigh_blanks(between, lower, heads, page)
    if upper.cut and not heads:
        score -= 3
    reported = lower.lead is not None and lower.text.startswith("本报讯")
    if page.marked and not reported and not any(unit.level for unit in heads):
        score -= 12
    return score


def _is_caption(units: list[Unit], place: int) -> bool:
    """Tell whether a short text that a photo credit ends begins here."""
    size = 0
    for unit in units[place:]:
        if unit.role == "credit" or any(part.role == "credit" for part in unit.parts):
            return True
        size += len(unit.text)
        if unit.role != "body" or size > _CAPTION:
            return False
    return False


def _weigh_heads(heads: list[Unit]) -> float:
    if not heads:
        return -1.0
    score = 0.0
    if any(unit.level for unit in heads):
        score += 6
    if any(unit.strong and not unit.level for unit in heads):
        score += 4
    if any(unit.calls for unit in heads):
        score += 3
    elif any(unit.kicker_like for unit in heads) and len(heads) > 1:
        score += 2
    return score


def _weigh_closing(upper: Unit, between: list[Unit]) -> float:
    marks = [part.role for part in upper.parts] + [unit.role for unit in between]
    score = 0.0
    if "marker" in marks:
        score += 4
    if "credit" in marks:
        score += 3
    if any(part.role == "byline" for part in upper.parts) or _CLOSING.search(upper.text[-100:]):
        score += 4
    return score


def _blanks_tell(units: list[Unit]) -> bool:
    """Tell whether blank lines part articles: few stand between the paragraphs of one text."""
    inner = [b.blanks > 0 for a, b in itertools.pairwise(units) if a.role == b.role == "body"]
    return bool(inner) and sum(inner) < 0.35 * len(inner)


def _weigh_blanks(between: list[Unit], lower: Unit, heads: list[Unit], page: _Page) -> float:
    blanks = max([unit.blanks for unit in between] + [lower.blanks])
    if page.telling:
        if not blanks:
            return -6.0
        return 6.0 if any(not unit.weak for unit in heads) else 0.0
    return 2.0 if blanks >= page.layout.blanks + 2 else 0.0


def _add_cohesion(units: list[Unit], places: list[int], scores: list[float]) -> list[float]:
    """Where form leaves a gap in doubt, compare the words above with the words below.

    Above is what stands between the boundary before and the gap, below what follows up to the next sure one.
    """
    sure = [i for i, score in enumerate(scores) if score >= SURE]
    changed = list(scores)
    opening = 0
    for i, score in enumerate(scores):
        if -1.0 < score < SURE:
            at = bisect.bisect_right(sure, i)
            closing = sure[at] if at < len(sure) else len(places) - 1
            above = _text_of(units, places[max(opening, i + 1 - _PARAGRAPHS) : i + 1])[-_STRETCH:]
            below = _text_of(units, places[i + 1 : min(closing, i + _PARAGRAPHS) + 1])[:_STRETCH]
            changed[i] += _weigh_cohesion(cohere(above, below), min(len(above), len(below)))
        if changed[i] >= BOUNDARY:
            opening = i + 1
    return changed


def _text_of(units: list[Unit], places: list[int]) -> str:
    return "".join(units[place].text for place in places)


def _weigh_cohesion(alike: float, size: int) -> float:
    """Evidence for a boundary from the share of common triples; short stretches tell less.

    Two halves of an article share 2-29 % (5th to 95th percentile, median 8.5 %), two articles 0-4 %
    (median 0.7 %), measured on 1500 articles of a national paper.
    """
    steps = ((0.008, 2.5), (0.015, 1.5), (0.025, 0.5), (0.04, -1.0), (0.08, -3.0))
    weight = next((value for limit, value in steps if alike < limit), -4.0)
    return weight * min(1.0, size / 250)


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


def _return_headings(units: list[Unit], bodies: list[Body], gaps: list[Gap], layout: Layout) -> None:
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


def _home_of_byline(units: list[Unit], place: int, above: Body | None, below: Body | None) -> Body | None:
    """A byline stands above its text; in brackets right below a text it signs that."""
    signs = units[place].text[:1] in "（(" and above is not None and units[place - 1].role == "body"
    if signs or below is None:
        return above
    return below
