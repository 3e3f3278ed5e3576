"""Every encoding that Chinese pages come in, whole and with slips."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources.encodings import EncodingError, decode_text

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
SIMPLIFIED = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")
#: A page in traditional script, written for this test.
TRADITIONAL = "本報訊 昨日，縣委召開會議，學習貫徹全會精神，部署經濟發展、鄉村振興與環境保護工作。\n" * 4


@pytest.mark.parametrize("encoding", SIMPLIFIED)
@pytest.mark.parametrize("file", SEEDS, ids=lambda path: path.name[:3])
def test_a_page_is_the_same_in_every_encoding(file, encoding):
    text = file.read_text(encoding="utf-8").encode("gbk", "ignore").decode("gbk")
    decoded = decode_text(text.encode(encoding))
    assert decoded.text == text
    assert decoded.encoding.startswith(encoding.replace("gbk", "gb18030")[:6])


@pytest.mark.parametrize("encoding", ["big5", "utf-8", "gb18030", "utf-16-be"])
def test_traditional_script_is_read_as_it_is(encoding):
    assert decode_text(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_one_stray_byte_spoils_no_page(encoding):
    content = (TRADITIONAL * 5).encode(encoding)
    where = len(content) // 2
    decoded = decode_text(content[:where] + b"\xff" + content[where:])
    assert decoded.encoding == encoding
    assert decoded.text.startswith(TRADITIONAL)
    assert decoded.text.endswith(TRADITIONAL)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7 text", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", random.Random(7).randbytes(4000)],
    ids=["pdf", "png", "zip", "noise"],
)
def test_what_is_no_text_is_refused_with_a_cure(content):
    with pytest.raises(EncodingError, match=r"text file first|save it as UTF-8"):
        decode_text(content)


def test_line_ends_of_other_machines_become_newlines():
    assert decode_text("一\r\n二\r三".encode()).text == "一\n二\n三"


def test_nul_bytes_in_utf8_are_kept():
    assert decode_text("本报讯\0会议".encode()).text == "本报讯\0会议"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_comes_back_as_it_was(text):
    expected = text.removeprefix("\ufeff")
    if not text.startswith("%PDF"):
        assert decode_text(text.encode()).text == expected


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_no_bytes_raise_anything_else(content):
    try:
        decoded = decode_text(content)
    except EncodingError:
        return
    assert isinstance(decoded.text, str)
