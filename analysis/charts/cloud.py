"""Word clouds: packed words, drawn with the font that comes with the package, as PNG and as SVG."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from analysis.charts.outlines import BOLD as FONT
from analysis.charts.outlines import EM, bound, outline, read_characters
from analysis.charts.packing import SMALLEST, Spot, pack_words
from analysis.charts.style import LIGHT_PALETTE, PALETTE

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
#: Pixels of the PNG to one of the cloud, for sharp screens.
_SCALE = 2


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
    fits = words["word"].str.len() * SMALLEST < width
    chosen = words[drawable & fits & (words["weight"] > 0)]
    chosen = chosen.sort_values(["weight", "word"], ascending=[False, True]).head(most)
    weights = dict(zip(chosen["word"], chosen["weight"].astype(float), strict=True))
    colours, palette = _read_colours(chosen), LIGHT_PALETTE if dark else PALETTE
    return Cloud(
        placed=tuple(
            _shape(spot, weights[spot.word], colours.get(spot.word) or _choose_colour(spot.word, palette))
            for spot in pack_words(weights, width, height)
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


def _shape(spot: Spot, weight: float, colour: str) -> Placed:
    """Give a word its outline, whose ink begins at that place, since it is the ink that wordcloud places."""
    word, size, x, y = spot
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
