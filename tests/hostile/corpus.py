"""Files whose names, headlines, authors, papers, texts and lexicon are full of what acts in a page."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

#: The host that no page may call.
EVIL = "evil.example"
PAYLOADS = (
    f"<script>fetch('//{EVIL}/a');alert(1)</script>",
    f"<img src=http://{EVIL}/b.png onerror=alert(2)>",
    "[去看](javascript:alert(3))",
    f"![图](http://{EVIL}/c.png)",
    ":red[红字] :material/delete: :smile:",
    r"$\frac{7}{9}$",
    "**粗字** _斜字_ `码字`",
    f'<a href="http://{EVIL}/e">点我</a>',
)
#: Slogans of the hostile lexicon, which the texts hold.
SLOGANS = ("**两强**三提高", ":red[红船]精神", "![示范](x)区", f'<a href="http://{EVIL}/d">四个</a>全面')
#: What Streamlit's Markdown acts on, in words of the payloads; raw tags act in HTML alone.
ACTS = re.compile(
    r"\]\((?:javascript:|http:|x\))|:(?:red|rainbow)\[|\$\\frac|\*\*(?:粗|两)|_斜|`码|:smile:|:material/delete:"
)
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_LEAD = "本报讯 昨日上午，我县召开会议，学习贯彻全会精神，部署一老一小、新质生产力等工作，推动高质量发展。"


def acts(text: str) -> bool:
    """Tell whether a text acts as Markdown, marks behind a backslash aside.

    Example:
        >>> acts("**粗字**"), acts(r"\\*\\*粗字\\*\\*")
        (True, False)
    """
    return bool(ACTS.search(_ESCAPED.sub("\\\\", text)))


def write_corpus(folder: Path) -> None:
    """Write the corpus: a table of articles for each of two places, and pages of hostile names."""
    folder.mkdir(parents=True, exist_ok=True)
    for place, paper in (("安吉县", "安吉新闻"), ("宁海县", f"宁海{PAYLOADS[6]}{PAYLOADS[3]}报")):
        table = io.StringIO()
        rows = csv.writer(table)
        rows.writerow(["标题", "正文", "日期", "报纸", "记者", "county"])
        for number, payload in enumerate(PAYLOADS * 2):
            slogans = "，".join(SLOGANS)
            text = f"{_LEAD}{payload}会议强调，{slogans}。\n\n{payload}{slogans}，要抓好落实{number}。"
            day = f"2024-0{number % 6 + 1}-1{number % 7}"
            headline, author = f"{payload}开会{number}", f"张{payload[:6]}三"
            rows.writerow([headline, text, day, paper, author, f"{place}{payload}"])
        name = f"{place} **粗字** ![图](x) {PAYLOADS[5].replace('/', '')}.csv"
        (folder / name).write_text(table.getvalue(), encoding="utf-8")
    for number, payload in enumerate(PAYLOADS):
        page = f"**粗字**{payload}会议召开{number}\n\n{_LEAD}{payload}\n\n" * 2
        (folder / f"2024-03-0{number + 1} {payload.replace('/', '∕')}.txt").write_text(page, encoding="utf-8")
    (folder / "空 **粗字** ![图](x).txt").write_bytes(b"")


def write_taxonomy() -> str:
    """Write the taxonomy; its topics hold what acts."""
    return f"养老 {PAYLOADS[6]} ![图](x)\t一老一小\t4\n产业 :red[红字]\t新质生产力\t4\n会议<b>\t会议\t1\n"


def write_lexicon() -> str:
    """Write the lexicon."""
    rows = [f"{slogan}\tgovernance\t{PAYLOADS[6]} ![图](x)" for slogan in SLOGANS]
    return "\n".join(["slogan\tcategory\tgloss", *rows]) + "\n"
