"""How everything is counted, in plain words: on screen, and as the README of the tables."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from analysis.export import TABLES_EDITION
from analysis.keywords import GENERAL_ARTICLES
from analysis.schema import TABLES
from analysis.shelves import View
from analysis.slogans.temperature import LEAST_ARTICLES
from analysis.topics import HEADLINE_WEIGHT, THIN_EVIDENCE
from app_pages.parts.tables import describe_column, describe_row, name_table
from app_pages.parts.words import t

_READING_WIDTH = 860


class _Part(NamedTuple):
    """One part of the methods: its title, and its paragraphs, each with what it is about."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]


def show_methods() -> None:
    """Show how everything is counted."""
    with st.container(width=_READING_WIDTH):
        st.markdown(t("methods_lead"))
        for number, part in enumerate(_tell_methods()):
            with st.expander(part.title, expanded=number == 0):
                for about, paragraph in part.paragraphs:
                    st.markdown(f"**{about}**  \n{paragraph}")


def write_readme(tables: View, filters: str) -> str:
    """Write what goes with the tables, in the reader's language.

    Args:
        tables: The tables.
        filters: The selection in words; "" for the whole corpus.

    Returns:
        Lines of text: edition and selection, the rows and columns of each table, and the methods.
    """
    lines = [
        t("readme_title", edition=TABLES_EDITION),
        t("readme_filters", filters=filters or t("filter_all")),
    ]
    for name, table in TABLES.items():
        rows = tables.count_rows(name)
        shown = "…" if rows is None else rows
        lines += ["", t("readme_table", file=f"{name}.csv", name=name_table(name), rows=shown)]
        lines.append(t("readme_row", row=describe_row(table)))
        lines += [
            f"  {column.name}: {describe_column(table, column)}"
            for column in table.columns
            if column.exported
        ]
    for part in _tell_methods():
        lines += ["", part.title]
        lines += [f"- {about}: {paragraph}" for about, paragraph in part.paragraphs]
    return "\n".join(lines)


def _tell_methods() -> list[_Part]:
    return [
        _Part(
            t("methods_pages"),
            (
                (t("method_article_about"), t("method_article")),
                (t("method_splitting_about"), t("method_splitting")),
                (t("method_quality_about"), t("method_quality")),
                (t("method_dates_about"), t("method_dates")),
                (t("method_places_about"), t("method_places")),
            ),
        ),
        _Part(
            t("methods_slogans"),
            (
                (t("method_matching_about"), t("method_matching")),
                (t("method_nested_about"), t("method_nested")),
                (t("method_share_about"), t("method_share")),
                (t("method_interval_about"), t("method_interval")),
                (t("method_rate_about"), t("method_rate")),
                (t("method_temperature_about"), t("method_temperature", least=LEAST_ARTICLES)),
                (t("method_dispersion_about"), t("method_dispersion")),
                (t("method_spread_about"), t("method_spread")),
                (t("method_candidates_about"), t("method_candidates")),
            ),
        ),
        _Part(
            t("methods_words"),
            (
                (t("method_topics_about"), _tell_topics()),
                (t("method_discovered_about"), t("method_discovered")),
                (t("method_keywords_about"), t("method_keywords", general=GENERAL_ARTICLES)),
                (t("method_selection_about"), t("method_selection")),
            ),
        ),
        _Part(
            t("methods_comparison"),
            (
                (t("method_evidence_about"), t("method_evidence")),
                (t("method_effect_about"), t("method_effect")),
                (t("method_difference_about"), t("method_difference")),
                (t("method_association_about"), t("method_association")),
                (t("method_people_about"), t("method_people")),
            ),
        ),
        _Part(
            t("methods_care"),
            (
                (t("method_unknown_about"), t("method_unknown")),
                (t("method_thin_about"), t("method_thin")),
                (t("method_files_about"), t("method_files")),
                (t("method_private_about"), t("method_private")),
            ),
        ),
    ]


def _tell_topics() -> str:
    return t("method_topics", headline=HEADLINE_WEIGHT, thin=int(THIN_EVIDENCE))
