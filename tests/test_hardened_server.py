"""The entry for many readers, as it stands on the network."""

import asyncio
import contextlib
import http.client
import subprocess
import sys
import tomllib
import urllib.parse
import uuid

import pytest
import websockets

from tests.load.reader import Reader
from tests.load.server import ROOT, run_app

_MOST = 3


@pytest.fixture(scope="module")
def server():
    limits = {"TIFA_MAX_SESSIONS": str(_MOST), "TIFA_SESSION_FILES": "2", "TIFA_SESSION_UPLOAD_MB": "1"}
    with run_app(environment=limits) as server:
        yield server


async def come_in(server) -> Reader:
    """Open a session; the server hears of those who left a moment after they did, hence the attempts."""
    async with asyncio.timeout(30):
        while True:
            with contextlib.suppress(websockets.InvalidStatus):
                return await Reader(server.address).__aenter__()


def ask(server, path, *, method="GET", headers=None, body=None):
    """Send one request; gives status, headers and body.

    A server that refuses a body answers before it has arrived and closes, which can break the sending, and at
    times the answer too: it is then asked again.
    """
    host = urllib.parse.urlsplit(server.address).netloc
    for last in (False, False, False, False, True):
        connection = http.client.HTTPConnection(host, timeout=60)
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        except (ConnectionError, http.client.HTTPException):
            if last:
                raise
        finally:
            connection.close()
    raise AssertionError("never reached")


@pytest.mark.parametrize(
    "path", ["/", "/_stcore/health", "/_stcore/host-config", "/static/none.js", "/slogans"]
)
def test_every_answer_carries_the_policy(server, path):
    _, headers, _ = ask(server, path)
    assert "script-src 'self' blob: 'sha256-" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    "path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/interact"]
)
def test_what_strangers_need_not_see_is_not_there(server, path):
    assert ask(server, path)[0] == 404


def test_server_listens_on_this_machine_alone():
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert options["server"]["address"] == "127.0.0.1"
    assert options["server"]["enableXsrfProtection"] is True
    assert options["server"]["enableCORS"] is True
    assert options["server"]["enableAgentApi"] is False
    assert options["server"]["maxUploadSize"] <= 50
    assert options["client"]["showErrorDetails"] == "none"
    assert options["browser"]["gatherUsageStats"] is False


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("server.enableXsrfProtection", "false"),
        ("client.showErrorDetails", "full"),
        ("server.enableAgentApi", "true"),
    ],
)
def test_server_does_not_start_without_a_protection(option, value):
    with (
        pytest.raises(RuntimeError, match=f"{option} = .*not safe"),
        run_app("shared_server.py", f"--{option}", value),
    ):
        pass


def test_all_pages_are_warm_before_the_first_reader(server):
    async def count():
        async with await come_in(server) as reader:
            await reader.open()
            return len(reader.pages)

    assert server.said.splitlines()[-1] == f"  {asyncio.run(count())} pages computed before the first reader"


def test_it_stands_under_a_path_and_a_host_of_its_own():
    options = ("--server.baseUrlPath", "papers", "--server.allowedHosts", "papers.example.org")
    with run_app("shared_server.py", *options) as server:
        assert server.said.splitlines()[-1].endswith("pages computed before the first reader")
        assert ask(server, "/papers/_stcore/health")[0] == 200
        assert ask(server, "/papers/_stcore/metrics")[0] == 404
        assert asyncio.run(_refusal(server, path="/papers")) == 403


async def _refusal(server, path="", **words) -> int:
    address = f"{server.address.replace('http', 'ws')}{path}/_stcore/stream"
    try:
        async with websockets.connect(address, subprotocols=["streamlit"], **words):
            return 101
    except websockets.InvalidStatus as error:
        return error.response.status_code


def test_a_foreign_page_cannot_open_a_session(server):
    assert asyncio.run(_refusal(server, origin="http://elsewhere.example")) == 403
    assert asyncio.run(_refusal(server, origin=server.address)) == 101


def test_a_full_server_turns_the_next_one_away_and_serves_those_inside(server):
    async def check():
        inside = [await come_in(server) for _ in range(_MOST)]
        assert await _refusal(server) == 503
        status, headers, body = await asyncio.to_thread(ask, server, "/", headers={"Accept": "text/html"})
        assert (status, headers["Retry-After"]) == (503, "20")
        assert "人数已满" in body.decode()
        assert "The place is full" in body.decode()
        assert headers["Content-Security-Policy"]
        await inside[0].open()
        await inside[0].__aexit__()
        await (await come_in(server)).__aexit__()
        for reader in inside[1:]:
            await reader.__aexit__()

    asyncio.run(check())


def _upload(server, path, size, *, token=True):
    _, headers, _ = ask(server, "/_stcore/health")
    cookie = headers["Set-Cookie"].split(";")[0]
    line = uuid.uuid4().hex
    head = f'--{line}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'.encode()
    said = {"Content-Type": f"multipart/form-data; boundary={line}", "Cookie": cookie}
    if token:
        said["X-Xsrftoken"] = cookie.partition("=")[2]
    body = head + b"a" * size + f"\r\n--{line}--\r\n".encode()
    return ask(server, path, method="PUT", headers=said, body=body)[0]


def test_uploads_end_where_the_operator_says(server):
    async def check():
        async with await come_in(server) as reader:
            await reader.open()
            places = [place.upload_url for place in await reader.ask_for_places(["a.txt"] * 3)]

            async def upload(number, size, **words):
                return await asyncio.to_thread(_upload, server, places[number], size, **words)

            assert await upload(0, 10, token=False) == 403
            assert await upload(0, 1_200_000) == 413
            assert await upload(0, 500_000) in (200, 204)
            assert await upload(1, 700_000) == 413
            assert await upload(1, 10) in (200, 204)
            assert await upload(2, 10) == 413
        assert await asyncio.to_thread(_upload, server, "/_stcore/upload_file/nobody/1", 10) == 400

    asyncio.run(check())


@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/"), ("PUT", "/_stcore/health"), ("POST", "/_stcore/stream")]
)
def test_no_body_is_taken_elsewhere(server, method, path):
    assert ask(server, path, method=method, body=b"x" * 1000)[0] == 405


def test_no_session_pays_for_looking_at_the_code():
    ask_option = "import shared_server, streamlit; print(streamlit.get_option('server.fileWatcherType'))"
    said = subprocess.run(
        [sys.executable, "-c", ask_option], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert said.stdout.split() == ["none"]
