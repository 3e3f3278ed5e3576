"""Batches are cut from the source alone; the last ones are smaller and smaller."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analysis.store.grouping import group_pieces
from analysis.store.pieces import Piece

FULL = {"page": 100, "rows": 200}
_sizes = st.lists(st.tuples(st.sampled_from(sorted(FULL)), st.integers(0, 150)), max_size=60)


def make_pieces(sizes: list[tuple[str, int]]) -> list[Piece]:
    return [Piece(str(number), kind, "", "", b"x" * size) for number, (kind, size) in enumerate(sizes)]


@given(_sizes)
def test_every_piece_is_in_one_batch_of_its_kind_in_order(sizes):
    pieces = make_pieces(sizes)
    groups = list(group_pieces(pieces, FULL))
    assert all(groups)
    for kind in FULL:
        of_kind = [group for group in groups if group[0].kind == kind]
        assert [piece for group in of_kind for piece in group] == [p for p in pieces if p.kind == kind]


def test_the_last_batches_get_smaller():
    pieces = make_pieces([("rows", 10)] * 96)
    lengths = [len(group) for group in group_pieces(pieces, FULL)]
    assert lengths == [20, 20, 20, 18, 11, 7]


def test_less_than_a_batch_is_one():
    assert len(list(group_pieces(make_pieces([("rows", 10)] * 19), FULL))) == 1
