"""Coinages that show by their form in a single sentence: quoted, counted, and built in parallel."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from analysis.slogans.noise import Noise, read_noise
from analysis.slogans.parallels import find_parallels
from analysis.slogans.skeleton import skeleton

_HAN = r"\u3400-\u9fff"
_N = "一二两三四五六七八九十百千万双"
# What stands between one pair of marks; sentences are no slogans.
_QUOTED = [
    re.compile(rf"{opening}([^{opening}{closing}。！？!?；;：:…《》]{{1,32}}){closing}")
    for opening, closing in ("“”", "‘’", "「」", "『』")
]
# Straight marks do not tell which opens: what holds a comma is taken for the words between two quotations.
_QUOTED += [re.compile(rf"{mark}([^{mark}。！？!?；;：:…《》,，]{{1,20}}){mark}") for mark in "\"'"]
# The title of a book or film; those of documents are longer, and name campaigns.
_TITLE = re.compile("《[^《》。]{1,8}》")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]$")
_MARK = "[“”‘’\"'「」]"
# Single characters set off one by one: “稳”“进”“立”, “时”与“势”, “一老”与“一小”.
_SERIES = re.compile(rf"{_MARK}[{_HAN}]{{1,2}}{_MARK}(?:[与和、]?{_MARK}[{_HAN}]{{1,2}}{_MARK}){{1,3}}")
_FROM_TO = re.compile(rf"从{_MARK}[{_HAN}]{{2,6}}{_MARK}到{_MARK}[{_HAN}]{{2,6}}{_MARK}")
_OF = re.compile(rf"{_MARK}[{_HAN}]{_MARK}的[{_HAN}]{{2,3}}(?![{_HAN}])")
_PATTERNS = (_SERIES, _FROM_TO, _OF)
_ONE_TO_NINE = "一二三四五六七八九"
# Patterns begin with a set of characters, what must not stand before it behind that: a search then skips all
# places but those of the set, fastest when the set is spelt out.
_DIGITS = "0-9０-９"
_FORMULA = re.compile(
    rf"[{_DIGITS}](?<![\d.A-Za-z+＋]\d)(?:\d{{0,2}}(?:[+＋](?:\d{{1,3}}|[A-Z]))+|\d{{1,2}}[A-Z])"
    r"(?![\dA-Za-z+＋.])"
)
_PLUS = re.compile("[+＋]")
_LONGEST_PART = 5
_SUM = re.compile(rf"[{_HAN}]{{2,{_LONGEST_PART}}}(?:[+＋][{_HAN}]{{2,{_LONGEST_PART}}})+")
_GREAT = re.compile(
    rf"[{_N[1:]}{_DIGITS}](?:(?<=[{_N[1:]}])|(?<=十)[{_ONE_TO_NINE}]|(?<=\d)(?<!\d\d)\d?)大(?=[{_HAN}]{{2}})"
)
_COUNTED = re.compile(
    rf"[{_N}{_DIGITS}](?:(?<=[{_N}])|(?<=十)[{_ONE_TO_NINE}]|(?<=\d)(?<!\d\d)\d?)"
    rf"(?:方面|个|项|张|场|条|类)(?=[{_HAN}]{{2}})"
)
_SCALE = re.compile(rf"[百千万]亿级(?=[{_HAN}]{{2}})")
_TWICE = re.compile(rf"[{_N}][{_HAN}](?:[{_N}][{_HAN}])+")
_SHORT = [re.compile(rf"[双两三四五六七八九][{_HAN}]{{{n}}}") for n in (2, 3)]
_PLAN = re.compile(
    rf"[党二十](?:(?<=十)(?<![二三四五六七八九]十)[一二三四五]五(?![年岁个名])"
    rf"|(?:(?<=党)的二?十|(?<=二)十|(?<=十))[{_ONE_TO_NINE}]?大(?=[报精会召胜的\W]|$))"
)
_MEETING = re.compile(rf"[省市区县第](?:(?<=第)|(?<=[省市区县])第)[{_ONE_TO_NINE}十]{{1,3}}次党代会(?:精神)?")
_IS_HAN = re.compile(f"[{_HAN}]")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_HAN_OR_DIGIT = re.compile(rf"[{_HAN}\d]")
_FORMULA_START = re.compile(rf"[{_N}][{_HAN}]|\d+(?:[a-zA-Z]|[大个项][{_HAN}]{{2}}|方面)")
_MARKED = re.compile(rf"{_MARK}([{_HAN}]+){_MARK}")
_COMMA = re.compile("[、,，]")
_LONGEST_NOUN = 6
_SHORTEST, _LONGEST = 2, 40
# What is its own skeleton.
_BARE = re.compile("[一-鿿]*")
_TIME = frozenset("年月日天时分秒个次位名人岁点")


class Coinage(NamedTuple):
    """One coinage: its skeleton, as printed, its form, how much that speaks for it (0-1), where it stands.

    The start is that of the coinage, or of the quotation that it is a part of.
    """

    bare: str
    surface: str
    form: str
    prior: float
    start: int


class _Shape(NamedTuple):
    """What will be a coinage unless its skeleton is too short or too long."""

    surface: str
    form: str
    prior: float
    start: int


def find_coinages(text: str) -> Iterator[Coinage]:
    """Find coinages by their form.

    Args:
        text: Without white space, quotation marks kept; several texts may be joined by a full stop.

    Yields:
        Coinages, of form quoted, numeral or repeated (one that repeats its own pattern): all of one form
        before those of the next, these in the order of the text.
    """
    noise = read_noise()
    # Titles of works are no slogans, though they may quote one.
    untitled = _TITLE.sub(lambda title: "《" + "。" * (len(title[0]) - 2) + "》", text)
    parallels = (_Shape(found.surface, "repeated", *found[1:]) for found in find_parallels(untitled, noise))
    for shape in itertools.chain(_find_quoted(text, noise), _find_numerals(untitled, noise), parallels):
        bare = shape.surface if _BARE.fullmatch(shape.surface) else skeleton(shape.surface)
        if _SHORTEST <= len(bare) <= _LONGEST:
            yield Coinage(bare, *shape)


def _find_quoted(text: str, noise: Noise) -> Iterator[_Shape]:
    series = [match for pattern in _PATTERNS for match in pattern.finditer(text) if _is_series(match[0])]
    for match in series:
        yield _Shape(match[0], "quoted", 0.66, match.start())
    spans = sorted(match.span() for match in series)
    starts = [start for start, _ in spans]
    ends = [0, *itertools.accumulate((end for _, end in spans), max)]
    for pattern in _QUOTED:
        for match in pattern.finditer(text):
            inner = _BRACKETS.sub("", match[1])
            bare = skeleton(inner)
            if len(bare) < 2:
                continue
            is_part = match.end() <= ends[bisect_right(starts, match.start())]
            prior = _judge_quoted(bare, noise) - 0.5 * is_part
            form = "numeral" if _is_formula(bare) else "quoted"
            yield _Shape(inner, form, prior, match.start())
            yield from _extend(text, match, prior, noise)
            for surface, kind, less in _split_quoted(inner, noise):
                yield _Shape(surface, kind, prior - less, match.start())


def _split_quoted(inner: str, noise: Noise) -> Iterator[tuple[str, str, float]]:
    """Take the parts of a quotation that are names by themselves: joined by a dot, or counted in a list."""
    parts = inner.split("·")
    for part in parts if len(parts) > 1 else []:
        if 3 <= len(part) <= 8 and not noise.inside.search(part):
            yield part, "quoted", 0.15
    segments = _COMMA.split(inner)
    for segment in segments if len(segments) > 1 else []:
        if _is_formula(segment) and len(segment) > 2:
            yield segment, "numeral", 0.25


def _is_series(surface: str) -> bool:
    """Tell whether the quoted parts belong together: single characters, or one character in all of them."""
    parts = _MARKED.findall(surface)
    shared = set.intersection(*map(set, parts))
    return all(len(part) == 1 for part in parts) or bool(shared)


def _judge_quoted(bare: str, noise: Noise) -> float:
    prior = 0.72
    if len(bare) == 2:
        prior -= 0.06
    if _is_formula(bare):
        prior += 0.08
    elif 3 <= len(bare) <= 8:
        prior += 0.03
    if len(bare) > 12 and not _is_parallel(bare):
        prior -= 0.2
    if "," in bare and not _is_parallel(bare):
        prior -= 0.3
    if noise.inside.search(bare):
        prior -= 0.4
    if noise.body_end.search(bare) and len(bare) > 4:
        prior -= 0.2
    if bare[-1] in noise.function or (not _IS_HAN.search(bare) and not _is_formula(bare)):
        prior -= 0.25
    return prior


def _is_formula(bare: str) -> bool:
    """Tell whether a form is built on a numeral: 三张报表, 8+4, 415X, 10个着力, but not 123 or 20天."""
    return len(bare) > 1 and bool(_FORMULA_START.match(bare) or "+" in bare[1:-1])


def _is_parallel(bare: str) -> bool:
    segments = _COMMA.split(bare)
    return len(segments) > 1 and len({len(segment) for segment in segments}) == 1


def _extend(text: str, match: re.Match[str], prior: float, noise: Noise) -> Iterator[_Shape]:
    """Take in the head noun behind a quotation, and the numeral or epithet before it."""
    before = noise.head_before.search(text[max(0, match.start() - 4) : match.start()])
    if before:
        form = "numeral" if before[0][0] in _N else "quoted"
        yield _Shape(before[0] + match[0], form, prior - 0.06, match.start() - len(before[0]))
    after = noise.head_after.match(text, match.end())
    if after and not noise.head_after.match(match[1][-len(after[0]) :]):
        rest = text[after.end() : after.end() + 1]
        if not _IS_HAN.match(rest) or rest in noise.function:
            yield _Shape(match[0] + after[0], "quoted", prior - 0.2, match.start())


def _find_numerals(text: str, noise: Noise) -> Iterator[_Shape]:
    for pattern, prior in ((_FORMULA, 0.66), (_PLAN, 0.42), (_MEETING, 0.36)):
        for match in pattern.finditer(text):
            yield _Shape(match[0], "numeral", prior, match.start())
    yield from _find_sums(text, noise)
    for pattern, prior in ((_GREAT, 0.64), (_COUNTED, 0.42), (_SCALE, 0.5)):
        for match in pattern.finditer(text):
            noun = _read_noun(text, match.end(), noise)
            if noun and not _is_numeral_before(text, match.start()):
                for length in {2, 4, len(noun)} & set(range(len(noun) + 1)):
                    odd = (length % 2 or length > 4) + (length == 2 and len(noun) == 4)
                    surface = match[0] + noun[:length]
                    yield _Shape(surface, "numeral", prior - 0.12 * odd, match.start())
    for match in _TWICE.finditer(text):
        kinds = set(match[0][1::2])
        is_plain = bool(kinds & _TIME) or kinds <= set(_N) or bool(noise.inside.search(match[0]))
        if not is_plain and not _is_numeral_before(text, match.start()):
            yield _Shape(match[0], "numeral", 0.56, match.start())
    for pattern in _SHORT:
        for match in pattern.finditer(text):
            yield from _judge_short(text, match, noise)


def _find_sums(text: str, noise: Noise) -> Iterator[_Shape]:
    """Take 线上+线下: up to a function word behind, and before as much as the second part is long."""
    for match in _iter_sums(text):
        *parts, last = _PLUS.split(match[0])
        stops = [i for i, character in enumerate(last) if i > 1 and character in noise.function]
        end = match.end() - len(last) + (stops[0] if stops else len(last))
        second = parts[1] if len(parts) > 1 else last[: stops[0] if stops else None]
        start = match.start() + max(0, len(parts[0]) - len(second))
        if stops or not _IS_HAN.match(text[end : end + 1]):
            yield _Shape(text[start:end], "numeral", 0.6, start)


def _iter_sums(text: str) -> Iterator[re.Match[str]]:
    """Find sums by their sign, since any character may begin one."""
    done = 0
    for plus in _PLUS.finditer(text):
        for start in range(max(done, plus.start() - _LONGEST_PART), plus.start() - 1):
            if found := _SUM.match(text, start):
                yield found
                done = found.end()
                break


def _is_numeral_before(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1] in _N or text[start - 1] in "第几数.%" or text[start - 1].isdigit())


def _read_noun(text: str, start: int, noise: Noise) -> str:
    """Read the noun phrase behind a numeral: up to a mark, a function word, or six characters."""
    found = _HAN_RUN.match(text[start : start + _LONGEST_NOUN + 1])
    phrase = found[0] if found else ""
    stops = [i for i, character in enumerate(phrase) if character in noise.function]
    phrase = phrase[: stops[0]] if stops else phrase
    is_sound = 2 <= len(phrase) <= _LONGEST_NOUN and not noise.inside.search(phrase)
    return phrase if is_sound and not noise.name_end.search(phrase) else ""


def _judge_short(text: str, match: re.Match[str], noise: Noise) -> Iterator[_Shape]:
    """Take 五社联动 where its beginning shows, and 双提升 where its end does too."""
    after, rest = text[match.end() : match.end() + 1], match[0][1:]
    is_closed = not _IS_HAN.match(after) or after in noise.function
    if not (is_closed or len(rest) == 3) or not _is_free(
        text[max(0, match.start() - 2) : match.start()], noise
    ):
        return
    if noise.measure.match(rest) or noise.inside.search(rest):
        return
    is_odd = bool(noise.name_end.search(rest) or noise.at_end.search(rest) or rest[0] in _N)
    yield _Shape(match[0], "numeral", 0.38 + 0.06 * is_closed - 0.25 * is_odd, match.start())


def _is_free(before: str, noise: Noise) -> bool:
    """Tell whether a formula can begin behind two characters."""
    is_bound = bool(before) and bool(_HAN_OR_DIGIT.match(before[-1]))
    return not is_bound or before[-1] in noise.function or bool(noise.verb.search(before))
