"""Spread: order, censoring, lag and amplification, worked out by hand on four papers."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import schema
from analysis.measures import MeasureError
from analysis.slogans.frequencies import PeriodError
from analysis.slogans.spread import SPREAD_COLUMNS, find_spread, ratio_interval

NEW, OLD = "新质生产力", "枫桥经验"
CENTRAL = "人民日报"


def _make(rows: list[tuple]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make hits and articles of (paper, county, day, slogans separated by a blank)."""
    frame = pd.DataFrame(rows, columns=["paper", "county", "date", "slogans"])
    frame["article_id"] = [f"a{number}" for number in range(len(frame))]
    hits = frame.assign(slogan=frame["slogans"].str.split()).explode("slogan").dropna(subset="slogan")
    hits = hits.assign(surface=hits["slogan"], field="text", start=0, end=1)
    articles = frame.drop(columns="slogans").reindex(columns=schema.ARTICLES.names)
    articles = articles.assign(kind="news", position=1, n_chars=0, continued=False, confidence=1.0)
    articles = articles.assign(date=pd.to_datetime(articles["date"]))
    hits = hits[schema.SLOGAN_HITS.names]
    return schema.conform(hits, schema.SLOGAN_HITS), schema.conform(articles, schema.ARTICLES)


@pytest.fixture
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    return _make(
        [
            (CENTRAL, None, "2024-01-01", OLD),
            (CENTRAL, None, "2024-01-03", f"{NEW} {NEW}"),
            (CENTRAL, None, "2024-01-05", ""),
            (CENTRAL, None, "2024-01-10", NEW),
            (CENTRAL, None, "2024-01-20", ""),
            ("甲报", "甲县", "2024-01-02", ""),
            ("甲报", "甲县", "2024-01-07", NEW),
            ("甲报", "甲县", "2024-01-10", NEW),
            ("甲报", "甲县", "2024-01-30", ""),
            ("乙报", "乙县", "2024-01-05", ""),
            ("乙报", "乙县", "2024-01-06", NEW),
            ("丙报", "乙县", "2024-01-04", NEW),
            ("丁报", None, "2023-12-31", ""),
            ("丁报", None, "2024-01-07", f"{NEW} {OLD}"),
            (None, "甲县", "2024-01-08", NEW),
            ("甲报", "甲县", None, OLD),
        ]
    )


def _rows(frame: pd.DataFrame, *columns: str) -> list[list]:
    plain = frame[list(columns)].astype(object)
    return plain.where(plain.notna(), None).values.tolist()


def _of(spread: pd.DataFrame, slogan: str) -> pd.DataFrame:
    return spread[spread["slogan"] == slogan]


def test_order_in_which_papers_took_it_up(tables):
    spread = find_spread(*tables)
    assert spread.columns.tolist() == ["slogan", "paper", *SPREAD_COLUMNS]
    assert _rows(_of(spread, NEW), "paper", "rank", "days_after", "n_articles", "articles", "share") == [
        [CENTRAL, 1, 0, 2, 5, 0.4],
        ["丙报", 2, 1, 1, 1, 1.0],
        ["乙报", 3, 3, 1, 2, 0.5],
        ["丁报", 4, 4, 1, 2, 0.5],
        ["甲报", 4, 4, 2, 4, 0.5],
    ]
    assert spread["first_seen"].iloc[-1] == pd.Timestamp("2024-01-07")


def test_censored_where_the_beginning_may_lie_before_what_is_held(tables):
    spread = find_spread(*tables)
    assert _rows(spread, "slogan", "paper", "censored") == [
        [NEW, CENTRAL, False],
        [NEW, "丙报", True],  # its first day has it
        [NEW, "乙报", True],  # its first day is the 5th, two days after the first elsewhere
        [NEW, "丁报", False],
        [NEW, "甲报", False],  # held from the 2nd, a day before
        [OLD, CENTRAL, True],
        [OLD, "丁报", False],
    ]


def test_one_who_begins_on_the_first_day_elsewhere_is_not_censored():
    rows = [("甲", None, "2024-01-01", ""), ("甲", None, "2024-01-02", NEW)]
    rows += [("乙", None, "2024-01-02", ""), ("乙", None, "2024-01-03", NEW)]
    hits, articles = _make(rows)
    assert find_spread(hits, articles)["censored"].tolist() == [False, False]


def test_a_first_use_in_an_article_of_no_known_unit_censors_too():
    hits, articles = _make(
        [(None, None, "2024-01-01", NEW), ("甲", None, "2024-01-02", ""), ("甲", None, "2024-01-03", NEW)]
    )
    assert _rows(find_spread(hits, articles), "rank", "days_after", "censored") == [[1, 0, True]]


def test_places_may_have_several_papers(tables):
    spread = _of(find_spread(*tables, unit="county"), NEW)
    assert _rows(spread, "county", "rank", "first_seen", "n_articles", "articles", "censored") == [
        ["乙县", 1, pd.Timestamp("2024-01-04"), 2, 3, True],
        ["甲县", 2, pd.Timestamp("2024-01-07"), 3, 5, False],
    ]


def test_lag_against_the_central_source(tables):
    spread = find_spread(*tables, central=CENTRAL)
    assert _rows(spread, "slogan", "paper", "lag_days", "lag_censored") == [
        [NEW, CENTRAL, None, None],
        [NEW, "丙报", 1, True],
        [NEW, "乙报", 3, True],
        [NEW, "丁报", 4, False],
        [NEW, "甲报", 4, False],
        [OLD, CENTRAL, None, None],
        [OLD, "丁报", 6, True],  # the central source has it on its own first day
    ]


def test_lag_is_negative_for_those_before_the_central_source():
    rows = [(CENTRAL, None, "2024-01-01", ""), (CENTRAL, None, "2024-01-09", NEW)]
    rows += [("甲", "甲县", "2024-01-01", ""), ("甲", "甲县", "2024-01-04", NEW)]
    spread = find_spread(*_make(rows), unit="county", central=CENTRAL)
    assert _rows(spread, "county", "lag_days", "lag_censored") == [["甲县", -5, False]]


def test_amplification_is_over_the_days_that_both_cover(tables):
    row = find_spread(*tables, central=CENTRAL).query("paper == '甲报'").iloc[0]
    # 2 to 20 January: 2 of 3 of 甲报 (the 30th is out), 2 of 4 of the central source (the 1st is out)
    shared = ["n_shared", "articles_shared", "central_n_shared", "central_articles_shared"]
    assert row[shared].tolist() == [2, 3, 2, 4]
    assert row["amplification"] == pytest.approx((2 / 3) / (2 / 4))
    spread = math.exp(1.959963984540054 * math.sqrt(1 / 2 - 1 / 3 + 1 / 2 - 1 / 4))
    assert row["amplification_low"] == pytest.approx(4 / 3 / spread)
    assert row["amplification_high"] == pytest.approx(4 / 3 * spread)


def test_amplification_of_each_paper_in_its_own_days(tables):
    spread = _of(find_spread(*tables, central=CENTRAL), NEW).set_index("paper")
    # 乙报: 5 and 6 January, the central source has one article without it
    assert spread.loc["乙报", ["central_n_shared", "central_articles_shared"]].tolist() == [0, 1]
    # 丙报: the 4th, on which nothing is held of the central source
    assert spread.loc["丙报", ["n_shared", "central_articles_shared"]].tolist() == [1, 0]
    # 丁报: 1 to 7 January, 1 of 1 against 1 of 3
    assert spread.loc["丁报", "amplification"] == 3.0
    measures = ["amplification", "amplification_low", "amplification_high"]
    assert spread.loc[["乙报", "丙报", CENTRAL], measures].isna().all(axis=None)


def test_no_shared_day_is_no_amplification():
    rows = [(CENTRAL, None, "2024-01-01", NEW), ("甲", None, "2025-01-01", NEW)]
    row = find_spread(*_make(rows), central=CENTRAL).iloc[1]
    assert row[["n_shared", "articles_shared", "central_n_shared"]].tolist() == [0, 0, 0]
    assert math.isnan(row["amplification"]) and row["lag_days"] == 366


@pytest.mark.parametrize("central", [None, "无此报", "丙报"])
def test_without_a_central_source_its_columns_are_missing(tables, central):
    spread = _of(find_spread(*tables, central=central), OLD)
    assert spread[list(SPREAD_COLUMNS)[8:]].isna().all(axis=None)


def test_never_in_the_central_source_is_nothing_to_compare_with():
    rows = [(CENTRAL, None, "2024-01-01", OLD), ("甲", None, "2024-01-01", NEW)]
    spread = find_spread(*_make(rows), central=CENTRAL)
    assert _rows(_of(spread, NEW), "paper", "lag_days", "amplification") == [["甲", None, None]]


def test_dtypes_are_the_same_with_and_without(tables):
    hits, articles = tables
    for frame in (
        find_spread(hits, articles),
        find_spread(hits, articles, central=CENTRAL),
        find_spread(hits.iloc[:0], articles, central=CENTRAL),
        find_spread(hits, articles.iloc[:0]),
        find_spread(schema.empty(schema.SLOGAN_HITS), schema.empty(schema.ARTICLES), central=CENTRAL),
    ):
        found = {name: str(dtype) for name, dtype in frame.dtypes.items()}
        assert found == {"slogan": "str", "paper": "str"} | SPREAD_COLUMNS
        assert frame.index.equals(pd.RangeIndex(len(frame)))


def test_teasers_and_undated_articles_take_no_part(tables):
    hits, articles = tables
    teasers = articles.assign(kind=articles["kind"].where(articles["date"].notna(), "teaser"))
    pd.testing.assert_frame_equal(find_spread(hits, teasers), find_spread(hits, articles))
    assert find_spread(hits, articles.assign(date=pd.NaT)).empty
    assert find_spread(hits, articles.assign(kind="notice")).empty


def test_unknown_unit_is_named(tables):
    with pytest.raises(PeriodError, match="unit='village'"):
        find_spread(*tables, unit="village")


def test_inputs_stay_and_the_second_run_is_the_same(tables):
    before = [frame.copy() for frame in tables]
    first = find_spread(*tables, central=CENTRAL)
    pd.testing.assert_frame_equal(find_spread(*tables, central=CENTRAL), first)
    for frame, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


_ARTICLE = st.tuples(
    st.sampled_from([CENTRAL, "甲", "乙", None]),
    st.none(),
    st.dates(pd.Timestamp("2023-12-25").date(), pd.Timestamp("2024-01-10").date()).map(str),
    st.sampled_from(["", NEW, OLD, f"{NEW} {OLD}"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_ARTICLE, max_size=20))
def test_shared_counts_are_those_of_a_plain_filter(rows):
    hits, articles = _make(rows)
    for row in find_spread(hits, articles, central=CENTRAL).dropna(subset="lag_days").itertuples():
        local, source = (articles[articles["paper"] == name] for name in (row.paper, CENTRAL))
        start = max(local["date"].min(), source["date"].min())
        end = min(local["date"].max(), source["date"].max())
        local, source = (part[part["date"].between(start, end)] for part in (local, source))
        having = set(hits.loc[hits["slogan"] == row.slogan, "article_id"])
        assert (row.articles_shared, row.central_articles_shared) == (len(local), len(source))
        assert row.n_shared == local["article_id"].isin(having).sum()
        assert row.central_n_shared == source["article_id"].isin(having).sum()


def test_interval_of_a_ratio_by_hand():
    # 20 of 100 against 10 of 100: ln 2 -+ 1.96 sqrt(0.05 - 0.01 + 0.1 - 0.01)
    low, high = ratio_interval([20, 0, 5], [10, 5, 0], 100, 100)
    assert (low[0], high[0]) == pytest.approx((2 / 2.0272, 2 * 2.0272), abs=2e-4)
    assert all(map(math.isnan, [low[1], high[1], low[2], high[2]]))
    assert ratio_interval(10, 20, 100, 100)[0] == pytest.approx(1 / high[0])


@pytest.mark.parametrize(
    ("counts", "confidence"), [((2, 1, 1, 1), 0.95), ((1, 1, -1, 1), 0.95), ((1,) * 4, 1)]
)
def test_counts_that_no_sample_has_are_refused(counts, confidence):
    with pytest.raises(MeasureError):
        ratio_interval(*counts, confidence=confidence)
