"""Stores: the tables of a source on disk, built once, in parallel, and read by the column."""

from __future__ import annotations

from importlib import import_module

_HOMES = {
    "analysis.store.building": ("build_store",),
    "analysis.store.executors": ("Crew", "hire_crew"),
    "analysis.store.manifest": ("StoreError",),
    "analysis.store.opening": ("Store", "open_store", "read_tables"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_MODULES)  # noqa: PLE0605


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value
