"""One worker has the same form open in two tabs: neither writes over the other unseen, and nothing that was typed is lost."""

import re
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


def test_what_is_typed_in_each_is_kept_and_both_notes_are_saved(
    tabs: tuple[Page, Page, str], axe: Callable[[Page], None]
) -> None:
    first, second, address = tabs
    _type_in_both(first, second)
    axe(second)
    first.close()  # as somebody does who has read that it is saved
    press(second, "Save the note")
    expect(second.locator("main")).to_contain_text(SECOND)
    second.goto(address)
    expect(_words(second)).to_have_value(FIRST)
    press(second, "Save the note")
    expect(second.locator("main")).to_contain_text(FIRST)
    expect(second.locator("main")).to_contain_text(SECOND)


def _type_in_both(first: Page, second: Page) -> None:
    for page, words in ((first, FIRST), (second, SECOND)):
        _words(page).press_sequentially(words)
        expect(_saved(page)).to_contain_text("Saved at")


def test_whoever_goes_away_and_comes_back_takes_the_place_of_nobody(tabs: tuple[Page, Page, str]) -> None:
    first, second, address = tabs
    _type_in_both(first, second)
    _words(second).press_sequentially(" And he smiled.")
    second.goto("/")
    second.go_back()
    expect(_words(second)).to_have_value(f"{SECOND} And he smiled.")
    expect(second.locator(".app-draft")).to_contain_text("other unsaved typing on this page")
    first.close()
    press(second, "Save the note")
    second.goto(address)
    expect(_words(second)).to_have_value(FIRST)
    press(second, "Discard it")


def test_two_notes_from_one_unsaved_note_are_two_notes(tabs: tuple[Page, Page, str]) -> None:
    """The second tab is opened on what the first has typed, and says something else: neither may be taken for the other."""
    first, second, address = tabs
    _words(first).press_sequentially(FIRST)
    expect(_saved(first)).to_contain_text("Saved at")
    second.goto(address)
    expect(_words(second)).to_have_value(FIRST)
    _words(second).fill(SECOND)
    press(first, "Save the note")
    press(second, "Save the note")
    expect(second.locator("main")).to_contain_text(FIRST)
    expect(second.locator("main")).to_contain_text(SECOND)


def test_what_cannot_be_saved_yet_is_kept_beside_the_other(tabs: tuple[Page, Page, str]) -> None:
    first, second, address = tabs
    _words(first).press_sequentially(FIRST)
    expect(_saved(first)).to_contain_text("Saved at")
    _words(second).fill(SECOND)
    second.locator("input[name=happened_on-day]").fill("99")
    press(second, "Save the note")
    expect(second.locator(".govuk-error-summary")).to_be_visible()
    first.goto(address)
    expect(_words(first)).to_have_value(SECOND)
    press(first, "Discard it")
    expect(_words(first)).to_have_value(FIRST)
    press(first, "Discard it")


def test_back_to_a_form_that_was_put_right_shows_the_form_and_no_error_of_the_browser(
    tabs: tuple[Page, Page, str],
) -> None:
    page, second, address = tabs
    second.close()
    press(page, "Save the note")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    _words(page).fill(FIRST)
    press(page, "Save the note")
    expect(page.locator("main")).to_contain_text(FIRST)
    answer = page.go_back()
    assert answer is not None and answer.request.method == "GET"
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
    expect(page.locator("#the-form")).to_be_visible()
