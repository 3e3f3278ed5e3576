"""Reading lexicons, and the rules that the product's own keeps."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.slogans import LexiconError, find_slogans, read_lexicon, roll_up, skeleton
from analysis.slogans.lexicon import (
    LEXICON_COLUMNS,
    LEXICON_FILE,
    QUOTED_ONLY,
    _find_circles,
    _Row,
    iter_forms,
    read_categories,
    split_cell,
)


def make_articles(*texts: str) -> pd.DataFrame:
    frame = pd.DataFrame({"article_id": [f"a{i}" for i in range(len(texts))], "text": list(texts)})
    return frame.assign(kicker="", headline="", subhead="")


HEADER = "slogan\tcategory\taliases\tparent\tscope\tsince\tguard\n"


@pytest.fixture
def write(tmp_path):
    def write_file(text: str, encoding: str = "utf-8"):
        path = tmp_path / "mine.tsv"
        path.write_bytes(text.encode(encoding))
        return path

    return write_file


def test_own_lexicon_is_large_sorted_and_complete():
    lexicon = read_lexicon()
    assert len(lexicon) >= 800
    assert lexicon["slogan"].tolist() == sorted(set(lexicon["slogan"]))
    assert (lexicon["gloss"] != "").all()
    assert set(lexicon["scope"]) == {"national", "provincial", "city", "county"}
    assert set(lexicon["category"]) <= set(read_categories())
    assert lexicon["since"].dropna().between(1940, 2030).all()
    assert {name: str(t) for name, t in lexicon.dtypes.items()} == LEXICON_COLUMNS


def test_own_lexicon_has_a_header_that_says_what_it_is():
    head = [line for line in LEXICON_FILE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    for word in ("file:", "format:", "categories:", "source:", "licence:", "used by:"):
        assert any(word in line for line in head), word


def test_no_alias_holds_its_own_slogan():
    # It would hide the slogan without adding a hit.
    forms = iter_forms(read_lexicon())
    assert [form for slogan, form, _ in forms if form != slogan and skeleton(slogan) in skeleton(form)] == []


def test_every_form_of_the_own_lexicon_is_found_as_its_slogan():
    forms = list(iter_forms(read_lexicon()))
    articles = make_articles(*(f"：“{form}”。" for _, form, _ in forms))
    hits = find_slogans(articles).drop_duplicates("article_id").set_index("article_id")["slogan"]
    wrong = [form for i, (slogan, form, _) in enumerate(forms) if hits.get(f"a{i}") != slogan]
    assert wrong == []


def test_every_guard_of_the_own_lexicon_keeps_its_words_out():
    wrong = []
    for slogan, form, guard in iter_forms(read_lexicon()):
        contexts = [item.replace("~", form) for item in split_cell(guard) if item != QUOTED_ONLY]
        hits = find_slogans(make_articles(*contexts)) if contexts else None
        wrong += [] if hits is None else hits.loc[hits["slogan"] == slogan, "surface"].tolist()
    assert wrong == []


def test_changing_the_frame_does_not_change_the_next_one():
    lexicon = read_lexicon()
    lexicon.loc[0, "slogan"] = "changed"
    assert read_lexicon().loc[0, "slogan"] != "changed"


def test_plain_list_needs_no_header_row(write):
    lexicon = read_lexicon(write("# mine\n小县大花园\tecology\n\n双岗建功\tparty\t双岗立功;双岗争先\n"))
    assert lexicon["slogan"].tolist() == ["小县大花园", "双岗建功"]
    assert lexicon.loc[1, "aliases"] == "双岗立功;双岗争先"
    assert lexicon["since"].isna().all()


def test_byte_order_mark_and_windows_line_ends_are_no_matter(write):
    lexicon = read_lexicon(write("slogan\tcategory\r\n小县大花园\tecology\r\n", "utf-8-sig"))
    assert lexicon[["slogan", "category"]].values.tolist() == [["小县大花园", "ecology"]]


BAD_ROWS = {
    "no category": (
        "小县大花园\t\t\t\t\t\t",
        "mine.tsv:2: '小县大花园' has no category; expected slogan<TAB>category…",
    ),
    "no slogan": ("\tparty", "mine.tsv:2: the row has no slogan; expected slogan<TAB>category…"),
    "unknown category": (
        "小县大花园\tgarden",
        "mine.tsv:2: '小县大花园' has unknown category 'garden'; expected one of",
    ),
    "unknown scope": (
        "小县大花园\tecology\t\t\tvillage",
        "has unknown scope 'village'; expected one of national",
    ),
    "no year": (
        "小县大花园\tecology\t\t\t\tlast year",
        "has since 'last year'; expected a year such as 2012",
    ),
    "unknown parent": (
        "小县大花园\tecology\t\t大大花园园",
        "has parent '大大花园园'; expected the name of another entry",
    ),
    "own parent": (
        "小县大花园\tecology\t\t小县大花园",
        "has parent '小县大花园'; expected the name of another",
    ),
    "too short": ("富\teconomy", "'富' is too short; expected at least two characters"),
    "alias too short": ("小县大花园\tecology\t“园”", "'“园”' is too short"),
    "idle guard": (
        "小县大花园\tecology\t\t\t\t\t酒店",
        "guard '酒店' does not hold '小县大花园'; expected words around",
    ),
    "too long": ("富" * 101 + "\teconomy", "富…' is too long; expected at most 100 characters"),
    "too many guards": (
        "小县大花园\tecology\t\t\t\t\t" + ";".join(f"{i}~" for i in range(101)),
        "mine.tsv:2: '小县大花园' has 101 guards; expected at most 100",
    ),
    "too many cells": ("a\tb\tc\td\te\tf\tg\th", "mine.tsv:2: 8 cells; expected at most 7"),
}


@pytest.mark.parametrize(("row", "message"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_bad_row_is_named_with_line_and_cure(write, row, message):
    with pytest.raises(LexiconError) as error:
        read_lexicon(write(HEADER + row + "\n"))
    assert message in str(error.value)


def test_form_that_stands_twice_is_named_with_both_lines(write):
    with pytest.raises(LexiconError, match=r"mine.tsv:3: '“双岗”建功' stands in line 2 already"):
        read_lexicon(write(HEADER + "双岗建功\tparty\n“双岗”建功\tparty\n"))


def test_parents_in_a_circle_are_named(write):
    rows = "双岗建功\tparty\t\t小县六大\n小县六大\tparty\t\t双岗建功\n"
    with pytest.raises(LexiconError, match=r"mine.tsv:2: '双岗建功' is among its own parents"):
        read_lexicon(write(HEADER + rows))


def test_circle_names_those_in_it_and_not_those_on_the_way(write):
    rows = "双岗建功\tparty\t\t小县六大\n小县六大\tparty\t\t小县七大\n小县七大\tparty\t\t小县六大\n"
    with pytest.raises(LexiconError) as error:
        read_lexicon(write(HEADER + rows))
    assert [line.split(":")[1] for line in str(error.value).splitlines()] == ["3", "4"]


def test_chain_of_parents_has_an_end(write):
    rows = [f"口号{i}号\tparty\t\t{f'口号{i - 1}号' if i else ''}\n" for i in range(22)]
    assert len(read_lexicon(write(HEADER + "".join(rows[:21])))) == 21
    with pytest.raises(LexiconError, match=r"mine.tsv:23: '口号21号' has 21 parents above it; .* at most 20"):
        read_lexicon(write(HEADER + "".join(rows)))


class _Counted(str):
    """A text that counts how often it is looked up."""

    lookups = 0

    def __hash__(self) -> int:
        _Counted.lookups += 1
        return super().__hash__()


@pytest.mark.parametrize("shape", ["chain", "chain upwards", "circle"])
def test_looking_for_circles_is_no_more_work_an_entry_in_a_large_lexicon(shape):
    def count(size: int) -> float:
        names = [_Counted(i) for i in range(size)]
        above = names[-1] if shape == "circle" else ""
        cells = [
            {"slogan": name, "parent": parent} for name, parent in zip(names, [above, *names], strict=False)
        ]
        _Counted.lookups = 0
        rows = [_Row(line, each) for line, each in enumerate(cells)]
        list(_find_circles(rows if shape != "chain upwards" else rows[::-1]))
        return _Counted.lookups / size

    assert count(3000) <= count(300) * 1.1


def test_lexicon_of_many_entries_is_read_and_found(write):
    # Ten thousand entries of two syllables each, in chains of twenty.
    forms = [chr(0x4E00 + i // 100) + "岗" + chr(0x5E00 + i % 100) + "联" for i in range(10_000)]
    parents = [forms[i - 1] if i % 20 else "" for i in range(len(forms))]
    rows = "".join(f"{form}\tparty\t\t{parent}\n" for form, parent in zip(forms, parents, strict=True))
    lexicon = read_lexicon(write(HEADER + rows))
    hits = find_slogans(make_articles("，".join(forms)), lexicon)
    assert hits["slogan"].tolist() == forms
    assert len(roll_up(hits, lexicon)) == sum(1 + i % 20 for i in range(len(forms)))


def test_all_bad_rows_are_named_at_once_up_to_twenty(write):
    with pytest.raises(LexiconError) as error:
        read_lexicon(write(HEADER + "".join(f"口号{i}号\t\n" for i in range(25))))
    lines = str(error.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "… and 5 more"


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        ("小县大花园\tecology\n", "gb18030", "mine.tsv is not UTF-8 text; save it"),
        ("# nothing\n", "utf-8", "mine.tsv has no entry; expected one a line"),
        ("slogan\tkind\n小县\tx\n", "utf-8", "mine.tsv:1: unknown column 'kind'; expected slogan, category"),
        ("slogan\tgloss\n小县\tx\n", "utf-8", "mine.tsv:1: no column category; expected slogan, category"),
    ],
)
def test_file_that_is_no_lexicon_says_why(write, text, encoding, message):
    with pytest.raises(LexiconError) as error:
        read_lexicon(write(text, encoding))
    assert str(error.value).startswith(message)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(LexiconError, match=r"nowhere\.tsv cannot be read"):
        read_lexicon(tmp_path / "nowhere.tsv")


def test_parent_may_stand_in_the_own_lexicon(write):
    assert read_lexicon(write(HEADER + "一老一小一中\tlivelihood\t\t一老一小\n"))["parent"].tolist() == [
        "一老一小"
    ]
