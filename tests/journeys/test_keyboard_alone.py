"""A worker without a mouse: signs in, finds a family, writes a note and saves it. The focus is always to be seen."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.fixtures import Doorkeeper
from tests.browser.product import Product
from tests.journeys.hands import heading

WHO = "family_worker"
WORDS = "Written without a mouse."
# What has the focus: what it is called, whether it is on the screen, and whether it looks other than without the focus.
FOCUSED = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const looks = each => ['outline', 'boxShadow', 'backgroundColor', 'borderColor', 'color', 'borderWidth', 'textDecoration']
        .map(name => getComputedStyle(each)[name]).join('|');
    const parts = () => [one, one.nextElementSibling, one.closest('label, .govuk-radios__item, .govuk-checkboxes__item')]
        .filter(Boolean).flatMap(each => [looks(each), getComputedStyle(each, '::before').boxShadow + getComputedStyle(each, '::before').outline]);
    const place = one.getBoundingClientRect(), seen = parts(), style = getComputedStyle(one);
    const name = one.innerText || one.name || one.id || one.tagName;
    const on_screen = place.width > 0 && place.height > 0 && place.bottom > 0 && place.top < innerHeight
        && place.right > 0 && place.left < innerWidth;
    // What a script gave the focus loses it for good once it goes on.
    if (one.tabIndex < 0) return { name, on_screen, differs: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 };
    one.blur();
    const unseen = parts();
    one.focus({ preventScroll: true });
    return { name, on_screen, differs: seen.join() !== unseen.join() };
}"""
MOST = 80  # tabs to anything on a page


def _seen(page: Page) -> str:
    """What has the focus, which is to be seen."""
    found = page.evaluate(FOCUSED)
    assert found, f"Nothing has the focus on {page.url}"
    assert found["on_screen"] and found["differs"], (page.url, found)
    return str(found["name"])


def _tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """On and on, until it has the focus; each stop on the way is to be seen."""
    for _ in range(MOST):
        page.keyboard.press(key)
        _seen(page)
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{wanted} is not reached by the keyboard on {page.url}")


def _follow(page: Page, wanted: Locator) -> None:
    wanted.wait_for()
    _tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _skip(page: Page) -> None:
    """Past what every page begins with."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    _seen(page)
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()


def _sign_in(page: Page, product: Product, doorkeeper: Doorkeeper) -> None:
    person = product.somebody(WHO)
    page.goto("/")
    for name, words in (("login", person["email"]), ("password", person["password"])):
        _tab_to(page, page.locator(f"input[name={name}]"))
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    code = page.locator("input[name=code]")
    code.wait_for()
    _tab_to(page, code)
    page.keyboard.type(doorkeeper.code(person))
    page.keyboard.press("Enter")
    heading(page, "My work")
    doorkeeper.states[person["email"]] = page.context.storage_state()


def _open_a_note(page: Page) -> None:
    """From the first page to an empty note of a family."""
    _follow(page, page.get_by_role("navigation").get_by_role("link", name=re.compile("^(Cases|Families)$")))
    _skip(page)
    _follow(page, page.get_by_role("table").locator("tbody a").first)
    _skip(page)
    _follow(page, page.get_by_role("button", name="Write a note"))
    _skip(page)
    _follow(page, page.get_by_role("link", name="Home visit"))
    heading(page, "Home visit")


def test_one_signs_in_and_writes_a_note_and_what_was_left_out_is_found_from_the_summary(
    visitor: Callable[..., Page], product: Product, doorkeeper: Doorkeeper
) -> None:
    page = visitor()
    _sign_in(page, product, doorkeeper)
    _open_a_note(page)
    _skip(page)
    _press(page, "Save the note")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    _seen(page)
    links = summary.get_by_role("link")
    _tab_to(page, links.last)
    for number in reversed(range(links.count())):
        if number < links.count() - 1:
            _tab_to(page, links.nth(number), "Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator(links.nth(number).get_attribute("href") or "")).to_be_focused()
        _seen(page)
    nobody = page.get_by_label("Nobody of the family")
    _tab_to(page, nobody)
    page.keyboard.press("Space")
    expect(nobody).to_be_checked()
    _tab_to(page, page.locator("textarea[name=words]"))
    page.keyboard.type(WORDS)
    _press(page, "Save the note")
    expect(page.locator("main")).to_contain_text(WORDS)


def test_the_question_to_sign_in_again_is_left_by_escape_and_the_words_stay(sign_in: Callable[..., Page]) -> None:
    page = sign_in(WHO)
    _open_a_note(page)
    words = page.locator("textarea[name=words]")
    _tab_to(page, words)
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type(WORDS)
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog.get_by_label("Password")).to_be_focused()
    for _ in range(9):  # round and round: in it, or in the browser's own bar
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
        if page.locator("dialog :focus").count():
            _seen(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(words).to_be_focused()
    expect(words).to_have_value(WORDS)
    expect(page.locator("[data-saved]")).to_have_text("Not saved: you have been signed out.")


def _press(page: Page, name: str) -> None:
    _tab_to(page, page.get_by_role("button", name=name, exact=True))
    page.keyboard.press("Enter")
