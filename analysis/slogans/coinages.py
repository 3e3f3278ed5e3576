"""Coinages that show by their form in a single sentence: quoted, counted, and built in parallel."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from analysis.slogans.noise import Noise, read_noise
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
_FORMULA = re.compile(
    r"(?<![\d.A-Za-z+＋])(?:\d{1,3}(?:[+＋](?:\d{1,3}|[A-Z]))+|\d{2,3}[A-Z])(?![\dA-Za-z+＋.])"
)
_SUM = re.compile(rf"[{_HAN}]{{2,5}}(?:[+＋][{_HAN}]{{2,5}})+")
_GREAT = re.compile(rf"(?:[{_N[1:]}]|十[一二三四五六七八九]|(?<!\d)\d{{1,2}})大(?=[{_HAN}]{{2}})")
_COUNTED = re.compile(
    rf"(?:[{_N}]|十[一二三四五六七八九]|(?<!\d)\d{{1,2}})(?:方面|个|项|张|场|条|类)(?=[{_HAN}]{{2}})"
)
_SCALE = re.compile(rf"[百千万]亿级(?=[{_HAN}]{{2}})")
_TWICE = re.compile(rf"[{_N}][{_HAN}](?:[{_N}][{_HAN}])+")
_SHORT = [re.compile(rf"[双两三四五六七八九][{_HAN}]{{{n}}}") for n in (2, 3)]
_PLAN = re.compile(
    r"(?<![二三四五六七八九])十[一二三四五]五(?![年岁个名])|(?:党的)?二?十[一二三四五六七八九]?大(?=[报精会召胜的\W]|$)"
)
_MEETING = re.compile(r"[省市区县]?第[一二三四五六七八九十]{1,3}次党代会(?:精神)?")
_NOT_HAN = re.compile(rf"[^{_HAN}]")
_CLAUSE = re.compile(r"[。！？!?；;：:…《》（）()“”‘’\"'「」『』\n]")
_COMMA = re.compile("[、,，]")
_LONGEST_NOUN = 6
_TIME = frozenset("年月日天时分秒个次位名人岁点")


class Coinage(NamedTuple):
    """One coinage where it stands: as printed, its form, and how much its form speaks for it, 0-1."""

    surface: str
    form: str
    prior: float


def find_coinages(text: str) -> Iterator[Coinage]:
    """Find coinages by their form.

    Args:
        text: Without white space, quotation marks kept.

    Yields:
        Coinages, of form quoted, numeral or repeated (one that repeats its own pattern).
    """
    noise = read_noise()
    untitled = _TITLE.sub("《》", text)  # titles of works are no slogans, though they may quote one
    for coinage in itertools.chain(
        _find_quoted(text, noise), _find_numerals(untitled, noise), _find_parallels(untitled, noise)
    ):
        if 2 <= len(skeleton(coinage.surface)) <= 40:
            yield coinage


def _find_quoted(text: str, noise: Noise) -> Iterator[Coinage]:
    series = [match for pattern in _PATTERNS for match in pattern.finditer(text) if _is_series(match[0])]
    for match in series:
        yield Coinage(match[0], "quoted", 0.66)
    for pattern in _QUOTED:
        for match in pattern.finditer(text):
            inner = _BRACKETS.sub("", match[1])
            bare = skeleton(inner)
            if len(bare) < 2:
                continue
            is_part = any(part.start() <= match.start() and match.end() <= part.end() for part in series)
            prior = _judge_quoted(bare, noise) - 0.5 * is_part
            form = "numeral" if _is_formula(bare) else "quoted"
            yield Coinage(inner, form, prior)
            yield from _extend(text, match, prior, noise)
            yield from _split_quoted(inner, prior, noise)


def _split_quoted(inner: str, prior: float, noise: Noise) -> Iterator[Coinage]:
    """Take the parts of a quotation that are names by themselves: joined by a dot, or counted in a list."""
    parts = inner.split("·")
    for part in parts if len(parts) > 1 else []:
        if 3 <= len(part) <= 8 and not noise.inside.search(part):
            yield Coinage(part, "quoted", prior - 0.15)
    segments = _COMMA.split(inner)
    for segment in segments if len(segments) > 1 else []:
        if _is_formula(segment) and len(segment) > 2:
            yield Coinage(segment, "numeral", prior - 0.25)


def _is_series(surface: str) -> bool:
    """Tell whether the quoted parts belong together: single characters, or one character in all of them."""
    parts = re.findall(rf"{_MARK}([{_HAN}]+){_MARK}", surface)
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
    if bare[-1] in noise.function or (not re.search(rf"[{_HAN}]", bare) and not _is_formula(bare)):
        prior -= 0.25
    return prior


def _is_formula(bare: str) -> bool:
    """Tell whether a form is built on a numeral: 三张报表, 8+4, 415X, 10个着力, but not 123 or 20天."""
    counted = rf"\d+(?:[a-zA-Z]|[大个项][{_HAN}]{{2}}|方面)"
    return len(bare) > 1 and bool(re.match(rf"[{_N}][{_HAN}]|{counted}", bare) or "+" in bare[1:-1])


def _is_parallel(bare: str) -> bool:
    segments = _COMMA.split(bare)
    return len(segments) > 1 and len({len(segment) for segment in segments}) == 1


def _extend(text: str, match: re.Match[str], prior: float, noise: Noise) -> Iterator[Coinage]:
    """Take in the head noun behind a quotation, and the numeral or epithet before it."""
    before = noise.head_before.search(text[max(0, match.start() - 4) : match.start()])
    if before:
        yield Coinage(before[0] + match[0], "numeral" if before[0][0] in _N else "quoted", prior - 0.06)
    after = noise.head_after.match(text, match.end())
    if after and not noise.head_after.match(match[1][-len(after[0]) :]):
        rest = text[after.end() : after.end() + 1]
        if not re.match(f"[{_HAN}]", rest) or rest in noise.function:
            yield Coinage(match[0] + after[0], "quoted", prior - 0.2)


def _find_numerals(text: str, noise: Noise) -> Iterator[Coinage]:
    for pattern, prior in ((_FORMULA, 0.66), (_PLAN, 0.42), (_MEETING, 0.36)):
        for match in pattern.finditer(text):
            yield Coinage(match[0], "numeral", prior)
    yield from _find_sums(text, noise)
    for pattern, prior in ((_GREAT, 0.64), (_COUNTED, 0.42), (_SCALE, 0.5)):
        for match in pattern.finditer(text):
            noun = _read_noun(text, match.end(), noise)
            if noun and not _is_numeral_before(text, match.start()):
                for length in {2, 4, len(noun)} & set(range(len(noun) + 1)):
                    odd = (length % 2 or length > 4) + (length == 2 and len(noun) == 4)
                    yield Coinage(match[0] + noun[:length], "numeral", prior - 0.12 * odd)
    for match in _TWICE.finditer(text):
        kinds = set(match[0][1::2])
        is_plain = bool(kinds & _TIME) or kinds <= set(_N) or bool(noise.inside.search(match[0]))
        if not is_plain and not _is_numeral_before(text, match.start()):
            yield Coinage(match[0], "numeral", 0.56)
    for pattern in _SHORT:
        for match in pattern.finditer(text):
            yield from _judge_short(text, match, noise)


def _find_sums(text: str, noise: Noise) -> Iterator[Coinage]:
    """Take 线上+线下: up to a function word behind, and before as much as the second part is long."""
    for match in _SUM.finditer(text):
        *parts, last = re.split("[+＋]", match[0])
        stops = [i for i, character in enumerate(last) if i > 1 and character in noise.function]
        end = match.end() - len(last) + (stops[0] if stops else len(last))
        second = parts[1] if len(parts) > 1 else last[: stops[0] if stops else None]
        start = match.start() + max(0, len(parts[0]) - len(second))
        if stops or not re.match(f"[{_HAN}]", text[end : end + 1]):
            yield Coinage(text[start:end], "numeral", 0.6)


def _is_numeral_before(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1] in _N or text[start - 1] in "第几数.%" or text[start - 1].isdigit())


def _read_noun(text: str, start: int, noise: Noise) -> str:
    """Read the noun phrase behind a numeral: up to a mark, a function word, or six characters."""
    found = re.match(rf"[{_HAN}]+", text[start : start + _LONGEST_NOUN + 1])
    phrase = found[0] if found else ""
    stops = [i for i, character in enumerate(phrase) if character in noise.function]
    phrase = phrase[: stops[0]] if stops else phrase
    is_sound = 2 <= len(phrase) <= _LONGEST_NOUN and not noise.inside.search(phrase)
    return phrase if is_sound and not noise.name_end.search(phrase) else ""


def _judge_short(text: str, match: re.Match[str], noise: Noise) -> Iterator[Coinage]:
    """Take 五社联动 where its beginning shows, and 双提升 where its end does too."""
    before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
    is_free = (
        not re.search(f"[{_HAN}\\d]$", before)
        or before[-1] in noise.function
        or bool(noise.verb.search(before))
    )
    is_closed = not re.match(f"[{_HAN}]", after) or after in noise.function
    rest = match[0][1:]
    is_plain = bool(noise.measure.match(rest) or noise.inside.search(rest))
    if is_plain or not is_free or not (is_closed or len(rest) == 3):
        return
    is_odd = bool(noise.name_end.search(rest) or noise.at_end.search(rest) or rest[0] in _N)
    yield Coinage(match[0], "numeral", 0.38 + 0.06 * is_closed - 0.25 * is_odd)


def _find_parallels(text: str, noise: Noise) -> Iterator[Coinage]:
    for clause in _CLAUSE.split(text):
        marks = [match.start() for match in _COMMA.finditer(clause)]
        segments = _COMMA.split(clause)
        for first, last in _find_runs(segments):
            parts = segments[first : last + 1]
            start = 0 if first == 0 else marks[first - 1] + 1
            end = start + sum(map(len, parts)) + len(parts) - 1
            yield _judge_parallel(clause[start:end], parts, noise)
        yield from _find_inner_runs(clause, segments, marks, noise)


def _find_runs(segments: list[str]) -> Iterator[tuple[int, int]]:
    """Find runs of whole segments that are built alike: first and last of each."""
    first = 0
    for i in range(1, len(segments) + 1):
        if i < len(segments) and _are_alike(segments[i - 1], segments[i]):
            continue
        if i - 1 > first:
            yield first, i - 1
        first = i


def _are_alike(one: str, other: str) -> bool:
    if len(one) != len(other) or not 2 <= len(one) <= 14:
        return False
    return 0 < sum(a == b for a, b in zip(one, other, strict=True)) < len(one)


def _find_inner_runs(clause: str, segments: list[str], marks: list[int], noise: Noise) -> Iterator[Coinage]:
    """Find runs whose first segment has words before it, or whose last has words behind it."""
    for i, mark in enumerate(marks):
        before, after = segments[i], segments[i + 1]
        for length in range(min(10, len(before), len(after)), 2, -1):
            one, other = before[-length:], after[:length]
            is_framed = one[0] == other[0] or one[-1] == other[-1]
            if not (is_framed or length == len(after) > 3) or not _are_alike(one, other):
                continue
            rest = after[length : length + 1]
            if (len(after) > length and rest not in noise.function) or (len(before), len(after)) == (
                length,
                length,
            ):
                continue
            start, end = mark - length, mark + 1 + length
            last = i + 1
            while last + 1 < len(segments) and _are_alike(other, segments[last + 1]) and len(after) == length:
                last += 1
                end += 1 + length
            coinage = _judge_parallel(clause[start:end], [one, other], noise)
            yield coinage._replace(prior=coinage.prior - 0.1 * (not is_framed))
            break


def _judge_parallel(surface: str, parts: list[str], noise: Noise) -> Coinage:
    columns = list(zip(*parts, strict=True))
    same = sum(len(set(column)) == 1 for column in columns) / len(columns)
    prior = 0.5 + 0.05 * min(len(parts) - 2, 2) + 0.2 * same
    if len(parts[0]) < 3 and len(parts) < 3:
        prior -= 0.25
    if noise.inside.search(surface):
        prior -= 0.35
    if any(noise.name_end.search(part) for part in parts):
        prior -= 0.3
    if re.search(r"\d", surface):
        prior -= 0.2
    return Coinage(surface, "repeated", prior)
