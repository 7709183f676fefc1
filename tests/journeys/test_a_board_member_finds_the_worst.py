"""A board member finds the worst measure and what is done about it; of the next one nobody has said anything, until whoever answers does."""

import datetime as dt
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from tests.browser.product import Product
from tests.journeys.hands import date, heading, main, press, write

WORST = "Young people who achieve an accredited qualification of at least 45 guided learning hours"
NEXT = "Progression into further learning, training or employment"
DOING = "The college opens a second intake in January, and the commissioner meets it weekly until then."


def test_a_board_member_finds_the_worst_measure_and_what_is_being_done(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("board_member")
    page.get_by_role("main").get_by_role("link", name="What is behind", exact=True).click()
    heading(page, "What is behind")
    axe(page)
    cards = page.locator(".app-card")
    worst, then = cards.filter(has_text=WORST), cards.filter(has_text=NEXT)
    shown = main(page)
    assert shown.index(WORST) < shown.index(NEXT), "the worst stands first"
    expect(worst).to_contain_text("Slightly behind")
    expect(worst).to_contain_text("31 (as at 20 March 2012), where 46 was aimed for")
    expect(worst).to_contain_text("Providers send names of centres")
    worst.get_by_text("Why it is so").click()
    expect(worst).to_contain_text("Accreditation takes a year")
    expect(then).to_contain_text("Nobody has said yet what is done about it")
    expect(page.get_by_role("link", name="Say what is done")).to_have_count(0)

    lead = sign_in("strategic_lead", path="/performance/behind/")
    lead.get_by_role("link", name=f"Say what is done about {NEXT}").click()
    heading(lead, "Say what is done")
    axe(lead)
    write(lead, why="Places are full until the new year.", doing=DOING)
    date(lead, "review_on", clock.today() + dt.timedelta(days=30))
    press(lead, "Say it")
    heading(lead, "What is behind")

    page.reload()
    expect(then).to_contain_text(DOING)
    expect(then).to_contain_text(product.somebody("strategic_lead")["name"])
    page.get_by_role("link", name=WORST).click()
    heading(page, "Planned against achieved")
    assert "67% of the profile" in main(page)
