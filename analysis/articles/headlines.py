"""Headlines: which lines head which body, found over the whole page at once."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from analysis.articles.blocks import LIKE, Block, split_block
from analysis.articles.bodies import Body, Gap
from analysis.articles.matching import compare
from analysis.articles.units import Unit
from analysis.word_lists import read_column

#: What a place right beside the body is worth, on the page's usual side and on the other.
BESIDE, ASTRAY = 0.45, 0.15
#: What every further body between headline and body costs.
FAR = 0.03
#: What a headline line has in common with a text that it cannot head.
STRANGE = 0.06
#: What a further block of lines has in common with a text that has its headline already.
CLOSE = 0.6
#: No likeness is as large.
NEVER = 2.0
#: Characters of a text that count as its opening.
_OPENING = 300
#: Bodies between headline and body beyond which farther is no worse.
_MOST_FAR = 8
#: Heading level from which on a line may be a banner.
_BANNER = 3
#: A line of no more characters says too little to be called strange.
_SHORTEST = 4
#: Scores that differ by less are alike, for sums are rounded.
_NEAR = 1e-9
#: Below this a line far from a body is not its headline.
LEAST = 0.2
_SUB = re.compile(r"^(?:——|--|—)|(?:主持|出席|参加|陪同|讲话)$")
_LEAD_END = re.compile(r"(?:——|强调|指出|要求|[:：])$")
_COLUMN_END = re.compile(r"[（(][^（()）]{2,24}[)）]$")


class Match(NamedTuple):
    """Headline lines of a body (unit indices in printed order), how well they match, and by how much best."""

    units: tuple[int, ...]
    score: float
    margin: float


class _Page(NamedTuple):
    """The headline lines of a page against its bodies.

    likeness: for each line (unit index) its likeness to each body. side: 0 where the page prints headlines
    above the bodies, -1 below them. needy: whether a body has no headline of its own beside it.
    """

    units: list[Unit]
    likeness: dict[int, np.ndarray]
    side: int
    needy: np.ndarray

    @property
    def n(self) -> int:
        """Number of bodies."""
        return len(self.needy)


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
    likeness = _compare(units, blocks, bodies)
    side = _find_side(blocks, likeness, len(bodies))
    page = _Page(units, likeness, side, _find_needy(units, blocks, side, len(bodies)))
    homes = [min(max(block.gap + side, 0), page.n - 1) for block in blocks]
    blocks = [
        part
        for block, home in zip(blocks, homes, strict=True)
        for part in split_block(units, block, likeness, page.needy, home)
    ]
    matches, left = _solve(blocks, np.array([_score_block(page, block) for block in blocks]))
    matches, left = _add_seconds(page, matches, left)
    matches, cast = _trim(page, matches, {i: block.gap for block in blocks for i in block.units})
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


def _compare(units: list[Unit], blocks: list[Block], bodies: list[Body]) -> dict[int, np.ndarray]:
    """Likeness of each headline line to each body: to all of its text, and to its opening once more."""
    lines = [i for block in blocks for i in block.units]
    likeness = compare([units[i].text for i in lines], [body.text for body in bodies], _OPENING)
    return dict(zip(lines, likeness, strict=True))


def _find_side(blocks: list[Block], likeness: dict[int, np.ndarray], n: int) -> int:
    """Find where the page prints its headlines: 0 above the body, -1 below it."""
    totals = {0: 0.0, -1: 0.0}
    for block in blocks:
        for side in totals:
            body = block.gap + side
            if 0 <= body < n:
                totals[side] += 0.1 + max(likeness[i][body] for i in block.units)
    return 0 if totals[0] >= totals[-1] else -1


def _find_needy(units: list[Unit], blocks: list[Block], side: int, n: int) -> np.ndarray:
    """Find the bodies that have no headline beside them, or a kicker that calls for one."""
    needy = np.ones(n, dtype=bool)
    for block in blocks:
        if 0 <= block.gap + side < n:
            needy[block.gap + side] = units[block.units[-1]].kicker_like
    return needy


@lru_cache(maxsize=256)
def _find_worth(n: int, side: int, gap: int) -> np.ndarray:
    """What the place of each of n bodies is worth, seen from a gap."""
    away = np.arange(n) - gap
    worth = -FAR * np.minimum(np.minimum(np.abs(away), np.abs(away + 1)), _MOST_FAR)
    worth[(away == 0) | (away == -1)] = ASTRAY
    worth[away == side] = BESIDE
    worth.setflags(write=False)
    return worth


def _score_units(page: _Page, members: tuple[int, ...]) -> np.ndarray:
    if len(members) == 1:
        size = float(len(page.units[members[0]].text))
        return page.likeness[members[0]] * size / size
    sizes = np.array([float(len(page.units[i].text)) for i in members])
    return (np.array([page.likeness[i] for i in members]) * sizes[:, None]).sum(axis=0) / sizes.sum()


def _score_block(page: _Page, block: Block) -> np.ndarray:
    return _score_units(page, block.units) + _find_worth(page.n, page.side, block.gap)


def is_banner(unit: Unit) -> bool:
    """Tell whether a line that heads nothing may be the banner of a column (`column_banners.tsv`)."""
    return unit.level >= _BANNER or bool(_banners().fullmatch(unit.text))


@cache
def _banners() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in read_column("column_banners.tsv")))


def _solve(blocks: list[Block], scores: np.ndarray) -> tuple[dict[int, Match], list[Block]]:
    rows, columns = _assign(scores)
    taken = scores[rows, columns]
    others = scores.copy()
    others[rows, columns] = -np.inf
    best = others[rows].max(axis=1) if scores.shape[1] > 1 else np.zeros(len(rows))
    matches: dict[int, Match] = {}
    left = set(range(len(blocks)))
    chosen = zip(rows.tolist(), columns.tolist(), taken.tolist(), (taken - best).tolist(), strict=True)
    for row, column, score, margin in chosen:
        if score >= LEAST:
            matches[column] = Match(blocks[row].units, score, margin)
            left.discard(row)
    return matches, [blocks[i] for i in sorted(left)]


def _assign(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give rows columns of their own, so that the sum of the scores is the largest.

    Where the best column of each row is clearly the best and no other row's, that is it.
    """
    best = scores.argmax(axis=1)
    near = scores >= scores.max(axis=1, keepdims=True) - _NEAR
    if np.count_nonzero(near) == len(best) == len(set(best.tolist())):
        return np.arange(len(best)), best
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415, slow to load, and most pages need none

    return linear_sum_assignment(scores, maximize=True)


def _add_seconds(
    page: _Page, matches: dict[int, Match], left: list[Block]
) -> tuple[dict[int, Match], list[Block]]:
    """Join a block left over to a body whose headline stands elsewhere, when it matches that body well."""
    joined = dict(matches)
    still = []
    for block in left:
        score = _score_units(page, block.units)
        home = int(np.argmax(score))
        match = joined.get(home)
        if match is None or score[home] < _least_for_second(page.units, match, block):
            still.append(block)
            continue
        members = (*match.units, *block.units)
        if page.units[block.units[-1]].kicker_like and not page.units[match.units[-1]].kicker_like:
            members = (*block.units, *match.units)
        joined[home] = Match(members, match.score, match.margin)
    return joined, still


def _least_for_second(units: list[Unit], match: Match, block: Block) -> float:
    """A kicker that calls for a headline takes one that is like the text; else it must be very like it."""
    if units[match.units[-1]].kicker_like or units[block.units[-1]].kicker_like:
        return LIKE
    marked = any(units[i].level for i in match.units)
    return NEVER if marked else CLOSE


def _trim(
    page: _Page, matches: dict[int, Match], gaps: dict[int, int]
) -> tuple[dict[int, Match], list[Block]]:
    """Take lines off the far end of a headline that its body has nothing of: banners above, teasers below."""
    trimmed, left = dict(matches), []
    for body, match in matches.items():
        members = match.units
        while len(members) > 1:
            outer, rest = (members[0], members[1:]) if page.side == 0 else (members[-1], members[:-1])
            if not _is_strange(page, outer, rest, body):
                break
            left.append(Block((outer,), gaps[outer]))
            members = rest
        trimmed[body] = Match(members, match.score, match.margin)
    return trimmed, left


def _is_strange(page: _Page, outer: int, rest: tuple[int, ...], body: int) -> bool:
    """Tell whether the outermost line of a headline is none of it."""
    unit = page.units[outer]
    if unit.level:
        return unit.level >= _BANNER and unit.level >= 2 + min(page.units[i].level or 9 for i in rest)
    parted = page.units[rest[0] if page.side == 0 else outer].blanks > 0
    alike = page.likeness[outer][body]
    if page.side == 0 and parted and alike < 2 * STRANGE and _banners().fullmatch(unit.text):
        return True
    if alike >= STRANGE or not parted or (unit.strong and page.side == 0):
        return False
    surplus = len(rest) > 1 if page.side == 0 else body == page.n - 1 and len(unit.text) > _SHORTEST
    return surplus and max(page.likeness[i][body] for i in rest) >= LIKE - 0.1
