"""Candidates: formulae that look like slogans and that the lexicon lacks.

The steps of `find_candidates` stand for themselves, so that a corpus can be worked off batch by batch:
`count_coinages` of each batch, `count_repeats` of a sample, `merge_coinages`, `shortlist_candidates`,
`count_forms` of each batch, `merge_counts`, `rank_candidates`. After a change `list_uncounted` tells which
forms have to be counted at all in batches that stayed as they were.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import schema
from analysis.slogans.evidence import (
    choose_sample,
    count_coinages,
    count_forms,
    count_repeats,
    merge_coinages,
)
from analysis.slogans.lexicon import LEXICON_COLUMNS, iter_forms, read_lexicon
from analysis.slogans.nested import find_nested
from analysis.slogans.skeleton import QUOTES, skeleton

# Numeral formulae speak for themselves from this prior on, and at their usual length.
_SURE = 0.6
_NUMERAL_CHARS = 4
#: So many times as many as are asked for are counted before the best are chosen.
SPARE = 5
# A word that is common and seldom stands in the form that speaks for it.
_COMMON, _SELDOM = 10, 0.1
# Columns that say where a form stands first.
_PLACE = ["field", "article_id"]
# Occurrences and articles above this number say no more.
_ENOUGH = 16


class _Ranking(NamedTuple):
    """Forms of a shortlist that were counted, weighed, and those of them that are mere pieces of others."""

    rows: pd.DataFrame
    owners: dict[str, set[str]]  # by form: longer ones of the shortlist that it stands in


def find_candidates(
    articles: pd.DataFrame, lexicon: pd.DataFrame | None = None, *, limit: int = 500
) -> pd.DataFrame:
    """Propose slogans that the lexicon lacks.

    Three kinds of form are looked for: what stands in quotation marks; formulae with a numeral (五大战略指引,
    8+4, 双岗建功); and what repeats, be it a run of characters in the corpus or the pattern of its own parts
    (项目提速、企业提效). Names, offices, places, plain numbers, speech and meetings are ranked low.

    Counting convention: n counts occurrences in headlines and text as `find_slogans` does, but each
    candidate for itself, so that one inside another counts for both. Teasers and notices are not searched.
    Runs of characters are looked for in all articles of a small corpus, in some of a large one (see
    `choose_sample`).

    Args:
        articles: Table `articles`.
        lexicon: As from `read_lexicon`; None for the product's own. Its forms are not proposed.
        limit: Rows at most.

    Returns:
        Table `slogan_candidates`, best first. The score orders; it is no probability.

    Note:
        A candidate is a question to a reader, not a slogan.

    Example:
        >>> articles = pd.DataFrame({"article_id": ["a"], "kind": "news", "text": ["推行“晨光夜谈”。"]})
        >>> candidates = find_candidates(articles.assign(kicker="", headline="", subhead=""))
        >>> candidates[["candidate", "n", "form", "example"]].values.tolist()
        [['晨光夜谈', 1, 'quoted', '推行“晨光夜谈”。']]
    """
    coinages = count_coinages(articles)
    repeats = count_repeats(articles[choose_sample(articles)])
    shortlist = shortlist_candidates(merge_coinages([coinages, repeats]), lexicon, limit=limit)
    return rank_candidates(shortlist, count_forms(articles, shortlist["surface"].tolist()), limit=limit)


def shortlist_candidates(
    coinages: pd.DataFrame, lexicon: pd.DataFrame | None = None, *, limit: int = 500
) -> pd.DataFrame:
    """Choose the forms that are worth counting: the best by form and by how often the form was seen.

    Args:
        coinages: From `merge_coinages`, of all articles and of repeated runs.
        lexicon: As from `read_lexicon`; None for the product's own. Its forms are not chosen.
        limit: Candidates that are asked for; five times as many are chosen.

    Returns:
        Rows of `coinages`, best first.
    """
    known = {skeleton(form) for _, form, _ in iter_forms(read_lexicon() if lexicon is None else lexicon)}
    forms = "\n".join(known)
    rows = coinages[~_is_among(coinages["bare"], known)]
    score = np.array(
        [score_form(*row) for row in zip(rows["prior"], rows["times"], rows["times"], strict=True)]
    )
    most, enough = SPARE * limit, 2 * SPARE * limit
    while True:
        # Only the best are put in order, and held against the lexicon.
        least = np.partition(score, -enough)[-enough] if enough < len(score) else 0.0
        some = rows.assign(score=score)[score >= least]
        some = some.sort_values(["score", "bare"], ascending=[False, True]).drop(columns="score")
        is_piece = [
            form == "repeated" and bare in forms
            for form, bare in zip(some["form"], some["bare"], strict=True)
        ]
        chosen = some[~np.array(is_piece, dtype=bool)]
        if len(chosen) >= most or len(some) == len(rows):
            return chosen.head(most).reset_index(drop=True)
        enough *= 2


def list_uncounted(
    shortlist: pd.DataFrame, counts: pd.DataFrame, counted: Collection[str], *, limit: int = 500
) -> list[str]:
    """List the forms that have to be counted yet before the best candidates are certain.

    When a page is added to a corpus, hardly any form enters the shortlist that could end among the best:
    old batches need not be counted again for the rest.

    Args:
        shortlist: From `shortlist_candidates`.
        counts: From `merge_counts`, of all articles.
        counted: Forms that `counts` was made for; those of them that are missing there do not occur.
        limit: Candidates that are asked for.

    Returns:
        Forms as printed, sorted. Count them in all batches and ask again, until none is left.
    """
    counted = set(counted)
    ranking = _rank(shortlist, counts[_is_among(counts["surface"], counted)])
    rows = ranking.rows.assign(
        open=[not ranking.owners.get(surface, set()) <= counted for surface in ranking.rows["surface"]]
    )
    certain = rows.loc[rows["is_whole"] | ~rows["open"], "score"]
    least = certain.nlargest(limit).min() if len(certain) >= limit else -1.0
    rest = shortlist[~_is_among(shortlist["surface"], counted)]
    seen = rest["times"].where(rest["form"] != "repeated", _ENOUGH)
    best = [score_form(*row, _ENOUGH) for row in zip(rest["prior"], seen, seen, strict=True)]
    wanted = set(rest["surface"][np.array(best, dtype=float) >= least])
    doubtful = set(rows.loc[(rows["score"] >= least) & ~rows["is_whole"], "surface"])
    owners = set().union(*(ranking.owners.get(surface, set()) for surface in wanted | doubtful))
    return sorted((wanted | owners) - counted)


def rank_candidates(shortlist: pd.DataFrame, counts: pd.DataFrame, *, limit: int = 500) -> pd.DataFrame:
    """Weigh the form of each candidate with its spread.

    Args:
        shortlist: From `shortlist_candidates`.
        counts: From `count_forms` or `merge_counts`, of all articles; of all forms of the shortlist, or until
            `list_uncounted` has no more.
        limit: Rows at most.

    Returns:
        Table `slogan_candidates`, best first.
    """
    rows = _rank(shortlist, counts).rows
    rows = rows.assign(candidate=rows["surface"].map(trim_quotes))
    rows = rows.sort_values(["score", "candidate"], ascending=[False, True]).head(limit)
    return schema.conform(rows[schema.SLOGAN_CANDIDATES.names], schema.SLOGAN_CANDIDATES)


def _rank(shortlist: pd.DataFrame, counts: pd.DataFrame) -> _Ranking:
    """Weigh what was counted, and leave out what only ever stands inside one and the same longer form."""
    owners = _find_owners(*(tuple(shortlist[name].tolist()) for name in ("surface", "bare")))
    rows = counts.drop(columns=_PLACE, errors="ignore").merge(
        shortlist.drop(columns=_PLACE, errors="ignore"), on="surface"
    )
    n = dict(zip(rows["surface"], rows["n"], strict=True))
    rows["is_whole"] = (rows["form"] == "quoted") | (
        (rows["form"] == "numeral")
        & ((rows["surface"].map(len) == _NUMERAL_CHARS) | (rows["prior"] >= _SURE))
    )
    is_piece = [any(n.get(owner) == n[inner] for owner in owners.get(inner, ())) for inner in rows["surface"]]
    rows = rows[rows["is_whole"] | ~np.array(is_piece, dtype=bool)]
    seen = rows["n"].where(rows["form"] == "repeated", rows["times"])
    columns = (rows["prior"], seen, rows["n"], rows["n_articles"])
    return _Ranking(rows.assign(score=[score_form(*row) for row in zip(*columns, strict=True)]), owners)


@functools.lru_cache(maxsize=2)
def _find_owners(surfaces: tuple[str, ...], bares: tuple[str, ...]) -> dict[str, set[str]]:
    """Find for each form of a shortlist the longer ones that it stands in; not to be changed."""
    lexicon = pd.DataFrame(dict.fromkeys(LEXICON_COLUMNS, "") | {"slogan": list(surfaces)})
    printed = dict(zip(bares, surfaces, strict=True))
    owners: dict[str, set[str]] = {}
    for bare, insides in find_nested(lexicon).items() if len(lexicon) else ():
        for inner, _, _ in insides:
            owners.setdefault(inner, set()).add(printed[bare])
    return owners


@functools.lru_cache(maxsize=65536)
def score_form(prior: float, seen: int, n: int, n_articles: int = 1) -> float:
    """Weigh a form with its spread: how often it was seen as such, and in how many articles."""
    score = prior + 0.03 * min(math.log2(seen), 4) + 0.02 * min(math.log2(n_articles), 4)
    if n >= _COMMON and seen < _SELDOM * n:
        score -= 0.2  # a plain word that somebody once set off
    return round(min(max(score, 0.0), 1.0), 4)


def _is_among(forms: pd.Series, some: Collection[str]) -> np.ndarray:
    """Tell which forms are among some; `isin` makes an array of these first, which takes longer."""
    return np.fromiter(map(some.__contains__, forms.tolist()), dtype=bool, count=len(forms))


def bound_scores(prior: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Weigh many forms, each seen whenever it occurred: what `shortlist_candidates` orders by, not rounded.

    Seen more often, or with a better prior, no form weighs less.
    """
    return np.clip(prior + 0.05 * np.minimum(np.log2(seen), 4), 0.0, 1.0)


def trim_quotes(surface: str) -> str:
    """Take away quotation marks that stand around the whole."""
    inner = surface[1:-1]
    is_wrapped = surface[0] in QUOTES and surface[-1] in QUOTES and QUOTES.isdisjoint(inner)
    return inner if is_wrapped else surface
