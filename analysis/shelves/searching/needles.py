"""Characters sought among texts that are bytes, where they lie and without decoding them.

White space between the characters is passed over and letter case does not matter, as in `fields.flatten`.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.fields import flatten

#: Encodings of texts: of those in memory and of those in a store.
UTF_8, GB_18030 = "utf-8", "gb18030"
# Texts in memory may hold halves of characters; GB 18030 knows none, and says so.
_ERRORS = "surrogatepass"
#: Characters of the longest needle that is sought as bytes; of a longer one, these come first.
_LONGEST = 40
#: Characters above this one have neither case nor width.
_LAST_LETTER = 0x20000


def find_needle(column: pa.ChunkedArray, words: str, encoding: str) -> np.ndarray:
    """Find the texts that hold some characters.

    Args:
        column: Texts as bytes; none is missing.
        words: Characters, one at least; without white space.
        encoding: Of the texts, `UTF_8` or `GB_18030`.

    Returns:
        One bool a text.

    Example:
        >>> texts = [text.encode("gb18030") for text in ("托\\n育", "5ｇ", "5 G")]
        >>> find_needle(pa.chunked_array([texts]), "5g", "gb18030").tolist()
        [False, False, True]
    """
    sought = flatten(words)
    try:
        pattern = _write_pattern(sought[:_LONGEST], encoding)
    except UnicodeEncodeError:
        return np.zeros(len(column), dtype=bool)
    if not len(column):
        return np.zeros(0, dtype=bool)
    return np.concatenate([_find_in(texts, pattern, sought, encoding) for texts in column.chunks])


def may_hold(column: pa.ChunkedArray, words: str, encoding: str) -> np.ndarray:
    """Tell which texts may hold some characters as they stand, white space and case too.

    Args:
        column: As in `find_needle`.
        words: Characters, one at least.
        encoding: As in `find_needle`.

    Returns:
        One bool a text. A text may be named that lacks them, for bytes of two characters can make a third.
    """
    try:
        pattern = b"".join(_escape(character, encoding) for character in words)
    except UnicodeEncodeError:
        return np.zeros(len(column), dtype=bool)
    return pc.match_substring_regex(column, pattern).to_numpy()


def _find_in(texts: pa.Array, pattern: bytes, sought: str, encoding: str) -> np.ndarray:
    places = pc.find_substring_regex(texts, pattern).to_numpy(zero_copy_only=False)
    is_found = places >= 0
    rows = np.flatnonzero(is_found)
    if len(sought) <= _LONGEST:
        rows = rows[~_are_sure(texts.take(pa.array(rows)), places[rows], encoding)]
    for row in rows.tolist():
        is_found[row] = sought in flatten(texts[row].as_py().decode(encoding, _ERRORS))
    return is_found


def _write_pattern(sought: str, encoding: str) -> bytes:
    """Write the regular expression of flattened characters, over the bytes of an encoding."""
    letters = _find_letters()
    characters = []
    for character in sought:
        others = letters.get(character, "")
        # What has two cases in ASCII alone is left to RE2, which runs to the first of such letters faster.
        plain = f"(?i:{character})" if character.isascii() and character.isalpha() else ""
        ways = [plain.encode() or _escape(character, encoding)]
        ways += [_escape(other, encoding) for other in others if not (plain and other.isascii())]
        characters.append(ways[0] if len(ways) == 1 else b"(?:%s)" % b"|".join(ways))
    return _write_gap(encoding).join(characters)


@cache
def _find_letters() -> dict[str, str]:
    """Find, for each character, the others that become it when the case of letters is folded."""
    letters: dict[str, str] = {}
    for character in map(chr, range(_LAST_LETTER)):
        folded = flatten(character)
        if folded not in ("", character):
            letters[folded] = letters.get(folded, "") + character
    return letters


@cache
def _write_gap(encoding: str) -> bytes:
    blanks = [_escape(blank, encoding) for blank in map(chr, range(_LAST_LETTER)) if blank.isspace()]
    return b"(?:%s)*" % b"|".join(blanks)


def _escape(character: str, encoding: str) -> bytes:
    return b"".join(b"\\x%02x" % byte for byte in character.encode(encoding, _ERRORS))


def _are_sure(texts: pa.Array, places: np.ndarray, encoding: str) -> np.ndarray:
    """Tell where a find certainly begins at a character, and not in the middle of one.

    In UTF-8 every find does. In GB 18030 bytes from 0x80 up come in pairs behind the last one below, but
    for the third byte of a character of four, which stands between two digits.

    Args:
        texts: Texts as bytes.
        places: Of the find in each text, in bytes.
        encoding: Of the texts.

    Returns:
        One bool a text.

    Source:
        GB 18030-2022, the ranges of its one, two and four bytes.
    """
    if encoding == UTF_8 or not len(texts):
        return np.ones(len(texts), dtype=bool)
    _, offsets, content = texts.buffers()
    width = np.int64 if pa.types.is_large_binary(texts.type) else np.int32
    stream = np.frombuffer(content, np.uint8)
    starts = np.frombuffer(offsets, width)[texts.offset : texts.offset + len(texts)] + places
    low = np.flatnonzero(stream < 0x80)
    before = np.append(low, -1)[np.searchsorted(low, starts) - 1]
    is_digit = np.append((stream >= 0x30) & (stream <= 0x39), [False, False])
    is_third = (starts == before + 1) & is_digit[before] & is_digit[starts + 1]
    return ((starts - before) % 2 == 1) & ~is_third
