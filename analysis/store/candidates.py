"""Candidates of a store: evidence batch by batch, and forms counted only where they were not before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis import schema
from analysis.haystacks import join_texts, place_finds
from analysis.slogans.candidates import (
    SPARE,
    bound_scores,
    list_uncounted,
    rank_candidates,
    shortlist_candidates,
    trim_quotes,
)
from analysis.slogans.evidence import (
    choose_sample,
    count_coinages,
    count_forms,
    count_repeats,
    merge_coinages,
    merge_counts,
)
from analysis.slogans.skeleton import skeleton, trace_codes

_ORDER = "row"
_ENCODING = "gb18030"
# Candidates in the table.
_LIMIT = 500
# Forms that are looked at for the shortlist at first; seldom more are needed.
_LIKELY = 8_000
# A score is rounded; by less than this.
_ROUNDED = 1e-3
_LINE_END = ord("\n")
# Mix the characters of a skeleton, and the place of each, to one number.
_STRIDE, _FACTOR, _SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)


def make_coinages(news: pd.DataFrame) -> pd.DataFrame:
    """Count the coinages of the articles of a batch, each with the row of the article that shows it best.

    They are sorted, and in GB 18030, as texts are: so they take an eighth less.
    """
    counted = _by_row(count_coinages(news)).drop(columns="bare")
    packed = pd.Series([surface.encode(_ENCODING) for surface in counted["surface"].tolist()], dtype=object)
    return counted.assign(surface=packed).sort_values("surface", ignore_index=True)


def make_forms(news: pd.DataFrame, surfaces: list[str]) -> pd.DataFrame:
    """Count forms in the articles of a batch, each with the row of the article that shows it first."""
    return _by_row(count_forms(news, surfaces)).drop(columns="example")


def find_sample(articles: pd.DataFrame) -> list[str]:
    """Choose the articles in which repeated runs are looked for (see `choose_sample`)."""
    return articles.loc[choose_sample(articles), "article_id"].tolist()


def count_sample(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the repeated runs of the articles that were chosen, printed as their own skeletons."""
    return count_repeats(articles).drop(columns="bare")


def gather_coinages(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the coinages of batches, with rows numbered over the whole corpus, in the order of the articles."""
    found = _in_order(parts).reset_index(drop=True)
    surfaces = [surface.decode(_ENCODING) for surface in found["surface"].tolist()]
    return _fill_bare(found.assign(surface=pd.Series(surfaces, dtype="str")))


def merge_evidence(coinages: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """Merge the coinages of all batches (see `gather_coinages`) and the repeated runs."""
    return merge_coinages([coinages, _fill_bare(repeats)])


class Evidence(NamedTuple):
    """Coinages of batches.

    Attributes:
        tables: Of each batch, with rows numbered over the whole corpus.
        keys: A number for each coinage: the same one for equal skeletons, seldom for others.
    """

    tables: list[pa.Table]
    keys: list[np.ndarray]


def load_evidence(tables: Iterable[pa.Table]) -> Evidence:
    """Take the keys of coinages, for which no string of any of them is made."""
    kept = list(tables)
    return Evidence(kept, [_number_skeletons(b"\n".join(table["surface"].to_pylist())) for table in kept])


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
    keys = [*evidence.keys, _number_skeletons("\n".join(repeats["surface"].tolist()).encode(_ENCODING))]
    runs = pa.table({name: pa.array(repeats[name].to_numpy()) for name in ("prior", "times")})
    most, groups = _weigh(keys, [*evidence.tables, runs])
    if len(groups) > _LIKELY:
        least = np.partition(groups, -_LIKELY)[-_LIKELY]
        below = groups[groups < least].max(initial=-1.0)
        shortlist = _shortlist(evidence, repeats, [score >= least for score in most], lexicon)
        last = shortlist[["prior", "times"]].tail(1).to_numpy(dtype=np.float64).T
        if len(shortlist) == SPARE * _LIMIT and (bound_scores(*last) > below + _ROUNDED).all():
            return shortlist
    return _shortlist(evidence, repeats, [score >= 0 for score in most], lexicon)


def _shortlist(
    evidence: Evidence, repeats: pd.DataFrame, kept: list[np.ndarray], lexicon: pd.DataFrame | None
) -> pd.DataFrame:
    tables = (table.filter(pa.array(some)) for table, some in zip(evidence.tables, kept[:-1], strict=True))
    coinages = gather_coinages(table.to_pandas() for table in tables)
    rows = merge_evidence(coinages, repeats[kept[-1]].reset_index(drop=True))
    return shortlist_candidates(rows, lexicon, limit=_LIMIT)


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
    text = joined.decode(_ENCODING)
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


def propose(
    shortlist: pd.DataFrame,
    counted: list[str],
    count: Callable[[list[str], list[str]], Iterable[pd.DataFrame]],
) -> tuple[pd.DataFrame, list[str]]:
    """Make table `slogan_candidates`.

    Args:
        shortlist: From `shortlist_evidence`.
        counted: Forms that were counted before in the batches that stayed.
        count: Called with the forms whose counts are wanted, and those of them that are new everywhere; gives
            the counts of each batch, rows numbered over the whole corpus.

    Returns:
        The table with the form as printed for an example and the `row` of the article to take it from (see
        `fill_examples`), and the forms that are counted now.
    """
    surfaces = shortlist["surface"].tolist()
    before = set(counted)
    known = [surface for surface in surfaces if surface in before]
    new = [] if known else surfaces
    wanted = known or surfaces
    while True:
        counts = _in_order(count(wanted, new))
        counts = merge_counts([counts.assign(example=counts["surface"])])
        new = list_uncounted(shortlist, counts, wanted)
        if not new:
            return _find_rows(rank_candidates(shortlist, counts), counts), wanted
        wanted = [*wanted, *new]


def fill_examples(
    candidates: pd.DataFrame, read: Callable[[np.ndarray], pd.DataFrame], known: Mapping[str, str]
) -> pd.DataFrame:
    """Put a sentence to each candidate.

    Args:
        candidates: From `propose`.
        read: Reads the articles of some rows.
        known: Sentences of forms that are shown by the same article as before.

    Returns:
        Table `slogan_candidates`.
    """
    others = ~candidates["example"].isin(known.keys())
    surfaces = candidates.loc[others, "example"].tolist()
    found = dict(known)
    if surfaces:
        articles = read(np.unique(candidates.loc[others, "row"].to_numpy()))
        forms = count_forms(articles, surfaces)
        found |= dict(zip(forms["surface"], forms["example"], strict=True))
    filled = candidates.assign(example=candidates["example"].map(found))
    return schema.conform(filled.drop(columns="row"), schema.SLOGAN_CANDIDATES)


def find_known_examples(
    shown: Mapping[str, str], before: Mapping[str, str], table: pd.DataFrame
) -> dict[str, str]:
    """Find the sentences of a build before that stand as they are.

    Args:
        shown: Article that a form is taken from, by the form as printed.
        before: The same of the build before.
        table: Its table `slogan_candidates`.

    Returns:
        Sentences by form as printed.
    """
    examples = dict(zip(table["candidate"], table["example"], strict=True))
    return {
        surface: examples[candidate]
        for surface, article in shown.items()
        if before.get(surface) == article and (candidate := trim_quotes(surface)) in examples
    }


def _find_rows(candidates: pd.DataFrame, counts: pd.DataFrame) -> pd.DataFrame:
    if candidates.empty:
        return candidates.assign(row=pd.Series([], dtype="int64"))
    rows = counts.set_index("surface")[_ORDER]
    return candidates.assign(row=candidates["example"].map(rows).astype("int64"))


def _fill_bare(coinages: pd.DataFrame) -> pd.DataFrame:
    """Take the skeletons of coinages anew; they are not kept, and most coinages are their own."""
    bare = coinages["surface"].to_numpy(dtype=object, copy=True)
    for hay in join_texts(bare.tolist()):
        other = np.unique(place_finds(hay, _find_changed(hay.text)).docs)
        bare[other] = [skeleton(surface) for surface in bare[other].tolist()]
    return coinages.assign(bare=pd.Series(bare, dtype="str"))


def _find_changed(text: str) -> np.ndarray:
    """Find the characters that a skeleton has not, or has otherwise."""
    codes, offsets = trace_codes(text)
    own = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    is_same = np.zeros(len(own), dtype=bool)
    is_same[offsets] = codes == own[offsets]
    return np.flatnonzero(~is_same)


def _by_row(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns="article_id").assign(row=frame["article_id"].astype("int32"))


def _in_order(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put rows in the order of their articles, on which the choice between equals rests."""
    found = pd.concat(list(parts), ignore_index=True)
    return found.iloc[np.argsort(found[_ORDER].to_numpy(), kind="stable")]
