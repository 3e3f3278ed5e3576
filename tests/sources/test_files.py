"""Archives: their names, their limits, and what is wrong with them."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import sys
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.sources import files
from analysis.sources.files import SourceError, list_contents, member_name, open_archive, read_files
from analysis.sources.names import show_name


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


def _problems(root):
    return {file.name: str(file.error) for file in read_files(root) if file.error}


def test_what_is_no_file_in_a_folder_is_told_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server, contextlib.chdir(tmp_path):
        server.bind("socket.txt")
    (tmp_path / "a.txt").write_text("本报讯", encoding="utf-8")
    assert [file.name for file in read_files(tmp_path) if not file.error] == ["a.txt"]
    problems = _problems(tmp_path)
    assert set(problems) == {"pipe.txt", "socket.txt"}
    assert all("no file" in why or "not a file" in why for why in problems.values())


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_given_as_the_source_is_told(device):
    (file,) = read_files(Path(device))
    assert "device" in str(file.error)


def test_links_are_followed_within_the_folder_only(tmp_path):
    outside = tmp_path / "outside"
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    outside.mkdir()
    (outside / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "sub" / "a.txt").write_text("本报讯", encoding="utf-8")
    (root / "in.txt").symlink_to("sub/a.txt")
    (root / "out.txt").symlink_to(outside / "secret.txt")
    (root / "up.txt").symlink_to("../outside/secret.txt")
    (root / "folder").symlink_to(outside)
    (root / "loop").symlink_to(".")
    (root / "round.txt").symlink_to("round.txt")
    (root / "gone.txt").symlink_to("nowhere.txt")
    found = list(read_files(root))
    assert {file.name for file in found if not file.error} == {"in.txt", "sub/a.txt"}
    assert not any(b"secret" in file.content for file in found)
    problems = _problems(root)
    assert {name for name, why in problems.items() if "outside the folder" in why} == {"out.txt", "up.txt"}
    assert {name for name, why in problems.items() if "link to a folder" in why} == {"folder", "loop"}
    assert {name for name, why in problems.items() if "leads nowhere" in why} == {"gone.txt", "round.txt"}


def test_a_folder_that_is_itself_reached_by_a_link_is_read(tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "a.txt").write_text("本报讯", encoding="utf-8")
    (tmp_path / "link").symlink_to("root")
    assert [(file.name, file.error) for file in read_files(tmp_path / "link")] == [("a.txt", None)]


def test_names_that_look_alike_stay_apart(tmp_path):
    names = ["a.txt", "a\n.txt", "a\u200b.txt", "\u202ea.txt", os.fsdecode(b"a\xff.txt")]
    for name in names:
        (tmp_path / name).write_text("本报讯", encoding="utf-8")
    found = [file.name for file in read_files(tmp_path)]
    assert len(set(found)) == len(names)
    assert all(show_name(name) == name for name in found)


def test_a_folder_deeper_than_the_stack_is_walked(tmp_path):
    depth = sys.getrecursionlimit() + 200
    with contextlib.chdir(tmp_path):
        for _ in range(depth):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text("本报讯", encoding="utf-8")
        found = list(read_files(tmp_path))
        os.unlink("a.txt")
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")
    assert [file.error for file in found] == [None]


def test_an_archive_that_counts_wrong_is_held_to_its_bytes(tmp_path):
    path = pack(tmp_path / "lie.zip", {"a.txt": b"0" * 5000})
    honest = path.read_bytes()
    path.write_bytes(honest.replace((5000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    (file,) = read_files(path)
    assert "pack the archive again" in str(file.error)
    assert file.content == b""


def test_files_that_share_bytes_are_refused_before_they_are_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "ARCHIVE_BYTES", 1000)
    path = pack(tmp_path / "much.zip", {f"{n}.txt": b"x" * 300 for n in range(4)})
    (file,) = read_files(path)
    assert "unpacks to more than" in str(file.error)


def test_a_list_of_files_too_long_to_be_held_is_refused(monkeypatch):
    monkeypatch.setattr(files, "_MOST_ENTRIES", 3)
    with pytest.raises(SourceError, match="split it"):
        open_archive(io.BytesIO(b"PK\x01\x02" * 5))


def test_links_locks_and_unusual_packing_in_an_archive_are_told(tmp_path):
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "../../etc/passwd")
        archive.writestr("good.txt", "本报讯")
        archive.writestr("lzma.txt", "本报讯" * 99, compress_type=zipfile.ZIP_LZMA)
    assert _problems(path).keys() == {"odd.zip/link.txt", "odd.zip/lzma.txt"}
    assert "pack the file itself" in _problems(path)["odd.zip/link.txt"]
    assert [file.name for file in read_files(path) if not file.error] == ["odd.zip/good.txt"]


def test_files_of_one_name_in_an_archive_stay_apart(tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("a.txt", "../a.txt", "/a.txt"):
            archive.writestr(name, name)
    assert [file.name for file in read_files(tmp_path)] == [
        "two.zip/a.txt", "two.zip/a (2).txt", "two.zip/a (3).txt",
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=60)), max_size=5),
    st.integers(0, 400),
    st.binary(),
)
def test_archives_of_any_members_are_listed_or_told(members, where, junk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, content in members:
            # zipfile ends a name at its first NUL, and writes no member without a name.
            with contextlib.suppress(UnicodeEncodeError):
                archive.writestr(name.lstrip("\0") + ".txt", content)
    content = packed.getvalue()
    for spoiled in (content, content[:where] + junk + content[where + len(junk) :]):
        found = list(list_contents([("in.zip", spoiled)]))
        assert len({file.name for file in found}) == len(found)
        assert all(file.error is None or not file.content for file in found)


def test_a_file_without_a_name_in_an_archive_is_passed_over():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "本报讯")
    content = packed.getvalue().replace(b"a.txt", b"\0.txt")
    assert [file.name for file in list_contents([("in.zip", content)])] == []
