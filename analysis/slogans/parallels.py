"""Parts of a clause that are built alike: 项目提速、企业提效, found by comparing neighbours as arrays."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from analysis.slogans.noise import Noise

_CLAUSE_MARKS = "。！？!?；;：:…《》（）()“”‘’\"'「」『』\n"
_COMMAS = "、,，"
_DIGIT = re.compile(r"\d")
_SHORTEST, _LONGEST = 2, 14
# Lengths of what is looked at on both sides of a comma where the parts are not whole.
_INNER_LENGTHS = range(10, 2, -1)
_PLAIN, _COMMA, _CLAUSE = range(3)


class Parallel(NamedTuple):
    """One run of like parts: as printed, how much its form speaks for it (0-1), its start."""

    surface: str
    prior: float
    start: int


class _Segments(NamedTuple):
    """What stands between marks, as arrays: start, end, whether the next one belongs to the same clause."""

    start: np.ndarray
    end: np.ndarray
    is_joined: np.ndarray


class _Pairs(NamedTuple):
    """Likely parallels around commas: number of the segment before, length, whether their frame is alike."""

    segment: np.ndarray
    length: np.ndarray
    is_framed: np.ndarray


def find_parallels(text: str, noise: Noise) -> Iterator[Parallel]:
    """Find runs of parts between commas that are equally long and share some of their characters.

    Args:
        text: Without white space.
        noise: From `read_noise`.

    Yields:
        Runs in the order of the text: of whole parts, or of parts with words before or behind them.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    segments = _split_segments(codes)
    firsts, lasts = _find_runs(codes, segments)
    whole = [
        (first, 0, _judge_run(text, segments, first, last, noise))
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ]
    pairs = zip(*(column.tolist() for column in _find_pairs(codes, segments, noise)), strict=True)
    inner = [(pair[0], 1, _judge_pair(text, segments, pair, noise)) for pair in pairs]
    clauses = np.concatenate([[0], np.cumsum(~segments.is_joined)])
    return (found for *_, found in sorted(whole + inner, key=lambda row: (clauses[row[0]], row[1], row[0])))


def _split_segments(codes: np.ndarray) -> _Segments:
    kinds = _make_kinds()[np.minimum(codes, 0xFFFF)]
    marks = np.flatnonzero(kinds)
    start = np.concatenate([[0], marks + 1])
    end = np.concatenate([marks, [len(codes)]])
    return _Segments(start, end, np.concatenate([kinds[marks] == _COMMA, [False]]))


@functools.cache
def _make_kinds() -> np.ndarray:
    kinds = np.full(0x10000, _PLAIN, dtype=np.uint8)
    kinds[[ord(mark) for mark in _CLAUSE_MARKS]] = _CLAUSE
    kinds[[ord(mark) for mark in _COMMAS]] = _COMMA
    return kinds


def _are_alike(codes: np.ndarray, one: np.ndarray, other: np.ndarray, length: np.ndarray | int) -> np.ndarray:
    """Tell which stretches of the same length share some of their characters, but not all."""
    length = np.broadcast_to(length, one.shape)
    same = np.zeros(one.shape, dtype=np.int64)
    last = len(codes) - 1
    for at in range(int(length.max(initial=0))):
        is_equal = codes[np.minimum(one + at, last)] == codes[np.minimum(other + at, last)]
        same += is_equal & (at < length)
    return (same > 0) & (same < length)


def _find_runs(codes: np.ndarray, segments: _Segments) -> tuple[np.ndarray, np.ndarray]:
    """Find runs of whole segments that are built alike: first and last of each."""
    length = segments.end - segments.start
    is_fit = segments.is_joined[:-1] & (length[:-1] == length[1:])
    is_fit &= (length[:-1] >= _SHORTEST) & (length[:-1] <= _LONGEST)
    pairs = np.flatnonzero(is_fit)
    is_alike = np.zeros(len(length) + 1, dtype=bool)  # by number of the second segment
    is_alike[pairs + 1] = _are_alike(codes, segments.start[pairs], segments.start[pairs + 1], length[pairs])
    edges = np.flatnonzero(is_alike[1:] != is_alike[:-1])
    return edges[::2], edges[1::2]


def _find_pairs(codes: np.ndarray, segments: _Segments, noise: Noise) -> _Pairs:
    """Find like parts around a comma of which one has words before it, or the other words behind it."""
    left = np.flatnonzero(segments.is_joined)
    before = segments.end[left] - segments.start[left]
    after = segments.end[left + 1] - segments.start[left + 1]
    ends_noun = _list_function(noise)[np.minimum(codes, 0xFFFF)]
    found = []
    for length in _INNER_LENGTHS:
        at = np.flatnonzero((before >= length) & (after >= length) & (before + after > 2 * length))
        mark, is_last = segments.end[left[at]], after[at] == length
        is_open = is_last | ends_noun[np.minimum(mark + 1 + length, len(codes) - 1)]
        at, mark, is_last = at[is_open], mark[is_open], is_last[is_open]
        is_framed = (codes[mark - length] == codes[mark + 1]) | (codes[mark - 1] == codes[mark + length])
        is_likely = is_framed | (is_last & (length > 3))
        at, mark, is_framed = at[is_likely], mark[is_likely], is_framed[is_likely]
        is_alike = _are_alike(codes, mark - length, mark + 1, length)
        at, is_framed = at[is_alike], is_framed[is_alike]
        found.append((left[at], np.full(len(at), length), is_framed))
        rest = np.ones(len(left), dtype=bool)
        rest[at] = False
        left, before, after = left[rest], before[rest], after[rest]
    return _Pairs(*map(np.concatenate, zip(*found, strict=True)))


@functools.cache
def _list_function(noise: Noise) -> np.ndarray:
    """Tell of each character whether it ends a noun phrase before it."""
    is_function = np.zeros(0x10000, dtype=bool)
    is_function[[ord(character) for character in noise.function]] = True
    return is_function


def _judge_run(text: str, segments: _Segments, first: int, last: int, noise: Noise) -> Parallel:
    start, end = int(segments.start[first]), int(segments.end[last])
    parts = [text[segments.start[i] : segments.end[i]] for i in range(first, last + 1)]
    return Parallel(text[start:end], _judge(text[start:end], parts, noise), start)


def _judge_pair(text: str, segments: _Segments, pair: tuple[int, int, bool], noise: Noise) -> Parallel:
    """Judge a pair of like parts, with the further whole ones that follow it."""
    before, length, is_framed = pair
    mark, last = int(segments.end[before]), before + 1
    start, end = mark - length, mark + 1 + length
    one, other = text[start:mark], text[mark + 1 : end]
    is_whole = segments.end[last] - segments.start[last] == length
    while is_whole and segments.is_joined[last]:
        following = text[segments.start[last + 1] : segments.end[last + 1]]
        same = sum(a == b for a, b in zip(other, following, strict=False))
        if len(following) != length or not 0 < same < length:
            break
        last, end = last + 1, end + 1 + length
    prior = _judge(text[start:end], [one, other], noise) - 0.1 * (not is_framed)
    return Parallel(text[start:end], prior, start)


def _judge(surface: str, parts: list[str], noise: Noise) -> float:
    columns = list(zip(*parts, strict=True))
    same = sum(len(set(column)) == 1 for column in columns) / len(columns)
    prior = 0.5 + 0.05 * min(len(parts) - 2, 2) + 0.2 * same
    if len(parts[0]) < 3 and len(parts) < 3:
        prior -= 0.25
    if noise.inside.search(surface):
        prior -= 0.35
    if any(noise.name_end.search(part) for part in parts):
        prior -= 0.3
    if _DIGIT.search(surface):
        prior -= 0.2
    return prior
