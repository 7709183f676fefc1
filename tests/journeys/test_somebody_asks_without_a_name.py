"""Somebody asks a panel's coordinator about a case, names nobody, and is answered."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE
from tests.browser.product import Product
from tests.journeys.hands import choose, heading, main, press, write

QUESTION = "A mother will not let the health visitor in since her partner came back. What would you do?"
ADVICE = "Ask her at the clinic, alone. Ring us if she says that she is afraid."


def test_somebody_asks_without_a_name_and_is_answered(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    asker, coordinator = sign_in("colleague", screen=PHONE), sign_in("panel_coordinator")
    asker.goto("/panels/")
    asker.get_by_role("link", name="Advice without a name").click()
    axe(asker)
    asker.get_by_role("button", name="Ask without a name").click()
    heading(asker, "Ask without a name")
    choose(asker, "of", "panel")
    asker.locator('select[name="panel"]').select_option(index=1)
    choose(asker, "themes", "domestic_abuse")
    write(asker, words=f"{QUESTION} Her number is 999 123 4567.")
    axe(asker)
    press(asker, "Ask")
    expect(asker.locator(".govuk-error-summary")).to_contain_text("an NHS number")
    write(asker, words=QUESTION)
    press(asker, "Ask")
    heading(asker, "A question without a name")
    coordinator.goto("/")
    coordinator.get_by_role("link", name=re.compile("^A question without a name, asked of")).first.click()
    assert QUESTION in main(coordinator)
    axe(coordinator)
    stranger = sign_in("practitioner")
    assert stranger.request.get(coordinator.url).status == 404
    coordinator.get_by_role("button", name="Answer it").click()
    write(coordinator, answer=ADVICE)
    axe(coordinator)
    press(coordinator, "Answer")
    asker.goto("/")
    asker.get_by_role("link", name="Your question without a name was answered").click()
    assert ADVICE in main(asker)
    axe(asker)
    press(asker, "I have read the answer")
    expect(asker.get_by_text("Noted: you have read the answer.")).to_be_visible()
