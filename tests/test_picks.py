"""Whatever can be picked leads to its evidence, on every page and view, in both languages."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages.parts.words import read_texts
from tests.conftest import ROOT

#: Pages -> key of their tabs, and the tabs by the keys of their names.
_VIEWS = {
    "overview": ("", [""]),
    "slogans": ("view", ["view_trend", "view_lines", "view_pairs", "view_all", "view_new"]),
    "topics": ("topics_view", ["view_named", "view_one", "view_slogans", "view_discovered"]),
    "keywords": ("", [""]),
    "compare": ("", [""]),
    "people": ("", [""]),
    "articles": ("", [""]),
}
_OF_A_CELL = 3
_CASES = [(page, key, view) for page, (key, views) in _VIEWS.items() for view in views]


@pytest.fixture
def picked(monkeypatch):
    """Pick a point of every chart and the first row of every table; gives what was picked from."""
    names = []
    plotly_chart, dataframe = st.plotly_chart, st.dataframe

    def pick_point(figure, **options):
        plotly_chart(figure, **options)
        if options["on_select"] == "ignore":
            return None
        names.append(options["key"])
        traces = figure.to_dict()["data"]
        data = next(rows for trace in traces if (rows := trace.get("customdata")))
        # The third of three is a cell's value: nothing stands behind a zero.
        best = max(data, key=lambda datum: datum[2] if len(datum) == _OF_A_CELL else 0)
        return SimpleNamespace(selection=SimpleNamespace(points=[{"customdata": list(best)}]))

    def pick_row(rows, **options):
        dataframe(rows, **options)
        if options["on_select"] == "ignore":
            return None
        names.append(options["key"])
        return SimpleNamespace(selection=SimpleNamespace(rows=[0] if len(rows) else []))

    monkeypatch.setattr(st, "plotly_chart", pick_point)
    monkeypatch.setattr(st, "dataframe", pick_row)
    return names


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("page", "key", "view"), _CASES)
def test_what_is_picked_leads_to_its_evidence(picked, page, key, view, lang):
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    app.query_params["lang"] = lang
    if key:
        app.query_params[key] = read_texts()[view][lang]
    app.run()
    picked.clear()
    app.switch_page(f"app_pages/{page}.py").run()
    assert not app.exception
    assert picked
    # Each pick shows a list, whose first row is picked in its turn and is an article.
    assert read_texts()["caption_reader"][lang] in [caption.value for caption in app.caption]
    before, after = read_texts()["evidence_none"][lang].split("{about}")
    said = [text.value for text in app.text]
    # Of two sides that are compared one may lack the word.
    if page != "compare":
        assert not [words for words in said if words.startswith(before) and words.endswith(after)]
