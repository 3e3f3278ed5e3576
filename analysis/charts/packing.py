"""Packing: where the words of a cloud stand, found as wordcloud finds it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from random import Random
from typing import NamedTuple

import numpy as np
from PIL import ImageFont

from analysis.charts.outlines import BOLD as FONT
from analysis.charts.outlines import EM, bound

#: Pixels of the cloud to one of the canvas that words are placed on.
_GRAIN = 2
#: Smallest size of a word in pixels of the cloud; in pixels of the canvas, and the room around a word there.
SMALLEST = 6
_LEAST, _ROOM = SMALLEST // _GRAIN, 4 // _GRAIN
#: How far a word shrinks with its weight, seen from the word before it: 1 would be in proportion.
SCALING = 0.4
#: Parts of the largest size possible that the heaviest word gets, tried in turn until no word is crowded out;
#: a word alone gets all, and among more than a few the second part would leave no room.
_FILLS, _FEW = (1.0, 0.85, 0.6, 0.45, 0.3), 12
_SEED = 42
#: Words in which nothing but its own width sets a character apart from the next.
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
#: An open font is for one thread at a time.
_LOCK = threading.Lock()


class Spot(NamedTuple):
    """Where a word stands: its size, and the left and top of its ink, in pixels."""

    word: str
    size: int
    left: int
    top: int


def pack_words(weights: dict[str, float], width: int, height: int) -> list[Spot]:
    """Find a spot for each word, larger for more weight, none on another.

    The words are placed on a small canvas, for the time goes into its pixels and into every size tried.

    Args:
        weights: Weight of each word, above 0, heaviest first.
        width: Width of the cloud in pixels.
        height: Its height.

    Returns:
        The spots in the order of the words, the same for the same words; where one finds no room, neither
        it nor a lighter one has any.

    Source:
        wordcloud by A. Müller, `WordCloud.generate_from_frequencies`: the same spots (a test holds them
        against it), in a fraction of the time.
    """
    if not weights:
        return []
    largest = _choose_largest(weights, width, height)
    spots: list[Spot] = []
    for fill in _FILLS[(len(weights) > 1) + (len(weights) > _FEW) :]:
        spots = list(_pack(weights, max(width // _GRAIN, 1), max(height // _GRAIN, 1), fill * largest))
        if len(spots) == len(weights):
            break
    return [Spot(word, *(_GRAIN * number for number in place)) for word, *place in spots]


def _pack(weights: dict[str, float], width: int, height: int, largest: float) -> Iterator[Spot]:
    """Pack words on a canvas, each as large as its weight allows or smaller, until one finds no room."""
    random = Random(_SEED)
    # Ink above and to the left of each pixel, with the pixel itself.
    ink = np.zeros((height, width), dtype=np.uint32)
    size, heaviest, before = max(round(largest / _GRAIN), _LEAST), next(iter(weights.values())), 1.0
    for word, share in ((word, weight / heaviest) for word, weight in weights.items()):
        if not share:
            continue
        size = round((SCALING * (share / before) + (1 - SCALING)) * size)
        random.random()  # wordcloud draws here whether the word lies or stands; ours lie.
        while size >= _LEAST and (room := _find_room(ink, _draw_ink(word, size), random)) is None:
            size -= 1
        if size < _LEAST:
            return
        top, left = room
        _add_ink(ink, _draw_ink(word, size), top, left)
        yield Spot(word, size, left, top)
        before = share


def _find_room(ink: np.ndarray, shape: np.ndarray, random: Random) -> tuple[int, int] | None:
    """Find top and left of a box without ink for a word, any of them by chance; None when there is none."""
    # wordcloud brings much that takes most of a second to import; only who draws pays for it.
    from wordcloud.query_integral_image import query_integral_image  # noqa: PLC0415

    height, width = shape.shape
    found = query_integral_image(ink, height + _ROOM, width + _ROOM, random)
    return found and (found[0] + _ROOM // 2, found[1] + _ROOM // 2)


def _add_ink(ink: np.ndarray, shape: np.ndarray, top: int, left: int) -> None:
    """Add the ink of a word to the sums of all pixels below and to the right."""
    sums = shape.cumsum(axis=0, dtype=np.uint32).cumsum(axis=1, dtype=np.uint32)
    bottom, right = top + shape.shape[0], left + shape.shape[1]
    ink[top:bottom, left:right] += sums
    ink[top:bottom, right:] += sums[:, -1:]
    ink[bottom:, left:right] += sums[-1]
    ink[bottom:, right:] += sums[-1, -1]


@lru_cache(maxsize=4096)
def _draw_ink(word: str, size: int) -> np.ndarray:
    """Draw a word: which pixels have ink. Ideographs stand side by side, each in a square."""
    if not _IDEOGRAPHS.fullmatch(word):
        return _draw(word, size).ink
    drawn = [_draw(character, size) for character in word]
    boxes = [(at * size + each.left, each.top, *each.ink.shape) for at, each in enumerate(drawn)]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    width = max(x + columns for x, _, _, columns in boxes) - left
    height = max(y + rows for _, y, rows, _ in boxes) - top
    ink = np.zeros((height, width), dtype=bool)
    for (x, y, rows, columns), each in zip(boxes, drawn, strict=True):
        ink[y - top : y - top + rows, x - left : x - left + columns] |= each.ink
    return ink


class _Drawn(NamedTuple):
    """Which pixels have ink, and how far these stand from where the line begins."""

    ink: np.ndarray
    left: int
    top: int


@lru_cache(maxsize=16384)
def _draw(word: str, size: int) -> _Drawn:
    with _LOCK:
        mask, (left, top) = _open(size).getmask2(word, "L")
    return _Drawn(np.frombuffer(bytes(mask), dtype=np.uint8).reshape(mask.size[::-1]) > 0, left, top)


@lru_cache(maxsize=256)
def _open(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def _choose_largest(weights: dict[str, float], width: int, height: int) -> float:
    """Choose the largest size of the heaviest word: it and the second fit below or beside each other.

    Left to itself, wordcloud would find it by trying every size.
    """
    first, *others = list(weights)[:2]
    wide = _measure(first)
    if not others:
        return min(height, width / wide)
    share = 1 - SCALING + SCALING * weights[others[0]] / weights[first]
    second = share * _measure(others[0])
    below = min(height / (1 + share), width / max(wide, second))
    beside = min(height, width / (wide + second))
    return max(below, beside)


def _measure(word: str) -> float:
    """Measure how many times as wide as its size a word is."""
    left, _, right, _ = bound(word)
    return max(right - left, 1) / EM
