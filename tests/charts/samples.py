"""Figures of each kind that the package makes, drawn of a few rows, and what a picture of them is asked."""

import io
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from PIL import Image

from analysis.charts import draw_picture, plot_bars, plot_heat, plot_keyness, plot_network, plot_trend

KINDS = ("bars", "heat", "trend", "keyness", "network")
SVG = "{http://www.w3.org/2000/svg}"
BARS = pd.DataFrame(
    {
        "slogan": ["一老一小", "枫桥经验", "415X"],
        "share": [0.5, 0.25, 0.1],
        "low": [0.3, 0.1, 0.0],
        "high": [0.7, 0.5, 0.2],
    }
)
HEAT = pd.DataFrame(
    {"topic": ["教育", "教育", "卫生"], "place": ["甲县", "乙县", "甲县"], "share": [0.1, 0.2, 0.3]}
)
TREND = pd.DataFrame(
    {
        "slogan": ["甲", "甲", "甲", "乙"],
        "period": ["2024-01", "2024-02", "2024-05", "2024-01"],
        "start": pd.to_datetime(["2024-01-01", "2024-02-01", "2024-05-01", "2024-01-01"]),
        "share": [0.1, 0.2, 0.3, 0.0],
        "few": [True, False, False, False],
    }
)
WORDS = pd.DataFrame(
    {"word": [f"词{n}" for n in range(20)], "log_ratio": np.linspace(-2, 2, 20), "g2": np.arange(20.0)}
)
NODES = pd.DataFrame({"word": ["一老一小", "乙", "丙", "丁"], "n": [9, 4, 1, 2]})
EDGES = pd.DataFrame({"source": ["一老一小", "一老一小"], "target": ["乙", "丙"], "log_dice": [12.0, 6.0]})


def plot(kind: str, rows: slice = slice(None), title: str = "图：题") -> go.Figure:
    """Draw a figure of a kind of some of its rows."""
    if kind == "bars":
        return plot_bars(
            BARS[rows], name="slogan", value="share", low="low", high="high", title=title,
            value_title="占比（%）", percent=True,
        )  # fmt: skip
    if kind == "heat":
        return plot_heat(
            HEAT[rows],
            row="topic",
            column="place",
            value="share",
            title=title,
            value_title="占比",
            percent=True,
        )
    if kind == "trend":
        return plot_trend(
            TREND[rows], series="slogan", start="start", period="period", value="share", title=title,
            value_title="占比", time_title="月", colours={"甲": "#111111"}, thin="few", percent=True,
        )  # fmt: skip
    if kind == "keyness":
        return plot_keyness(
            WORDS[rows], name="word", effect="log_ratio", evidence="g2", title=title, effect_title="对数比",
            evidence_title="G²",
        )  # fmt: skip
    return plot_network(
        NODES[rows], EDGES[rows], name="word", size="n", ends=("source", "target"), tie="log_dice",
        title=title, size_title="n", tie_title="logDice", centre=None if rows.stop == 0 else "一老一小",
    )  # fmt: skip


def read_pixels(figure: go.Figure, **options: int) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(draw_picture(figure, **options))).convert("RGB")).astype(int)


def find_colour(pixels: np.ndarray, colour: str) -> np.ndarray:
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return np.abs(pixels - wanted).max(axis=2) < 12


def count_marks(figure: go.Figure, kind: str) -> list[int]:
    """How many marks each group of that kind has in the document."""
    tree = ElementTree.fromstring(draw_picture(figure, form="svg"))
    groups = [each for each in tree.iter(f"{SVG}g") if each.get("id", "").startswith(f"{kind}-")]
    return [len(list(group.iter(f"{SVG}use"))) or len(list(group.iter(f"{SVG}path"))) for group in groups]


def is_whole(pixels: np.ndarray) -> bool:
    """Nothing reaches the edge of the picture."""
    edge = np.concatenate([pixels[:8], pixels[-8:]]), np.concatenate([pixels[:, :8], pixels[:, -8:]], axis=1)
    return all((part == 255).all() for part in edge)
