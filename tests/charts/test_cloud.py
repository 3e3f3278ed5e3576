"""Word clouds: drawn with the project's own font, the same for the same words."""

import io

import pandas as pd
import pytest
from PIL import Image, ImageFont

from analysis.charts import draw_cloud
from analysis.charts.cloud import FONT, is_drawable

WORDS = pd.DataFrame({"word": ["一老一小", "枫桥经验", "415X", "8+4"], "weight": [15, 6, 3, 1]})


def test_every_word_of_the_corpus_can_be_drawn(seed_tables):
    words = set(seed_tables.keywords["word"]) | set(seed_tables.slogan_hits["slogan"])
    assert not [word for word in words if not is_drawable(word)]


@pytest.mark.parametrize("character", "堃垚㛃䶮一㎡·—“”×")
def test_the_font_draws_rare_names_and_punctuation(character):
    drawn, box = (ImageFont.truetype(str(FONT), 40).getmask(text) for text in (character, "\U0010fffd"))
    assert is_drawable(character)
    assert bytes(drawn) != bytes(box)


def test_words_are_drawn_heaviest_first():
    cloud = draw_cloud(WORDS, width=400, height=200)
    assert cloud.words == ("一老一小", "枫桥经验", "415X", "8+4")
    picture = Image.open(io.BytesIO(cloud.png))
    assert picture.size == (800, 400)
    assert picture.getextrema()[3][1] == 255, "nothing was drawn"


def test_the_same_words_give_the_same_picture():
    assert draw_cloud(WORDS).png == draw_cloud(WORDS[::-1]).png


def test_a_word_that_the_font_lacks_is_named_and_not_drawn():
    words = pd.concat([WORDS, pd.DataFrame({"word": ["\U0002a6d6"], "weight": [9]})])
    cloud = draw_cloud(words)
    assert cloud.left_out == ("\U0002a6d6",)
    assert "\U0002a6d6" not in cloud.words


def test_no_words_give_an_empty_picture():
    cloud = draw_cloud(WORDS[:0], width=100, height=50)
    assert cloud.words == ()
    assert Image.open(io.BytesIO(cloud.png)).size == (200, 100)


def test_input_stays_as_it_was():
    before = WORDS.copy()
    draw_cloud(WORDS)
    pd.testing.assert_frame_equal(WORDS, before)
