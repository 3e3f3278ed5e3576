"""Long matter in a frame that scrolls, also by keyboard."""

from __future__ import annotations

import html

import streamlit as st


def show_scrolled(body: str, *, label: str, height: int) -> None:
    """Show HTML of our own making in a frame that scrolls.

    Args:
        body: HTML in which whatever strangers wrote is escaped.
        label: What the frame holds, for those who cannot see it.
        height: Its height in pixels, at the most.
    """
    st.html(
        f'<div role="region" tabindex="0" aria-label="{html.escape(label)}" '
        f'style="max-height:{height}px;overflow:auto;padding:2px 8px 2px 2px">{body}</div>'
    )


def format_plain(text: str) -> str:
    """Format a text as HTML that shows it as it stands, line by line.

    Args:
        text: Any text.

    Returns:
        HTML that wraps long lines and keeps all others.
    """
    return f'<div style="white-space:pre-wrap;overflow-wrap:anywhere">{html.escape(text)}</div>'
