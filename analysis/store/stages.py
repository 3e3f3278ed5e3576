"""Stages of a batch: bytes in, bytes out, so that any process on any machine can compute them.

What each rests on: `split` on the pieces alone, `topics` on the taxonomy, `slogans` and `words` on the
lexicon, for a slogan stays whole among the words of an article.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from analysis import pages, slogans, topics
from analysis.articles import split_articles, split_spans
from analysis.corrections import correct_articles
from analysis.corrections.files import SUFFIX, fit_corrections, no_corrections
from analysis.metadata.dates import parse_file_date
from analysis.periods import label_periods
from analysis.schema import ARTICLES, PAGES, conform, counted, empty
from analysis.slogans.frequencies import count_chars
from analysis.sources.encodings import EncodingError
from analysis.sources.files import SourceError, SourceFile
from analysis.sources.tables import no_text_column, parse_records
from analysis.store.candidates import make_coinages, make_forms
from analysis.store.fingerprints import print_stages
from analysis.store.manifest import StoreError
from analysis.store.parts import (
    LEVEL,
    PASSING_LEVEL,
    dump_part,
    load_frame,
    load_part,
    pack_texts,
    unpack_texts,
)
from analysis.store.pieces import Piece
from analysis.store.rubbish import hold_collector
from analysis.store.words import WORD_PARTS, make_words

#: Stage -> parts that it makes.
PARTS = {
    "split": ("pages", "articles", "texts", "cells"),
    "topics": ("topics", "mentions"),
    "slogans": ("hits", "counts"),
    "words": WORD_PARTS,
    "coinages": ("coinages",),
}
#: Parts of which others are made when all batches are merged.
PASSING = ("words", "wordlist")
_KEYS = ["period", "paper", "county"]
#: What notes call rows without a column for the text, and characters that could not be read: no faults of a
#: piece by themselves.
NO_TEXT, DAMAGED = "no text", "damaged"
#: What stands for a character that could not be read.
STRAY = "\ufffd"


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


@hold_collector()
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
        articles = made.pop("all")
    else:
        articles = _join(job.parts["articles"], job.parts["texts"])
    news = _number(articles)
    lexicon, taxonomy = _unpack(job.lexicon), _unpack(job.taxonomy)
    for stage in job.stages:
        if stage in _MAKERS:
            made |= _MAKERS[stage](news, lexicon, taxonomy)
    return Done(rows, notes, {name: _dump(name, frame) for name, frame in made.items()})


def _dump(name: str, frame: pd.DataFrame | pa.Table) -> bytes:
    level = PASSING_LEVEL if name in PASSING else LEVEL
    return dump_part(frame, coded=_CODED.get(name, []), level=level)


class FormsJob(NamedTuple):
    """Forms to be counted in the articles of a batch: its number, its parts, and the forms."""

    number: int
    articles: bytes
    texts: bytes
    surfaces: list[str]


@hold_collector()
def run_forms(job: FormsJob) -> bytes:
    """Count forms in a batch (see `candidates.make_forms`)."""
    return dump_part(make_forms(_number(_join(job.articles, job.texts)), job.surfaces), coded=_CODED["forms"])


def pack_frame(frame: pd.DataFrame | None) -> bytes | None:
    """Pack a lexicon or a taxonomy for jobs."""
    return None if frame is None else pickle.dumps(frame, protocol=5)


@lru_cache(maxsize=4)
def _unpack(packed: bytes | None) -> pd.DataFrame | None:
    return None if packed is None else pickle.loads(packed)


def _split(pieces: tuple[Piece, ...]) -> tuple[dict[str, pd.DataFrame], list[int], list[list]]:
    found, listed, rows, notes = [], [], [], []
    split = _split_pages if pieces[0].kind == "page" else _split_rows
    for number, (page, articles, problems) in enumerate(split(pieces)):
        listed += articles
        rows.append(len(articles))
        notes += [[number, *problem] for problem in problems]
        found += [] if page is None else [page]
    articles = conform(pd.DataFrame(listed), ARTICLES) if listed else empty(ARTICLES)
    articles = articles.assign(chars=count_chars(articles))
    news = counted(articles)
    cells = news.assign(period=label_periods(news["date"], "month"))
    cells = cells.groupby(_KEYS, dropna=False, as_index=False).agg(
        articles=("article_id", "size"), chars=("chars", "sum")
    )
    parts = {
        "pages": (pd.concat(found, ignore_index=True) if found else empty(PAGES)).drop(columns="source"),
        "articles": articles.drop(columns="text"),
        "texts": pack_texts(articles["text"]),
        "cells": cells,
        "all": articles,
    }
    return parts, rows, notes


_Split = tuple[pd.DataFrame | None, list[dict], list[tuple]]


def _split_pages(pieces: tuple[Piece, ...]) -> Iterator[_Split]:
    """Split pages: for each its row of `pages`, its articles, and the problems as (file, what, why)."""
    read = [_read_page(piece) for piece in pieces]
    plain = [row for piece, (row, _) in zip(pieces, read, strict=True) if row and not piece.fixes]
    framed = conform(pd.DataFrame(plain), PAGES) if plain else empty(PAGES)
    # Framed together: to frame each page for itself takes as long as to split it.
    articles: dict[str, list[dict]] = {row["page_id"]: [] for row in plain}
    for record in split_articles(framed).to_dict("records"):
        articles[record["page_id"]].append(record)
    number = 0
    for piece, (row, problems) in zip(pieces, read, strict=True):
        if not row:
            yield None, [], problems
        elif piece.fixes:
            page, records, found = _correct_page(conform(pd.DataFrame([row]), PAGES), piece)
            yield page, records, [*problems, *found]
        else:
            yield framed.iloc[number : number + 1], articles[piece.page_id], problems
            number += 1


def _read_page(piece: Piece) -> tuple[dict | None, list[tuple]]:
    """Read a page: its row of `pages`, None where it is left out, and the problems."""
    try:
        row = pages.read_page(SourceFile(piece.name, piece.content), piece.page_id)
    except pages.LeftOutError as problem:
        return None, [(piece.name, problem.what, str(problem))]
    except EncodingError as error:
        what = getattr(error, "what", SourceError.what)
        return None, [(piece.name, what, str(error))]
    faults = [(f"{piece.name}{SUFFIX}", "correction", piece.fault)] if piece.fault else []
    return row, [*_note_damage(piece, [row["source"]]), *faults]


def _correct_page(page: pd.DataFrame, piece: Piece) -> _Split:
    rows, stale = fit_corrections(piece.fixes, piece.name, piece.page_id)
    done = correct_articles(
        page, split_articles(page), split_spans(page), pd.concat([no_corrections(), rows])
    )
    problems = [*stale, *done.problems.itertuples(index=False, name=None)]
    return page, done.articles.to_dict("records"), problems


def _split_rows(pieces: tuple[Piece, ...]) -> Iterator[_Split]:
    for piece in pieces:
        try:
            records, headings = parse_records(piece.content.split(b"\n"), "", parse_file_date(piece.name))
        except SourceError as error:
            what = getattr(error, "what", SourceError.what)
            yield None, [], [(piece.name, what, str(error))]
        else:
            problems = [(piece.name, NO_TEXT, str(no_text_column(headings)))] if headings else []
            yield None, records, [*problems, *_note_damage(piece, [record["text"] for record in records])]


def _note_damage(piece: Piece, texts: list[str]) -> list[tuple]:
    """Note how many characters could not be read; those of the pieces of a file are added up later."""
    strays = sum(text.count(STRAY) for text in texts)
    return [(piece.name, DAMAGED, str(strays))] if strays else []


def _join(articles: bytes, texts: bytes) -> pd.DataFrame:
    """Join the parts `articles` and `texts`."""
    column = pd.Series(unpack_texts(load_part(texts)["text"]), dtype="str")
    return load_frame(articles).assign(text=column)


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
    "topics": ["topic", "is_main"],
    "mentions": True,
    "coinages": ["form", "prior", "times", "field"],
    "hits": ["slogan", "surface", "field", "crossing"],
    "counts": ["slogan", "period", "paper", "county"],
    "cells": True,
    "forms": ["surface", "n", "n_articles", "field"],
}
