"""Matching a lexicon on texts: every form where it stands, guards applied."""

from __future__ import annotations

import functools
import re
import sys
from typing import NamedTuple

import numpy as np
import pandas as pd
from ahocorasick_rs import BytesAhoCorasick

from analysis.haystacks import Haystack, choose_border, find_patterns, join_texts, place_finds
from analysis.slogans.lexicon import QUOTED_ONLY, iter_forms, split_cell
from analysis.slogans.skeleton import QUOTES, skeleton, trace_codes

_UTF16, _UTF32 = (f"utf-{bits}-{'le' if sys.byteorder == 'little' else 'be'}" for bits in (16, 32))
_FORMULA = re.compile(r"[0-9a-z+]")
_NUMERAL = re.compile(r"[一二两三四五六七八九十百千万亿零]")
_ANY_NUMERAL = frozenset("〇零一二两三四五六七八九十百千万亿几数第")
_UNIT = frozenset("十百千万亿")
# One character in quotation marks inside a form plays on words (以“人”为本 in a row of 以“…”…).
_ONE_QUOTED = re.compile(r"[“‘「『\"'].[”’」』\"']")
# Characters looked at before and behind a match; white space among them is passed over.
_REACH = 4


class Match(NamedTuple):
    """One form found in one text: the slogan, where it stands, and whether anything was passed over in it."""

    doc: int
    start: int
    end: int
    slogan: str
    is_broken: bool


class _Form(NamedTuple):
    """One pattern that stands for a slogan."""

    slogan: str
    bare: str
    quoted_only: bool
    has_quotes: bool
    is_numeric: bool


class Matcher(NamedTuple):
    """A compiled lexicon."""

    automaton: BytesAhoCorasick  # over UTF-16
    border: str  # stands between two texts; no form holds it, so nothing matches across it
    forms: dict[int, _Form]  # by pattern; patterns that are mere guards are absent
    voids: dict[int, list[tuple[int, int]]]  # by pattern: forms it makes void, and where they begin in it
    slogans: np.ndarray  # by pattern; "" for mere guards
    lengths: np.ndarray  # by pattern, of its skeleton; 0 for mere guards
    is_watched: np.ndarray  # by pattern: whether what stands around it always has to be looked at


class Matches(NamedTuple):
    """Forms found in texts, as arrays: by text and start, of those that begin together the longest first."""

    doc: np.ndarray
    start: np.ndarray
    end: np.ndarray
    pattern: np.ndarray
    is_broken: np.ndarray  # whether anything was passed over in it


def compile_lexicon(lexicon: pd.DataFrame) -> Matcher:
    """Compile a lexicon for `find_matches`; the same one only once.

    Args:
        lexicon: As from `read_lexicon`.

    Returns:
        The matcher.
    """
    return _compile(*(tuple(lexicon[column].tolist()) for column in ("slogan", "aliases", "guard")))


@functools.lru_cache(maxsize=8)
def _compile(slogans: tuple[str, ...], aliases: tuple[str, ...], guards: tuple[str, ...]) -> Matcher:
    patterns: dict[str, int] = {}
    forms: dict[int, _Form] = {}
    voids: dict[int, list[tuple[int, int]]] = {}
    lexicon = pd.DataFrame({"slogan": slogans, "aliases": aliases, "guard": guards})
    for slogan, form, guard in iter_forms(lexicon):
        bare, contexts = skeleton(form), split_cell(guard)
        number = patterns.setdefault(bare, len(patterns))
        is_numeric = any(_FORMULA.match(end) for end in (bare[0], bare[-1])) or bool(_NUMERAL.match(bare))
        has_quotes = not QUOTES.isdisjoint(form)
        forms[number] = _Form(slogan, bare, QUOTED_ONLY in contexts, has_quotes, is_numeric)
        for context in (skeleton(item).replace("~", bare) for item in contexts if item != QUOTED_ONLY):
            void = voids.setdefault(patterns.setdefault(context, len(patterns)), [])
            void += [(number, found.start()) for found in re.finditer(re.escape(bare), context)]
    by_pattern = [forms.get(number) for number in range(len(patterns))]
    return Matcher(
        BytesAhoCorasick([pattern.encode(_UTF16, "surrogatepass") for pattern in patterns]),
        choose_border(patterns),
        forms,
        voids,
        np.array([form.slogan if form else "" for form in by_pattern], dtype=object),
        np.array([len(form.bare) if form else 0 for form in by_pattern], dtype=np.int64),
        np.array([bool(form and (form.is_numeric or form.quoted_only)) for form in by_pattern], dtype=bool),
    )


def find_matches(matcher: Matcher, texts: list[str]) -> list[Match]:
    """Find every form in every text, nested and overlapping ones included, guards applied.

    Args:
        matcher: From `compile_lexicon`.
        texts: As printed.

    Returns:
        Matches by text and start; of those that begin together the longest first.
    """
    found = find_match_arrays(matcher, texts)
    names = matcher.slogans[found.pattern].tolist()
    columns = (column.tolist() for column in (found.doc, found.start, found.end))
    return list(map(Match, *columns, names, found.is_broken.tolist()))


def find_match_arrays(matcher: Matcher, texts: list[str]) -> Matches:
    """Find every form in every text as `find_matches` does, as arrays.

    Args:
        matcher: From `compile_lexicon`.
        texts: As printed.

    Returns:
        Matches by text and start; of those that begin together the longest first.
    """
    parts = [_find_in_haystack(matcher, hay) for hay in join_texts(texts, border=matcher.border)]
    if not parts:
        return Matches(*[np.empty(0, dtype=np.int64)] * 4, np.empty(0, dtype=bool))
    return Matches(*map(np.concatenate, zip(*parts, strict=True)))


def _find_in_haystack(matcher: Matcher, hay: Haystack) -> Matches:
    codes, offsets = trace_codes(hay.text)
    found = _find_in_codes(matcher, codes)
    found = found[np.lexsort((-found[:, 2], found[:, 1]))]
    is_void = _find_void(matcher, found)
    is_form = matcher.lengths[found[:, 0]] > 0
    pattern, is_void = found[is_form, 0], is_void[is_form]
    start, end = offsets[found[is_form, 1]], offsets[found[is_form, 2] - 1] + 1
    is_broken = end - start > matcher.lengths[pattern]
    is_sound = ~(is_broken | is_void | matcher.is_watched[pattern])
    watched = np.flatnonzero(~is_sound)
    is_sound[watched] = [
        _is_allowed(matcher.forms[number], hay.text, first, behind, void)
        for number, first, behind, void in zip(
            *(column[watched].tolist() for column in (pattern, start, end, is_void)), strict=True
        )
    ]
    pattern, start, end = pattern[is_sound], start[is_sound], end[is_sound]
    places = place_finds(hay, start)
    return Matches(places.docs, places.starts, places.starts + end - start, pattern, is_broken[is_sound])


def _find_in_codes(matcher: Matcher, codes: np.ndarray) -> np.ndarray:
    """Find patterns in code points: number of the pattern, start, end.

    Searched as pairs of bytes, which are fewer than those of UTF-8 and need no counting to tell the place.
    """
    if len(codes) and codes.max() > 0xFFFF:
        pairs = codes.tobytes().decode(_UTF32).encode(_UTF16)
        number = np.repeat(np.arange(len(codes) + 1), np.append(1 + (codes > 0xFFFF), 1))
    else:
        pairs, number = codes.astype(np.uint16).tobytes(), None
    found = find_patterns(matcher.automaton, pairs, overlapping=True)
    found = found[found[:, 1] % 2 == 0]  # others begin within a character
    found[:, 1:] //= 2
    if number is not None:
        found[:, 1:] = number[found[:, 1:]]
    return found


def _find_void(matcher: Matcher, found: np.ndarray) -> np.ndarray:
    """Tell which finds stand in the words of their guard."""
    guards = found[np.isin(found[:, 0], list(matcher.voids))].tolist()
    pairs = [(form, start + at) for pattern, start, _ in guards for form, at in matcher.voids[pattern]]
    forms, places = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return np.isin(found[:, 1] * len(matcher.lengths) + found[:, 0], places * len(matcher.lengths) + forms)


def _is_allowed(form: _Form, text: str, start: int, end: int, is_void: bool) -> bool:
    """Look at the characters in and around a match that can make it void."""
    is_broken = end - start > len(form.bare) and not form.has_quotes
    if is_broken and _ONE_QUOTED.search(text[max(0, start - 1) : end + 1]):
        return False
    if not (is_void or form.is_numeric or form.quoted_only):
        return True
    before = "".join(text[max(0, start - _REACH) : start].split())
    after = "".join(text[end : end + _REACH].split())
    if before and after and before[-1] in QUOTES and after[0] in QUOTES:
        return True  # set off by quotation marks: a coinage, whatever stands around it
    return not (
        is_void
        or form.quoted_only
        or _is_cut_formula(form.bare, before, after)
        or _is_cut_numeral(form.bare, before)
    )


def _is_cut_formula(form: str, before: str, after: str) -> bool:
    """Tell whether a formula of digits and letters goes on before or behind the match."""
    head = _FORMULA.match(form[0]) and before and re.match(r"[0-9a-z+.]", skeleton(before[-1]))
    tail = _FORMULA.match(form[-1]) and after and _FORMULA.match(skeleton(after))
    return bool(head or tail)


def _is_cut_numeral(form: str, before: str) -> bool:
    """Tell whether the numeral that a form begins with is the end of a longer one."""
    if not before or not _NUMERAL.match(form[0]):
        return False
    last = before[-1]
    if last == "一":  # 之一, 统一, 第一 and so on end in 一 without being a numeral
        return len(before) > 1 and before[-2] in _ANY_NUMERAL
    return last in _ANY_NUMERAL or (form[0] in _UNIT and last.isdigit())
