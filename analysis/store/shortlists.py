"""The shortlist of a store: the forms that are worth counting, found among the coinages of all batches.

Hardly any form can come to it: most of them stand in one article. So forms are weighed by number, and only
the few that may come to the shortlist are made strings of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.slogans.candidates import SPARE, bound_scores, shortlist_candidates
from analysis.slogans.skeleton import trace_codes
from analysis.store.candidates import ENCODING, fill_bare, gather_coinages, merge_evidence

#: Candidates in the table.
LIMIT = 500
#: What a shortlist is kept with.
COLUMNS = ["surface", "form", "prior", "times"]
# Forms that are looked at for the shortlist at first; seldom more are needed.
_LIKELY = 8_000
# A score is rounded; by less than this.
_ROUNDED = 1e-3
_LINE_END = ord("\n")
# Mix the characters of a skeleton, and the place of each, to one number.
_STRIDE, _FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)


class Evidence(NamedTuple):
    """Coinages of batches.

    Attributes:
        tables: Of each batch, with rows numbered over the whole corpus.
        keys: A number for each coinage: the same one for equal skeletons, seldom for others.
    """

    tables: list[pa.Table]
    keys: list[np.ndarray]


class Coinages(NamedTuple):
    """Coinages of batches that are loaded as they are needed.

    Attributes:
        names: Name of the part of each batch; equal names have equal coinages.
        load: Loads those of a batch by its number, with rows numbered over the whole corpus.
    """

    names: Sequence[str]
    load: Callable[[int], pa.Table]


def load_evidence(tables: Iterable[pa.Table]) -> Evidence:
    """Take the keys of coinages, for which no string of any of them is made."""
    kept = list(tables)
    return Evidence(kept, [_number_coinages(table) for table in kept])


def shortlist_evidence(
    evidence: Evidence, repeats: pd.DataFrame, lexicon: pd.DataFrame | None
) -> pd.DataFrame:
    """Shortlist coinages and repeated runs, as `shortlist_candidates` does of all of them.

    Hardly any form can come to the shortlist: most of them stand in one article. Forms are weighed together
    by key, which gives none of them less than it has; if the last one of a shortlist that is made of the best
    has more than what was left out can have, it is the shortlist of all.

    Args:
        evidence: From `load_evidence`.
        repeats: From `count_sample`.
        lexicon: As from `read_lexicon`; None for the product's own.

    Returns:
        Rows of `merge_evidence`, best first.
    """
    keys = [*evidence.keys, _number_forms(repeats)]
    runs = pa.table({name: pa.array(repeats[name].to_numpy()) for name in ("prior", "times")})
    most, groups = _weigh(keys, [*evidence.tables, runs])
    if len(groups) > _LIKELY:
        least = np.partition(groups, -_LIKELY)[-_LIKELY]
        below = groups[groups < least].max(initial=-1.0)
        shortlist = _shortlist(evidence, repeats, [score >= least for score in most], lexicon)
        last = shortlist[["prior", "times"]].tail(1).to_numpy(dtype=np.float64).T
        if len(shortlist) == SPARE * LIMIT and (bound_scores(*last) > below + _ROUNDED).all():
            return shortlist
    return _shortlist(evidence, repeats, [score >= 0 for score in most], lexicon)


def extend_shortlist(
    before: pd.DataFrame,
    new: Sequence[int],
    coinages: Coinages,
    repeats: pd.DataFrame,
    lexicon: pd.DataFrame | None,
) -> pd.DataFrame:
    """Shortlist coinages and repeated runs when some came to those that were there.

    A form that is seen more often weighs no less. What was on the shortlist stays before all that was not,
    and only forms of the new coinages can pass it: these alone are merged anew.

    Args:
        before: The shortlist, as `shortlist_evidence` made it of what was there.
        new: Numbers of the batches that are new.
        coinages: Those of all batches.
        repeats: From `count_sample`; the same as before.
        lexicon: As from `read_lexicon`, the same as before; None for the product's own.

    Returns:
        As `shortlist_evidence`.
    """
    load = cache(coinages.load)
    keys = _recall_keys(coinages.names, load)
    touched = np.unique(np.concatenate([np.array([], dtype=np.uint64), *(keys[number] for number in new)]))
    chosen = {number: _is_among(some, touched) for number, some in enumerate(keys)}
    found = [number for number, some in chosen.items() if some.any()] or [0]
    evidence = Evidence([load(number) for number in found], [keys[number] for number in found])
    runs = _is_among(_number_forms(repeats), touched)
    rows = _merge_chosen(evidence, repeats, [*(chosen[number] for number in found), runs])
    kept = before[~_is_among(_number_forms(before), touched)]
    both = pd.concat([fill_bare(kept[COLUMNS].reset_index(drop=True)), rows], ignore_index=True)
    return shortlist_candidates(both, lexicon, limit=LIMIT)


def _is_among(keys: np.ndarray, touched: np.ndarray) -> np.ndarray:
    """Tell which keys are among some that are sorted."""
    if not len(touched):
        return np.zeros(len(keys), dtype=bool)
    return touched[np.searchsorted(touched, keys).clip(max=len(touched) - 1)] == keys


#: Keys of coinages by the name of their part, of the store that was extended last.
_KEYS: dict[str, np.ndarray] = {}


def _recall_keys(names: Sequence[str], load: Callable[[int], pa.Table]) -> list[np.ndarray]:
    """Take the keys of coinages; a process that stays needs those of a part only once."""
    known = dict(_KEYS)
    keys = [
        known[name] if name in known else _number_coinages(load(number)) for number, name in enumerate(names)
    ]
    _KEYS.clear()
    _KEYS.update(zip(names, keys, strict=True))
    return keys


def _number_coinages(table: pa.Table) -> np.ndarray:
    return _number_skeletons(b"\n".join(table["surface"].to_pylist()))


def _number_forms(forms: pd.DataFrame) -> np.ndarray:
    return _number_skeletons("\n".join(forms["surface"].tolist()).encode(ENCODING))


def _shortlist(
    evidence: Evidence, repeats: pd.DataFrame, kept: list[np.ndarray], lexicon: pd.DataFrame | None
) -> pd.DataFrame:
    return shortlist_candidates(_merge_chosen(evidence, repeats, kept), lexicon, limit=LIMIT)


def _merge_chosen(evidence: Evidence, repeats: pd.DataFrame, chosen: list[np.ndarray]) -> pd.DataFrame:
    """Merge some coinages of each batch, and some of the repeated runs."""
    tables = (table.filter(pa.array(some)) for table, some in zip(evidence.tables, chosen[:-1], strict=True))
    coinages = gather_coinages(table.to_pandas() for table in tables)
    return merge_evidence(coinages, repeats[chosen[-1]].reset_index(drop=True))


def _weigh(keys: list[np.ndarray], tables: list[pa.Table]) -> tuple[list[np.ndarray], np.ndarray]:
    """Weigh, for each row, all rows of its key together; also give the weight of each key once."""
    code, distinct = pd.factorize(np.concatenate(keys))
    if not len(distinct):
        return [np.zeros(0) for _ in keys], np.zeros(0)
    columns = (np.concatenate([table[name].to_numpy() for table in tables]) for name in ("prior", "times"))
    prior, times = columns
    most = np.full(len(distinct), -np.inf)
    np.maximum.at(most, code, prior)
    groups = bound_scores(most, np.bincount(code, weights=times))
    return np.split(groups[code], np.cumsum([len(key) for key in keys])[:-1]), groups


def _number_skeletons(joined: bytes) -> np.ndarray:
    """Number the skeletons of forms that lines hold."""
    if not joined:
        return np.array([], dtype=np.uint64)
    text = joined.decode(ENCODING)
    ends = np.append(
        np.flatnonzero(np.frombuffer(text.encode("utf-32-le"), dtype="<u4") == _LINE_END), len(text)
    )
    codes, offsets = trace_codes(text)
    ends = np.searchsorted(offsets, ends)
    starts = np.append(0, ends[:-1])
    mixed = codes.astype(np.uint64)
    mixed += (np.arange(len(codes)) - np.repeat(starts, ends - starts)).astype(np.uint64) * _STRIDE
    mixed = (mixed ^ mixed >> _SHIFT) * _FACTOR
    sums = np.append(np.uint64(0), np.cumsum(mixed ^ mixed >> _SHIFT))
    return sums[ends] - sums[starts]
