"""A shelf: the tables of one corpus, each made when it is first asked for and kept for all readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.fields import flatten
from analysis.periods import PERIODS, UNDATED, label_periods
from analysis.schema import FIELDS, TEXT, is_article
from analysis.selection import Selection, label_places
from analysis.shelves.kept import Kept, Shelved
from analysis.shelves.matrices.columns import Columns
from analysis.shelves.matrices.rolls import Rolls, make_rolls
from analysis.shelves.matrices.words import Words
from analysis.shelves.origins.origin import Origin
from analysis.shelves.searching.search import Matches, find_words
from analysis.shelves.view import View
from analysis.slogans import roll_up

if TYPE_CHECKING:
    from pandas.api.extensions import ExtensionArray

#: Columns whose values recur, kept as codes.
_CODED = ("kind", "date_basis", "paper", "province", "city", "county")
_SEARCHES = 256
#: Views kept at the most, and the articles in all of them together: many of a few pages, few of a province.
_VIEWS, _VIEWED = 4000, 8_000_000


class Shelf:
    """A corpus to look at.

    Its frames are shared by all readers: whoever changes one changes a copy (see `View`).
    """

    def __init__(self, origin: Origin, *, lexicon: pd.DataFrame, taxonomy: pd.DataFrame) -> None:
        """Put a corpus on a shelf; `shelve_tables` and `shelve_store` do.

        Args:
            origin: Where the tables are from.
            lexicon: Lexicon behind the hits.
            taxonomy: Taxonomy behind the topics.
        """
        self.origin, self.lexicon, self.taxonomy = origin, lexicon, taxonomy
        self._searched = Shelved(_SEARCHES)
        self._periods = Shelved(len(PERIODS))
        self._selected = Shelved(_VIEWS, weigh=lambda view: len(view.rows), heaviest=_VIEWED)

    @Kept
    def articles(self) -> pd.DataFrame:
        """Table `articles` without `text`, with chars, place (one label, see `label_places`) and row."""
        articles = self.origin.read_articles()
        coded = {name: articles[name].astype("category") for name in _CODED}
        place = label_places(articles).astype("category")
        return articles.assign(**coded, place=place, row=np.arange(len(articles), dtype=np.int32))

    @Kept
    def is_article(self) -> np.ndarray:
        """Which rows of `articles` count as articles."""
        return is_article(self.articles).to_numpy()

    @Kept
    def ids(self) -> pd.Index:
        """Ids of the articles."""
        return pd.Index(self.articles["article_id"])

    @Kept
    def days(self) -> tuple[np.ndarray, pd.Series]:
        """Number of the day of each article, -1 for none, and the days."""
        codes, days = pd.factorize(self.articles["date"], sort=True)
        return codes, pd.Series(days)

    def periods(self, every: str) -> tuple[np.ndarray, ExtensionArray]:
        """Number of the period of each of `days`, behind them that of articles without one, and the names."""
        return self._periods.get(every, lambda: _number_periods(self.days[1], every))

    @Kept
    def pages(self) -> pd.DataFrame:
        """Table `pages`; a store has no text in `source`."""
        return self.origin.read_table("pages")

    @Kept
    def page_rows(self) -> np.ndarray:
        """Row of table `pages` of each article."""
        return pd.Index(self.pages["page_id"]).get_indexer(pd.Index(self.articles["page_id"]))

    @Kept
    def problems(self) -> pd.DataFrame:
        """Table `problems`."""
        return self.origin.read_table("problems")

    @Kept
    def topic_words(self) -> pd.DataFrame:
        """Table `topic_words`."""
        return self.origin.read_table("topic_words")

    @Kept
    def slogan_candidates(self) -> pd.DataFrame:
        """Table `slogan_candidates`."""
        return self.origin.read_table("slogan_candidates")

    @Kept
    def slogan_frequencies(self) -> pd.DataFrame:
        """Table `slogan_frequencies`."""
        return self.origin.read_table("slogan_frequencies")

    @Kept
    def topic_columns(self) -> Columns:
        """Table `article_topics` by row."""
        return self.origin.read_columns("article_topics")

    @Kept
    def topics(self) -> pd.DataFrame:
        """Table `article_topics` with row in the place of article_id."""
        return self.topic_columns.take()

    @Kept
    def main_topics(self) -> pd.Categorical:
        """Main topic of each row of `articles`; missing for what is no article."""
        main = self.origin.read_main_topics()
        topic = main["topic"].astype("str").astype("category")
        codes = np.full(len(self.articles), -1, dtype=np.int16)
        codes[main["row"]] = topic.cat.codes
        return pd.Categorical.from_codes(codes, dtype=topic.dtype)

    @Kept
    def hit_columns(self) -> Columns:
        """Table `slogan_hits` by row and place."""
        return self.origin.read_columns("slogan_hits")

    @Kept
    def hits(self) -> pd.DataFrame:
        """Table `slogan_hits` with row in the place of article_id, by row and place."""
        return self.take_hits(None)

    def take_hits(self, rows: np.ndarray | None) -> pd.DataFrame:
        """Take the hits of some rows of `articles`, ascending, as `hits` has them; of all when None."""
        hits = self.hit_columns.take(rows, plain=("surface", "crossing"))
        return hits.assign(field=hits["field"].cat.set_categories(list(FIELDS)))

    @Kept
    def _hits_of_rows(self) -> np.ndarray:
        return np.bincount(self.origin.read_hit_rows(), minlength=len(self.articles))

    def count_hits(self, rows: Iterable[int]) -> np.ndarray:
        """Count the hits of some rows of `articles`."""
        return self._hits_of_rows[np.asarray(rows)]

    @Kept
    def rolled(self) -> pd.DataFrame:
        """Hits rolled up: row, slogan and field of each."""
        rolled = self.origin.read_rolled(self.lexicon)
        field = pd.Categorical(rolled["field"], categories=list(FIELDS))
        return rolled.assign(slogan=rolled["slogan"].astype("category"), field=field)

    @Kept
    def rolls(self) -> Rolls:
        """Slogans by article, those inside longer ones and parents too."""
        return self._roll(self.rolled)

    @Kept
    def plain_rolls(self) -> Rolls:
        """Slogans by article, each occurrence under the longest one alone."""
        return self._roll(self.hits)

    @Kept
    def ranking(self) -> list[str]:
        """All slogans, those in most articles first."""
        n_articles = np.bincount(self.rolls.counts.indices, minlength=len(self.rolls.names))
        return self.rolls.names[np.argsort(-n_articles, kind="stable")].tolist()

    @Kept
    def words(self) -> Words:
        """Words by article."""
        return self.origin.read_words()

    @Kept
    def whole(self) -> View:
        """The view of everything."""
        return View(self, np.arange(len(self.articles), dtype=np.int64))

    def select(self, selection: Selection) -> View:
        """Give the view of a selection; those asked for last are kept with all that was made of them.

        Args:
            selection: What to keep.

        Returns:
            The view; `is_cut` when a search in the texts was given up before its end.
        """
        if selection == Selection():
            return self.whole
        return self._selected.get(selection, lambda: self._select(selection))

    def _select(self, selection: Selection) -> View:
        searches = [self.search(word) for word in selection.text.split()]
        mask = self._within_days(selection)
        articles = self.articles
        for column, wanted in (
            ("place", selection.places),
            ("paper", selection.papers),
            ("city", selection.cities),
            ("kind", selection.kinds),
        ):
            if wanted:
                mask &= articles[column].isin(wanted).to_numpy()
        if selection.topics:
            mask &= self.main_topics.isin(selection.topics)
        if selection.slogans:
            mask &= self._has_slogans(selection.slogans)
        for found in searches:
            mask &= found.mask
        return View(self, np.flatnonzero(mask), is_cut=any(found.is_cut for found in searches))

    def search(self, words: str) -> Matches:
        """Find the articles that have some characters in headlines or text (see `find_words`)."""
        return self._searched.get(
            flatten(words), lambda: find_words(self.articles, self.origin.list_texts(), words)
        )

    def read_texts(self, article_ids: Iterable[str]) -> pd.Series:
        """Read the texts of some articles.

        Args:
            article_ids: Ids of table `articles`.

        Returns:
            Texts by id, in the order given.
        """
        ids = pd.Index(article_ids, dtype="str")
        texts = self.origin.read_texts(self.ids.get_indexer(ids))
        return pd.Series(texts, index=ids, name="text", dtype="str")

    def add_texts(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Read the texts of rows of table `articles`, and put them beside the rest."""
        texts = self.origin.read_texts(self.ids.get_indexer(pd.Index(articles["article_id"])))
        return articles.assign(text=pd.array(texts, dtype="str"))

    def roll_up(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Roll hits up (see `slogans.roll_up`)."""
        return roll_up(hits, self.lexicon)

    def _roll(self, hits: pd.DataFrame) -> Rolls:
        return make_rolls(hits["row"].to_numpy(), hits["slogan"], np.ones(len(hits)), len(self.articles))

    def _within_days(self, selection: Selection) -> np.ndarray:
        days = self.articles["date"]
        mask = np.ones(len(days), dtype=bool)
        if selection.start is None and selection.end is None:
            return mask
        if selection.start is not None:
            mask &= (days >= pd.Timestamp(selection.start)).to_numpy()
        if selection.end is not None:
            mask &= (days < pd.Timestamp(selection.end) + pd.Timedelta(days=1)).to_numpy()
        return mask | (days.isna().to_numpy() & selection.undated)

    def _has_slogans(self, names: tuple[str, ...]) -> np.ndarray:
        is_wanted = np.isin(self.rolls.names, names)
        counts = self.rolls.counts
        rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        mask = np.zeros(counts.shape[0], dtype=bool)
        mask[rows[is_wanted[counts.indices]]] = True
        return mask


def _number_periods(days: pd.Series, every: str) -> tuple[np.ndarray, ExtensionArray]:
    if every == "all":
        return np.zeros(len(days) + 1, dtype=np.int64), pd.array(["all"], dtype=TEXT)
    codes, names = pd.factorize(label_periods(days, every), sort=True)
    return np.append(codes, len(names)), pd.array([*names, UNDATED], dtype=TEXT)
