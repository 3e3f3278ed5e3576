"""Where an office stands in a text: its last word by the list, its institution by what is before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.tokens import INSTITUTION, PLACE, TITLE, Token, is_dictionary_word, split_texts
from analysis.word_lists import read_words

#: Kind of `offices.tsv` that alone is no office: 院士.
HONOUR = "honour"
#: More characters than that before the last word of an office are no institution.
_LONGEST = 40
#: A part of a chain behind 、 is no longer than that.
_PART = 20
#: An office stands in such a stretch; 、 parts the offices of one person.
_STRETCH = re.compile(r"[〇㐀-䶿一-鿿豈-﫿A-Za-z0-9·（）()、]*\Z")
#: Tokens that end an institution to the left: prepositions, conjunctions, particles, pronouns, times.
_STOP_FLAGS = ("p", "c", "u", "r", "t", "y", "e")
#: A verb is part of an institution when one of these comes behind it: 联络组, 主题教育办, 推进中心.
_BODY = re.compile(r"[组办委局处科室站所院校队会团司厂社店馆台厅]|中心|集团|专班|支部|学院|学校")
#: What stands before an office when a man is addressed by it: 老李主任.
_ADDRESSED = re.compile(r"[老小][〇㐀-䶿一-鿿](?<![老小][省市县区镇乡村])")
_ORDER = re.compile(r"第[一二三四五六七八九十\d]+[任届]")
#: 甲、乙等区领导, but 高等学校.
_AND_OTHERS = re.compile(r"(?<![高中初平])等")
#: In front of the party committee or the head of a place stands only the place: 衢江区区委书记.
_LOCAL = re.compile(r"[省市县区州盟旗镇乡](?:委|长|人民政府|政府)")
#: These join two offices, or the two halves of the name of an institution.
_AND = frozenset("和与及")
_OWN = frozenset("我本该全")
_LEVELS = frozenset("省市县区镇乡村州旗")


class Office(NamedTuple):
    """An office as printed: its text, the institution of its first post, its last word, and its place."""

    text: str
    institution: str
    last: str
    start: int
    end: int


def find_last_words(text: str) -> list[re.Match[str]]:
    """Find the last words of offices in a text, with 副, 常务 and the like in front.

    Example:
        >>> [found.group() for found in find_last_words("常务副市长、市政协副主席，区人大常委会，红军长征")]
        ['常务副市长', '副主席']
    """
    return [found for found in _last_words().finditer(text) if not _is_cut(text, *found.span())]


def read_office(text: str, last: re.Match[str]) -> Office | None:
    """Read the whole office that ends with a last word: its chain and its institution, as printed.

    To the left an office reaches over names of places and institutions and, behind 、, over further
    offices (县委副书记、县长). It ends at punctuation and at words such as 据, 由, 会上, 时任.

    Args:
        text: The field that it stands in.
        last: One of `find_last_words`.

    Returns:
        The office; None where the chain holds honours alone (院士, 教授) or a surname stands for an
        institution (老李主任).

    Example:
        >>> text = "据太真乡党委书记、乡长徐芳介绍"
        >>> read_office(text, find_last_words(text)[-1])
        Office(text='太真乡党委书记、乡长', institution='太真乡党委', last='乡长', start=1, end=11)
    """
    start = _find_start(text, last)
    start += _after_torn_bracket(text[start : last.end()])
    start += _count_own(text[start : last.end()])
    parts = text[start : last.end()].split("、")
    kinds = {_kind(part) for part in parts}
    if kinds <= {HONOUR, None}:
        return None
    first = _ends_with_office(parts[0])
    institution = parts[0][: first.start()] if first else ""
    if _ADDRESSED.fullmatch(institution):
        return None
    return Office(text[start : last.end()], institution, last.group(), start, last.end())


def holds_office(text: str) -> bool:
    """Tell whether the last word of an office stands in a text."""
    return bool(_last_words().search(text))


@lru_cache(maxsize=20_000)
def cut(text: str) -> tuple[Token, ...]:
    """Cut a short stretch of text into tokens, without slogans."""
    return tuple(split_texts([text], [[]])[0])


@cache
def read_kinds(file: str) -> dict[str, str]:
    """Read a list of words and their kinds, `offices.tsv` or `person_verbs.tsv`."""
    return {word: kind for word, kind, *_ in _read_rows(file)}


def _find_start(text: str, last: re.Match[str]) -> int:
    stretch = _STRETCH.search(text, max(0, last.start() - _LONGEST), last.start())
    start = stretch.start() if stretch else last.start()
    parts = text[start : last.end()].split("、")
    end = last.end()
    found = last.start()
    for place, part in reversed(list(enumerate(parts))):
        office = last if place == len(parts) - 1 else _ends_with_office(part)
        if not office:
            break
        length = len(office.group())
        before = part[: len(part) - length]
        # Behind 、 and another office the whole part is an office: 区拔尖人才终身荣誉人选.
        is_chained = place > 0 and len(before) <= _PART and _ends_with_office(parts[place - 1])
        begin = end - length - (len(before) if is_chained else _count_before(before, office.group()))
        found = begin
        if begin > end - len(part):
            break
        end -= len(part) + 1
    return found


def _count_before(part: str, last: str) -> int:
    """Count the characters at the end of a part that belong to the institution."""
    part = part[_after_torn_bracket(part) :]
    part = part[max((found.end() for found in _AND_OTHERS.finditer(part)), default=0) :]
    tokens = cut(part)
    if not tokens:
        return 0
    start, is_local = len(part), bool(_LOCAL.match(last))
    for place in range(len(tokens) - 1, -1, -1):
        if _is_stop(tokens, place, part) or (is_local and not _is_place(tokens[place])):
            break
        is_local = is_local or bool(_LOCAL.match(tokens[place].word))
        start = tokens[place].start
    order = list(_ORDER.finditer(part, start))
    start = order[-1].end() if order else start
    while start < len(part) and part[start] in "）)·":
        start += 1
    return len(part) - start


def _is_stop(tokens: Sequence[Token], place: int, part: str) -> bool:
    token = tokens[place]
    if token.flag == TITLE or token.word == "兼":
        return False
    if token.word in _AND and place > 0:
        return not _is_inside_institution(tokens, place)
    if token.word in _leads() or (token.flag.startswith(_STOP_FLAGS) and token.flag != "eng"):
        return True
    if token.flag == "v":
        return not _BODY.search(part[token.start :])
    # 改革开放后 is a time, 上龙村 a place: the same word, told apart by what is before it.
    return token.flag == "f" and len(token.word) == 1 and place > 0 and tokens[place - 1].flag != "ns"


def _count_own(office: str) -> int:
    """Count the characters of 我县 in 我县县长, of 我 in 我区领导."""
    if office[:1] not in _OWN or office[1:2] not in _LEVELS:
        return 0
    return 2 if office[2:3] in _LEVELS else 1


def _is_place(token: Token) -> bool:
    return token.flag in ("ns", "nz") or (token.flag == "x" and len(token.word) > 1) or token.word in _LEVELS


def _after_torn_bracket(part: str) -> int:
    depth, after = 0, 0
    for place, mark in enumerate(part):
        if mark in "（(":
            depth, after = depth + 1, after if depth else place + 1
        elif mark in "）)":
            depth, after = (depth - 1, 0) if depth else (0, place + 1)
    return after


def _ends_with_office(part: str) -> re.Match[str] | None:
    return next((found for found in find_last_words(part) if found.end() == len(part)), None)


def _kind(part: str) -> str | None:
    found = _ends_with_office(part)
    if not found:
        return None
    kinds = read_kinds("offices.tsv")
    return next(
        (kinds[word] for i in range(len(found.group())) if (word := found.group()[i:]) in kinds), None
    )


def _is_inside_institution(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether 和 joins the halves of one name: 发展和改革委员会, 西宁市林业和草原局."""
    before = tokens[place - 1]
    if (before.word + tokens[place].word) in _institution_parts():
        return True
    is_half = before.flag in ("n", "vn", "an", "nz") and len(before.word) > 1
    return is_half and any(
        token.flag in ("ns", INSTITUTION) for token in tokens[max(0, place - 4) : place - 1]
    )


def _is_cut(text: str, start: int, end: int) -> bool:
    """Tell whether a word of the dictionary lies over a border of an office: 红军 + 长征, 实行 + 长周期."""
    first = max(0, start - 6)
    is_deputy = text[start] in "副代"
    for token in cut(text[first : end + 4]):
        left, right = token.start + first, token.end + first
        over_start = left < start < right < end and token.flag != PLACE and not is_deputy
        over_end = left < end < right and not token.flag.startswith("nr")
        if (over_start or over_end) and is_dictionary_word(token.word):
            return True
    return False


@cache
def _institution_parts() -> frozenset[str]:
    """What stands before 和 in names of institutions, with it: 发展和 of 发展和改革局."""
    found = (re.search(r"(.{2})[和与及]", word) for word in read_words("institutions.txt"))
    return frozenset(match.group(1) + mark for match in found if match for mark in _AND)


@cache
def _leads() -> frozenset[str]:
    return frozenset(read_words("office_leads.txt"))


@cache
def _last_words() -> re.Pattern[str]:
    rows = sorted(_read_rows("offices.tsv"), key=lambda row: -len(row[0]))
    words = (word if other == "-" else f"{word}(?!{other.replace('、', '|')})" for word, _, other in rows)
    return re.compile(rf"(?:常务|执行|第一|名誉|高级|[一二三四]级)?[副代总]?(?:{'|'.join(words)})")


def _read_rows(file: str) -> list[list[str]]:
    return [line.split("\t") for line in read_words(file)[1:]]
