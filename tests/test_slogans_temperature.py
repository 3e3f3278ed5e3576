"""Temperature: tiers against shares worked out by hand, and what is said when they cannot be told."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures import MeasureError, wilson_interval
from analysis.schema import check
from analysis.slogans.temperature import (
    LEAST_ARTICLES,
    RANGE_MARK,
    TEMPERATURE,
    TOO_FEW,
    rate_temperature,
    read_tiers,
)


def test_six_tiers_rise_from_zero_and_only_the_published_two_say_so():
    tiers = read_tiers()
    assert "".join(tiers["tier"]) == "冷温暖热烫沸"
    assert tiers["share"].tolist() == [0, 0.0002, 0.0008, 0.0032, 0.0129, 0.0518]
    assert tiers["basis"].tolist() == ["ours"] * 4 + ["published"] * 2
    assert tiers.loc[tiers["basis"] == "published", "source"].str.contains("Qian Gang").all()
    assert not tiers["source"].isna().any()


def test_our_cut_offs_go_on_by_the_step_of_the_published_ones():
    shares = read_tiers()["share"].tolist()
    assert 2000 / 500 == 4
    for low, high in itertools.pairwise(shares[1:-1]):
        assert high / 4 == pytest.approx(low, abs=5e-5)


@pytest.mark.parametrize(
    ("n", "articles", "low", "high", "tier"),
    [
        (3000, 40_000, "沸", "沸", "沸"),  # 7.2 to 7.8 %
        (1000, 40_000, "烫", "烫", "烫"),  # 2.3 to 2.7 %
        (250, 40_000, "热", "热", "热"),  # 0.55 to 0.71 %
        (64, 40_000, "暖", "暖", "暖"),  # 0.13 to 0.20 %
        (16, 40_000, "温", "温", "温"),  # 0.025 to 0.065 %
        (0, 40_000, "冷", "冷", "冷"),  # 0 to 0.0096 %
        (2000, 38_610, "烫", "沸", "烫–沸"),  # on the cut-off itself: 4.97 to 5.41 %
        (3, 120, "热", "沸", "热–沸"),  # 0.9 to 7.1 %
        (0, 120, "冷", "烫", "冷–烫"),  # 0 to 3.1 %
        (120, 120, "沸", "沸", "沸"),
    ],
)
def test_tier_only_where_the_interval_lies_inside(n, articles, low, high, tier):
    rated = check(rate_temperature(n, articles), TEMPERATURE)
    assert rated[["tier_low", "tier_high", "tier"]].values.tolist() == [[low, high, tier]]


def test_one_mention_in_thirty_articles_is_no_heat():
    rated = rate_temperature([1, 30], 30)
    assert rated["tier"].tolist() == [TOO_FEW, TOO_FEW]
    assert rated[["tier_low", "tier_high"]].isna().all(axis=None)
    assert rated["share"].tolist() == [1 / 30, 1.0]
    assert (rated["low"].iloc[0], rated["high"].iloc[0]) == pytest.approx((0.0059, 0.1667), abs=1e-4)


def test_least_number_is_where_absence_can_be_told_from_the_hottest_tier():
    hottest = read_tiers()["share"].iloc[-1]
    _, high = wilson_interval(0, [LEAST_ARTICLES - 1, LEAST_ARTICLES])
    assert high[0] >= hottest > high[1]
    assert rate_temperature(0, [LEAST_ARTICLES - 1, LEAST_ARTICLES])["tier"].tolist() == [TOO_FEW, "冷–烫"]


def test_no_articles_are_too_few_and_no_counts_no_rows():
    rated = rate_temperature(0, 0)
    assert rated["tier"].tolist() == [TOO_FEW] and rated["share"].isna().all()
    assert check(rate_temperature([], []), TEMPERATURE).empty


def test_columns_with_an_index_of_their_own_stay_unchanged():
    frame = pd.DataFrame({"n": [3, 1], "all": [120, 30]}, index=[7, 9])
    before = frame.copy()
    assert rate_temperature(frame["n"], frame["all"])["tier"].tolist() == ["热–沸", TOO_FEW]
    pd.testing.assert_frame_equal(frame, before)


def test_more_articles_with_it_than_articles_are_refused():
    with pytest.raises(MeasureError, match="more successes"):
        rate_temperature(2, 1)


@given(st.integers(0, 50_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_range_holds_the_tier_of_the_share(counts):
    rated = rate_temperature(*counts).iloc[0]
    if counts[1] < LEAST_ARTICLES:
        assert rated["tier"] == TOO_FEW
        return
    tiers = read_tiers()
    names = tiers["tier"].tolist()
    own = int((tiers["share"] <= rated["share"]).sum()) - 1
    assert names.index(rated["tier_low"]) <= own <= names.index(rated["tier_high"])
    assert rated["tier"].split(RANGE_MARK)[0] == rated["tier_low"]
    assert rated["tier"].split(RANGE_MARK)[-1] == rated["tier_high"]
