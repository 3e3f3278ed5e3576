"""Profiles: every figure of a small corpus worked out by hand."""

import pandas as pd
import pytest

from analysis import schema
from analysis.measures import dp_norm, wilson_interval
from analysis.slogans import count_slogans, roll_up
from analysis.slogans.frequencies import PeriodError, count_chars
from analysis.slogans.profile import SLOGAN_PROFILES, profile_slogans

OLD, NET, ALONE = "一老一小", "网格", "共富"


@pytest.fixture
def articles() -> pd.DataFrame:
    rows = [
        # id, kind, date, paper, county, headline, text; characters: 20, 10, 10, 30, 10, 5
        ("a1", "news", "2024-01-10", "甲报", "甲县", OLD, "字" * 16),
        ("a2", "news", "2024-02-20", "甲报", "甲县", "", "字" * 10),
        ("a3", "teaser", "2023-01-01", "甲报", "甲县", OLD, "字" * 6),
        ("a4", "news", "2024-01-31", "乙报", "乙县", "", "字" * 30),
        ("a5", "news", None, "丙报", None, "", "字" * 10),
        ("a6", "photo", "2024-02-01", "乙报", "乙县", "字" * 5, ""),
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "kind", "date", "paper", "county", "headline", "text"])
    frame = frame.reindex(columns=schema.ARTICLES.names)
    frame = frame.assign(kicker="", subhead="", position=1, n_chars=0, continued=False, confidence=1.0)
    return schema.conform(frame.assign(date=pd.to_datetime(frame["date"])), schema.ARTICLES)


@pytest.fixture
def hits() -> pd.DataFrame:
    rows = [
        ("a1", OLD, "headline"),
        ("a1", OLD, "text"),
        ("a2", OLD, "text"),
        ("a3", OLD, "headline"),  # of a teaser
        ("a4", OLD, "text"),
        ("a4", NET, "text"),
        ("a5", ALONE, "text"),
        ("a5", ALONE, "text"),
        ("a6", NET, "kicker"),
        ("a6", NET, "subhead"),
        ("gone", NET, "text"),
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "slogan", "field"])
    return schema.conform(frame.assign(surface=frame["slogan"], start=0, end=1), schema.SLOGAN_HITS)


@pytest.fixture
def profiles(hits, articles) -> pd.DataFrame:
    return schema.check(profile_slogans(hits, articles), SLOGAN_PROFILES).set_index("slogan")


def test_most_articles_first(profiles):
    assert profiles.index.tolist() == [OLD, NET, ALONE]


def test_counts_shares_and_rates(profiles):
    columns = ["n", "n_articles", "articles", "n_headline", "n_body", "n_articles_headline"]
    assert profiles[columns].values.tolist() == [[4, 3, 5, 1, 3, 1], [3, 2, 5, 2, 1, 1], [2, 1, 5, 0, 2, 0]]
    low, high = wilson_interval(3, 5)
    assert tuple(profiles.loc[OLD, ["share", "low", "high"]]) == (0.6, low, high)
    # 20 + 10 + 30 + 10 + 5 characters, the teaser left out
    assert profiles["per_10k_chars"].tolist() == pytest.approx([40_000 / 75, 30_000 / 75, 20_000 / 75])


def test_days_are_those_of_articles_and_not_of_teasers(profiles):
    assert profiles.loc[OLD, "first_seen"] == pd.Timestamp("2024-01-10")
    assert profiles.loc[OLD, "last_seen"] == pd.Timestamp("2024-02-20")
    assert profiles.loc[ALONE, ["first_seen", "last_seen"]].isna().all()


def test_prominence_is_a_share_of_articles_not_of_occurrences(profiles):
    assert profiles["prominence"].tolist() == [1 / 3, 1 / 2, 0]
    low, high = wilson_interval([1, 1, 0], [3, 2, 1])
    assert profiles["prominence_low"].tolist() == low.tolist()
    assert profiles["prominence_high"].tolist() == high.tolist()


def test_dispersion_over_places_by_characters(profiles):
    # Counties of 30 and 35 characters; 3 of 4 occurrences of OLD, none of NET, in the first
    deviation = (abs(3 / 4 - 30 / 65) + abs(1 / 4 - 35 / 65)) / 2
    assert profiles.loc[OLD, "dispersion_places"] == pytest.approx(deviation / (1 - 30 / 65))
    assert profiles.loc[NET, "dispersion_places"] == pytest.approx((30 / 65) / (35 / 65))


def test_dispersion_over_months_by_characters(profiles):
    # January has 50 characters, February 15
    deviation = (abs(3 / 4 - 50 / 65) + abs(1 / 4 - 15 / 65)) / 2
    assert profiles.loc[OLD, "dispersion_months"] == pytest.approx(deviation / (1 - 15 / 65))
    assert profiles.loc[NET, "dispersion_months"] == pytest.approx(
        (abs(1 / 3 - 50 / 65) + abs(2 / 3 - 15 / 65)) / 2 / (1 - 15 / 65)
    )


def test_slogan_of_unknown_place_and_day_has_no_dispersion(profiles):
    assert profiles.loc[ALONE, ["dispersion_places", "dispersion_months"]].isna().all()


def test_one_part_is_none_to_be_dispersed_in(hits, articles):
    one = articles[articles["county"] == "甲县"].reset_index(drop=True)
    profiles = profile_slogans(hits, one)
    assert profiles["slogan"].tolist() == [OLD]
    assert profiles["dispersion_places"].isna().all()
    assert profiles["dispersion_months"].notna().all()


def test_places_can_be_any_column(hits, articles):
    by_paper = profile_slogans(hits, articles, places="paper").set_index("slogan")
    assert by_paper.loc[ALONE, "dispersion_places"] == dp_norm([0, 0, 2], [30, 35, 10])
    with pytest.raises(PeriodError, match="places='village'"):
        profile_slogans(hits, articles, places="village")


def test_few_articles_have_no_tier_and_many_have(hits, articles):
    assert set(profile_slogans(hits, articles)["tier"]) == {"too few articles"}
    more = pd.concat([articles, *[articles.iloc[[1]].assign(article_id=f"x{i}") for i in range(400)]])
    profiles = profile_slogans(hits, more.reset_index(drop=True)).set_index("slogan")
    # 3, 2 and 1 of 405: 0.25 to 2.16, 0.14 to 1.78 and 0.04 to 1.39 %
    assert profiles["tier"].tolist() == ["暖–烫", "暖–烫", "温–烫"]
    assert profiles.loc[ALONE, ["tier_low", "tier_high"]].tolist() == ["温", "烫"]


def test_profiles_of_the_seeds_agree_with_the_counts(seed_tables):
    hits = roll_up(seed_tables.slogan_hits)
    profiles = schema.check(profile_slogans(hits, seed_tables.articles), SLOGAN_PROFILES)
    totals = count_slogans(hits, seed_tables.articles, by=(), every="all").set_index("slogan")
    totals = totals.loc[profiles["slogan"]]
    for column in ("n", "n_articles", "articles", "share", "low", "high", "per_10k_chars"):
        assert profiles[column].tolist() == totals[column].tolist(), column
    assert (profiles["n_headline"] + profiles["n_body"] == profiles["n"]).all()
    assert (profiles["first_seen"] <= profiles["last_seen"]).all()
    assert profiles["dispersion_places"].between(0, 1).all()
    news = schema.counted(seed_tables.articles)
    sizes = count_chars(news).groupby(news["county"]).sum()
    mine = hits[hits["slogan"] == "一老一小"].merge(news[["article_id", "county"]], on="article_id")
    counts = mine.groupby("county").size().reindex(sizes.index, fill_value=0)
    row = profiles.set_index("slogan").loc["一老一小"]
    assert row["dispersion_places"] == pytest.approx(float(dp_norm(counts, sizes)))


def test_empty_in_empty_out(hits, articles):
    for some_hits, some_articles in [
        (hits.iloc[:0], articles),
        (hits, articles.iloc[:0]),
        (schema.empty(schema.SLOGAN_HITS), schema.empty(schema.ARTICLES)),
        (hits, articles[articles["kind"] == "teaser"]),
    ]:
        assert schema.check(profile_slogans(some_hits, some_articles), SLOGAN_PROFILES).empty


def test_inputs_stay_and_the_second_run_is_the_same(hits, articles):
    before = hits.copy(), articles.copy()
    first = profile_slogans(hits, articles)
    pd.testing.assert_frame_equal(profile_slogans(hits, articles), first)
    pd.testing.assert_frame_equal(hits, before[0])
    pd.testing.assert_frame_equal(articles, before[1])
