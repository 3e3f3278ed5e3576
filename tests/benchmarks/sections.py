"""Named topics against the sections of a newspaper, as the People's Daily prints them."""

from __future__ import annotations

import pandas as pd
from sklearn.metrics import f1_score

from analysis.topics import read_topic_names, score_topics

#: Class -> the sections that stand for it, and the topics that are right for it. Fixed before the first run.
_CLASSES = {
    "政治": ("政治 民主政治 党建 法治", "党建与组织 政治会议与学习 人大政协 平安法治与基层治理"),
    "经济": ("经济 产经 财经", "工业与项目投资 营商环境与企业服务 数字经济"),
    "生态": ("生态 绿色", "生态环境与水利"),
    "文化": ("文化 文化遗产 人文", "文化旅游"),
    "科技": ("科技 科技·新知", "科技创新与人才"),
    "教育": ("教育", "教育"),
    "健康": ("健康", "医疗卫生"),
    "新农村": ("新农村", "农业农村与乡村振兴"),
}
_OTHER = "–"


def measure(articles: pd.DataFrame) -> None:
    """Print macro F1 of the mapped main topic, of two baselines, and the confusion table."""
    sections = {name: key for key, (names, _) in _CLASSES.items() for name in names.split()}
    news = articles.assign(wanted=articles["section"].map(sections)).dropna(subset="wanted")
    news = news.reset_index(drop=True)
    months = news["date"].dt.strftime("%Y-%m")
    found = _classify(news, None)
    labels = _topic_names_alone()
    baseline = _classify(news, labels)
    majority = pd.Series(news["wanted"].mode()[0], index=news.index)
    for name, rows in [("all", news.index), *news.groupby(months).groups.items()]:
        scores = [_score(news["wanted"][rows], each[rows]) for each in (found, majority, baseline)]
        print(f"{name}: {len(rows)} articles, macro F1 {scores[0]:.3f}", end="")
        print(f" (majority {scores[1]:.3f}, the words of the topics' names alone {scores[2]:.3f})")
    print(pd.crosstab(news["wanted"], found.rename("found")).to_string())


def _classify(news: pd.DataFrame, taxonomy: pd.DataFrame | None) -> pd.Series:
    classes = {topic: key for key, (_, topics) in _CLASSES.items() for topic in topics.split()}
    topics = score_topics(news, taxonomy)
    main = topics[topics["is_main"]].set_index("article_id")["topic"]
    return news["article_id"].map(main).map(classes).fillna(_OTHER)


def _topic_names_alone() -> pd.DataFrame:
    """A taxonomy whose only cues are the words of each topic's own name."""
    rows = [
        (topic, cue, 4.0) for topic in read_topic_names()["topic"] for cue in topic.replace("与", " ").split()
    ]
    return pd.DataFrame(rows, columns=["topic", "cue", "weight"])


def _score(wanted: pd.Series, found: pd.Series) -> float:
    return f1_score(wanted, found, labels=list(_CLASSES), average="macro", zero_division=0)
