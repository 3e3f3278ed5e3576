"""Candidates of a store: evidence batch by batch, and forms counted only where they were not before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from analysis import schema
from analysis.haystacks import join_texts, place_finds
from analysis.slogans.candidates import (
    list_uncounted,
    rank_candidates,
    trim_quotes,
)
from analysis.slogans.evidence import (
    MOST_CHARS,
    choose_sample,
    count_coinages,
    count_forms,
    count_repeats,
    merge_coinages,
    merge_counts,
)
from analysis.slogans.skeleton import skeleton, trace_codes, trace_skeleton

_ORDER = "row"
#: Encoding of the forms of part `coinages`.
ENCODING = "gb18030"
#: Fewer articles than these are looked through for each form before all forms are put together.
_FEW_ARTICLES = 50
_FULL_STOP = "。"


def make_coinages(news: pd.DataFrame) -> pd.DataFrame:
    """Count the coinages of the articles of a batch, each with the row of the article that shows it best.

    They are sorted, and in GB 18030, as texts are: so they take an eighth less.
    """
    counted = _by_row(count_coinages(news)).drop(columns="bare")
    packed = pd.Series([surface.encode(ENCODING) for surface in counted["surface"].tolist()], dtype=object)
    return counted.assign(surface=packed).sort_values("surface", ignore_index=True)


def make_forms(news: pd.DataFrame, surfaces: list[str]) -> pd.DataFrame:
    """Count forms in the articles of a batch, each with the row of the article that shows it first."""
    if len(news) < _FEW_ARTICLES:
        surfaces = _choose_held(news, surfaces)
    return _by_row(count_forms(news, surfaces)).drop(columns="example")


def _choose_held(news: pd.DataFrame, surfaces: list[str]) -> list[str]:
    """Choose the forms that articles may hold: to look for all takes longer where articles are few."""
    texts = [text for field in schema.FIELDS for text in news[field].fillna("").tolist()]
    held, _ = trace_skeleton(_FULL_STOP.join(texts))
    return [surface for surface in surfaces if skeleton(surface) in held]


def find_sample(articles: pd.DataFrame) -> list[str]:
    """Choose the articles in which repeated runs are looked for (see `choose_sample`)."""
    return articles.loc[choose_sample(articles), "article_id"].tolist()


def find_next(articles: pd.DataFrame, sample: list[str]) -> str:
    """Find the article that would be chosen next, "" when all are chosen."""
    rest = articles[~articles["article_id"].isin(sample)]
    return "".join(_find_first(rest))


def is_sampled(articles: pd.DataFrame, following: str) -> bool:
    """Tell whether articles that are added can be chosen, or keep another one from it.

    Args:
        articles: Those that are added: article_id, kind and chars.
        following: From `find_next`, of all that were there. What comes behind it changes nothing.
    """
    last = pd.DataFrame({"article_id": [following], "kind": "news", "chars": 1})
    return _find_first(pd.concat([articles, last], ignore_index=True)) != [following]


def _find_first(articles: pd.DataFrame) -> list[str]:
    """Find the article that is chosen before all others: alone, if each were more than half a sample."""
    return find_sample(articles.assign(chars=MOST_CHARS // 2 + 1))


def count_sample(articles: pd.DataFrame) -> pd.DataFrame:
    """Count the repeated runs of the articles that were chosen, printed as their own skeletons."""
    return count_repeats(articles).drop(columns="bare")


def gather_coinages(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the coinages of batches, with rows numbered over the whole corpus, in the order of the articles."""
    found = _in_order(parts).reset_index(drop=True)
    surfaces = [surface.decode(ENCODING) for surface in found["surface"].tolist()]
    return fill_bare(found.assign(surface=pd.Series(surfaces, dtype="str")))


def merge_evidence(coinages: pd.DataFrame, repeats: pd.DataFrame) -> pd.DataFrame:
    """Merge the coinages of all batches (see `gather_coinages`) and the repeated runs."""
    return merge_coinages([coinages, fill_bare(repeats)])


def fill_bare(coinages: pd.DataFrame) -> pd.DataFrame:
    """Take the skeletons of coinages anew; they are not kept, and most coinages are their own."""
    bare = coinages["surface"].to_numpy(dtype=object, copy=True)
    for hay in join_texts(bare.tolist()):
        other = np.unique(place_finds(hay, _find_changed(hay.text)).docs)
        bare[other] = [skeleton(surface) for surface in bare[other].tolist()]
    return coinages.assign(bare=pd.Series(bare, dtype="str"))


def propose(
    shortlist: pd.DataFrame,
    counted: list[str],
    count: Callable[[list[str], list[str]], Iterable[pd.DataFrame]],
) -> tuple[pd.DataFrame, list[str], pd.DataFrame]:
    """Make table `slogan_candidates`.

    Args:
        shortlist: From `shortlist_evidence`.
        counted: Forms that were counted before in the batches that stayed.
        count: Called with the forms whose counts are wanted, and those of them that are new everywhere; gives
            the counts of each batch, rows numbered over the whole corpus.

    Returns:
        The table with the form as printed for an example and the `row` of the article to take it from (see
        `fill_examples`); the forms that are counted now; and their counts, where they occur.
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
            return _find_rows(rank_candidates(shortlist, counts), counts), wanted, counts
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
