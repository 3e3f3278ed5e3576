"""The plain way to split a page, which the splitter is held against."""

from __future__ import annotations

import itertools
import re

import pandas as pd

from analysis import schema
from analysis.schema import ARTICLES

_REPORT = re.compile(r"^[#\s]*(?:本\s*报\s*讯|(?:据\s*)?(?:本报|新华社)\S{0,12}\d+月\d+日电)")
_LEAD = re.compile(r"^本\s*报\s*讯\s*(?:[（(]([^（()）]*)[)）])?")
_ROLES = re.compile(r"(首席记者|记者|通讯员)")
_MARKS = "# \t\u3000"
#: Blank lines part articles only where fewer lines than this share have one behind them.
_FEW_BLANKS = 0.5
_COPIED = ("date", "date_basis", "paper", "province", "city", "county")


def split_baseline(pages: pd.DataFrame) -> pd.DataFrame:
    """Split pages at 本报讯 (and dispatch lines) and at blank lines, and do nothing else.

    The line above a 本报讯 is taken as its headline; on other pages the first line of each block. Blank lines
    do not count on pages where most lines have one behind them.

    Args:
        pages: Table `pages` with its column `source`.

    Returns:
        Table `articles`; the fields that such a splitter does not know are empty.
    """
    rows = []
    for page in pages.to_dict("records"):
        blocks = _cut(page["source"])
        rows += [_row(page, number, block) for number, block in enumerate(blocks, 1)]
    if not rows:
        return schema.empty(ARTICLES)
    frame = pd.DataFrame(rows)
    frame["date"] = pd.to_datetime(frame["date"])
    return schema.conform(frame, ARTICLES)


def _cut(source: str) -> list[list[str]]:
    lines = [line.strip(_MARKS) for line in source.split("\n")]
    printed = [line for line in lines if line]
    blanks = sum(bool(a) and not b for a, b in itertools.pairwise(lines))
    if blanks >= _FEW_BLANKS * max(1, len(printed)):
        return _cut_at_reports(printed)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [part for block in blocks if block for part in _cut_at_reports(block)]


def _cut_at_reports(lines: list[str]) -> list[list[str]]:
    starts = [max(0, number - 1) for number, line in enumerate(lines) if _REPORT.match(line)]
    cuts = sorted({0, *starts, len(lines)})
    return [lines[a:b] for a, b in itertools.pairwise(cuts) if b > a]


def _row(page: dict, number: int, lines: list[str]) -> dict:
    head, body = (lines[0], lines[1:]) if len(lines) > 1 and not _REPORT.match(lines[0]) else ("", lines)
    lead = _LEAD.match(body[0])
    text = "\n".join([body[0][lead.end() :] if lead else body[0], *body[1:]])
    return {
        "article_id": f"{page['page_id']}-{number:02d}",
        "page_id": page["page_id"],
        "position": number,
        "kind": "news",
        "kicker": "",
        "headline": head,
        "subhead": "",
        "authors": _read_authors(lead.group(1) or "" if lead else ""),
        "dateline": "",
        "event_date": None,
        **{name: page[name] for name in _COPIED},
        "continued": False,
        "text": text,
        "n_chars": len(re.sub(r"\s+", "", text)),
        "confidence": 0.0,
    }


def _read_authors(printed: str) -> str:
    role, names = "", []
    for word in _ROLES.sub(r" \1 ", printed).split():
        if _ROLES.fullmatch(word):
            role = word
        else:
            names.append(f"{word}/{role}")
    return ";".join(names)
