"""Which found article is which labelled one, and how well they agree."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from analysis.evaluation.gold import plain
from analysis.schema import counted

#: Two texts are the same article when they share at least this much (F1 over character pairs).
SAME = 0.5


def pair_articles(pages: pd.DataFrame, articles: pd.DataFrame, gold: pd.DataFrame) -> pd.DataFrame:
    """Pair labelled with found articles, page by page.

    Args:
        pages: Table `pages`.
        articles: Table `articles` of these pages; teasers and notices are left out.
        gold: As from `read_gold`.

    Returns:
        One row per labelled article and per invented one, in the order of the pages: file, headline (labelled
        one), article_id (of the found one; missing for a missed one), labelled, headline_right, body_f1,
        names_both, names_found, names_labelled, dateline_right and event_right (missing where not labelled),
        confidence.
    """
    found = counted(articles)
    rows: list[dict] = []
    for page in pages.to_dict("records"):
        name = Path(page["file"]).name
        wanted = gold[gold["file"] == name].to_dict("records")
        offered = found[found["page_id"] == page["page_id"]].to_dict("records")
        partner = _match(wanted, offered)
        rows += [
            _compare(name, label, offered[partner[i]] if i in partner else None)
            for i, label in enumerate(wanted)
        ]
        rows += [
            _compare(name, None, article) for j, article in enumerate(offered) if j not in partner.values()
        ]
    return pd.DataFrame(rows)


def measure_f1(left: str, right: str) -> float:
    """F1 of the characters that two texts share in the same order (matching blocks of difflib).

    Example:
        >>> measure_f1("一二三四", "一二四")
        0.8571428571428571
    """
    if left == right:
        return 1.0
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(left) + len(right))


def _match(wanted: list[dict], offered: list[dict]) -> dict[int, int]:
    if not wanted or not offered:
        return {}
    left = [_pairs(label["text"]) for label in wanted]
    right = [_pairs(article["text"]) for article in offered]
    shared = np.array([[_pair_f1(a, b) for b in right] for a in left])
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if shared[i, j] >= SAME}


def _pairs(text: str) -> Counter[str]:
    text = plain(text)
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def _pair_f1(left: Counter[str], right: Counter[str]) -> float:
    whole = left.total() + right.total()
    return 2 * (left & right).total() / whole if whole else 0.0


def _compare(file: str, label: dict | None, article: dict | None) -> dict:
    names = set(filter(None, label["names"].split(";"))) if label else set()
    given = {part.split("/")[0] for part in article["authors"].split(";") if part} if article else set()
    row = {
        "file": file,
        "headline": label["headline"] if label else None,
        "article_id": article["article_id"] if article else None,
        "labelled": label is not None,
        "names_both": len(names & given),
        "names_found": len(given),
        "names_labelled": len(names),
        "confidence": article["confidence"] if article else np.nan,
        "headline_right": np.nan,
        "body_f1": np.nan,
        "dateline_right": np.nan,
        "event_right": np.nan,
    }
    if label:
        row |= _compare_label(label, article)
    return row


def _compare_label(label: dict, article: dict | None) -> dict[str, float]:
    says, knows = isinstance(label["dateline"], str), isinstance(label["event_date"], str)
    if article is None:
        return {
            "headline_right": 0.0,
            "body_f1": 0.0,
            "dateline_right": 0.0 if says else np.nan,
            "event_right": 0.0 if knows else np.nan,
        }
    headline = "".join(plain(article[name]) for name in ("kicker", "headline", "subhead"))
    accepted = {plain(label["dateline"]), plain(label["also"])} if says else set()
    return {
        "headline_right": float(headline == plain(label["headline"])),
        "body_f1": measure_f1(plain(label["text"]), plain(article["text"])),
        "dateline_right": float(plain(article["dateline"]) in accepted) if says else np.nan,
        "event_right": float(article["event_date"] == label["event_date"]) if knows else np.nan,
    }
