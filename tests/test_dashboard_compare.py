"""The page of comparisons by `AppTest`."""

import datetime as dt
import importlib
import json

from tests.apps import open_app, press, turn_to


def test_the_two_sides_of_a_comparison_can_be_swapped(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    assert [app.multiselect(key=f"{side}_place").value for side in "ab"] == [["宁海县"], ["安吉县"]]
    press(app, "交换 A 与 B")
    assert [app.multiselect(key=f"{side}_place").value for side in "ab"] == [["安吉县"], ["宁海县"]]
    assert not app.exception


def test_equal_sides_are_said_in_words(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    app.multiselect(key="b_place").set_value(["宁海县"]).run()
    assert not app.exception
    assert any("两边相同" in info.value for info in app.info)


def test_headlines_against_text(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    app.multiselect(key="b_place").set_value(["宁海县"]).run()
    app.segmented_control(key="a_part").set_value("heads").run()
    app.segmented_control(key="b_part").set_value("body").run()
    assert not app.exception
    assert app.get("plotly_chart") or app.info


def test_before_can_be_compared_with_after(app_folder):
    app = turn_to(open_app(app_folder), "compare")
    for side in "ab":
        app.multiselect(key=f"{side}_place").set_value([]).run()
    app.date_input(key="a_d").set_value((dt.date(2024, 3, 5), dt.date(2024, 3, 31))).run()
    app.date_input(key="b_d").set_value((dt.date(2024, 4, 1), dt.date(2024, 5, 20))).run()
    assert not app.exception
    sizes = [text.value for text in app.text if "篇；" in text.value]
    assert sizes == ["A 2024-03-05 – 2024-03-31：3 篇；B 2024-04-01 – 2024-05-20：3 篇"]


def test_more_words_than_a_screen_can_tell_apart_are_not_drawn(app_folder, monkeypatch):
    app = open_app(app_folder)
    monkeypatch.setattr(importlib.import_module("app_pages.drawings.comparisons"), "_MOST_DOTS", 3)
    app = turn_to(app, "compare")
    assert not app.exception
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    assert sum(len(trace.get("customdata", ())) for trace in drawn) == 3
    n_words = len(app.dataframe[0].value)
    assert n_words > 3
    assert any(f"最高的 3 个点，下载文件有全部 {n_words} 个词" in caption.value for caption in app.caption)
