"""What is found in an article does not depend on the articles beside it: views share what was found once."""

import pytest

from analysis.people import find_mentions, find_people
from analysis.schema import counted
from analysis.tokens import split_tokens
from analysis.topics import find_cues


@pytest.mark.parametrize("find", [find_people, find_mentions, find_cues, split_tokens])
def test_some_articles_have_what_they_have_among_all(find, seed_tables):
    news = counted(seed_tables.articles).reset_index(drop=True)
    found = find(news)
    assert len(found)
    for step in (2, 3, 5):
        some = news.iloc[::step].reset_index(drop=True)
        mine = found[found["article_id"].isin(some["article_id"])].reset_index(drop=True)
        assert find(some).astype("str").equals(mine.astype("str"))
