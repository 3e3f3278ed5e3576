"""The page coloured: every character of the source has a role, and an article where it belongs to one."""

from __future__ import annotations

from analysis.articles.split import Article, Split
from analysis.articles.units import Unit

#: Roles of `split_spans`, and what each means.
ROLES: dict[str, str] = {
    "kicker": "Line above the headline.",
    "headline": "Main headline.",
    "subhead": "Line below the headline.",
    "body": "Text of an article.",
    "byline": "Names of those who wrote it, on a line of their own or in brackets at the end.",
    "lead": "Opening that says nothing but who reports, such as 本报讯(记者 …).",
    "credit": "Who took the photograph.",
    "marker": "Note that the rest or the beginning stands on another page.",
    "banner": "Name of a column or campaign over one or more articles.",
    "teaser": "Headline of an article on another page.",
    "furniture": "Matter of the page: masthead, date, editors, advertisements.",
    "unplaced": "Text that could not be given to an article; a notice stands for it.",
}

Span = tuple[int, int, str, int | None]


def tile(source: str, split: Split) -> list[Span]:
    """Lay spans over the whole source without gap or overlap.

    Args:
        source: Text of the page.
        split: As from `split_page`.

    Returns:
        (start, end, role, position of the article or None) in source order, from 0 to the end.
    """
    pieces: list[Span] = []
    for number, article in enumerate(split.articles, 1):
        pieces += _article_spans(article, number)
    pieces += [span for unit in split.banners for span in _unit_spans(unit, "banner", None)]
    placed = {start for start, _, _, _ in pieces}
    for unit in split.units:
        if unit.start not in placed:
            pieces += _unit_spans(unit, "furniture", None)
    return _fill(source, sorted(pieces))


def _article_spans(article: Article, number: int) -> list[Span]:
    spans: list[Span] = []
    head = "teaser" if article.kind == "teaser" else "headline"
    for role, units in (("kicker", article.kicker), (head, article.headline), ("subhead", article.subhead)):
        spans += [span for unit in units for span in _unit_spans(unit, role, number)]
    spans += [span for unit in article.stray for span in _unit_spans(unit, "unplaced", number)]
    if article.body is None:
        return spans
    for unit in article.body.units:
        spans += _body_spans(unit, number)
    for unit in article.body.bylines:
        spans += _unit_spans(unit, unit.role, number)
    for unit in article.body.marks:
        spans += _unit_spans(unit, "marker", number)
    return spans


def _unit_spans(unit: Unit, role: str, number: int | None) -> list[Span]:
    """The one span of a unit: nothing stands between its lines."""
    return [(unit.start, unit.end, role, number)]


def _body_spans(unit: Unit, number: int) -> list[Span]:
    """Spans of a paragraph, with what stands inside it and is no text."""
    inner = [(part.start, part.end, part.role) for part in unit.parts]
    if unit.lead and unit.lead.role == "lead":
        inner.insert(0, (unit.start, unit.lead.end, "lead"))
    if not inner:
        return _unit_spans(unit, "body", number)
    spans: list[Span] = []
    for line in unit.lines:
        place = line.start
        for start, end, role in inner:
            if end <= place or start >= line.end:
                continue
            if start > place:
                spans.append((place, start, "body", number))
            spans.append((max(start, place), min(end, line.end), role, number))
            place = min(end, line.end)
        if place < line.end:
            spans.append((place, line.end, "body", number))
    return spans


def _fill(source: str, pieces: list[Span]) -> list[Span]:
    """Give white space and heading marks to their neighbours, and join spans of a kind.

    Between two pieces, what stands on the line of the second one (heading marks, an indent) goes to it, the
    rest to the first.
    """
    filled: list[Span] = []
    place = 0
    for first, end, role, number in pieces:
        if end <= place:
            continue
        start = max(first, place)
        if start > place:
            start = (source.rfind("\n", place, start) + 1 or place) if filled else 0
            if filled:
                filled[-1] = (filled[-1][0], start, *filled[-1][2:])
        if filled and filled[-1][2:] == (role, number):
            filled[-1] = (filled[-1][0], end, role, number)
        else:
            filled.append((start, end, role, number))
        place = end
    if not filled:
        return [(0, len(source), "furniture", None)] if source else []
    filled[-1] = (filled[-1][0], len(source), *filled[-1][2:])
    return [span for span in filled if span[1] > span[0]]
