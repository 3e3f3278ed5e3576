"""Figures: each function turns one frame, already filtered, into one figure. Nothing here computes."""

from analysis.charts.bars import plot_bars
from analysis.charts.cloud import Cloud, draw_cloud
from analysis.charts.heat import plot_heat
from analysis.charts.network import plot_network
from analysis.charts.picture import ChartError, draw_picture
from analysis.charts.scatter import plot_keyness
from analysis.charts.settle import settle
from analysis.charts.style import assign_colours, lighten
from analysis.charts.trend import plot_trend

__all__ = [
    "ChartError",
    "Cloud",
    "assign_colours",
    "draw_cloud",
    "draw_picture",
    "lighten",
    "plot_bars",
    "plot_heat",
    "plot_keyness",
    "plot_network",
    "plot_trend",
    "settle",
]
