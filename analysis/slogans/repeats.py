"""Formulae that recur: runs of characters that hold together and stand free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

SHORTEST, LONGEST = 4, 12
_HAN = (0x3400, 0x9FFF)


class Repeat(NamedTuple):
    """A run of Chinese characters that recurs, with its frequency and two measures of its own, 0-1."""

    surface: str
    n: int
    cohesion: float
    freedom: float


def find_repeats(
    texts: list[str], *, least: int = 3, cohesion: float = 0.0, freedom: float = 0.0
) -> Iterator[Repeat]:
    """Find runs of four to twelve Chinese characters that recur.

    Counting convention: overlapping occurrences count each; runs do not reach across anything that is not
    a Chinese character.

    Args:
        texts: Skeletons.
        least: Occurrences that a run has at least.
        cohesion: Cohesion that it has at least.
        freedom: Freedom that it has at least.

    Yields:
        Runs, shorter ones first. Cohesion is the normalised pointwise mutual information of its weakest cut
        (1: its parts only stand together); freedom is the share of different neighbours on its more bound
        side (1: never the same neighbour twice, the end of a clause always counting as a new one).

    Source:
        G. Bouma, Normalized (pointwise) mutual information in collocation extraction, GSCL 2009; edges after
        H. Feng et al., Accessor variety criteria for Chinese word extraction, Computational Linguistics 30
        (2004).
    """
    text = "".join(f"{text}\n" for text in texts)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    counts, ids = _count_runs(codes, least)
    if not counts:
        return
    total = max(1, int((counts[1] > 0).sum()))
    for length in range(SHORTEST, LONGEST + 1):
        if length not in ids:
            break
        kept = np.flatnonzero(counts[length] >= least)
        group, _ = pd.factorize(ids[length][kept])
        places = kept[np.flatnonzero(np.diff(np.maximum.accumulate(group), prepend=-1))]
        n = counts[length][places]
        bound = _measure_cohesion(counts, places, length, total)
        free = np.minimum(*(_measure_freedom(codes, kept, group, len(n), shift) for shift in (-1, length)))
        sound = np.flatnonzero((bound >= cohesion) & (free >= freedom))
        columns = (column[sound].tolist() for column in (places, n, bound, free))
        for place, *measures in zip(*columns, strict=True):
            yield Repeat(text[place : place + length], *measures)


def _count_runs(codes: np.ndarray, least: int) -> tuple[dict[int, np.ndarray], dict[int, np.ndarray]]:
    """Count, for every place and length, how often the run that begins there occurs (0: none does)."""
    is_han = (codes >= _HAN[0]) & (codes <= _HAN[1])
    counts: dict[int, np.ndarray] = {}
    ids: dict[int, np.ndarray] = {}
    for length in range(1, LONGEST + 1):
        if length == 1:
            at = np.flatnonzero(is_han)
            number = codes[at]
        else:
            # A run of this length recurs only where both its shorter runs do.
            is_likely = counts[length - 1] >= (1 if length == 2 else least)
            at = np.flatnonzero(is_likely[:-1] & is_likely[1:])
            at = at[at + length <= len(codes)]
            number, _ = pd.factorize(ids[length - 1][at].astype(np.int64) << 16 | codes[at + length - 1])
        if not len(at):
            break
        counts[length], ids[length] = (np.zeros(len(codes), dtype=np.int32) for _ in range(2))
        counts[length][at], ids[length][at] = np.bincount(number)[number], number
    return counts, ids


def _measure_cohesion(
    counts: dict[int, np.ndarray], places: np.ndarray, length: int, total: int
) -> np.ndarray:
    whole = counts[length][places] / total
    parts = [
        counts[cut][places] / total * counts[length - cut][places + cut] / total for cut in range(1, length)
    ]
    strongest = np.max(parts, axis=0)
    return np.clip(np.log(whole / strongest) / -np.log(whole), 0, 1)


def _measure_freedom(
    codes: np.ndarray, at: np.ndarray, group: np.ndarray, size: int, shift: int
) -> np.ndarray:
    """Divide the different neighbours of each run by its occurrences."""
    beside = at + shift
    is_inside = (beside >= 0) & (beside < len(codes))
    neighbours = np.where(is_inside, codes[beside.clip(0, len(codes) - 1)], 0)
    is_border = (neighbours < _HAN[0]) | (neighbours > _HAN[1])
    pairs = pd.unique(group[~is_border] << 16 | neighbours[~is_border])
    different = np.bincount(pairs >> 16, minlength=size) + np.bincount(group[is_border], minlength=size)
    return different / np.bincount(group, minlength=size)
