"""What bytes are thrown at, and what must hold whatever they are; each target raises when it does not.

No target lets an exception of ours through: those are what a reader is told. Any other is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pandas as pd

from analysis.articles import SPAN_COLUMNS, split_articles, split_spans
from analysis.concordance import search_lines
from analysis.corrections import CorrectionError, format_corrections, parse_corrections
from analysis.highlight import mark_slogans
from analysis.pages import parse_contents
from analysis.patterns import PatternError
from analysis.schema import ARTICLES, PAGES, PROBLEMS, check
from analysis.slogans import find_slogans
from analysis.slogans.lexicon import LexiconError
from analysis.slogans.review import format_own_lexicon, parse_own_lexicon
from analysis.sources.names import KNOWN_SUFFIXES, show_name
from analysis.topics.taxonomy import TaxonomyError, format_taxonomy, parse_taxonomy

_KINDS = (*KNOWN_SUFFIXES, ".exe")


def try_readers(content: bytes) -> None:
    """Read bytes as a file of the kind that the first of them picks."""
    if not content:
        return
    name = f"a{_KINDS[content[0] % len(_KINDS)]}"
    reading = parse_contents([(name, content[1:])])
    check(reading.pages, PAGES)
    check(reading.articles, ARTICLES)
    check(reading.problems, PROBLEMS)
    told = {*reading.pages["file"], *reading.problems["file"]}
    assert told or name.endswith(".zip"), "a file was lost"
    assert all(show_name(file) == file for file in told), "a name hides something"
    assert reading.pages["page_id"].is_unique
    assert set(reading.articles["page_id"]) <= set(reading.pages["page_id"])
    assert reading.articles["confidence"].between(0, 1).all()
    assert reading.pages["text_quality"].dropna().between(0, 1).all()
    assert (reading.problems[["what", "why"]] != "").all(axis=None), "a problem without words"
    for text in reading.articles["text"]:
        text.encode("utf-8")


def try_splitter(content: bytes) -> None:
    """Split bytes, as a page of text: every character is in one span, every article in the table."""
    source = content.decode("utf-8", "ignore").replace("\r", "\n")
    pages = _make_page(source)
    spans, articles = split_spans(pages), split_articles(pages)
    check(articles, ARTICLES)
    assert spans.columns.tolist() == list(SPAN_COLUMNS)
    assert (
        "".join(source[start:end] for start, end in zip(spans["start"], spans["end"], strict=True)) == source
    )
    assert set(spans["article_id"].dropna()) <= set(articles["article_id"])
    assert articles["article_id"].is_unique
    assert articles["confidence"].between(0, 1).all()
    _match(articles)


def try_parsers(content: bytes) -> None:
    """Read bytes as a taxonomy, a lexicon and corrections; what is accepted comes back from its text."""
    text = content.decode("utf-8", "replace")
    for parse, write, given, fault in (
        (partial(parse_taxonomy, name="a"), format_taxonomy, text, TaxonomyError),
        (partial(parse_own_lexicon, name="a"), format_own_lexicon, text, LexiconError),
        (parse_corrections, format_corrections, content, CorrectionError),
    ):
        try:
            found = parse(given)
        except fault:
            continue
        written = write(found)
        assert write(parse(written)) == written


def try_searches(content: bytes) -> None:
    """Search a text for a pattern, both from the bytes; lines quote the text where they say."""
    pattern, _, text = content.decode("utf-8", "ignore").partition("\n")
    articles = split_articles(_make_page(text or pattern))
    for is_regex in (False, True):
        try:
            lines = search_lines(articles, pattern, regex=is_regex)
        except PatternError:
            continue
        _hold_to_text(lines, articles)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "readers": try_readers,
    "splitter": try_splitter,
    "parsers": try_parsers,
    "searches": try_searches,
}


def _match(articles: pd.DataFrame) -> None:
    """Find slogans; each hit stands where it says, and is marked without loss."""
    hits = find_slogans(articles)
    _hold_to_text(hits, articles)
    for article in articles.itertuples(index=False):
        bare = re.sub(
            r"</?(?:p|mark)(?: title=\"[^\"]*\")?>", "", mark_slogans(article.text, hits, article.article_id)
        )
        assert "<" not in bare


def _hold_to_text(found: pd.DataFrame, articles: pd.DataFrame) -> None:
    """Each find is the text between its offsets."""
    texts = articles.set_index("article_id")
    for find in found.itertuples(index=False):
        assert texts.at[find.article_id, find.field][find.start : find.end] == find.surface


def _make_page(source: str) -> pd.DataFrame:
    return parse_contents([("a.txt", b"x")]).pages.assign(source=source)
