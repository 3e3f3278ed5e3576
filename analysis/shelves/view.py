"""A view: what a selection leaves of a shelf, its tables and counts made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.corpus import Tables
from analysis.periods import UNDATED, label_periods
from analysis.schema import ARTICLES, SLOGAN_FREQUENCIES, SLOGAN_HITS, TABLES, conform, empty
from analysis.shelves.kept import Kept, Shelved
from analysis.shelves.rolls import Rolls, count_cells
from analysis.shelves.search import find_candidates
from analysis.slogans.frequencies import measure_counts
from analysis.summary import count_main_topics
from analysis.topics import score_topic_words

if TYPE_CHECKING:
    from analysis.shelves.shelf import Shelf

#: Articles up to which what needs their texts is computed without being asked for.
MOST_AT_ONCE = 2000
_KEPT = 64
#: Tables of a selection that are made from its texts.
_FROM_TEXTS = ("topic_words", "slogan_candidates")
_CANDIDATE_SECONDS = 5.0
_TEXTS_AT_ONCE = 2000


class View:
    """The tables of the selected articles of a shelf; the frames are copies on write."""

    def __init__(self, shelf: Shelf, rows: np.ndarray, *, is_cut: bool = False) -> None:
        """Make a view; `Shelf.select` does.

        Args:
            shelf: The shelf.
            rows: Rows of its table `articles`, ascending.
            is_cut: Whether a search that led to these rows was given up before its end.
        """
        self.shelf, self.rows, self.is_cut = shelf, rows, is_cut
        self._made = Shelved(_KEPT)

    @property
    def is_whole(self) -> bool:
        """Whether the view is of the whole shelf."""
        return len(self.rows) == len(self.shelf.articles)

    @Kept
    def news_rows(self) -> np.ndarray:
        """The rows that count as articles."""
        return self.rows[self.shelf.is_article[self.rows]]

    @property
    def n_news(self) -> int:
        """Number of articles, teasers and notices not counted."""
        return len(self.news_rows)

    @Kept
    def n_chars(self) -> int:
        """Characters of the texts of the articles."""
        return int(self.shelf.articles["n_chars"].to_numpy()[self.news_rows].sum())

    @Kept
    def _articles(self) -> pd.DataFrame:
        return self._take(self.rows)

    @property
    def articles(self) -> pd.DataFrame:
        """Table `articles` without `text`; with chars, place and row."""
        return self._articles.copy(deep=False)

    @Kept
    def _news(self) -> pd.DataFrame:
        return self._articles if self.n_news == len(self.rows) else self._take(self.news_rows)

    @property
    def news(self) -> pd.DataFrame:
        """The rows of `articles` that count as articles."""
        return self._news.copy(deep=False)

    @Kept
    def _pages(self) -> pd.DataFrame:
        if self.is_whole:
            return self.shelf.pages
        held = np.unique(self.shelf.page_rows[self.rows])
        return self.shelf.pages.iloc[held[held >= 0]].reset_index(drop=True)

    @property
    def pages(self) -> pd.DataFrame:
        """Table `pages` with a selected article."""
        return self._pages.copy(deep=False)

    @property
    def problems(self) -> pd.DataFrame:
        """Table `problems`, always whole."""
        return self.shelf.problems.copy(deep=False)

    @Kept
    def topics(self) -> pd.DataFrame:
        """Table `article_topics` with row in the place of article_id."""
        return self._keep_rows(self.shelf.topics)

    @Kept
    def hits(self) -> pd.DataFrame:
        """Table `slogan_hits` with row in the place of article_id."""
        return self._keep_rows(self.shelf.hits)

    @Kept
    def n_hits(self) -> int:
        """Rows of `slogan_hits`."""
        return int(self.shelf.count_hits(self.rows).sum())

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

    @Kept
    def n_pages(self) -> int:
        """Number of pages with a selected article."""
        return len(self._pages)

    @Kept
    def _facts(self) -> pd.DataFrame:
        rows = self.news_rows
        names = ["kind", "date", "paper", "province", "city", "county", "place", "chars", "n_chars"]
        facts = self.shelf.articles[names].take(rows).reset_index(drop=True)
        numbers = {"article_id": rows.astype(np.int32), "page_id": self.shelf.page_rows[rows]}
        return facts.assign(**numbers, topic=self.shelf.main_topics[rows])

    @property
    def facts(self) -> pd.DataFrame:
        """The rows of `news` in numbers and codes, without headlines, for what is only counted.

        Columns article_id and page_id hold rows of the tables; topic is the main one.
        """
        return self._facts.copy(deep=False)

    @property
    def coded_hits(self) -> pd.DataFrame:
        """Table `slogan_hits` for `facts`: article_id holds the row."""
        return self.hits.rename(columns={"row": "article_id"})

    @property
    def coded_topics(self) -> pd.DataFrame:
        """Table `article_topics` for `facts`: article_id holds the row."""
        return self.topics.rename(columns={"row": "article_id"})

    @Kept
    def _coded_rolled(self) -> pd.DataFrame:
        return self._keep_rows(self.shelf.rolled).rename(columns={"row": "article_id"})

    @property
    def coded_rolled(self) -> pd.DataFrame:
        """Hits rolled up, for `facts`: article_id (the row), slogan and field."""
        return self._coded_rolled.copy(deep=False)

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
        """Count articles by their main topic, as `summary.count_main_topics` does."""
        return self.keep("main topics", lambda: count_main_topics(self._facts.assign(is_main=True)))

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
        return len(np.intersect1d(self.news_rows, other.news_rows, assume_unique=True))

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

    def keep(self, key: Hashable, make: Callable[[], object]) -> object:
        """Give what was made of the view for a key, or make it now."""
        return self._made.get(key, make)

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
        how = {"by": tuple(by), "every": every, "zeros": zeros, "names": names, "dated": dated}

        def make() -> pd.DataFrame:
            return self.count(self.shelf.rolls if with_children else self.shelf.plain_rolls, **how)

        return self.keep(("count", with_children, *how.values()), make).copy(deep=False)

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
        rows = self.news_rows
        if dated:
            rows = rows[self.shelf.days[0][rows] >= 0]
        cells, labels = self.label_cells(rows, by, every)
        chars = self.shelf.articles["chars"].to_numpy()[rows]
        labels = labels.assign(
            articles=np.bincount(cells, minlength=len(labels)),
            chars=np.bincount(cells, weights=chars, minlength=len(labels)).astype(np.int64),
        )
        counts = count_cells(rolls, rows, cells, len(labels))
        if names is not None:
            counts = counts[counts["slogan"].isin(names)]
        if counts.empty:
            return empty(SLOGAN_FREQUENCIES)
        if zeros:
            grid = pd.MultiIndex.from_product(
                [counts["slogan"].unique(), np.arange(len(labels))], names=["slogan", "cell"]
            )
            counts = counts.set_index(["slogan", "cell"]).reindex(grid, fill_value=0).reset_index()
        placed = labels.iloc[counts["cell"].to_numpy()].reset_index(drop=True)
        counts = pd.concat([counts.reset_index(drop=True).drop(columns="cell"), placed], axis=1)
        return measure_counts(counts, list(labels.columns[: len(labels.columns) - 2]))

    def label_cells(self, rows: np.ndarray, by: Sequence[str], every: str) -> tuple[np.ndarray, pd.DataFrame]:
        """Number the cells of articles: the cell of each row, and the labels of each cell."""
        keys = ["period", *(column for column in by if column != "period")]
        codes, values = [], []
        for key in keys:
            code, labels = self._code(key, rows, every, "period" in by)
            codes.append(code)
            values.append(labels)
        number = np.zeros(len(rows), dtype=np.int64)
        for code, labels in zip(codes, values, strict=True):
            number = number * (len(labels) + 1) + code + 1
        found, first, cells = np.unique(number, return_index=True, return_inverse=True)
        columns = {
            key: labels.take(code[first], allow_fill=True)
            for key, code, labels in zip(keys, codes, values, strict=True)
        }
        return cells, pd.DataFrame(columns, index=range(len(found)))

    def _code(self, key: str, rows: np.ndarray, every: str, has_period: bool) -> tuple[np.ndarray, object]:
        if key == "period":
            if not has_period or every == "all":
                return np.zeros(len(rows), dtype=np.int64), pd.array(["all"], dtype="str")
            codes, days = self.shelf.days
            known, names = pd.factorize(label_periods(days, every), sort=True)
            known, names = np.append(known, len(names)), np.append(np.asarray(names, object), UNDATED)
            return known[codes[rows]], pd.array(names, dtype="str")
        column = self.shelf.main_topics if key == "topic" else self.shelf.articles[key].array
        if not isinstance(column, pd.Categorical):
            column = pd.Categorical(column)
        return column.codes[rows].astype(np.int64), pd.array(column.categories, dtype="str")

    def name_rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Put the ids of articles in the place of their rows, as the first column."""
        ids = self.shelf.articles["article_id"].array.take(frame["row"].to_numpy())
        named = frame.drop(columns="row").reset_index(drop=True)
        named.insert(0, "article_id", ids)
        coded = [name for name in named if isinstance(named[name].dtype, pd.CategoricalDtype)]
        return named.astype(dict.fromkeys(coded, "str"))

    def code_rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Put rows in the place of the ids of articles, for `facts`."""
        return frame.assign(article_id=self.shelf.ids.get_indexer(pd.Index(frame["article_id"])))

    def _named(self, name: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        def convert() -> pd.DataFrame:
            named = self.name_rows(make())
            table = SLOGAN_HITS if name == "slogan_hits" else TABLES[name]
            return conform(named, table)

        return self.keep(("table", name), convert).copy(deep=False)

    def _keep_rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        if self.is_whole:
            return frame
        mask = np.zeros(len(self.shelf.articles), dtype=bool)
        mask[self.rows] = True
        return frame[mask[frame["row"].to_numpy()]].reset_index(drop=True)

    def _take(self, rows: np.ndarray) -> pd.DataFrame:
        if len(rows) == len(self.shelf.articles):
            return self.shelf.articles
        return self.shelf.articles.iloc[rows].reset_index(drop=True)

    def _iter_matter(self) -> Iterable[list[str]]:
        """Headlines and texts of the articles, some at a time."""
        for first in range(0, self.n_news, _TEXTS_AT_ONCE):
            some = self.shelf.articles.iloc[self.news_rows[first : first + _TEXTS_AT_ONCE]]
            matter = [text for field in ("kicker", "headline", "subhead") for text in some[field].tolist()]
            yield [*matter, *self.shelf.origin.read_texts(some["row"].to_numpy())]
