"""People: officials and their offices, and who speaks of which slogan."""

import streamlit as st

from analysis.charts import plot_bars, plot_heat
from analysis.people import find_mentions, find_people, link_people
from analysis.schema import counted
from analysis.summary import count_people, name_articles
from app_pages.parts.corpus import load_hits, load_selection
from app_pages.parts.show import show_chart, show_table
from app_pages.parts.words import t

_MOST_BARS = 20
_MOST_SPEAKERS, _MOST_SLOGANS = 12, 15

tables = load_selection()
news = counted(tables.articles)
people = find_people(news)
if people.empty:
    st.info(t("no_people"))
    st.stop()

totals = count_people(people)
left, right = st.columns(2, gap="large")
with left:
    show_chart(
        plot_bars(
            totals.head(_MOST_BARS),
            name="name",
            value="n_articles",
            title=t("chart_people"),
            value_title=t("axis_articles"),
        ),
        totals,
        name="people",
        caption=t("caption_people", articles=len(news)),
        alt=t("alt_top", first=totals["name"].iloc[0]),
    )
with right:
    show_table(totals, name="people_offices", caption=t("caption_offices"))

st.subheader(t("people_slogans"))
links = link_people(find_mentions(news), load_hits(with_children=False), news)
if links.empty:
    st.info(t("no_speech"))
else:
    speakers = links.groupby("name")["n"].sum().nlargest(_MOST_SPEAKERS).index
    slogans = links.groupby("slogan")["n"].sum().nlargest(_MOST_SLOGANS).index
    drawn = links[links["name"].isin(speakers) & links["slogan"].isin(slogans)]
    show_chart(
        plot_heat(
            drawn.groupby(["name", "slogan"], as_index=False)["n"].sum(),
            row="name",
            column="slogan",
            value="n",
            title=t("chart_speech"),
            value_title=t("col_n"),
        ),
        links,
        name="people_slogans",
        caption=t("caption_speech"),
        alt=t("alt_speech", first=links["name"].iloc[0], slogan=links["slogan"].iloc[0]),
    )  # fmt: skip

st.subheader(t("people_articles"))
rows = people.drop(columns="paper").merge(name_articles(news), on="article_id")
show_table(
    rows,
    name="people_by_article",
    caption=t("caption_people_articles"),
    columns=["name", "office", "institution", "n", "place", "date", "title"],
)
