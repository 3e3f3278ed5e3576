"""Words that the dictionary lacks, guessed from their characters by jieba's hidden Markov model.

What the dictionary leaves as single characters in a row is cut anew: each character begins a word, stands
in its middle, ends it, or is one. The most probable sequence is found for thousands of runs at once, adding
in the order in which `jieba.finalseg` adds, so that sums and ties are the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

#: States of a character: begin, middle, end, single. The order of the rows of all tables here.
STATES = "BMES"
#: Takes the place of the logarithm of zero.
_NEVER = -3.14e100
_BEGIN, _MIDDLE, _END, _SINGLE = range(4)
#: Which states may stand before each state; of equally probable ones jieba takes the later letter.
_EARLIER_LETTER = np.array([_END, _BEGIN, _BEGIN, _END])
_LATER_LETTER = np.array([_SINGLE, _MIDDLE, _MIDDLE, _SINGLE])


class WordModel(NamedTuple):
    """Logarithms of probabilities.

    Attributes:
        first: Of each state at the beginning of a run.
        after_earlier: Of each state after the state before it that has the earlier letter.
        after_later: Of each state after the one that has the later letter.
        emissions: Of each character in each state, states x characters from `origin` on.
        origin: Code point of the first character of the table.
    """

    first: np.ndarray
    after_earlier: np.ndarray
    after_later: np.ndarray
    emissions: np.ndarray
    origin: int


def make_model(
    first: Mapping[str, float],
    transitions: Mapping[str, Mapping[str, float]],
    emissions: Mapping[str, Mapping[str, float]],
    characters: tuple[str, str],
) -> WordModel:
    """Put jieba's tables into arrays.

    Args:
        first: Logarithm of the probability of each of `STATES` at the beginning of a run.
        transitions: State -> next state -> logarithm.
        emissions: State -> character -> logarithm.
        characters: First and last character that runs are made of.

    Returns:
        The model.
    """
    before = np.array([[transitions[x].get(y, _NEVER) for y in STATES] for x in STATES])
    origin, last = map(ord, characters)
    table = np.full((len(STATES), last - origin + 1), _NEVER)
    for row, state in enumerate(STATES):
        for character, value in emissions[state].items():
            if origin <= ord(character) <= last:
                table[row, ord(character) - origin] = value
    every = range(len(STATES))
    return WordModel(
        np.array([first[state] for state in STATES]),
        before[_EARLIER_LETTER, every],
        before[_LATER_LETTER, every],
        table,
        origin,
    )


def mark_word_starts(characters: np.ndarray, lengths: np.ndarray, model: WordModel) -> np.ndarray:
    """Mark the characters that begin a word, or are one.

    Args:
        characters: Code points of the runs, one run after the other.
        lengths: Length of each run, at least 1.
        model: From `make_model`.

    Returns:
        One bool a character.
    """
    marks = np.zeros(len(characters), dtype=bool)
    if not len(lengths):
        return marks
    # The longest first: the runs that still go on at a step are then the first ones.
    order = np.argsort(-lengths, kind="stable")
    begins = (np.cumsum(lengths) - lengths)[order]
    going = np.searchsorted(-lengths[order], -np.arange(lengths.max()), side="left")
    codes = characters.astype(np.int64) - model.origin
    states, later = _find_best(codes, begins, going, model)
    for step in range(len(going) - 1, -1, -1):
        now = states[: going[step]]
        marks[begins[: going[step]] + step] = (now == _BEGIN) | (now == _SINGLE)
        if step:
            is_later = later[step][now, np.arange(len(now))]
            states[: going[step]] = np.where(is_later, _LATER_LETTER[now], _EARLIER_LETTER[now])
    return marks


def _find_best(
    codes: np.ndarray, begins: np.ndarray, going: np.ndarray, model: WordModel
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Find the best last state of each run; for each step, the states best reached from the later letter."""
    values = model.first[:, None] + model.emissions[:, codes[begins]]
    later = [np.empty((0, 0), dtype=bool)]
    for step in range(1, len(going)):
        before = values[:, : going[step]]
        emitted = model.emissions[:, codes[begins[: going[step]] + step]]
        from_earlier = before[_EARLIER_LETTER] + model.after_earlier[:, None] + emitted
        from_later = before[_LATER_LETTER] + model.after_later[:, None] + emitted
        later.append(from_later >= from_earlier)
        values[:, : going[step]] = np.where(later[-1], from_later, from_earlier)
    return np.where(values[_SINGLE] >= values[_END], _SINGLE, _END), later
