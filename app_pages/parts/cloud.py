"""A word cloud on the page whose words can be clicked and reached by keyboard."""

from __future__ import annotations

import json
from functools import lru_cache

import streamlit as st

from analysis.charts import Cloud
from analysis.charts.cloud import format_weight

_HTML = '<div class="cloud"></div>'
#: Words reach the page by setAttribute and textContent alone: a word is data, whatever is written in it.
_JS = """
const NS = "http://www.w3.org/2000/svg";

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
  const { clouds, label } = JSON.parse(new TextDecoder().decode(data));
  const active = root.getRootNode().activeElement;
  const held = active ? active.getAttribute("data-word") : null;
  root.classList.toggle("both", clouds.length > 1);
  root.replaceChildren(...clouds.map((cloud) => draw(cloud, label)));
  if (held !== null) {
    const same = [...root.querySelectorAll("[data-word]")].find(
      (group) => group.getAttribute("data-word") === held && group.getClientRects().length,
    );
    if (same) same.focus({ preventScroll: true });
  }
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
.cloud { container-type: inline-size; width: 100%; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
.both svg:last-child { display: none; }
@container (max-width: 560px) {
  .both svg:first-child { display: none; }
  .both svg:last-child { display: block; }
}
g { cursor: pointer; outline: none; }
rect { fill: transparent; stroke: none; stroke-width: 1px; vector-effect: non-scaling-stroke; }
g:hover rect { stroke: var(--st-text-color); }
g:focus-visible rect { stroke: var(--st-text-color); stroke-width: 3px; }
@media (forced-colors: active) {
  g:focus-visible rect { stroke: Highlight; }
}
"""

_component = st.components.v2.component("tifa_cloud", html=_HTML, css=_CSS, js=_JS)


def show_clickable_cloud(cloud: Cloud, *, key: str, label: str, narrow: Cloud | None = None) -> str | None:
    """Show a cloud as wide as the page lets it; a click, Enter or Space on a word picks it.

    Args:
        cloud: The cloud, drawn for the theme of the page.
        key: Key of the widget.
        label: What the cloud tells, for those who cannot see it.
        narrow: The same words placed for a narrow screen, shown in its stead below 560 pixels.

    Returns:
        The word picked just now; None on any other run, and always where no browser is (`AppTest`).
    """
    clouds = (cloud,) if narrow is None else (cloud, narrow)
    picked = _component(key=key, data=_write(clouds, label), on_word_change=_ignore).word
    # What a browser sends may be anything.
    known = {word for each in clouds for word in each.words}
    return picked if isinstance(picked, str) and picked in known else None


@lru_cache(maxsize=1000)
def _write(clouds: tuple[Cloud, ...], label: str) -> bytes:
    """Write what the page draws, once for all who look at the same."""
    described = {"label": label, "clouds": [_describe(each) for each in clouds]}
    return json.dumps(described, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _describe(cloud: Cloud) -> dict[str, object]:
    words = [{**each._asdict(), "says": f"{each.word} {format_weight(each.weight)}"} for each in cloud.placed]
    return {"width": cloud.width, "height": cloud.height, "words": words}


def _ignore() -> None:
    """Be there: without a callback the component would have no word to return."""
