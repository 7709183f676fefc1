"""Two people write in the same box of one assessment: the second sees both texts and chooses."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product
from tests.journeys.hands import press

SAVE = "Save and go back to the list"
PAGE = "The beginning"
DRAFT = """select c.reference from cases_case c join assessments_assessment a on a.case_id = c.id
    join accounts_user u on u.id = c.lead_id where u.email = %s and c.stage = 'assessing' and a.status = 'draft'
    order by c.reference limit 1"""


@pytest.fixture
def address(product: Product) -> str:
    """The first page of an assessment that is being written."""
    [found] = product.sql(DRAFT, product.somebody("family_worker")["email"])
    return f"/cases/{found[0]}/assessment/write/beginning/"


def _box(page: Page) -> Locator:
    return page.locator('textarea[name="home"]')


@pytest.fixture
def both(sign_in: Callable[..., Page], address: str) -> tuple[Page, Page]:
    """The worker and the manager, each with the page open; the worker saves first."""
    worker, manager = sign_in("family_worker", path=address), sign_in("manager", path=address)
    _box(worker).fill("Mum and two children in a damp flat.")
    _box(manager).fill("A two-bedroom flat; the landlord has been written to.")
    manager.locator('textarea[name="not_there"]').fill("Their grandmother, who has them on Fridays.")
    press(worker, SAVE)
    expect(worker.get_by_text("is saved.").first).to_be_visible()
    press(manager, SAVE)
    expect(manager.locator(".govuk-error-summary")).to_contain_text(
        "Joanne Pickup changed this while you were typing. Choose which words to keep, or join them."
    )
    return worker, manager


def test_the_second_sees_both_texts_and_joins_them(
    both: tuple[Page, Page], address: str, axe: Callable[[Page], None]
) -> None:
    worker, manager = both
    expect(_box(manager)).to_have_value("A two-bedroom flat; the landlord has been written to.")
    saved = manager.locator("#box-home details")
    expect(saved).to_have_attribute("open", "")
    expect(saved).to_contain_text("Mum and two children in a damp flat.")
    axe(manager)
    worker.goto(address)  # nothing of the worker's was written over; what was not in dispute is saved
    expect(_box(worker)).to_have_value("Mum and two children in a damp flat.")
    expect(worker.locator('textarea[name="not_there"]')).to_have_value("Their grandmother, who has them on Fridays.")
    _box(manager).fill("Mum and two children in a damp flat. The landlord has been written to.")
    press(manager, SAVE)
    expect(manager.get_by_text("is saved.").first).to_be_visible()
    worker.reload()
    expect(_box(worker)).to_have_value("Mum and two children in a damp flat. The landlord has been written to.")


def test_the_second_may_go_away_before_choosing_and_loses_nothing(both: tuple[Page, Page], address: str) -> None:
    _, manager = both
    manager.goto("/")
    manager.goto(address)
    expect(_box(manager)).to_have_value("A two-bedroom flat; the landlord has been written to.")
    manager.get_by_role("button", name="Use the saved words").first.click()
    expect(_box(manager)).to_have_value("Mum and two children in a damp flat.")
    press(manager, SAVE)
    expect(manager.get_by_text("is saved.").first).to_be_visible()
    manager.goto(address)
    expect(_box(manager)).to_have_value("Mum and two children in a damp flat.")
    expect(manager.locator(".app-draft")).to_have_count(0)
