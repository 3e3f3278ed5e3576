"""Small tables that sum up a selection: topics by place and time, officials, coverage."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.codes import code_values, number_rows
from analysis.periods import label_periods
from analysis.schema import counted
from analysis.selection import label_places

#: Place of an article of which neither place nor paper is known.
UNKNOWN_PLACE = "?"
# Rows of a table up to this times as many as are looked up have a place each.
_SPARSEST = 16


def mix_topics(article_topics: pd.DataFrame, articles: pd.DataFrame, *, every: str = "all") -> pd.DataFrame:
    """Average the topic shares of the articles of each place, or of each period.

    Args:
        article_topics: Table `article_topics` (or the like, of discovered topics).
        articles: Table `articles` with the articles of those rows.
        every: all for places; day, week, month, quarter or year for periods of publication.

    Returns:
        One row per place (column place) or period (column period) and topic: topic, share (mean of the
        article shares, 0-1; every article weighs the same), articles (of the place or period); sorted by
        place or period, then share descending. The shares of a place or period sum to 1. Undated articles
        are of the period unknown.
    """
    cell = "place" if every == "all" else "period"
    if cell == "place":
        cells, cell_names = number_places(articles)
    else:
        cells, cell_names = pd.factorize(label_periods(articles["date"], every).astype("str"), sort=True)
    topics, topic_names = pd.factorize(article_topics["topic"])
    # Where each score has its article, among those that have a cell.
    place = _locate(article_topics["article_id"], articles["article_id"])
    # Behind the last article stands what has none.
    is_in = (np.append(cells, -1)[place] >= 0) & (topics >= 0)
    share = article_topics["share"].to_numpy()
    if not is_in.all():
        place, topics, share = place[is_in], topics[is_in], share[is_in]
    shape = (len(cell_names), len(topic_names))
    both = cells[place] * shape[1] + topics
    sums = np.bincount(both, weights=share, minlength=shape[0] * shape[1])
    is_scored = np.zeros(len(cells), dtype=bool)
    is_scored[place] = True
    articles_of = np.bincount(cells[is_scored], minlength=shape[0])
    lines = np.bincount(both, minlength=shape[0] * shape[1])
    return make_mix(
        cell,
        cell_names,
        topic_names,
        sums=sums.reshape(shape),
        lines=lines.reshape(shape),
        articles=articles_of,
    )


def make_mix(
    cell: str,
    cell_names: pd.Index,
    topic_names: pd.Index,
    *,
    sums: np.ndarray,
    lines: np.ndarray,
    articles: np.ndarray,
) -> pd.DataFrame:
    """Make the table that `mix_topics` gives of what was added up before.

    Args:
        cell: place or period.
        cell_names: Names of the cells.
        topic_names: Names of the topics.
        sums: Cells x topics: sum of the shares.
        lines: Cells x topics: lines of `article_topics`; where there is none the table has no row.
        articles: Articles of each cell.

    Returns:
        As `mix_topics`.

    Example:
        >>> names = pd.Index(["x"]), pd.Index(["t", "u"])
        >>> mix = make_mix(
        ...     "place", *names, sums=np.array([[3.0, 0]]), lines=np.array([[4, 0]]), articles=np.array([4])
        ... )
        >>> mix.to_numpy().tolist()
        [['x', 't', 0.75, 4]]
    """
    cells, topics = np.nonzero(lines)
    mix = pd.DataFrame(
        {
            cell: pd.Series(cell_names.take(cells), dtype="str"),
            "topic": topic_names.take(topics),
            "share": sums[cells, topics],
            "articles": articles[cells],
        }
    )
    if isinstance(mix["topic"].dtype, pd.CategoricalDtype):
        mix["topic"] = mix["topic"].astype("str")
    mix["share"] = mix["share"] / mix["articles"]
    return mix.sort_values([cell, "share", "topic"], ascending=[True, False, True], ignore_index=True)


def number_places(articles: pd.DataFrame) -> tuple[np.ndarray, pd.Index]:
    """Number the place of each article, and name the places by code point.

    Args:
        articles: Table `articles`, with the place of each if it is known.

    Returns:
        The number of each place, and the names; `UNKNOWN_PLACE` for none.
    """
    places = articles.get("place")
    if places is None or not isinstance(places.dtype, pd.CategoricalDtype):
        return pd.factorize(name_places(articles).astype("str"), sort=True)
    # Of codes only the names are looked at; the last one stands for what has none.
    named = pd.Index([*places.cat.categories, UNKNOWN_PLACE], dtype="str")
    number, names = pd.factorize(named, sort=True)
    return number[places.cat.codes.to_numpy()], names


def _locate(ids: pd.Series, among: pd.Series) -> np.ndarray:
    """Tell where ids stand among others, -1 for nowhere; rows of a table are looked up, not hashed."""
    if ids.dtype.kind == among.dtype.kind == "i" and len(ids) and len(among):
        wanted, known = ids.to_numpy(), among.to_numpy()
        top = max(known.max(), wanted.max())
        if known.min() >= 0 and top <= _SPARSEST * len(known):
            # What is below 0 counts from the end, where nothing stands.
            place = np.full(top + 2, -1, dtype=np.int64)
            place[known] = np.arange(len(known))
            return place[np.maximum(wanted, -1)] if wanted.min() < 0 else place[wanted]
    return pd.Index(among).get_indexer(pd.Index(ids))


def count_people(people: pd.DataFrame) -> pd.DataFrame:
    """Count each official of each paper over the articles.

    Args:
        people: As from `people.find_people`.

    Returns:
        One row per name and paper: name, paper, office (all that are printed, the most frequent first,
        joined by '; '), n (mentions), n_articles; by n_articles, then n, both descending, then name. The
        same name in two papers may be two persons.
    """
    name, paper, office, article = (
        code_values(people[key]) for key in ("name", "paper", "office", "article_id")
    )
    person, row = number_rows(name, paper)
    of_article = number_rows(person, article)[1]
    n = np.bincount(person[of_article], weights=people["n"].to_numpy()[of_article]).astype(np.int64)
    n_articles = np.bincount(person[of_article])
    order = np.lexsort((-n, -n_articles))
    totals = {
        "name": people["name"].array.take(row),
        "office": pd.array(_join_offices(person, office, people["office"]), dtype="str"),
        "paper": people["paper"].array.take(row),
        "n": n,
        "n_articles": n_articles,
    }
    return pd.DataFrame(totals).take(order).reset_index(drop=True)


def _join_offices(person: np.ndarray, office: np.ndarray, names: pd.Series) -> list[str]:
    """Join the offices of each person, the most frequent first, then by name."""
    held, row = number_rows(person, office)
    times = np.bincount(held)
    order = np.lexsort((office[row], -times, person[row]))
    offices: dict[int, list[str]] = {}
    for who, name in zip(person[row][order].tolist(), names.iloc[row[order]].tolist(), strict=True):
        offices.setdefault(who, []).append(name)
    return ["; ".join(each) for each in offices.values()]


def describe_coverage(pages: pd.DataFrame) -> pd.DataFrame:
    """Say of each page where and when it is from, how that is known and what it yielded.

    Args:
        pages: Table `pages`.

    Returns:
        One row per page, by date and file: file, paper, province, city, county, date, date_basis,
        n_articles, n_chars, text_quality.
    """
    columns = ["file", "paper", "province", "city", "county", "date", "date_basis"]
    columns += ["n_articles", "n_chars", "text_quality"]
    order = np.lexsort([code_values(pages[key]) for key in ("file", "date")])
    return pages[columns].take(order).reset_index(drop=True)


def account_for_pages(pages: pd.DataFrame, articles: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """Account for the characters of each page.

    Args:
        pages: Table `pages`.
        articles: Table `articles`.
        spans: Spans of these pages, as from `split_spans`.

    Returns:
        One row per page, in the order of `pages`: file, text_quality, n_articles, confidence (mean over its
        articles, 0-1), in_articles, in_furniture, unplaced: shares of the characters of the source (white
        space counts), which sum to 1; missing for files of ready-made articles.
    """
    place = spans["role"].where(spans["role"] == "unplaced", "in_furniture")
    place = place.where(spans["article_id"].isna() | (place == "unplaced"), "in_articles")
    size = spans.assign(place=place, size=spans["end"] - spans["start"])
    shares = size.pivot_table(index="page_id", columns="place", values="size", aggfunc="sum", fill_value=0)
    shares = shares.reindex(columns=["in_articles", "in_furniture", "unplaced"], fill_value=0)
    shares = shares.div(shares.sum(axis=1), axis=0).reindex(pages["page_id"])
    sure = counted(articles).groupby("page_id")["confidence"].mean()
    return pd.DataFrame(
        {
            "file": pages["file"].to_numpy(),
            "text_quality": pages["text_quality"].to_numpy(),
            "n_articles": pages["n_articles"].to_numpy(),
            "confidence": pages["page_id"].map(sure).to_numpy(),
            **{name: shares[name].to_numpy() for name in shares.columns},
        }
    )


def name_places(articles: pd.DataFrame) -> pd.Series:
    """Give each article the one label of its place; `UNKNOWN_PLACE` when nothing is known.

    Args:
        articles: Table `articles`; a column `place` is taken for the labels, see `label_places`.

    Returns:
        One label a row, same index.
    """
    places = articles["place"].astype("str") if "place" in articles else label_places(articles)
    return places.fillna(UNKNOWN_PLACE)


def name_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Give each article the one label of its place and its headline in one line, for charts and tables.

    Args:
        articles: Table `articles`.

    Returns:
        One row per article, same order: article_id, date, place (see `label_places`; `UNKNOWN_PLACE` when
        nothing is known), paper, title (kicker, headline and subhead, separated by ' | ').
    """
    articles = articles.reset_index(drop=True)
    parts = articles[["kicker", "headline", "subhead"]]
    return pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "date": articles["date"],
            "place": name_places(articles),
            "paper": articles["paper"].astype("str"),
            "title": pd.Series([" | ".join(filter(None, row)) for row in parts.to_numpy()], dtype="str"),
        }
    )
