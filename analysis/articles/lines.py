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
#: Name of a column in brackets behind a headline.
COLUMN_SUFFIX = re.compile(r"[（(][^（()）。，：:]{2,40}[)）]$")
_MARK_IN = re.compile(r"[（(]\s*(?:紧?下转|上接)|[（(][^（()）]{1,40}摄[)）]$")
_LINE = re.compile(r"[^\n]+")
_MARKS = re.compile(r"[\s\u200b\ufeff]*(#{1,6}(?=[\s\u200b]|[^#\s])[\s\u200b]*)?[\s\u200b\ufeff]*")
_TRIM = re.compile(r"[\s\u200b\ufeff]+$")
_WHITE = re.compile(r"[\s\u200b\ufeff]+")
_NARROW = re.compile(r"[“”‘’·—…]")
_MARKDOWN = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|!\[.*\]\(.*\))$")
#: A line longer than this, on a page of few lines, is a page whose line ends became spaces.
_FLAT = 1500
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

    @property
    def narrow(self) -> float:
        """Width when quotation marks and dots are half as wide, too."""
        return self.width - len(_NARROW.findall(self.text)) / 2


def squeeze(text: str) -> str:
    """Take all white space out.

    Example:
        >>> squeeze("本报讯 4 月")
        '本报讯4月'
    """
    return _WHITE.sub("", text)


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
    last = 0
    for match in _LINE.finditer(source):
        start, end, level = _trim(source, match.start(), match.end())
        if start >= end:
            continue
        blanks = max(0, source.count("\n", last, start) - 1) if lines else 0
        last = end
        indent = 0.0 if level else _measure_indent(source[match.start() : start])
        lines.append(Line(start, end, source[start:end], level, blanks, indent))
    return _unflatten(lines)


def is_furniture(text: str) -> bool:
    """Tell whether a line belongs to the page and to no article (`page_furniture.tsv`).

    Example:
        >>> is_furniture("责任编辑:张三 校对:李四"), is_furniture("张三走访企业")
        (True, False)
    """
    plain = _WHITE.sub(" ", text).strip()
    return len(plain) <= 90 and bool(_furniture().fullmatch(plain) or _furniture().fullmatch(squeeze(plain)))


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends where a sentence ends.

    Example:
        >>> ends_sentence("他说。”"), ends_sentence("安全“防护墙”")
        (True, False)
    """
    return bool(SENTENCE_END.search(text))


def looks_like_headline(text: str) -> bool:
    """Tell whether a line may be (part of) a headline by its form alone.

    Headlines are short, do not end a sentence, have no full stop inside and few commas.

    Example:
        >>> looks_like_headline("学生拾金不昧 失主锦旗致谢"), looks_like_headline("他说,这很好。")
        (True, False)
    """
    plain = squeeze(text)
    size = len(plain)
    if (
        not plain
        or len(COLUMN_SUFFIX.sub("", plain)) > 60
        or size > 100
        or OPEN_END.search(plain)
        or _MARK_IN.search(plain)
    ):
        return False
    if INNER_STOP.search(plain) and not (size <= 45 and COLUMN_SUFFIX.search(plain) and "。" not in plain):
        return False
    commas = plain.count("，") + plain.count(",")
    if commas > 2 or (commas == 2 and size > 34):
        return False
    if plain[0] in "，。、；：！？）”’」』》,;:!?)【":
        return False
    if COLUMN_SUFFIX.search(plain) and "。" not in plain and len(COLUMN_SUFFIX.sub("", plain)) > 3:
        return True
    return not ends_sentence(plain) or (plain[-1] in "？！?!…" and size <= 32)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in read_column("page_furniture.tsv")))


def _trim(source: str, start: int, end: int) -> tuple[int, int, int]:
    marks = _MARKS.match(source, start, end)
    level = len((marks.group(1) or "").strip()) if marks else 0
    first = marks.end() if marks else start
    tail = _TRIM.search(source, max(first, end - 200), end)
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
