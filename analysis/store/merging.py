"""Tables that rest on all batches, merged from what each of them gave."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.corpus import count_articles, find_problems
from analysis.pages import describe_table, find_damage
from analysis.schema import PAGES, PROBLEMS, SLOGAN_FREQUENCIES, conform, empty
from analysis.slogans.frequencies import measure_counts
from analysis.store.stages import DAMAGED, STRAY

_KEYS = ["period", "paper", "county"]
_SHARED = ["kind", "paper", "province", "city", "county", "date", "n_chars"]


def merge_counts(counts: Iterable[pa.Table], cells: Iterable[pa.Table]) -> pd.DataFrame:
    """Merge the counts of slogans and the sizes of the cells of batches.

    Args:
        counts: slogan, period, paper, county, n, n_articles of each batch.
        cells: period, paper, county, articles, chars of each batch.

    Returns:
        Table `slogan_frequencies`, as `count_slogans` makes it of all articles at once: an article stands
        in one batch only, and whole numbers add up the same in any order.
    """
    merged = _add_up(counts, ["slogan", *_KEYS], ["n", "n_articles"])
    if merged.empty:
        return empty(SLOGAN_FREQUENCIES)
    return measure_counts(merged.merge(_add_up(cells, _KEYS, ["articles", "chars"]), on=_KEYS), _KEYS)


def extend_counts(
    before: pd.DataFrame, new: pd.DataFrame, counts: Iterable[pa.Table], cells: Iterable[pa.Table]
) -> pd.DataFrame:
    """Extend table `slogan_frequencies` by batches that came; rows of other cells than theirs stand.

    Args:
        before: The table.
        new: Cells of the new batches.
        counts: As in `merge_counts`, of the new batches.
        cells: As in `merge_counts`, of all batches.

    Returns:
        As `merge_counts`.
    """
    touched = set(map(tuple, new[_KEYS].fillna("").to_numpy(dtype=object).tolist()))
    columns = (before[key].fillna("").tolist() for key in _KEYS)
    is_touched = np.array([cell in touched for cell in zip(*columns, strict=True)], dtype=bool)
    found = merge_counts([pa.Table.from_pandas(before[is_touched]), *counts], cells)
    both = [frame for frame in (before[~is_touched], found) if len(frame)]
    if not both:
        return empty(SLOGAN_FREQUENCIES)
    frequencies = pd.concat(both, ignore_index=True).sort_values(["slogan", *_KEYS], kind="stable")
    return conform(frequencies, SLOGAN_FREQUENCIES)


def merge_mentions(mentions: Iterable[pa.Table]) -> pd.DataFrame:
    """Merge the mentions of batches, as `topics.merge_mentions` does."""
    keys = ["cue", "mentions"]
    return _add_up(mentions, keys, ["articles"]).sort_values(keys, ignore_index=True)


def merge_pages(
    files: list[dict],
    found: Iterable[pd.DataFrame],
    articles: pd.DataFrame,
    notes: list[tuple[str, str, str]],
    before: pd.DataFrame | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the tables `pages` and `problems` of all batches.

    Args:
        files: Files of the manifest; the new ones alone where there are rows `before`.
        found: Table `pages` of each batch with pages of these files, without `source`.
        articles: Columns page_id, kind, place, date and n_chars of table `articles`, of these files.
        notes: Problems of all files as (file, what, why).
        before: Rows of table `pages` of all other files.

    Returns:
        Both tables, as `corpus.read_split` makes them of the whole source.
    """
    before = empty(PAGES) if before is None else conform(before.assign(source=""), PAGES)
    of_files = articles.groupby("page_id", sort=False)
    groups = of_files.indices
    tables = [
        describe_table(file["file"], file["page_id"], articles.iloc[groups.get(file["page_id"], [])])
        for file in files
        if file.get("kind") == "rows"
    ]
    listed = [frame for frame in found if len(frame)] + ([pd.DataFrame(tables)] if tables else [])
    framed = [conform(frame.assign(source=""), PAGES) for frame in listed]
    framed = [count_articles(frame, articles) for frame in framed] + ([before] if len(before) else [])
    if not framed:
        return empty(PAGES), _sort_problems(notes)
    pages = conform(pd.concat(framed).sort_values("file"), PAGES)
    # A page that had an article has it still.
    with_articles = before.loc[before["n_articles"] > 0, ["page_id"]].assign(kind="news")
    articles = pd.concat([articles[["page_id", "kind"]], with_articles])
    return pages, find_problems(pages, articles, _sort_problems(notes))


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


def _add_up(tables: Iterable[pa.Table], keys: list[str], sums: list[str]) -> pd.DataFrame:
    """Add up columns of the rows with the same keys, in no certain order."""
    listed = [table.select([*keys, *sums]) for table in tables if len(table)]
    if not listed:
        return pd.DataFrame(columns=[*keys, *sums])
    rows = pa.concat_tables(listed, promote_options="permissive").combine_chunks()
    code = np.zeros(len(rows), dtype=np.int64)
    for key in keys:
        column = rows[key].combine_chunks().dictionary_encode(null_encoding="encode")
        code, distinct = pd.factorize(code * len(column.dictionary) + column.indices.to_numpy())
    first = np.empty(len(distinct), dtype=np.int64)
    first[code[::-1]] = np.arange(len(code))[::-1]
    added = {name: np.bincount(code, rows[name].to_numpy()).astype(np.int64) for name in sums}
    return rows.select(keys).take(pa.array(first)).to_pandas().assign(**added)
