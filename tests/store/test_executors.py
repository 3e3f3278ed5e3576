"""Whoever computes, the tables are the same: this process, a pool, a pool that loses a process, a cluster."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analysis.store import Crew, StoreError, build_store, hire_crew, read_tables
from analysis.store import building as building_module
from analysis.store import executors as executors_module
from analysis.store.executors import run_jobs, start_job, start_pool
from tests.store.corpora import copy_seeds, write_table, write_tables

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Two pages and a table, cut to several batches."""
    folder = copy_seeds(tmp_path_factory.mktemp("executors") / "source", 2)
    write_table(folder / "news.jsonl", 200)
    return folder


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(building_module, "BATCH_BYTES", {"page": 1, "rows": 20_000})


@pytest.fixture(scope="module")
def expected(source, tmp_path_factory):
    store = build_store(source, tmp_path_factory.mktemp("plain") / "store")
    return write_tables(read_tables(store))


def kill_once(marker: str) -> int:
    """Kill the process that computes, the first time it is asked."""
    try:
        os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return os.getpid()
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def kill_always(_job: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_any_executor_gives_the_same_tables(source, expected, tmp_path):
    with ThreadPoolExecutor(2) as executor:
        store = build_store(source, tmp_path / "store", crew=executor)
    assert write_tables(read_tables(store)) == expected


def test_a_pool_that_loses_a_process_gives_the_same_tables(source, expected, tmp_path, monkeypatch):
    monkeypatch.setattr(executors_module, "SMALL_BYTES", 1)
    monkeypatch.setattr(executors_module, "count_cores", lambda: 2)
    with hire_crew(source) as crew:
        assert [pid > 0 for _, pid in run_jobs(kill_once, [str(tmp_path / "marker")] * 2, crew)] == [True] * 2
        store = build_store(source, tmp_path / "store", crew=crew)
    assert write_tables(read_tables(store)) == expected


def test_a_pool_that_loses_every_process_is_said_in_words():
    pool = start_pool(1)
    with pytest.raises(StoreError, match="fewer --workers"):
        list(run_jobs(kill_always, [1, 2], Crew(pool, None, 1)))
    pool.shutdown()


def test_a_job_beside_is_done_though_its_process_is_killed(tmp_path):
    pool = start_pool(1)
    assert start_job(kill_once, str(tmp_path / "marker"), Crew(pool, None, 1))() == os.getpid()
    assert start_job(kill_once, str(tmp_path / "marker"), Crew(pool, None, 1))() == os.getpid(), (
        "broken by now"
    )
    assert start_job(abs, -1, Crew())() == 1
    pool.shutdown()


_ORPHANS = """
import os, sys
from pathlib import Path
from analysis.store import executors
if __name__ == "__main__":
    executors.SMALL_BYTES = 1
    with executors.hire_crew(Path(sys.argv[1]), 2) as crew, executors.start_pool(1) as spawned:
        ids = [pool.submit(os.getpid).result() for pool in (crew.executor, spawned)]
        print(*ids, flush=True)
        sys.stdin.read()
"""


def test_processes_end_with_the_one_that_started_them(source, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(_ORPHANS)
    command, given = [sys.executable, script, source], {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=given, stdin=-1, stdout=-1, encoding="utf-8") as run:
        ids = run.stdout.readline().split()
        run.kill()
        try:
            # They hold its end of the pipe, too, which is closed with the last of them.
            assert run.communicate(timeout=60) == ("", None)
        except subprocess.TimeoutExpired:
            for pid in ids:
                os.kill(int(pid), signal.SIGKILL)
            raise
    assert len(ids) == 2


def test_a_small_source_needs_no_pool(source):
    with hire_crew(source, 2) as crew:
        assert crew.executor is None


def test_a_pool_starts_with_the_second_job(source, monkeypatch):
    monkeypatch.setattr(executors_module, "SMALL_BYTES", 1)
    with hire_crew(source, 2) as crew:
        here = os.getpid()
        assert list(run_jobs(_tell_process, [1], crew)) == [(1, here)]
        assert start_job(_tell_process, 1, crew)() == here
        assert not crew.has_started
        assert here not in [pid for _, pid in run_jobs(_tell_process, [1, 2], crew)]
        assert crew.has_started
        assert start_job(_tell_process, 1, crew)() != here


def _tell_process(_job: object) -> int:
    return os.getpid()


_LOCKED = """
import sys
from pathlib import Path
from analysis.store import executors
from analysis.store.locks import lock_store
if __name__ == "__main__":
    executors.SMALL_BYTES = 1
    folder = Path(sys.argv[1])
    with executors.hire_crew(folder, 1 + 1) as crew, lock_store(folder):
        print(crew.executor.submit(abs, -1).result(), flush=True)
        crew.executor.submit(input)
        sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_forked_processes_do_not_hold_the_lock(source, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(_LOCKED)
    command, given = [sys.executable, script, source], {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=given, stdin=-1, stdout=-1, encoding="utf-8") as run:
        assert run.stdout.readline() == "1\n"
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        held = [os.readlink(path) for pid in children for path in Path(f"/proc/{pid}/fd").iterdir()]
        run.kill()
        run.communicate(timeout=60)
    assert len(children) == 2
    assert str(source / "lock") not in held


def test_one_job_starts_no_process():
    with ThreadPoolExecutor(1) as executor:
        jobs = {number: run_jobs(_name_thread, range(number), Crew(executor)) for number in range(3)}
        names = {number: {name for _, name in done} for number, done in jobs.items()}
    here = threading.current_thread().name
    assert names[0] == set()
    assert names[1] == {here}
    assert here not in names[2]


def _name_thread(_job: object) -> str:
    return threading.current_thread().name


def test_few_jobs_wait_at_a_time():
    taken = []

    def jobs():
        for number in range(50):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        for done, _ in enumerate(run_jobs(abs, jobs(), Crew(executor, None, 2)), 1):
            assert len(taken) <= done + 5
    assert taken == list(range(50))


def test_too_few_workers_are_named(source):
    with pytest.raises(StoreError, match="--workers 0"), hire_crew(source, 0):
        pass


_SCRIPT = """
import sys, types, runpy
if __name__ == "__mp_main__":
    raise SystemExit("the dashboard was run in a worker")
sys.path.insert(0, {root!r})
script = types.ModuleType("__main__")  # as Streamlit does it: the script is the main module
script.__file__ = {dashboard!r}
sys.modules["__main__"] = script
from analysis.store.executors import start_pool
with start_pool(1) as pool:
    print(pool.submit(abs, -7).result(), sys.modules["__main__"] is script)
"""


def test_a_pool_does_not_run_the_main_script_of_the_app(tmp_path):
    dashboard = tmp_path / "dashboard.py"
    dashboard.write_text("raise SystemExit('the dashboard was run in a worker')\n")
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT.format(root=str(ROOT), dashboard=str(dashboard)))
    done = subprocess.run([sys.executable, script], capture_output=True, encoding="utf-8", check=False)
    assert done.stdout.split() == ["7", "True"], done.stderr
    assert "run in a worker" not in done.stderr


def test_a_cluster_gives_the_same_tables_though_a_worker_is_killed(source, expected, tmp_path):
    distributed = pytest.importorskip("distributed", reason="the extra of requirements-cluster.txt is absent")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        killed = []

        def kill_a_worker(stage: str) -> None:
            if stage.startswith("computed") and not killed:
                worker = next(iter(cluster.workers.values()))
                killed.append(
                    worker.process.process.pid if hasattr(worker.process, "process") else worker.pid
                )
                os.kill(killed[0], signal.SIGKILL)

        with hire_crew(source, scheduler=cluster.scheduler_address) as crew:
            store = build_store(source, tmp_path / "store", crew=crew, progress=kill_a_worker)
    assert killed
    assert write_tables(read_tables(store)) == expected


def test_a_scheduler_that_is_not_there_is_named(source):
    pytest.importorskip("distributed", reason="the extra of requirements-cluster.txt is absent")
    with (
        pytest.raises(StoreError, match=r"tcp://127\.0\.0\.1:1: no scheduler answers"),
        hire_crew(source, scheduler="tcp://127.0.0.1:1"),
    ):
        pass


def test_a_missing_library_is_named_with_its_cure(source, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(StoreError, match=r"requirements-cluster\.txt"),
        hire_crew(source, scheduler="tcp://127.0.0.1:8786"),
    ):
        pass
