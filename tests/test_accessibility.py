"""Every page by axe-core in either theme, in the language that it declares."""

import pytest

from tests.browsing import PAGES, wait_until_idle

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

_TABS = (
    ("slogans", "view", ("原句", "同现", "传播", "全部口号", "发现")),
    ("topics", "topics_view", ("一个主题", "口号与主题")),
)
VIEWS = [*PAGES, *(f"{page}?{key}={view}" for page, key, views in _TABS for view in views)]
#: Rules beyond WCAG A and AA that axe-core calls best practice are asked for too.
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_rule_of_accessibility_is_broken(browser, address, view, theme):
    context = browser.new_context(
        locale="zh-CN", color_scheme=theme, viewport={"width": 1400, "height": 1000}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{address}/{view}")
    page.get_by_role("heading", level=1).wait_for()
    wait_until_idle(page)
    found = axe.Axe().run(page, options=_RULES)
    broken = [
        f"{rule['id']} ({rule['impact']}): {rule['help']} {rule['nodes'][0]['target']}"
        for rule in found.response["violations"]
    ]
    context.close()
    assert not broken


@pytest.mark.parametrize(("locale", "declared"), [("zh-CN", "zh-CN"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_page_declares_the_language_that_it_speaks(browser, address, locale, declared):
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    wait_until_idle(page)
    page.wait_for_function(f"document.documentElement.lang === '{declared}'")
    other = "English" if declared == "zh-CN" else "中文"
    page.get_by_text(other, exact=True).click()
    page.wait_for_function(f"document.documentElement.lang !== '{declared}'")
    context.close()
