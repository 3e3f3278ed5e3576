"""A lexicon of one's own: entries that a reader added or accepted, and candidates that were turned down.

It is one text file in the format of the product's lexicon; a candidate that was turned down stands in it as a
comment line `# rejected: …`, so that whoever gets the file is not asked again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from analysis.slogans.lexicon import LEXICON_COLUMNS, LexiconError, parse_lexicon, read_categories
from analysis.slogans.skeleton import skeleton

_REJECTED = re.compile(r"#\s*rejected:\s*(\S.*?)\s*")
#: Tabs, and whatever `str.splitlines` takes for a line end.
_BREAKS_A_ROW = re.compile(r"[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


class OwnLexicon(NamedTuple):
    """Entries as from `read_lexicon`, and candidates turned down, in the order of the decisions."""

    entries: pd.DataFrame
    rejected: tuple[str, ...] = ()


def no_own_lexicon() -> OwnLexicon:
    """Make a lexicon of one's own that holds nothing."""
    return OwnLexicon(
        pd.DataFrame({name: pd.Series([], dtype=dtype) for name, dtype in LEXICON_COLUMNS.items()})
    )


def parse_own_lexicon(text: str, name: str) -> OwnLexicon:
    """Parse a lexicon of one's own.

    Args:
        text: The whole file; it may hold rejections alone, or nothing.
        name: What messages call it.

    Returns:
        Its entries and its rejections.

    Raises:
        LexiconError: Rows are wrong; each is named with its line and the cure.

    Example:
        >>> parse_own_lexicon("# rejected: 平湖人\\n", "mine.tsv").rejected
        ('平湖人',)
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    bare = not lines or (len(lines) == 1 and "slogan" in lines[0].split("\t"))
    entries = no_own_lexicon().entries if bare else parse_lexicon(text, name)
    rejections = filter(None, map(_REJECTED.fullmatch, text.splitlines()))
    return OwnLexicon(entries, tuple(dict.fromkeys(found[1] for found in rejections)))


def format_own_lexicon(own: OwnLexicon) -> str:
    """Write a lexicon of one's own as the text that `parse_own_lexicon` reads back.

    Args:
        own: Entries and rejections.

    Returns:
        Tab-separated text: the rejections as comments, the names of the columns, one entry a line.
    """
    head = "".join(f"# rejected: {form}\n" for form in own.rejected)
    table = own.entries[list(LEXICON_COLUMNS)].to_csv(sep="\t", index=False, lineterminator="\n", quoting=3)
    return head + table


def accept_candidate(own: OwnLexicon, candidate: str, *, category: str, scope: str = "") -> OwnLexicon:
    """Add a candidate to a lexicon of one's own.

    Args:
        own: The lexicon so far.
        candidate: The formula; line ends and tabs in it become nothing.
        category: One of `read_categories`.
        scope: national, provincial, city, county, or "" when not known.

    Returns:
        The lexicon with the entry at its end; an earlier rejection of it is forgotten.

    Raises:
        LexiconError: The entry breaks a rule of the lexicon, or is there already.
    """
    if category not in read_categories():
        raise LexiconError(f"'{category}' is no category; expected one of {', '.join(read_categories())}")
    form = _BREAKS_A_ROW.sub("", candidate).strip()
    row = dict.fromkeys(LEXICON_COLUMNS, "") | {"slogan": form, "category": category, "scope": scope}
    row["since"] = pd.NA
    entries = pd.concat([own.entries, pd.DataFrame([row]).astype(LEXICON_COLUMNS)], ignore_index=True)
    added = OwnLexicon(entries, tuple(name for name in own.rejected if name != form))
    return parse_own_lexicon(format_own_lexicon(added), "own lexicon")


def reject_candidate(own: OwnLexicon, candidate: str) -> OwnLexicon:
    """Remember that a candidate is no slogan.

    Args:
        own: The lexicon so far.
        candidate: The formula.

    Returns:
        The lexicon with the rejection at its end; a blank candidate changes nothing.
    """
    form = _BREAKS_A_ROW.sub("", candidate).strip()
    if not form:
        return own
    return own._replace(rejected=tuple(dict.fromkeys((*own.rejected, form))))


def join_lexicons(base: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Put a lexicon of one's own over another.

    Args:
        base: As from `read_lexicon`.
        own: As from `read_lexicon`; wins where both have a form.

    Returns:
        One lexicon: the entries of `base` whose forms `own` does not have, then those of `own`. An alias
        that `own` takes is taken out of its entry in `base`.
    """
    taken = {
        skeleton(form)
        for row in own[["slogan", "aliases"]].itertuples(index=False)
        for form in (row.slogan, *row.aliases.split(";"))
        if form
    }
    kept = base[~base["slogan"].map(skeleton).isin(taken)]
    aliases = [
        ";".join(alias for alias in cell.split(";") if skeleton(alias) not in taken) if cell else ""
        for cell in kept["aliases"]
    ]
    return pd.concat(
        [kept.assign(aliases=pd.Series(aliases, index=kept.index, dtype="str")), own]
    ).reset_index(drop=True)


def drop_rejected(candidates: pd.DataFrame, rejected: tuple[str, ...]) -> pd.DataFrame:
    """Leave out the candidates that were turned down.

    Args:
        candidates: Table `slogan_candidates`.
        rejected: Forms; quotation marks, width and white space do not matter.

    Returns:
        Table `slogan_candidates`, same order.
    """
    gone = {skeleton(form) for form in rejected}
    return candidates[~candidates["candidate"].map(skeleton).astype("str").isin(gone)].reset_index(drop=True)
