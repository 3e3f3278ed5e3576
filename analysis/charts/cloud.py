"""Word clouds: placed by wordcloud, drawn with the font that comes with the package, as PNG and as SVG."""

from __future__ import annotations

import io
import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from analysis.charts.outlines import BOLD as FONT
from analysis.charts.outlines import EM, outline, read_characters
from analysis.charts.style import LIGHT_PALETTE, PALETTE

if TYPE_CHECKING:
    from wordcloud import WordCloud

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
#: Pixels of the PNG to one of the layout, for sharp screens.
_SCALE = 2
#: Smallest size of a word in pixels.
_SMALLEST = 6


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


class Cloud(NamedTuple):
    """A drawn cloud.

    `png` is twice as many pixels wide as `width`, `svg` a document that needs no font, `words` what was
    drawn, heaviest first, `left_out` what was not because the font lacks a character of it, `placed` the
    words drawn with their places and outlines.
    """

    png: bytes
    words: tuple[str, ...]
    left_out: tuple[str, ...]
    svg: str
    placed: tuple[Placed, ...]
    width: int
    height: int


def draw_cloud(
    words: pd.DataFrame,
    *,
    width: int = 1000,
    height: int = 420,
    most: int = 80,
    dark: bool = False,
    with_png: bool = True,
) -> Cloud:
    """Draw words, each as large as its weight, on a transparent ground.

    Args:
        words: Columns word and weight (above 0), one row per word; a column colour, where there is one, has
            the colour of a word as `#rrggbb`, or is missing for one of the palette.
        width: Width in pixels; the PNG has twice as many for sharp screens.
        height: Height in pixels, likewise.
        most: How many words to draw at the most, heaviest first.
        dark: Whether the page behind the cloud is dark.
        with_png: Whether the PNG is drawn, which takes as long as laying the words out; else it is empty.

    Returns:
        The cloud, the same for the same words; an empty picture of that size for no words. A word for which
        there is no room is not drawn.

    Raises:
        CloudError: A colour is not of the form `#rrggbb`.

    Note:
        Size tells weight only roughly, long words look larger: read the table beside it.
    """
    # wordcloud brings matplotlib, which takes most of a second to import; only who draws pays for it.
    from wordcloud import WordCloud  # noqa: PLC0415

    drawable = words["word"].map(is_drawable).astype(bool)
    fits = words["word"].str.len() * _SMALLEST < width
    chosen = words[drawable & fits & (words["weight"] > 0)]
    chosen = chosen.sort_values(["weight", "word"], ascending=[False, True]).head(most)
    weights = dict(zip(chosen["word"], chosen["weight"].astype(float), strict=True))
    canvas = WordCloud(
        font_path=str(FONT),
        width=width,
        height=height,
        scale=_SCALE,
        mode="RGBA",
        background_color=None,
        prefer_horizontal=1.0,
        margin=4,
        relative_scaling=0.4,
        min_font_size=_SMALLEST,
        max_words=most,
        random_state=42,
        color_func=partial(_colour_word, colours=_read_colours(chosen), palette=_palette(dark)),
    )
    canvas.layout_ = []
    if weights:
        canvas.generate_from_frequencies(weights)
    placed = _place_words(canvas, weights)
    return Cloud(
        png=_write_png(canvas) if with_png else b"",
        words=tuple(each.word for each in placed),
        left_out=tuple(words.loc[~drawable, "word"]),
        svg=_write_svg(placed, width, height),
        placed=placed,
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


def _palette(dark: bool) -> tuple[str, ...]:
    return LIGHT_PALETTE if dark else PALETTE


def _read_colours(words: pd.DataFrame) -> dict[str, str]:
    if "colour" not in words:
        return {}
    given = words.dropna(subset="colour")
    colours = dict(zip(given["word"], given["colour"], strict=True))
    for word, colour in colours.items():
        if not _COLOUR.fullmatch(str(colour)):
            raise CloudError(f"{word}: colour {colour!r} is none; expected #rrggbb")
    return colours


def _colour_word(word: str, *, colours: dict[str, str], palette: tuple[str, ...], **_: object) -> str:
    return colours.get(word, palette[sum(map(ord, word)) % len(palette)])


def _place_words(canvas: WordCloud, weights: dict[str, float]) -> tuple[Placed, ...]:
    """Find where the PNG has the base line of each word, since it is the ink that wordcloud places."""
    from PIL import ImageFont  # noqa: PLC0415

    placed = []
    for (word, _), size, (y, x), _, colour in canvas.layout_:
        box = ImageFont.truetype(str(FONT), size * _SCALE).getbbox(word, anchor="ls")
        left, top, right, bottom = (side / _SCALE for side in box)
        place = {"x": float(x) - left, "y": float(y) - top, "left": float(x), "top": float(y)}
        shape = {"path": outline(word), "scale": size / EM, "width": right - left, "height": bottom - top}
        placed.append(Placed(word=word, weight=weights[word], colour=colour, **place, **shape))
    return tuple(placed)


def _write_png(canvas: WordCloud) -> bytes:
    picture = io.BytesIO()
    canvas.to_image().save(picture, format="PNG")
    return picture.getvalue()


def _write_svg(placed: tuple[Placed, ...], width: int, height: int) -> str:
    """Write a document whose words are outlines; their names stand in titles, for readers and for search."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
    ]
    lines += [
        f"<path fill={quoteattr(each.colour)} d={quoteattr(each.path)} "
        f'transform="translate({each.x:g} {each.y:g}) scale({each.scale:g})">'
        f"<title>{escape(each.word)} {format_weight(each.weight)}</title></path>"
        for each in placed
    ]
    return "\n".join([*lines, "</svg>\n"])
