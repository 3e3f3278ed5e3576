"""Who speaks of which slogan: the stretches of a text that an official says, and the slogans in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.codes import code_values, number_rows
from analysis.people.names import SPEECH
from analysis.people.offices import read_kinds
from analysis.schema import FIELDS

_SPOKEN = {
    "article_id": "str",
    "name": "str",
    "office": "str",
    "slogan": "str",
    "field": "str",
    "start": "int64",
    "end": "int64",
}
_LINKS = {
    "name": "str",
    "paper": "str",
    "office": "str",
    "slogan": "str",
    "n": "int64",
    "n_articles": "int64",
}
_HEADINGS = FIELDS[:-1]
#: Between a name and the verb of speech stands no more than that: 王奇洲在交流发言时表示.
_GAP = 20
_END = re.compile(r"[。！？!?\n]")
_PRONOUN = re.compile(r"(?<!\w)[他她]")
#: Others that speak at the opening of a sentence: 会议强调, 记者：, 大家表示.
_OTHERS = r"(?:^|(?<=[。！？\n”]))(?:会议|会上|大会|与会|大家|专家|记者|全会|通知|文件|报告)\w{0,6}?"


class Speech(NamedTuple):
    """A stretch of a field, and the official who says it; the name is empty for anybody else."""

    name: str
    office: str
    start: int
    end: int


def link_people(mentions: pd.DataFrame, hits: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count which official speaks of which slogan.

    Counting convention: as in `find_spoken`; each occurrence counts once, for one official at most.
    Officials are told apart by name and paper.

    Args:
        mentions: As from `find_mentions`.
        hits: Table `slogan_hits`.
        articles: Table `articles`; `paper` is taken from it.

    Returns:
        One row per official and slogan, by falling n, then by name, paper and slogan: name, paper, office
        (the one most often printed in these articles), slogan, n (occurrences), n_articles.

    Note:
        It tells what the paper has an official say, and says nothing of those whom it does not quote.
    """
    return count_spoken(find_spoken(mentions, hits, articles), articles)


def count_spoken(spoken: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Count which official speaks of which slogan, as `link_people` does, of what they are reported to say.

    Args:
        spoken: As from `find_spoken`, of these articles.
        articles: Table `articles`; article_id and paper are taken from it.

    Returns:
        As from `link_people`.
    """
    if spoken.empty:
        return pd.DataFrame(columns=list(_LINKS)).astype(_LINKS)
    papers = articles.drop_duplicates("article_id").set_index("article_id")["paper"]
    spoken = spoken.assign(paper=spoken["article_id"].map(papers))
    name, paper, slogan, office, article = (
        code_values(spoken[key]) for key in ("name", "paper", "slogan", "office", "article_id")
    )
    link, row = number_rows(name, paper, slogan)
    n = np.bincount(link)
    n_articles = np.bincount(link[number_rows(link, article)[1]])
    order = np.argsort(-n, kind="stable")
    columns = {
        **{key: spoken[key].array.take(row) for key in ("name", "paper", "slogan")},
        "office": spoken["office"].array.take(_find_usual(number_rows(name, paper)[0], office)[row]),
        "n": n,
        "n_articles": n_articles,
    }
    return (
        pd.DataFrame({key: columns[key] for key in _LINKS}).take(order).reset_index(drop=True).astype(_LINKS)
    )


def _find_usual(person: np.ndarray, office: np.ndarray) -> np.ndarray:
    """Find for each row one with the usual office of its person: the most frequent, the first by name."""
    held, row = number_rows(person, office)
    order = np.lexsort((office[row], -np.bincount(held), person[row]))
    first = np.unique(person[row][order], return_index=True)[1]
    return row[order][first][person]


def find_spoken(mentions: pd.DataFrame, hits: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the slogans that officials are reported to say.

    A speech opens behind a name with a verb of speech (温暖强调，…; 王奇洲在交流发言时表示，…) or a colon
    (柳玉华：…), or behind 他, 她 with such a verb for the official named last. It runs to the end of the
    paragraph, or to where another speaks (会议指出, another official). Where the verb ends the sentence
    behind a quotation (“…”徐芳说。) the quotation is the speech. A kicker or headline that ends with the
    verb (温暖在…会上强调) takes the headlines below it.

    Args:
        mentions: As from `find_mentions`.
        hits: Table `slogan_hits`.
        articles: Table `articles`.

    Returns:
        One row per occurrence that is spoken, in the order of the articles, of `schema.FIELDS` and of
        reading: article_id, name, office (as in the mention), slogan, field, start, end.
    """
    named = {key: list(group.itertuples(index=False)) for key, group in mentions.groupby("article_id")}
    found = {key: list(group.itertuples(index=False)) for key, group in hits.groupby("article_id")}
    rows = []
    texts = articles[["article_id", *FIELDS]].fillna(dict.fromkeys(FIELDS, ""))
    for article in texts.itertuples(index=False):
        key = article.article_id
        if key in named and key in found:
            rows += _match(article, named[key], found[key])
    return pd.DataFrame(rows, columns=list(_SPOKEN)).astype(_SPOKEN)


def _match(article: tuple, mentions: list, hits: list) -> Iterator[tuple]:
    heading, below = _read_heading(article, mentions)
    speeches = {field: _read_speeches(getattr(article, field), field, mentions) for field in FIELDS}
    for hit in sorted(hits, key=lambda hit: (FIELDS.index(hit.field), hit.start)):
        inside = [s for s in speeches[hit.field] if s.start <= hit.start and hit.end <= s.end]
        speech = inside[0] if inside else (heading if hit.field in below else None)
        if speech and speech.name:
            yield (article.article_id, speech.name, speech.office, hit.slogan, hit.field, hit.start, hit.end)


def _read_heading(article: tuple, mentions: list) -> tuple[Speech | None, tuple[str, ...]]:
    """Read who says which headlines: an official in one that ends with a verb of speech says those below."""
    for place, field in enumerate(_HEADINGS):
        text = getattr(article, field).rstrip("：: ，,")
        if re.search(rf"(?:{_speech_words()})\Z", text):
            named = [m for m in mentions if m.field == field]
            speech = Speech(named[0].name, named[0].office, 0, 0) if named else None
            return speech, _HEADINGS[place + 1 :]
    return None, ()


def _read_speeches(text: str, field: str, mentions: list) -> list[Speech]:
    """Cut a field into what each speaker says; a stretch ends where the next opens or its paragraph ends."""
    named = [m for m in mentions if m.field == field]
    opened = sorted(_open_speeches(text, named), key=lambda speech: speech.start)
    speeches: list[Speech] = []
    for place, speech in enumerate(opened):
        following = opened[place + 1].start if place + 1 < len(opened) else len(text)
        line = text.find("\n", speech.start)
        end = min(following, line if line >= 0 else len(text), speech.end)
        speeches.append(speech._replace(end=end))
    return [*_read_quotations(text, named), *speeches]


def _open_speeches(text: str, named: list) -> Iterator[Speech]:
    for mention, following in _pairs(text, named):
        verb = _find_verb(text, mention.end, following)
        if verb and not _END.match(text, verb.end()):
            yield Speech(mention.name, mention.office, verb.end(), len(text))
    for pronoun in _PRONOUN.finditer(text):
        before = [m for m in named if m.end <= pronoun.start()]
        verb = _find_verb(text, pronoun.end(), len(text))
        if verb and before:
            who = _speaker_before(text, before, pronoun.start())
            yield Speech(who.name, who.office, verb.end(), len(text))
    for other in _others().finditer(text):
        yield Speech("", "", other.end(), len(text))


def _speaker_before(text: str, before: list, place: int):
    """Take the first official of the last sentence that names one: he leads it, the others come along."""
    start = max((end.end() for end in _END.finditer(text, 0, before[-1].start)), default=0)
    return next(mention for mention in before if mention.start >= start)


def _pairs(text: str, named: list) -> Iterator[tuple]:
    """Yield each mention with the place of the next one."""
    ends = [*(mention.start for mention in named), len(text)][1:]
    yield from zip(named, ends, strict=True)


def _find_verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """Find the verb of speech that belongs to a name: in its clause, before the next name."""
    verb = _opening().match(text, start)
    return verb if verb and verb.end() <= end else None


@cache
def _opening() -> re.Pattern[str]:
    verb = rf"[\w“”‘’《》（）()]{{0,{_GAP}}}?(?:{_speech_words()})(?=[，,：:。“\"])"
    return re.compile(rf"[：:]|{verb}")


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"{_OTHERS}(?:{_speech_words()}|[：:])")


def _read_quotations(text: str, named: list) -> list[Speech]:
    """Read quotations in front of the name: “…”太真乡党委书记徐芳说。"""
    speeches = []
    for mention, following in _pairs(text, named):
        verb = _find_verb(text, mention.end, following)
        if not verb or not _END.match(text, verb.end()):
            continue
        quotation = re.search(r"[“\"]([^“”\"]|“[^”]*”)*[”\"]\w{0,30}\Z", text[: mention.start])
        if quotation:
            speeches.append(Speech(mention.name, mention.office, quotation.start(), mention.start))
    return speeches


@cache
def _speech_words() -> str:
    words = [word for word, kind in read_kinds("person_verbs.tsv").items() if kind == SPEECH]
    return "|".join(sorted(words, key=len, reverse=True))
