"""Small sources for the tests of stores: pages, tables of articles, and both with faults among them."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

from analysis.corpus import Tables
from analysis.export import format_csv
from analysis.schema import TABLES

SEEDS = Path(__file__).parent.parent.parent / "seeds"
_SENTENCES = (
    "昨天上午，县委召开“一老一小”工作推进会。",
    "全县推进共同富裕示范区建设，打造“晨光夜谈”品牌。",
    "记者从县农业农村局获悉，乡村振兴项目全面开工。",
    "要坚持和发展新时代“枫桥经验”，健全基层治理。",
    "今年以来，企业提质增效，数字经济加快发展。",
    "医院医生走进社区，为老年人义诊。",
    "八八战略引领绿色发展，生态环境持续改善。",
    "学校教师开展课后服务，学生参加劳动教育。",
)


def write_table(path: Path, rows: int, *, seed: int = 1) -> Path:
    """Write articles made of known sentences as JSON lines, the same for the same seed."""
    chance = random.Random(seed)
    lines = [json.dumps(_row(chance, number), ensure_ascii=False) for number in range(rows)]
    content = ("\n".join(lines) + "\n").encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


def copy_seeds(folder: Path, count: int = 5) -> Path:
    """Copy some of the pages that the product opens with."""
    folder.mkdir(exist_ok=True)
    for path in sorted(SEEDS.glob("*.txt"))[:count]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def write_tables(tables: Tables) -> dict[str, bytes]:
    """Write the nine tables as they are exported."""
    return {name: format_csv(getattr(tables, name)[table.exported]) for name, table in TABLES.items()}


def _row(chance: random.Random, number: int) -> dict[str, str]:
    day = f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    text = "".join(chance.choices(_SENTENCES, k=chance.randint(2, 9)))
    paper = chance.choice(["今日新昌", "萧山日报", "衢州日报"])
    return {"date": day, "paper": paper, "title": f"{chance.choice(_SENTENCES)[:9]}{number}", "text": text}
