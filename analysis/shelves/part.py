"""A part of a shelf: some rows of its tables, coded, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.shelves.kept import Kept, Shelved

if TYPE_CHECKING:
    from analysis.shelves.shelf import Shelf

_KEPT = 64
_FACTS = ("kind", "date", "paper", "province", "city", "county", "place", "chars", "n_chars")


class Part:
    """Some articles of a shelf in rows and codes; the frames of its properties are copies on write."""

    def __init__(self, shelf: Shelf, rows: np.ndarray, *, is_cut: bool = False) -> None:
        """Take some rows.

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

    @Kept
    def n_pages(self) -> int:
        """Number of pages with a selected article."""
        return len(self._pages)

    @property
    def problems(self) -> pd.DataFrame:
        """Table `problems`, always whole."""
        return self.shelf.problems.copy(deep=False)

    @Kept
    def topics(self) -> pd.DataFrame:
        """Table `article_topics` with row in the place of article_id."""
        return self.shelf.topics if self.is_whole else self.shelf.topic_columns.take(self.rows)

    @Kept
    def hits(self) -> pd.DataFrame:
        """Table `slogan_hits` with row in the place of article_id."""
        return self.shelf.hits if self.is_whole else self.shelf.take_hits(self.rows)

    @Kept
    def n_hits(self) -> int:
        """Rows of `slogan_hits`."""
        return int(self.shelf.count_hits(self.rows).sum())

    @Kept
    def _facts(self) -> pd.DataFrame:
        articles, rows = self.shelf.articles, self.news_rows
        facts = {name: articles[name].array for name in _FACTS} | {"topic": self.shelf.main_topics}
        if len(rows) < len(articles):
            facts = {name: values.take(rows) for name, values in facts.items()}
        numbers = {"article_id": rows.astype(np.int32), "page_id": self.shelf.page_rows[rows]}
        return pd.DataFrame(facts | numbers)[[*_FACTS, *numbers, "topic"]]

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

    def keep(self, key: Hashable, make: Callable[[], object]) -> object:
        """Give what was made of the view for a key, or make it now."""
        return self._made.get(key, make)

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
