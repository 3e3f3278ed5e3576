"""What the slogans page draws of a view: charts and tables, prepared once for all readers of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.charts import plot_heat, plot_network, plot_trend
from analysis.codes import code_values
from analysis.coverage import THIN_ARTICLES
from analysis.periods import date_periods
from analysis.shelves import View
from analysis.shelves.searching.lines import choose_first, find_lines
from analysis.slogans import find_cooccurrences
from analysis.slogans.profile import profile_slogans
from analysis.slogans.spread import find_spread
from analysis.summary import UNKNOWN_PLACE, name_places
from app_pages.parts.show import COUNTS, Chart
from app_pages.parts.words import add_gloss, name_slogan, name_topic, t

_MOST_PAIRS = 36
_MATRIX = 18


def rank_slogans(tables: View, with_children: bool) -> list[str]:
    """List the slogans, those in most articles first."""
    totals = tables.count_slogans(by=(), every="all", with_children=with_children)
    order = ["n_articles", "n", "slogan"]
    return totals.sort_values(order, ascending=[False, False, True])["slogan"].tolist()


def find_first_lines(tables: View, chosen: tuple[str, ...], with_children: bool) -> pd.DataFrame:
    """Find the first sentences of some slogans, as many as are shown."""
    return find_lines(choose_first(tables.find_hits(chosen, with_children=with_children), tables), tables)


def draw_pairs(part: View, within: str, minimum: int) -> tuple[Chart, Chart] | None:
    """Draw the pairs as a network, and those that most pairs have as a matrix."""
    pairs = _find_pairs(part, within, minimum)
    if pairs.empty:
        return None
    drawn = pairs.head(_MOST_PAIRS)
    sizes = pd.concat(
        [drawn[["slogan_a", "n_a"]].set_axis(["slogan", "n"], axis=1),
         drawn[["slogan_b", "n_b"]].set_axis(["slogan", "n"], axis=1)]
    ).drop_duplicates()  # fmt: skip
    network = plot_network(
        sizes, drawn, name="slogan", size="n", ends=("slogan_a", "slogan_b"), tie="n_joint",
        title=t("chart_pairs"), size_title=t(f"within_{within}"), tie_title=t("joint"),
    )  # fmt: skip
    both = pd.concat(
        [pairs, pairs.rename(columns={"slogan_a": "slogan_b", "slogan_b": "slogan_a"})], ignore_index=True
    )
    central = both.groupby("slogan_a")["n_joint"].sum().nlargest(_MATRIX).index
    square = both[both["slogan_a"].isin(central) & both["slogan_b"].isin(central)]
    matrix = plot_heat(
        square,
        row="slogan_a",
        column="slogan_b",
        value="n_joint",
        title=t("chart_matrix"),
        value_title=t("joint"),
    )
    caption = t("caption_pairs", within=t(f"within_{within}"), minimum=minimum, most=_MOST_PAIRS)
    alt = t("alt_pairs", first=pairs["slogan_a"].iloc[0], second=pairs["slogan_b"].iloc[0])
    return Chart(network, pairs, caption, alt), Chart(matrix, both, t("caption_matrix"), alt)


def find_spread_of(
    tables: View, chosen: tuple[str, ...], with_children: bool, central: str | None
) -> pd.DataFrame:
    """Find in which order places took some slogans up."""
    facts = tables.facts
    hits = tables.coded_rolled if with_children else tables.coded_hits
    hits = hits[hits["slogan"].isin(chosen)].astype({"slogan": "str"})
    spread = find_spread(hits, facts.assign(county=name_places(facts)), unit="county", central=central)
    return spread.rename(columns={"county": "place"})


def label_units(frame: pd.DataFrame, unit: str) -> pd.Series:
    """Name the unit of each row, by which the heat map is cut; unknown ones are '?'."""
    names = frame[unit].astype("str").fillna(UNKNOWN_PLACE)
    return names.map(name_topic) if unit == "topic" else names


def profile(tables: View, with_children: bool) -> pd.DataFrame:
    """Measure every slogan, those in most articles first."""
    hits = tables.coded_rolled if with_children else tables.coded_hits
    named = tables.facts.assign(county=name_places(tables.facts))
    profiles = add_gloss(profile_slogans(hits.astype({"slogan": "str"}), named, places="county"))
    order = ["n_articles", "n", "slogan"]
    return profiles.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _find_pairs(tables: View, within: str, minimum: int) -> pd.DataFrame:
    if within == "article":
        hits, articles = tables.coded_hits.astype({"slogan": "str"}), tables.facts
    else:
        hits, articles = tables.slogan_hits, tables.add_texts(tables.news)
    return find_cooccurrences(hits, articles, within=within, minimum=minimum)


def draw_places(tables: View, chosen: tuple[str, ...], with_children: bool, unit: str, measure: str) -> Chart:
    """Draw slogans by the unit that articles are of."""
    cells = tables.count_slogans(
        by=(unit,), every="all", zeros=True, slogans=chosen, with_children=with_children
    )
    cells = cells.assign(unit=label_units(cells, unit))
    rank = [chosen.index(slogan) for slogan in cells["slogan"].tolist()]
    cells = cells[["slogan", "unit", *COUNTS]].take(np.lexsort([code_values(cells["unit"]), rank]))
    figure = plot_heat(
        cells.assign(label=cells["slogan"].map(name_slogan)),
        row="label",
        column="unit",
        value=measure,
        title=t("chart_places", unit=t(f"unit_{unit}")),
        value_title=t(f"axis_{measure}"),
        percent=measure == "share",
    )
    rows = cells.rename(columns={"unit": unit})
    return Chart(figure, rows, t(f"caption_places_{measure}"), t("alt_places", slogans="、".join(chosen)))


def draw_trend(
    tables: View, with_children: bool, colours: tuple[tuple[str, str], ...], every: str, measure: str
) -> Chart | None:
    """Draw slogans over time, each in its colour; None when nothing is dated."""
    slogans = [slogan for slogan, _ in colours]
    trend = tables.count_slogans(
        by=("period",), every=every, zeros=True, slogans=slogans, with_children=with_children, dated=True
    )
    if trend.empty:
        return None
    trend = trend.assign(start=date_periods(trend["period"]), thin=trend["articles"] < THIN_ARTICLES)
    # Within a slogan the periods are in time.
    order = np.argsort([slogans.index(slogan) for slogan in trend["slogan"].tolist()], kind="stable")
    trend = trend[["slogan", "period", "start", *COUNTS, "thin"]].take(order).reset_index(drop=True)
    bands = {"low": "low", "high": "high"} if measure == "share" else {}
    figure = plot_trend(
        trend.assign(label=trend["slogan"].map(name_slogan)),
        series="label",
        start="start",
        period="period",
        value=measure,
        percent=measure == "share",
        title=t("chart_trend"),
        value_title=t(f"axis_{measure}"),
        time_title=t("axis_time", period=t(f"period_{every}")),
        colours={name_slogan(slogan): colour for slogan, colour in colours},
        thin="thin",
        **bands,
    )
    caption = t(f"caption_trend_{measure}") + t("caption_thin", least=THIN_ARTICLES)
    return Chart(figure, trend, caption, t("alt_trend", slogans="、".join(slogans)))
