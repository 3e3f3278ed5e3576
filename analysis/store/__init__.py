"""Stores: the tables of a source on disk, built once, in parallel, and read by the column."""

from analysis.store.building import build_store
from analysis.store.executors import Crew, hire_crew
from analysis.store.manifest import StoreError
from analysis.store.opening import Store, open_store, read_tables

__all__ = ["Crew", "Store", "StoreError", "build_store", "hire_crew", "open_store", "read_tables"]
