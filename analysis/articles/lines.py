"""The lines of a page as they were read: offsets, heading marks, blank lines, width of the column."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.word_lists import read_column

#: Ends of a sentence, closing quotes and brackets included.
SENTENCE_END = re.compile(
    r"[。！？!?；;…][”’\"'」』）)】》〉]*$|[。！？!?][”’\"'」』]?[（(][^（()）]{1,40}[)）]$"
)
#: Marks after which a line cannot be at its end.
OPEN_END = re.compile(r"[，,、“‘（(《〈【「『]$|(?<![—–-])[—–]$")
#: Sentence marks inside a line that no headline has.
INNER_STOP = re.compile(r"[。；;]|[！？!?](?=[^”’\"」』（(]).*[！？!?，,](?=[^”’\"」』（(])")
#: No headline opens with one of these.
_NO_OPENING = "，。、；：！？）”’」』》,;:!?)【"
#: Name of a column in brackets behind a headline.
COLUMN_SUFFIX = re.compile(r"[（(][^（()）。，：:]{2,40}[)）]$")
_MARK_IN = re.compile(r"[（(]\s*(?:紧?下转|上接)|[（(][^（()）]{1,40}摄[)）]$")
_MARKS = re.compile(r"[\s\u200b\ufeff]*(#{1,6}(?=[\s\u200b]|[^#\s])[\s\u200b]*)?[\s\u200b\ufeff]*")
_TRIM = re.compile(r"[\s\u200b\ufeff]+$")
_WHITE = re.compile(r"[\s\u200b\ufeff]+")
#: What `SENTENCE_END` ends with: a stop, closing marks behind one, or a bracket of so many characters.
STOPS = frozenset("。！？!?；;…")
CLOSERS = "”’\"'」』）)】》〉"
_STOPPED_BRACKET = 44
#: What `OPEN_END` ends with, and the dashes that do not count when they are doubled.
_OPENERS = frozenset("，,、“‘（(《〈【「『")
_DASHES = frozenset("—–")
#: Characters with which a line opens that is not plain: heading marks, rules, pictures, invisible ones.
_ODD = frozenset("#-*_!\u200b\ufeff")
_INVISIBLE = frozenset("\u200b\ufeff")
#: ... or white space: what a plain line neither opens nor ends with.
_EDGES = _ODD | frozenset(char for char in map(chr, range(0x3001)) if char.isspace())
#: So much white space at the end of a line is looked at.
_TAIL = 200
#: The opening of a group of a pattern, or what may hold a bracket that opens none.
_GROUP = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\((?!\?)")
_MARKDOWN = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|!\[.*\]\(.*\))$")
#: How lines of furniture open, but for those that open with anything; any digit opens one, too.
FURNITURE_OPENINGS = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.·'&-ＡＢＣＤ一二三四五六七八九十"
    "甲乙丙丁戊己庚辛壬癸今共公广农国统导要总第新热投电邮发值地网零本责执编主版校美组审视制扫星"
)
#: What stands in a line of furniture that opens with anything, or how it ends; invisible characters hide the
#: opening.
FURNITURE_SIGNS, FURNITURE_ENDS = frozenset("益@稿:：/∶报办管版印") | _INVISIBLE, frozenset("心团社")
_SIGN = re.compile(f"[{''.join(sorted(FURNITURE_SIGNS))}]")
#: A line longer than this, on a page of few lines, is a page whose line ends became spaces.
_FLAT = 1500
#: No line of furniture is longer.
_LONGEST_FURNITURE = 90
#: No column of a newspaper is wider, in characters.
_WIDEST_COLUMN = 45
#: No paragraph opens farther in.
_WIDEST_INDENT = 4.0


class Line(NamedTuple):
    """One printed line.

    start, end: source offsets of its text. level: heading marks. blanks: blank lines before it. indent: width
    of the white space that it opens with, in full-width characters.
    """

    start: int
    end: int
    text: str
    level: int
    blanks: int
    indent: float = 0.0

    @property
    def size(self) -> int:
        """Characters, spaces included."""
        return self.end - self.start

    @property
    def width(self) -> float:
        """Width in full-width characters: a half-width one counts one half."""
        return len(self.text) - len(self.text.encode("latin-1", "ignore")) / 2


def squeeze(text: str) -> str:
    """Take all white space out.

    Example:
        >>> squeeze("本报讯 4 月")
        '本报讯4月'
    """
    plain = "".join(text.split())
    return _WHITE.sub("", plain) if "\u200b" in plain or "\ufeff" in plain else plain


def read_lines(source: str) -> list[Line]:
    """Cut a page into its printed lines; blank lines are counted, not kept.

    Args:
        source: Text of the page.

    Returns:
        Lines in source order; their offsets leave out heading marks and white space at both ends.

    Example:
        >>> [(line.text, line.level, line.blanks) for line in read_lines("# 标题\\n\\n正文。\\n")]
        [('标题', 1, 0), ('正文。', 0, 1)]
    """
    lines: list[Line] = []
    place = blanks = 0
    for printed in source.split("\n"):
        first, place = place, place + len(printed) + 1
        if printed and not (printed[0] in _EDGES or printed[-1] in _EDGES):
            lines.append(Line(first, place - 1, printed, 0, blanks if lines else 0))
            blanks = 0
            continue
        start, end, level = _trim(source, printed, first)
        if start >= end:
            blanks += 1
            continue
        indent = _measure_indent(source[first:start]) if start > first and not level else 0.0
        lines.append(Line(start, end, source[start:end], level, blanks if lines else 0, indent))
        blanks = 0
    return _unflatten(lines)


def is_furniture(text: str) -> bool:
    """Tell whether a line belongs to the page and to no article (`page_furniture.tsv`).

    Example:
        >>> is_furniture("责任编辑:张三 校对:李四"), is_furniture("张三走访企业")
        (True, False)
    """
    plain = _WHITE.sub(" ", text).strip() if _has_invisible(text) else " ".join(text.split())
    if not plain or len(plain) > _LONGEST_FURNITURE:
        return False
    return _is_plain_furniture(plain) or (" " in plain and _is_plain_furniture(squeeze(plain)))


def _is_plain_furniture(text: str) -> bool:
    opened, signed = _furniture()
    if (text[0] in FURNITURE_OPENINGS or text[0].isdecimal()) and opened.fullmatch(text):
        return True
    return bool((text[-1] in FURNITURE_ENDS or _SIGN.search(text)) and signed.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends where a sentence ends.

    Example:
        >>> ends_sentence("他说。”"), ends_sentence("安全“防护墙”")
        (True, False)
    """
    last = text[-1:]
    if last in STOPS:
        return True
    if last not in CLOSERS or not last:
        return last == "\n" and bool(SENTENCE_END.search(text))
    if text.rstrip(CLOSERS)[-1:] in STOPS:
        return True
    return last in "）)" and bool(SENTENCE_END.search(text, max(0, len(text) - _STOPPED_BRACKET)))


def ends_open(text: str) -> bool:
    """Tell whether a text ends with a mark after which a line cannot be at its end.

    Example:
        >>> ends_open("他说，"), ends_open("主题——"), ends_open("主题")
        (True, False, False)
    """
    last = text[-1:]
    if last in _OPENERS:
        return True
    if last in _DASHES:
        return text[-2:-1] not in ("—", "–", "-")
    return last == "\n" and bool(OPEN_END.search(text))


def has_column_suffix(text: str) -> bool:
    """Tell whether the name of a column stands in brackets at the end.

    Example:
        >>> has_column_suffix("守望老街（新春走基层）"), has_column_suffix("守望老街")
        (True, False)
    """
    return text[-1:] in ("）", ")", "\n") and bool(COLUMN_SUFFIX.search(text))


def looks_like_headline(text: str) -> bool:
    """Tell whether a line may be (part of) a headline by its form alone.

    Headlines are short, do not end a sentence, have no full stop inside and few commas.

    Example:
        >>> looks_like_headline("学生拾金不昧 失主锦旗致谢"), looks_like_headline("他说,这很好。")
        (True, False)
    """
    plain = squeeze(text)
    size = len(plain)
    if not plain or size > 100 or ends_open(plain) or plain[0] in _NO_OPENING:
        return False
    suffixed = has_column_suffix(plain)
    named = len(COLUMN_SUFFIX.sub("", plain)) if suffixed else size
    if named > 60 or _MARK_IN.search(plain):
        return False
    if INNER_STOP.search(plain) and not (size <= 45 and suffixed and "。" not in plain):
        return False
    commas = plain.count("，") + plain.count(",")
    if commas > 2 or (commas == 2 and size > 34):
        return False
    if suffixed and "。" not in plain and named > 3:
        return True
    return not ends_sentence(plain) or (plain[-1] in "？！?!…" and size <= 32)


def _has_invisible(text: str) -> bool:
    return "\u200b" in text or "\ufeff" in text


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Furniture that opens with certain characters, and furniture that opens with any: slow, but signed."""
    # A group that captures nothing is matched much faster.
    patterns = [_GROUP.sub(_uncapture, pattern) for pattern in read_column("page_furniture.tsv")]
    kinds = [
        [pattern for pattern in patterns if pattern.startswith(".") == signed] for signed in (False, True)
    ]
    opened, signed = (re.compile("|".join(f"(?:{pattern})" for pattern in kind)) for kind in kinds)
    return opened, signed


def _uncapture(part: re.Match[str]) -> str:
    return "(?:" if part.group() == "(" else part.group()


def _trim(source: str, printed: str, first: int) -> tuple[int, int, int]:
    """Start and end of what a line prints, and its heading level; start is not before end for nothing."""
    text = printed.strip()
    if not text:
        return first, first, 0
    start = first + printed.find(text[0])
    end = start + len(text)
    if text[0] in _ODD or text[-1] in _INVISIBLE or first + len(printed) - end >= _TAIL:
        return _trim_odd(source, first, first + len(printed))
    return start, end, 0


def _trim_odd(source: str, start: int, end: int) -> tuple[int, int, int]:
    marks = _MARKS.match(source, start, end)
    level = len((marks.group(1) or "").strip()) if marks else 0
    first = marks.end() if marks else start
    tail = _TRIM.search(source, max(first, end - _TAIL), end)
    last = tail.start() if tail else end
    if _MARKDOWN.match(source[first : min(last, first + 200)]):
        return first, first, 0
    return first, last, level


def _measure_indent(white: str) -> float:
    wide = white.count("\u3000") + 2 * white.count("\t")
    return min(_WIDEST_INDENT, wide + white.count(" ") / 2)


def _unflatten(lines: list[Line]) -> list[Line]:
    """Cut lines of a page whose line ends became spaces at those spaces."""
    if not lines or max(line.size for line in lines) < _FLAT:
        return lines
    cut: list[Line] = []
    for line in lines:
        words = list(re.finditer(r"\S+", line.text)) if line.size >= _FLAT else []
        if len(words) * _WIDEST_COLUMN * 4 < line.size:
            cut.append(line)
            continue
        for number, word in enumerate(words):
            cut.append(
                Line(
                    line.start + word.start(),
                    line.start + word.end(),
                    word.group(),
                    line.level if not number else 0,
                    line.blanks if not number else 0,
                )
            )
    return cut
