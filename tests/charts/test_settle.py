"""Figures settled: a page is sent the same as before, and nothing is made twice for it."""

import copy
import gc
import json

import plotly.graph_objects as go
import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data
from streamlit.testing.v1 import AppTest

from analysis.charts import settle
from tests.charts.samples import KINDS, plot


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("rows", [slice(None), slice(0)], ids=["all", "none"])
def test_the_same_is_sent(kind, rows):
    figure = plot(kind, rows)
    asked = return_figure_from_figure_or_data(settle(figure), validate_figure=True)
    assert plotly.io.to_json(asked, validate=False) == figure.to_json()


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_is_settled_once(kind):
    figure = plot(kind)
    assert settle(figure) is settle(figure)
    assert settle(figure).to_dict()["data"] is settle(figure).to_dict()["data"]


def test_a_copy_of_a_settled_figure_is_one_too():
    figure = settle(plot("bars"))
    before = figure.to_json()
    assert copy.deepcopy(figure).to_dict()["data"] == figure.to_dict()["data"]
    assert figure.to_json() == before


def test_what_is_sent_is_strict_json_with_gaps_for_missing_values():
    figure = go.Figure(go.Scatter(x=[1, 2], y=[float("nan"), 2], customdata=[[None], [float("inf")]]))
    sent = json.loads(json.dumps(settle(figure).to_dict(), allow_nan=False))
    assert sent == json.loads(plotly.io.to_json(figure))
    assert sent["data"][0]["customdata"] == [[None], [None]]


def test_the_collector_of_garbage_has_nothing_to_walk_through():
    sent = settle(go.Figure(go.Scatter(x=[1, 2], customdata=[["一"], ["二"]]))).to_dict()["data"]
    gc.collect()
    gc.collect()  # A tuple is let go after what it holds.
    assert not gc.is_tracked(sent[0]["x"])
    assert not gc.is_tracked(sent[0]["customdata"])


def test_a_copy_that_was_changed_is_sent_as_it_is():
    settle(plot("bars"))
    changed = plot("bars").update_layout(height=123)
    assert settle(changed).to_dict()["layout"]["height"] == 123


def app():
    import streamlit as st  # noqa: PLC0415

    from analysis.charts import settle  # noqa: PLC0415
    from tests.charts.samples import plot  # noqa: PLC0415

    st.plotly_chart(settle(plot("bars")), key="settled", on_select="rerun")
    st.plotly_chart(plot("bars"), key="whole", on_select="rerun")


def test_streamlit_shows_it():
    run = AppTest.from_function(app, default_timeout=60).run()
    assert not run.exception
    settled, whole = (chart.proto for chart in run.get("plotly_chart"))
    assert settled.spec == whole.spec
