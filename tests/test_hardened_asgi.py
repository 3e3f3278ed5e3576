"""The layers around the app, each alone: headers, hidden paths, limits on readers and bodies."""

import asyncio
import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serving.headers import HIDDEN, add_headers, hide_paths, make_policy
from serving.limits import LimitError, Limits, read_limits
from serving.sessions import OWN_READER, limit_sessions, make_full_page
from serving.uploads import Held, limit_uploads

MB = 1024 * 1024
_HTML = ((b"accept", b"text/html,*/*"),)


async def _inner(scope, receive, send):
    """The app inside: reads its body and answers 200 with the header that ours replaces."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"none")]})
    await send({"type": "http.response.body", "body": b"inside"})


def ask(app, path="/", *, method="GET", headers=(), body=(b"",)):
    """Send one request; gives the status, the headers and the body of the answer."""
    said = []
    parts = [{"type": "http.request", "body": part, "more_body": True} for part in body]
    parts[-1]["more_body"] = False
    coming = iter(parts)

    async def receive():
        return next(coming)

    async def send(message):
        said.append(message)

    scope = {"type": "http", "method": method, "path": path, "headers": list(headers), "extensions": {}}
    asyncio.run(app(scope, receive, send))
    content = b"".join(message.get("body", b"") for message in said[1:])
    return said[0]["status"], dict(said[0]["headers"]), content


def test_policy_allows_the_inline_script_of_the_page_and_no_other():
    script = "\n  window.ready = false\n"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = make_policy(f"<html><script>{script}</script><script src='a.js'></script></html>")
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["script-src"] == f"'self' blob: 'sha256-{digest}'"
    assert "unsafe" not in rules["script-src"]
    assert rules["object-src"] == "'none'"
    for name in ("default-src", "connect-src", "base-uri", "form-action", "frame-ancestors"):
        assert rules[name] == "'self'"
    assert not re.search(r"https?:|\*", policy)


def test_every_answer_has_the_headers_once():
    status, headers, content = ask(add_headers(_inner, policy="default-src 'self'"))
    assert (status, content) == (200, b"inside")
    assert headers[b"content-security-policy"] == b"default-src 'self'"
    assert headers[b"x-frame-options"] == b"SAMEORIGIN"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert b"X-Frame-Options" not in headers


@pytest.mark.parametrize(
    "path", [*HIDDEN, "/base/_stcore/metrics", "/_stcore/agent/interact", "//_stcore//metrics/"]
)
def test_hidden_path_is_not_there(path):
    assert ask(hide_paths(_inner), path)[0] == 404


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/metricsx", "/pages"])
def test_other_path_is_there(path):
    assert ask(hide_paths(_inner), path)[0] == 200


def test_limits_come_from_the_environment():
    assert read_limits({}) == Limits()
    assert read_limits({"TIFA_MAX_SESSIONS": "7", "TIFA_MAX_RUNS": " "}) == Limits(max_sessions=7)


@given(st.text().filter(lambda value: value.strip() and not re.fullmatch(r"\s*0*[1-9][0-9]*\s*", value)))
def test_a_limit_that_is_none_is_named(value):
    with pytest.raises(LimitError, match=r"^TIFA_MAX_RUNS="):
        read_limits({"TIFA_MAX_RUNS": value})


TEXTS = {"full_title": {"zh": "满", "en": "Full"}, "full_body": {"zh": "请稍候", "en": "Wait"}}


def test_a_full_server_says_so_and_goes_on_serving_those_inside():
    let_go, came_in = asyncio.Event(), asyncio.Event()

    async def inner(scope, receive, send):
        if scope["type"] == "websocket":
            came_in.set()
            await let_go.wait()
        else:
            await _inner(scope, receive, send)

    app = limit_sessions(inner, most=1, full_page=make_full_page(TEXTS))

    async def talk(scope):
        said = []

        async def receive():
            return {"type": "websocket.connect" if scope["type"] == "websocket" else "http.request"}

        async def send(message):
            said.append(message)

        await app({"headers": [], "extensions": {}, **scope}, receive, send)
        return said

    async def check():
        page = {"type": "http", "method": "GET", "path": "/", "headers": list(_HTML)}
        first = asyncio.create_task(talk({"type": "websocket"}))
        await came_in.wait()
        start, body = await talk(page)
        assert start["status"] == 503
        assert {b"retry-after", b"refresh"} <= dict(start["headers"]).keys()
        assert "满" in body["body"].decode()
        assert "Full" in body["body"].decode()
        assert b"<script" not in body["body"]
        assert (await talk({**page, "headers": []}))[0]["status"] == 200
        assert await talk({"type": "websocket"}) == [{"type": "websocket.close", "code": 1013}]
        denied = await talk({"type": "websocket", "extensions": {"websocket.http.response": {}}})
        assert denied[0]["status"] == 503
        own = asyncio.create_task(talk({"type": "websocket", "extensions": {OWN_READER: {}}}))
        await asyncio.sleep(0)
        assert not own.done(), "a reader of our own is let in"
        let_go.set()
        await first
        await own
        assert (await talk(page))[0]["status"] == 200

    asyncio.run(check())


_PLACE = "/_stcore/upload_file/session/file"
_LIMITS = Limits(session_files=3, session_upload_mb=2, total_upload_mb=3)


_NOTHING, _FULL = Held(0, 0, 0), Held(3, 2 * MB, 3 * MB)


def _put(held=_NOTHING, *, size=10, path=_PLACE, method="PUT", body=(b"0123456789",), headers=None):
    app = limit_uploads(_inner, limits=_LIMITS, most_mb=1, count_held=lambda session: held)
    said = [(b"content-length", str(size).encode())] if headers is None else headers
    return ask(app, path, method=method, headers=said, body=body)[0]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        pytest.param(200, {}, id="within all bounds"),
        pytest.param(200, {"path": "/base" + _PLACE}, id="under a path"),
        pytest.param(200, {"method": "DELETE", "body": (b"",), "held": _FULL}, id="delete when full"),
        pytest.param(413, {"method": "DELETE"}, id="delete with a body"),
        pytest.param(413, {"size": 1.1 * MB}, id="one file too large"),
        pytest.param(413, {"held": Held(3, 30, 30)}, id="too many files"),
        pytest.param(413, {"held": Held(1, 2 * MB, 2 * MB), "size": MB}, id="session too large"),
        pytest.param(413, {"held": Held(0, 0, 3 * MB), "size": MB}, id="server too full"),
        pytest.param(413, {"size": 5}, id="longer than it said"),
        pytest.param(413, {"size": 5, "body": (b"01234", b"56789")}, id="longer than it said, in parts"),
        pytest.param(411, {"headers": []}, id="size not said"),
        pytest.param(411, {"headers": [(b"content-length", b"-1")]}, id="size no number"),
        pytest.param(411, {"headers": [(b"content-length", b"9" * 5000)]}, id="size too long to read"),
        pytest.param(411, {"headers": [(b"content-length", b"5")] * 2}, id="two sizes"),
        pytest.param(405, {"method": "POST"}, id="no such way"),
        pytest.param(405, {"path": "/"}, id="no such place"),
        pytest.param(405, {"path": "/", "method": "TRACE"}, id="trace"),
    ],
)  # fmt: skip
def test_body_is_read_within_bounds_only(status, words):
    if "size" in words:
        words = {**words, "size": int(words["size"])}
    assert _put(**words) == status
