"""Where a shelf has its tables from: what tables in memory and a store must both be able to give."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.shelves.matrices.columns import Columns
from analysis.shelves.matrices.words import Words


class Texts(NamedTuple):
    """Texts of some articles as they are kept.

    Attributes:
        rows: Rows of table `articles`, ascending.
        column: The texts in that order, as bytes.
        encoding: Their encoding (see `needles`).
    """

    rows: np.ndarray
    column: pa.ChunkedArray
    encoding: str

    def take(self, places: np.ndarray) -> list[str]:
        """Decode the texts at some places."""
        return [
            text.decode(self.encoding, "surrogatepass")
            for text in self.column.take(pa.array(places)).to_pylist()
        ]


class Origin(Protocol):
    """Tables of a corpus, each read when it is asked for."""

    def read_articles(self) -> pd.DataFrame:
        """Read table `articles` without `text`, with the further column `chars` (see `count_chars`)."""

    def read_table(self, name: str) -> pd.DataFrame:
        """Read another one of the nine tables, as the schema has it."""

    def read_columns(self, name: str) -> Columns:
        """Read article_topics or slogan_hits by row of table `articles`, hits by their place in it."""

    def read_main_topics(self) -> pd.DataFrame:
        """Read the main topic of each article: row of table `articles`, and topic."""

    def read_hit_rows(self) -> np.ndarray:
        """Read the row of table `articles` of each hit, in any order."""

    def read_keywords(self, rows: np.ndarray) -> pd.DataFrame:
        """Read table `keywords` of some rows of table `articles`; row stands in the place of article_id."""

    def read_texts(self, rows: np.ndarray) -> list[str]:
        """Read the texts of some rows of table `articles`, in the order given."""

    def list_texts(self) -> list[Callable[[], Texts]]:
        """List all texts, some thousands at a time, each batch to be read by a call."""

    def read_words(self) -> Words:
        """Read how often each word stands in each article that counts as one."""

    def read_rolled(self, lexicon: pd.DataFrame) -> pd.DataFrame:
        """Roll the hits up: row, slogan and field of each."""
