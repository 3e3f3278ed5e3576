"""Folders that the tests of metadata read."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def seed_folder() -> Path:
    """The five pages that the product opens with."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def gold_folder() -> Path:
    """Their labels."""
    return ROOT / "tests" / "gold"
