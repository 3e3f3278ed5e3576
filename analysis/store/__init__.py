"""Stores: the tables of a source on disk, built once, in parallel, and read by the column."""

from __future__ import annotations

from analysis.lazy import attach_names

_HOMES = {
    "analysis.store.building": ("build_store",),
    "analysis.store.executors": ("Crew", "hire_crew"),
    "analysis.store.manifest": ("StoreError",),
    "analysis.store.opening": ("Store", "open_store", "read_tables"),
}

__all__, __getattr__, __dir__ = attach_names(__name__, _HOMES)
