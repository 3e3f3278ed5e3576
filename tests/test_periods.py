"""Names of periods back to days."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.periods import date_periods, label_periods


@pytest.mark.parametrize("every", ["day", "week", "month", "quarter", "year"])
@given(day=st.dates(pd.Timestamp("1949-10-01").date(), pd.Timestamp("2100-12-31").date()))
def test_a_period_begins_on_or_before_its_days_and_names_itself(every, day):
    days = pd.Series(pd.to_datetime([day]))
    names = label_periods(days, every)
    begin = date_periods(names)
    assert begin[0] <= days[0]
    assert label_periods(begin, every).tolist() == names.tolist()


def test_names_without_a_day_have_none():
    assert date_periods(pd.Series(["all", "unknown"])).isna().all()
