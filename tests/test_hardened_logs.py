"""What a server says on its console: nothing of what a stranger sends."""

import asyncio
import socket
from urllib.parse import urlsplit

import pytest

from tests.load.reader import Reader
from tests.load.server import run_app

_MARK = "2026-01-01 ERROR forged"
#: Ways to end a line, also on terminals and in viewers of logs.
_ENDS = ("\n", "\r\n", "\r", "\x1b[2K\r", "\u2028", "\x85", "%0a", "%0d%0a", "\\n")


def _send(address: str, request: str) -> None:
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=20) as connection:
        connection.sendall(request.encode())
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


def _ask_everything(address: str, end: str) -> None:
    words = f"x{end}{_MARK}"
    host = f"Host: {urlsplit(address).netloc}\r\nConnection: close\r\n"
    upgrade = (
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    )
    for request in (
        f"GET /{words} HTTP/1.1\r\n{host}\r\n",
        f"GET /?q={words}&place={words} HTTP/1.1\r\n{host}\r\n",
        f"GET / HTTP/1.1\r\nHost: {words}\r\nConnection: close\r\n\r\n",
        f"{words} / HTTP/1.1\r\n{host}\r\n",
        f"GET /_stcore/stream?{words} HTTP/1.1\r\n{host}{upgrade}Origin: http://{words}\r\n\r\n",
        f"PUT /_stcore/upload_file/{words} HTTP/1.1\r\n{host}Content-Length: 1\r\nCookie: {words}\r\n\r\nx",
    ):
        _send(address, request)


async def _upload(address: str) -> None:
    async with Reader(address) as reader:
        await reader.open()
        query = "lang=zh&data_view=%E4%B8%8A%E4%BC%A0&q=x%0A" + _MARK.replace(" ", "%20")
        await reader.open("data", query)
        await reader.upload("upload_0", f"x\n{_MARK}.txt", f"本报讯\n{_MARK}\n".encode())


@pytest.mark.parametrize("entry", ["shared_server.py", "dashboard.py"])
def test_no_line_of_the_log_can_be_forged(entry):
    with run_app(entry) as server:
        for end in _ENDS:
            _ask_everything(server.address, end)
        asyncio.run(_upload(server.address))
    # It was asked, and said so: a request that is none is logged without its words.
    assert any("Invalid HTTP request" in line for line in server.lines)
    assert not [line for line in server.lines if _MARK in line or "\x1b" in line]
