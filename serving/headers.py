"""Headers that tell a browser what a page of ours may do, and paths that the network need not see."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Paths of Streamlit that tell a stranger about the server, or drive the app without a browser.
HIDDEN = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check")

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_FIXED = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def make_policy(index: str) -> str:
    """Make the Content-Security-Policy of a page.

    Scripts come from our server alone; `blob:` is how Streamlit loads the code of components. Styles may
    stand in the page, because Streamlit's own do. Nothing is fetched from elsewhere, pictures included.

    Args:
        index: The HTML of the page; its inline scripts are allowed by their hashes.

    Returns:
        The value of the header.

    Example:
        >>> "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" in make_policy("<script></script>")
        True
    """
    hashes = " ".join(_hash_script(script) for script in _INLINE.findall(index))
    rules = (
        "default-src 'self'",
        f"script-src 'self' blob: {hashes}".rstrip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
    return "; ".join(rules)


def add_headers(app: ASGIApp, *, policy: str) -> ASGIApp:
    """Wrap an app so that every answer carries the policy and its companions."""
    headers = [(b"content-security-policy", policy.encode("ascii")), *_FIXED]
    ours = {name for name, _ in headers}

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                theirs = [pair for pair in message.get("headers", ()) if pair[0].lower() not in ours]
                message = {**message, "headers": [*theirs, *headers]}
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return answer


def hide_paths(app: ASGIApp, *, hidden: Iterable[str] = HIDDEN) -> ASGIApp:
    """Wrap an app so that some of its paths, and all below them, are not there (404)."""
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, hidden))})(?:/|$)")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and pattern.search(re.sub("/+", "/", scope["path"])):
            await refuse(send, 404, "Not found")
        else:
            await app(scope, receive, send)

    return answer


async def refuse(
    send: Send, status: int, text: str, *, kind: str = "text/plain", headers: Iterable = ()
) -> None:
    """Answer a request in words without asking the app."""
    body = text.encode("utf-8")
    about = [
        (b"content-type", f"{kind}; charset=utf-8".encode("ascii")),
        (b"content-length", str(len(body)).encode("ascii")),
        (b"cache-control", b"no-store"),
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": about})
    await send({"type": "http.response.body", "body": body})


def _hash_script(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
