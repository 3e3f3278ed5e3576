"""Which characters beside an office are a name: by surname, what is behind it, the rest of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.articles.bylines import has_surname, surnames
from analysis.people.offices import cut, holds_office, read_kinds
from analysis.tokens import INSTITUTION, PLACE, TITLE, is_dictionary_word
from analysis.word_lists import read_words

#: Kinds of `person_verbs.tsv`.
SPEECH, DEED, LINK = "speech", "deed", "link"
_HAN = "〇㐀-䶿一-鿿豈-﫿"
_RUN = re.compile(rf"[{_HAN}]*")
_DOTTED = re.compile(rf"(?:[{_HAN}]{{1,6}}[·•・])+(?=[{_HAN}])")
#: Points that a candidate must reach to be a name.
_ENOUGH = 3.0
_WINDOW = 9
#: What joins the names of a list.
_JOINT = re.compile(r"[、和\s](?=\w)")
#: First letters of flags: verbs, adverbs, prepositions, conjunctions, pronouns, particles, numbers, places.
_FUNCTION = "vdpcrumf"
#: Offices that stand behind a name as a form of address.
_ADDRESS = re.compile(r"(?:长|书记|主席|主任|总理|总裁|总经理)\Z")


class Name(NamedTuple):
    """A name and where it stands in a field."""

    text: str
    start: int
    end: int


def read_name(text: str, start: int, context: str) -> Name | None:
    """Read the name that opens at a place behind an office, if one does.

    Each length of two to four characters gets points: for a known surname, for punctuation or a person's
    verb behind it (强调, 出席), for standing elsewhere in the article before other characters, for where
    the tokenizer cuts; less for words of the dictionary. The best one wins when it has enough.

    Args:
        text: The field.
        start: Where the name would open.
        context: All text of the article, one field a line.

    Returns:
        The name, or None.

    Example:
        >>> read_name("镇长李为民强调", 2, "").text, read_name("区长贵青主持会议", 2, "").text
        ('李为民', '贵青')
        >>> read_name("书记高度重视", 2, "")
    """
    dotted = _DOTTED.match(text, start)
    if dotted:
        return _read_dotted(text, start, dotted)
    run = _RUN.match(text, start, start + _WINDOW).group()
    scored = [(_score(run, size, text, start, context), -size) for size in (2, 3, 4) if size <= len(run)]
    if not scored or max(scored)[0] < _ENOUGH:
        return None
    size = -max(scored)[1]
    return Name(run[:size], start, start + size)


def read_list(text: str, start: int, context: str) -> list[Name]:
    """Read the names behind an office that they share: 副主任严士平、余水林、吴水标.

    Example:
        >>> text = "副市长戴建忠、宋怡玲，秘书长"
        >>> [name.text for name in read_list(text, 3, text)]
        ['戴建忠', '宋怡玲']
    """
    names: list[Name] = []
    name = read_name(text, start, context)
    while name:
        names.append(name)
        joint = _JOINT.match(text, name.end)
        name = read_name(text, joint.end(), context) if joint else None
    return names


def read_list_before(text: str, end: int, context: str) -> list[Name]:
    """Read a list of names that ends before an office: 姜永柱、许昌、汤卫等区领导.

    Example:
        >>> text = "昨天，姜永柱、许昌、汤卫等区领导参加"
        >>> [name.text for name in read_list_before(text, 12, text)]
        ['姜永柱', '许昌', '汤卫']
    """
    end -= text[max(0, end - 1) : end] == "等"
    listed = re.search(rf"[{_HAN}]{{2,12}}(?:、[{_HAN}]{{2,4}})+\Z", text[:end])
    if not listed:
        return []
    names = list(_parts(text, listed.start(), end))
    first = names[0]
    if len(first.text) > 3:
        names = names[1:]
    likely = [name for name in names if _is_likely(name.text)]
    return likely if len(likely) == len(names) else []


def read_name_before(text: str, end: int, context: str) -> Name | None:
    """Read the one name that stands before an office: 习近平总书记.

    The name must be cut as one token, and be known as a name to the tokenizer or stand in the article
    without that office too.

    Example:
        >>> read_name_before("学习贯彻习近平总书记重要讲话", 7, "").text
        '习近平'
        >>> read_name_before("村党总支书记", 4, "")
    """
    run = re.search(rf"[{_HAN}]{{2,8}}\Z", text[max(0, end - 8) : end])
    if not run or text[end - 1] == "老":
        return None
    token = cut(run.group())[-1]
    name = Name(token.word, end - len(token.word), end)
    if token.end != len(run.group()) or not 2 <= len(name.text) <= 4 or not _is_likely(name.text):
        return None
    is_known = token.flag.startswith("nr") and len(name.text) == 3
    is_repeated = token.flag in ("x", "nr") and len(_find_followers(name.text, context)) > 1
    return name if (is_known or is_repeated) and not _is_body(name.text) else None


def is_address(last: str) -> bool:
    """Tell whether an office stands behind names as a form of address: 书记, 局长, but not 委员."""
    return bool(_ADDRESS.search(last))


def find_follower(text: str, end: int) -> str | None:
    """Tell the kind of the word behind a name: speech, deed, link; None for any other.

    Example:
        >>> find_follower("温暖强调，", 2), find_follower("温暖的", 2), find_follower("温暖人心", 2)
        ('speech', 'deed', None)
    """
    found = _verbs().match(text, end)
    return read_kinds("person_verbs.tsv")[found.group()] if found else None


def is_word(name: str) -> bool:
    """Tell whether a name is a common word too: 温暖, 高明, 许昌 need more evidence than 黄旭荣."""
    return is_dictionary_word(name)


def _score(run: str, size: int, text: str, start: int, context: str) -> float:
    name, rest = run[:size], text[start + size :]
    points = _score_form(name) + _score_end(rest) + _score_tokens(run, size)
    if not has_surname(name):
        points -= 3.0 * (not _is_unknown(run, size)) + 1.5 * (rest[:1].strip() == "")
    points -= 1.5 * (_is_common(name) and rest[:1] not in ("", "、") and find_follower(rest, 0) is None)
    followers = _find_followers(name, context)
    if len(followers) > 1:
        points += 2
    elif followers and context.count(name) > 1 and _score_end(next(iter(followers))) == 0:
        points -= 2
    return points


def _score_form(name: str) -> float:
    compound = len(name) > 2 and name[:2] in surnames()
    if len(name) == 4 and not compound:
        return -3.0 if name[0] in surnames() and name[1] in surnames() else -9.0
    points = 1.5 if compound or name[0] in surnames() else 0.0
    points += 0.5 if len(name) == 3 + compound else 0.0
    points -= 4.0 * any(name.startswith(word) or word == name for word in _not_names() if len(word) > 1)
    points -= 6.0 * holds_office(name)
    points -= 8.0 * any(mark in name[1:] for mark in _never())
    if points < 1.5 and find_follower(name, 0):
        points -= 4.0
    return points


def _score_end(rest: str) -> float:
    if not re.match(rf"[{_HAN}]", rest):
        return 3.0
    kind = find_follower(rest, 0)
    return {SPEECH: 3.0, DEED: 3.0, LINK: 1.0, None: 0.0}[kind]


def _score_tokens(run: str, size: int) -> float:
    tokens = cut(run)
    if not tokens:
        return 0.0
    first = tokens[0]
    points = 1.0 if any(token.end == size for token in tokens) else -1.0
    if points < 0 and _ends_at(run, size):
        points = 0.0
    if first.end >= size and first.flag in (PLACE, INSTITUTION, TITLE) and first.word != run[:size]:
        return points - 6.0
    if len(first.word) == 1 and size > 1 and first.flag[:1] in "cpuvdr":
        second = tokens[1:2]
        is_plain = bool(second) and second[0].end == size and second[0].flag[:1] in _FUNCTION
        return points - (4.0 if is_plain or first.flag[:1] in "cpu" else 2.0)
    if first.word != run[:size] or first.flag == "x":
        return points
    if first.flag.startswith("nr"):
        return points + 0.5
    return points - (3.0 if first.flag[:1] in _FUNCTION else 2.0)


def _is_unknown(run: str, size: int) -> bool:
    """Tell whether the tokenizer takes the candidate for one word that it does not know, or for a name."""
    tokens = cut(run)
    if not tokens:
        return False
    if tokens[0].end == 1 and tokens[1:2] and tokens[1].end == size:
        return tokens[1].flag == "nr"
    return tokens[0].flag in ("x", "nr") and _ends_at(run, size)


def _ends_at(run: str, size: int) -> bool:
    """Tell whether a token ends with the candidate, or with one verb behind it: 旦巴 + 说 in one."""
    verb = _verbs().match(run, size)
    ends = {token.end for token in cut(run)}
    return size in ends or bool(verb and verb.end() == cut(run)[0].end)


def _is_common(name: str) -> bool:
    """Tell whether a name is one word of the dictionary, and not there as a name."""
    tokens = cut(name)
    return len(tokens) == 1 and is_dictionary_word(name) and not tokens[0].flag.startswith("nr")


def _read_dotted(text: str, start: int, dotted: re.Match[str]) -> Name | None:
    run = _RUN.match(text, dotted.end(), dotted.end() + 7).group()
    ends = [dotted.end() + size for size in range(1, len(run) + 1)]
    fit = [end for end in ends if _score_end(text[end:]) >= (1.0 if end - dotted.end() > 1 else 3.0)]
    if find_follower(text, start) or any(mark in dotted.group() for mark in _never()):
        return None
    return Name(text[start : fit[0]], start, fit[0]) if fit else None


def _parts(text: str, start: int, end: int) -> Iterator[Name]:
    for part in re.finditer(r"[^、]+", text[start:end]):
        yield Name(part.group(), start + part.start(), start + part.end())


def _is_likely(name: str) -> bool:
    compound = name[:2] in surnames()
    return (compound or (name[:1] in surnames() and len(name) < 4)) and _score_form(name) >= 1.5


def _is_body(word: str) -> bool:
    return bool(re.search(r"[总委办局部会组团校院]$", word))


@lru_cache(maxsize=4_000)
def _find_followers(name: str, context: str) -> set[str]:
    """Characters that stand behind a name in the article; the end of the text counts as one."""
    return {context[found.end() : found.end() + 1] for found in re.finditer(re.escape(name), context)}


@cache
def _not_names() -> tuple[str, ...]:
    return read_words("not_names.txt")


@cache
def _never() -> frozenset[str]:
    """Single characters that end a name surely: they are in no name either."""
    kinds = read_kinds("person_verbs.tsv")
    return frozenset(word for word, kind in kinds.items() if len(word) == 1 and kind != LINK)


@cache
def _verbs() -> re.Pattern[str]:
    words = sorted(read_kinds("person_verbs.tsv"), key=len, reverse=True)
    return re.compile("|".join(words))
