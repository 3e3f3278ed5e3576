"""Tables that rest on all batches, merged from what each of them gave."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.corpus import count_articles, find_problems
from analysis.pages import describe_table, find_damage
from analysis.schema import PAGES, PROBLEMS, SLOGAN_FREQUENCIES, conform, empty
from analysis.slogans.frequencies import measure_counts
from analysis.store.stages import DAMAGED, STRAY

_KEYS = ["period", "paper", "county"]
_SHARED = ["kind", "paper", "province", "city", "county", "date", "n_chars"]


def merge_counts(counts: Iterable[pd.DataFrame], cells: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Merge the counts of slogans and the sizes of the cells of batches.

    Args:
        counts: slogan, period, paper, county, n, n_articles of each batch.
        cells: period, paper, county, articles, chars of each batch.

    Returns:
        Table `slogan_frequencies`, as `count_slogans` makes it of all articles at once: an article stands
        in one batch only, and whole numbers add up the same in any order.
    """
    merged = _add_up(counts, ["slogan", *_KEYS])
    if merged.empty:
        return empty(SLOGAN_FREQUENCIES)
    return measure_counts(merged.merge(_add_up(cells, _KEYS), on=_KEYS), _KEYS)


def merge_pages(
    files: list[dict],
    found: Iterable[pd.DataFrame],
    articles: pd.DataFrame,
    notes: list[tuple[str, str, str]],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the tables `pages` and `problems` of all batches.

    Args:
        files: Files of the manifest.
        found: Table `pages` of each batch, without `source`.
        articles: Columns page_id, kind, place, date and n_chars of table `articles`.
        notes: Problems as (file, what, why).

    Returns:
        Both tables, as `corpus.read_split` makes them of the whole source.
    """
    of_files = articles.groupby("page_id", sort=False)
    groups = of_files.indices
    tables = [
        describe_table(file["file"], file["page_id"], articles.iloc[groups.get(file["page_id"], [])])
        for file in files
        if file.get("kind") == "rows"
    ]
    listed = [frame for frame in found if len(frame)] + ([pd.DataFrame(tables)] if tables else [])
    if not listed:
        return empty(PAGES), _sort_problems(notes)
    pages = pd.concat([conform(frame.assign(source=""), PAGES) for frame in listed])
    pages = conform(pages.sort_values("file"), PAGES)
    return count_articles(pages, articles), find_problems(pages, articles, _sort_problems(notes))


def list_faults(files: list[dict], notes: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """List the files that were left out, as (file, what, why).

    Args:
        files: Files of the manifest.
        notes: What went wrong within pages.

    Returns:
        One row a file. The double of a file that cannot be read cannot be read either.
    """
    faults = {file: (what, why) for file, what, why in notes if what != DAMAGED}
    for file in files:
        if "why" in file:
            faults[file["file"]] = faults.get(file.get("twin"), (file["what"], file["why"]))
    left_out = [file["file"] for file in files if "why" in file]
    return [(name, *faults[name]) for name in left_out]


def sum_damage(notes: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Add up the characters of each file that could not be read, as (file, what, why)."""
    strays: dict[str, int] = {}
    for file, what, number in notes:
        if what == DAMAGED:
            strays[file] = strays.get(file, 0) + int(number)
    found = [find_damage(file, [STRAY * number]) for file, number in strays.items()]
    return [(row["file"], row["what"], row["why"]) for rows in found for row in rows]


def _sort_problems(notes: list[tuple[str, str, str]]) -> pd.DataFrame:
    problems = pd.DataFrame(notes, columns=PROBLEMS.names)
    return conform(problems.sort_values("file", kind="stable"), PROBLEMS)


def _add_up(frames: Iterable[pd.DataFrame], keys: list[str]) -> pd.DataFrame:
    listed = [frame for frame in frames if len(frame)]
    if not listed:
        return pd.DataFrame(columns=keys)
    return pd.concat(listed).groupby(keys, dropna=False, as_index=False).sum()
