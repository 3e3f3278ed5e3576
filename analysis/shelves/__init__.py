"""Shelves: a corpus to look at, from tables in memory or from a store, and views of what was selected."""

from analysis.shelves.origins.held import shelve_tables
from analysis.shelves.origins.stored import shelve_store
from analysis.shelves.shelf import Shelf
from analysis.shelves.view import View

__all__ = ["Shelf", "View", "shelve_store", "shelve_tables"]
