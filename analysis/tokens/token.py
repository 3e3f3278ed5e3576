"""What a token is: a word with its flag and place."""

from __future__ import annotations

from typing import NamedTuple

#: Flags of our own beside jieba's part-of-speech tags (n, v, ns, nr, t, m, ...; x: not in its dictionary).
SLOGAN, TITLE, INSTITUTION = "slogan", "title", "institution"
PLACE, DATE, LATIN, UNKNOWN = "ns", "t", "eng", "x"


class Token(NamedTuple):
    """One word: its surface or slogan name, its flag, and where it stands in the text."""

    word: str
    flag: str
    start: int
    end: int
