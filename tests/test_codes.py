"""Codes: they group and sort as pandas does."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.codes import code_values, number_rows

_NAMES = st.sampled_from(["甲", "乙", "丙", None])


@given(st.lists(st.tuples(_NAMES, _NAMES), min_size=1, max_size=30), st.booleans())
def test_rows_are_numbered_in_the_order_of_pandas(rows, is_coded):
    frame = pd.DataFrame(rows, columns=["a", "b"]).astype("str")
    frame = frame.astype("category") if is_coded else frame
    number, first = number_rows(code_values(frame["a"]), code_values(frame["b"]))
    expected = frame.drop_duplicates().sort_values(["a", "b"])
    assert first.tolist() == expected.index.tolist()
    assert frame.iloc[first[number]].reset_index(drop=True).equals(frame)


def test_no_rows_have_no_numbers():
    number, first = number_rows(code_values(pd.Series([], dtype="str")), np.zeros(0, dtype=np.int64))
    assert len(number) == len(first) == 0
