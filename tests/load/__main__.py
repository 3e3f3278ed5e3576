"""Put load on the app and print what readers waited.

python -m tests.load readers --users 300 --think 5 --seconds 180 --processes 2
python -m tests.load sessions --count 1000
python -m tests.load upload --users 40 --seconds 60 --processes 2

Each starts `shared_server.py` on free ports of this machine, with nginx in front where there are two (as in
docs/nginx.conf, but without sign-in, TLS and limits by address), and stops them at the end. The readers come
from the same machine and take their share of it, which is told. What they do stands in tests/load/crowd.py.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import os
import platform
import time
from collections.abc import Awaitable
from typing import NamedTuple
from urllib.parse import quote

from tests.load.crowd import MIXES, Crowd
from tests.load.heavy import make_heavy_archive
from tests.load.proxy import PORTS, Service, run_service
from tests.load.reader import Reader
from tests.load.report import format_waits, sum_waits

_TOGETHER = 25
_UPLOAD_TAB = f"lang=zh&data_view={quote('上传')}"


def main() -> None:
    """Read the command line and measure."""
    options = _read_options()
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.entry}")
    limits = {"TIFA_MAX_SESSIONS": str(options.max_sessions)} if options.max_sessions else {}
    ttl = ("--server.disconnectedSessionTTL", str(options.ttl)) if options.name == "sessions" else ()
    with run_service(options.entry, *ttl, count=options.processes, environment=limits) as server:
        time.sleep(options.up)
        print(f"{server.memory():.0f} MB before the first reader, processes: {options.processes}")
        asyncio.run(_MEASURED[options.name](server, options))


async def measure_readers(server: Service, options: argparse.Namespace) -> None:
    """Print what a crowd waits."""
    await _measure_crowd(server, options)


async def measure_upload(server: Service, options: argparse.Namespace) -> None:
    """Print what a crowd waits, then again while one reader uploads one heavy archive after the other.

    That reader looks at what was read, adds it to the corpus, opens every page, and comes again as a new one.
    """
    print("without uploads")
    await _measure_crowd(server, options)
    content, pages = make_heavy_archive(options.megabytes)
    print(f"while one reader uploads {pages} pages, {options.megabytes:g} MB, again and again")
    done: list[tuple[str, float]] = []
    uploading = asyncio.create_task(_upload_on(server.address, options, content, done))
    await _measure_crowd(server, options)
    if uploading.done():
        uploading.result()
    uploading.cancel()
    print("what the one who uploads waited")
    print(format_waits(sum_waits(done, [])))


async def measure_sessions(server: Service, options: argparse.Namespace) -> None:
    """Print the memory of sessions: held open at once, then opened and closed in rounds."""
    before = server.memory()
    held = min(options.count, options.max_sessions or 300)
    readers = await _open_together(server.address, held)
    full = server.memory()
    print(f"{held} sessions held open: {full:.0f} MB, {(full - before) * 1024 / held:.0f} KB a session")
    await _close(readers)
    for number in range(1, options.rounds + 1):
        left = options.count
        while left:
            some = min(_TOGETHER, left)
            await _close(await _open_together(server.address, some))
            left -= some
        # Streamlit keeps a closed session so long, in case its reader comes back.
        await asyncio.sleep(options.ttl + 5)
        print(f"round {number}: {options.count} sessions opened and closed, {server.memory():.0f} MB")


class _Used(NamedTuple):
    """Time so far: by the clock, of the servers' processors, of the readers' own."""

    seconds: float
    server: float
    readers: float

    @classmethod
    def now(cls, server: Service) -> _Used:
        return cls(time.monotonic(), server.cpu_seconds(), time.process_time())

    def until(self, then: _Used) -> _Used:
        return _Used(*(after - before for before, after in zip(self, then, strict=True)))


async def _measure_crowd(server: Service, options: argparse.Namespace) -> None:
    crowd = Crowd(server.address, think=options.think, mix=options.mix)
    reading = asyncio.create_task(crowd.read(options.users, options.seconds, ramp=options.ramp))
    begun = _Used.now(server)
    await asyncio.wait({reading}, timeout=options.fill)
    filled = _Used.now(server)
    await reading
    ended = _Used.now(server)
    early = [wait for wait in crowd.waits if wait.begun < options.fill]
    late = [wait for wait in crowd.waits if wait.begun >= options.fill]
    print(f"{options.users} readers ({options.mix}), {options.think:g} s to think")
    for title, waits, faults, used in (
        (f"the first {options.fill:g} s", early, crowd.faults if not late else [], begun.until(filled)),
        ("after", late, crowd.faults, filled.until(ended)),
    ):
        if waits:
            print(title)
            print(format_waits(sum_waits(waits, faults)))
            print(
                f"{len(waits) / used.seconds:.1f} answers a second; each took the servers "
                f"{used.server / len(waits) * 1000:.0f} ms of processor time, the readers "
                f"{used.readers / len(waits) * 1000:.0f}; {used.server / used.seconds:.2f} cores"
            )
    print(f"{server.memory():.0f} MB")
    for fault, times in collections.Counter(crowd.faults).most_common(5):
        print(f"fault, {times} times: {fault[:200]}")


async def _upload_on(
    address: str, options: argparse.Namespace, content: bytes, done: list[tuple[str, float]]
) -> None:
    async def wait(action: str, answer: Awaitable[None]) -> None:
        begun = time.monotonic()
        await answer
        done.append((action, time.monotonic() - begun))

    while True:
        async with Reader(address) as reader:
            await wait("open", reader.open())
            await wait("page", reader.open(options.page, options.query))
            await wait("upload", reader.upload(options.uploader, f"heavy{options.suffix}", content))
            await wait("join", reader.press(options.join))
            for page in reader.pages:
                await wait(f"own {page}".rstrip(), reader.open(page))


async def _open_together(address: str, count: int) -> list[Reader]:
    readers: list[Reader] = []
    while len(readers) < count:
        some = [Reader(address) for _ in range(min(_TOGETHER, count - len(readers)))]
        await asyncio.gather(*(reader.__aenter__() for reader in some))
        await asyncio.gather(*(reader.open() for reader in some))
        readers += some
    return readers


async def _close(readers: list[Reader]) -> None:
    await asyncio.gather(*(reader.__aexit__() for reader in readers))


_MEASURED = {"readers": measure_readers, "sessions": measure_sessions, "upload": measure_upload}


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=_MEASURED, help="what is measured")
    parser.add_argument("--entry", default="shared_server.py", help="what `streamlit run` is given")
    parser.add_argument("--users", type=int, default=40, help="readers at once (default: 40)")
    parser.add_argument(
        "--think", type=float, default=5, help="mean seconds between two actions (default: 5)"
    )
    parser.add_argument("--seconds", type=float, default=30, help="how long all of them read (default: 30)")
    parser.add_argument("--ramp", type=float, help="seconds within which they come (default: at most 20)")
    parser.add_argument("--mix", choices=MIXES, default="people", help="what they choose (default: people)")
    parser.add_argument(
        "--fill", type=float, default=60, help="seconds told apart, while the caches fill (default: 60)"
    )
    parser.add_argument(
        "--processes",
        type=int,
        choices=range(1, len(PORTS) + 1),
        default=1,
        help="servers; two stand behind nginx (default: 1)",
    )
    parser.add_argument(
        "--up", type=float, default=0, help="seconds that the servers are up before readers come (default: 0)"
    )
    parser.add_argument("--max-sessions", type=int, help="limit that each server is started with")
    parser.add_argument("--count", type=int, default=1000, help="sessions: how many a round (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, help="sessions: how many rounds (default: 3)")
    parser.add_argument(
        "--ttl", type=int, default=5, help="sessions: seconds a closed one is kept (default: 5)"
    )
    parser.add_argument("--megabytes", type=float, default=5, help="upload: size of the pages (default: 5)")
    parser.add_argument("--page", default="data", help="upload: path of the page with the uploader")
    parser.add_argument(
        "--query", default=_UPLOAD_TAB, help="upload: what stands in the address of that page"
    )
    parser.add_argument("--uploader", default="upload_0", help="upload: key of the uploader")
    parser.add_argument("--suffix", default=".zip", help="upload: end of the file name")
    parser.add_argument("--join", default="upload_join", help="upload: key of the button that adds the files")
    return parser.parse_args()


if __name__ == "__main__":
    main()
