"""A case is stepped up to social care with a frozen pack, and handed back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from tests.browser.product import Product
from tests.journeys.hands import NO_PANEL, choose, date, heading, main, press, write

WORKING = """select c.reference, f.name, f.reference from cases_case c join people_family f on f.id = c.family_id
    join accounts_user u on u.id = c.lead_id where u.email = %s and c.stage = 'working'
    order by c.reference desc limit 1"""
HARM = "Bruises on the arm, seen on Monday. The story changed twice."
ADVICE = "A social worker visits tomorrow at ten."
DONE = "An assessment under section 17; the older brother has moved out."


def _agreed(page: Page) -> None:
    choose(page, "basis", "consent")
    write(page, consent_words="Both parents, at home.")
    date(page, "consent_on", clock.today())


def _stage(product: Product, case: str) -> str:
    return str(product.sql("select stage from cases_case where reference = %s", case)[0][0])


def _ask(page: Page, case: str, axe: Callable[[Page], None]) -> str:
    page.goto(f"/cases/{case}/step-up/")
    heading(page, "Ask social care to take the case")
    choose(page, "reason", "significant_harm")
    write(page, words=HARM)
    expect(page.locator('input[name="basis"]:checked, input[name="items"]:checked')).to_have_count(0)
    _agreed(page)
    for item in ("people", "request", "assessment:", "plan:", "chronology"):  # one of each kind that is offered
        page.locator(f'input[name="items"][value^="{item}"]').first.check()
    axe(page)
    press(page, "Ask social care")
    page.wait_for_url(re.compile(r"/steps/[\w-]+/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _accept(page: Page, step: str, case: str, family: str, axe: Callable[[Page], None]) -> None:
    assert page.request.get(f"/cases/{case}/").status == 404  # the pack, and nothing else until they accept
    page.goto("/step-ups/")
    page.locator(f'a[href$="/steps/{step}/"]').first.click()
    assert HARM in main(page)
    page.get_by_role("link", name="Open the pack").click()
    heading(page, "The pack")
    expect(page.get_by_text("As it was sent", exact=True)).to_be_visible()
    assert family in main(page)
    axe(page)
    press(page, "I have received the pack")
    page.goto(f"/steps/{step}/")
    press(page, "Accept the case")
    heading(page, "Accept the case")
    _agreed(page)
    write(page, answer=ADVICE)
    press(page, "Accept the case")
    page.wait_for_url(lambda url: "/accept/" not in url)


def _hand_back(page: Page, case: str, axe: Callable[[Page], None]) -> str:
    page.goto(f"/cases/{case}/step-down/")
    heading(page, "Hand the case back to early help")
    choose(page, "reason", "plan_ended")
    write(page, was_done=DONE, is_left="Help with mornings.", words="Go on with the plan.")
    _agreed(page)
    axe(page)
    press(page, "Hand it back")
    page.wait_for_url(re.compile(r"/steps/[\w-]+/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _take_back(page: Page, step: str, axe: Callable[[Page], None]) -> None:
    page.goto("/step-downs/")
    page.locator(f'a[href$="/steps/{step}/"]').first.click()
    press(page, "Take the case back")
    heading(page, "Take the case back")
    _agreed(page)
    axe(page)
    press(page, "Take the case back")
    page.wait_for_url(lambda url: "/accept/" not in url)


def test_a_case_goes_to_social_care_with_its_pack_and_comes_back(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    [(case, family, _)] = product.sql(WORKING, product.somebody("family_worker")["email"])
    product.sql(NO_PANEL, case)
    worker, hub = sign_in("family_worker"), sign_in("safeguarding_hub_social_worker")
    up = _ask(worker, case, axe)
    assert _stage(product, case) == "working"  # asking moves nothing
    _accept(hub, up, case, family, axe)
    assert _stage(product, case) == "stepped_up"
    worker.reload()
    assert ADVICE in main(worker)
    expect(worker.get_by_text("The pack was received")).to_be_visible()
    hub.goto(f"/cases/{case}/")
    assert case in main(hub)

    down = _hand_back(hub, case, axe)
    _take_back(sign_in("front_door_officer"), down, axe)
    assert _stage(product, case) == "working"
    assert hub.request.get(f"/cases/{case}/").status == 404  # their access ended with their part
    worker.goto(f"/steps/{down}/")
    assert DONE in main(worker) or "What social care hands over" in main(worker)
