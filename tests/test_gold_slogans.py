"""Slogan counts held against the hand-made labels of the five seed pages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from analysis.slogans import find_slogans, read_lexicon, roll_up, skeleton
from analysis.slogans.lexicon import LEXICON_FILE, iter_forms

GOLD = Path(__file__).parent / "gold"
OMISSIONS = LEXICON_FILE.with_name("slogan_omissions.tsv")
# Labels whose number stands for a bare string and not for the slogan: the label's own note says so.
FALSE_HITS = {("000_e07a75bf460e5f2c.txt", "五星")}
_SPACE = re.compile(r"\s+")


@pytest.fixture(scope="module")
def labels() -> pd.DataFrame:
    """One row per page, formula and item: file, n, formula, part (headline, body), count."""
    gold = json.loads((GOLD / "slogans.json").read_text(encoding="utf-8"))
    rows = []
    for file, page in gold["files"].items():
        for label in page["slogans"]:
            for n, parts in label["by_article"].items():
                for part, count in parts.items():
                    rows.append((file, n, label["formula"], label["scope"], part, count))
    return pd.DataFrame(rows, columns=["file", "n", "formula", "scope", "part", "count"])


@pytest.fixture(scope="module")
def articles() -> pd.DataFrame:
    """The labelled articles as the table `articles`, headlines and bodies verbatim."""
    items = json.loads((GOLD / "articles.json").read_text(encoding="utf-8"))
    rows, banners = [], set()
    for item in items:
        if not item.get("body"):
            continue
        # The labels count a column banner with the headline; one that two articles share, with the first.
        banner = (item["file"], item.get("column"))
        column = None if banner in banners else item.get("column")
        banners.add(banner)
        rows.append(
            {
                "article_id": f"{item['file']}/{item['n']}",
                "kicker": " ".join(filter(None, [column, item["kicker"]])),
                "headline": item["headline"],
                "subhead": item["sub"] or "",
                "text": item["body"],
            }
        )
    return pd.DataFrame(rows)


def test_every_labelled_slogan_is_counted_exactly_per_article_and_field(labels, articles):
    lexicon = read_lexicon()
    forms = {skeleton(form): slogan for slogan, form, _ in iter_forms(lexicon)}
    labels = labels[labels["part"].isin(["headline", "body"])]
    labels = labels.assign(slogan=labels["formula"].map(lambda formula: forms.get(skeleton(formula))))
    known = labels.dropna(subset="slogan")
    is_false = pd.Series([(f, s) in FALSE_HITS for f, s in zip(known["file"], known["formula"], strict=True)])
    known = known[~is_false.to_numpy()]
    rolled = roll_up(find_slogans(articles, lexicon), lexicon)
    # A page labels what its labeller saw as a formula there; the lexicon may know more.
    pairs = set(zip(known["file"], known["slogan"], strict=True))
    files = rolled["article_id"].str.split("/").str[0]
    rolled = rolled[[pair in pairs for pair in zip(files, rolled["slogan"], strict=True)]]
    part = rolled["field"].where(rolled["field"] == "text", "headline").replace("text", "body")
    found = rolled.groupby([rolled["article_id"], rolled["slogan"], part]).size()
    key = [known["file"] + "/" + known["n"].astype(str), known["slogan"], known["part"]]
    expected = known["count"].groupby(key).sum()
    both = pd.DataFrame({"found": found, "expected": expected}).fillna(0).astype(int)
    wrong = both[both["found"] != both["expected"]]
    print(
        f"\ngold slogans, per article and field: {len(known['slogan'].unique())} entries, "
        f"occurrences found / expected {int(both['found'].sum())} / {int(both['expected'].sum())}, "
        f"cells that differ {len(wrong)} of {len(both)}"
    )
    assert len(known) > 400
    assert wrong.empty, wrong.to_string()
