"""A table as columns of numbers by article: the lines of any articles are taken without the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.schema import FIELDS, TEXT

_EDGES, _NAMES = "edges", "names of "


class Columns(NamedTuple):
    """Lines of a table, by row of table `articles`.

    Attributes:
        edges: Where the lines of each row begin, and behind the last one where they end.
        numbers: The columns; of texts, the number of each in `names`.
        names: The distinct texts of the columns of texts, by code point.
    """

    edges: np.ndarray
    numbers: dict[str, np.ndarray]
    names: dict[str, np.ndarray]

    def take(
        self,
        rows: np.ndarray | None = None,
        *,
        plain: tuple[str, ...] = (),
        only: tuple[str, ...] | None = None,
    ) -> pd.DataFrame:
        """Take the lines of some rows.

        Args:
            rows: Rows of table `articles`, ascending; all when None.
            plain: Columns of texts that are wanted as texts, not as categories.
            only: Columns that are wanted; all, and row, when None.

        Returns:
            The columns, and row, with a default index.
        """
        if rows is None:
            rows = np.arange(len(self.edges) - 1)
        lines, lengths = self.find_lines(rows)
        columns = {}
        for name in only or self.numbers:
            some = self.numbers[name][lines]
            if name not in self.names:
                columns[name] = _widen(some)
            elif name in plain:
                columns[name] = pd.array(self.names[name], dtype=TEXT).take(some, allow_fill=True)
            else:
                columns[name] = pd.Categorical.from_codes(some, pd.Index(self.names[name], dtype=TEXT))
        if only is None:
            columns["row"] = np.repeat(rows, lengths)
        return pd.DataFrame(columns, copy=False)

    def find_lines(self, rows: np.ndarray) -> tuple[slice | np.ndarray, np.ndarray]:
        """Find the lines of some rows, and how many each has.

        Args:
            rows: Rows of table `articles`, ascending.

        Returns:
            What to index the columns with, and the lines of each row.
        """
        lengths = self.edges[rows + 1] - self.edges[rows]
        n_lines = int(lengths.sum())
        first, behind = (int(self.edges[rows[0]]), int(self.edges[rows[-1] + 1])) if len(rows) else (0, 0)
        if behind - first == n_lines:
            return slice(first, behind), lengths
        if 4 * n_lines > self.edges[-1]:
            is_wanted = np.zeros(len(self.edges) - 1, dtype=bool)
            is_wanted[rows] = True
            return np.repeat(is_wanted, np.diff(self.edges)), lengths
        lines = np.repeat(self.edges[rows] - (np.cumsum(lengths) - lengths), lengths)
        lines += np.arange(n_lines)
        return lines, lengths


def make_columns(frame: pd.DataFrame, n_rows: int) -> Columns:
    """Make columns of numbers of a table.

    Args:
        frame: A table with row in the place of article_id; its lines come to stand by row, those of hits by
            place within it.
        n_rows: Rows of table `articles`.

    Example:
        >>> frame = pd.DataFrame({"slogan": ["b", "a"], "start": [5, 7], "row": [1, 1]})
        >>> columns = make_columns(frame, 3)
        >>> columns.edges.tolist(), columns.numbers["slogan"].tolist(), str(columns.numbers["start"].dtype)
        ([0, 0, 2, 2], [1, 0], 'uint8')
        >>> columns.take(np.array([1])).to_numpy().tolist()
        [['b', 5, 1], ['a', 7, 1]]
    """
    return join_columns([frame], n_rows)


def join_columns(frames: Iterable[pd.DataFrame], n_rows: int) -> Columns:
    """Make columns of numbers of a table that comes in pieces, in the memory of one of them and the numbers.

    Args:
        frames: Pieces of the table, as `make_columns` takes it.
        n_rows: Rows of table `articles`.
    """
    pieces = {"row": [np.array([], dtype=np.uint8)]}
    texts: dict[str, dict[str, int]] = {}
    for frame in frames:
        for name in frame.columns:
            values = frame[name]
            is_number = values.dtype.kind in "biuf"
            numbers = values.to_numpy() if is_number else _number(values, texts.setdefault(name, {}))
            pieces.setdefault(name, []).append(_narrow(numbers))
    numbers = {name: np.concatenate(pieces.pop(name)) for name in list(pieces)}
    names = {}
    for name, known in texts.items():
        names[name] = np.array(sorted(known), dtype=object)
        rank = dict(zip(names[name].tolist(), range(len(known)), strict=True))
        numbers[name] = np.array([*(rank[text] for text in known), -1])[numbers[name]]
    numbers = {name: _narrow(column) for name, column in _sort_lines(numbers, names).items()}
    edges = np.searchsorted(numbers.pop("row"), np.arange(n_rows + 1))
    return Columns(edges, numbers, names)


def to_arrays(columns: Columns) -> dict[str, np.ndarray]:
    """Give columns as arrays of numbers by name, as they are kept."""
    texts = {
        _NAMES + name: np.frombuffer(json.dumps(names.tolist()).encode(), dtype=np.uint8)
        for name, names in columns.names.items()
    }
    return {_EDGES: columns.edges, **columns.numbers, **texts}


def from_arrays(arrays: Mapping[str, np.ndarray]) -> Columns:
    """Make columns of the arrays that `to_arrays` gave."""
    names = {
        name.removeprefix(_NAMES): np.array(json.loads(texts.tobytes()), dtype=object)
        for name, texts in arrays.items()
        if name.startswith(_NAMES)
    }
    numbers = {name: each for name, each in arrays.items() if name != _EDGES and not name.startswith(_NAMES)}
    return Columns(arrays[_EDGES], numbers, names)


def _number(values: pd.Series, known: dict[str, int]) -> np.ndarray:
    """Number texts in the order of first sight, -1 for a missing one; `known` are those seen before."""
    codes, texts = pd.factorize(values)
    return np.array([*(known.setdefault(text, len(known)) for text in texts.tolist()), -1])[codes]


def _sort_lines(numbers: dict[str, np.ndarray], names: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Sort lines by row, those of hits by place within it."""
    keys = [numbers["row"]]
    if "field" in numbers:
        fields = pd.Index(FIELDS).get_indexer(pd.Index(names["field"]))
        keys += [fields[numbers["field"]], numbers["start"], numbers["end"]]
    if _is_sorted(keys):
        return numbers
    order = np.lexsort(keys[::-1])
    return {name: column[order] for name, column in numbers.items()}


def _is_sorted(keys: list[np.ndarray]) -> bool:
    is_tied = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        if (is_tied & (key[1:] < key[:-1])).any():
            return False
        is_tied &= key[1:] == key[:-1]
    return True


def _narrow(values: np.ndarray) -> np.ndarray:
    """Put whole numbers into the narrowest that hold them."""
    if values.dtype.kind not in "iu":
        return values
    ends = values.min(initial=0), values.max(initial=0)
    return values.astype(np.result_type(*map(np.min_scalar_type, ends)))


def _widen(values: np.ndarray) -> np.ndarray:
    return values.astype(np.int64) if values.dtype.kind in "iu" else values
