"""One short text, word by word: the tokens of `split.split_columns` without the fixed cost of its arrays.

Thousands of stretches of a few characters are cut when offices are read; held equal by tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analysis.tokens.dictionary import Dictionary
from analysis.tokens.names import may_take_suffix, read_place_suffixes
from analysis.tokens.pieces import PIECE
from analysis.tokens.token import PLACE, UNKNOWN, Token


def split_short(text: str, dictionary: Dictionary) -> list[Token] | None:
    """Split a short text without slogans.

    Args:
        text: Any text.
        dictionary: Segmenter and parts of speech.

    Returns:
        The tokens; None where the text repeats a word, so that names may have to be put together.
    """
    tokens = list(_split(text, dictionary))
    words = [token.word for token in tokens if len(token.word) > 1]
    return tokens if len(set(words)) == len(words) else None


def _split(text: str, dictionary: Dictionary) -> Iterator[Token]:
    for piece in PIECE.finditer(text):
        if piece.lastgroup == "han":
            yield from _join_places(_cut(piece.group(), piece.start(), dictionary))
        else:
            yield Token(piece.group(), piece.lastgroup or UNKNOWN, piece.start(), piece.end())


def _cut(run: str, start: int, dictionary: Dictionary) -> Iterator[Token]:
    for word in dictionary.cut(run):
        yield Token(word, dictionary.tags.get(word, UNKNOWN), start, start + len(word))
        start += len(word)


def _join_places(tokens: Iterable[Token]) -> Iterator[Token]:
    suffixes = read_place_suffixes()
    held: Token | None = None
    for token in tokens:
        if held and token.word in suffixes and may_take_suffix(len(held.word), held.flag):
            held = Token(held.word + token.word, PLACE, held.start, token.end)
            continue
        if held:
            yield held
        held = token
    if held:
        yield held
