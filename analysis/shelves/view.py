"""A view: what a selection leaves of a shelf, its tables and counts made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.corpus import Tables
from analysis.schema import ARTICLES, SLOGAN_HITS, TABLES, conform
from analysis.shelves.kept import Kept
from analysis.shelves.matrices.cells import Counting, count_rolls, count_topics, find_topics
from analysis.shelves.matrices.rolls import Rolls
from analysis.shelves.part import Part
from analysis.shelves.searching.search import find_candidates
from analysis.topics import score_topic_words

#: Articles up to which what needs their texts is computed without being asked for.
MOST_AT_ONCE = 2000
#: Tables of a selection that are made from its texts.
_FROM_TEXTS = ("topic_words", "slogan_candidates")
_CANDIDATE_SECONDS = 5.0
_TEXTS_AT_ONCE = 2000


class View(Part):
    """The tables of the selected articles of a shelf and their counts; `Shelf.select` makes it."""

    @property
    def article_topics(self) -> pd.DataFrame:
        """Table `article_topics`."""
        return self._named("article_topics", lambda: self.topics)

    @property
    def keywords(self) -> pd.DataFrame:
        """Table `keywords`."""
        return self._named("keywords", lambda: self.shelf.origin.read_keywords(self.news_rows))

    @property
    def slogan_hits(self) -> pd.DataFrame:
        """Table `slogan_hits`."""
        return self._named("slogan_hits", lambda: self.hits)

    @property
    def slogan_frequencies(self) -> pd.DataFrame:
        """Table `slogan_frequencies`."""
        if self.is_whole:
            return self.shelf.slogan_frequencies.copy(deep=False)
        return self.count_slogans()

    @Kept
    def _topic_words(self) -> pd.DataFrame:
        if self.is_whole:
            return self.shelf.topic_words
        return score_topic_words(self.shelf.add_texts(self.sample().news), self.shelf.taxonomy)

    @property
    def topic_words(self) -> pd.DataFrame:
        """Table `topic_words`; of the articles of `sample` where there are more."""
        return self._topic_words.copy(deep=False)

    @Kept
    def _candidates(self) -> pd.DataFrame:
        whole = self.shelf.slogan_candidates
        if self.is_whole or whole.empty:
            return whole
        found = set(find_candidates(whole["candidate"].tolist(), self._iter_matter(), _CANDIDATE_SECONDS))
        return whole[whole["candidate"].isin(found)].reset_index(drop=True)

    @property
    def slogan_candidates(self) -> pd.DataFrame:
        """Table `slogan_candidates`: those of the corpus that stand in a selected article."""
        return self._candidates.copy(deep=False)

    def count_rows(self, name: str) -> int | None:
        """Count the rows of one of the nine tables; None where that would mean to make a long one."""
        known = {
            "articles": lambda: len(self.rows),
            "pages": lambda: self.n_pages,
            "slogan_hits": lambda: self.n_hits,
            "article_topics": lambda: len(self.topics),
        }
        if name in known:
            return known[name]()
        if self.n_news > MOST_AT_ONCE and name in ("keywords", *(() if self.is_whole else _FROM_TEXTS)):
            return None
        return len(getattr(self, name))

    def count_main_topics(self) -> pd.DataFrame:
        """Count articles by their main topic (see `cells.count_topics`)."""
        return self.keep("main topics", lambda: count_topics(self.shelf, self.news_rows))

    def find_slogan_topics(self) -> dict[str, str]:
        """Find the topic of which each slogan is most typical (see `cells.find_topics`)."""
        return find_topics(self.shelf, self.news_rows, self.shelf.rolls)

    def make_tables(self) -> Tables:
        """Make all nine tables, with the texts of articles and pages, as they are written to files."""
        return Tables(**{name: self.read_table(name) for name in TABLES})

    def read_table(self, name: str) -> pd.DataFrame:
        """Make one of the nine tables, with texts."""
        if name == "articles":
            return conform(self.shelf.add_texts(self.articles), ARTICLES)[ARTICLES.names]
        frame = getattr(self, name)
        extra = [column for column in ("crossing", "row") if column in frame]
        return conform(frame.drop(columns=extra), TABLES[name])

    def add_texts(self, articles: pd.DataFrame) -> pd.DataFrame:
        """Read the texts of rows of table `articles`, and put them beside the rest."""
        return self.shelf.add_texts(articles)

    def narrow(self, article_ids: Iterable[str]) -> View:
        """Make the view of some of the articles."""
        rows = self.shelf.ids.get_indexer(pd.Index(article_ids, dtype="str"))
        return View(self.shelf, np.sort(rows[rows >= 0]), is_cut=self.is_cut)

    def count_shared(self, other: View) -> int:
        """Count the articles that both views have."""
        return int(self.mark_shared(other).sum())

    def mark_shared(self, other: View) -> np.ndarray:
        """Tell which articles of another view this one has, too."""
        is_mine = np.zeros(len(self.shelf.articles), dtype=bool)
        is_mine[self.news_rows] = True
        return is_mine[other.news_rows]

    def narrow_rows(self, rows: Iterable[int]) -> View:
        """Make the view of some of the articles, by their rows (article_id of `facts`)."""
        return View(self.shelf, np.sort(np.asarray(rows, dtype=np.int64)), is_cut=self.is_cut)

    def sample(self, most: int = MOST_AT_ONCE) -> View:
        """Make the view of some articles at even distances; of all when there are no more than that."""
        rows = self.news_rows
        if len(rows) <= most:
            return self
        return self.keep(
            ("sample", most),
            lambda: View(self.shelf, rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]),
        )

    def find_hits(self, slogans: Iterable[str], *, with_children: bool = True) -> pd.DataFrame:
        """Find the places of some slogans.

        Args:
            slogans: Slogans.
            with_children: Those inside longer ones, and of parents, too.

        Returns:
            Table `slogan_hits`, with via when `with_children`.
        """
        names = tuple(dict.fromkeys(slogans))
        return self.keep(("hits", names, with_children), lambda: self._find_hits(names, with_children)).copy(
            deep=False
        )

    def _find_hits(self, names: tuple[str, ...], with_children: bool) -> pd.DataFrame:
        if not with_children:
            return self.name_rows(self.hits[self.hits["slogan"].isin(names)])
        rolls = self.shelf.rolls
        is_wanted = np.isin(rolls.names, names)
        some = rolls.counts[self.news_rows]
        entries = np.repeat(np.arange(len(self.news_rows)), np.diff(some.indptr))[is_wanted[some.indices]]
        rows = self.news_rows[np.unique(entries)]
        hits = self.name_rows(View(self.shelf, rows).hits)
        rolled = self.shelf.roll_up(hits)
        return rolled[rolled["slogan"].isin(names)].reset_index(drop=True)

    def count_slogans(
        self,
        *,
        by: Sequence[str] = ("period", "paper", "county"),
        every: str = "month",
        zeros: bool = False,
        slogans: Iterable[str] | None = None,
        with_children: bool = True,
        dated: bool = False,
    ) -> pd.DataFrame:
        """Count slogans by period and place, as `slogans.count_slogans` does.

        Args:
            by: period, topic (the main one), and columns of `articles`.
            every: Length of the periods.
            zeros: As in `count_slogans`.
            slogans: Slogans to count; all when None.
            with_children: Count those inside longer ones, and parents, too.
            dated: Leave out articles without a day.

        Returns:
            Table `slogan_frequencies`.
        """
        names = None if slogans is None else tuple(dict.fromkeys(slogans))
        counting = Counting(tuple(by), every, zeros, names, dated)

        def make() -> pd.DataFrame:
            rolls = self.shelf.rolls if with_children else self.shelf.plain_rolls
            return count_rolls(self.shelf, self.news_rows, rolls, counting)

        return self.keep(("count", with_children, counting), make).copy(deep=False)

    def count(
        self,
        rolls: Rolls,
        *,
        by: Sequence[str],
        every: str,
        zeros: bool = False,
        names: Iterable[str] | None = None,
        dated: bool = False,
    ) -> pd.DataFrame:
        """Count the columns of a matrix of counts over cells of articles; see `count_slogans`."""
        wanted = None if names is None else tuple(names)
        return count_rolls(
            self.shelf, self.news_rows, rolls, Counting(tuple(by), every, zeros, wanted, dated)
        )

    def _named(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        def convert() -> pd.DataFrame:
            named = self.name_rows(make())
            table = SLOGAN_HITS if name == "slogan_hits" else TABLES[name]
            return conform(named, table)

        return self.keep(("table", name), convert).copy(deep=False)

    def _iter_matter(self) -> Iterable[list[str]]:
        """Headlines and texts of the articles, some at a time."""
        for first in range(0, self.n_news, _TEXTS_AT_ONCE):
            some = self.shelf.articles.iloc[self.news_rows[first : first + _TEXTS_AT_ONCE]]
            matter = [text for field in ("kicker", "headline", "subhead") for text in some[field].tolist()]
            yield [*matter, *self.shelf.origin.read_texts(some["row"].to_numpy())]
