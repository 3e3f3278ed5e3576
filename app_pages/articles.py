"""Articles: the list, and one article beside the page that it was cut from."""

from analysis.summary import name_articles
from app_pages.parts.corpus import load_selection
from app_pages.parts.reader import show_article
from app_pages.parts.show import pick_row, show_download
from app_pages.parts.words import name_topic, t

_COLUMNS = ["date", "place", "kind_name", "title", "topic", "slogans", "n_chars", "confidence"]

tables = load_selection()
articles = tables.articles
main = tables.article_topics[tables.article_topics["is_main"]].set_index("article_id")["topic"]
listed = name_articles(articles).assign(
    kind_name=articles["kind"].map(lambda kind: t(f"kind_{kind}")),
    topic=articles["article_id"].map(main).map(name_topic, na_action="ignore"),
    slogans=articles["article_id"].map(tables.slogan_hits.groupby("article_id").size()).fillna(0).astype(int),
    n_chars=articles["n_chars"],
    confidence=articles["confidence"],
)
picked = pick_row(listed, name="articles", caption=t("caption_articles", rows=len(listed)), columns=_COLUMNS)
show_download(articles, name="articles")
show_article(tables, articles.loc[picked or 0, "article_id"])
