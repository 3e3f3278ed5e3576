"""Labelled articles and pages: reading the gold."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd

#: Parts of a place, largest first, as the gold writes them.
PLACE_PARTS = ("province", "city", "county")
_WHITE = re.compile(r"[\s\u200b\ufeff]+")
_HALF = str.maketrans("，；：？！（）“”‘’～．", ",;:?!()\"\"''~.")
_BYLINE_ROLE = re.compile(r"[\u4e00-\u9fff]*?(?:记者|通讯员|实习生|评论员)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}[省市县区旗州]")
_OPENING = re.compile(r"^据?(?:本报|新华社)[^（，。]{2,24}电（(?:本报|新华社)?(?:记者|通讯员)([^）]+)）")
_CLOSING = re.compile(r"（本报记者([^）、]{2,12})）")


class GoldError(ValueError):
    """A file of labelled articles cannot be read."""


def read_gold(path: str | Path) -> pd.DataFrame:
    """Read labelled articles.

    Two forms are understood. `articles.json` names authors and datelines and bounds the text by core_start
    and core_end. Assembled pages have a `byline` as printed; names in the brackets of a dispatch line
    (`本报北京5月7日电（记者 …）`) and of a closing `（本报记者 …）` count as authors, too, and the body
    is taken whole, with what the paper printed at its end (a dispatch note, a kicker repeated there).

    Args:
        path: The JSON file.

    Returns:
        One row per labelled article, in the order of the file: file, headline (kicker, headline and subhead
        joined), text, names (joined by ;), dateline, also (another sound reading of it), event_date,
        page_date (ISO; missing where the form does not say), says_date (True when the form says the day, or
        that the page prints none).

    Raises:
        GoldError: The file is absent or of another form.
    """
    try:
        labels = json.loads(Path(path).read_text(encoding="utf-8"))
        return pd.DataFrame([_read_label(label) for label in labels if label.get("kind") == "article"])
    except OSError as error:
        raise GoldError(f"{path}: cannot be read ({error.strerror}); expected a JSON file") from error
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: {error!r}; expected a JSON list of labelled articles") from error


def read_gold_pages(path: str | Path) -> pd.DataFrame | None:
    """Read labelled pages; None when the file is absent.

    Returns:
        One row per page: file, page_date (ISO), province, city, county.
    """
    file = Path(path)
    if not file.exists():
        return None
    rows = []
    for label in json.loads(file.read_text(encoding="utf-8")):
        parts = [part.strip() for part in str(label.get("place", "")).split("/")]
        rows.append(
            {
                "file": label["file"],
                "page_date": label.get("page_date"),
                **dict(zip(PLACE_PARTS, parts, strict=False)),
            }
        )
    return pd.DataFrame(rows)


def plain(text: object) -> str:
    """Take white space out and make punctuation half as wide, so that two editions of a text compare.

    Example:
        >>> plain("你好， “世界”")
        '你好,"世界"'
    """
    return _WHITE.sub("", text).translate(_HALF) if isinstance(text, str) else ""


def _read_label(label: dict) -> dict:
    heads = [label.get(name) for name in ("kicker", "headline", "sub")]
    assembled = "authors" not in label
    return {
        "file": label["file"],
        "headline": " ".join(head for head in heads if head),
        "text": _core(label),
        "names": ";".join(_names(label) if assembled else [author["name"] for author in label["authors"]]),
        "dateline": None if assembled else label.get("dateline") or "",
        "also": label.get("first_date_in_lead"),
        "event_date": label.get("event_date"),
        "page_date": label.get("page_date"),
        "says_date": "page_date" in label,
    }


def _core(label: dict) -> str:
    body = _WHITE.sub("", label["body"])
    if "core_start" not in label:
        return body
    start, end = _WHITE.sub("", label["core_start"]), _WHITE.sub("", label["core_end"])
    return body[max(0, body.find(start)) : body.rfind(end) + len(end)]


def _names(label: dict) -> list[str]:
    """Names of a byline as printed; a name of two characters is printed with a space inside."""
    names = _split_names(label.get("byline") or "")
    for pattern in (_OPENING, _CLOSING):
        match = pattern.search(label["body"] if pattern is _OPENING else label["body"][-60:])
        names += _split_names(match.group(1)) if match else []
    return list(dict.fromkeys(names))


def _split_names(byline: str) -> list[str]:
    words = _BYLINE_ROLE.sub(" ", byline.replace("\u200b", "")).replace("、", " ").split()
    if len(words) > 1 and _PLACE.fullmatch(words[0]):
        words = words[1:]
    names: list[str] = []
    open_name = False
    for word in words:
        if open_name and len(word) == 1:
            names[-1] += word
            open_name = False
        else:
            names.append(word)
            open_name = len(word) == 1
    return names
