"""A store opened: its manifest, and columns and texts as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.corpus import Tables
from analysis.schema import ARTICLES, SLOGAN_HITS, TABLES, conform, empty
from analysis.slogans import sort_hits
from analysis.slogans.lexicon import LEXICON_COLUMNS
from analysis.store.batches import Batches
from analysis.store.manifest import StoreError
from analysis.store.parts import unpack_texts
from analysis.store.vocabulary import rank_pairs

#: Tables that are kept whole, not by batch.
WHOLE = ("pages", "topic_words", "slogan_frequencies", "slogan_candidates", "problems")
_IDS = ("article_id", "page_id", "position")
#: Part of a batch that holds the rows of a table, the table, and the order of its rows in an article.
_BY_ARTICLE = {"article_topics": "topics", "slogan_hits": "hits"}


class Store(Batches):
    """A handle on a store; it reads what is asked for, and nothing before.

    It stays on the tables that it was opened on: a later build replaces them for those who open later.
    """

    def read_articles(self, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """Read columns of table `articles`, all rows in order.

        Args:
            columns: Some of the table's; all but `text` when None. Also `chars`, the characters of headlines
                and text that `count_slogans` divides by.

        Returns:
            A frame with these columns, their dtypes, and a default index.

        Raises:
            StoreError: There is no such column, or a part is damaged.
        """
        names = [name for name in ARTICLES.names if name != "text"] if columns is None else list(columns)
        unknown = [name for name in names if name not in (*ARTICLES.names, "chars")]
        if unknown:
            raise StoreError(
                f"articles has no column {unknown[0]}; expected some of {', '.join(ARTICLES.names)}"
            )
        stored = [name for name in names if name != "text"]
        needed = list(dict.fromkeys([*stored, *(_IDS if set(stored) & set(_IDS) else ())]))
        frame = self.read_parts("articles", needed) if needed else pd.DataFrame(index=range(self.n_rows))
        if set(stored) & set(_IDS):
            frame = self._name(frame, "article_id" in stored)
        if "text" in names:
            packed = pa.array(self.read_parts("texts", ["text"])["text"], pa.binary())
            frame = frame.assign(text=pd.Series(unpack_texts(packed), index=frame.index, dtype="str"))
        dtypes = {column.name: column.dtype for column in ARTICLES.columns if column.name in names}
        return frame[names].astype(dtypes)

    def read_texts(self, article_ids: Iterable[str]) -> pd.Series:
        """Read the texts of some articles; only the parts that hold them are opened.

        Args:
            article_ids: Ids of table `articles`.

        Returns:
            Texts by id, in the order given.

        Raises:
            StoreError: The store has no such article.
        """
        wanted = list(article_ids)
        rows = self.ids.get_indexer(wanted)
        if len(rows) and rows.min() < 0:
            raise StoreError(f"{wanted[int(rows.argmin())]}: no such article in {self.folder}; open it anew")
        texts = np.empty(len(rows), dtype=object)
        for number, here, local in self.find_homes(rows):
            texts[here] = unpack_texts(self.read_packed(number).take(local))
        return pd.Series(texts, index=pd.Index(wanted, dtype="str"), name="text", dtype="str")

    def read_rows(self, rows: np.ndarray, columns: list[str]) -> pd.DataFrame:
        """Read columns of some articles; only the parts that hold them are opened.

        Args:
            rows: Rows of table `articles`, rising.
            columns: Some of the table's, but `page_id` and `position`.

        Returns:
            As `read_articles`.
        """
        stored = [name for name in columns if name not in ("article_id", "text")]
        found, order = [], []
        for number, here, local in self.find_homes(rows):
            frame = self.load_rows(number, local, stored)
            if "text" in columns:
                frame = frame.assign(text=unpack_texts(self.read_packed(number).take(local)))
            found.append(frame)
            order.append(here)
        frame = pd.concat(found).iloc[np.argsort(np.concatenate(order))].reset_index(drop=True)
        return frame.assign(article_id=self.name_rows(rows))[columns]

    def name_rows(self, rows: np.ndarray) -> list[str]:
        """Name some rows of table `articles` by their ids; few parts are opened, for tables none."""
        ids = [""] * len(rows)
        first = np.cumsum([0, *(place.rows for place in self.places[:-1])])
        numbers = np.searchsorted(first, rows, side="right") - 1
        of_pages = []
        for at, (row, number) in enumerate(zip(rows.tolist(), numbers.tolist(), strict=True)):
            place = self.places[number]
            file = self.manifest.files[place.file]
            if file["kind"] == "rows":
                ids[at] = _name_row(file["page_id"], place.before + row - int(first[number]) + 1)
            else:
                of_pages.append(at)
        for number, here, local in self.find_homes(rows[of_pages]):
            names = self.load_rows(number, local, ["article_id"])["article_id"].tolist()
            for at, name in zip(here.tolist(), names, strict=True):
                ids[of_pages[at]] = name
        return ids

    def find_pieces(self, article_ids: Iterable[str]) -> set[str]:
        """Find the pieces of the source that hold some articles, by their fingerprints."""
        rows = self.ids.get_indexer(list(article_ids))
        first = np.cumsum([0, *(place.rows for place in self.places[:-1])])
        numbers = np.unique(np.searchsorted(first, rows, side="right") - 1)
        return {self.places[number].key for number in numbers.tolist()}

    def read_table(self, name: str) -> pd.DataFrame:
        """Read one of the nine tables, as `read_tables` gives it.

        Raises:
            StoreError: There is no such table, or a part is damaged.
        """
        if name not in TABLES:
            raise StoreError(f"table {name} is unknown; expected one of {', '.join(TABLES)}")
        if name == "articles":
            return conform(self.read_articles(ARTICLES.names), ARTICLES)
        if name in WHOLE:
            frame = self.load(self.manifest.tables[name]).to_pandas()
            frame = frame.assign(source="") if name == "pages" else frame
            return conform(frame, TABLES[name])
        return self._read_by_article(name)

    def read_lexicon(self) -> pd.DataFrame:
        """Read the slogan lexicon that the store was built with.

        Raises:
            StoreError: The part is damaged, or an earlier version built the store and did not keep it.
        """
        lexicon = self._read_list("lexicon")
        return lexicon.astype({name: kind for name, kind in LEXICON_COLUMNS.items() if name in lexicon})

    def read_taxonomy(self) -> pd.DataFrame:
        """Read the topic taxonomy that the store was built with.

        Raises:
            StoreError: As `read_lexicon`.
        """
        return self._read_list("taxonomy").astype({"topic": "str", "cue": "str", "weight": "float64"})

    def _read_list(self, name: str) -> pd.DataFrame:
        if name not in self.manifest.tables:
            raise StoreError(f"{self.folder}: keeps no {name}, as earlier versions did; build it again")
        return self.load(self.manifest.tables[name]).to_pandas()

    def _read_by_article(self, name: str) -> pd.DataFrame:
        table = TABLES[name]
        frame = self._gather_keywords() if name == "keywords" else self.read_parts(_BY_ARTICLE[name])
        if frame.empty:
            extra = {"crossing": pd.Series([], dtype="str")} if name == "slogan_hits" else {}
            return empty(table).assign(**extra)
        row = frame.pop("row").to_numpy()
        frame.insert(0, "article_id", self.ids.to_numpy()[row])
        if name != "slogan_hits":
            return conform(frame, table)
        return sort_hits(conform(frame.astype({"crossing": "str"}), SLOGAN_HITS))

    def _gather_keywords(self) -> pd.DataFrame:
        parts = (
            pairs._replace(row=place[pairs.row])
            for pairs, place in zip(self.iter_pairs(), self.maps, strict=True)
        )
        ranked = rank_pairs(parts, self.read_vocabulary(), self.manifest.counts["articles"])
        return ranked.iloc[np.argsort(ranked["row"].to_numpy(), kind="stable")].reset_index(drop=True)

    def _name(self, frame: pd.DataFrame, with_ids: bool) -> pd.DataFrame:
        """Give the rows of tables their ids, which name the file and the place in it, or all but these."""
        ids, pages = frame["article_id"].tolist(), frame["page_id"].tolist()
        position = frame["position"].to_numpy(copy=True)
        at = 0
        for place in self.places:
            file = self.manifest.files[place.file]
            if file["kind"] == "rows":
                numbers = range(place.before + 1, place.before + place.rows + 1)
                if with_ids:
                    ids[at : at + place.rows] = [_name_row(file["page_id"], number) for number in numbers]
                pages[at : at + place.rows] = [file["page_id"]] * place.rows
                position[at : at + place.rows] = numbers
            at += place.rows
        return frame.assign(
            article_id=pd.Series(ids, dtype="str"), page_id=pd.Series(pages, dtype="str"), position=position
        )

    @cached_property
    def ids(self) -> pd.Index:
        """Ids of all articles, in the order of table `articles`."""
        return pd.Index(self.read_articles(["article_id"])["article_id"])


def _name_row(page_id: str, number: int) -> str:
    """The id of a row of a table of ready-made articles, by its number there."""
    return f"{page_id}-{number:02d}"


def open_store(folder: str | Path) -> Store:
    """Open a store.

    Args:
        folder: As `build_store` made it.

    Returns:
        A small handle; no table is read yet.

    Raises:
        StoreError: The folder holds no store, or one of another format, or its manifest is damaged.
    """
    return Store(folder)


def read_tables(store: Store) -> Tables:
    """Read the nine tables of a store, the same as `corpus.read_tables` makes of its source.

    Args:
        store: From `open_store`.

    Returns:
        All nine tables, whole and in memory; `pages.source` is empty, for the text is kept once.

    Raises:
        StoreError: A part is damaged.
    """
    return Tables(**{name: store.read_table(name) for name in TABLES})
