"""Who computes: this process, a pool of processes, or a Dask cluster.

All of them get the same jobs and hand back the same bytes, so that it does not matter for the tables.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import context, get_context, process, spawn
from pathlib import Path
from typing import NamedTuple, TypeVar

from analysis.store.manifest import StoreError
from analysis.store.warming import load_all

#: Bytes of a source from which several processes pay for their start.
SMALL_BYTES = 4 << 20
#: Times that a pool whose process was killed is started anew.
RENEWALS = 3
#: Jobs that wait for a process, by process: enough that none is idle, few enough to bound memory.
_WAITING = 2

_J, _D = TypeVar("_J"), TypeVar("_D")
_LOCK = threading.Lock()


def count_cores() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Process(context.SpawnProcess):
    """A process that does not run the main script of the one that starts it.

    Under Streamlit the main script is the dashboard, which must not be run once more; a job needs nothing
    of it.
    """

    @staticmethod
    def _Popen(process_obj: process.BaseProcess) -> object:  # noqa: N802, the name is multiprocessing's
        with _LOCK:
            prepare = spawn.get_preparation_data
            spawn.get_preparation_data = lambda name: _without_main(prepare(name))
            try:
                return context.SpawnProcess._Popen(process_obj)
            finally:
                spawn.get_preparation_data = prepare


class _Spawn(context.SpawnContext):
    Process = _Process


def _without_main(data: dict) -> dict:
    return {key: value for key, value in data.items() if not key.startswith("init_main")}


def start_pool(workers: int | None = None) -> ProcessPoolExecutor:
    """Start a pool of processes, wherever this process was started from.

    Args:
        workers: Processes; all cores when None.

    Returns:
        A pool that spawns its processes without the main script.
    """
    return ProcessPoolExecutor(workers or count_cores(), _Spawn(), _end_with_parent)


def _end_with_parent() -> None:
    """Have this process end when the one that started it is killed; it would wait for jobs forever.

    At Ctrl-C the one that started it ends it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    process.parent_process().join()
    os._exit(1)


def _fork_pool(workers: int) -> ProcessPoolExecutor:
    """Start a pool of processes that share what this one has loaded; spawned ones where a fork is not safe.

    Loading takes as long as computing a batch, and the dictionaries hold more memory than a batch. The
    processes start at once, before this one has threads. They give back the lock of a store (see `locks`).
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return start_pool(workers)
    load_all()
    pool = ProcessPoolExecutor(workers, get_context("fork"), _end_with_parent)
    pool.submit(os.getpid).result()
    return pool


class LatePool(Executor):
    """A pool of processes that start when there is work for more than one (see `run_jobs`).

    To start them takes longer than to compute a page that was added.
    """

    def __init__(self, workers: int, start: Callable[[int], ProcessPoolExecutor] = _fork_pool) -> None:
        """Start nothing yet.

        Args:
            workers: Processes.
            start: Starts them.
        """
        self.workers, self.start = workers, start
        self.pool: ProcessPoolExecutor | None = None

    def submit(self, work: Callable[..., _D], /, *args: object, **options: object) -> Future:
        """Submit a job, as an executor does; the first one starts the processes."""
        if self.pool is None:
            self.pool = self.start(self.workers)
        return self.pool.submit(work, *args, **options)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, as an executor does."""
        if self.pool is not None:
            self.pool.shutdown(wait, cancel_futures=cancel_futures)


@contextmanager
def connect_cluster(address: str) -> Iterator[object]:
    """Connect to a Dask cluster.

    Args:
        address: Of its scheduler, such as tcp://192.168.0.2:8786.

    Yields:
        The client (a `distributed.Client`).

    Raises:
        StoreError: The library is not installed, or no scheduler answers.
    """
    try:
        import distributed  # noqa: PLC0415, an optional extra
    except ImportError as error:
        raise StoreError(
            "--scheduler needs the package distributed; pip install -r requirements-cluster.txt brings it"
        ) from error
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise StoreError(
            f"{address}: no scheduler answers; start one with dask scheduler, and name it as tcp://HOST:8786"
        ) from error
    with client:
        yield client


class Crew(NamedTuple):
    """Who computes: an executor (None: this process), what starts it anew, and its number of processes."""

    executor: Executor | None = None
    renew: Callable[[], Executor] | None = None
    workers: int = 1

    @property
    def has_started(self) -> bool:
        """Whether there are other processes that wait for work."""
        late = isinstance(self.executor, LatePool)
        return self.executor.pool is not None if late else self.executor is not None


@contextmanager
def hire_crew(
    source: Path, workers: int | None = None, scheduler: str | None = None, *, may_fork: bool = True
) -> Iterator[Crew]:
    """Choose who computes a source: this process a small one, a pool of processes a large one.

    The processes start when there is work for more than one of them.

    Args:
        source: A file or a folder.
        workers: Processes; all cores when None.
        scheduler: Address of a Dask scheduler, which computes whatever the size.
        may_fork: Whether the processes may be copies of this one; not of one that has computed before, for
            its libraries have threads by then.

    Yields:
        The crew; its processes end with the block.

    Raises:
        StoreError: No such scheduler, or a number of workers below 1.
    """
    if workers is not None and workers < 1:
        raise StoreError(f"--workers {workers}: too few; expected 1 or more")
    count = workers or count_cores()
    if scheduler:
        with connect_cluster(scheduler) as client:
            yield Crew(
                client.get_executor(pure=False, retries=RENEWALS),
                None,
                sum(client.nthreads().values()) or count,
            )
    elif count == 1 or _measure_source(source) < SMALL_BYTES:
        yield Crew()
    else:
        pools: list[Executor] = [LatePool(count, _fork_pool if may_fork else start_pool)]

        def renew() -> Executor:
            pools.append(start_pool(count))
            return pools[-1]

        try:
            yield Crew(pools[0], renew, count)
        finally:
            for pool in pools:
                pool.shutdown(wait=True, cancel_futures=True)


def _measure_source(source: Path) -> int:
    """Add up the bytes of a source; compressed ones count three times."""
    files = [source] if source.is_file() else (path for path in source.rglob("*") if path.is_file())
    return sum(path.stat().st_size * (3 if path.suffix.lower() in (".gz", ".zip") else 1) for path in files)


def run_jobs(
    work: Callable[[_J], _D],
    jobs: Iterable[_J],
    crew: Crew,
) -> Iterator[tuple[_J, _D]]:
    """Run jobs, a few at a time, and hand each back with what came of it, in any order.

    Args:
        work: Function of a module, called with a job.
        jobs: Taken as there is room for them, so that they may be many and large.
        crew: Runs them; this process does, one after the other, when it has no executor or there is only one
            job. Its executor is started anew when it broke because a process was killed.

    Yields:
        Job and result.

    Raises:
        StoreError: Processes were killed again and again.
    """
    executor, queue = crew.executor, iter(jobs)
    # One job is done sooner here than a process has started for it.
    first = list(islice(queue, 1 if executor is None else 2))
    if executor is None or len(first) < 2:
        yield from ((job, work(job)) for job in chain(first, queue))
        return
    room = crew.workers * _WAITING + 1
    waiting: dict[Future, _J] = {}
    queue, again, renewals = chain(first, queue), [], 0
    while True:
        while len(waiting) < room:
            job = again.pop() if again else next(queue, None)
            if job is None:
                break
            try:
                waiting[executor.submit(work, job)] = job
            except BrokenExecutor:
                again.append(job)
                break
        if not waiting and not again:
            return
        done, _ = wait(waiting, return_when=FIRST_COMPLETED) if waiting else ((), ())
        broken = not waiting
        for future in done:
            job = waiting.pop(future)
            try:
                result = future.result()
            except BrokenExecutor:
                again.append(job)
                broken = True
            else:
                yield job, result
        if broken:
            again += waiting.values()
            waiting = {}
            renewals += 1
            if crew.renew is None or renewals > RENEWALS:
                raise StoreError(
                    "the processes that compute were killed again and again, perhaps for want of memory; "
                    "run it once more with fewer --workers: what is computed stays computed"
                )
            executor = crew.renew()


def start_job(work: Callable[[_J], _D], job: _J, crew: Crew) -> Callable[[], _D]:
    """Start one job beside what this process goes on with.

    Args:
        work: Function of a module.
        job: What it is called with.
        crew: Runs it; without processes that have started, this one runs it when the result is asked for, and
            so it does when the one that ran it was killed.

    Returns:
        Gives the result.
    """
    if not crew.has_started:
        return lambda: work(job)
    try:
        future = crew.executor.submit(work, job)
    except BrokenExecutor:
        return lambda: work(job)

    def wait_for_it() -> _D:
        try:
            return future.result()
        except BrokenExecutor:
            return work(job)

    return wait_for_it
