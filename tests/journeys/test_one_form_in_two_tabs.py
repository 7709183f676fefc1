"""One worker has the same form open in two tabs: neither writes over the other unseen, and nothing that was typed is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product
from tests.journeys.hands import press

WORKING = """select c.reference from cases_case c join accounts_user u on u.id = c.lead_id
    where u.email = %s and c.stage = 'working' order by c.reference desc limit 1"""
FIRST, SECOND = "She has slept through for a week.", "The school rang: he was there each day."


def _words(page: Page) -> Locator:
    return page.locator("textarea[name=words]")


def _saved(page: Page) -> Locator:
    return page.locator("[data-saved]")


@pytest.fixture
def tabs(product: Product, sign_in: Callable[..., Page]) -> tuple[Page, Page, str]:
    """The same empty note in two tabs, and its address."""
    [(case,)] = product.sql(WORKING, product.somebody("family_worker")["email"])
    address = f"/cases/{case}/notes/add/conversation/"
    first = sign_in("family_worker", path=address)
    if first.get_by_role("button", name="Discard it").count():
        press(first, "Discard it")
    second = first.context.new_page()
    second.goto(address)
    return first, second, address


def test_each_is_told_and_both_notes_are_saved(tabs: tuple[Page, Page, str], axe: Callable[[Page], None]) -> None:
    first, second, address = tabs
    _words(first).press_sequentially(FIRST)
    expect(_saved(first)).to_contain_text("Saved at")
    _words(second).press_sequentially(SECOND)
    expect(_saved(second)).to_contain_text("this page has other words of yours that are not saved, in another tab")
    axe(second)
    first.close()  # as somebody does who has read that it is saved
    press(second, "Save the note")
    expect(second.locator("main")).to_contain_text(SECOND)
    second.goto(address)
    expect(_words(second)).to_have_value(FIRST)
    press(second, "Save the note")
    expect(second.locator("main")).to_contain_text(FIRST)
    expect(second.locator("main")).to_contain_text(SECOND)


def test_what_cannot_be_saved_yet_says_that_it_is_kept_nowhere_else(tabs: tuple[Page, Page, str]) -> None:
    first, second, address = tabs
    _words(first).press_sequentially(FIRST)
    expect(_saved(first)).to_contain_text("Saved at")
    _words(second).fill("")
    second.locator("input[name=happened_on-day]").fill("99")
    press(second, "Save the note")
    expect(second.locator(".govuk-error-summary")).to_be_visible()
    expect(_saved(second)).to_contain_text("in another tab")
    first.goto(address)
    expect(_words(first)).to_have_value(FIRST)
