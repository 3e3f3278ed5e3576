"""Evidence that one article ends and another begins between two paragraphs."""

from __future__ import annotations

import bisect
import itertools
import re
from typing import NamedTuple

from analysis.articles.layout import Layout
from analysis.articles.lines import has_column_suffix
from analysis.articles.matching import cohere_at, grams, read_stretch
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
#: Evidence of 本报讯: no likeness of the words outweighs it.
_LEAD = 9.0
#: Evidence of a headline line that looks back, the share of its words above that it takes, and by how much.
_BACKWARD, _MOSTLY, _MORE = 3.0, 0.55, 0.35
#: ... against a boundary where headlines stand below the texts and a line looks forward.
_FORWARD = 12.0
#: Pairs and triples of characters below which a line says too little.
_FEWEST = 8
#: Full-width punctuation, half as wide.
_HALF = str.maketrans("，：；？！（）", ",:;?!()")
_CLOSING = re.compile(
    r"[（(](?:作者|本文作者|执笔)[^（()）]*[)）]$"
    r"|[（(][^（()）]{1,60}(?:参与采写|采访整理|整理)[^（()）]*[)）]$"
    r"|[（(][^（()）]{0,20}(?:电|讯)[^（()）]{0,10}[)）]$"
)


def weigh_boundaries(units: list[Unit], places: list[int], repeats: set[int], layout: Layout) -> list[float]:
    """Weigh the evidence for a boundary between each paragraph and the next.

    A lead or a byline opens a report, a closing line or a mark ends one, a headline line of unmistakable form
    or a blank line on a page that has few stands between, and the words above and below differ. A headline
    line without such evidence is a heading inside the text.

    Args:
        units: Units of the page.
        places: Indices of its paragraphs.
        repeats: Indices of headline lines that repeat another one, as from `find_repeats`.
        layout: Layout of the page.

    Returns:
        One number for each pair of neighbours; from `BOUNDARY` on there is a boundary, from `SURE` on it
        holds whatever the words say.
    """
    page = _Page(repeats, layout, _blanks_tell(units, places), is_marked(units), prints_last(units))
    scores = [_weigh_gap(units, above, below, page) for above, below in itertools.pairwise(places)]
    return _add_cohesion(units, places, scores, last=page.last)


class _Page(NamedTuple):
    """What holds for a whole page: repeated headline lines, the layout, whether blank lines part articles,
    whether headlines have heading marks, and whether they stand below the texts."""

    repeats: set[int]
    layout: Layout
    telling: bool
    marked: bool
    last: bool


def prints_last(units: list[Unit]) -> bool:
    """Tell whether a page prints headlines below the texts: it opens with text and ends with a headline."""
    content = [unit.role for unit in units if unit.role not in ("furniture", "teaser", "marker", "credit")]
    return len(content) > 1 and content[0] != "head" and content[-1] == "head" and not is_marked(units)


def find_repeats(units: list[Unit]) -> set[int]:
    """Find headline lines that are printed twice: of two alike, the one right below a text ends that text.

    Returns:
        Indices of the units that repeat a headline line.
    """
    seen: dict[str, list[int]] = {}
    for i, unit in enumerate(units):
        if unit.role == "head" and len(unit.text) > 1:
            seen.setdefault(unit.text.translate(_HALF), []).append(i)
    content = (unit.role for unit in units if unit.role not in ("furniture", "teaser"))
    heads_first = next(content, "") == "head"
    printed = "\n".join(seen)
    repeats = set()
    for text, alike in seen.items():
        if len(alike) > 1:
            repeats |= _find_copies(units, alike, heads_first=heads_first)
        elif len(text) > 2 and _follows_text(units, alike[0]) and printed.count(text) > 1:
            repeats.add(alike[0])
    return {i for i in repeats if i and _follows_text(units, i)}


def _find_copies(units: list[Unit], alike: list[int], *, heads_first: bool) -> set[int]:
    """Find those of several like lines that end a text: one beside its like in a gap, else every second."""
    copies = set()
    behind = [i for i in alike if _follows_text(units, i)]
    pairs = itertools.pairwise(alike)
    beside = {first for first, second in pairs if first in behind and _share_gap(units, first, second)}
    if len(alike) == 2 and behind:
        return {behind[0] if beside or not heads_first else behind[-1]}
    waiting = False
    for i in alike:
        copy = i in behind and (i in beside or (waiting and heads_first))
        copies |= {i} if copy else set()
        waiting = not copy
    return copies


def _share_gap(units: list[Unit], first: int, last: int) -> bool:
    return all(unit.role != "body" for unit in units[first:last])


def _follows_text(units: list[Unit], place: int) -> bool:
    while place and units[place - 1].role in ("byline", "credit", "marker", "furniture"):
        place -= 1
    return bool(place) and units[place - 1].role == "body"


def _weigh_gap(units: list[Unit], above: int, below: int, page: _Page) -> float:
    """Add up the evidence that the paragraph below opens another article."""
    between = units[above + 1 : below]
    heads = [unit for unit in between if unit.role == "head"]
    upper, lower = units[above], units[below]
    score = 0.0
    if lower.lead:
        score += (
            _LEAD
            if lower.text.startswith("本报讯") and not upper.cut
            else 6
            if lower.lead.role == "lead" or heads
            else 2
        )
    if between and any([unit.role == "byline" for unit in between]):
        score += 6 if heads or lower.blanks or page.layout.dense else 4
    if between and not page.repeats.isdisjoint(range(above + 1, below)):
        score += 5
    score += _weigh_heads(heads) if heads else -1.0
    if between or upper.parts or upper.text[-1:] in "）)":
        score += _weigh_closing(upper, between)
    if heads and _is_caption(units, below):
        score += 3.5
    score += _weigh_blanks(between, lower, heads, page)
    if not heads and upper.cut:
        score -= 3
    if lower.text[:1] in "（(" and _CLOSING.fullmatch(lower.text):
        score -= 12
    if page.marked and not any(unit.level for unit in heads):
        reported = lower.lead is not None and lower.text.startswith("本报讯")
        score -= 0 if reported else 12
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
    score = 0.0
    if any(unit.level for unit in heads):
        score += 6
    if any(unit.strong and not unit.level for unit in heads):
        score += 6 if any(has_column_suffix(unit.text) for unit in heads) else 4
    if any(unit.calls for unit in heads):
        score += 3
    elif any(unit.kicker_like for unit in heads) and len(heads) > 1:
        score += 2
    return score


def _weigh_closing(upper: Unit, between: list[Unit]) -> float:
    score = 0.0
    if between or upper.parts:
        marks = [part.role for part in upper.parts] + [unit.role for unit in between]
        score += 4 * ("marker" in marks) + 3 * ("credit" in marks)
    closed = upper.text[-1:] in ("）", ")") and _CLOSING.search(upper.text[-100:])
    if closed or any([part.role == "byline" for part in upper.parts]):
        score += 4
    return score


def _blanks_tell(units: list[Unit], places: list[int]) -> bool:
    """Tell whether blank lines part articles: few stand between the paragraphs of one text, and reports that
    open with a lead or byline mostly have one in front."""
    inner, reports = [], []
    parted = False
    for above, below in itertools.pairwise(places):
        near = below == above + 1
        blank = units[below].blanks > 0 if near else any(unit.blanks for unit in units[above + 1 : below + 1])
        parted |= blank
        if near:
            inner.append(blank)
        signed = not near and any(unit.role == "byline" for unit in units[above + 1 : below])
        if units[below].lead or signed:
            reports.append(blank)
    few = sum(inner) < 0.35 * len(inner)
    return few and parted and 2 * sum(reports) >= len(reports)


def _weigh_blanks(between: list[Unit], lower: Unit, heads: list[Unit], page: _Page) -> float:
    blanks = max([unit.blanks for unit in between] + [lower.blanks]) if between else lower.blanks
    if page.telling:
        if not blanks:
            return -6.0
        return 6.0 if any(not unit.weak for unit in heads) else 0.0
    return 2.0 if blanks >= page.layout.blanks + 2 else 0.0


def _add_cohesion(units: list[Unit], places: list[int], scores: list[float], *, last: bool) -> list[float]:
    """Where form leaves a gap in doubt, compare the words above with the words below.

    Above is what stands between the boundary before and the gap, below what follows up to the next sure one.
    On a page that prints headlines below the texts (`last`), lines of which only the text below has the words
    are headings, and one that looks back is a headline.
    """
    sure = [i for i, score in enumerate(scores) if score >= SURE]
    changed = list(scores)
    if not any([-1.0 < score < SURE or (last and score >= SURE) for score in scores]):
        return changed
    texts = [units[place].text for place in places]
    seams = [0, *itertools.accumulate(map(len, texts))]
    text = read_stretch("".join(texts))
    opening = 0
    for i, score in enumerate(scores):
        doubtful = -1.0 < score < SURE
        between = units[places[i] + 1 : places[i + 1]] if doubtful or (last and score >= SURE) else []
        heads = [unit for unit in between if unit.role == "head"]
        if doubtful or heads:
            at = bisect.bisect_right(sure, i)
            closing = sure[at] if at < len(sure) else len(places) - 1
            seam = seams[i + 1]
            start = max(seams[max(opening, i + 1 - _PARAGRAPHS)], seam - _STRETCH)
            end = min(seams[min(closing, i + _PARAGRAPHS) + 1], seam + _STRETCH)
            above, below = (text.cut(start, seam), text.cut(seam, end)) if heads else ("", "")
            if doubtful:
                alike = cohere_at(text, start, seam, end)
                changed[i] += _weigh_cohesion(alike, min(seam - start, end - seam))
                back = [looks_back(unit, above, below) for unit in heads]
                changed[i] += _BACKWARD * (any(back) + (last and any(back) and all(back)))
            if last and heads and all(looks_back(unit, below, above) for unit in heads):
                changed[i] -= _FORWARD
        if changed[i] >= BOUNDARY:
            opening = i + 1
    return changed


def looks_back(head: Unit, above: str, below: str) -> bool:
    """Tell whether a line has most of its words from the text above and few from the text below, both as
    `drop_marks` leaves them.

    Headings inside a text look forward; only the headline of the text above looks back.
    """
    words = grams(head.text)
    if len(words) < _FEWEST:
        return False
    before = _find_share(words, above)
    return before >= _MOSTLY and before - _find_share(words, below) >= _MORE


def _find_share(words: frozenset[str], plain: str) -> float:
    return sum([word in plain for word in words]) / len(words)


def _weigh_cohesion(alike: float, size: int) -> float:
    """Evidence for a boundary from the share of common triples; short stretches tell less.

    Two halves of an article share 2-29 % (5th to 95th percentile, median 8.5 %), two articles 0-4 %
    (median 0.7 %), measured on 1500 articles of a national paper.
    """
    steps = ((0.008, 2.5), (0.015, 1.5), (0.025, 0.5), (0.04, -1.0), (0.08, -3.0))
    weight = next((value for limit, value in steps if alike < limit), -4.0)
    return weight * min(1.0, size / 250)
