"""Loads what a build loads; the processes that are forked off afterwards have it (see `builds`)."""

import tempfile
from pathlib import Path

from analysis.store import build_store
from tests.store.corpora import write_table

with tempfile.TemporaryDirectory() as _folder:
    (Path(_folder) / "source").mkdir()
    write_table(Path(_folder) / "source" / "news.jsonl", 3)
    build_store(Path(_folder) / "source", Path(_folder) / "store")
