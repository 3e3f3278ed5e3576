"""A selection of the corpus: which articles are looked at, and the tables cut down to them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis import slogans, topics
from analysis.corpus import Tables
from analysis.fields import flatten
from analysis.schema import FIELDS, counted


class Selection(NamedTuple):
    """What a reader asked for; an empty field asks for nothing and lets every article through.

    Attributes:
        start: First day of publication, included.
        end: Last day of publication, included.
        undated: Whether articles without a known day stay in when a day is asked for.
        places: Places as `label_places` names them; any of them.
        papers: Newspapers; any of them.
        topics: Main topics; any of them.
        slogans: Slogans; articles with any of them.
        text: Words separated by white space; articles with all of them in headlines or text.
        cities: Cities; any of them.
        kinds: Kinds of article (`schema.KINDS`); any of them.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    undated: bool = False
    places: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()
    text: str = ""
    cities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def select(
    tables: Tables,
    selection: Selection,
    *,
    lexicon: pd.DataFrame | None = None,
    taxonomy: pd.DataFrame | None = None,
) -> Tables:
    """Cut every table down to the selected articles and count anew what is counted.

    Args:
        tables: Tables of the whole corpus.
        selection: What to keep.
        lexicon: Lexicon behind the hits, so that a slogan asked for brings its children; the built-in
            one when None.
        taxonomy: Taxonomy behind the topics; the built-in one when None.

    Returns:
        The nine tables of the selected articles. Shares in `slogan_frequencies` divide by the selected
        articles; candidates are those of the corpus that stand in a selected article, with the counts
        of the corpus; `problems` stay whole. Pages are those with a selected article.
    """
    if selection == Selection():
        return tables
    lexicon = slogans.read_lexicon() if lexicon is None else lexicon
    chosen = select_articles(tables, selection, lexicon=lexicon)
    ids = set(chosen["article_id"])
    news = counted(chosen)
    hits = _keep(tables.slogan_hits, ids)
    return tables._replace(
        pages=_keep(tables.pages, set(chosen["page_id"]), "page_id"),
        articles=chosen,
        article_topics=_keep(tables.article_topics, ids),
        topic_words=topics.score_topic_words(news, taxonomy),
        keywords=_keep(tables.keywords, ids),
        slogan_hits=hits,
        slogan_frequencies=slogans.count_slogans(slogans.roll_up(hits, lexicon), news),
        slogan_candidates=_keep_candidates(tables.slogan_candidates, news),
    )


def select_articles(
    tables: Tables, selection: Selection, *, lexicon: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Keep the articles that meet every condition of a selection.

    Args:
        tables: Tables of the whole corpus.
        selection: What to keep.
        lexicon: As in `select`.

    Returns:
        Table `articles`, same order, default index.
    """
    articles = tables.articles
    mask = _within_days(articles["date"], selection)
    if selection.places:
        mask &= label_places(articles).isin(selection.places)
    for column, wanted in (
        ("paper", selection.papers),
        ("city", selection.cities),
        ("kind", selection.kinds),
    ):
        if wanted:
            mask &= articles[column].isin(wanted)
    if selection.topics:
        main = tables.article_topics[tables.article_topics["is_main"]]
        mask &= articles["article_id"].isin(main.loc[main["topic"].isin(selection.topics), "article_id"])
    if selection.slogans:
        mask &= articles["article_id"].isin(_articles_with(tables.slogan_hits, selection.slogans, lexicon))
    for word in selection.text.split():
        mask &= join_fields(articles).str.contains(flatten(word), regex=False)
    return articles[mask].reset_index(drop=True)


def narrow(selection: Selection, further: Selection) -> Selection:
    """Ask for what both selections ask for.

    Args:
        selection: One selection.
        further: Another.

    Returns:
        The selection of the articles that meet both; slogans are those of `further` where it names any,
        since articles may have several.

    Example:
        >>> both = narrow(Selection(places=("新昌县", "衢江区")), Selection(places=("新昌县",), text="托育"))
        >>> both.places, both.text
        (('新昌县',), '托育')
    """
    dated = [each for each in (selection, further) if each.start or each.end]
    starts = [day for day in (selection.start, further.start) if day]
    ends = [day for day in (selection.end, further.end) if day]
    return Selection(
        start=max(starts, default=None),
        end=min(ends, default=None),
        undated=bool(dated) and all(each.undated for each in dated),
        places=_both(selection.places, further.places),
        papers=_both(selection.papers, further.papers),
        topics=_both(selection.topics, further.topics),
        slogans=further.slogans or selection.slogans,
        text=f"{selection.text} {further.text}".strip(),
        cities=_both(selection.cities, further.cities),
        kinds=_both(selection.kinds, further.kinds),
    )


def label_places(frame: pd.DataFrame) -> pd.Series:
    """Name the place of each row in the fewest words that tell it from the others.

    Args:
        frame: Has the columns province, city, county and paper (`pages`, `articles`).

    Returns:
        One text a row, same index: the county (with its city when two counties share a name), else the
        city, else the province, else the paper; missing when nothing is known.

    Example:
        >>> rows = {"province": ["浙江省"] * 2, "city": ["绍兴市", None], "county": ["新昌县", None]}
        >>> label_places(pd.DataFrame(rows | {"paper": [None, "浙江日报"]})).tolist()
        ['新昌县', '浙江省']
    """
    # There are few places, however many rows: each is named once.
    columns = ["province", "city", "county", "paper"]
    number, places = _number_rows(frame[columns])
    known = places[["city", "county"]].drop_duplicates().dropna(subset="county")
    shared = known.loc[known["county"].duplicated(keep=False), "county"]
    full = (places["city"].fillna("") + places["county"]).where(places["county"].notna())
    county = places["county"].where(~places["county"].isin(shared), full)
    named = county.fillna(places["city"]).fillna(places["province"]).fillna(places["paper"]).astype("str")
    return pd.Series(named.array.take(number), index=frame.index)


def join_fields(articles: pd.DataFrame) -> pd.Series:
    """Join headlines and text of each article into one string to search.

    Args:
        articles: Table `articles`.

    Returns:
        One text a row, same index: fields as `fields.flatten` gives them, separated by a newline.
    """
    flat = [[flatten(text) for text in articles[field].tolist()] for field in FIELDS]
    return pd.Series(["\n".join(row) for row in zip(*flat, strict=True)], index=articles.index, dtype="str")


def _number_rows(frame: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the distinct rows of a frame: the number of each row, and the rows."""
    codes = [pd.factorize(frame[column]) for column in frame]
    number = np.zeros(len(frame), dtype=np.int64)
    for code, values in codes:
        number = number * (len(values) + 1) + code + 1
    _, first, number = np.unique(number, return_index=True, return_inverse=True)
    return number, frame.iloc[first].astype("str").reset_index(drop=True)


def _both(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    if not some or not others:
        return some or others
    # An empty tuple asks for nothing; what cannot be met needs a name that no article bears.
    return tuple(name for name in some if name in others) or ("\0",)


def _within_days(days: pd.Series, selection: Selection) -> pd.Series:
    mask = pd.Series(True, index=days.index)
    if selection.start is None and selection.end is None:
        return mask
    if selection.start is not None:
        mask &= days >= pd.Timestamp(selection.start)
    if selection.end is not None:
        mask &= days < pd.Timestamp(selection.end) + pd.Timedelta(days=1)
    return mask | (days.isna() & selection.undated)


def _articles_with(hits: pd.DataFrame, names: tuple[str, ...], lexicon: pd.DataFrame | None) -> pd.Series:
    lexicon = slogans.read_lexicon() if lexicon is None else lexicon
    rolled = slogans.roll_up(hits, lexicon)
    return rolled.loc[rolled["slogan"].isin(names), "article_id"]


def _keep(frame: pd.DataFrame, ids: set[str], column: str = "article_id") -> pd.DataFrame:
    return frame[frame[column].isin(ids)].reset_index(drop=True)


def _keep_candidates(candidates: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    text = "\n".join(join_fields(articles))
    found = candidates["candidate"].map(lambda name: flatten(name) in text).astype(bool)
    return candidates[found].reset_index(drop=True)
