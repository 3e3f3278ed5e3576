"""Officials of articles: every mention of a person whose office the article prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis.people.names import (
    DEED,
    SPEECH,
    Name,
    find_follower,
    is_address,
    is_word,
    read_list,
    read_list_before,
    read_name_before,
)
from analysis.people.offices import Office, find_last_words, read_office
from analysis.schema import FIELDS

_MENTIONS = {
    "article_id": "str",
    "field": "str",
    "start": "int64",
    "end": "int64",
    "name": "str",
    "office": "str",
    "printed": "bool",
}
_PEOPLE = {
    "article_id": "str",
    "name": "str",
    "office": "str",
    "institution": "str",
    "paper": "str",
    "n": "int64",
}
#: Between an office and its name: nothing, or the dashes of 第一任县委书记——俞云芳.
_DASHES = re.compile(r"[—―\-]{0,2}\s?")
#: Behind these a man is a reporter, whatever he is called elsewhere.
_REPORTER = re.compile(r"(?:记者|通讯员|摄影|实习生)\s*\Z")
#: An office without an institution stands behind that of the same body: 人大常委会主任甲，副主任乙.
_SENTENCE = re.compile(r"[。！？!?\n]")
_RANKS = re.compile(r"(?:常务|执行|第一|名誉)?[副代]?")


class Held(NamedTuple):
    """A name with an office, where both are printed together."""

    name: Name
    field: str
    office: str
    institution: str


def find_people(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the officials of each article and the offices that it gives them.

    An office is read as printed, with its place and institution, and holds for all names of its list
    (副主任严士平、余水林; 姜永柱、汤卫等区领导). Where an article prints one office in a longer and a
    shorter form, the longer one stands. Reporters, titles of honour alone (院士) and persons without an
    office are left out.

    Args:
        articles: Table `articles`; all rows given are read.

    Returns:
        One row per article, name and office, in the order of the articles and of reading: article_id, name,
        office (whole chain, such as 县委副书记、县长), institution (of its first post: 县委; empty where
        the post names none: 县长), paper, n. n counts all mentions of the name in the article's headlines
        and text, with the office or without: a person with two offices has the same n in both rows.

    Note:
        The same name in two papers may be two persons.

    Example:
        >>> made = pd.DataFrame({"article_id": ["a"], "kicker": [""], "headline": ["李为民调研"],
        ...     "subhead": [""], "text": ["县委副书记、县长李为民强调。"], "paper": ["某报"]})
        >>> find_people(made)[["name", "office", "n"]].values.tolist()
        [['李为民', '县委副书记、县长', 2]]
    """
    rows = []
    for article in _rows(articles, "paper"):
        held = _find_held(article)
        counts = Counter(name.text for _, name in _find_mentions(article, held))
        # A name read only inside the name of another official is nobody's.
        known = [who for who in _offices(held) if counts[who[0]]]
        rows += [(article.article_id, *who, article.paper, counts[who[0]]) for who in known]
    return pd.DataFrame(rows, columns=list(_PEOPLE)).astype(_PEOPLE)


def find_mentions(articles: pd.DataFrame) -> pd.DataFrame:
    """Find every mention of the officials of each article, by office and name or by name alone.

    A name counts wherever it stands in the article (also in 习近平新时代…思想), but not inside the longer
    name of another official. A name that is a common word too (温暖) counts only beside an office or where
    a person's verb stands behind it (温暖强调).

    Args:
        articles: Table `articles`.

    Returns:
        One row per mention, in the order of the articles, of `schema.FIELDS` and of reading: article_id,
        field, start, end (field[start:end] == name), name, office, printed. office is that printed with the
        mention (printed is True), else the first that the article gives the person.
    """
    rows = []
    for article in _rows(articles):
        held = _find_held(article)
        printed = {(who.field, who.name.start): who.office for who in held}
        first = {name: office for name, office, _ in reversed(_offices(held))}
        for field, name in _find_mentions(article, held):
            office = printed.get((field, name.start))
            rows.append(
                (
                    article.article_id,
                    field,
                    name.start,
                    name.end,
                    name.text,
                    office or first[name.text],
                    bool(office),
                )
            )
    return pd.DataFrame(rows, columns=list(_MENTIONS)).astype(_MENTIONS)


def _rows(articles: pd.DataFrame, *more: str) -> Iterator[tuple]:
    frame = articles[["article_id", *FIELDS, *more]]
    return frame.fillna(dict.fromkeys(FIELDS, "")).itertuples(index=False)


def _find_held(article: tuple) -> list[Held]:
    """Find the names that stand beside an office, in reading order."""
    context = "\n".join(getattr(article, field) for field in FIELDS)
    held: list[Held] = []
    for field in FIELDS:
        text = getattr(article, field)
        before: Office | None = None
        for last in find_last_words(text):
            names = [] if _is_address(text, last, context) else _read_after(text, last, context)
            office = read_office(text, last) if names else None
            if office:
                office = _inherit(office, before, text)
                held += [Held(name, field, office.text, office.institution) for name in names]
                before = office
            elif not names:
                held += _read_behind(text, last, field, context)
    kept = [who for who in held if not _is_reporter(article, who)]
    return list({(who.field, who.name, who.office): who for who in kept}.values())


def _read_after(text: str, last: re.Match[str], context: str) -> list[Name]:
    return read_list(text, _DASHES.match(text, last.end()).end(), context)


def _is_address(text: str, last: re.Match[str], context: str) -> bool:
    return is_address(last.group()) and read_name_before(text, last.start(), context) is not None


def _read_behind(text: str, last: re.Match[str], field: str, context: str) -> list[Held]:
    """Read the names in front of an office: a list before 区领导, or one before 总书记."""
    office = read_office(text, last)
    if not office or text[office.start : office.end] != office.text:
        return []
    names = read_list_before(text, office.start, context)
    if names:
        return [Held(name, field, office.text, office.institution) for name in names]
    if not is_address(last.group()):
        return []
    name = read_name_before(text, last.start(), context)
    return [Held(name, field, last.group(), "")] if name else []


def _inherit(office: Office, before: Office | None, text: str) -> Office:
    """Give 副主任 without an institution that of the 主任 in front of it, in the same sentence."""
    if office.institution or not before or _SENTENCE.search(text, before.end, office.start):
        return office
    is_same = _RANKS.sub("", office.last, count=1) == _RANKS.sub("", before.last, count=1)
    return office._replace(institution=before.institution) if is_same else office


def _is_reporter(article: tuple, who: Held) -> bool:
    return bool(_REPORTER.search(getattr(article, who.field)[: who.name.start]))


def _offices(held: list[Held]) -> list[tuple[str, str, str]]:
    """List name, office and institution once each; a shorter form of an office goes into its longer one."""
    offices = dict.fromkeys((who.name.text, who.office, who.institution) for who in held)
    return [
        (name, office, institution)
        for name, office, institution in {(n, o): (n, o, i) for n, o, i in reversed(offices)}.values()
        if not any(
            name == other and office != longer and longer.endswith(office) for other, longer, _ in offices
        )
    ][::-1]


def _find_mentions(article: tuple, held: list[Held]) -> list[tuple[str, Name]]:
    names = sorted({who.name.text for who in held}, key=lambda name: (-len(name), name))
    if not names:
        return []
    pattern = re.compile("|".join(map(re.escape, names)))
    beside = {(who.field, who.name.start) for who in held}
    found = [
        (field, Name(match.group(), *match.span()))
        for field in FIELDS
        for match in pattern.finditer(getattr(article, field))
    ]
    return [
        (field, name)
        for field, name in found
        if (field, name.start) in beside
        or not is_word(name.text)
        or _is_personal(getattr(article, field), name)
    ]


def _is_personal(text: str, name: Name) -> bool:
    """Tell whether a name that is a word too stands for the person."""
    kind = find_follower(text, name.end)
    opens = not name.start or not text[name.start - 1].isalnum()
    return (kind in (SPEECH, DEED) and text[name.end] != "的") or (kind is not None and opens)
