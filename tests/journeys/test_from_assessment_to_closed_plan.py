"""A manager signs an assessment off; the plan is made, agreed and reviewed with the family; the case is closed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

WAITING = """select c.reference, a.reference from cases_case c join assessments_assessment a on a.case_id = c.id
    join accounts_user u on u.id = c.lead_id where u.email = %s and a.status = 'with_manager'
    order by c.reference limit 1"""
WANT = "I want to sleep in my own bed."
CHANGED = "He has slept through four nights in a row."
FAMILY_VIEW = "We sit down together again."


def _open(page: Page, address: str, words: str) -> None:
    page.goto(address)
    heading(page, words)


def _sign_off(page: Page, assessment: str, axe: Callable[[Page], None]) -> None:
    page.goto("/assessments/to-sign-off/")
    page.locator(f'a[href="/assessments/{assessment}/"]').click()
    _open(page, f"/assessments/{assessment}/sign-off/", "Sign the assessment off")
    page.locator("input[name=read]").check()
    axe(page)
    press(page, "Sign it off")
    page.wait_for_url(lambda url: "/sign-off/" not in url)


def _make_the_plan(page: Page, case: str, axe: Callable[[Page], None]) -> str:
    _open(page, f"/cases/{case}/plan/start/", "Start a plan")
    choose(page, "type", "early_help")
    press(page, "Start the plan")
    page.goto(f"/cases/{case}/plan/")
    press(page, "Add an outcome")
    heading(page, "Add an outcome")
    write(page, want=WANT, measure="Nights slept through, counted on the fridge.")
    choose(page, "person", "family")
    choose(page, "area", "be_healthy")
    choose(page, "starting_score", "2")
    choose(page, "target_score", "7")
    axe(page)
    press(page, "Save the outcome")
    page.goto(f"/cases/{case}/plan/")
    press(page, "Add an action")
    heading(page, "Add an action")
    write(page, what="Draw up a bedtime with him.")
    page.locator("input[name=who]").first.check()
    date(page, "due_on", clock.add_working_days(clock.today(), 10))
    pick(page, "outcome", "1.")
    press(page, "Save the action")
    page.goto(f"/cases/{case}/plan/")
    assert WANT in main(page)
    press(page, "Record that the family agrees")
    return page.url.split("/plans/")[1].split("/")[0]


def _review(page: Page, plan: str, axe: Callable[[Page], None]) -> None:
    _open(page, f"/plans/{plan}/reviews/record/", "Record a review")
    date(page, "reviewed_on", clock.today())
    page.locator("input[name=took_part]").first.check()
    write(page, changed=CHANGED)
    choose(page, "score_1", "8")
    choose(page, "decision", "close")
    axe(page)
    press(page, "Save the review")
    page.wait_for_url(lambda url: "/record/" not in url)


def _close(page: Page, case: str, axe: Callable[[Page], None]) -> None:
    _open(page, f"/cases/{case}/close/", "Close the case")
    assert "2 to 8" in main(page)  # how far they came stands beside the question
    choose(page, "reason", "outcomes_met")
    choose(page, "outcome", "all_met")
    write(page, closing_words="Bedtimes, and a word with the school.")
    press(page, "Close the case")
    expect(page.locator(".govuk-error-summary")).to_be_visible()  # not without the family's own view
    axe(page)
    write(page, family_view=FAMILY_VIEW)
    press(page, "Close the case")
    page.wait_for_url(lambda url: "/close/" not in url)


def test_an_assessment_becomes_a_plan_and_the_plan_an_end(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    [(case, assessment)] = product.sql(WAITING, product.somebody("family_worker")["email"])
    _sign_off(sign_in("manager"), assessment, axe)
    page = sign_in("family_worker")
    plan = _make_the_plan(page, case, axe)
    heading(page, "Record that the family agrees")
    date(page, "agreed_on", clock.today())
    page.locator("input[name=agreed_by]").first.check()
    choose(page, "how", "together")
    press(page, "Save the agreement")
    page.wait_for_url(lambda url: "/agree/" not in url)
    _review(page, plan, axe)
    page.goto(f"/plans/{plan}/distance/")
    axe(page)
    _close(page, case, axe)
    page.goto(f"/cases/{case}/")
    said = main(page)
    assert "How it ended" in said
    assert FAMILY_VIEW in said
