"""Figures as files: drawn for print with the package's own font, without a browser."""

from analysis.charts.picture.ground import ChartError
from analysis.charts.picture.sheet import draw_picture

__all__ = ["ChartError", "draw_picture"]
