"""Role words of bylines: 记者, 通讯员, 摄 (`byline_roles.tsv`)."""

from __future__ import annotations

import re
from functools import cache

from analysis.word_lists import LEXICONS


def has_role(text: str) -> bool:
    """Tell whether a role word of bylines stands in a text."""
    return bool(_any_role().search(text))


def find_roles(source: str) -> list[tuple[int, int]]:
    """Find where a page has role words of bylines: their starts and ends."""
    return [match.span() for match in _any_role().finditer(source)]


@cache
def read_roles() -> dict[str, str]:
    """Role words of bylines: the printed word, and what the column `authors` says for it."""
    rows = (LEXICONS / "byline_roles.tsv").read_text(encoding="utf-8").splitlines()
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {printed: role for printed, role in cells if printed != "printed"}


@cache
def write_roles() -> str:
    """Write the pattern of role words, which may be spaced; a single character is one in its place only."""
    strong = [r"\s*".join(word) for word in sorted(read_roles(), key=len, reverse=True) if len(word) > 1]
    beside = r"(?<=[/／])[文图](?![\u3400-\u9fff])|(?<![\u3400-\u9fff])[文图](?=\s*[/／])"
    behind = r"(?<=[\u3400-\u9fff]{2}\s)[文图](?![\u3400-\u9fff])"
    return "|".join([*strong, r"摄(?![\u3400-\u9fff])", beside, behind])


@cache
def _any_role() -> re.Pattern[str]:
    """Finds whether any role word stands in a text, not which.

    As `write_roles`, but every branch opens with a character, which is searched for much faster, and words
    with another one inside are left out.
    """
    words = [word for word in read_roles() if len(word) > 1]
    strong = [r"\s*".join(word) for word in words if not any(w in word for w in words if w != word)]
    beside = [
        form.replace("X", char)
        for char in "文图"
        for form in (
            r"X(?<=[/／]X)(?![\u3400-\u9fff])",
            r"X(?<![\u3400-\u9fff]X)(?=\s*[/／])",
            r"X(?<=[\u3400-\u9fff]{2}\sX)(?![\u3400-\u9fff])",
        )
    ]
    return re.compile("|".join([*strong, r"摄(?![\u3400-\u9fff])", *beside]))


@cache
def role_pattern() -> re.Pattern[str]:
    """The pattern that cuts a byline at its role words and keeps them."""
    return re.compile(f"({write_roles()})")
