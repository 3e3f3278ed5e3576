"""Widths of columns: which printed lines reach the edge of their column, run over it, or fall short of it."""

from __future__ import annotations

import numpy as np

from analysis.articles.lines import Line, ends_sentence

#: What `find_full` says of a line.
SHORT, FULL, OVER, INDENTED = 0, 1, 2, 3
#: A line is compared with so many lines before it, and so many behind it.
_WINDOW = 8
#: So near the ends of the page only the lines on the other side tell the width.
_FEW = 5
#: No column of a newspaper is wider, in characters.
_WIDEST = 45
#: Lines shorter than this say nothing of the width.
_LEAST = 8
#: Share of a page's longer lines that must reach the usual width for it to be wrapped.
_WRAPPED = 0.45
#: ... or this share of those that stop in mid-sentence, where these are as many.
_RUNNING = 0.6
#: So many windows are counted at once, to bound memory.
_CHUNK = 4096
#: White space from which on a line opens a paragraph, in full-width characters.
_INDENT = 1.5


def is_wrapped(lines: list[Line]) -> bool:
    """Tell whether the lines of a page end at the edge of a column, not where paragraphs end.

    Args:
        lines: Lines of the page.

    Returns:
        True when nearly half of the longer lines are as wide as their neighbours usually are.
    """
    long = [line for line in lines if line.size >= _LEAST]
    if len(long) < _LEAST - 2:
        return False
    widths = np.array([line.width + line.indent for line in long])
    usual = _edges(widths, 2 * _WINDOW + 1, np.arange(len(widths)) - _WINDOW)
    near = (usual <= _WIDEST) & (np.abs(widths - usual) <= 1.5)
    running = np.array([not ends_sentence(line.text) for line in long])
    return bool(near.mean() >= _WRAPPED or (running.mean() >= _WRAPPED and near[running].mean() >= _RUNNING))


def find_full(lines: list[Line]) -> list[int]:
    """Compare each line with its neighbours' usual width.

    The width is measured in characters, in full-width characters, and with narrow quotation marks; a line is
    compared with those before it and with those behind it, since columns of a page differ.

    Args:
        lines: Lines of a wrapped page.

    Returns:
        For each line FULL when it reaches the edge of its column, OVER when it runs over it (a line that was
        not wrapped, as headlines are), INDENTED when it is the first of a paragraph and short by its indent
        only, else SHORT (0).
    """
    sizes = ((x.size + x.indent, x.width + x.indent, x.narrow + x.indent) for x in lines)
    measures = [np.array(measure, dtype=float) for measure in zip(*sizes, strict=True)]
    places = np.arange(len(lines))
    back = np.where(places < _FEW, places, places - _WINDOW)
    ahead = np.where(places > len(lines) - _FEW, places - _WINDOW, places)
    above = np.array([m - _edges(m, _WINDOW + 1, back) for m in measures])
    below = np.array([m - _edges(m, _WINDOW + 1, ahead) for m in measures])
    over = (above.min(axis=0) > 2) & (below.min(axis=0) > 2)
    reach = (above[0] >= -0.5) | (above.max(axis=0) >= -1) | (below[0] >= -0.5) | (below.max(axis=0) >= -1)
    full = np.where(over, OVER, np.where(reach, FULL, SHORT)).tolist()
    rests = np.maximum(above.max(axis=0), below.max(axis=0)).tolist()
    stepped = ((below >= -2.5) & (below <= -1.5)).any(axis=0).tolist()
    full = [INDENTED if f == FULL and x.indent >= _INDENT else f for f, x in zip(full, lines, strict=True)]
    return _mark_indents(lines, full, rests, stepped)


def _edges(sizes: np.ndarray, window: int, starts: np.ndarray) -> np.ndarray:
    """The most usual size, rounded, of the window that opens at each start; of equally usual ones the larger.

    A size counts half for its neighbours one larger and one smaller.
    """
    whole = np.rint(sizes)
    window = min(window, len(whole))
    views = np.lib.stride_tricks.sliding_window_view(whole, window)
    usual = np.concatenate([_vote(views[i : i + _CHUNK]) for i in range(0, len(views), _CHUNK)])
    return usual[np.clip(starts, 0, len(usual) - 1)]


def _vote(views: np.ndarray) -> np.ndarray:
    apart = np.abs(views[:, :, None] - views[:, None, :])
    votes = (apart == 0).sum(axis=2) + 0.5 * (apart == 1).sum(axis=2)
    best = votes.max(axis=1, keepdims=True)
    return np.where(votes >= best - 0.25, views, -1).max(axis=1)


def _mark_indents(lines: list[Line], full: list[int], rests: list[float], stepped: list[bool]) -> list[int]:
    """On a page whose paragraphs open two characters in, mark the lines that are short for that reason."""
    ends = [ends_sentence(line.text) for line in lines]
    opens = [n for n in range(len(lines) - 1) if not ends[n] and (not n or ends[n - 1])]
    after_short = [n for n in opens if n and not full[n - 1] and full[n + 1]]
    indented = [n for n in after_short if -3 <= rests[n] < -0.5]
    if len(indented) <= sum(rests[n] >= -0.5 for n in after_short):
        return full
    marked = list(full)
    for number in opens:
        if full[number] != OVER and -3 <= rests[number] < -0.5:
            marked[number] = INDENTED
    for number in range(len(lines) - 1):
        headed = not number or (full[number - 1] in (SHORT, OVER) and not ends[number - 1])
        if headed and full[number] == SHORT and full[number + 1] == FULL and stepped[number]:
            marked[number] = INDENTED
    return marked
