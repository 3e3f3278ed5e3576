"""Word clouds, drawn with the font that comes with the package."""

from __future__ import annotations

import io
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.charts.style import LIGHT_PALETTE, PALETTE

_FONTS = Path(__file__).parent.parent / "fonts"
#: Font of every cloud; never one that the machine happens to have.
FONT = _FONTS / "NotoSansSC-Bold-subset.ttf"
_CHARACTERS = _FONTS / "characters.txt"


class Cloud(NamedTuple):
    """A drawn cloud: the picture as PNG, the words in it, and those whose characters the font lacks."""

    png: bytes
    words: tuple[str, ...]
    left_out: tuple[str, ...]


def draw_cloud(
    words: pd.DataFrame, *, width: int = 1000, height: int = 420, most: int = 80, dark: bool = False
) -> Cloud:
    """Draw words, each as large as its weight, on a transparent ground.

    Args:
        words: Columns word and weight (above 0), one row per word.
        width: Width in pixels; the picture has twice as many for sharp screens.
        height: Height in pixels, likewise.
        most: How many words to draw at the most, heaviest first.
        dark: Whether the page behind the cloud is dark.

    Returns:
        The cloud, the same for the same words; an empty picture of that size for no words.

    Note:
        Size tells weight only roughly, long words look larger: read the table beside it.
    """
    # wordcloud brings matplotlib, which takes most of a second to import; only who draws pays for it.
    from wordcloud import WordCloud  # noqa: PLC0415

    drawable = words["word"].map(is_drawable).astype(bool)
    chosen = words[drawable & (words["weight"] > 0)]
    chosen = chosen.sort_values(["weight", "word"], ascending=[False, True]).head(most)
    canvas = WordCloud(
        font_path=str(FONT),
        width=width,
        height=height,
        scale=2,
        mode="RGBA",
        background_color=None,
        prefer_horizontal=1.0,
        margin=4,
        relative_scaling=0.4,
        max_words=most,
        random_state=42,
        color_func=partial(_colour_word, palette=LIGHT_PALETTE if dark else PALETTE),
    )
    if len(chosen):
        canvas.generate_from_frequencies(dict(zip(chosen["word"], chosen["weight"], strict=True)))
        drawn = tuple(entry[0][0] for entry in canvas.layout_)
    else:
        canvas.layout_, drawn = [], ()
    picture = io.BytesIO()
    canvas.to_image().save(picture, format="PNG")
    return Cloud(picture.getvalue(), drawn, tuple(words.loc[~drawable, "word"]))


def is_drawable(word: str) -> bool:
    """Tell whether the font has every character of a word.

    Example:
        >>> is_drawable("一老一小"), is_drawable("\U0002a6d6")
        (True, False)
    """
    return bool(word) and set(word) <= _read_characters()


@cache
def _read_characters() -> frozenset[str]:
    return frozenset(_CHARACTERS.read_text(encoding="utf-8")) - {"\n"}


def _colour_word(word: str, *, palette: tuple[str, ...], **_: object) -> str:
    return palette[sum(map(ord, word)) % len(palette)]
