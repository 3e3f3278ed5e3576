"""Names that jieba cuts: put together where an article shows that they belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.tokens.token import INSTITUTION, PLACE, SLOGAN, TITLE, UNKNOWN, Token

#: A word must stand so often with the same character beside it.
_MINIMUM = 2
#: Flags of single characters that may be part of a name: surnames and given names, nouns, adjectives, stems.
_NAME_CHARACTER = ("nr", "n", "a", "g", "j", "z", UNKNOWN)
_PERSON = "nr"
#: Words of our own lists are whole already.
_WHOLE = (SLOGAN, TITLE, INSTITUTION, PLACE)


class _Pair(NamedTuple):
    """Two tokens that stand side by side."""

    left: str
    right: str


def join_names(texts: Sequence[list[Token]]) -> list[list[Token]]:
    """Join a word and the single character that always stands beside it in an article.

    仲 + 旭东 and 施惠 + 芳 are names that jieba cuts. They are joined where the word stands at least twice
    in the article, each time with the same character on the same side, and one of the two looks like part
    of a name: the word is in no dictionary or a given name, or the character is a surname or given name.

    Args:
        texts: The tokens of the texts of one article.

    Returns:
        The same texts with such pairs as one token, flagged as not in the dictionary.

    Example:
        >>> cut = [Token("仲", "zg", 0, 1), Token("旭东", "nr", 1, 3)]
        >>> [token.word for token in join_names([cut, cut])[0]]
        ['仲旭东']
        >>> [token.word for token in join_names([cut])[0]]
        ['仲', '旭东']
    """
    pairs = _find_names(texts)
    return [list(_join(tokens, pairs)) for tokens in texts] if pairs else [list(tokens) for tokens in texts]


def _find_names(texts: Iterable[Sequence[Token]]) -> set[_Pair]:
    words: Counter[str] = Counter()
    pairs: Counter[_Pair] = Counter()
    for tokens in texts:
        words.update(token.word for token in tokens)
        for left, right in pairwise(tokens):
            if left.end == right.start and (_is_name(left, right) or _is_name(right, left)):
                pairs[_Pair(left.word, right.word)] += 1
    return {pair for pair, n in pairs.items() if n >= _MINIMUM and n == words[max(pair, key=len)]}


def _is_name(word: Token, character: Token) -> bool:
    """Tell whether a word and the single character beside it may be one name."""
    if word.flag in _WHOLE or not 1 < len(word.word) <= 3 or len(character.word) != 1:
        return False
    is_unknown = word.flag == UNKNOWN or word.flag.startswith(_PERSON)
    return (is_unknown and character.flag.startswith(_NAME_CHARACTER)) or (
        len(word.word) == 2 and character.flag.startswith(_PERSON)
    )


def _join(tokens: Sequence[Token], pairs: set[_Pair]) -> Iterator[Token]:
    held: Token | None = None
    for token in tokens:
        if held and held.end == token.start and _Pair(held.word, token.word) in pairs:
            yield Token(held.word + token.word, UNKNOWN, held.start, token.end)
            held = None
            continue
        if held:
            yield held
        held = token
    if held:
        yield held
