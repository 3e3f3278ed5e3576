"""Take the screenshots of the docs: `python docs/make_screenshots.py` from the project's root.

Starts the app on the bundled pages, opens every page in both languages and both themes in Chromium, and
writes docs/screenshots/<page>_<language>_<theme>.jpg.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.browsing import PAGES, QUIET, find_browser, run_dashboard, wait_until_idle

_FOLDER = Path(__file__).parent / "screenshots"
_LOCALES = {"zh": "zh-CN", "en": "en-GB"}
_THEMES = ("light", "dark")
_TALLEST = 4200
_QUALITY = 60


def main() -> None:
    """Take all screenshots, or those of one width."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--width", type=int, default=1400, help="width of the window (default: 1400)")
    parser.add_argument("--out", type=Path, default=_FOLDER, help="folder to write into")
    options = parser.parse_args()
    executable = find_browser()
    if executable is None:
        sys.exit("no Chromium was found; Debian: apt-get install chromium")
    options.out.mkdir(parents=True, exist_ok=True)
    with run_dashboard() as address, sync_playwright() as api:
        browser = api.chromium.launch(executable_path=executable, args=QUIET)
        for language, locale in _LOCALES.items():
            for theme in _THEMES:
                context = browser.new_context(
                    locale=locale, color_scheme=theme, viewport={"width": options.width, "height": 900}
                )
                page = context.new_page()
                page.set_default_timeout(60_000)
                for name in PAGES:
                    path = options.out / f"{name or 'overview'}_{language}_{theme}.jpg"
                    take(page, f"{address}/{name}", path, options.width)
                    print(path)
                context.close()
        browser.close()


def take(page, address: str, path: Path, width: int) -> None:
    """Open an address and take the whole page, which Streamlit scrolls inside the window.

    Args:
        page: A page of the browser.
        address: Where to go.
        path: File to write.
        width: Width of the window.
    """
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    wait_until_idle(page)
    page.wait_for_load_state("networkidle")
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(height, 700), _TALLEST)})
    # Plots are drawn anew for the new size; their containers stop moving when that is done.
    page.wait_for_timeout(1500)
    page.screenshot(path=path, type="jpeg", quality=_QUALITY)
    page.set_viewport_size({"width": width, "height": 900})


if __name__ == "__main__":
    main()
