"""The named topics against the gold labels of the seeds' articles."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from analysis.topics import score_topics

GOLD = Path(__file__).parent / "gold" / "articles.json"


def read_gold() -> pd.DataFrame:
    rows = [row for row in json.loads(GOLD.read_text(encoding="utf-8")) if row["kind"] == "article"]
    frame = pd.DataFrame({"article_id": [f"{row['file'][:3]}-{row['n']}" for row in rows]})
    for field, key in (("kicker", "kicker"), ("headline", "headline"), ("subhead", "sub"), ("text", "body")):
        frame[field] = [row[key] or "" for row in rows]
    frame["labels"] = [row["topics"] for row in rows]
    return frame


def test_main_topics_of_the_gold_articles(say_figure):
    articles = read_gold()
    topics = score_topics(articles)
    main = topics[topics["is_main"]].set_index("article_id")["topic"]
    found = [main[name] for name in articles["article_id"]]
    among = sum(topic in labels for topic, labels in zip(found, articles["labels"], strict=True))
    first = sum(topic == labels[0] for topic, labels in zip(found, articles["labels"], strict=True))
    say_figure(
        f"main topic among the labels: {among}/{len(articles)}; equal to the first: {first}/{len(articles)}"
    )
    assert len(articles) == 33
    assert among >= 30
    assert first >= 26
