"""Pages from files: what is read, what becomes a problem, what is an error."""

from pathlib import Path

import pytest

from analysis.pages import PageError, read_pages, read_source
from analysis.schema import ARTICLES, PAGES, PROBLEMS, check

SEEDS = Path(__file__).parent.parent / "seeds"


def test_seeds_are_five_pages_that_keep_the_schema():
    reading = read_source(SEEDS)
    check(reading.pages, PAGES)
    check(reading.articles, ARTICLES)
    check(reading.problems, PROBLEMS)
    assert reading.pages["file"].str[:3].tolist() == ["000", "001", "002", "003", "004"]
    assert len(reading.problems) == 0


def test_missing_folder_is_one_sentence(tmp_path):
    with pytest.raises(PageError, match="no such file or folder"):
        read_pages(tmp_path / "nowhere")
