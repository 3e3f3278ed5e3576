"""Temperature of slogans: the six tiers of Qian Gang's scale, as far as the evidence allows one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from analysis.measures import wilson_interval
from analysis.schema import COUNT, NUMBER, TEXT, Column, Table, conform
from analysis.word_lists import LEXICONS

TIERS_FILE = "temperature_tiers.tsv"
#: Articles below which no tier is told: with fewer, the interval of a slogan that stands in no article at
#: all reaches from the coldest tier into the hottest.
LEAST_ARTICLES = 71
#: What `tier` says below `LEAST_ARTICLES`.
TOO_FEW = "too few articles"
#: Stands between the ends of a range of tiers.
RANGE_MARK = "–"

TEMPERATURE = Table(
    "slogan_temperature",
    "slogan (or any other count of articles)",
    ("as given",),
    (
        Column("n_articles", COUNT, "Articles with the slogan."),
        Column("articles", COUNT, "All articles."),
        Column("share", NUMBER, "n_articles / articles, 0-1; missing without articles."),
        Column("low", NUMBER, "Lower end of the 95 % Wilson interval of share."),
        Column("high", NUMBER, "Upper end of the 95 % Wilson interval of share."),
        Column("tier_low", TEXT, "Coldest tier that the interval reaches; missing with too few articles."),
        Column("tier_high", TEXT, "Hottest tier that the interval reaches; missing with too few articles."),
        Column("tier", TEXT, "The tier, or the range of tiers (热–烫), or 'too few articles'."),
    ),
)


def rate_temperature(n_articles: ArrayLike, articles: ArrayLike) -> pd.DataFrame:
    """Rate how hot a slogan is, by the share of articles that it stands in.

    Counting convention: an article has the slogan or has it not. A tier is told only where the whole 95 %
    Wilson interval of the share lies inside it; else the tiers that the interval reaches, from the coldest
    to the hottest. Below `LEAST_ARTICLES` articles none is told.

    Args:
        n_articles: Articles with the slogan; a number or an array, as in `slogan_frequencies`.
        articles: All articles of the same place and period; of the same shape or broadcastable.

    Returns:
        Table `TEMPERATURE`, one row per count, in the order given.

    Raises:
        MeasureError: A count is negative, or there are more articles with the slogan than articles.

    Note:
        The scale was made for the People's Daily, by articles in a full year; shares carry it over to
        shorter periods and other papers, which is a comparison with that paper and nothing more. The
        cut-offs of 沸 and 烫 are published; those of 热, 暖 and 温 are ours (`read_tiers` says which).

    Source:
        Qian Gang, China Media Project, 2017-07-12: 沸 from 2 000 articles a year (a share of 0.0518), 烫 from
        500 (0.0129). Interval: see `wilson_interval`.

    Example:
        >>> rate_temperature([100, 3, 1], [1000, 120, 30])["tier"].tolist()
        ['沸', '热–沸', 'too few articles']
    """
    counts = np.broadcast_arrays(*(np.atleast_1d(count) for count in (n_articles, articles)))
    n, total = (count.astype(float) for count in counts)
    low, high = wilson_interval(n, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = n / total
    is_enough = total >= LEAST_ARTICLES
    coldest, hottest = (_name_tiers(end, is_enough) for end in (low, high))
    tier = coldest.where(coldest == hottest, coldest + RANGE_MARK + hottest).fillna(TOO_FEW)
    columns = {"n_articles": n, "articles": total, "share": share, "low": low, "high": high}
    rated = pd.DataFrame(columns | {"tier_low": coldest, "tier_high": hottest, "tier": tier})
    return conform(rated, TEMPERATURE)


def read_tiers() -> pd.DataFrame:
    """Read the tiers with their cut-offs.

    Returns:
        One row per tier, coldest first: share (least share of articles, 0-1), tier, english, basis
        (published or ours), source.

    Example:
        >>> read_tiers()[["tier", "basis"]].values.tolist()[-3:]
        [['热', 'ours'], ['烫', 'published'], ['沸', 'published']]
    """
    texts = dict.fromkeys(("tier", "english", "basis", "source"), TEXT)
    tiers = pd.read_csv(LEXICONS / TIERS_FILE, sep="\t", comment="#", dtype=texts | {"share": NUMBER})
    return tiers.sort_values("share", ignore_index=True)


def _name_tiers(shares: np.ndarray, is_enough: np.ndarray) -> pd.Series:
    """Name the tier that each share lies in; missing where there is not enough to tell."""
    tiers = read_tiers()
    number = np.searchsorted(tiers["share"], np.where(is_enough, shares, 0.0), side="right") - 1
    return tiers["tier"].take(number).reset_index(drop=True).where(is_enough)
