"""Statistics of counts against published numbers, hand computation and scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.special import ndtri
from scipy.stats import binomtest, chi2_contingency, ttest_ind

from analysis.measures import (
    MeasureError,
    conservative_log_ratio,
    dp,
    dp_norm,
    g2_four_terms,
    g2_p_value,
    g2_two_terms,
    log_dice,
    log_ratio,
    mean_difference_interval,
    newcombe_interval,
    npmi,
    wilson_interval,
)
from analysis.measures.intervals import find_quantile

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


@pytest.mark.parametrize("confidence", [1e-6, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1 - 1e-9])
def test_the_quantile_is_that_of_scipy(confidence):
    assert find_quantile(confidence) == pytest.approx(ndtri((1 + confidence) / 2), rel=2e-15)


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


# a, b, c, d -> G2 of 2 and of 4 terms, Log Ratio, LRC for one candidate and for a thousand
KEYNESS = [
    ((100, 50, 10_000, 10_000), (16.990, 17.116, 1.000, 0.496, 0)),
    ((30, 5, 50_000, 500_000), (116.119, 116.135, 5.907, 4.527, 3.416)),
    ((400, 1000, 10_000, 100_000), (433.782, 442.139, 2.000, 1.829, 1.645)),
    ((12, 0, 20_000, 200_000), (57.549, 57.556, 7.907, 4.796, 2.818)),
    ((3000, 2000, 10_000, 10_000), (201.355, 268.071, 0.585, 0.503, 0.416)),
]


def measure_keyness(a, b, c, d):
    return (
        g2_two_terms(a, b, c, d),
        g2_four_terms(a, b, c, d),
        log_ratio(a, b, c, d),
        conservative_log_ratio(a, b, c, d),
        conservative_log_ratio(a, b, c, d, candidates=1000),
    )


@pytest.mark.parametrize(("counts", "expected"), KEYNESS)
def test_keyness_is_the_known_one(counts, expected):
    assert tuple(round(float(value), 3) for value in measure_keyness(*counts)) == expected


def test_keyness_of_arrays_is_that_of_each():
    columns = np.array([counts for counts, _ in KEYNESS]).T
    found = np.array(measure_keyness(*columns)).T.round(3)
    assert found.tolist() == [list(expected) for _, expected in KEYNESS]


def test_thin_evidence_has_no_conservative_log_ratio():
    assert conservative_log_ratio(3, 1, 1000, 1000) == 0
    assert conservative_log_ratio(3, 1, 1000, 1000, candidates=1000) == 0


def test_g2_of_four_terms_is_the_published_one():
    # Dunning's table holds the four cells 10, 0, 3 and 31 764.
    assert round(float(g2_four_terms(10, 0, 13, 31_764)), 2) == 167.23


def test_g2_by_hand():
    # Expected 4 and 4 of 6 and 2 in equal sizes: 2 (6 ln 1.5 + 2 ln 0.5).
    assert float(g2_two_terms(6, 2, 100, 100)) == pytest.approx(2 * (6 * np.log(1.5) + 2 * np.log(0.5)))
    assert g2_two_terms(0, 0, 10, 10) == 0


def test_log_ratio_takes_zero_for_a_half():
    assert log_ratio(0, 4, 100, 100) == -3
    assert log_ratio(0, 0, 100, 100) == 0


COUNT = st.integers(0, 400)
SIZE = st.integers(400, 100_000)


@given(COUNT, COUNT, SIZE, SIZE)
def test_g2_of_four_terms_is_that_of_scipy(a, b, c, d):
    if 0 < a + b < c + d:
        table = [[a, b], [c - a, d - b]]
        exact = chi2_contingency(table, correction=False, lambda_="log-likelihood")
        assert float(g2_four_terms(a, b, c, d)) == pytest.approx(exact.statistic, abs=1e-6)
        assert float(g2_p_value(exact.statistic)) == pytest.approx(exact.pvalue)


@given(COUNT, COUNT, SIZE, SIZE)
def test_exchanging_the_selections_turns_the_sign_only(a, b, c, d):
    there, back = measure_keyness(a, b, c, d), measure_keyness(b, a, d, c)
    assert there[:2] == pytest.approx(back[:2], abs=1e-9)
    assert there[2:] == pytest.approx([-value for value in back[2:]], abs=1e-9)


@given(COUNT, COUNT, SIZE, SIZE, st.integers(2, 20))
def test_keyness_by_scale(a, b, c, d, k):
    assert float(g2_two_terms(k * a, k * b, k * c, k * d)) == pytest.approx(
        k * float(g2_two_terms(a, b, c, d)), abs=1e-6
    )
    assert float(log_ratio(a, b, k * c, k * d)) == pytest.approx(float(log_ratio(a, b, c, d)), abs=1e-9)


@given(COUNT, COUNT, SIZE, SIZE, st.integers(1, 5000))
def test_conservative_log_ratio_lies_between_zero_and_the_log_ratio(a, b, c, d, candidates):
    found = float(conservative_log_ratio(a, b, c, d, candidates=candidates))
    alone = float(conservative_log_ratio(a, b, c, d))
    assert abs(found) <= abs(alone) + 1e-9
    assert found * alone >= 0
    if a and b:
        assert abs(alone) <= abs(float(log_ratio(a, b, c, d))) + 1e-9
        assert found * float(log_ratio(a, b, c, d)) >= 0


@given(st.integers(0, 300), st.integers(0, 300))
def test_conservative_log_ratio_is_the_exact_binomial_interval(a, b):
    found = float(conservative_log_ratio(a, b, 1000, 1000))
    if a + b == 0:
        assert found == 0
        return
    ends = binomtest(a, a + b).proportion_ci(0.95, method="exact")
    near = ends.low if ends.low > 0.5 else ends.high if ends.high < 0.5 else 0.5
    assert found == pytest.approx(np.log2(near / (1 - near)), abs=1e-6)


def test_selections_without_size_say_nothing():
    assert all(np.isnan(value) for value in measure_keyness(0, 0, 0, 10))


@pytest.mark.parametrize("measure", [g2_two_terms, g2_four_terms, log_ratio, conservative_log_ratio])
@pytest.mark.parametrize("counts", [(-1, 0, 5, 5), (6, 0, 5, 5), (0, 6, 5, 5)])
def test_keyness_of_impossible_counts_is_refused(measure, counts):
    with pytest.raises(MeasureError, match="expected"):
        measure(*counts)


def test_no_candidates_are_refused():
    with pytest.raises(MeasureError, match="candidates 0"):
        conservative_log_ratio(1, 1, 5, 5, candidates=0)


# The first and third rows of table II of Newcombe (1998).
@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((56, 48, 70, 80), 0.0524, 0.3339), ((9, 3, 10, 10), 0.1705, 0.8090), ((10, 0, 10, 10), 0.6075, 1.0)],
)
def test_difference_of_shares_is_the_published_one(counts, low, high):
    assert [round(float(end), 4) for end in newcombe_interval(*counts)] == [low, high]


@given(st.integers(0, 50), st.integers(0, 50), st.integers(50, 200), st.integers(50, 200))
def test_difference_of_shares_has_its_difference_inside(a, b, c, d):
    low, high = newcombe_interval(a, b, c, d)
    assert -1 <= low <= a / c - b / d <= high <= 1
    back = newcombe_interval(b, a, d, c)
    assert (float(low), float(high)) == pytest.approx((-float(back[1]), -float(back[0])))


@given(
    st.lists(st.integers(0, 20), min_size=2, max_size=20),
    st.lists(st.integers(0, 20), min_size=2, max_size=20),
)
def test_difference_of_means_is_that_of_scipy(x, y):
    if min(np.var(x), np.var(y)) < 1e-6:
        return
    exact = ttest_ind(x, y, equal_var=False).confidence_interval(0.95)
    found = mean_difference_interval(
        np.mean(x) - np.mean(y), np.var(x, ddof=1), np.var(y, ddof=1), len(x), len(y)
    )
    assert [float(end) for end in found] == pytest.approx([exact.low, exact.high], abs=1e-9)


def test_one_value_has_no_interval_of_means():
    assert np.isnan(mean_difference_interval(0.5, 0.0, 1.0, 1, 5)).all()


def test_log_dice_is_the_known_one():
    assert round(float(log_dice(100, 200, 300)), 3) == 12.678


@given(st.integers(1, 300), st.integers(0, 300), st.integers(0, 300))
def test_log_dice_is_symmetric_bounded_and_free_of_scale(joint, x, y):
    x, y = joint + x, joint + y
    found = float(log_dice(joint, x, y))
    assert found == float(log_dice(joint, y, x)) <= 14
    assert float(log_dice(7 * joint, 7 * x, 7 * y)) == pytest.approx(found)
    assert (found == 14) == (x == y == joint)


def test_log_dice_of_what_never_meets():
    assert log_dice(0, 5, 5) == -np.inf
    assert np.isnan(log_dice(0, 0, 0))


def test_npmi_by_hand():
    # p_xy = 1/4, p_x = p_y = 1/2 of eight units is chance; 3 of 4 and 4: ln(3/8 x 4) / ln(8/3).
    assert npmi(2, 4, 4, 8) == 0
    assert float(npmi(3, 4, 4, 8)) == pytest.approx(np.log(1.5) / np.log(8 / 3))
    assert npmi(8, 8, 8, 8) == 1
    assert np.isnan(npmi(0, 0, 4, 8))
    with pytest.raises(MeasureError, match="joint"):
        npmi(5, 4, 4, 8)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50), st.integers(1, 100))
def test_npmi_is_symmetric_and_bounded(joint, x, y, rest):
    x, y = joint + x, joint + y
    n = max(x, y) + rest
    found = float(npmi(joint, x, y, n))
    assert -1 <= found == float(npmi(joint, y, x, n)) <= 1


def test_dispersion_is_the_published_one():
    assert dp_norm([2, 1, 0], [1, 1, 1]) == pytest.approx(0.5)
    assert round(float(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])), 2) == 0.18
    assert round(float(dp_norm([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])), 4) == 0.2195


def test_dispersion_at_its_ends():
    sizes = [10, 20, 30]
    assert dp_norm([1, 2, 3], sizes) == pytest.approx(0)
    assert dp_norm([5, 0, 0], sizes) == pytest.approx(1)
    assert np.isnan(dp_norm([0, 0, 0], sizes))
    assert np.isnan(dp_norm([4], [10]))
    assert dp([4], [10]) == 0


def test_parts_without_size_do_not_count():
    assert dp_norm([2, 1, 0, 0], [1, 1, 1, 0]) == pytest.approx(0.5)
    with pytest.raises(MeasureError, match="without size"):
        dp_norm([2, 1], [1, 0])


@pytest.mark.parametrize(("counts", "sizes"), [([1, 2], [1, 2, 3]), ([-1, 2], [1, 2]), ([1, 2], [-1, 2])])
def test_dispersion_of_impossible_counts_is_refused(counts, sizes):
    with pytest.raises(MeasureError, match="expected"):
        dp_norm(counts, sizes)


PARTS = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=2, max_size=12)


@given(PARTS, st.integers(2, 9))
def test_dispersion_follows_its_formula_and_is_free_of_scale(parts, k):
    v, sizes = (np.array(column, dtype=float) for column in zip(*parts, strict=True))
    if not v.sum():
        return
    s = sizes / sizes.sum()
    exact = np.abs(v / v.sum() - s).sum() / 2
    assert float(dp(v, sizes)) == pytest.approx(exact, abs=1e-12)
    assert float(dp_norm(v, sizes)) == pytest.approx(exact / (1 - s.min()), abs=1e-12)
    assert float(dp_norm(k * v, k * sizes)) == pytest.approx(float(dp_norm(v, sizes)), abs=1e-12)
    assert float(dp_norm(v[::-1], sizes[::-1])) == pytest.approx(float(dp_norm(v, sizes)), abs=1e-12)


def test_dispersion_of_a_sparse_matrix_is_that_of_its_rows():
    rows = [[2, 1, 0], [0, 0, 0], [0, 4, 1]]
    sizes = [4, 5, 6]
    found = dp_norm(csr_array(rows), sizes)
    each = [float(dp_norm(row, sizes)) for row in rows]
    assert found.tolist() == pytest.approx(each, nan_ok=True)
