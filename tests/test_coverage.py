"""Coverage: what is held of each period and place, counted by hand; gaps are gaps and never zeros."""

import pandas as pd
import pytest

from analysis import schema
from analysis.coverage import THIN_ARTICLES, count_coverage
from analysis.measures import wilson_interval
from analysis.slogans import count_slogans
from analysis.slogans.frequencies import PeriodError


def _make(rows: list[tuple]) -> pd.DataFrame:
    """Make articles of (page, kind, day, county, text)."""
    frame = pd.DataFrame(rows, columns=["page_id", "kind", "date", "county", "text"])
    frame = frame.reindex(columns=schema.ARTICLES.names)
    frame = frame.assign(
        article_id=[f"a{number}" for number in range(len(frame))],
        **dict.fromkeys(("kicker", "subhead", "authors", "dateline"), ""),
        headline="题 目",
        position=1,
        n_chars=0,
        continued=False,
        confidence=1.0,
        date=pd.to_datetime(frame["date"]),
    )
    return schema.conform(frame, schema.ARTICLES)


@pytest.fixture
def articles() -> pd.DataFrame:
    return _make(
        [
            ("p1", "news", "2024-01-10", "甲县", "四个字符"),
            ("p1", "photo", "2024-01-10", "甲县", "一 二"),
            ("p1", "teaser", "2024-01-10", "甲县", "不算在内"),
            ("p2", "brief", "2024-01-20", "甲县", ""),
            ("p3", "news", "2024-04-01", "甲县", "字"),
            ("p4", "news", "2024-02-01", "乙县", "字"),
            ("p5", "notice", "2024-06-01", "乙县", "不算在内"),
            ("p6", "news", None, None, "字"),
        ]
    )


def _rows(coverage: pd.DataFrame, *columns: str) -> list[list]:
    plain = coverage[list(columns)].astype(object)
    return plain.where(plain.notna(), None).values.tolist()


def test_articles_pages_and_characters_of_each_cell(articles):
    coverage = count_coverage(articles)
    assert coverage.columns.tolist() == ["period", "county", "articles", "pages", "chars", "thin", "gap"]
    assert _rows(coverage, "period", "county", "articles", "pages", "chars") == [
        ["2024-01", "甲县", 3, 2, 4 + 2 + 3 * 2],
        ["2024-02", "乙县", 1, 1, 3],
        ["2024-04", "甲县", 1, 1, 3],
        ["unknown", None, 1, 1, 3],
    ]
    assert not coverage["gap"].any()


def test_gaps_lie_between_the_first_and_the_last_of_their_own_place(articles):
    gaps = count_coverage(articles, gaps=True).query("gap")
    assert _rows(gaps, "period", "county", "articles", "pages", "chars", "thin") == [
        ["2024-02", "甲县", 0, 0, 0, False],
        ["2024-03", "甲县", 0, 0, 0, False],
    ]


def test_gaps_of_the_whole_corpus(articles):
    coverage = count_coverage(articles, by=["period"], gaps=True)
    assert _rows(coverage, "period", "articles", "gap") == [
        ["2024-01", 3, False],
        ["2024-02", 1, False],
        ["2024-03", 0, True],
        ["2024-04", 1, False],
        ["unknown", 1, False],
    ]


@pytest.mark.parametrize(
    ("every", "first", "n_gaps"),
    [
        ("day", "2024-12-30", 9),
        ("week", "2025-W01", 1),
        ("month", "2024-12", 0),
        ("quarter", "2024-Q4", 0),
        ("year", "2024", 0),
        ("all", "all", 0),
    ],
)
def test_gaps_across_a_new_year(every, first, n_gaps):
    articles = _make([("p", "news", "2024-12-30", "甲县", ""), ("q", "news", "2025-01-09", "甲县", "")])
    # 2024-12-30 to 2025-01-05 is week 1, 2025-01-06 to 12 is week 2
    if every == "week":
        articles = articles.assign(date=pd.to_datetime(["2024-12-30", "2025-01-13"]))
    coverage = count_coverage(articles, by=["period"], every=every, gaps=True)
    assert coverage["period"].iloc[0] == first
    assert coverage["gap"].sum() == n_gaps
    assert coverage["period"].is_unique and coverage["period"].is_monotonic_increasing


def test_thin_is_below_the_number_and_not_on_it():
    many = _make([("p", "news", "2024-01-10", "甲县", "")] * THIN_ARTICLES)
    assert count_coverage(many)["thin"].tolist() == [False]
    assert count_coverage(many.iloc[1:])["thin"].tolist() == [True]


def test_number_below_which_a_cell_is_thin_is_that_of_its_reason():
    _, high = wilson_interval(0, [THIN_ARTICLES - 1, THIN_ARTICLES])
    assert high[0] > 0.114 > high[1] > 0.11


def test_places_alone_and_columns_of_ones_own(articles):
    assert _rows(count_coverage(articles, by=["county"], gaps=True), "county", "articles", "gap") == [
        ["乙县", 1, False],
        ["甲县", 4, False],
        [None, 1, False],
    ]
    coverage = count_coverage(articles.assign(topic="甲题"), by=["topic", "period"], every="year")
    assert _rows(coverage, "topic", "period", "articles") == [["甲题", "2024", 5], ["甲题", "unknown", 1]]


def test_undated_articles_make_no_gaps():
    articles = _make([("p", "news", None, "甲县", ""), ("q", "news", None, "乙县", "")])
    assert _rows(count_coverage(articles, gaps=True), "period", "gap") == [["unknown", False]] * 2
    assert _rows(count_coverage(articles, by=["period"], gaps=True), "articles", "gap") == [[2, False]]


def test_cells_are_the_denominators_of_the_frequencies(seed_tables):
    by = ("period", "paper", "county")
    coverage = count_coverage(seed_tables.articles, by=by)
    counts = count_slogans(seed_tables.slogan_hits, seed_tables.articles, by=by)
    joined = counts.merge(coverage, on=list(by), suffixes=("", "_held"))
    assert len(joined) == len(counts) > 0
    assert (joined["articles"] == joined["articles_held"]).all()
    assert coverage["pages"].sum() == len(seed_tables.pages)


@pytest.mark.parametrize("by", [("period", "county"), ("period",), ("paper",)])
def test_empty_in_empty_out(by):
    coverage = count_coverage(schema.empty(schema.ARTICLES), by=by, gaps=True)
    assert coverage.columns.tolist() == [*by, "articles", "pages", "chars", "thin", "gap"]
    assert coverage.empty


def test_only_teasers_are_no_coverage(articles):
    assert count_coverage(articles[articles["kind"] == "teaser"]).empty


def test_input_stays_and_the_second_run_is_the_same(articles):
    before = articles.copy()
    first = count_coverage(articles, gaps=True)
    pd.testing.assert_frame_equal(count_coverage(articles, gaps=True), first)
    pd.testing.assert_frame_equal(articles, before)


@pytest.mark.parametrize(
    ("options", "culprit"),
    [
        ({"every": "hour"}, "every='hour'"),
        ({"by": ["nobody"]}, "by has 'nobody'"),
        ({"by": []}, "by is empty"),
    ],
)
def test_unknown_options_are_named(articles, options, culprit):
    with pytest.raises(PeriodError, match=culprit):
        count_coverage(articles, **options)
