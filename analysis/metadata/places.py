"""The county, city or province whose paper a page is, from how the page speaks of it.

A local paper says 我县 and writes 县委书记 without saying of which county: that is its voice, and it
tells the level. (Behind 、 or in a quotation, 县委 may be any county's.) Which place of that level it is,
the names tell: the place itself, in full or for short, its townships, and the bodies that publish the paper.
A place that is named together with its city (衢州市衢江区) is somebody else's. A page without such a
voice, as of a national paper, gets no place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from analysis.metadata.gazetteer import Mention, Place, find_mentions, read_everyday_names
from analysis.metadata.page_text import PageText
from analysis.metadata.papers import find_scope, is_national

#: Weight of 我县 against a bare 县委 or 县长, of a township against a name, of a publisher or title line.
OWN_WEIGHT, TOWN_WEIGHT, PUBLISHER_WEIGHT = 3, 3, 12
#: A page speaks as a local paper from this much voice on (see `_voices`).
LEAST_VOICE = 4
#: Least evidence for a place, and how many times that of the next place it must be.
LEAST_EVIDENCE, LEAD = 3, 1.5
#: Uses of the everyday name that count without the full one, if the city is named too.
LEAST_SHORT = 4
#: Uses of the full name, more than of the everyday one, that make a place of an everyday word (平安区).
LEAST_FULL = 2
#: A publisher line is short.
LINE_CHARS = 40
#: The everyday name speaks less for a division that ended than for its heir.
ENDED_WEIGHT = 0.5

#: Parts of a city that share their names with districts.
_NO_NAMES = {"城区", "新区", "市区", "郊区", "矿区"}
_OWN = re.compile(r"我([县区市旗州盟])(?!委员|级|场|民)")
_BODY = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z×、“\"‘])(?:常务|原)?副?([县区市旗州盟])"
    r"(?:委(?!员)|长(?![江期久远杯])|政府|人大|政协|领导|公安局|法院|纪委)"
)
_PUBLISHER = re.compile(r"融媒体中心|传媒(?:中心|集团)|新闻(?:中心|传媒)|报社|主管|主办|联办|承办|出版")


_CREDIT = re.compile(r"[，。；,;()《》“”]|记者|通讯员|供图|摄|来源")


class Location(NamedTuple):
    """Full official names; None where unknown or where there is none."""

    province: str | None = None
    city: str | None = None
    county: str | None = None


def find_location(page: PageText, title: str | None = None) -> Location:
    """Find the place whose paper a page is.

    Args:
        page: The prepared page.
        title: Title of the paper, when the page prints it.

    Returns:
        Province, city and county as far as the evidence goes: of a name that several cities share (鼓楼区)
        only the county, unless the page tells the city.

    Example:
        >>> from analysis.metadata.page_text import prepare_text
        >>> text = "本报讯 我县召开会议，县委书记讲话。安吉县鄣吴镇、天荒坪镇参加。衢州市衢江区来安吉考察。"
        >>> find_location(prepare_text(text))
        Location(province='浙江省', city='湖州市', county='安吉县')
    """
    if is_national(title):
        return Location()
    published = _published(page.lines, title)
    voices = _voices(page.joined)
    if sum(voices.values()) < LEAST_VOICE:
        return locate_paper(title)
    voices.update({place.suffix: LEAST_VOICE for place in published if place.level != "province"})
    evidence = _weigh(_count(find_mentions(page.joined)), published)
    return _decide(evidence, voices)


def locate_paper(title: str | None) -> Location:
    """The place that the title of a paper tells (新昌县 of 今日新昌); nothing for national papers.

    Example:
        >>> locate_paper("嘉兴日报·平湖版"), locate_paper("人民日报").province
        (Location(province='浙江省', city='嘉兴市', county='平湖市'), None)
    """
    return _shared(_titled(title)) if title and not is_national(title) else Location()


class _Names(NamedTuple):
    """How often a page names each place: in full, for short, below its city; its townships; its cities."""

    full: Counter[Place]
    short: Counter[Place]
    chained: Counter[Place]
    towns: dict[Place, dict[str, float]]
    cities: Counter[str]


class _Evidence(NamedTuple):
    """What speaks for each place, and what tells places of one name apart."""

    weights: dict[Place, float]
    names: _Names


def _voices(joined: str) -> Counter[str]:
    """How much the page speaks as a county, a district, a city …: 我县 and bare 县委 by the level's word."""
    voices: Counter[str] = Counter()
    for match in _OWN.finditer(joined):
        voices[match[1]] += OWN_WEIGHT
    for match in _BODY.finditer(joined):
        voices[match[1]] += 1
    return voices


def _published(lines: list[str], title: str | None) -> set[Place]:
    """Places in lines that say who publishes, and in the title."""
    found: set[Place] = set()
    for line in [*lines[:12], *lines[-8:]]:
        if len(line) <= LINE_CHARS and _PUBLISHER.search(line) and not _CREDIT.search(line):
            text = line.replace(" ", "")
            full = [mention for mention in find_mentions(text) if mention.kind == "full"]
            found.update(place for mention in full for place in mention.places if not place.until)
    return found | set(_titled(title))


def _titled(title: str | None) -> list[Place]:
    """The last place that a title names: 平湖 of 嘉兴日报·平湖版."""
    names = [mention for mention in find_mentions(find_scope(title or "")) if mention.kind != "township"]
    return [place for place in names[-1].places if not place.until] if names else []


def _count(mentions: list[Mention]) -> _Names:
    """Count the names of a page; a place named below its city is another's, and so is its township."""
    names = _Names(Counter(), Counter(), Counter(), defaultdict(dict), Counter())
    last: Mention | None = None
    for mention in mentions:
        above = last if last and last.end == mention.start else None
        last = mention
        if mention.kind == "township":
            if above is None or above.kind == "township":
                for place in mention.places:
                    names.towns[place][mention.name] = 1 / len(mention.places)
            continue
        if mention.name in _NO_NAMES:
            continue
        names.cities.update({place.name for place in mention.places if place.level == "city"})
        below = [place for place in mention.places if above and _is_below(place, above.places)]
        if below:
            names.chained.update(below)
        else:
            (names.full if mention.kind == "full" else names.short).update(mention.places)
    return names


def _weigh(names: _Names, published: set[Place]) -> _Evidence:
    """Add up what the names say for each place that is named as a place, not by an everyday word alone."""
    weights: dict[Place, float] = {}
    for place in {*names.full, *names.short, *names.towns, *published}:
        towns = sum(names.towns[place].values()) if place in names.towns else 0.0
        full, short = names.full[place], names.short[place]
        city_named = place.level == "county" and names.cities[place.city] > 0
        borne_out = towns >= 1 or place in published or (full >= LEAST_FULL and full > short)
        anchored = full or names.chained[place] or borne_out or (short >= LEAST_SHORT and city_named)
        everyday = place.level == "county" and place.short in read_everyday_names()
        if anchored and (borne_out or city_named or not everyday):
            named = full + short * (ENDED_WEIGHT if place.until else 1)
            weights[place] = named + TOWN_WEIGHT * towns + PUBLISHER_WEIGHT * (place in published)
    return _Evidence(weights, names)


def _decide(evidence: _Evidence, voices: Counter[str]) -> Location:
    """Take the place with most evidence at the level that the page speaks from, if it leads clearly."""
    total = sum(voices.values())
    best: dict[str, float] = {}
    for place, weight in evidence.weights.items():
        if weight >= LEAST_EVIDENCE:
            score = weight * voices[place.suffix] / total
            best[place.name] = max(best.get(place.name, 0.0), score)
    ranked = sorted(((score, name) for name, score in best.items() if score > 0), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] < LEAD * ranked[1][0]):
        return Location()
    namesakes = [place for place in evidence.weights if place.name == ranked[0][1]]
    namesakes = [place for place in namesakes if not place.until] or namesakes
    return _shared(_tell_apart(namesakes, evidence))


def _tell_apart(namesakes: list[Place], evidence: _Evidence) -> list[Place]:
    """Keep the namesakes that the page's cities, townships and publishers speak for most."""

    def weight(place: Place) -> float:
        return evidence.weights[place] + evidence.names.cities[place.city] + 2 * evidence.names.chained[place]

    most = max(weight(place) for place in namesakes)
    return [place for place in namesakes if LEAD * weight(place) > most]


def _shared(places: list[Place]) -> Location:
    """What all of the places have in common."""

    lowest = [place for place in places if place.level == "county"] or places
    places = [place for place in lowest if place.level != "province"] or lowest

    def one(values: Iterable[str]) -> str | None:
        found = set(values)
        return (found.pop() or None) if len(found) == 1 else None

    return Location(
        one(place.province for place in places),
        one(place.city for place in places),
        one(place.name if place.level == "county" else "" for place in places),
    )


def _is_below(place: Place, others: Iterable[Place]) -> bool:
    return any(
        (other.level == "city" and place.level == "county" and place.city == other.name)
        or (other.level == "province" and place.level != "province" and place.province == other.name)
        for other in others
    )
