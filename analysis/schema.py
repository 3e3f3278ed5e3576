"""Every table of the product as data: grain, columns, dtypes, units.

The CSV files are a public format: the columns named here keep their name and meaning. Columns may be
added to a frame; `check` looks only at those it knows.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

TEXT = "str"
COUNT = "int64"
MAYBE_COUNT = "Int64"
NUMBER = "float64"
FLAG = "bool"
DAY = "datetime64[us]"

#: Kinds of `articles` rows that are articles; teasers and notices stay out of every denominator.
ARTICLE_KINDS = ("news", "photo", "brief", "interview")
#: All values of `articles.kind`.
KINDS = (*ARTICLE_KINDS, "teaser", "notice")
#: How `date` is known, surest first.
DATE_BASES = ("printed", "given", "inferred", "unknown")
#: Values of `slogan_candidates.form`.
FORMS = ("quoted", "numeral", "repeated")
#: Columns of `articles` that hold matter to search, in reading order; values of `slogan_hits.field`.
FIELDS = ("kicker", "headline", "subhead", "text")
#: The main topic of an article whose evidence is too thin for any named one.
OTHER_TOPIC = "其他"


class SchemaError(ValueError):
    """A frame is not the table that it is said to be."""


class Column(NamedTuple):
    """One column of a table: its name, pandas dtype and meaning (with unit and convention)."""

    name: str
    dtype: str
    meaning: str
    exported: bool = True


class Table(NamedTuple):
    """One table: its name, what one row stands for, its row order and its columns."""

    name: str
    grain: str
    order: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """Column names in their stated order."""
        return [column.name for column in self.columns]

    @property
    def exported(self) -> list[str]:
        """Names of the columns that are written to files."""
        return [column.name for column in self.columns if column.exported]


_PLACE = (
    Column("paper", TEXT, "Name of the newspaper; missing when neither printed nor given."),
    Column("province", TEXT, "Province, full official name; missing when unknown."),
    Column("city", TEXT, "Prefecture-level city, full official name; missing when unknown."),
    Column("county", TEXT, "County, district or county-level city; missing when unknown."),
)
_DATE = (
    Column("date", DAY, "Day of publication; missing when unknown."),
    Column("date_basis", TEXT, "printed, given (file name or column), inferred, or unknown."),
)

PAGES = Table(
    "pages",
    "source page",
    ("file",),
    (
        Column("page_id", TEXT, "Stable id, made from the bytes of the file."),
        Column("file", TEXT, "Path of the file below the source folder."),
        *_PLACE,
        *_DATE,
        Column("n_articles", MAYBE_COUNT, "Articles found on the page; missing before it is split."),
        Column("n_chars", COUNT, "Characters of the source text without white space."),
        Column("text_quality", NUMBER, "0-1: share of the text that reads as sound Chinese text."),
        Column("encoding", TEXT, "Character encoding that the file was read in."),
        Column("source", TEXT, "The text of the file as it was read.", exported=False),
    ),
)

ARTICLES = Table(
    "articles",
    "article (and, marked by kind, teaser or notice)",
    ("page_id", "position"),
    (
        Column("article_id", TEXT, "Stable id: page_id and position."),
        Column("page_id", TEXT, "Page that it stands on."),
        Column("position", COUNT, "Reading order on the page, from 1."),
        Column("kind", TEXT, "news, photo, brief, interview, teaser or notice."),
        Column("kicker", TEXT, "Line above the headline (引题) as printed; empty when none."),
        Column("headline", TEXT, "Main headline (主题), its lines joined by a space; empty when none."),
        Column("subhead", TEXT, "Line below the headline (副题) as printed; empty when none."),
        Column("authors", TEXT, "name/role joined by ';' in printed order; empty when none."),
        Column("dateline", TEXT, "Words of the lead that date the event, verbatim; empty when none."),
        Column("event_date", TEXT, "Day of the event, ISO or start/end; missing when unknown."),
        *_DATE,
        *_PLACE,
        Column("continued", FLAG, "True when the page says that the rest stands on another page."),
        Column("text", TEXT, "Reading order, wraps joined, paragraphs separated by a newline."),
        Column("n_chars", COUNT, "Characters of text without white space."),
        Column("confidence", NUMBER, "0-1: how sure the splitter is of headline and body."),
    ),
)

ARTICLE_TOPICS = Table(
    "article_topics",
    "article x topic",
    ("article_id", "share (descending)", "topic"),
    (
        Column("article_id", TEXT, "Article."),
        Column("topic", TEXT, "Topic of the taxonomy, or 其他."),
        Column("share", NUMBER, "Share of the article's cue weight, 0-1; sums to 1 over an article."),
        Column("is_main", FLAG, "True for the one main topic of the article."),
    ),
)

TOPIC_WORDS = Table(
    "topic_words",
    "topic x word",
    ("topic", "weight (descending)", "word"),
    (
        Column("topic", TEXT, "Topic of the taxonomy."),
        Column("word", TEXT, "Cue word or phrase found in the corpus."),
        Column("weight", NUMBER, "Share of the topic's cue weight in the corpus, 0-1."),
    ),
)

KEYWORDS = Table(
    "keywords",
    "article x keyword",
    ("article_id", "rank"),
    (
        Column("article_id", TEXT, "Article."),
        Column("word", TEXT, "Keyword; slogans stay whole."),
        Column("n", COUNT, "Occurrences in headlines and text of the article."),
        Column("score", NUMBER, "TF-IDF: n / words of the article x inverse document frequency."),
        Column("rank", COUNT, "Rank in the article by score, from 1."),
    ),
)

SLOGAN_HITS = Table(
    "slogan_hits",
    "occurrence of a slogan",
    ("article_id", "field (kicker, headline, subhead, text)", "start"),
    (
        Column("article_id", TEXT, "Article."),
        Column("slogan", TEXT, "Slogan as the lexicon names it."),
        Column("surface", TEXT, "The characters as they stand in the field."),
        Column("field", TEXT, "kicker, headline, subhead or text."),
        Column("start", COUNT, "Offset of the first character in the field."),
        Column("end", COUNT, "Offset behind the last character, so that field[start:end] == surface."),
    ),
)

SLOGAN_FREQUENCIES = Table(
    "slogan_frequencies",
    "slogan x period x place",
    ("slogan", "period", "paper", "county"),
    (
        Column("slogan", TEXT, "Slogan."),
        Column("period", TEXT, "Period of publication, such as 2024-04; unknown when undated."),
        Column("paper", TEXT, "Newspaper; missing when unknown."),
        Column("county", TEXT, "County; missing when unknown."),
        Column("n", COUNT, "Occurrences in headlines and text."),
        Column("n_articles", COUNT, "Articles of the cell with the slogan at least once."),
        Column("articles", COUNT, "All articles of the cell."),
        Column("share", NUMBER, "n_articles / articles, 0-1."),
        Column("low", NUMBER, "Lower end of the 95 % Wilson interval of share."),
        Column("high", NUMBER, "Upper end of the 95 % Wilson interval of share."),
        Column("per_10k_chars", NUMBER, "Occurrences per 10 000 characters of headlines and text."),
    ),
)

SLOGAN_CANDIDATES = Table(
    "slogan_candidates",
    "proposed slogan",
    ("score (descending)", "candidate"),
    (
        Column("candidate", TEXT, "Formula that the lexicon lacks."),
        Column("n", COUNT, "Occurrences in headlines and text."),
        Column("n_articles", COUNT, "Articles with it at least once."),
        Column("form", TEXT, "quoted, numeral or repeated."),
        Column("score", NUMBER, "0-1: how much it looks like a slogan."),
        Column("example", TEXT, "Sentence that it stands in."),
    ),
)

PROBLEMS = Table(
    "problems",
    "thing that went wrong",
    ("file",),
    (
        Column("file", TEXT, "File, as in pages."),
        Column("what", TEXT, "What went wrong, in a word or two."),
        Column("why", TEXT, "Why, and the cure."),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PAGES,
        ARTICLES,
        ARTICLE_TOPICS,
        TOPIC_WORDS,
        KEYWORDS,
        SLOGAN_HITS,
        SLOGAN_FREQUENCIES,
        SLOGAN_CANDIDATES,
        PROBLEMS,
    )
}


def empty(table: Table) -> pd.DataFrame:
    """Make the table without rows.

    Args:
        table: One of `TABLES`.

    Returns:
        A frame with the table's columns in order, their dtypes, and a default index.

    Example:
        >>> empty(PROBLEMS).columns.tolist()
        ['file', 'what', 'why']
    """
    return pd.DataFrame({c.name: pd.Series([], dtype=c.dtype) for c in table.columns})


def conform(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Put a frame into the table's column order and dtypes.

    Args:
        frame: Has at least the table's columns; further ones are kept behind them.
        table: One of `TABLES`.

    Returns:
        A new frame with a default integer index; row order as given.

    Raises:
        SchemaError: A column is absent or cannot take its dtype.

    Example:
        >>> conform(pd.DataFrame({"why": ["a"], "what": ["b"], "file": ["c"]}), PROBLEMS).values.tolist()
        [['c', 'b', 'a']]
    """
    _require_columns(frame, table)
    found = frame.columns.tolist()
    names = table.names + [name for name in found if name not in table.names]
    ordered = (frame if found == names else frame[names]).reset_index(drop=True)
    try:
        # Of a column that has its dtype already `astype` makes another one, for a third of our time.
        other = {c.name: c.dtype for c in table.columns if str(ordered[c.name].dtype) != c.dtype}
        return ordered.astype(other) if other else ordered
    except (TypeError, ValueError) as error:
        raise SchemaError(f"{table.name}: {error}; expected {_dtypes(table)}") from error


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Hold a frame against its table and hand it back unchanged.

    Args:
        frame: Any frame.
        table: One of `TABLES`.

    Returns:
        The same frame.

    Raises:
        SchemaError: A column is absent or of another dtype, or the index is not the default one.
    """
    _require_columns(frame, table)
    for column in table.columns:
        found = str(frame[column.name].dtype)
        if found != column.dtype:
            raise SchemaError(f"{table.name}.{column.name} is {found}; expected {column.dtype}")
    if not frame.index.equals(pd.RangeIndex(len(frame))):
        raise SchemaError(f"{table.name}: index is not 0..{len(frame) - 1}; call reset_index(drop=True)")
    return frame


def is_article(articles: pd.DataFrame) -> pd.Series:
    """Tell which rows of `articles` count as articles.

    Teasers and notices do not; every share, rate and trend divides by the rows that do.

    Args:
        articles: Table `articles`.

    Returns:
        One bool a row, same index.
    """
    return articles["kind"].isin(ARTICLE_KINDS)


def counted(articles: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that count as articles (see `is_article`), with a default index."""
    return articles[is_article(articles)].reset_index(drop=True)


def _require_columns(frame: pd.DataFrame, table: Table) -> None:
    absent = [name for name in table.names if name not in frame.columns]
    if absent:
        raise SchemaError(f"{table.name}: no column {', '.join(absent)}; expected {', '.join(table.names)}")


def _dtypes(table: Table) -> str:
    return ", ".join(f"{c.name} {c.dtype}" for c in table.columns)
