"""What is new: in the latest days and not before, with how much was looked at."""

import pandas as pd
import pytest

from analysis.measures import wilson_interval
from analysis.schema import ARTICLES, SLOGAN_HITS, check, empty
from analysis.slogans.arrivals import SLOGAN_ARRIVALS, find_arrivals


def _articles(*days: str | None) -> pd.DataFrame:
    ids = [f"a{number}" for number in range(len(days))]
    return pd.DataFrame({"article_id": ids, "kind": "news", "date": pd.to_datetime(list(days))})


def _hits(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["article_id", "slogan"])


def test_a_slogan_of_the_latest_days_alone_is_new_and_carries_its_denominators():
    articles = _articles("2023-01-01", "2023-06-01", "2024-01-01", "2024-01-02")
    found = find_arrivals(
        _hits(("a0", "旧"), ("a2", "旧"), ("a2", "新"), ("a3", "新"), ("a3", "新")), articles
    )
    check(found, SLOGAN_ARRIVALS)
    assert found[["slogan", "n", "n_articles", "articles", "articles_before"]].values.tolist() == [
        ["新", 3, 2, 2, 2]
    ]
    assert found["first_seen"].tolist() == [pd.Timestamp("2024-01-01")]
    assert found["high_before"].iloc[0] == pytest.approx(wilson_interval(0, 2)[1].item())


def test_the_first_recent_day_counts_and_the_day_before_it_does_not():
    articles = _articles("2024-01-01", "2024-01-02", "2024-01-10")
    found = find_arrivals(_hits(("a0", "前"), ("a1", "后")), articles, days=9)
    assert found["slogan"].tolist() == ["后"]


def test_undated_articles_say_nothing_of_new_or_old():
    articles = _articles("2023-01-01", None, "2024-01-01")
    found = find_arrivals(_hits(("a1", "新"), ("a2", "新")), articles)
    assert found[["slogan", "n", "articles_before"]].values.tolist() == [["新", 1, 1]]


@pytest.mark.parametrize(
    "days", [(), (None,), ("2024-01-01", "2024-01-02")], ids=["none", "undated", "all recent"]
)
def test_without_anything_earlier_nothing_is_new(days):
    found = find_arrivals(_hits(("a0", "新")), _articles(*days))
    assert check(found, SLOGAN_ARRIVALS).empty


def test_empty_in_empty_out():
    assert check(find_arrivals(empty(SLOGAN_HITS), empty(ARTICLES)), SLOGAN_ARRIVALS).empty
