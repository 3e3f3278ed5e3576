"""Packing: the spots of words are those that wordcloud finds."""

import numpy as np
import pytest
from PIL import ImageFont
from wordcloud import WordCloud

from analysis.charts import packing
from analysis.charts.packing import FONT, SCALING, pack_words
from analysis.slogans import read_lexicon

_MIXED = ("8+4", "415X", "“一老一小”", "GDP 增长", "·一·")


def pack_by_wordcloud(weights: dict[str, float], width: int, height: int, largest: float) -> list[tuple]:
    """Let wordcloud place words on the same small canvas: word, size, left, top in pixels."""
    canvas = WordCloud(
        font_path=str(FONT), width=width // 2, height=height // 2, prefer_horizontal=1.0, margin=2,
        relative_scaling=SCALING, min_font_size=3, max_font_size=round(largest / 2), max_words=len(weights),
        random_state=42, color_func=lambda *_, **__: "",
    ).generate_from_frequencies(weights)  # fmt: skip
    return [(word, 2 * size, 2 * left, 2 * top) for (word, _), size, (top, left), *_ in canvas.layout_]


@pytest.mark.parametrize("size", [(1000, 420), (380, 500), (60, 30)])
@pytest.mark.parametrize("n", [1, 2, 9, 70])
def test_words_stand_where_wordcloud_has_them(n, size, monkeypatch):
    names = [*dict.fromkeys((*_MIXED, *read_lexicon()["slogan"]))][:n]
    weights = {name: 1000 / (2 + rank) for rank, name in enumerate(names)}
    monkeypatch.setattr(packing, "_FILLS", (0.6,) * 3)
    spots = pack_words(weights, *size)
    assert spots or size == (60, 30)
    largest = 0.6 * packing._choose_largest(weights, *size)
    assert [tuple(spot) for spot in spots] == pack_by_wordcloud(weights, *size, largest)


def test_words_too_light_to_count_are_left_out():
    assert [spot.word for spot in pack_words({"一老一小": 1e9, "枫桥经验": 5e-324}, 400, 200)] == ["一老一小"]


def test_no_words_need_no_spots():
    assert pack_words({}, 400, 200) == []


@pytest.mark.parametrize("size", [3, 7, 8, 13, 22, 55])
def test_words_put_together_are_drawn_as_the_font_draws_the_word(size):
    font = ImageFont.truetype(str(FONT), size)
    for word in [*read_lexicon()["slogan"][:150], *_MIXED]:
        mask = font.getmask(word, "L")
        drawn = np.frombuffer(bytes(mask), dtype=np.uint8).reshape(mask.size[::-1]) > 0
        assert np.array_equal(packing._draw_ink(word, size), drawn), word
