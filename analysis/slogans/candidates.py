"""Candidates: formulae that look like slogans and that the lexicon lacks."""

from __future__ import annotations

import itertools
import math
import re
from typing import NamedTuple

import pandas as pd

from analysis import schema
from analysis.slogans.coinages import Coinage, find_coinages
from analysis.slogans.lexicon import LEXICON_COLUMNS, iter_forms, read_lexicon
from analysis.slogans.match import Match, compile_lexicon, find_matches
from analysis.slogans.noise import read_noise
from analysis.slogans.repeats import find_repeats
from analysis.slogans.rollup import find_nested
from analysis.slogans.skeleton import QUOTES, skeleton

# Repeated runs are looked for in about this many characters, articles taken at even steps.
_MOST_CHARS = 2_000_000
_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;]?")
_LONGEST_EXAMPLE = 120
# Numeral formulae speak for themselves from this prior on, and at their usual length.
_SURE = 0.6
_NUMERAL_CHARS = 4
# So many times as many as are asked for are counted before the best are chosen.
_SPARE = 5
# A word that is common and seldom stands in the form that speaks for it.
_COMMON, _SELDOM = 10, 0.1


class _Evidence(NamedTuple):
    """The best coinage of a skeleton, and how often its form was seen."""

    coinage: Coinage
    times: int


def find_candidates(
    articles: pd.DataFrame, lexicon: pd.DataFrame | None = None, *, limit: int = 500
) -> pd.DataFrame:
    """Propose slogans that the lexicon lacks.

    Three kinds of form are looked for: what stands in quotation marks; formulae with a numeral (五大战略指引,
    8+4, 双岗建功); and what repeats, be it a run of characters in the corpus or the pattern of its own parts
    (项目提速、企业提效). Names, offices, places, plain numbers, speech and meetings are ranked low.

    Counting convention: n counts occurrences in headlines and text as `find_slogans` does, but each
    candidate for itself, so that one inside another counts for both. Teasers and notices are not searched.

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
    lexicon = read_lexicon() if lexicon is None else lexicon
    articles = schema.counted(articles)
    texts = _list_texts(articles)
    known = {skeleton(form) for _, form, _ in iter_forms(lexicon)}
    found = _collect(texts["text"].tolist(), known)
    if not found:
        return schema.empty(schema.SLOGAN_CANDIDATES)
    candidates = _count(_shortlist(found, _SPARE * limit), texts)
    candidates = candidates.sort_values(["score", "candidate"], ascending=[False, True]).head(limit)
    return schema.conform(candidates, schema.SLOGAN_CANDIDATES)


def _list_texts(articles: pd.DataFrame) -> pd.DataFrame:
    """List every field that is not empty without its white space: article_id, text."""
    long = articles.melt("article_id", [*schema.FIELDS], value_name="value")
    long = long.assign(text=["".join(text.split()) for text in long["value"].fillna("")])
    return long.loc[long["text"] != "", ["article_id", "text"]].reset_index(drop=True)


def _collect(texts: list[str], known: set[str]) -> dict[str, _Evidence]:
    """Gather coinages and repeated runs by skeleton, each with the best that speaks for it."""
    found: dict[str, _Evidence] = {}
    for coinage in itertools.chain.from_iterable(map(find_coinages, texts)):
        _add(found, coinage)
    noise = read_noise()
    for repeat in find_repeats([skeleton(text) for text in _sample(texts)]):
        bare = repeat.surface
        is_odd = noise.inside.search(bare) or noise.at_start.match(bare) or noise.at_end.search(bare)
        if is_odd or noise.name_end.search(bare) or repeat.freedom < 0.6 or repeat.cohesion < 0.25:
            continue
        prior = 0.05 + 0.2 * repeat.cohesion + 0.2 * repeat.freedom
        _add(found, Coinage(bare, "repeated", prior), repeat.n)
    forms = "\n".join(known)
    return {
        bare: e for bare, e in found.items() if bare not in known and not _is_piece(bare, e.coinage, forms)
    }


def _is_piece(bare: str, coinage: Coinage, forms: str) -> bool:
    """Tell whether a repeated run is a mere piece of a known form."""
    return coinage.form == "repeated" and bare in forms


def _add(found: dict[str, _Evidence], coinage: Coinage, times: int = 1) -> None:
    bare = skeleton(coinage.surface)
    best, before = found.get(bare, _Evidence(coinage, 0))
    found[bare] = _Evidence(max(best, coinage, key=lambda c: c.prior), before + times)


def _shortlist(found: dict[str, _Evidence], most: int) -> dict[str, _Evidence]:
    """Keep those worth counting: the best by form and by how often the form was seen."""
    best = sorted(found, key=lambda bare: (-_score(*found[bare], found[bare].times, 1), bare))
    return {bare: found[bare] for bare in best[:most]}


def _sample(texts: list[str]) -> list[str]:
    step = 1 + sum(map(len, texts)) // _MOST_CHARS
    return texts[::step]


def _count(found: dict[str, _Evidence], texts: pd.DataFrame) -> pd.DataFrame:
    """Count every coinage in every text and weigh its form with its spread."""
    by_surface = {evidence.coinage.surface: evidence for evidence in found.values()}
    lexicon = pd.DataFrame(dict.fromkeys(LEXICON_COLUMNS, "") | {"slogan": list(by_surface)})
    values = texts["text"].tolist()
    matches = pd.DataFrame(find_matches(compile_lexicon(lexicon), values), columns=Match._fields)
    matches = matches.assign(article_id=texts["article_id"].to_numpy()[matches["doc"]])
    counts = matches.groupby("slogan", sort=False).agg(
        n=("doc", "size"),
        n_articles=("article_id", "nunique"),
        doc=("doc", "first"),
        start=("start", "first"),
    )
    pieces = _find_pieces(lexicon, counts["n"].to_dict())
    rows = []
    for row in counts.itertuples():
        coinage, times = by_surface[row.Index]
        if row.Index in pieces and not _is_whole(coinage):
            continue
        score = _score(coinage, times, row.n, row.n_articles)
        rows.append(
            (_trim(row.Index), row.n, row.n_articles, coinage.form, score, _quote(values[row.doc], row.start))
        )
    return pd.DataFrame(rows, columns=schema.SLOGAN_CANDIDATES.names)


def _is_whole(coinage: Coinage) -> bool:
    """Tell whether a form speaks for itself even where it only ever stands inside a longer one."""
    is_usual = len(coinage.surface) == _NUMERAL_CHARS or coinage.prior >= _SURE
    return coinage.form == "quoted" or (coinage.form == "numeral" and is_usual)


def _find_pieces(lexicon: pd.DataFrame, counts: dict[str, int]) -> set[str]:
    """Find candidates that only ever stand inside one and the same longer candidate."""
    owners = {skeleton(surface): surface for surface in lexicon["slogan"]}
    return {
        inner
        for bare, insides in find_nested(lexicon).items()
        for inner, _, _ in insides
        if counts.get(inner) == counts.get(owners[bare])
    }


def _score(coinage: Coinage, times: int, n: int, n_articles: int) -> float:
    """Weigh a form with its spread: how often it was seen as such, and in how many articles."""
    seen = n if coinage.form == "repeated" else times
    score = coinage.prior + 0.03 * min(math.log2(seen), 4) + 0.02 * min(math.log2(n_articles), 4)
    if n >= _COMMON and seen < _SELDOM * n:
        score -= 0.2  # a plain word that somebody once set off
    return round(min(max(score, 0.0), 1.0), 4)


def _trim(surface: str) -> str:
    """Take away quotation marks that stand around the whole."""
    inner = surface[1:-1]
    is_wrapped = surface[0] in QUOTES and surface[-1] in QUOTES and QUOTES.isdisjoint(inner)
    return inner if is_wrapped else surface


def _quote(text: str, at: int) -> str:
    """Give the sentence that a place of a text stands in, cut where it is long."""
    start = max(text.rfind(mark, 0, at) for mark in "。！？!?；;") + 1
    sentence = _SENTENCE.match(text, start)[0]
    if len(sentence) <= _LONGEST_EXAMPLE:
        return sentence
    cut = max(0, at - start - _LONGEST_EXAMPLE // 2)
    return sentence[cut : cut + _LONGEST_EXAMPLE]
