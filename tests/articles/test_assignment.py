"""Headlines go to bodies as the library assigns them, also where it is not asked."""

from __future__ import annotations

import numpy as np
from hypothesis import event, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import linear_sum_assignment

from analysis.articles.headlines import _assign

#: Few values, so that there are ties, and some that differ by next to nothing.
_SCORES = st.sampled_from([-0.24, 0.0, 0.15, 0.3, 0.1 + 0.2, 0.45, 0.450000001, 0.8, 1.45])


@settings(max_examples=400, deadline=None)
@given(arrays(float, array_shapes(min_dims=2, max_dims=2, max_side=6), elements=_SCORES))
def test_the_shortcut_gives_what_the_library_gives(scores):
    rows, columns = _assign(scores)
    wanted_rows, wanted_columns = linear_sum_assignment(scores, maximize=True)
    event(f"distinct {len(set(scores.argmax(axis=1).tolist())) == len(scores)}")
    assert rows.tolist() == wanted_rows.tolist()
    assert columns.tolist() == wanted_columns.tolist()


def test_two_lines_that_fit_one_text_best_are_not_both_given_it():
    assert [list(numbers) for numbers in _assign(np.array([[0.9, 0.8], [0.7, 0.1]]))] == [[0, 1], [1, 0]]
