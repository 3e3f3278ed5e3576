"""Word clouds: placed by wordcloud, drawn with the font that comes with the package, as PNG and as SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from analysis.charts.outlines import BOLD as FONT
from analysis.charts.outlines import EM, bound, outline, read_characters
from analysis.charts.style import LIGHT_PALETTE, PALETTE

if TYPE_CHECKING:
    from wordcloud import WordCloud

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
#: Pixels of the PNG to one of the cloud, for sharp screens.
_SCALE = 2
#: Pixels of the cloud to one of the canvas that words are placed on.
_GRAIN = 2
#: Smallest size of a word, and room around it, in pixels.
_SMALLEST, _MARGIN = 6, 4
#: How far a word shrinks with its weight, seen from the word before it: 1 would be in proportion.
_SCALING = 0.4
#: Parts of the largest size possible that the heaviest word gets, tried in turn until no word is crowded out;
#: a word alone gets all, and among more than a few the second part would leave no room.
_FILLS, _FEW = (1.0, 0.85, 0.6, 0.45, 0.3), 12


class CloudError(ValueError):
    """The words cannot be drawn as asked for."""


class Placed(NamedTuple):
    """A word in its place.

    `path` is SVG path data in units of the font, whose line is `EM` units high; moved by `x`, `y` (start of
    the base line, in pixels from the upper left) and scaled by `scale` it stands where the PNG has it.
    `left`, `top`, `width`, `height` bound its ink in pixels.
    """

    word: str
    weight: float
    colour: str
    path: str
    x: float
    y: float
    scale: float
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Cloud:
    """A cloud: words with their places, heaviest first, drawn whenever a picture is asked for.

    `left_out` are the words that are not placed because the font lacks a character of them.
    """

    placed: tuple[Placed, ...]
    left_out: tuple[str, ...]
    width: int
    height: int

    @property
    def words(self) -> tuple[str, ...]:
        """The words placed, heaviest first."""
        return tuple(each.word for each in self.placed)

    @property
    def png(self) -> bytes:
        """The picture, transparent where no word is, of twice as many pixels as `width` and `height`."""
        return _write_png(self)

    @property
    def svg(self) -> str:
        """The picture as a document that needs no font."""
        return _write_svg(self)


def draw_cloud(
    words: pd.DataFrame, *, width: int = 1000, height: int = 420, most: int = 80, dark: bool = False
) -> Cloud:
    """Place words, each as large as its weight, on a transparent ground.

    Args:
        words: Columns word and weight (above 0), one row per word; a column colour, where there is one, has
            the colour of a word as `#rrggbb`, or is missing for one of the palette.
        width: Width in pixels; the PNG has twice as many for sharp screens.
        height: Height in pixels, likewise.
        most: How many words to draw at the most, heaviest first.
        dark: Whether the page behind the cloud is dark.

    Returns:
        The cloud, the same for the same words; an empty one of that size for no words. A word for which
        there is no room is not drawn.

    Raises:
        CloudError: A colour is not of the form `#rrggbb`.

    Note:
        Size tells weight only roughly, long words look larger: read the table beside it.
    """
    drawable = words["word"].map(is_drawable).astype(bool)
    fits = words["word"].str.len() * _SMALLEST < width
    chosen = words[drawable & fits & (words["weight"] > 0)]
    chosen = chosen.sort_values(["weight", "word"], ascending=[False, True]).head(most)
    weights = dict(zip(chosen["word"], chosen["weight"].astype(float), strict=True))
    colours, palette = _read_colours(chosen), LIGHT_PALETTE if dark else PALETTE
    return Cloud(
        placed=tuple(
            _shape(place, weights[place[0]], colours.get(place[0]) or _choose_colour(place[0], palette))
            for place in _place(weights, width, height)
        ),
        left_out=tuple(words.loc[~drawable, "word"]),
        width=width,
        height=height,
    )


def is_drawable(word: str) -> bool:
    """Tell whether the font has every character of a word, and anything to draw.

    Example:
        >>> is_drawable("一老一小"), is_drawable("\U0002a6d6"), is_drawable(" ")
        (True, False, False)
    """
    return bool(word.strip()) and set(word) <= read_characters()


def format_weight(weight: float) -> str:
    """Write a weight for readers: large ones without, small ones with decimals.

    Example:
        >>> format_weight(12345.0), format_weight(3.14159), format_weight(0.0123)
        ('12,345', '3.14', '0.0123')
    """
    return f"{weight:,.0f}" if weight >= 100 else f"{weight:.3g}"


def _read_colours(words: pd.DataFrame) -> dict[str, str]:
    if "colour" not in words:
        return {}
    given = words.dropna(subset="colour")
    colours = dict(zip(given["word"], given["colour"], strict=True))
    for word, colour in colours.items():
        if not _COLOUR.fullmatch(str(colour)):
            raise CloudError(f"{word}: colour {colour!r} is none; expected #rrggbb")
    return colours


def _choose_colour(word: str, palette: tuple[str, ...]) -> str:
    return palette[sum(map(ord, word)) % len(palette)]


def _place(weights: dict[str, float], width: int, height: int) -> Iterator[tuple[str, int, int, int]]:
    """Find size, left and top of words, heaviest first, in pixels.

    The words are placed on a small canvas, for the time goes into its pixels and into every size tried.
    """
    if not weights:
        return
    largest = _choose_largest(weights, width, height)
    for fill in _FILLS[(len(weights) > 1) + (len(weights) > _FEW) :]:
        canvas = _lay_out(weights, width, height, fill * largest)
        if len(canvas.layout_) == len(weights):
            break
    for (word, _), size, (top, left), *_ in canvas.layout_:
        yield word, size * _GRAIN, int(left) * _GRAIN, int(top) * _GRAIN


def _lay_out(weights: dict[str, float], width: int, height: int, largest: float) -> WordCloud:
    # wordcloud brings matplotlib, which takes most of a second to import; only who draws pays for it.
    from wordcloud import WordCloud  # noqa: PLC0415

    canvas = WordCloud(
        font_path=str(FONT),
        width=max(width // _GRAIN, 1),
        height=max(height // _GRAIN, 1),
        prefer_horizontal=1.0,
        margin=_MARGIN // _GRAIN,
        relative_scaling=_SCALING,
        min_font_size=_SMALLEST // _GRAIN,
        max_font_size=max(round(largest / _GRAIN), _SMALLEST // _GRAIN),
        max_words=len(weights),
        random_state=42,
        color_func=_ignore,
    )
    return canvas.generate_from_frequencies(weights)


def _choose_largest(weights: dict[str, float], width: int, height: int) -> float:
    """Choose the largest size of the heaviest word: it and the second fit below or beside each other.

    Left to itself, wordcloud would find it by trying every size.
    """
    first, *others = list(weights)[:2]
    wide = _measure(first)
    if not others:
        return min(height, width / wide)
    share = 1 - _SCALING + _SCALING * weights[others[0]] / weights[first]
    second = share * _measure(others[0])
    below = min(height / (1 + share), width / max(wide, second))
    beside = min(height, width / (wide + second))
    return max(below, beside)


def _measure(word: str) -> float:
    """Measure how many times as wide as its size a word is."""
    left, _, right, _ = bound(word)
    return max(right - left, 1) / EM


def _ignore(*_: object, **__: object) -> str:
    """Have no colour: that of a word is not a matter of its place."""
    return ""


def _shape(place: tuple[str, int, int, int], weight: float, colour: str) -> Placed:
    """Give a word its outline, whose ink begins at that place, since it is the ink that wordcloud places."""
    word, size, x, y = place
    scale = size / EM
    left, top, right, bottom = (side * scale for side in bound(word))
    return Placed(
        word=word,
        weight=weight,
        colour=colour,
        path=outline(word),
        x=x - left,
        y=y - top,
        scale=scale,
        left=x,
        top=y,
        width=right - left,
        height=bottom - top,
    )


def _write_png(cloud: Cloud) -> bytes:
    """Write what the document shows with the font itself."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    picture = Image.new("RGBA", (cloud.width * _SCALE, cloud.height * _SCALE))
    brush = ImageDraw.Draw(picture)
    for each in cloud.placed:
        font = ImageFont.truetype(str(FONT), round(each.scale * EM) * _SCALE)
        at = (round(each.x * _SCALE), round(each.y * _SCALE))
        brush.text(at, each.word, fill=each.colour, font=font, anchor="ls")
    file = io.BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


def _write_svg(cloud: Cloud) -> str:
    """Write a document whose words are outlines; their names stand in titles, for readers and for search."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{cloud.width}" height="{cloud.height}" '
        f'viewBox="0 0 {cloud.width} {cloud.height}">'
    ]
    lines += [
        f"<path fill={quoteattr(each.colour)} d={quoteattr(each.path)} "
        f'transform="translate({each.x:g} {each.y:g}) scale({each.scale:g})">'
        f"<title>{escape(each.word)} {format_weight(each.weight)}</title></path>"
        for each in cloud.placed
    ]
    return "\n".join([*lines, "</svg>\n"])
