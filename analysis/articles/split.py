"""One page into articles: fields of each, and what stays over."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.articles.blocks import Block
from analysis.articles.bodies import Body, split_bodies
from analysis.articles.bylines import Author, parse_authors
from analysis.articles.columns import untangle
from analysis.articles.headlines import Match, assign_headlines, is_banner, split_roles
from analysis.articles.layout import measure_layout
from analysis.articles.leads import points_backward
from analysis.articles.lines import read_lines, squeeze
from analysis.articles.sheets import lay_sheet
from analysis.articles.units import Unit, build_units

_WHITE = re.compile(r"[\s\u200b\ufeff]+")
_LATIN_GAP = re.compile(r"(?<=[A-Za-z])[ \u3000]+(?=[A-Za-z])")
_QUESTION = re.compile(r"^(?:记者|问|主持人|Q)\s*[:：]|^[^，。：:]{2,6}[:：]")
#: Questions and answers that make an interview.
_QUESTIONS = 3
_NOTICE = re.compile(r"公告|启事|遗失|声明|通告|讣告|更正|招聘|拍卖|征集|征稿")
_KEEP = "\x00"
#: Confidence of a notice that stands for text without an article.
_STRAY = 0.1


@dataclass
class Article:
    """One article, teaser or notice of a page: units by role, and its fields.

    stray: lines of a notice that stands for text which could not be given to an article.
    """

    kind: str
    start: int
    body: Body | None = None
    kicker: list[Unit] = field(default_factory=list)
    headline: list[Unit] = field(default_factory=list)
    subhead: list[Unit] = field(default_factory=list)
    stray: list[Unit] = field(default_factory=list)
    authors: list[Author] = field(default_factory=list)
    text: str = ""
    continued: bool = False
    confidence: float = 0.0

    @cached_property
    def n_chars(self) -> int:
        """Characters of the text without white space, once it is written."""
        return len(squeeze(self.text))

    @property
    def units(self) -> list[Unit]:
        """All units of the article, whatever their role."""
        heads = [*self.kicker, *self.headline, *self.subhead, *self.stray]
        body = self.body
        return heads if body is None else [*heads, *body.units, *body.bylines, *body.marks]


@dataclass
class Split:
    """A page split: its articles in reading order, headline lines that head nothing, and all units."""

    articles: list[Article]
    banners: list[Unit]
    units: list[Unit]

    @property
    def placed(self) -> set[int]:
        """Starts of the units that belong to an article or are a banner."""
        starts = {unit.start for unit in self.banners}
        for article in self.articles:
            starts.update(unit.start for unit in article.units)
        return starts


def split_page(source: str) -> Split:
    """Split the text of one page, as `split_sources` splits several."""
    return split_sources([source])[0]


def split_sources(sources: Sequence[str]) -> list[Split]:
    """Split the texts of some pages, each by itself.

    Each step is taken for all pages before the next one: it runs faster the second time.

    Args:
        sources: Texts of the pages as they were read.

    Returns:
        For each page articles, teasers and notices in the order of their first paragraph, and everything
        else. Each run of text that belongs nowhere is a notice without headline, so that nothing is dropped.
    """
    lines = list(map(read_lines, sources))
    sheets = list(map(lay_sheet, sources, lines))
    layouts = list(map(measure_layout, sheets))
    units = build_units(sheets, layouts)
    found = list(map(split_bodies, units, layouts))
    found = [untangle(own, bodies, gaps) for own, (bodies, gaps) in zip(units, found, strict=True)]
    headed = [assign_headlines(own, bodies, gaps) for own, (bodies, gaps) in zip(units, found, strict=True)]
    return [
        _put_together(source, own, bodies, *heads)
        for source, own, (bodies, _), heads in zip(sources, units, found, headed, strict=True)
    ]


def _put_together(
    source: str, units: list[Unit], bodies: list[Body], matches: dict[int, Match], left: list[Block]
) -> Split:
    articles = [_make_article(source, units, body, matches.get(n)) for n, body in enumerate(bodies)]
    banners: list[Unit] = []
    for block in left:
        for i in block.units:
            if is_banner(units[i]):
                banners.append(units[i])
            else:
                articles.append(Article("teaser", units[i].start, headline=[units[i]], confidence=0.5))
    articles += [
        Article("teaser", u.start, headline=[u], confidence=0.9) for u in units if u.role == "teaser"
    ]
    split = Split(articles, banners, units)
    articles += _note_strays(split)
    articles.sort(key=lambda article: article.start)
    return split


def clean(text: str) -> str:
    """Take out line ends and inserted spaces; a space between two Latin words stays.

    Example:
        >>> clean("4 月 19 日，\\n\\nSmart City 建 设")
        '4月19日，Smart City建设'
    """
    kept = _LATIN_GAP.sub(_KEEP, text) if " " in text or "\u3000" in text else text
    return squeeze(kept).replace(_KEEP, " ")


def join_lines(units: list[Unit]) -> str:
    """Write headline lines as one, with single spaces between what was printed apart."""
    return " ".join(_WHITE.sub(" ", line.text).strip() for unit in units for line in unit.lines)


def write_text(source: str, body: Body) -> str:
    """Write the text of a body: clean paragraphs, without lead, credits and marks."""
    paragraphs: list[str] = []
    running = False
    for unit in body.units:
        text = _write_paragraph(source, unit)
        if not text:
            continue
        if running and paragraphs and unit.role == "body":
            paragraphs[-1] += text
        else:
            paragraphs.append(text)
        running = unit.cut
    return "\n".join(paragraphs)


def _write_paragraph(source: str, unit: Unit) -> str:
    led = unit.lead is not None and unit.lead.role == "lead"
    if not (led or unit.parts) and len(unit.text) == sum([line.end - line.start for line in unit.lines]):
        return unit.text.replace(_KEEP, " ")  # Nothing to cut out, no white space.
    return clean(_cut_parts(source, unit))


def _cut_parts(source: str, unit: Unit) -> str:
    out = [(part.start, part.end) for part in unit.parts]
    if unit.lead and unit.lead.role == "lead":
        out.insert(0, (unit.start, unit.lead.end))
    text = []
    for line in unit.lines:
        place = line.start
        for start, end in out:
            if end > place and start < line.end:
                text.append(source[place : max(place, start)])
                place = max(place, end)
        text.append(source[place : line.end])
        text.append("\n")
    return "".join(text)


def _note_strays(split: Split) -> list[Article]:
    """Make a notice of each run of units that belong neither to an article nor to the page."""
    placed = split.placed
    runs = itertools.groupby(split.units, lambda u: u.role != "furniture" and u.start not in placed)
    notices = []
    for stray, run in runs:
        if stray:
            units = list(run)
            text = "\n".join(clean(unit.text) for unit in units)
            notices.append(Article("notice", units[0].start, stray=units, text=text, confidence=_STRAY))
    return notices


def _make_article(source: str, units: list[Unit], body: Body, match: Match | None) -> Article:
    kicker, main, sub = split_roles(units, match.units) if match else ([], [], [])
    article = Article("news", body.units[0].start, body)
    article.kicker = [units[i] for i in kicker]
    article.headline = [units[i] for i in main]
    article.subhead = [units[i] for i in sub]
    article.authors = _collect_authors(body)
    article.text = write_text(source, body)
    article.continued = any(
        not points_backward(mark)
        for mark in [source[p.start : p.end] for u in body.units for p in u.parts if p.role == "marker"]
        + [unit.text for unit in body.marks]
    )
    article.kind = _find_kind(article)
    article.confidence = _rate(body, match)
    return article


def _collect_authors(body: Body) -> list[Author]:
    authors = [a for unit in body.bylines if unit.role == "byline" for a in parse_authors(_one_line(unit))]
    authors += [a for unit in body.units if unit.lead for a in unit.lead.authors]
    authors += [a for unit in body.units for part in unit.parts for a in part.authors]
    authors += [
        a
        for unit in body.bylines
        if unit.role == "credit"
        for a in parse_authors(_one_line(unit), photo=True)
    ]
    return list({a.name: a for a in reversed(authors)}.values())[::-1]


def _one_line(unit: Unit) -> str:
    return " ".join(line.text for line in unit.lines)


def _find_kind(article: Article) -> str:
    body = article.body
    size = article.n_chars
    credit = any(p.role == "credit" for u in body.units for p in u.parts) or any(
        u.role == "credit" for u in body.bylines
    )
    if credit and size < 400:
        return "photo"
    if article.text.count("：") + article.text.count(":") >= _QUESTIONS:
        asked = sum([bool(_QUESTION.match(paragraph)) for paragraph in article.text.split("\n")])
        if asked >= _QUESTIONS:
            return "interview"
    heads = squeeze(join_lines(article.headline))
    if _NOTICE.search(heads) and size < 600 and not body.led:
        return "notice" if re.search(r"公告|启事|遗失|声明$|通告|讣告|招聘|拍卖", heads) else "news"
    return "brief" if size < 120 else "news"


def _rate(body: Body, match: Match | None) -> float:
    if match is None:
        return 0.3 if body.led else 0.15
    sure = min(1.0, max(0.0, body.evidence / 8))
    fit = min(1.0, max(0.0, match.score))
    clear = min(1.0, max(0.0, match.margin / 0.6))
    return round(0.35 + 0.2 * sure + 0.2 * fit + 0.25 * clear, 3)
