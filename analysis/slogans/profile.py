"""Profiles: what can be said of each slogan in one row."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis import schema
from analysis.fields import HEADLINE_FIELDS
from analysis.measures import dp_norm, wilson_interval
from analysis.periods import label_periods
from analysis.schema import COUNT, DAY, NUMBER, TEXT, Column, Table
from analysis.slogans.frequencies import PeriodError, count_chars, count_slogans
from analysis.slogans.temperature import rate_temperature

SLOGAN_PROFILES = Table(
    "slogan_profiles",
    "slogan",
    ("n_articles (descending)", "slogan"),
    (
        Column("slogan", TEXT, "Slogan."),
        Column("n", COUNT, "Occurrences in headlines and text."),
        Column("n_articles", COUNT, "Articles with the slogan at least once."),
        Column("articles", COUNT, "All articles."),
        Column("share", NUMBER, "n_articles / articles, 0-1."),
        Column("low", NUMBER, "Lower end of the 95 % Wilson interval of share."),
        Column("high", NUMBER, "Upper end of the 95 % Wilson interval of share."),
        Column("per_10k_chars", NUMBER, "Occurrences per 10 000 characters of headlines and text."),
        Column("first_seen", DAY, "First day of publication held that has it; not its first use."),
        Column("last_seen", DAY, "Last day of publication held that has it."),
        Column("n_headline", COUNT, "Occurrences in kicker, headline and subhead."),
        Column("n_body", COUNT, "Occurrences in the text."),
        Column("n_articles_headline", COUNT, "Articles with the slogan in kicker, headline or subhead."),
        Column("prominence", NUMBER, "n_articles_headline / n_articles, 0-1."),
        Column("prominence_low", NUMBER, "Lower end of the 95 % Wilson interval of prominence."),
        Column("prominence_high", NUMBER, "Upper end of the 95 % Wilson interval of prominence."),
        Column("dispersion_places", NUMBER, "DPnorm over places, 0 (everywhere alike) to 1 (in one only)."),
        Column("dispersion_months", NUMBER, "DPnorm over months, 0 (every month alike) to 1 (in one only)."),
        Column("tier_low", TEXT, "Coldest tier of temperature that the interval of share reaches."),
        Column("tier_high", TEXT, "Hottest tier of temperature that the interval of share reaches."),
        Column("tier", TEXT, "Tier of temperature, range of tiers, or 'too few articles'."),
    ),
)


def profile_slogans(hits: pd.DataFrame, articles: pd.DataFrame, *, places: str = "county") -> pd.DataFrame:
    """Say of each slogan how frequent, how prominent, how widely spread and how hot it is.

    Counting convention: teasers and notices, and hits in them, do not count. n counts occurrences, share
    counts an article once. Prominence is the share of a slogan's articles that have it above the text. Parts
    of the dispersions are places and months of publication, weighed by the characters held of them;
    articles of unknown place or day are in no part.

    Args:
        hits: Table `slogan_hits`, rolled up or not, as the caller wants children to count; from these
            articles or from more. Rolled up, figures of different slogans must not be added up.
        articles: Table `articles`, filtered to what is described.
        places: Column of `articles` that tells the parts of `dispersion_places`: county, city, paper, or one
            added by the caller (as labels that tell counties of one name apart).

    Returns:
        Table `SLOGAN_PROFILES`: one row per slogan seen, in most articles first. Days are missing when no
        article with the slogan is dated; a dispersion is missing with fewer than two parts, or when the
        slogan stands in none of them; tiers are missing with too few articles.

    Raises:
        PeriodError: `places` is no column of `articles`.

    Note:
        The first page held is not the first use: `first_seen` says no more than that the corpus has nothing
        earlier. Rare slogans have a high dispersion whatever they are: a thing that stands once can only
        stand in one place.

    Source:
        Prominence as one dimension of media salience: S. Kiousis, Explicating media salience, Journal of
        Communication 54 (2004). The share of articles, not the ratio of the rates per character, since
        headlines are so dense that nearly every slogan has a ratio above 1, the ratio is not defined for
        slogans without an occurrence in the text, and only a share has an interval. Dispersion: see
        `dp_norm`; temperature: see `rate_temperature`.

    Example:
        >>> rows = {"article_id": ["a", "b"], "kind": "news", "headline": ["网格", ""], "text": "网格"}
        >>> articles = pd.DataFrame(rows).assign(kicker="", subhead="", date=pd.Timestamp("2024-04-20"))
        >>> articles = articles.assign(paper="甲报", county=["甲县", "乙县"])
        >>> hits = pd.DataFrame({"article_id": ["a", "a", "b"], "field": ["headline", "text", "text"]})
        >>> profiles = profile_slogans(hits.assign(slogan="网格"), articles)
        >>> profiles[["n", "n_articles", "n_headline", "prominence", "dispersion_places"]].values.tolist()
        [[3.0, 2.0, 1.0, 0.5, 0.0]]
    """
    if places not in articles:
        raise PeriodError(f"places='{places}' is no column of articles; expected one, as county or paper")
    news = schema.counted(articles)
    totals = count_slogans(hits, news, by=(), every="all")
    if totals.empty:
        return schema.empty(SLOGAN_PROFILES)
    months = label_periods(news["date"]).where(news["date"].notna())
    parts = news[["article_id", "date"]].assign(chars=count_chars(news), place=news[places], month=months)
    placed = hits[["slogan", "article_id", "field"]].merge(parts, on="article_id")
    profiles = totals.drop(columns=["period", "paper", "county"]).merge(_describe(placed), on="slogan")
    profiles = profiles.assign(
        dispersion_places=_disperse(placed, parts, "place", profiles["slogan"]),
        dispersion_months=_disperse(placed, parts, "month", profiles["slogan"]),
    )
    profiles = _rate(profiles).sort_values(["n_articles", "slogan"], ascending=[False, True])
    return schema.conform(profiles[SLOGAN_PROFILES.names], SLOGAN_PROFILES)


def _describe(placed: pd.DataFrame) -> pd.DataFrame:
    """Tell days and fields of each slogan."""
    is_above = placed["field"].isin(HEADLINE_FIELDS)
    above = (
        placed[is_above].groupby("slogan")["article_id"].agg(n_headline="size", n_articles_headline="nunique")
    )
    described = placed.groupby("slogan").agg(
        first_seen=("date", "min"), last_seen=("date", "max"), n_all=("date", "size")
    )
    described = described.join(above).fillna({"n_headline": 0, "n_articles_headline": 0})
    return described.assign(n_body=described["n_all"] - described["n_headline"]).reset_index()


def _disperse(placed: pd.DataFrame, news: pd.DataFrame, part: str, slogans: pd.Series) -> np.ndarray:
    """Compute DPnorm of each slogan over the known values of a column, sizes in characters."""
    sizes = news.groupby(part)["chars"].sum()
    known = placed[placed[part].notna()]
    rows = pd.Index(slogans).get_indexer(known["slogan"])
    columns = sizes.index.get_indexer(known[part])
    counts = csr_array((np.ones(len(known)), (rows, columns)), shape=(len(slogans), len(sizes)))
    return dp_norm(counts, sizes.to_numpy())


def _rate(profiles: pd.DataFrame) -> pd.DataFrame:
    """Add prominence and temperature."""
    low, high = wilson_interval(profiles["n_articles_headline"], profiles["n_articles"])
    tiers = rate_temperature(profiles["n_articles"], profiles["articles"])
    return profiles.assign(
        prominence=profiles["n_articles_headline"] / profiles["n_articles"],
        prominence_low=low,
        prominence_high=high,
        **{name: tiers[name].to_numpy() for name in ("tier_low", "tier_high", "tier")},
    )
