"""How soundly the text of a page reads."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

#: Characters that one unpaired bracket or quotation mark stands for: about one line lost or out of place.
LINE_CHARS = 20
#: A line longer than this is no wrapped one; ending in mid-sentence it counts as half a line lost.
LONG_LINE = 60

_OPENING = "“‘《〈（【「『"
_CLOSING = "”’》〉）】」』"
_PARTNER = dict(zip(_CLOSING, _OPENING, strict=True))
_MARK = re.compile(f"[{_OPENING}{_CLOSING}]")
_CUT = re.compile(r"[^。!?！？…”\"’』」)）】:：;；\s]")
_SOUND = re.compile(
    r"[\x21-\x7e\u00b0-\u00b7\u00d7\u00e0-\u00fc\u2010-\u2027\u2030-\u203b\u2100-\u22ff\u2460-\u2473\u25a0-\u2606"
    r"\u3001-\u3017\u3105-\u3129\u3200-\u32ff\u3380-\u33df\uff01-\uff5e\uffe5]"
)


def score_quality(text: str) -> float:
    """Score the share of a page's characters that read as sound Chinese text.

    Convention: of all characters that are no white space, those do not count that are no Hanzi of GB 2312 or
    Big5, no ASCII and no usual mark (slips of OCR, wrong encodings, replacement characters, NUL), and twenty
    more for each bracket or quotation mark without its partner, as a line is lost or out of place there, and
    ten for each long line that ends in mid-sentence.

    Args:
        text: The page as it was read.

    Returns:
        0-1; 0 for a page without text.

    Note:
        It sees nothing of well-formed nonsense, nor of lines lost between two sentences.

    Example:
        >>> score_quality("本报讯 昨日，会议召开。"), score_quality("锟斤拷\\ufffd\\ufffd\\ufffd")
        (1.0, 0.5)
    """
    counts = Counter(text)
    total = sum(n for char, n in counts.items() if not char.isspace())
    if not total:
        return 0.0
    strays = sum(n for char, n in counts.items() if not char.isspace() and not _is_sound(char))
    lost = LINE_CHARS * (count_unpaired(text) + count_cut_lines(text) / 2)
    return round(max(0.0, 1 - (strays + lost) / total), 4)


def count_unpaired(text: str) -> int:
    """Count brackets and quotation marks without a partner of their kind; linear in the length of the text.

    Example:
        >>> count_unpaired("“一老一小”服务（试行"), count_unpaired("》《")
        (1, 2)
    """
    open_marks: Counter[str] = Counter()
    unpaired = 0
    for match in _MARK.finditer(text):
        opening = _PARTNER.get(match[0])
        if opening is None:
            open_marks[match[0]] += 1
        elif open_marks[opening]:
            open_marks[opening] -= 1
        else:
            unpaired += 1
    return unpaired + open_marks.total()


def count_cut_lines(text: str) -> int:
    """Count long lines that end in mid-sentence: paragraphs cut at the end of a column, or by a lost line.

    Example:
        >>> count_cut_lines("会" * 70 + "\\n" + "会" * 70 + "。\\n短行")
        1
    """
    return sum(
        len(line) > LONG_LINE and bool(_CUT.match(line[-1:])) for line in map(str.rstrip, text.splitlines())
    )


@cache
def _is_sound(char: str) -> bool:
    if _SOUND.match(char):
        return True
    if char < "\u00a0":
        return False
    for encoding in ("gb2312", "big5"):
        try:
            char.encode(encoding)
        except UnicodeEncodeError:
            continue
        return True
    return False
