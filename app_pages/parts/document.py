"""What the document lacks as Streamlit makes it: its language, and colours and roles for every reader."""

from __future__ import annotations

import streamlit as st

# Streamlit declares every page English; screen readers choose their voice, and browsers the shapes of Han
# characters, by what is declared. Its field for files has a label and at once the role of an ornament, which
# hides the label from screen readers.
_mend = st.components.v2.component(
    "mend_document",
    js="""
export default function ({ data }) {
  document.documentElement.lang = data.language
  const mend = () => document.querySelectorAll('section[role="presentation"][aria-label]')
    .forEach((field) => field.setAttribute("role", "group"))
  mend()
  const watch = new MutationObserver(mend)
  watch.observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["role", "aria-label"],
  })
  return () => watch.disconnect()
}""",
)
# White on the light red of the dark theme is too faint; what is chosen, and main buttons, get dark words.
_DARK = """<style>
[data-testid="stMultiSelect"] span:has(> span[title]), [data-testid="stMultiSelect"] span[title],
button[kind="primary"] { color: #14171c !important; }
</style>"""


def mend_document(language: str) -> None:
    """Declare the language of the page, and mend what would keep some readers out.

    Args:
        language: A language tag (BCP 47), as zh-CN.
    """
    _mend(key="document", data={"language": language}, height=1)
    if st.context.theme.type == "dark":
        st.html(_DARK)
