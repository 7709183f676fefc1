"""A school asks for help for a family; the front door decides; the school reads the answer."""

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

FAMILY = "Thistlewood"
WORRIES = "Ivy has missed eleven days since September and is tired when she comes."
ANSWER = "Joanne Pickup rings Kate this week. Keep the breakfast club open to Ivy."
WHY = "Several needs at once, and nobody has looked at the whole family."


def _write_the_request(page: Page, area: str) -> None:
    write(page, asker_phone="01632 960 410")
    choose(page, "answer-how_long_known", "years")
    write(page, answer__done_so_far="Breakfast club; it helped for two weeks.")
    choose(page, "answer-can_lead", "not_sure")
    pick(page, "area", area)
    write(
        page,
        family_name=FAMILY,
        address="4 Weavers Row, Millbank",
        postcode="bb11 1aa",
        family_phone="01632 960 411",
        safe_contact="Before 3pm, leave no message",
    )
    choose(page, "interpreter", "no")
    _name_the_people(page)
    choose(page, "reasons", "school_life")
    write(page, worries=WORRIES, going_well="She loves art.", hopes="Mornings that start calmly.")
    page.locator(".request-needs input[type=checkbox]").first.check()
    choose(page, "has_assessment", "no")
    page.locator("input[name=no_assessment_reason]").first.check()
    choose(page, "consent", "given")
    write(page, consent_by=f"Kate {FAMILY}")
    choose(page, "consent_decider", "parent")
    choose(page, "consent_how", "spoken")
    date(page, "consent_on", clock.today())
    choose(page, "consent_categories", "basic", "contact", "assessment", "plan", "notes")


def _name_the_people(page: Page) -> None:
    write(page, person__0__given_name="Kate", person__0__family_name=FAMILY)
    pick(page, "person-0-role", "Parent")
    date(page, "person-0-born", dt.date(1991, 3, 4))
    write(page, person__1__given_name="Ivy", person__1__family_name=FAMILY)
    pick(page, "person-1-role", "Child")
    date(page, "person-1-born", dt.date(2017, 6, 9))
    press(page, "Add another person")
    page.locator('[name="person-2-given_name"]').wait_for()
    # A row more costs nothing that was typed.
    expect(page.locator("[name=family_name]")).to_have_value(FAMILY)
    write(page, person__2__given_name="Owen", person__2__family_name=FAMILY)
    pick(page, "person-2-role", "Parent")
    write(page, person__2__lives_elsewhere="2 Quay Street, Millbank")
    _take_out_and_put_back(page)


def _take_out_and_put_back(page: Page) -> None:
    """Somebody is taken out by mistake, typing goes on and is kept, the page is left: they can still be put back."""
    press(page, "Remove person 1")
    taken = page.get_by_text(f"Kate {FAMILY} is taken out.")
    expect(taken).to_be_visible()
    page.locator("[name=going_well]").press_sequentially("Art")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.goto(page.url.split("#")[0])
    expect(taken).to_be_visible()
    press(page, f"Put back Kate {FAMILY}")
    expect(taken).to_have_count(0)
    expect(page.locator('[name="person-0-given_name"]')).to_have_value("Kate")
    expect(page.locator('[name="person-0-born-year"]')).to_have_value("1991")
    expect(page.locator("[name=going_well]")).to_have_value("Art")


def _asked(page: Page, area: str, axe: Callable[[Page], None]) -> str:
    """The school's part, from its list of requests to the reference."""
    press(page, "Ask for help")
    heading(page, "Ask for help for a family")
    axe(page)
    choose(page, "signs", "none_of_these")
    press(page, "Go on")
    heading(page, "Your request")
    _write_the_request(page, area)
    axe(page)
    press(page, "Send the request")
    expect(page.get_by_role("heading", name="Request sent").first).to_be_visible()
    axe(page)
    found = re.search(r"RQ-\w+", main(page))
    assert found, main(page)
    return found[0]


def _decided(page: Page, reference: str, axe: Callable[[Page], None]) -> None:
    """The front door's part: everybody is new, an assessment, a lead practitioner."""
    page.locator(f'a[href*="{reference}/triage/"]').click()
    heading(page, FAMILY)
    assert WORRIES in main(page)
    new = page.get_by_role("button", name="Somebody new")
    for left in (2, 1, 0):
        new.first.click()
        expect(new).to_have_count(left)
    axe(page)
    press(page, "Decide")
    heading(page, "Decide this request")
    choose(page, "outcome", "assessment")
    choose(page, "level", "universal_plus")
    write(page, reason=WHY, words_for_referrer=ANSWER)
    pick(page, "lead", "Joanne Pickup")
    axe(page)
    press(page, "Record the decision")
    expect(page.get_by_text("The request is decided. The referrer can read the answer.")).to_be_visible()


def test_a_school_asks_the_front_door_decides_and_the_school_reads_the_answer(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    area = product.somebody("practitioner")["area"]
    school = sign_in("practitioner", path="/requests/mine/")
    reference = _asked(school, area, axe)
    school.goto("/requests/mine/")
    expect(school.get_by_role("row").filter(has_text=reference)).to_contain_text("Being decided")

    officer = sign_in("front_door_officer", path="/requests/")
    _decided(officer, reference, axe)
    assert WHY in main(officer)

    school.reload()
    row = school.get_by_role("row").filter(has_text=reference)
    expect(row).to_contain_text("Answered")
    school.goto("/")
    news = school.get_by_role("link", name=f"Your request for the {FAMILY} family was answered: read the answer")
    news.first.click()
    expect(school.get_by_role("heading", name="The answer")).to_be_visible()
    assert ANSWER in main(school)
    assert WHY not in main(school)  # what is for the front door stays there
    axe(school)
    school.goto("/")
    expect(news).to_have_count(0)
    officer.reload()
    assert "Referrer told" in main(officer)

    worker = sign_in("family_worker", path="/cases/?whose=mine&text=" + FAMILY)
    expect(worker.get_by_role("row").filter(has_text=FAMILY).first).to_contain_text("Joanne Pickup")


def test_a_request_is_thrown_away_only_after_a_page_that_leads_back_to_what_was_typed(
    sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("practitioner", path="/requests/ask/")
    choose(page, "signs", "none_of_these")
    press(page, "Go on")
    write(page, family_name="Dewhurst", worries="Half a sen")
    press(page, "Throw this request away")
    heading(page, "Throw this request away?")
    expect(page.locator("main")).to_contain_text("Dewhurst")
    axe(page)
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator("[name=worries]")).to_have_value("Half a sen")
    page.locator("[name=family_name]").press("Enter")  # sends, and takes nobody out
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_text("is taken out")).to_have_count(0)
    press(page, "Throw this request away")
    press(page, "Throw it away")
    heading(page, "My requests")
    expect(page.locator("main")).not_to_contain_text("Dewhurst")


def test_a_sign_of_danger_says_whom_to_ring_before_anything_is_written(sign_in: Callable[..., Page]) -> None:
    page = sign_in("practitioner", path="/requests/ask/")
    page.locator("input[name=signs]").first.check()
    press(page, "Go on")
    page.wait_for_url("**/ring-now/")
    expect(page.locator('main a[href^="tel:"]').first).to_be_visible()
