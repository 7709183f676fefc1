"""An elected member asks where a district's £80,000 went, and is answered in three clicks, down to the numbers in the council's books."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.hands import heading, main


def test_a_member_asks_where_the_eighty_thousand_pounds_went(
    sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("elected_member")
    page.goto("/")
    page.get_by_role("link", name="Money", exact=True).first.click()
    heading(page, "Where the money went")
    assert "£80,000.00" in main(page)
    axe(page)

    page.get_by_role("row").filter(has_text="Burnley").filter(has_text="Early help grant").get_by_role("link").click()
    heading(page, re.compile("^Burnley, "))
    assert "To whom it went" in main(page)
    axe(page)

    page.get_by_role("link", name=re.compile("paid$")).click()
    lines = page.get_by_role("region", name=re.compile("^Paid: what it is made of"))
    expect(lines.get_by_text(re.compile(r"INV20\d\d-\d")).first).to_be_visible()
    axe(page)
