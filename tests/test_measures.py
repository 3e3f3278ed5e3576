"""Statistics of counts against published numbers and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.measures import MeasureError, wilson_interval

PUBLISHED = [
    (0, 30, 0.0, 11.4),
    (1, 30, 0.6, 16.7),
    (3, 120, 0.9, 7.1),
    (20, 400, 3.3, 7.6),
    (50, 1000, 3.8, 6.5),
]


@pytest.mark.parametrize(("n", "total", "low", "high"), PUBLISHED)
def test_interval_is_the_published_one(n, total, low, high):
    found = wilson_interval(n, total)
    assert [round(100 * float(end), 1) for end in found] == [low, high]


@given(st.integers(0, 5000), st.integers(1, 5000), st.sampled_from([0.8, 0.95, 0.99]))
def test_interval_is_that_of_scipy(n, total, confidence):
    n = min(n, total)
    low, high = wilson_interval(n, total, confidence=confidence)
    exact = binomtest(n, total).proportion_ci(confidence, method="wilson")
    assert (float(low), float(high)) == pytest.approx((exact.low, exact.high), abs=1e-12)
    assert low <= n / total <= high


def test_interval_of_arrays_is_that_of_each():
    low, high = wilson_interval(np.array([0, 3]), np.array([30, 120]))
    assert low.tolist() == [float(wilson_interval(n, t)[0]) for n, t in ((0, 30), (3, 120))]
    assert high.shape == (2,)


def test_nothing_tried_says_nothing():
    low, high = wilson_interval([0], [0])
    assert np.isnan(low).all() and np.isnan(high).all()


def test_ends_are_exact_at_none_and_all():
    low, high = wilson_interval([0, 7], [7, 7])
    assert low[0] == 0 and high[1] == 1


@pytest.mark.parametrize(("n", "total", "confidence"), [(-1, 3, 0.95), (4, 3, 0.95), (1, 3, 95), (1, 3, 0)])
def test_impossible_counts_are_refused(n, total, confidence):
    with pytest.raises(MeasureError, match="expected"):
        wilson_interval(n, total, confidence=confidence)
