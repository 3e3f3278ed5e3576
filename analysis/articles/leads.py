"""What stands inside a paragraph and is no text: leads, photo credits, marks that the rest is elsewhere."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.articles.bylines import Author, has_surname, is_byline, parse_authors
from analysis.articles.lines import squeeze
from analysis.articles.roles import has_role

_PLAIN_LEAD = re.compile(r"\s*[■□◆●▲★]?\s*本\s*报\s*(?:综\s*合\s*)?讯(?![息问])\s*(?:[:：]\s*)?")
_LEAD_BYLINE = re.compile(r"[（(【]([^（()）【】。]{1,120}?)[）)】]\s*(?:[:：]\s*)?")
_LEAD_REPORT = re.compile(
    r"(?=[^。，,]{0,8}(?:记\s*者|通\s*讯\s*员|实\s*习\s*生))([^。，,“”\"（(：:]{2,60}?)\s*(?:报\s*道|摄\s*影\s*报\s*道)\s*[:：]?\s*"
)
_AGENCY = (
    r"(?:本\s*报|新\s*华\s*社|中\s*新\s*社|中新网|人民网|央视网|光明网|[\u4e00-\u9fff]{2,8}(?:日报|晚报|网))"
)
_DISPATCH = re.compile(
    rf"\s*(?:据\s*)?{_AGENCY}[^，。；：（()）“”\"]{{0,20}}?(?:\d\s*){{1,2}}月\s*(?:\d\s*){{1,2}}日\s*(?:专\s*)?(?:电|讯|消\s*息)\s*"
    rf"(?:[（(]([^（()）。]{{1,80}}?)[）)])?"
)
#: ... of no day, which only the names behind it tell from text.
_UNDATED = re.compile(
    rf"\s*(?:据\s*)?{_AGENCY}[^，。；：（()）“”\"\d]{{2,12}}?(?:电|讯)\s*[（(]((?:[^（()）。]{{2,6}})?记\s*者[^（()）。]{{1,80}}?)[）)]"
)
_HEAD_BYLINE = re.compile(r"\s*[（(]([^（()）【】。]{2,80}?)[）)]\s*")
_MARKER = re.compile(
    r"[（(【\[]?\s*[▶►→]?\s*(?:紧\s*接|(?:紧\s*)?(?:下\s*转|上\s*接|转\s*接))\s*第?\s*[0-9０-９一二三四五六七八九十A-DＡ-Ｄ]{1,3}\s*版"
    r"(?:[^（()）【】。\n]{0,12}(?=[）)】\]]))?\s*[）)】\]]?"
)
_PHOTO_WORD = r"(?:摄|摄影|摄影报道|供图|图片|图|拍摄)"
_BRACKET_CREDIT = re.compile(
    rf"[（(【](?![^（()）]{{0,6}}[见上下左右题组本]图)([^（()）【】。]{{1,60}}?(?:\s|/|／)*{_PHOTO_WORD})\s*[）)】]"
)
_BARE_CREDIT = re.compile(
    r"(?:(?<=[。！？”])|(?<=\s)|^)\s*((?:[\u4e00-\u9fff]{2,8}(?=记者|通讯员))?(?:全媒体|首席|见习|实习)?(?:记\s*者|通\s*讯\s*员)[^。，,：:“”]{2,30}?\s*(?:摄|摄影|供图))\s*$"
)
#: What `_BARE_CREDIT` ends with.
_PHOTO_ENDS = "摄影图"
_SIGNED_CREDIT = re.compile(
    r"(?:(?:本报|新华社)?记者)?\s*[\u4e00-\u9fff\s]{2,9}摄\s*(?:[（(][^（()）]{2,12}[)）])?"
)
_LABELLED_CREDIT = re.compile(
    r"(?:以上|本版)图片均?[为由].{2,24}摄(?:影)?(?:[（(][^（()）]{2,12}[)）])?"
    r"|(?:图片?|摄影|摄)\s*[/／:：]\s*.{2,30}|.{2,24}[/／]\s*(?:摄|图|供图)|\S{2,4}\s+摄"
    r"|新华社(?:记者\s*[\u4e00-\u9fff ]{2,9})?\s*[发摄]|[（(](?:影像中国|新华社发|资料图片|人民视觉)[)）]"
)
_TAIL_BYLINE = re.compile(r"[（(]([^（()）。]{2,60}?)[）)]\s*$")
_BACKWARD = re.compile(r"上\s*接")
#: How a line opens with which a report opens; or one of these papers stands in its first words.
OPENINGS, PAPERS = frozenset("■□◆●▲★（(本新中人央光据"), frozenset("报网")
#: What every credit has one of (see `_shows_credit`).
CREDIT_SIGNS = frozenset("摄图社像视")
#: How every lead opens.
_OPENING = re.compile(rf"\s*(?:[■□◆●▲★（(]|本\s*报|(?:据\s*)?{_AGENCY})")
#: A lead has one of its signs (讯, 电, 消息, a bracket) within so many characters.
REACH = 200
LEAD_SIGNS = "讯电消（("
#: What a paragraph has in it that has a part, or ends with, white space aside.
_PART_SIGN, _PART_ENDS = re.compile("[版摄图]"), "影）)"
#: Of a paragraph longer than this only the end is searched for credits, in characters.
_LONG = 20_000


class Part(NamedTuple):
    """A stretch of the source inside a paragraph: offsets, role, authors named in it."""

    start: int
    end: int
    role: str
    authors: tuple[Author, ...] = ()


def find_lead(source: str, start: int, end: int) -> Part | None:
    """Find the opening of a report at the start of a paragraph.

    A plain lead (`本报讯(记者 …)`) or a byline in brackets has the role lead: it says nothing that a column
    does not say, and stays out of the text. A dispatch line (`本报北京5月7日电 (记者 …)`) has the role
    dispatch: it tells where and when the report was sent and stays in the text.

    Args:
        source: Text of the page.
        start: Offset of the paragraph.
        end: Offset behind it.

    Returns:
        The opening with its authors, or None.

    Example:
        >>> page = "本报讯(记者 周万)12月13日"
        >>> find_lead(page, 0, len(page))[:3]
        (0, 10, 'lead')
    """
    if not _OPENING.match(source, start, end):
        return None
    opening = source[start : min(end, start + REACH)]
    if "讯" in opening or "电" in opening or "消" in opening:
        plain = _PLAIN_LEAD.match(source, start, end)
        if plain:
            return _extend_lead(source, start, plain.end(), end)
        dispatch = _DISPATCH.match(source, start, end) or _UNDATED.match(source, start, end)
        if dispatch:
            return Part(start, dispatch.end(), "dispatch", _named(dispatch.group(1)))
    head = _HEAD_BYLINE.match(source, start, end) if "（" in opening or "(" in opening else None
    if head and head.end() < end and is_byline(_flatten(head.group(1))):
        return Part(start, head.end(), "lead", _named(head.group(1)))
    return None


def find_parts(source: str, start: int, end: int) -> list[Part]:
    """Find photo credits, continuation marks and a closing byline inside a paragraph.

    Args:
        source: Text of the page.
        start: Offset of the paragraph's text, behind its lead.
        end: Offset behind the paragraph.

    Returns:
        Parts in source order, none overlapping; roles credit, marker, byline.

    Example:
        >>> page = "现场。(记者 周万 摄)"
        >>> find_parts(page, 0, len(page))
        [Part(start=3, end=12, role='credit', authors=(Author(name='周万', role='记者'),))]
    """
    last = source[end - 1 : end]
    if not (last in _PART_ENDS or last.isspace() or _PART_SIGN.search(source, start, end)):
        return []
    parts = _find_markers(source, start, end)
    if end - start > _LONG:
        return _keep_apart(parts + _tail_parts(source, end - 400, end))
    shown = source.find("摄", start, end) >= 0 or source.find("图", start, end) >= 0
    for match in _BRACKET_CREDIT.finditer(source, start, end) if shown else ():
        authors = _credited(match.group(1))
        if authors and (has_role(match.group(1)) or all(has_surname(a.name) for a in authors)):
            parts.append(Part(match.start(), match.end(), "credit", tuple(authors)))
    return _keep_apart(parts + _tail_parts(source, max(start, end - 100), end))


def _find_markers(source: str, start: int, end: int) -> list[Part]:
    if source.find("版", start, end) < 0:
        return []
    return [Part(m.start(), m.end(), "marker") for m in _MARKER.finditer(source, start, end)]


def points_backward(marker: str) -> bool:
    """Tell whether a mark says that the beginning, not the rest, stands elsewhere (`上接第一版`)."""
    return bool(_BACKWARD.search(marker))


def is_marker(text: str) -> bool:
    """Tell whether a line is a continuation mark and nothing else.

    Example:
        >>> is_marker("下转第二版"), is_marker("下转第二版的文章")
        (True, False)
    """
    return "版" in text and bool(_MARKER.fullmatch(text.strip()))


def is_credit(text: str) -> bool:
    """Tell whether a line is a photo credit and nothing else.

    Example:
        >>> is_credit("(吴铁鸣 尹桦 摄)"), is_credit("记者范方斌摄")
        (True, True)
    """
    plain = text.strip()
    if len(plain) > 70 or not _shows_credit(plain):
        return False
    bracket = _BRACKET_CREDIT.fullmatch(plain)
    if bracket:
        return bool(_credited(bracket.group(1)))
    return any(form.fullmatch(plain) for form in (_BARE_CREDIT, _SIGNED_CREDIT, _LABELLED_CREDIT))


def _shows_credit(text: str) -> bool:
    """Tell whether a text has a word that every credit has."""
    return "摄" in text or "图" in text or "新华社" in text or "影像中国" in text or "人民视觉" in text


def _extend_lead(source: str, start: int, place: int, end: int) -> Part:
    byline = _LEAD_BYLINE.match(source, place, end)
    if byline and _is_lead_byline(byline.group(1)):
        return Part(start, byline.end(), "lead", _named(byline.group(1)))
    report = _LEAD_REPORT.match(source, place, end)
    if report:
        return Part(start, report.end(), "lead", _named(report.group(1)))
    return Part(start, place, "lead")


@lru_cache(maxsize=64)
def _is_lead_byline(inner: str) -> bool:
    plain = squeeze(inner)
    return (
        is_byline(_flatten(inner))
        or len(plain) <= 3
        or bool(re.search(r"综合|报道|记者|通讯员|整理|消息|来源|见习|实习", plain))
        or not re.search(r"[，。、]", plain)
    )


def _tail_parts(source: str, start: int, end: int) -> list[Part]:
    parts = []
    last = source[start:end].rstrip()[-1:]
    bare = _BARE_CREDIT.search(source, start, end) if last and last in _PHOTO_ENDS else None
    if bare:
        parts.append(Part(bare.start(1), bare.end(1), "credit", tuple(_credited(bare.group(1)))))
    tail = _TAIL_BYLINE.search(source, start, end) if last in ("）", ")") else None
    if tail and re.search(r"记\s*者|通\s*讯\s*员", tail.group(1)) and is_byline(_flatten(tail.group(1))):
        parts.append(Part(tail.start(), tail.end(), "byline", _named(tail.group(1))))
    return parts


def _flatten(text: str) -> str:
    """A line end inside a name is no space, but one beside a space is."""
    return (
        text
        if "\n" not in text
        else re.sub(r"\s*\n\s*", lambda white: " " if re.search(r"[^\n]", white.group()) else "", text)
    )


def _named(text: str | None) -> tuple[Author, ...]:
    return tuple(parse_authors(_flatten(text))) if text else ()


def _credited(text: str) -> list[Author]:
    return parse_authors(_flatten(text), photo=True)


def _keep_apart(parts: list[Part]) -> list[Part]:
    if len(parts) < 2:
        return parts
    kept: list[Part] = []
    for part in sorted(parts, key=lambda p: (p.start, -p.end)):
        if not kept or part.start >= kept[-1].end:
            kept.append(part)
    return kept
