"""nginx as docs/nginx.conf has it, in front of servers of this machine."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.load.server import ROOT, Server, find_port, run_app

#: Ports of the app in docs/nginx.conf.
PORTS = ("8501", "8502")
#: Lines that a measurement on one machine leaves out: TLS, sign-in, and limits by address.
_LEFT_OUT = re.compile(r"^ *(?:ssl_|auth_basic|limit_conn |limit_req ).*\n", re.MULTILINE)
_AROUND = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; text/javascript js; text/css css; font/woff2 woff2; image/png png; }}
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tifa.conf;
}}
"""


class Service(NamedTuple):
    """What readers reach under one address: one server, or several behind a proxy."""

    address: str
    servers: tuple[Server, ...]

    def memory(self) -> float:
        """Resident memory of the servers in MB."""
        return sum(server.memory() for server in self.servers)

    def cpu_seconds(self) -> float:
        """Processor time that the servers have used."""
        return sum(server.cpu_seconds() for server in self.servers)


@contextlib.contextmanager
def run_service(
    entry: str, *options: str, count: int = 1, environment: Mapping[str, str]
) -> Iterator[Service]:
    """Run the app: one server alone, or two behind nginx, without sign-in.

    Args:
        entry: What `streamlit run` is given.
        *options: Further options of it.
        count: Servers: 1, or as many as docs/nginx.conf has.
        environment: Variables to add to the environment of each.

    Yields:
        What readers reach; it is stopped at the end.
    """
    with contextlib.ExitStack() as running:
        servers = tuple(
            running.enter_context(run_app(entry, *options, environment=environment)) for _ in range(count)
        )
        if count == 1:
            yield Service(servers[0].address, servers)
            return
        ports = [server.port for server in servers]
        yield Service(running.enter_context(run_open_proxy(ports)), servers)


@contextlib.contextmanager
def run_open_proxy(ports: Sequence[str]) -> Iterator[str]:
    """Run nginx as shipped but without sign-in, TLS and limits by address, in front of these ports.

    Yields:
        Its address.
    """
    with tempfile.TemporaryDirectory() as folder:
        port = find_port()
        changes = {
            **name_ports(ports),
            "listen 80;": f"listen 127.0.0.1:{find_port()};",
            "listen 443 ssl;": f"listen 127.0.0.1:{port};",
        }
        with run_nginx(Path(folder), port, _LEFT_OUT.sub("", change_shipped(changes))):
            yield f"http://127.0.0.1:{port}"


def name_ports(ports: Sequence[str]) -> dict[str, str]:
    """Name the ports of the shipped configuration and those that stand in their place."""
    return dict(zip(PORTS, ports, strict=True))


def change_shipped(changes: Mapping[str, str]) -> str:
    """Change the shipped configuration for this machine; every change must find its place.

    Raises:
        LookupError: The configuration has no such text.
    """
    text = (ROOT / "docs" / "nginx.conf").read_text(encoding="utf-8")
    for old in changes:
        if old not in text:
            raise LookupError(f"docs/nginx.conf has no {old!r}")
    # At once, because a free port may look like one of the shipped ones.
    pattern = "|".join(re.escape(old) for old in sorted(changes, key=len, reverse=True))
    return re.sub(pattern, lambda found: changes[found[0]], text)


@contextlib.contextmanager
def run_nginx(folder: Path, port: int, text: str) -> Iterator[subprocess.Popen]:
    """Run nginx with a configuration, and wait until it listens.

    Args:
        folder: Where it writes.
        port: One that it will listen on.
        text: The configuration, as in conf.d.

    Raises:
        RuntimeError: It did not start; with what it said.
    """
    (folder / "tifa.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_AROUND.format(folder=folder, user=user), encoding="utf-8")
    program = _find_program("nginx")
    if program is None:
        raise RuntimeError("nginx: not installed (Debian: apt-get install nginx)")
    words = [program, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        _wait_for(port, process)
        yield process
    finally:
        process.terminate()
        process.wait()


def need_programs(*names: str) -> None:
    """Skip a test that needs programs which are not installed; fail it where TIFA_REQUIRE_NGINX is set."""
    missing = [name for name in names if _find_program(name) is None]
    if missing:
        why = f"not installed: {', '.join(missing)} (Debian: apt-get install nginx openssl)"
        if os.environ.get("TIFA_REQUIRE_NGINX"):
            pytest.fail(why)
        pytest.skip(why)


def _find_program(name: str) -> str | None:
    """Find a program, where Debian keeps those of the administrator, too."""
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")


def _wait_for(port: int, process: subprocess.Popen) -> None:
    while process.poll() is None:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
    raise RuntimeError(f"nginx did not start: {process.stderr.read()}")
