"""How well pages are split: the splitter and a plain baseline against labelled articles."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.articles import split_articles
from analysis.evaluation.baseline import split_baseline
from analysis.evaluation.gold import PLACE_PARTS, GoldError, read_gold, read_gold_pages
from analysis.evaluation.pairs import pair_articles
from analysis.pages import read_pages

__all__ = [
    "ALL",
    "COLUMNS",
    "METHODS",
    "GoldError",
    "evaluate",
    "evaluate_files",
    "format_report",
    "pair_articles",
    "read_gold",
    "read_gold_pages",
]

#: What splits pages; the first is ours, the second what it is held against.
METHODS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "splitter": split_articles,
    "baseline": split_baseline,
}
#: Row of `evaluate` that sums up all pages.
ALL = "all"
#: Columns of `evaluate` and their dtypes.
COLUMNS = {
    "method": "str",
    "file": "str",
    "articles": "int64",
    "found": "int64",
    "missed": "int64",
    "invented": "int64",
    "count_error": "int64",
    "headlines": "float64",
    "body_f1": "float64",
    "authors_f1": "float64",
    "datelines": "float64",
    "event_dates": "float64",
    "date": "float64",
    "place": "float64",
}


def evaluate_files(pages: str | Path, gold: str | Path) -> pd.DataFrame:
    """Evaluate the pages of a folder against a file of labelled articles.

    A `pages.json` beside the gold file gives day and place of the pages, when it is there.

    Args:
        pages: A file or a folder of newspaper pages.
        gold: JSON file of labelled articles, as `tests/gold/articles.json`.

    Returns:
        See `evaluate`.

    Raises:
        GoldError: The gold file cannot be read, or labels none of the pages.
        PageError: No page can be read.
    """
    return evaluate(read_pages(pages), read_gold(gold), read_gold_pages(Path(gold).with_name("pages.json")))


def evaluate(pages: pd.DataFrame, gold: pd.DataFrame, gold_pages: pd.DataFrame | None = None) -> pd.DataFrame:
    """Hold the splitter and the baseline against labelled articles, per page and in all.

    Each labelled article is paired with at most one found article of its page, so that the pairs share as
    many character pairs as can be; a pair below an F1 of 0.5 is none. White space and the width of
    punctuation do not count anywhere.

    Args:
        pages: Table `pages` with its column `source`.
        gold: Labelled articles, as from `read_gold`.
        gold_pages: Labelled pages, as from `read_gold_pages`; None when there are none.

    Returns:
        One row per method and page, in the order of the pages, and one per method for all pages (file is
        `all`): articles (labelled), found, missed, invented, count_error (absolute difference of the two
        numbers of articles), headlines (share of labelled articles whose kicker, headline and subhead,
        joined, agree), body_f1 (mean over labelled articles of the F1 of characters in order, 0 for a missed
        one),
        authors_f1 (F1 of names), datelines and event_dates (share right of those that are labelled), date and
        place (share of pages right; missing where nothing is labelled). A day is right, too, when it is
        unknown and the gold has none that the page could tell.

    Raises:
        GoldError: No page is labelled.
    """
    labelled = pages[pages["file"].map(_name).isin(gold["file"])]
    if labelled.empty:
        raise GoldError(f"gold: labels none of the {len(pages)} pages; expected file names as in the folder")
    rows = []
    for method, split in METHODS.items():
        pairs = pair_articles(labelled, split(labelled), gold)
        for file, of_page in pairs.groupby("file", sort=False):
            rows.append({"method": method, "file": file, **_measure(of_page)})
            rows[-1] |= _judge_page(labelled, str(file), gold, gold_pages)
        rows.append({"method": method, "file": ALL, **_measure(pairs), **_sum_pages(rows, method)})
    return pd.DataFrame(rows)[list(COLUMNS)].astype(COLUMNS)


def format_report(frame: pd.DataFrame) -> str:
    """Write an evaluation as a table of text, the sums last, ours above the baseline.

    Args:
        frame: As from `evaluate`.

    Returns:
        Lines for a terminal. Shares are in 0-1, as in the frame; a dash stands where nothing is labelled.
    """
    parts = []
    for method in METHODS:
        table = frame[frame["method"] == method].drop(columns="method")
        parts.append(f"{method}\n{table.to_string(index=False, na_rep='-', float_format='{:.3f}'.format)}")
    return "\n\n".join(parts)


def _name(file: str) -> str:
    return Path(file).name


def _measure(pairs: pd.DataFrame) -> dict[str, float]:
    labelled = pairs[pairs["labelled"]]
    found = int(labelled["article_id"].notna().sum())
    invented = int((~pairs["labelled"]).sum())
    files = pairs.groupby("file")
    errors = (files["article_id"].count() - files["labelled"].sum()).abs()
    names = labelled[["names_both", "names_found", "names_labelled"]].sum()
    whole = names["names_found"] + names["names_labelled"]
    return {
        "articles": len(labelled),
        "found": found,
        "missed": len(labelled) - found,
        "invented": invented,
        "count_error": int(errors.sum()),
        "headlines": labelled["headline_right"].mean(),
        "body_f1": labelled["body_f1"].mean(),
        "authors_f1": 2 * names["names_both"] / whole if whole else np.nan,
        "datelines": labelled["dateline_right"].mean(),
        "event_dates": labelled["event_right"].mean(),
    }


def _judge_page(
    pages: pd.DataFrame, file: str, gold: pd.DataFrame, gold_pages: pd.DataFrame | None
) -> dict[str, float]:
    page = pages[pages["file"].map(_name) == file].iloc[0]
    place = np.nan
    labels = gold[gold["file"] == file]
    wanted, says = labels["page_date"].iloc[0], bool(labels["says_date"].any())
    if gold_pages is not None and (gold_pages["file"] == file).any():
        label = gold_pages[gold_pages["file"] == file].iloc[0]
        place = float(all(page[part] == label[part] for part in PLACE_PARTS))
        wanted, says = label["page_date"], True
    return {"date": _judge_date(page, wanted) if says else np.nan, "place": place}


def _judge_date(page: pd.Series, wanted: object) -> float:
    if page["date_basis"] == "given" and not isinstance(wanted, str):
        return np.nan
    known = not pd.isna(page["date"])
    if not isinstance(wanted, str):
        return float(not known)
    return float(not known or f"{page['date']:%Y-%m-%d}" == wanted)


def _sum_pages(rows: list[dict], method: str) -> dict[str, float]:
    own = pd.DataFrame([row for row in rows if row["method"] == method])
    return {"date": own["date"].mean(), "place": own["place"].mean()}
