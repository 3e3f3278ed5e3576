"""Widths of columns: which printed lines reach the edge of their column, run over it, or fall short of it."""

from __future__ import annotations

from functools import cache

import numpy as np

from analysis.articles.sheets import Sheet

#: What `find_full` says of a line.
SHORT, FULL, OVER, INDENTED = 0, 1, 2, 3
#: A line is compared with so many lines before it, and so many behind it.
_WINDOW = 8
#: So near the ends of the page only the lines on the other side tell the width.
_FEW = 5
#: No column of a newspaper is wider, in characters.
_WIDEST = 45
#: A line is at the edge of its column when it is so near to it.
_NEAR = 1.5
#: Lines shorter than this say nothing of the width.
_LEAST = 8
#: Share of a page's longer lines that must reach the usual width for it to be wrapped.
_WRAPPED = 0.45
#: ... or this share of those that stop in mid-sentence, where these are as many.
_RUNNING = 0.6
#: Apart from every size of a line, whatever is added.
_NONE = -(2**30)
#: More than the size of any line.
_VOTE = np.int64(2**32)
_TWO = np.int8(2)
#: White space from which on a line opens a paragraph, in full-width characters.
_INDENT = 1.5


def is_wrapped(sheet: Sheet) -> bool:
    """Tell whether the lines of a page end at the edge of a column, not where paragraphs end.

    Args:
        sheet: The page.

    Returns:
        True when nearly half of the longer lines are as wide as their neighbours usually are.
    """
    long = np.flatnonzero(sheet.ends - sheet.starts >= _LEAST)
    if len(long) < _LEAST - 2:
        return False
    widths = sheet.measures[1][long]
    running = ~np.array(sheet.stops)[long]
    narrow = widths <= _WIDEST + _NEAR
    if not _are_most(narrow, running):
        return False
    usual = _edges(widths[None], 2 * _WINDOW + 1)[0]
    usual = usual[_keep_inside(np.arange(len(widths)) - _WINDOW, len(usual))]
    return _are_most((usual <= _WIDEST) & (np.abs(widths - usual) <= _NEAR), running)


def _are_most(near: np.ndarray, running: np.ndarray) -> bool:
    """Tell whether so many lines are near the edge, of all or of those that stop in mid-sentence."""
    return _share(near) >= _WRAPPED or (_share(running) >= _WRAPPED and _share(near[running]) >= _RUNNING)


def _share(chosen: np.ndarray) -> float:
    return np.count_nonzero(chosen) / len(chosen)


def find_full(sheet: Sheet) -> list[int]:
    """Compare each line with its neighbours' usual width.

    The width is measured in characters, in full-width characters, and with narrow quotation marks; a line is
    compared with those before it and with those behind it, since columns of a page differ.

    Args:
        sheet: A wrapped page.

    Returns:
        For each line FULL when it reaches the edge of its column, OVER when it runs over it (a line that was
        not wrapped, as headlines are), INDENTED when it is the first of a paragraph and short by its indent
        only, else SHORT (0).
    """
    n, measures = len(sheet.lines), sheet.measures
    usual = _edges(measures, _WINDOW + 1)
    places = np.arange(n)
    back = np.where(places < _FEW, places, places - _WINDOW)
    ahead = np.where(places > n - _FEW, places - _WINDOW, places)
    above = measures - usual[:, _keep_inside(back, usual.shape[1])]
    below = measures - usual[:, _keep_inside(ahead, usual.shape[1])]
    over = (above.min(axis=0) > 2) & (below.min(axis=0) > 2)
    most = np.maximum(above.max(axis=0), below.max(axis=0))
    reach = (np.maximum(above[0], below[0]) >= -0.5) | (most >= -1)
    reached = np.where(sheet.indents >= _INDENT, INDENTED, FULL)
    full = np.where(over, OVER, np.where(reach, reached, SHORT)).tolist()
    rests = most.tolist()
    stepped = ((below >= -2.5) & (below <= -1.5)).any(axis=0).tolist()
    return _mark_indents(sheet.stops, full, rests, stepped)


def _keep_inside(places: np.ndarray, n: int) -> np.ndarray:
    return np.minimum(np.maximum(places, 0), n - 1)


def _edges(measures: np.ndarray, window: int) -> np.ndarray:
    """The most usual size, rounded, of the window that opens at each place; of equally usual ones the larger.

    A size counts half for its neighbours one larger and one smaller.

    Args:
        measures: One row a measure, one column a line.
        window: Lines of a window; all of them when they are fewer.

    Returns:
        One row a measure, one column a place where a whole window opens.
    """
    whole = np.rint(measures).astype(np.int32)
    rows, n = whole.shape
    window = min(window, n)
    # Votes of the lines around each line for its size (twice as many as said above), and their sums over each
    # window with it: the first column is for the window in which it is the first line. All are whole numbers.
    padded = np.full((rows, n + 2 * window - 2), _NONE, dtype=np.int32)
    padded[:, window - 1 : window - 1 + n] = whole
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * window - 1, axis=1)
    apart = np.abs(around - whole[:, :, None])
    votes = ((apart == 0) * _TWO + (apart == 1)).astype(np.float32) @ _find_band(window)
    ranks = votes.astype(np.int64) * _VOTE + whole[:, :, None]
    row, line, i = ranks.strides
    windows = np.lib.stride_tricks.as_strided(ranks, (rows, n - window + 1, window), (row, line, line + i))
    return (windows.max(axis=2) % _VOTE).astype(float)


@cache
def _find_band(window: int) -> np.ndarray:
    """Which of the lines around a line stand in each of the windows with it."""
    around, first = np.arange(2 * window - 1)[:, None], window - 1 - np.arange(window)
    return ((around >= first) & (around < first + window)).astype(np.float32)


def _mark_indents(ends: list[bool], full: list[int], rests: list[float], stepped: list[bool]) -> list[int]:
    """On a page whose paragraphs open two characters in, mark the lines that are short for that reason."""
    last = len(ends) - 1
    opens = [n for n in range(last) if not ends[n] and (not n or ends[n - 1])]
    after_short = [n for n in opens if n and not full[n - 1] and full[n + 1]]
    indented = [n for n in after_short if -3 <= rests[n] < -0.5]
    if len(indented) <= sum(rests[n] >= -0.5 for n in after_short):
        return full
    marked = list(full)
    for number in opens:
        if full[number] != OVER and -3 <= rests[number] < -0.5:
            marked[number] = INDENTED
    for number in range(last):
        headed = not number or (full[number - 1] in (SHORT, OVER) and not ends[number - 1])
        if headed and full[number] == SHORT and full[number + 1] == FULL and stepped[number]:
            marked[number] = INDENTED
    return marked
