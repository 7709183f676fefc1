"""A practitioner is away too long in the middle of an assessment: they sign in on the spot, and nothing is lost."""

from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page, expect

from tests.browser.product import Product
from tests.journeys.hands import press

WHO = "family_worker"
LONG = 60 * 60  # seconds: more than anybody may be away
DRAFT = """select c.reference from cases_case c join assessments_assessment a on a.case_id = c.id
    join accounts_user u on u.id = c.lead_id where u.email = %s and c.stage = 'assessing' and a.status = 'draft'
    order by c.reference desc limit 1"""


def _was_away(page: Page, product: Product) -> None:
    """The page's sitting was last used an hour ago."""
    [key] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    [held] = product.sql("select session_data from django_session where session_key = %s", key)
    data = SessionStore().decode(held[0])
    data["hearth_here_at"] -= LONG
    product.sql("update django_session set session_data = %s where session_key = %s", SessionStore().encode(data), key)


def test_the_time_runs_out_while_typing_and_every_word_is_there_and_saved(
    product: Product, sign_in: Callable[..., Page], doorkeeper: Any, axe: Callable[[Page], None]
) -> None:
    person = product.somebody(WHO)
    [found] = product.sql(DRAFT, person["email"])
    address = f"/cases/{found[0]}/assessment/write/beginning/"
    page = sign_in(WHO, path=address)
    box = page.locator('textarea[name="services"]')
    box.fill("The school nurse")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    _was_away(page, product)
    box.press_sequentially(" and a youth worker.")
    dialog = page.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    axe(page)
    # From this seat nothing more can be read until they have signed in.
    other_tab = page.context.new_page()
    other_tab.goto(address)
    expect(other_tab.locator("input[name=login]")).to_be_visible()
    other_tab.close()
    # Nor does the page's own asking who else writes here take it, and the typing, away.
    with page.expect_response(lambda answer: "writing" in answer.url and answer.status == 401):
        page.evaluate("path => htmx.ajax('GET', path, {target: '.app-quiet'})", address.replace("/write/", "/writing/"))
    page.wait_for_timeout(500)
    assert page.url.endswith(address)
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password").fill(person["password"])
    dialog.get_by_label("Code").fill(doorkeeper.code(person))
    press(page, "Sign in and save")
    expect(dialog).to_have_count(0)
    expect(box).to_have_value("The school nurse and a youth worker.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    doorkeeper.states[person["email"]] = page.context.storage_state()
    press(page, "Save and go back to the list")
    expect(page.get_by_text("is saved.").first).to_be_visible()
    page.goto(address)
    expect(box).to_have_value("The school nurse and a youth worker.")
    expect(page.locator(".app-draft")).to_have_count(0)
