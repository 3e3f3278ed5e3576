"""The configuration of docs/nginx.conf in front of the real server: sign-in, limits, the app behind them."""

import asyncio
import base64
import http.client
import socket
import ssl
import subprocess
from urllib.parse import quote

import pytest

from tests.browsing import collect_errors
from tests.load.proxy import change_shipped, name_ports, need_programs, run_nginx, run_service
from tests.load.reader import Reader
from tests.load.server import find_port

playwright = pytest.importorskip("playwright.sync_api")

_USER, _PASSWORD = "reader", "not-a-secret"
_SIGNED_IN = {"Authorization": "Basic " + base64.b64encode(f"{_USER}:{_PASSWORD}".encode()).decode()}


@pytest.fixture(scope="module")
def service():
    """Two servers behind the proxy without sign-in, as the load is measured."""
    need_programs("nginx")
    with run_service("shared_server.py", count=2, environment={}) as service:
        yield service


@pytest.fixture(scope="module")
def proxy(service, tmp_path_factory):
    """The proxy as shipped in front of the same two servers: its two ports."""
    need_programs("openssl")
    folder = tmp_path_factory.mktemp("nginx")
    request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run(
        ["openssl", *request, "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"],
        check=True,
        capture_output=True,
    )
    (folder / "htpasswd").write_text(f"{_USER}:{{PLAIN}}{_PASSWORD}\n", encoding="ascii")
    plain, secure = find_port(), find_port()
    changes = {
        **name_ports([server.port for server in service.servers]),
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{secure} ssl;",
        "server_name papers.example.org;": "server_name localhost;",
        "https://$host$request_uri": f"https://$host:{secure}$request_uri",
        "/etc/ssl/certs/papers.example.org.pem": f"{folder}/cert.pem",
        "/etc/ssl/private/papers.example.org.key": f"{folder}/key.pem",
        "/etc/nginx/tifa.htpasswd": f"{folder}/htpasswd",
    }
    with run_nginx(folder, secure, change_shipped(changes)):
        yield plain, secure


def ask(proxy, path, *, method="GET", headers=None, body=None):
    """Send one request over TLS; gives status, headers and body."""
    trusting = ssl._create_unverified_context()
    connection = http.client.HTTPSConnection("localhost", proxy[1], timeout=60, context=trusting)
    try:
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


_UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
    "Sec-WebSocket-Protocol": "streamlit",
}


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/stream", "/static/js/", "/media/1.png"])
@pytest.mark.parametrize("with_password", ["none", "wrong"])
def test_nothing_without_sign_in(proxy, path, with_password):
    wrong = {"Authorization": "Basic " + base64.b64encode(b"reader:guess").decode()}
    status, headers, _ = ask(proxy, path, headers=wrong if with_password == "wrong" else _UPGRADE)
    assert status == 401
    assert headers["WWW-Authenticate"] == 'Basic realm="Tifa Watch"'


def test_plain_http_leads_to_https(proxy):
    connection = http.client.HTTPConnection("localhost", proxy[0], timeout=60)
    connection.request("GET", "/slogans?s=x")
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://localhost:{proxy[1]}/slogans?s=x")


def test_answers_carry_the_headers_of_both(proxy):
    status, headers, _ = ask(proxy, "/_stcore/health", headers=_SIGNED_IN)
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"
    assert "secure" in headers["Set-Cookie"].lower()


def test_scripts_come_compressed(proxy):
    _, _, page = ask(proxy, "/", headers=_SIGNED_IN)
    script = page.decode().split('src="./static/js/')[1].split('"')[0]
    _, headers, _ = ask(proxy, f"/static/js/{script}", headers={**_SIGNED_IN, "Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_hidden_paths_stay_hidden(proxy, path):
    assert ask(proxy, path, headers=_SIGNED_IN)[0] == 404


def test_a_huge_body_ends_at_the_proxy(proxy):
    said = {**_SIGNED_IN, "Content-Length": str(100 * 2**20)}
    status, headers, _ = ask(proxy, "/_stcore/upload_file/a/b", method="PUT", headers=said)
    assert (status, headers.get("Content-Security-Policy")) == (413, None)


def test_a_foreign_page_cannot_open_a_session(proxy):
    here = f"https://localhost:{proxy[1]}"
    for origin, expected in (("https://elsewhere.example", 403), (here, 101)):
        assert (
            ask(proxy, "/_stcore/stream", headers={**_SIGNED_IN, **_UPGRADE, "Origin": origin})[0] == expected
        )


def test_one_address_cannot_take_all_connections(proxy):
    trusting, held = ssl._create_unverified_context(), []
    said = "".join(f"{name}: {value}\r\n" for name, value in {**_SIGNED_IN, **_UPGRADE}.items())
    answers = []
    try:
        for _ in range(45):
            raw = socket.create_connection(("127.0.0.1", proxy[1]), timeout=60)
            held.append(trusting.wrap_socket(raw, server_hostname="localhost"))
            held[-1].sendall(
                f"GET /_stcore/stream HTTP/1.1\r\nHost: localhost:{proxy[1]}\r\n{said}\r\n".encode()
            )
            answers.append(held[-1].recv(12)[9:])
    finally:
        for each in held:
            each.close()
    assert answers[:40] == [b"101"] * 40
    assert answers[40:] == [b"429"] * 5


def test_uploads_reach_the_process_that_holds_the_session(service):
    ports = {server.port for server in service.servers}

    async def upload_at_both() -> None:
        seen = set()
        # Each reader comes to one of two by chance.
        while seen != ports:
            async with Reader(service.address) as reader:
                await reader.open()
                await reader.open("data", f"lang=zh&data_view={quote('上传')}")
                await reader.upload("upload_0", "page.txt", "本报讯 今天".encode())
                seen.add(reader.cookie.partition("=")[2])

    asyncio.run(asyncio.wait_for(upload_at_both(), 120))


def test_the_app_works_behind_the_proxy(proxy, browser):
    context = browser.new_context(
        locale="zh-CN",
        ignore_https_errors=True,
        http_credentials={"username": _USER, "password": _PASSWORD},
        viewport={"width": 1400, "height": 1000},
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    errors, sockets = collect_errors(page), []
    page.on("websocket", lambda found: sockets.append(found.url))
    page.goto(f"https://localhost:{proxy[1]}")
    page.get_by_role("heading", name="总览", exact=True, level=1).wait_for()
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_role("link", name="文章", exact=True).click()
    page.get_by_role("heading", name="文章", exact=True, level=1).wait_for()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").first.click()
    assert waiting.value.path().stat().st_size > 1000
    playwright.expect(page.locator('[data-testid="stException"]')).to_have_count(0)
    context.close()
    assert sockets
    assert all(url.startswith("wss://localhost") for url in sockets)
    assert not [error for error in errors if "401" not in error]
