"""What the browser must know of the document: its language."""

from __future__ import annotations

import streamlit as st

# Streamlit declares every page English; screen readers choose their voice, and browsers the shapes of Han
# characters, by what is declared.
_declare = st.components.v2.component(
    "declare_language",
    js="export default function ({ data }) { document.documentElement.lang = data.language }",
)


def declare_language(language: str) -> None:
    """Declare the language of the page.

    Args:
        language: A language tag (BCP 47), as zh-CN.
    """
    _declare(key="document_language", data={"language": language}, height=1)
