"""Dates that a page prints in its masthead or that its file name gives."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from analysis.metadata.page_text import PageText, squeeze

#: Newspapers of the People's Republic and its forerunners; years outside are slips of OCR.
FIRST_YEAR, LAST_YEAR = 1921, 2099
#: Weekdays by their number, Monday first.
WEEKDAYS = "一二三四五六日"
#: A masthead line is short; longer lines are body text.
MASTHEAD_CHARS = 160
#: Hanzi that may be left of a masthead line when all that mastheads print is taken away.
LOOSE_CHARS = 8
_HANZI = re.compile(r"[\u3400-\u9fff]")
_HANZI_DIGITS = {digit: str(i) for i, digit in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "О": "0",
}
_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[年./\-]\s?(?P<m>\d{1,2})\s?[月./\-]\s?(?P<d>\d{1,2})(?!\d)\s?日?"
)
_HANZI_DAY = re.compile(
    r"(?P<y>[一二][〇零○О一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_YEAR_LINE = re.compile(r"(?:19|20)\d\d\s?[年./-]?\s?(?:\d{1,2}\s?月?)?")
_PART_LINE = re.compile(
    r"(?:19|20)\d\d\s?[年./-]?\s?(?:\d{1,2}\s?月?)?|\d{1,2}\s?日?|\d{1,2}[/.-]\d{1,2}|\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
    r"|(?:星期|周)[一二三四五六日天]"
)
_WEEKDAY = re.compile(r"(?:星期|周)\s?([一二三四五六日天])")
_LUNAR = re.compile(
    r"(?:农历|夏历|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?)[年闰正一二三四五六七八九十冬腊月初廿卅日甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥]{2,14}"
)
_ISSUE = re.compile(r"(?:总|第)?\s?第?\s?\d{2,6}\s?期(?:总第\d+期)?")
_SHEET = re.compile(
    r"(?:今日)?(?:第\s?)?[A-Z]?\d{1,3}\s?版(?:\s?[:：]?\s?\S{0,8}|)|(?<![\w.])[A-Z]?\d{1,2}(?![\w.])"
)
_CODE = re.compile(
    r"(?:国内统一(?:连续出版物|刊)号?|邮发代号|CN|ISSN)[\s:]?(?:CN)?\s?[\dXx\-－—()/]{4,12}|\d{1,2}-\d{1,4}(?!\d)"
)
_TITLE = re.compile(
    r"(?:^|(?<=\s))(?:[\u4e00-\u9fff·]{1,10}(?:日报|晚报|早报|晨报|时报|商报|周报|快报|导报|都市报|新报|今报|报)(?:社|[·]?\S{0,6}版)?"
    r"|今日[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{2,10}融媒体中心)(?=\s|$)"
)
_CREDITS = re.compile(
    r"(?:^|(?<=\s))(?:本版|责任|值班|执行)?(?:编辑|责编|编审|美编|校对|版式|版面|组版|审读|主编|总编|监制|电话|热线|邮箱|网址"
    r"|出版|主管|主办|承办|联办)(?:\s?[:/]\s?\S+(?:\s\S{1,3}(?=\s|$))*|\s[\u4e00-\u9fff]{2,4}(?=\s|$)|\s[\d-]{7,13})"
)
_SENTENCE = re.compile(r"[,，。；;《》“”\"！!？?、]")
_COMPACT = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![0-9a-z])"
)
_SPLIT = re.compile(r"(?<!\d)(?:19|20)\d\d\D{0,4}\d{1,2}(?!\d)")
_PATH_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[年./_\-]\s?(?P<m>\d{1,2})\s?[月./_\-]\s?(?P<d>\d{1,2})(?!\d)"
)
_HASH = re.compile(r"(?<![0-9A-Za-z])[0-9a-f]{12,}(?![0-9A-Za-z])")
_TOUCHING = re.compile(
    r"[\u3400-\u9fff](?:19|20)\d\d\s?年|\d\s?日(?!星期|周|农历|第|总|[甲乙丙丁戊己庚辛壬癸])[\u3400-\u9fff]"
)
_BRACKETED = re.compile(r"[(（]\s?(?:星期|周)\s?[一二三四五六日天]\s?[)）]\s*$")
_ONE_LINE = re.compile(
    r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日\W{0,3}星期[一二三四五六日天]\W{0,3}(?:农历|第?\d+期|总第|第\d+版)"
)


class Printed(NamedTuple):
    """A date in a masthead, and whether what stands beside it (weekday, lunar date …) bears it out."""

    day: dt.date
    sure: bool


def make_day(year: int | str, month: int | str, day: int | str) -> dt.date | None:
    """Make a date, or None where there is none such.

    Example:
        >>> make_day(2022, "6", 28), make_day(2023, 2, 29), make_day(3022, 1, 1)
        (datetime.date(2022, 6, 28), None, None)
    """
    try:
        made = dt.date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
    return made if FIRST_YEAR <= made.year <= LAST_YEAR else None


def parse_file_date(file: str) -> dt.date | None:
    """Read the date that a file name or its folders give.

    Args:
        file: Path of the file below the source folder.

    Returns:
        The day, from the file name first, else from the whole path (`2022/06/28/01.txt`); None when there
        is none or when two different days are given.

    Example:
        >>> parse_file_date("rmrb_2026-05-08_p03.txt"), parse_file_date("jxrb20220628A01.txt")
        (datetime.date(2026, 5, 8), datetime.date(2022, 6, 28))
        >>> parse_file_date("2022/06/28/01.txt"), parse_file_date("000_e07a75bf460e5f2c.txt")
        (datetime.date(2022, 6, 28), None)
    """
    path = file.replace("\\", "/")
    for part in (path.rsplit("/", 1)[-1], path):
        plain = _HASH.sub(" ", part)
        matches = [*_PATH_DAY.finditer(plain), *_COMPACT.finditer(plain)]
        days = {day for match in matches if (day := make_day(match["y"], match["m"], match["d"]))}
        if len(days) == 1:
            return days.pop()
        if days:
            return None
    return None


def find_printed_date(page: PageText) -> Printed | None:
    """Find the date in a masthead line: a line that holds a date and only what mastheads print beside it.

    A weekday, lunar date, issue number, sheet number or title must stand on the line or beside it; alone, a
    date counts only before the first Hanzi of the page, because documents in the body are signed with one.

    Args:
        page: The prepared page.

    Returns:
        The first such date; None when the page prints none. Not `sure` when the weekday beside it is another.

    Example:
        >>> from analysis.metadata.page_text import prepare_text
        >>> find_printed_date(prepare_text("#### 2022年6月28日◆星期二\\n\\n农历壬寅年五月三十 总第4961期"))
        Printed(day=datetime.date(2022, 6, 28), sure=True)
        >>> find_printed_date(prepare_text("2022年6月28日上午，会议召开。")) is None
        True
    """
    found = [*_on_lines(page.lines), *_on_split_lines(page.lines), *_inside(page.joined)]
    return next(iter(found), None)


def is_furniture(line: str) -> bool:
    """Tell whether a line holds only what mastheads print: title, weekday, lunar date, issue, sheet."""
    rest, companion = _rest(line)
    return companion and not rest


def is_masthead(line: str) -> bool:
    """Tell whether a line holds a date or other masthead matter, and at most a section's name beside it."""
    rest, companion = _rest(line)
    return (companion or bool(_DAY.search(line))) and len(rest) <= LOOSE_CHARS


def _on_lines(lines: list[str]) -> list[Printed]:
    strong, weak = [], []
    for number, line in enumerate(lines):
        if len(line) > MASTHEAD_CHARS or not (match := _DAY.search(line) or _HANZI_DAY.search(squeeze(line))):
            continue
        day = _day_of(match)
        rest, companion = _rest(line)
        if day is None or len(rest) > LOOSE_CHARS:
            continue
        near = lines[max(0, number - 2) : number] + lines[number + 1 : number + 3]
        if (companion and not _BRACKETED.search(line)) or any(is_furniture(other) for other in near):
            strong.append(Printed(day, _weekday_agrees(day, " ".join([line, *near]))))
        elif not rest and not line.startswith("(") and not _HANZI.search("".join(lines[: min(number, 9)])):
            weak.append(Printed(day, True))
    return strong or weak


def _on_split_lines(lines: list[str]) -> list[Printed]:
    """Mastheads that set year, month, day and weekday on lines of their own; the weekday must agree."""
    for start in range(len(lines)):
        if not _YEAR_LINE.fullmatch(lines[start]):
            continue
        block = [line for line in lines[max(0, start - 3) : start + 4] if _PART_LINE.fullmatch(line)]
        weekday = next((match[0] for line in block if (match := _WEEKDAY.search(line))), None)
        numbers = re.findall(
            r"\d+", " ".join([lines[start], *(line for line in block if line != lines[start])])
        )
        day = make_day(*numbers) if len(numbers) == 3 else None
        if weekday and day and _weekday_agrees(day, weekday):
            return [Printed(day, True)]
    return []


def _inside(joined: str) -> list[Printed]:
    """Mastheads of pages whose lines were lost: a date with weekday and lunar date or issue number."""
    days = (make_day(m["y"], m["m"], m["d"]) for m in _ONE_LINE.finditer(joined))
    return [Printed(day, True) for day in days if day]


def _rest(line: str) -> tuple[str, bool]:
    """The Hanzi that are left when masthead matter is taken away, and whether any of it was there.

    Matter that touches the date without a blank, or stands in a sentence, is left in full: it is body text.
    """
    if len(line) > MASTHEAD_CHARS or _SENTENCE.search(line):
        return "正" * len(line), False
    text, days = _DAY.subn(" \0 ", line, count=1)
    if not days and (match := _HANZI_DAY.search(squeeze(line))):
        text, days = squeeze(line).replace(match[0], " \0 "), 1
    companion = False
    for pattern in (_LUNAR, _WEEKDAY, _ISSUE, _CODE, _SHEET, _TITLE, _CREDITS):
        text, n = pattern.subn(" ", text)
        companion = companion or n > 0
    if days and _TOUCHING.search(line):
        return "正" * len(line), False
    return re.sub(r"[^\u3400-\u9fff]", "", text), companion


def _weekday_agrees(day: dt.date, text: str) -> bool:
    match = _WEEKDAY.search(text)
    return not match or WEEKDAYS.find(match[1].replace("天", "日")) == day.weekday()


def _day_of(match: re.Match[str]) -> dt.date | None:
    if match["y"].isdigit():
        return make_day(match["y"], match["m"], match["d"])
    year = "".join(_HANZI_DIGITS.get(char, "x") for char in match["y"])
    return make_day(year, _number(match["m"]), _number(match["d"])) if year.isdigit() else None


def _number(hanzi: str) -> int:
    """The value of a numeral up to 39: 二十八 is 28; 0 when it is none."""
    tens, ten, ones = hanzi.rpartition("十")
    if not ten:
        return int("".join(_HANZI_DIGITS[char] for char in hanzi)) if len(hanzi) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * int(_HANZI_DIGITS.get(tens, "1")) + int(_HANZI_DIGITS.get(ones, "0"))
