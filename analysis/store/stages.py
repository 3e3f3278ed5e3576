"""Stages of a batch: bytes in, bytes out, so that any process on any machine can compute them.

What each rests on: `split` on the pieces alone, `topics` on the taxonomy, `slogans` and `words` on the
lexicon, for a slogan stays whole among the words of an article.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from analysis import pages, slogans, topics
from analysis.articles import split_articles, split_spans
from analysis.corrections import correct_articles
from analysis.corrections.files import fit_corrections, no_corrections
from analysis.keywords import WordDocuments
from analysis.metadata.dates import parse_file_date
from analysis.periods import label_periods
from analysis.schema import ARTICLES, PAGES, conform, counted, empty
from analysis.slogans.frequencies import count_chars
from analysis.sources.encodings import EncodingError
from analysis.sources.files import SourceError, SourceFile
from analysis.sources.tables import no_text_column, parse_rows
from analysis.store.candidates import make_coinages, make_forms
from analysis.store.fingerprints import print_stages
from analysis.store.manifest import StoreError
from analysis.store.parts import dump_part, load_frame
from analysis.store.pieces import Piece
from analysis.store.words import load_words, make_words, rank_words

#: Stage -> parts that it makes.
PARTS = {
    "split": ("pages", "articles", "texts", "cells"),
    "topics": ("topics", "mentions"),
    "slogans": ("hits", "counts"),
    "words": ("words", "totals"),
    "coinages": ("coinages",),
}
_KEYS = ["period", "paper", "county"]
_NO_TEXT = "no text"


class Job(NamedTuple):
    """Work for one process.

    Attributes:
        pieces: Pieces to be split; empty when `parts` has the articles.
        parts: Bytes of the parts `articles` and `texts` of a batch that was split before.
        stages: Stages to compute.
        lexicon: Pickled lexicon; None for the product's own.
        taxonomy: Pickled taxonomy; None for the product's own.
        versions: Fingerprints of the stages as the process that asks has them.
    """

    pieces: tuple[Piece, ...]
    parts: dict[str, bytes]
    stages: tuple[str, ...]
    lexicon: bytes | None
    taxonomy: bytes | None
    versions: dict[str, str]


class Done(NamedTuple):
    """What came of a job: rows of `articles` a piece, notes, and the bytes of each part (see `Batch`)."""

    rows: list[int]
    notes: list[list]
    parts: dict[str, bytes]


def run_job(job: Job) -> Done:
    """Compute the stages of a batch.

    Raises:
        StoreError: This process has another version of the code than the one that asks.
    """
    if job.versions != print_stages():
        raise StoreError(
            "a worker has another version of this program; install the same one on every machine"
        )
    rows, notes, made = [], [], {}
    if job.pieces:
        made, rows, notes = _split(job.pieces)
        articles = made["articles"].assign(text=made["texts"]["text"])
    else:
        articles = load_frame(job.parts["articles"]).assign(text=load_frame(job.parts["texts"])["text"])
    news = _number(articles)
    lexicon, taxonomy = _unpack(job.lexicon), _unpack(job.taxonomy)
    for stage in job.stages:
        if stage in _MAKERS:
            made |= _MAKERS[stage](news, lexicon, taxonomy)
    return Done(
        rows, notes, {name: dump_part(frame, coded=_CODED.get(name, [])) for name, frame in made.items()}
    )


class FormsJob(NamedTuple):
    """Forms to be counted in the articles of a batch: its number, its parts, and the forms."""

    number: int
    articles: bytes
    texts: bytes
    surfaces: list[str]


def run_forms(job: FormsJob) -> bytes:
    """Count forms in a batch (see `candidates.make_forms`)."""
    articles = load_frame(job.articles).assign(text=load_frame(job.texts)["text"])
    return dump_part(make_forms(_number(articles), job.surfaces), coded=True)


class RankJob(NamedTuple):
    """A batch whose keywords are to be ranked: its number, its parts, and the frequencies of its words."""

    number: int
    words: bytes
    totals: bytes
    documents: WordDocuments


def run_rank(job: RankJob) -> bytes:
    """Rank the keywords of a batch (see `words.rank_words`)."""
    return dump_part(
        rank_words(load_words(job.words, job.totals), job.documents), coded=["word", "n", "rank"]
    )


def pack_frame(frame: pd.DataFrame | None) -> bytes | None:
    """Pack a lexicon or a taxonomy for jobs."""
    return None if frame is None else pickle.dumps(frame, protocol=5)


@lru_cache(maxsize=4)
def _unpack(packed: bytes | None) -> pd.DataFrame | None:
    return None if packed is None else pickle.loads(packed)


def _split(pieces: tuple[Piece, ...]) -> tuple[dict[str, pd.DataFrame], list[int], list[list]]:
    found, listed, notes = [], [], []
    for number, piece in enumerate(pieces):
        page, articles, problems = (_split_page if piece.kind == "page" else _split_rows)(piece)
        listed.append(articles)
        notes += [[number, *problem] for problem in problems]
        found += [] if page is None else [page]
    some = [articles for articles in listed if len(articles)]
    articles = pd.concat(some, ignore_index=True) if some else empty(ARTICLES)
    articles = articles.assign(chars=count_chars(articles))
    news = counted(articles)
    cells = news.assign(period=label_periods(news["date"], "month"))
    cells = cells.groupby(_KEYS, dropna=False, as_index=False).agg(
        articles=("article_id", "size"), chars=("chars", "sum")
    )
    bare = pd.concat(found, ignore_index=True) if found else empty(PAGES)
    parts = {
        "pages": bare.drop(columns="source"),
        "articles": articles.drop(columns="text"),
        "texts": articles[["text"]],
        "cells": cells,
    }
    return parts, [len(articles) for articles in listed], notes


def _split_page(piece: Piece) -> tuple[pd.DataFrame | None, pd.DataFrame, list[tuple]]:
    file = SourceFile(piece.name, piece.content)
    try:
        row = pages.read_page(file, piece.page_id)
    except pages.LeftOutError as problem:
        return None, empty(ARTICLES), [(piece.name, problem.what, str(problem))]
    except EncodingError as error:
        what = getattr(error, "what", SourceError.what)
        return None, empty(ARTICLES), [(piece.name, what, str(error))]
    page = conform(pd.DataFrame([row]), PAGES)
    articles, problems = split_articles(page), []
    if piece.fixes:
        rows, stale = fit_corrections(piece.fixes, piece.name, piece.page_id)
        rows = pd.concat([no_corrections(), rows])
        done = correct_articles(page, articles, split_spans(page), rows)
        articles = done.articles
        problems = [*stale, *done.problems.itertuples(index=False, name=None)]
    return page, articles, problems


def _split_rows(piece: Piece) -> tuple[None, pd.DataFrame, list[tuple]]:
    try:
        rows = parse_rows(piece.content.split(b"\n"), "", parse_file_date(piece.name))
    except SourceError as error:
        what = getattr(error, "what", SourceError.what)
        return None, empty(ARTICLES), [(piece.name, what, str(error))]
    notes = [(piece.name, _NO_TEXT, str(no_text_column(rows.headings)))] if rows.headings else []
    return None, rows.articles, notes


def _number(articles: pd.DataFrame) -> pd.DataFrame:
    """Keep what counts as articles, named by the number of the row, which is their order."""
    names = pd.Series([f"{row:09d}" for row in range(len(articles))], dtype="str")
    return counted(articles.assign(article_id=names))


def _row_of(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns="article_id").assign(row=frame["article_id"].astype("int32"))


def _make_topics(news: pd.DataFrame, _lexicon: object, taxonomy: pd.DataFrame | None) -> dict:
    scores, mentions = topics.score_topics_and_mentions(news, taxonomy)
    return {"topics": _row_of(scores), "mentions": mentions}


def _make_slogans(news: pd.DataFrame, lexicon: pd.DataFrame | None, _taxonomy: object) -> dict:
    hits = slogans.find_slogans(news, lexicon)
    rolled = slogans.roll_up(hits, lexicon)
    counts = slogans.count_slogans(rolled, news)[["slogan", *_KEYS, "n", "n_articles"]]
    return {"hits": _row_of(hits), "counts": counts}


def _make_words(news: pd.DataFrame, lexicon: pd.DataFrame | None, _taxonomy: object) -> dict:
    return make_words(news, lexicon)


def _make_coinages(news: pd.DataFrame, _lexicon: object, _taxonomy: object) -> dict:
    return {"coinages": make_coinages(news)}


_MAKERS: dict[str, Callable[..., dict[str, pd.DataFrame | pa.Table]]] = {
    "topics": _make_topics,
    "slogans": _make_slogans,
    "words": _make_words,
    "coinages": _make_coinages,
}
#: Columns of each part whose values recur.
_CODED = {
    "articles": ["kind", "date_basis", "paper", "province", "city", "county", "date"],
    "topics": ["topic"],
    "mentions": True,
    "words": True,
    "coinages": ["form", "prior", "times", "field"],
    "hits": ["slogan", "surface", "field", "crossing"],
    "counts": ["slogan", "period", "paper", "county"],
    "cells": True,
}
