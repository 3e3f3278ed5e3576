"""Archives: their names, their limits, and what is wrong with them."""

from __future__ import annotations

import zipfile

import pytest

from analysis.sources import files
from analysis.sources.files import member_name, read_files


def pack(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_names_in_gbk_archives_are_read():
    info = zipfile.ZipInfo("平湖/第一版.txt".encode("gbk").decode("cp437"))
    info.flag_bits = 0
    assert member_name(info) == "平湖/第一版.txt"


def test_no_name_leads_out_of_the_archive():
    for name in ("../../etc/a.txt", "/etc/a.txt", "..\\etc\\a.txt", "./etc//a.txt"):
        assert member_name(zipfile.ZipInfo(name)) == "etc/a.txt"


def test_a_bomb_is_refused_unread(tmp_path):
    path = pack(tmp_path / "bomb.zip", {"a.txt": b"0" * (8 << 20), "b.txt": "本报讯".encode()})
    found = list(read_files(path))
    assert [file.name for file in found] == ["bomb.zip/a.txt", "bomb.zip/b.txt"]
    assert "leave it out" in str(found[0].error)
    assert found[1].error is None


def test_too_many_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ARCHIVE_FILES", 2)
    path = pack(tmp_path / "many.zip", {f"{n}.txt": b"x" for n in range(3)})
    (file,) = read_files(path)
    assert str(file.error) == "holds 3 files, more than 2; split it"


def test_a_large_file_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "FILE_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    (file,) = read_files(tmp_path)
    assert "cut it into pages" in str(file.error)


def test_an_archive_in_an_archive_is_told(tmp_path):
    path = pack(tmp_path / "out.zip", {"in.zip": b"PK\x05\x06" + bytes(18)})
    (file,) = read_files(path)
    assert "unpack it first" in str(file.error)


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_a_torn_archive_is_a_problem(tmp_path, cut):
    path = pack(tmp_path / "torn.zip", {"a.txt": "本报讯 会议召开。" * 40})
    path.write_bytes(path.read_bytes()[:-cut])
    (file,) = read_files(path)
    assert "pack it again" in str(file.error)
