"""The app for an office network: `streamlit run shared_server.py`.

The same app as `dashboard.py`, with a strict Content-Security-Policy, no public metrics, limits on readers,
runs and uploads, and caches that are warm before the first reader comes. The limits are set by environment
variables (serving/limits.py); how to put it behind a proxy with sign-in stands in docs/deployment.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from app_pages.parts.words import read_texts
from serving.garbage import set_aside, stop_full_collections, sweep
from serving.headers import add_headers, hide_paths, make_policy
from serving.limits import read_limits
from serving.runs import queue_runs
from serving.sessions import limit_sessions, make_full_page
from serving.uploads import Held, limit_uploads
from serving.warm import visit_choices, visit_pages

ROOT = Path(__file__).parent
SWEEP_SECONDS = 60
#: Filters whose choices, alone and together, are computed ahead.
FILTERS = ("place", "topic")
#: Options of Streamlit that a shared server must not be without -> the value that each needs.
NEEDED = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableAgentApi": False,
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
    "global.developmentMode": False,
}


class ServerError(ValueError):
    """A setting with which the app must not be shared."""


def check_options() -> None:
    """Refuse to start with an option that takes a protection away.

    Raises:
        ServerError: Names the option and the value that it needs.
    """
    for name, value in NEEDED.items():
        found = st.get_option(name)
        if found != value:
            raise ServerError(f"{name} = {found!r}: not safe for many readers; set it to {value!r}")


def count_held(session: str) -> Held:
    """Count the uploaded files that Streamlit holds for a session, and the size of all."""
    held = st.runtime.get_instance().uploaded_file_mgr.file_storage
    sizes = {name: [len(file.data) for file in list(files.values())] for name, files in list(held.items())}
    mine = sizes.get(session, [])
    return Held(len(mine), sum(mine), sum(map(sum, sizes.values())))


@contextlib.asynccontextmanager
async def keep_up(server: st.App) -> AsyncIterator[None]:
    """Warm the caches before the first reader comes, and sweep what cycles leave behind every minute.

    Streamlit's own sweep after every run is off (.streamlit/config.toml): it makes every reader wait for all.
    """
    check_options()
    host = next(iter(st.get_option("server.allowedHosts") or ()), "localhost").replace("*", "localhost")
    where = {"host": host, "base": st.get_option("server.baseUrlPath") or ""}
    try:
        seen = await visit_pages(server, **where)
        faults = f", {seen.faults} of them with an error" if seen.faults else ""
        print(f"  {seen.pages} pages computed before the first reader{faults}", flush=True)
    except (TimeoutError, ConnectionError) as error:
        why = error or "a page took too long"
        print(f"  no page computed before the first reader: {why}", flush=True)
    set_aside()
    stop_full_collections()
    tasks = [asyncio.create_task(sweep(SWEEP_SECONDS)), asyncio.create_task(_visit_choices(server, where))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()


async def _visit_choices(server: st.App, where: dict[str, str]) -> None:
    """Compute what readers will ask for first: each page with one place, one topic, or one of each."""
    with contextlib.suppress(TimeoutError, ConnectionError):
        await visit_choices(server, keys=FILTERS, seconds=_limits.warm_seconds, **where)
    set_aside()


_limits = read_limits(os.environ)
_index = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")

#: From the network inwards.
MIDDLEWARE = [
    Middleware(add_headers, policy=make_policy(_index)),
    Middleware(hide_paths),
    Middleware(limit_sessions, most=_limits.max_sessions, full_page=make_full_page(read_texts())),
    Middleware(
        limit_uploads,
        limits=_limits,
        most_mb=st.get_option("server.maxUploadSize"),
        count_held=count_held,
    ),
    Middleware(queue_runs, most=_limits.max_runs, patience=_limits.run_seconds),
]

app = st.App(str(ROOT / "dashboard.py"), lifespan=keep_up, middleware=MIDDLEWARE)
