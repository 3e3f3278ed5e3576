"""Stores: the same tables as without one, whatever was there before, and nothing computed twice."""

from __future__ import annotations

import os

import pytest

from analysis import slogans, topics
from analysis.corpus import read_tables as read_source_tables
from analysis.corrections.files import FIX_BYTES
from analysis.pages import PageError
from analysis.store import StoreError, build_store, open_store, read_tables
from analysis.store import building as building_module
from analysis.store.locks import lock_store
from tests.store.corpora import copy_seeds, write_table, write_tables


@pytest.fixture
def count_jobs(monkeypatch):
    """The jobs that builds have run: the pieces of each and its stages."""
    jobs = []
    run = building_module.run_job
    monkeypatch.setattr(building_module, "run_job", lambda job: jobs.append(job) or run(job))
    return jobs


@pytest.fixture
def mixed(tmp_path):
    """Pages, tables, and every fault that a file can have."""
    source = copy_seeds(tmp_path / "source", 2)
    write_table(source / "news.jsonl.gz", 150)
    (source / "b.csv").write_text(
        "title,text,date\na,,2022-01-01\nb,昨日开会。,2022-01-02\n", encoding="utf-8"
    )
    (source / "c.csv").write_bytes((source / "b.csv").read_bytes())
    (source / "no.jsonl").write_text('{"title": "x"}\n', encoding="utf-8")
    (source / "torn.jsonl").write_text('{"text": "x"}\n{torn\n', encoding="utf-8")
    (source / "broken.xlsx").write_bytes(b"no workbook")
    (source / "gbk.jsonl").write_text('{"正文": "昨日开会，部署防汛。"}\n', encoding="gb18030")
    row = '{"text": "推进共同富裕\ufffd示范区建设。"}\n'
    (source / "strays.jsonl").write_text(row * 150, encoding="utf-8")
    (source / "random.txt").write_bytes(bytes(range(256)) * 40)
    (source / "twin.txt").write_bytes(bytes(range(256)) * 40)
    (source / "empty.txt").touch()
    return source


def test_a_store_has_the_tables_of_the_seeds(tmp_path, seed_tables):
    source = copy_seeds(tmp_path / "source")
    store = build_store(source, tmp_path / "store")
    assert write_tables(read_tables(store)) == write_tables(seed_tables)
    for found, expected in zip(read_tables(store), seed_tables, strict=True):
        assert found.drop(columns="source", errors="ignore").dtypes.equals(
            expected.drop(columns="source", errors="ignore").dtypes
        )


def test_a_store_has_the_tables_of_pages_tables_and_faults(tmp_path, mixed):
    store = build_store(mixed, tmp_path / "store")
    expected = read_source_tables(mixed)
    assert len(expected.problems) >= 6
    assert write_tables(read_tables(store)) == write_tables(expected)
    assert store.manifest.counts["problems"] == len(expected.problems)


def test_nothing_changed_nothing_computed(tmp_path, mixed, count_jobs):
    build_store(mixed, tmp_path / "store")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("*.*")}
    count_jobs.clear()
    build_store(mixed, tmp_path / "store")
    assert not count_jobs
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "store").rglob("*.*")} == before


def test_one_page_added_one_page_computed(tmp_path, mixed, count_jobs):
    build_store(mixed, tmp_path / "store")
    count_jobs.clear()
    new = copy_seeds(mixed, 3)
    store = build_store(mixed, tmp_path / "store")
    assert [len(job.pieces) for job in count_jobs] == [1]
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(new))


def test_rows_put_into_a_table_cost_the_run_that_they_stand_in(tmp_path, count_jobs):
    source = tmp_path / "source"
    source.mkdir()
    path = write_table(source / "news.jsonl", 600)
    build_store(source, tmp_path / "store")
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(
        b"".join([*lines[:3], b'{"text": "\xe4\xb9\xa1\xe6\x9d\x91\xe6\x8c\xaf\xe5\x85\xb4"}\n', *lines[3:]])
    )
    count_jobs.clear()
    store = build_store(source, tmp_path / "store")
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(source))


def test_a_page_taken_out_or_changed_is_gone(tmp_path, mixed):
    build_store(mixed, tmp_path / "store")
    pages = sorted(mixed.glob("0*.txt"))
    pages[0].unlink()
    pages[1].write_bytes(pages[1].read_bytes()[:-300])
    (mixed / "b.csv").unlink()
    store = build_store(mixed, tmp_path / "store")
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(mixed))


def test_a_lexicon_of_ones_own_leaves_articles_and_topics_alone(tmp_path, mixed, count_jobs):
    build_store(mixed, tmp_path / "store")
    count_jobs.clear()
    own = slogans.read_lexicon().head(400)
    store = build_store(mixed, tmp_path / "store", lexicon=own)
    assert {job.stages for job in count_jobs} == {("slogans", "words")}
    assert not any(job.pieces for job in count_jobs)
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(mixed, lexicon=own))


def test_a_taxonomy_of_ones_own_leaves_all_but_topics_alone(tmp_path, mixed, count_jobs):
    build_store(mixed, tmp_path / "store")
    count_jobs.clear()
    own = topics.read_taxonomy().head(300)
    store = build_store(mixed, tmp_path / "store", taxonomy=own)
    assert {job.stages for job in count_jobs} == {("topics",)}
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(mixed, taxonomy=own))


def test_a_changed_stage_is_computed_anew(tmp_path, mixed, count_jobs, monkeypatch):
    build_store(mixed, tmp_path / "store")
    count_jobs.clear()
    versions = building_module.fingerprints.print_stages()
    later = lambda: versions | {"topics": "another"}  # noqa: E731
    monkeypatch.setattr(building_module.fingerprints, "print_stages", later)
    monkeypatch.setattr("analysis.store.stages.print_stages", later)
    build_store(mixed, tmp_path / "store")
    assert {job.stages for job in count_jobs} == {("topics",)}


def test_corrections_beside_a_page_are_carried_out(tmp_path, seed_tables):
    source = copy_seeds(tmp_path / "source", 2)
    build_store(source, tmp_path / "store")
    page = seed_tables.pages.iloc[0]
    fix = source / f"{page['file']}.fix"
    fix.write_text(
        f"page_id\taction\tstart\tend\tat\n{page['page_id']}\tsplit\t1\t0\t0\nother\tremove\t1\t1\t1\n"
    )
    store = build_store(source, tmp_path / "store")
    expected = read_source_tables(source)
    assert len(expected.problems)
    assert write_tables(read_tables(store)) == write_tables(expected)


def test_small_batches_grow_together(tmp_path, count_jobs, monkeypatch):
    monkeypatch.setattr(building_module, "MOST_SMALL", 2)
    source = tmp_path / "source"
    source.mkdir()
    for number in range(4):
        (source / f"{number}.txt").write_text(f"本报讯 第{number}次会议召开。" * 20, encoding="utf-8")
        store = build_store(source, tmp_path / "store")
    assert len(store.manifest.batches) < 4
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(source))


def test_equal_runs_of_rows_count_twice(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    row = '{"text": "推进共同富裕。", "date": "2024-01-02"}\n'
    (source / "a.jsonl").write_text(row, encoding="utf-8")
    (source / "b.jsonl").write_text(f"\n{row}", encoding="utf-8")
    for _ in range(2):
        store = build_store(source, tmp_path / "store")
        assert write_tables(read_tables(store)) == write_tables(read_source_tables(source))


def test_a_source_that_changes_while_it_is_read_ends_the_build(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    changing, going = source / "a.jsonl", source / "b.jsonl"
    write_table(changing, 5)
    write_table(going, 5, seed=2)
    expected = write_tables(read_tables(build_store(source, tmp_path / "store")))
    write_table(changing, 5, seed=3)

    def take_away(said: str) -> None:
        if said.startswith("computed"):
            going.unlink(missing_ok=True)

    with pytest.raises(StoreError, match=r"source: has changed while it was read; build again"):
        build_store(source, tmp_path / "store", progress=take_away)
    assert write_tables(read_tables(open_store(tmp_path / "store"))) == expected
    store = build_store(source, tmp_path / "store")
    assert write_tables(read_tables(store)) == write_tables(read_source_tables(source))


def test_columns_and_texts_are_read_on_demand(tmp_path, mixed):
    store = build_store(mixed, tmp_path / "store")
    expected = read_source_tables(mixed).articles
    some = store.read_articles(["date", "article_id", "n_chars"])
    assert some.columns.tolist() == ["date", "article_id", "n_chars"]
    assert some.equals(expected[["date", "article_id", "n_chars"]])
    ids = expected["article_id"].iloc[[5, 2, -1]].tolist()
    texts = store.read_texts(ids)
    assert texts.index.tolist() == ids
    assert texts.tolist() == expected.set_index("article_id")["text"].loc[ids].tolist()
    assert store.read_texts([]).empty
    with pytest.raises(StoreError, match="no such article"):
        store.read_texts(["nobody-01"])
    with pytest.raises(StoreError, match="no column mood"):
        store.read_articles(["mood"])


def test_a_folder_without_a_store_is_named(tmp_path):
    with pytest.raises(StoreError, match="holds no store"):
        open_store(tmp_path)


def test_two_builds_into_one_store(tmp_path):
    source = copy_seeds(tmp_path / "source", 1)
    build_store(source, tmp_path / "store")
    with lock_store(tmp_path / "store"), pytest.raises(StoreError, match="another build"):
        build_store(source, tmp_path / "store")
    build_store(source, tmp_path / "store")


@pytest.mark.parametrize("name", ["absent", "hollow"])
def test_a_source_without_pages_is_named_and_the_old_tables_stay(tmp_path, name):
    (tmp_path / "hollow").mkdir()
    store = build_store(copy_seeds(tmp_path / "source", 1), tmp_path / "store")
    expected = write_tables(read_tables(store))
    with pytest.raises(PageError, match=name):
        build_store(tmp_path / name, tmp_path / "store")
    assert write_tables(read_tables(open_store(tmp_path / "store"))) == expected


def test_what_is_no_file_of_the_folder_is_told_and_never_opened(tmp_path):
    source = copy_seeds(tmp_path / "source", 1)
    outside = tmp_path / "outside.txt"
    outside.write_text("本报讯 他处的版面。", encoding="utf-8")
    (source / "link.txt").symlink_to(outside)
    os.mkfifo(source / "pipe.txt")
    tables = read_tables(build_store(source, tmp_path / "store"))
    assert set(tables.problems["file"]) == {"link.txt", "pipe.txt"}
    assert len(tables.pages) == 1


def test_damage_is_told_of_the_file_that_has_it_now(tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    rows = ["推进共同富裕\ufffd示范区建设。", "昨日开会。", "部署\ufffd\ufffd防汛。"]
    lines = [f'{{"text": "{row}", "date": "2024-01-02"}}\n' for row in rows]
    for name, content in {"a": lines, "b": ["\n", *lines], "c": lines[:2]}.items():
        (source / f"{name}.jsonl").write_text("".join(content), encoding="utf-8")
    (source / "page.txt").write_text("本报讯 召开\ufffd会议。" * 9, encoding="utf-8")

    def check() -> None:
        problems = read_tables(build_store(source, tmp_path / "store")).problems
        assert problems.equals(read_source_tables(source).problems)
        assert set(problems["what"]) == {"damaged"}

    check()
    (source / "c.jsonl").rename(source / "e.jsonl")
    (source / "page.txt").rename(source / "other.txt")
    check()
    (source / "a.jsonl").unlink()
    check()
    (source / "b.jsonl").unlink()
    (source / "e.jsonl").write_text("".join(lines[::-1]), encoding="utf-8")
    check()


@pytest.mark.parametrize("fault", ["link", "pipe", "large", "broken", "folder", "name"])
def test_corrections_that_cannot_be_read_are_told(tmp_path, fault):
    source = copy_seeds(tmp_path / "source", 2)
    page = next(source.glob("*.txt"))
    if fault == "name":
        page = page.rename(source / f"{'n' * 250}.txt")
    fix = source / f"{page.name}.fix"
    outside = tmp_path / "outside.fix"
    outside.write_text("page_id\taction\tstart\tend\tat\n")
    if fault == "link":
        fix.symlink_to(outside)
    elif fault == "pipe":
        os.mkfifo(fix)
    elif fault == "large":
        fix.write_bytes(outside.read_bytes() + b"x" * FIX_BYTES)
    elif fault == "broken":
        fix.symlink_to(tmp_path / "nowhere")
    elif fault == "folder":
        fix.mkdir()
    tables = read_tables(build_store(source, tmp_path / "store"))
    assert write_tables(tables) == write_tables(read_source_tables(source))
    told = [] if fault in ("folder", "name") else [fix.name]
    assert tables.problems["file"].tolist() == told
    assert len(tables.pages) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b""),
        ("a.txt", bytes(100)),
        ("a.txt", b"\x89PNG"),
        ("a.jsonl", b'{"title": "x"}\n'),
        ("a.xlsx", b"no workbook"),
        ("a.zip", b"PK\x03\x04 torn"),
    ],
    ids=["nothing", "zeros", "picture", "no text", "no workbook", "no archive"],
)
def test_a_source_that_gives_no_page_is_the_same_sentence_as_without_a_store(tmp_path, name, content):
    source = tmp_path / "source"
    source.mkdir()
    (source / name).write_bytes(content)
    with pytest.raises(PageError) as wanted:
        read_source_tables(source)
    with pytest.raises(PageError) as caught:
        build_store(source, tmp_path / "store")
    assert str(caught.value) == str(wanted.value)
    assert f"nothing in it can be read; {name}: " in str(caught.value)
