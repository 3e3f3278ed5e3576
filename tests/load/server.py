"""A server to try things on: the app on a free port, as a child process."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
#: The line that each entry prints when it can be used.
READY = {"shared_server.py": "before the first reader", "dashboard.py": "URL:"}


class Server(NamedTuple):
    """A server that runs: where it is, its process, what it said until it could be used, its lines so far."""

    address: str
    process: subprocess.Popen
    said: str
    lines: list[str]

    @property
    def port(self) -> str:
        """Its port."""
        return self.address.rpartition(":")[2]

    def memory(self) -> float:
        """Its resident memory in MB (Linux; elsewhere not a number)."""
        return self._read("status", "VmRSS:", 1) / 1024

    def cpu_seconds(self) -> float:
        """Processor time that it has used (Linux; elsewhere not a number)."""
        try:
            fields = (
                Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
            )
        except FileNotFoundError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _read(self, file: str, name: str, at: int) -> float:
        try:
            lines = Path(f"/proc/{self.process.pid}/{file}").read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return float("nan")
        return float(next(line for line in lines if line.startswith(name)).split()[at])


def find_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def run_app(
    entry: str | Path = "shared_server.py",
    *options: str,
    environment: Mapping[str, str] | None = None,
    ready: str | None = None,
) -> Iterator[Server]:
    """Run the app as the README says, on a free port of this machine.

    Args:
        entry: What `streamlit run` is given.
        *options: Further options of it.
        environment: Variables to add to the environment.
        ready: Part of the line that says that it can be used; known for our own entries.

    Yields:
        The server; it is stopped at the end.

    Raises:
        RuntimeError: It ended before it could be used; with what it said.
    """
    port = find_port()
    words = ["-m", "streamlit", "run", str(entry), "--server.port", str(port), "--server.headless", "true"]
    ready = ready or READY[str(entry)]
    process = subprocess.Popen(
        [sys.executable, *words, *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if ready in line:
            break
    else:
        process.wait()
        raise RuntimeError(f"{entry} did not start:\n{''.join(said)}")
    until_ready = "".join(said)
    # Without somebody who reads on the server would stop once the pipe is full.
    reading = threading.Thread(target=said.extend, args=(process.stdout,), daemon=True)
    reading.start()
    try:
        yield Server(f"http://127.0.0.1:{port}", process, until_ready, said)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reading.join(20)
