"""A shelf of tables that are in memory."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.corpus import Tables
from analysis.keywords import count_words
from analysis.schema import is_article
from analysis.shelves.matrices.columns import Columns, make_columns
from analysis.shelves.matrices.words import Words, make_words
from analysis.shelves.origins.origin import Texts
from analysis.shelves.searching.needles import UTF_8
from analysis.shelves.shelf import Shelf
from analysis.slogans import roll_up
from analysis.slogans.frequencies import count_chars


def shelve_tables(tables: Tables, *, lexicon: pd.DataFrame, taxonomy: pd.DataFrame) -> Shelf:
    """Put tables in memory on a shelf.

    Args:
        tables: All nine tables.
        lexicon: Lexicon behind the hits.
        taxonomy: Taxonomy behind the topics.

    Returns:
        The shelf.
    """
    return Shelf(_Held(tables, lexicon), lexicon=lexicon, taxonomy=taxonomy)


class _Held:
    """Tables in memory as the origin of a shelf."""

    def __init__(self, tables: Tables, lexicon: pd.DataFrame) -> None:
        self._tables, self._lexicon = tables, lexicon
        self._ids = pd.Index(tables.articles["article_id"])
        self._texts = tables.articles["text"].to_numpy(dtype=object)

    def read_articles(self) -> pd.DataFrame:
        articles = self._tables.articles
        return articles.drop(columns="text").assign(chars=count_chars(articles))

    def read_table(self, name: str) -> pd.DataFrame:
        return getattr(self._tables, name)

    def read_columns(self, name: str) -> Columns:
        return make_columns(self._number_rows(name), len(self._tables.articles))

    def read_main_topics(self) -> pd.DataFrame:
        topics = self._number_rows("article_topics")
        return topics.loc[topics["is_main"], ["row", "topic"]]

    def read_hit_rows(self) -> np.ndarray:
        return self._number_rows("slogan_hits")["row"].to_numpy()

    def read_keywords(self, rows: np.ndarray) -> pd.DataFrame:
        keywords = self._number_rows("keywords")
        return keywords[keywords["row"].isin(rows)]

    def read_texts(self, rows: np.ndarray) -> list[str]:
        return self._texts[rows].tolist()

    def list_texts(self) -> list[Callable[[], Texts]]:
        return [self._encode_texts]

    def _encode_texts(self) -> Texts:
        encoded = pa.array([text.encode(UTF_8, "surrogatepass") for text in self._texts], pa.large_binary())
        return Texts(np.arange(len(self._texts)), pa.chunked_array([encoded]), UTF_8)

    def read_words(self) -> Words:
        is_counted = is_article(self._tables.articles).to_numpy()
        news = self._tables.articles[is_counted]
        return make_words(
            count_words(news, lexicon=self._lexicon), np.flatnonzero(is_counted), len(is_counted)
        )

    def read_rolled(self, lexicon: pd.DataFrame) -> pd.DataFrame:
        rolled = roll_up(self._tables.slogan_hits, lexicon)
        rows = self._ids.get_indexer(pd.Index(rolled["article_id"])).astype(np.int32)
        return rolled[["slogan", "field"]].assign(row=rows)

    def _number_rows(self, name: str) -> pd.DataFrame:
        """Give a table row of table `articles` in the place of article_id."""
        frame = getattr(self._tables, name)
        rows = self._ids.get_indexer(pd.Index(frame["article_id"])).astype(np.int32)
        return frame.drop(columns="article_id").assign(row=rows)
