"""Where a shelf has its tables from: what tables in memory and a store must both be able to give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.shelves.words import Words


class Texts(NamedTuple):
    """Texts of some articles: their rows in table `articles`, ascending, and the texts in that order."""

    rows: np.ndarray
    texts: pa.Array


class Origin(Protocol):
    """Tables of a corpus, each read when it is asked for."""

    def read_articles(self) -> pd.DataFrame:
        """Read table `articles` without `text`, with the further column `chars` (see `count_chars`)."""

    def read_table(self, name: str) -> pd.DataFrame:
        """Read another one of the nine tables, as the schema has it."""

    def read_rows(self, name: str) -> pd.DataFrame:
        """Read a table by article; in the place of article_id stands row, the row of table `articles`."""

    def read_texts(self, rows: np.ndarray) -> list[str]:
        """Read the texts of some rows of table `articles`, in the order given."""

    def iter_texts(self) -> Iterator[Texts]:
        """Read all texts, some thousands at a time."""

    def read_words(self) -> Words:
        """Read how often each word stands in each article that counts as one."""

    def read_rolled(self, lexicon: pd.DataFrame) -> pd.DataFrame:
        """Roll the hits up: row, slogan and field of each."""
