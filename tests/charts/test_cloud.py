"""Word clouds: drawn with the project's own font, the same for the same words."""

import io
import re
from itertools import product
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.path import Path as Outline
from PIL import Image, ImageDraw, ImageFont

from analysis.charts import cloud as module
from analysis.charts import draw_cloud
from analysis.charts.cloud import FONT, CloudError, is_drawable
from analysis.charts.outlines import EM, outline

WORDS = pd.DataFrame({"word": ["一老一小", "枫桥经验", "415X", "8+4"], "weight": [15, 6, 3, 1]})


_SVG = "{http://www.w3.org/2000/svg}"


def read_words(svg: str) -> dict[str, ElementTree.Element]:
    """The paths of a document by their titles, without the weight."""
    paths = ElementTree.fromstring(svg).findall(f"{_SVG}path")
    return {path.find(f"{_SVG}title").text.rpartition(" ")[0]: path for path in paths}


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


def test_a_column_of_colours_colours_the_words_in_both_pictures():
    words = WORDS.assign(colour=["#112233", None, "#aabbcc", "#445566"])
    cloud = draw_cloud(words)
    ours = {each.word: each.colour for each in draw_cloud(WORDS).placed}
    assert {each.word: each.colour for each in cloud.placed} == {
        "一老一小": "#112233", "枫桥经验": ours["枫桥经验"], "415X": "#aabbcc", "8+4": "#445566",
    }  # fmt: skip
    assert {word: path.get("fill") for word, path in read_words(cloud.svg).items()}["415X"] == "#aabbcc"
    colours = {colour for _, colour in Image.open(io.BytesIO(cloud.png)).getcolors(1 << 20)}
    assert {(0x11, 0x22, 0x33, 255), (0xAA, 0xBB, 0xCC, 255)} <= colours


@pytest.mark.parametrize("colour", ["red", "#12345", '#112233"/><script>', "url(http://x)"])
def test_a_colour_that_is_none_is_named(colour):
    with pytest.raises(CloudError, match=r"一老一小: colour .* expected #rrggbb"):
        draw_cloud(WORDS.assign(colour=colour))


def test_the_document_needs_no_font_and_nothing_from_elsewhere():
    svg = draw_cloud(WORDS).svg
    assert not re.search(r"<text|<image|<style|font|href|url\(|<script", svg)
    assert svg.count("http") == 1, "only the name space"


def test_the_document_has_the_words_of_the_picture_with_their_weights():
    cloud = draw_cloud(WORDS)
    assert tuple(read_words(cloud.svg)) == cloud.words
    assert "<title>一老一小 15</title>" in cloud.svg


@pytest.mark.parametrize("word", ["<script>", "a&b", "\"quote'", "]]>", "<!--", "&lt;"])
def test_words_stay_text_in_the_document(word):
    cloud = draw_cloud(pd.DataFrame({"word": [word, "一"], "weight": [2, 1]}))
    assert set(read_words(cloud.svg)) == {word, "一"}


def test_document_and_picture_show_the_same():
    """Fill the outlines with pillow, at the places that the document states, and lay both over each other."""
    cloud = draw_cloud(WORDS, width=400, height=200)
    inked = np.asarray(Image.open(io.BytesIO(cloud.png)))[:, :, 3] > 127
    ground = np.zeros((200 * 2, 400 * 2), bool)
    for each in cloud.placed:
        ground |= _fill(each, 400 * 2, 200 * 2)
    differing, moved = ((each ^ inked).sum() / inked.sum() for each in (ground, np.roll(ground, 4)))
    assert differing < 0.1, f"{differing:.1%} of the ink differs"
    assert moved > 0.2, "four pixels to the side would show"


def _fill(placed, width: int, height: int) -> np.ndarray:
    """Fill a path by the rule nonzero at twice its size: what is wound around, either way, is ink."""
    wound = np.zeros((height, width), int)
    for contour in _contours(placed.path):
        corners = (contour * placed.scale + (placed.x, placed.y)) * 2
        mask = Image.new("1", (width, height))
        ImageDraw.Draw(mask).polygon([tuple(corner) for corner in corners], fill=1)
        x, y = corners[:, 0], corners[:, 1]
        turn = np.sign(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))
        wound += np.asarray(mask) * int(turn)
    return wound != 0


def _contours(path: str) -> list[np.ndarray]:
    """Read the relative moves, lines and curves of path data back into closed lines."""
    points, codes, pen = [], [], np.zeros(2)
    for letter, numbers in re.findall(r"([mlqz])([^mlqz]*)", path):
        steps = np.array(re.findall(r"-?[\d.]+", numbers), float).reshape(-1, 2) + pen
        taken = {"m": [1], "l": [2], "q": [3, 3], "z": [79]}[letter]
        points += steps.tolist() if letter != "z" else [[0, 0]]
        codes += taken
        pen = steps[-1] if letter != "z" else np.array(points[len(codes) - 1 - codes[::-1].index(1)])
    return [np.array(each) for each in Outline(points, codes).to_polygons(closed_only=False)]


def test_the_places_bound_the_ink():
    for each in draw_cloud(WORDS).placed:
        corners = np.concatenate(_contours(each.path)) * each.scale + (each.x, each.y)
        assert all(corners.min(axis=0) >= (each.left - 1, each.top - 1))
        assert all(corners.max(axis=0) <= (each.left + each.width + 1, each.top + each.height + 1))


def test_a_word_takes_the_room_that_the_font_gives_it():
    assert ImageFont.truetype(str(FONT), EM).getlength("一") == EM
    first, second = outline("一"), outline("一一")
    assert second.startswith(first)
    assert len(_contours(second)) == 2
    assert _contours(second)[1][0] - _contours(second)[0][0] == pytest.approx((EM, 0))


@pytest.mark.parametrize("size", [(1000, 420), (380, 520), (60, 30)])
def test_a_word_too_long_for_the_picture_does_not_stop_the_others(size):
    words = pd.DataFrame({"word": ["一" * 400, "一老"], "weight": [9, 1]})
    cloud = draw_cloud(words, width=size[0], height=size[1])
    assert cloud.words == ("一老",)


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.floats(0, 1e6), st.sampled_from([None, "#123456"])),
        max_size=6,
        unique_by=lambda row: row[0],
    )
)
@settings(max_examples=25, deadline=None)
def test_whatever_the_words_the_document_is_sound(rows):
    cloud = draw_cloud(pd.DataFrame(rows, columns=["word", "weight", "colour"]), width=300, height=120)
    paths = ElementTree.fromstring(cloud.svg).findall(f"{_SVG}path")
    assert len(paths) == len(cloud.words) == len(cloud.placed)
    assert set(cloud.words).isdisjoint(cloud.left_out)


def test_pictures_are_drawn_when_they_are_asked_for(monkeypatch):
    cloud = draw_cloud(WORDS)
    monkeypatch.setattr(module, "_write_png", lambda _: pytest.fail("drawn unasked"))
    monkeypatch.setattr(module, "_write_svg", lambda _: pytest.fail("drawn unasked"))
    assert draw_cloud(WORDS) == cloud


def test_clouds_share_the_outlines_of_their_words():
    wide, narrow = draw_cloud(WORDS).placed, draw_cloud(WORDS, width=380, height=500).placed
    assert all(one.path is other.path for one, other in zip(wide, narrow, strict=True))


@pytest.mark.parametrize("size", [(600, 250), (380, 500), (333, 207)])
def test_no_word_covers_another_and_none_leaves_the_picture(size):
    rows = [(f"{a}{b}县gy{n}", 60 / (n + 1)) for n, (a, b) in enumerate(product("一老小枫", "桥经验"))]
    width, height = size
    cloud = draw_cloud(pd.DataFrame(rows, columns=["word", "weight"]), width=width, height=height)
    assert len(cloud.words) == len(rows)
    inked = np.zeros((height * 2, width * 2), int)
    for each in cloud.placed:
        assert min(each.left, each.top) >= 0
        assert each.left + each.width <= width
        assert each.top + each.height <= height
        inked += _fill(each, width * 2, height * 2)
    assert inked.max() == 1
    assert Image.open(io.BytesIO(cloud.png)).size == (width * 2, height * 2)


def test_heavier_words_are_larger_and_the_heaviest_fills_the_picture():
    frame = WORDS.assign(weight=[100, 60, 30, 10])
    for width, height in ((1000, 420), (380, 500)):
        first, *others = draw_cloud(frame, width=width, height=height).placed
        assert first.scale > others[0].scale > others[1].scale > others[2].scale
        assert first.width > width * 0.6


def test_a_word_alone_is_as_large_as_there_is_room():
    (only,) = draw_cloud(WORDS.head(1), width=400, height=300).placed
    assert only.width > 360
    (only,) = draw_cloud(WORDS.head(1), width=900, height=100).placed
    assert 0.6 * 100 < only.height < 100
