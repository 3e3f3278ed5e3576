"""Every table of a source in one call: the composition that command line and dashboard share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis import keywords, pages, slogans, topics
from analysis.articles import split_pages
from analysis.corrections import Corrected, correct_articles, read_corrections
from analysis.schema import PAGES, PROBLEMS, conform, counted

#: Called with the name of the stage that begins; says nothing about how long it takes.
Progress = Callable[[str], None]


class Tables(NamedTuple):
    """The nine tables of one corpus (see `analysis.schema`)."""

    pages: pd.DataFrame
    articles: pd.DataFrame
    article_topics: pd.DataFrame
    topic_words: pd.DataFrame
    keywords: pd.DataFrame
    slogan_hits: pd.DataFrame
    slogan_frequencies: pd.DataFrame
    slogan_candidates: pd.DataFrame
    problems: pd.DataFrame


class Split(NamedTuple):
    """Tables `pages`, `articles` and `problems` of a source, and the spans of its pages."""

    pages: pd.DataFrame
    articles: pd.DataFrame
    problems: pd.DataFrame
    spans: pd.DataFrame


class Corpus(NamedTuple):
    """The tables of a source, and the spans that account for every character of its pages."""

    tables: Tables
    spans: pd.DataFrame


def read_tables(
    source: str | Path,
    *,
    lexicon: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Read a source and make every table of it (see `read_corpus`)."""
    return read_corpus(source, lexicon=lexicon, taxonomy=taxonomy, progress=progress).tables


def read_corpus(
    source: str | Path,
    *,
    lexicon: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
    corrections: pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """Read a source, make every table of it, and account for its characters.

    What a person corrected, in files beside the pages (see `analysis.corrections`), is carried out.

    Args:
        source: A file or a folder of newspaper pages or of tables of ready-made articles.
        lexicon: Slogans to count, as from `slogans.read_lexicon`; the built-in ones when None.
        taxonomy: Topics and cues, as from `topics.read_taxonomy`; the built-in ones when None.
        corrections: Further corrections, carried out after those of the files.
        progress: Told the name of each stage as it begins.

    Returns:
        All nine tables, and the spans of the pages (see `articles.split_spans`).

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
    """
    report = progress or (lambda stage: None)
    cut = read_split(source, corrections=corrections, progress=report)
    tables = make_tables(
        cut.pages, cut.articles, cut.problems, lexicon=lexicon, taxonomy=taxonomy, progress=report
    )
    return Corpus(tables, cut.spans)


def read_split(
    source: str | Path, *, corrections: pd.DataFrame | None = None, progress: Progress | None = None
) -> Split:
    """Read a source and split its pages, the part of `read_corpus` that no lexicon changes.

    Args:
        source: As in `read_corpus`.
        corrections: As in `read_corpus`.
        progress: As in `read_corpus`.

    Returns:
        Pages with their articles counted, articles, problems, and spans.

    Raises:
        PageError: The source is missing, empty, or nothing in it can be read.
    """
    report = progress or (lambda stage: None)
    report("reading pages")
    reading = pages.read_source(source)
    report("splitting articles")
    found = split_reading(reading, source, corrections)
    articles = pd.concat([found.articles, reading.articles], ignore_index=True)
    problems = pd.concat([reading.problems, found.problems])
    return Split(
        count_articles(reading.pages, articles),
        articles,
        find_problems(reading.pages, articles, problems),
        found.spans,
    )


def make_tables(
    pages: pd.DataFrame,
    articles: pd.DataFrame,
    problems: pd.DataFrame,
    *,
    lexicon: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
    progress: Progress | None = None,
) -> Tables:
    """Make the tables that follow from articles.

    Args:
        pages: Table `pages`, handed through.
        articles: Table `articles`.
        problems: Table `problems`, handed through.
        lexicon: As in `read_corpus`.
        taxonomy: As in `read_corpus`.
        progress: As in `read_corpus`.

    Returns:
        All nine tables. Topics, keywords, slogans and candidates are those of the rows that count as
        articles; teasers and notices stand in `articles` only. `slogan_hits` has each occurrence once,
        under the longest slogan; `slogan_frequencies` counts it for the slogans inside that one too.
    """
    report = progress or (lambda stage: None)
    lexicon = slogans.read_lexicon() if lexicon is None else lexicon
    taxonomy = topics.read_taxonomy() if taxonomy is None else taxonomy
    news = counted(articles)
    report("finding slogans")
    hits = slogans.find_slogans(news, lexicon)
    candidates = slogans.find_candidates(news, lexicon)
    report("scoring topics")
    article_topics = topics.score_topics(news, taxonomy)
    topic_words = topics.score_topic_words(news, taxonomy)
    report("scoring keywords")
    return Tables(
        pages=pages,
        articles=articles,
        article_topics=article_topics,
        topic_words=topic_words,
        keywords=keywords.score_keywords(news, lexicon=lexicon),
        slogan_hits=hits,
        slogan_frequencies=slogans.count_slogans(slogans.roll_up(hits, lexicon), news),
        slogan_candidates=candidates,
        problems=problems,
    )


def count_articles(pages: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Fill `pages.n_articles` with the rows of `articles` that count as articles.

    Args:
        pages: Table `pages`.
        articles: Table `articles`.

    Returns:
        Table `pages`, same rows and order; 0 for a page on which no article was found.
    """
    found = counted(articles).groupby("page_id").size()
    return conform(pages.assign(n_articles=pages["page_id"].map(found).fillna(0)), PAGES)


def find_problems(pages: pd.DataFrame, articles: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    """Add to the problems of reading one row for every page without an article.

    Args:
        pages: Table `pages`.
        articles: Table `articles` of those pages.
        problems: Table `problems` so far.

    Returns:
        Table `problems`, sorted by file.
    """
    found = set(counted(articles)["page_id"])
    bare = pages.loc[~pages["page_id"].isin(found), ["file"]]
    bare = bare.assign(what="no article", why="no article was found on this page; is it newspaper text?")
    both = pd.concat([problems[PROBLEMS.names], bare])
    return conform(both.sort_values("file", kind="stable"), PROBLEMS)


def split_reading(
    reading: pages.Reading, source: str | Path, corrections: pd.DataFrame | None = None
) -> Corrected:
    """Split the pages of a reading and carry out what a person corrected.

    Args:
        reading: Pages as read.
        source: Where they were read from; the files of corrections lie there.
        corrections: Further corrections, carried out after those of the files.

    Returns:
        Articles and spans of the pages, and the problems of the corrections.
    """
    beside = read_corrections(source, reading.pages)
    rows = pd.concat([beside.rows, *([] if corrections is None else [corrections])], ignore_index=True)
    articles, spans = split_pages(reading.pages)
    done = correct_articles(reading.pages, articles, spans, rows)
    return done._replace(problems=pd.concat([beside.problems, done.problems], ignore_index=True))
