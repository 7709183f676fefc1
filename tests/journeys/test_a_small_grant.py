"""A charity asks for a small grant on a phone, in five questions; it is decided when the round has closed, paid, and found in the ledger."""

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from tests.browser.fixtures import PHONE
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

TITLE = "A garden for everybody"
# No page sets a clock back: the round's days are moved, as if it had closed.
CLOSED = """alter table grants_grantround disable trigger user;
    update grants_grantround set opens_on = opens_on - 40, closes_on = closes_on - 40 where reference = '{0}';
    alter table grants_grantround enable trigger user;"""


def _open_round(office: Page, axe: Callable[[Page], None]) -> str:
    office.goto("/grants/")
    axe(office)
    office.get_by_role("button", name="Open a round").click()
    heading(office, "Open a round of grants")
    write(
        office, title=TITLE, purpose="Small things outdoors that families do together.", pence="1000", most_pence="900"
    )
    pick(office, "area", "Burnley")
    choose(office, "needs", "positive_activities")
    pick(office, "share", "Burnley")
    date(office, "closes_on", clock.today() + dt.timedelta(days=30))
    axe(office)
    press(office, "Open it")
    heading(office, TITLE)
    return office.url.rstrip("/").rpartition("/")[2]


def test_a_small_grant_from_the_light_form_to_the_ledger(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    office, charity = sign_in("commissioner"), sign_in("provider", screen=PHONE)
    reference = _open_round(office, axe)

    charity.goto("/grants/")
    charity.get_by_role("link", name=TITLE).first.click()
    charity.get_by_role("button", name="Apply for a grant").click()
    write(charity, title="Raised beds at the centre", what="Ten families build them on four Saturdays.")
    write(charity, change="They come by themselves in summer.", pence="950")
    axe(charity)
    press(charity, "Send it")
    expect(charity.locator(".govuk-error-summary")).to_contain_text("up to £900.00")
    write(charity, pence="800")
    press(charity, "Send it")
    heading(charity, "Raised beds at the centre")
    asked = charity.url

    # While others may still apply, nothing is decided, and the page says when.
    office.goto(asked)
    assert "This round takes applications to the end of" in main(office)
    expect(office.get_by_role("button", name="Decide it")).to_have_count(0)
    axe(office)

    product.sql(CLOSED.format(reference))
    office.goto("/")
    office.get_by_role("link", name=re.compile(r"applications? for grants to decide$")).click()
    office.goto(asked)
    office.get_by_role("button", name="Decide it").click()
    axe(office)
    office.locator('input[name="no_interest"]').check()
    choose(office, "award", "yes")
    write(office, pence="700", reasons="It fits. We pay for the wood, and not for the shed.")
    press(office, "Save the decision")
    heading(office, "Raised beds at the centre")
    charity.reload()
    assert "We pay for the wood" in main(charity) and "£700.00" in main(charity)

    office.get_by_role("button", name="Pay it").click()
    write(office, voucher="GR 4711")
    press(office, "Pay it")
    heading(office, "Raised beds at the centre")
    assert "In the ledger: £0.00 committed, £700.00 paid." in main(office)
    office.get_by_role("link", name=re.compile("^The commitment")).click()
    assert "Raised beds at the centre" in main(office) and "Lantern Family Support" in main(office)
    axe(office)
    charity.reload()
    assert "Paid" in main(charity) and "In the ledger" not in main(charity)
