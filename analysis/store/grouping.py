"""Batches of pieces: what is computed together, cut from the source alone, whoever computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from analysis.store.pieces import Piece

#: Where the last pieces, of one to two batches, are cut: whether two processes are free by then or one is a
#: batch behind, neither waits long for the other. If all batches were smaller, they would take more room.
_LAST_CUTS = (0.5, 0.8)


def group_pieces(pieces: Iterable[Piece], full: Mapping[str, int]) -> Iterator[list[Piece]]:
    """Gather pieces of a kind to batches; the last ones are smaller, so that all processes end together.

    Args:
        pieces: Taken one batch ahead.
        full: Bytes of a full batch, by kind.

    Yields:
        Each batch; pieces of fewer bytes than a full one are one batch.
    """
    gathered: dict[str, list[Piece]] = {kind: [] for kind in full}
    held: dict[str, list[Piece]] = {kind: [] for kind in full}
    sizes = dict.fromkeys(full, 0)
    for piece in pieces:
        kind = piece.kind
        gathered[kind].append(piece)
        sizes[kind] += len(piece.content)
        if sizes[kind] >= full[kind]:
            if held[kind]:
                yield held[kind]
            held[kind], gathered[kind], sizes[kind] = gathered[kind], [], 0
    for kind, size in full.items():
        yield from _cut_last([*held[kind], *gathered[kind]], size)


def _cut_last(pieces: list[Piece], full: int) -> Iterator[list[Piece]]:
    """Cut the last pieces into smaller and smaller batches; fewer bytes than a full one are left whole."""
    total = sum(len(piece.content) for piece in pieces)
    cuts = [total * cut for cut in _LAST_CUTS] if total >= full else []
    groups: list[list[Piece]] = [[] for _ in range(len(cuts) + 1)]
    before = 0
    for piece in pieces:
        groups[sum(before >= cut for cut in cuts)].append(piece)
        before += len(piece.content)
    yield from filter(None, groups)
