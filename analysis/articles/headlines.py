"""Headlines: which lines head which body, found over the whole page at once."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from analysis.articles.bodies import Body, Gap
from analysis.articles.matching import grams, overlap, weigh
from analysis.articles.units import Unit

#: What a place right beside the body is worth, on the page's usual side and on the other.
BESIDE, ASTRAY = 0.45, 0.15
#: What every further body between headline and body costs.
FAR = 0.03
#: A block of lines falls into two when their texts differ by at least this much.
SPLIT = 0.3
#: What a headline line has in common with a text that it may head, at least, and with one that it cannot.
LIKE, STRANGE = 0.35, 0.06
#: What a further block of lines has in common with a text that has its headline already.
CLOSE = 0.6
#: Below this a line far from a body is not its headline.
LEAST = 0.25
_SUB = re.compile(r"^(?:——|--|—)|(?:主持|出席|参加|陪同|讲话)$")
_LEAD_END = re.compile(r"(?:——|强调|指出|要求|[:：])$")
_COLUMN_END = re.compile(r"[（(][^（()）]{2,24}[)）]$")


class Block(NamedTuple):
    """Headline lines that stand together: unit indices and the number of the gap."""

    units: tuple[int, ...]
    gap: int


class Match(NamedTuple):
    """Headline lines of a body (unit indices in printed order), how well they match, and by how much best."""

    units: tuple[int, ...]
    score: float
    margin: float


def assign_headlines(
    units: list[Unit], bodies: list[Body], gaps: list[Gap]
) -> tuple[dict[int, Match], list[Block]]:
    """Give each body the headline lines that match it best, all bodies at once.

    The score of a pair is the share of the headline's weight (character pairs and triples, rare ones more)
    that the body has, plus what the place is worth: beside the body on the side where this page prints its
    headlines, on the other side, or far away. The sum over the page is made as large as it can be
    (`scipy.optimize.linear_sum_assignment`).

    Args:
        units: Units of the page.
        bodies: Bodies in source order.
        gaps: Gaps around them, as from `split_bodies`.

    Returns:
        The match of each body that has one (by number of the body), and the blocks left over.
    """
    blocks = [Block(tuple(gap.heads), number) for number, gap in enumerate(gaps) if gap.heads]
    if not bodies or not blocks:
        return {}, blocks
    texts = [grams(body.text) for body in bodies]
    openings = [grams(body.text[:300]) for body in bodies]
    weights = weigh(texts)
    likeness = {
        i: np.array(
            [_likeness(grams(units[i].text), t, o, weights) for t, o in zip(texts, openings, strict=True)]
        )
        for block in blocks
        for i in block.units
    }
    side = _find_side(units, blocks, likeness, len(bodies))
    blocks = [part for block in blocks for part in _split_block(units, block, likeness, len(bodies), side)]
    scores = np.array([_score_block(units, block, likeness, len(bodies), side) for block in blocks])
    matches, left = _solve(blocks, scores)
    matches, left = _add_seconds(units, matches, left, likeness)
    places = {i: block.gap for block in blocks for i in block.units}
    matches, cast = _trim(matches, likeness, side, places, units)
    return matches, left + cast


def split_roles(units: list[Unit], members: tuple[int, ...]) -> tuple[list[int], list[int], list[int]]:
    """Tell kicker, main headline and subhead apart.

    Heading marks decide where the page has them; else a line that ends in 强调 or —— is a kicker, one that
    opens with —— or ends in 主持, 出席 a subhead, and the rest is the headline.

    Args:
        units: Units of the page.
        members: Indices of the headline lines in printed order.

    Returns:
        Unit indices of kicker, headline, subhead.
    """
    if len(members) == 1:
        return [], list(members), []
    levels = [units[i].level for i in members]
    if any(levels) and len(set(levels)) > 1:
        top = min(level for level in levels if level)
        mains = [n for n, level in enumerate(levels) if level == top]
        first, last = mains[0], mains[-1]
        return list(members[:first]), list(members[first : last + 1]), list(members[last + 1 :])
    first, last = 0, len(members)
    while last - first > 1 and _SUB.search(units[members[last - 1]].text):
        last -= 1
    while first < last - 1 and _is_kicker(units, members, first, last):
        first += 1
    return list(members[:first]), list(members[first:last]), list(members[last:])


def _is_kicker(units: list[Unit], members: tuple[int, ...], place: int, last: int) -> bool:
    text = units[members[place]].text
    if _LEAD_END.search(text):
        return True
    following = units[members[place + 1]].text
    if _COLUMN_END.search(following):
        return True
    return place == 0 and last == 2 and len(text) <= len(following) + 6 and not _COLUMN_END.search(text)


def _likeness(head: set[str], text: set[str], opening: set[str], weights: dict[str, float]) -> float:
    return 0.75 * overlap(head, text, weights) + 0.25 * overlap(head, opening, weights)


def _find_side(units: list[Unit], blocks: list[Block], likeness: dict[int, np.ndarray], n: int) -> int:
    """Find where the page prints its headlines: 0 above the body, -1 below it."""
    totals = {0: 0.0, -1: 0.0}
    for block in blocks:
        for side in totals:
            body = block.gap + side
            if 0 <= body < n:
                totals[side] += 0.1 + max(likeness[i][body] for i in block.units)
    return 0 if totals[0] >= totals[-1] else -1


def _place_worth(gap: int, n: int, side: int) -> np.ndarray:
    worth = np.empty(n)
    for body in range(n):
        if body == gap + side:
            worth[body] = BESIDE
        elif body in (gap, gap - 1):
            worth[body] = ASTRAY
        else:
            worth[body] = -FAR * min(abs(body - gap), abs(body - gap + 1), 8)
    return worth


def _score_units(units: list[Unit], members: tuple[int, ...], likeness: dict[int, np.ndarray]) -> np.ndarray:
    sizes = np.array([float(len(units[i].text)) for i in members])
    return np.average([likeness[i] for i in members], axis=0, weights=sizes)


def _score_block(
    units: list[Unit], block: Block, likeness: dict[int, np.ndarray], n: int, side: int
) -> np.ndarray:
    return _score_units(units, block.units, likeness) + _place_worth(block.gap, n, side)


def _split_block(
    units: list[Unit], block: Block, likeness: dict[int, np.ndarray], n: int, side: int
) -> list[Block]:
    """Cut lines apart that stand together but match different bodies much better."""
    home = min(max(block.gap + side, 0), n - 1)
    best, cut = SPLIT, 0
    for place in range(1, len(block.units)):
        if units[block.units[place - 1]].kicker_like or not units[block.units[place]].blanks:
            continue
        for members in (block.units[:place], block.units[place:]):
            score = _score_units(units, members, likeness)
            gain = float(score.max() - score[home])
            if gain > best and score.max() > LIKE:
                best, cut = gain, place
    if not cut:
        return [block]
    parts = [Block(block.units[:cut], block.gap), Block(block.units[cut:], block.gap)]
    return [part for half in parts for part in _split_block(units, half, likeness, n, side)]


def _trim(
    matches: dict[int, Match],
    likeness: dict[int, np.ndarray],
    side: int,
    gaps: dict[int, int],
    units: list[Unit],
) -> tuple[dict[int, Match], list[Block]]:
    """Take lines off the far end of a headline that its body has nothing of: banners above, teasers below."""
    trimmed, left = dict(matches), []
    for body, match in matches.items():
        members = list(match.units)
        while len(members) > 1:
            place = 0 if side == 0 else len(members) - 1
            rest = members[:place] + members[place + 1 :]
            if not _is_strange(units, members, place, rest, body, likeness):
                break
            left.append(Block((members[place],), gaps[members[place]]))
            members = rest
        trimmed[body] = Match(tuple(members), match.score, match.margin)
    return trimmed, left


def _is_strange(
    units: list[Unit],
    members: list[int],
    place: int,
    rest: list[int],
    body: int,
    likeness: dict[int, np.ndarray],
) -> bool:
    """Tell whether the outermost line of a headline is none of it."""
    outer = units[members[place]]
    top = min(units[i].level or 9 for i in rest)
    if outer.level:
        return outer.level >= 3 and outer.level >= top + 2
    parted = units[members[max(place, 1)]].blanks > 0
    alien = likeness[members[place]][body] < STRANGE and len(outer.text) > 4
    return (
        alien
        and parted
        and not outer.strong
        and _score_units(units, tuple(rest), likeness)[body] >= LIKE - 0.1
    )


def _solve(blocks: list[Block], scores: np.ndarray) -> tuple[dict[int, Match], list[Block]]:
    rows, columns = linear_sum_assignment(scores, maximize=True)
    matches: dict[int, Match] = {}
    left = set(range(len(blocks)))
    for row, column in zip(rows, columns, strict=True):
        if scores[row, column] < LEAST:
            continue
        others = np.delete(scores[row], column)
        margin = float(scores[row, column] - (others.max() if others.size else 0.0))
        matches[int(column)] = Match(blocks[row].units, float(scores[row, column]), margin)
        left.discard(int(row))
    return matches, [blocks[i] for i in sorted(left)]


def _add_seconds(
    units: list[Unit], matches: dict[int, Match], left: list[Block], likeness: dict[int, np.ndarray]
) -> tuple[dict[int, Match], list[Block]]:
    """Join a block left over to a body whose headline stands elsewhere, when it matches that body well."""
    joined = dict(matches)
    still = []
    for block in left:
        score = _score_units(units, block.units, likeness)
        home = int(np.argmax(score))
        match = joined.get(home)
        wanting = match is not None and (
            units[match.units[-1]].kicker_like or units[block.units[-1]].kicker_like
        )
        ranked = match is not None and any(units[i].level for i in match.units)
        if match is not None and score[home] >= (LIKE if wanting else 2.0 if ranked else CLOSE):
            members = (*match.units, *block.units)
            if units[block.units[-1]].kicker_like and not units[match.units[-1]].kicker_like:
                members = (*block.units, *match.units)
            joined[home] = Match(members, match.score, match.margin)
        else:
            still.append(block)
    return joined, still
