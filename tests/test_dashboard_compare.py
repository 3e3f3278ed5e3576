"""The page of comparisons by `AppTest`."""

import datetime as dt

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
