"""A word cloud on the page whose words can be clicked and reached by keyboard."""

from __future__ import annotations

import json
from functools import lru_cache, partial

import streamlit as st

from analysis.charts import Cloud
from analysis.charts.cloud import format_weight

_HTML = '<div class="cloud"></div>'
#: Words reach the page by setAttribute and textContent alone: a word is data, whatever is written in it.
_JS = """
const NS = "http://www.w3.org/2000/svg";
const NARROW = 560, WIDE = 600;

function make(name, attributes, parent) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.appendChild(made);
  return made;
}

function draw(cloud, label) {
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `0 0 ${cloud.width} ${cloud.height}`);
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", label);
  for (const each of cloud.words) {
    const group = make("g", {
      tabindex: "0", role: "button", "aria-label": each.says, "data-word": each.word,
    }, svg);
    make("title", {}, group).textContent = each.says;
    make("rect", {
      x: each.left - 3, y: each.top - 3, width: each.width + 6, height: each.height + 6, rx: 3,
    }, group);
    make("path", {
      d: each.path, fill: each.colour, transform: `translate(${each.x} ${each.y}) scale(${each.scale})`,
    }, group);
  }
  return svg;
}

function wordOf(event) {
  const group = event.target.closest("[data-word]");
  return group ? group.getAttribute("data-word") : null;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".cloud");
  if (!root || !data) return;
  const { cloud, label, isNarrow } = JSON.parse(new TextDecoder().decode(data));
  const active = root.getRootNode().activeElement;
  const held = active ? active.getAttribute("data-word") : null;
  root.replaceChildren(draw(cloud, label));
  if (held !== null) {
    const same = [...root.querySelectorAll("[data-word]")].find(
      (group) => group.getAttribute("data-word") === held,
    );
    if (same) same.focus({ preventScroll: true });
  }
  // Words are placed for the other kind of screen when one asks for them; the gap keeps a scroll bar that
  // comes and goes with the height of the picture from asking again and again.
  root.watching?.disconnect();
  root.watching = new ResizeObserver(() => {
    const width = root.clientWidth;
    if (!width || (isNarrow ? width < WIDE : width > NARROW)) return;
    root.watching.disconnect();
    setTriggerValue("screen", isNarrow ? "wide" : "narrow");
  });
  root.watching.observe(root);
  root.onclick = (event) => {
    const word = wordOf(event);
    if (word !== null) setTriggerValue("word", word);
  };
  root.onkeydown = (event) => {
    const word = wordOf(event);
    if (word === null || event.repeat || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    setTriggerValue("word", word);
  };
}
"""
#: A word has its whole box as target, for strokes are thin; the box is also where focus shows.
_CSS = """
.cloud { width: 100%; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
g { cursor: pointer; outline: none; }
rect { fill: transparent; stroke: none; stroke-width: 1px; vector-effect: non-scaling-stroke; }
g:hover rect { stroke: var(--st-text-color); }
g:focus-visible rect { stroke: var(--st-text-color); stroke-width: 3px; }
@media (forced-colors: active) {
  g:focus-visible rect { stroke: Highlight; }
}
"""

_component = st.components.v2.component("tifa_cloud", html=_HTML, css=_CSS, js=_JS)


def is_narrow(key: str) -> bool:
    """Tell whether the screen that has a cloud said that there is little room for it; see its key below."""
    return st.session_state.get(f"screen_{key}") == "narrow"


def show_clickable_cloud(cloud: Cloud, *, key: str, label: str) -> str | None:
    """Show a cloud as wide as the page lets it; a click, Enter or Space on a word picks it.

    A screen with little room for the cloud says so once, by a run of the page of its own: `is_narrow` is
    then for whom draws the cloud.

    Args:
        cloud: The cloud, drawn for the theme of the page and for its screen.
        key: Key of the widget.
        label: What the cloud tells, for those who cannot see it.

    Returns:
        The word picked just now; None on any other run, and always where no browser is (`AppTest`).
    """
    data, keep = _write(cloud, label, is_narrow(key)), partial(_keep_screen, key)
    picked = _component(key=key, data=data, on_word_change=_ignore, on_screen_change=keep).word
    # What a browser sends may be anything.
    return picked if isinstance(picked, str) and picked in cloud.words else None


@lru_cache(maxsize=1000)
def _write(cloud: Cloud, label: str, is_narrow: bool) -> bytes:
    """Write what the page draws, once for all who look at the same."""
    described = {"label": label, "isNarrow": is_narrow, "cloud": _describe(cloud)}
    return json.dumps(described, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _describe(cloud: Cloud) -> dict[str, object]:
    words = [{**each._asdict(), "says": f"{each.word} {format_weight(each.weight)}"} for each in cloud.placed]
    return {"width": cloud.width, "height": cloud.height, "words": words}


def _ignore() -> None:
    """Be there: without a callback the component would have no word to return."""


def _keep_screen(key: str) -> None:
    st.session_state[f"screen_{key}"] = st.session_state[key].get("screen")
