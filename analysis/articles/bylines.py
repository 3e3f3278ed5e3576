"""Who wrote it: names and roles in bylines, leads and photo credits."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from analysis.articles.lines import squeeze
from analysis.articles.roles import has_role, read_roles, role_pattern, write_roles
from analysis.word_lists import read_words

#: Marks in front of a byline.
MARKS = "■□◆◇●○◎▲△▪▶►★☆◼◻▌▍❖"
#: All white space.
WHITE = frozenset(char for char in map(chr, range(0x3001)) if char.isspace())
#: What a byline without role words has one of, unless it is a bare name.
NAME_SIGNS = WHITE | frozenset(MARKS + "、·•・（(）)【】[]\u200b")
#: Role that a name in a photo credit has when none is printed.
PHOTO_ROLE = "摄影"
_HAN = r"\u3400-\u9fff\uf900-\ufaff〇"
_NAME = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,12}}(?:[·•・][{_HAN}]{{1,12}})+")
_MASTHEAD = (
    rf"(?:本报|本台|本网|新华社|中新社|[{_HAN}]{{2,8}}?(?:日报|晚报|晨报|早报|时报|周报|快报|报|新闻网|网|社|集团|中心|电视台|广播|台|杂志)"
    rf"(?:社|报业集团|传媒集团)?)"
)
#: No byline is longer, in characters.
_LONGEST_BYLINE = 80
#: Longest name without a dot or space inside, word that is longer, and what shows where names part.
_LONGEST_NAME, BARE_WORD = 4, 5
_NAME_BREAK = re.compile(r"[\s、\u200b·•・]")
_SPACES = re.compile(r"[\s、\u200b]+")
_NAME_CHARS = re.compile(rf"[{_HAN}·•・\s、\u200b]+")
_HAN_WORD = re.compile(rf"[{_HAN}]+")
#: No byline has one of these stops, nor, unless an institution signs it, a quotation mark.
STOPS, QUOTES = '。，！？：:"', "“”"
_SENTENCE_MARK = re.compile(f"[{STOPS}{QUOTES}]")
_SEPARATORS = re.compile(r"[\s、，,/／;；|｜:：\u200b]+")
_PLACE_WORD = re.compile(
    rf"[{_HAN}]{{2,12}}(?:省|市|县|区|旗|州|盟|镇|乡|街道|学校|中学|小学|大学|学院|局|委|院|公司|集团|部|办|站|会|所|室|队|村|社区)"
)
_INSTITUTION = re.compile(
    rf"(?:本报评论员|[{_HAN}（）()“”·]{{4,40}}(?:党组|党委|党支部|委员会|编辑部|课题组|研究中心|研究院|编委会|理论学习中心组|评论员|调研组))"
)
#: What `_INSTITUTION` ends with, or white space.
INSTITUTION_ENDS = frozenset("组委部会心院员\u200b\ufeff") | WHITE
_SIGNED = re.compile(r"(?:本报|新华社)记者\s")
_BRACKETS = re.compile(r"[（(）)【】\[\]]")
_NO_NAME = re.compile(
    r"(?:以上|本版)图片均?[为由]|综合(?:报道|消息|整理)?|报道|整理|文并摄|文图|图文|编者|报讯"
)
_OWN = ("本报", "本台", "本网", "本刊", "新华社", "新华社发", "通讯")
#: So many bylines are remembered: the same people write every day.
_RECENT = 1024
_NOT_AUTHOR = re.compile(
    r"本报综合|作者为|作者系|作者单位|参与采写|采访整理|据|来源|资料|详见|相关|下转|上接|见习|责编|编辑"
)


class Author(NamedTuple):
    """One name of a byline with its role as printed; the role is empty where none is."""

    name: str
    role: str


def parse_authors(printed: str, *, photo: bool = False) -> list[Author]:
    """Read the names and roles of a byline, a lead's brackets or a photo credit.

    A role holds for the names behind it, up to the next role; a role behind a name (`周万 摄`) for the names
    before it that have none. Spaced names are joined (`张 胜 男`), papers and places are left out.

    Args:
        printed: The byline as printed, with brackets, marks and white space.
        photo: True for a credit, whose names without a role get the role 摄影.

    Returns:
        Authors in printed order, each name once.

    Example:
        >>> parse_authors("(记者 周万 通讯员 廖靖)")
        [Author(name='周万', role='记者'), Author(name='廖靖', role='通讯员')]
        >>> parse_authors("■记者 张 胜 男")
        [Author(name='张胜男', role='记者')]
    """
    return list(_read_authors(printed, photo=photo))


@lru_cache(maxsize=_RECENT)
def _read_authors(printed: str, *, photo: bool) -> tuple[Author, ...]:
    if photo:
        printed = re.sub(r"(?<=摄)\s*[（(].*", "", printed)
    text = _BRACKETS.sub(" ", printed).strip().lstrip(MARKS + " 　")
    text = _NO_NAME.sub(" ", _masthead_before_role().sub(" ", text))
    authors: list[Author] = []
    role, waiting = "", []
    for part in role_pattern().split(text):
        if not part:
            continue
        known = read_roles().get(squeeze(part))
        if known is not None:
            if known == PHOTO_ROLE and (authors or waiting) and not role:
                waiting = [Author(a.name, a.role or PHOTO_ROLE) for a in waiting]
            if known != PHOTO_ROLE or not (authors or waiting):
                role = known if known or not role else role
            continue
        waiting += [Author(name, role) for name in split_names(part)]
    authors += waiting
    if photo:
        authors = [Author(a.name, a.role or PHOTO_ROLE) for a in authors]
    if not authors and _INSTITUTION.fullmatch(squeeze(printed).lstrip(MARKS)):
        authors = [Author(squeeze(printed).lstrip(MARKS), "")]
    return tuple({author.name: author for author in reversed(authors)}.values())[::-1]


def format_authors(authors: list[Author]) -> str:
    """Write authors as the column `authors` has them.

    Example:
        >>> format_authors([Author("周万", "记者"), Author("吴婧涵", "")])
        '周万/记者;吴婧涵/'
    """
    unique = {author.name: author for author in reversed(authors)}
    return ";".join(f"{a.name}/{a.role}" for a in list(unique.values())[::-1])


def split_names(text: str) -> list[str]:
    """Cut a stretch of a byline that has no role word into names.

    Example:
        >>> split_names("李 墨 贾丰丰、周 輖")
        ['李墨', '贾丰丰', '周輖']
    """
    words = _join_singles([w for w in _SEPARATORS.split(text) if w])
    return [n for word in words for n in _split_glued(word) if _NAME.fullmatch(n) and n not in _OWN]


def is_byline(text: str) -> bool:
    """Tell whether a line of its own is a byline: roles and names and nothing else.

    Example:
        >>> is_byline("绍兴日报记者 张科勇"), is_byline("■张 硕"), is_byline("记者调查发现问题")
        (True, True, False)
    """
    signed = text[-1:] in INSTITUTION_ENDS
    if not signed and (_SENTENCE_MARK.search(text) or _is_bare_word(text)):
        return False
    plain = text.strip()
    body = plain.lstrip(MARKS + " 　")
    if len(plain) > _LONGEST_BYLINE or not body:
        return False
    if body[-1] in INSTITUTION_ENDS and _INSTITUTION.fullmatch(squeeze(body)):
        return True
    return not (signed and _SENTENCE_MARK.search(body)) and _names_people(body, marked=plain[0] in MARKS)


@lru_cache(maxsize=_RECENT)
def _names_people(body: str, *, marked: bool) -> bool:
    """Tell whether a line without sentence marks is made of names and roles."""
    inner = _BRACKETS.sub("", body).strip()
    signed = has_role(inner)
    if not (signed or marked) and len(inner) > _LONGEST_NAME and not _NAME_BREAK.search(inner):
        return False  # One word, too long for a name; names printed without a space are none.
    if signed:
        named = _only_names(inner, marked=marked)
    else:
        named = is_names(inner) or (marked and len(squeeze(inner)) <= 4)
    return named and not _NOT_AUTHOR.search(squeeze(inner))


def is_names(text: str) -> bool:
    """Tell whether a line consists of names alone, perhaps behind a place (`新疆且末县 李妍娇`).

    A name of two characters without a space inside is not told from a word and does not count.
    """
    if not _NAME_CHARS.fullmatch(text):
        return False
    words = [w for w in _SPACES.split(text.strip()) if w]
    if not words or len(words) > 12:
        return False
    if len(words) > 1 and _PLACE_WORD.fullmatch(words[0]):
        words = words[1:]
    spaced = all(len(w) == 1 for w in words) and len(words) == 2 and "、" not in text
    names = [] if any([_is_long_word(word) for word in words]) else split_names(" ".join(words))
    if sum(map(len, names)) != sum(map(len, words)):
        return False
    if spaced:
        return True
    if any(len(name) == 4 and name[:2] not in surnames() for name in names):
        return False
    whole = [name for name in names if len(name) >= 3 or any(len(w) == 1 for w in words)]
    return (
        bool(whole)
        and all(("·" in name and len(name) <= 10) or has_surname(name) for name in names)
        and (len(words) > 1 or len(names) == 1)
    )


def _is_bare_word(text: str) -> bool:
    """Tell whether a text is one long word without any sign of a byline: what most lines of text are."""
    return bool(_bare_word().fullmatch(text))


def _is_long_word(text: str) -> bool:
    """Tell whether a word is too long for a name and does not open as several do."""
    return len(text) > _LONGEST_NAME and not has_surname(text) and not _NAME_BREAK.search(text)


def has_surname(name: str) -> bool:
    """Tell whether a name opens with a known surname (`surnames.txt`)."""
    return name[:1] in surnames() or name[:2] in surnames()


@cache
def surnames() -> frozenset[str]:
    """Known surnames, of one or two characters."""
    return frozenset(read_words("surnames.txt"))


@cache
def _openings() -> frozenset[str]:
    """First characters of known surnames."""
    return frozenset(name[0] for name in surnames())


@cache
def _bare_word() -> re.Pattern[str]:
    signs = NAME_SIGNS | {word[0] for word in read_roles()}
    return re.compile(f"[^{re.escape(''.join(sorted(signs)))}]{{{BARE_WORD},}}")


@cache
def _masthead_before_role() -> re.Pattern[str]:
    return re.compile(rf"(?:{_MASTHEAD}\s*)(?=(?:{write_roles()}))")


@cache
def _masthead_and_role() -> re.Pattern[str]:
    return re.compile(rf"(?:{_MASTHEAD}\s*)?(?:{write_roles()})")


def _only_names(inner: str, *, marked: bool) -> bool:
    rest = _masthead_and_role().sub(" ", inner)
    rest = _NO_NAME.sub(" ", rest)
    words = [w for w in _SEPARATORS.split(rest) if w]
    if not words:
        return marked or len(squeeze(inner)) <= 8
    if sum(map(len, words)) > 40:
        return False
    names = split_names(" ".join(words))
    covered = sum(map(len, names)) >= sum(len(w) for w in words if not _PLACE_WORD.fullmatch(w))
    likely = sum(has_surname(name) for name in names)
    return bool(names) and covered and (likely * 2 >= len(names) or marked or bool(_SIGNED.match(inner)))


def _join_singles(words: list[str]) -> list[str]:
    """Join single characters that spaces have torn from their names."""
    joined: list[str] = []
    place = 0
    while place < len(words):
        run = place
        while run < len(words) and len(words[run]) == 1:
            run += 1
        if run == place:
            joined.append(words[place])
            place += 1
            continue
        singles, place = words[place:run], run
        if len(singles) == 1:
            following = words[place] if place < len(words) else ""
            alone = not joined or len(joined[-1]) > 2 or following[:1] not in surnames()
            if len(following) == 2 and singles[0] in _openings() and alone:
                joined.append(singles[0] + following)
                place += 1
            elif joined and len(joined[-1]) <= 2:
                joined[-1] += singles[0]
            continue
        odd = len(singles) % 2 * 3
        pairs = singles[: len(singles) - odd]
        joined += ["".join(pairs[i : i + 2]) for i in range(0, len(pairs), 2)]
        joined += ["".join(singles[len(pairs) :])] if odd else []
    return joined


def _split_glued(word: str) -> list[str]:
    """Cut names that stand together without a space, where surnames show where."""
    if len(word) <= _LONGEST_NAME or "·" in word or not has_surname(word) or not _HAN_WORD.fullmatch(word):
        return [word]
    for size in (3, 2):
        rest = word[size:]
        if has_surname(rest):
            tail = _split_glued(rest)
            if all(2 <= len(name) <= 4 for name in tail):
                return [word[:size], *tail]
    return [word]
