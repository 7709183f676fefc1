"""An audit goes from a sample that nobody could choose to a second look that shows whether it changed."""

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

NAMES = """select f.name from quality_audit a join people_family f on f.id = a.family_id where a.reference = %s"""
PARTS = (("Whose voice is in it", ("child_words", "father_included", "parents_words")),
         ("What comes of it", ("level_reasoned", "needs_to_outcomes", "measurable", "shared_with_family")))  # fmt: skip
MISSING = "Nobody says who their father is."


def _ago(days: int) -> dt.date:
    return clock.today() - dt.timedelta(days=days)


def _draw(page: Page, axe: Callable[[Page], None]) -> str:
    page.goto("/audits/")
    page.get_by_role("button", name="Draw a sample").click()
    heading(page, "Draw a sample of assessments")
    choose(page, "tool", "short-look-1")
    date(page, "from_on", _ago(600))
    date(page, "until_on", clock.today())
    pick(page, "area", pack().areas.districts[0].name)
    write(page, size="1", seed="journey")
    press(page, "Draw the sample")
    expect(page.locator(".govuk-error-summary")).to_contain_text("The last day must be before today")
    date(page, "until_on", _ago(1))
    axe(page)
    press(page, "Draw the sample")
    heading(page, re.compile("Audit sample QS-"))
    expect(page.get_by_text("it is the same sample")).to_be_visible()
    axe(page)
    return page.url


def _share(page: Page, sample: str, twice: str, *names: str) -> str:
    page.goto(sample)
    page.get_by_role("button", name="Give them to auditors").click()
    for name in names:
        page.get_by_label(re.compile(name)).check()
    write(page, twice=twice)
    press(page, "Give them out")
    heading(page, re.compile("Audit sample QS-"))
    return str(page.locator('table a[href^="/audits/QA-"]').first.get_attribute("href"))


def _grade(page: Page, audit: str, axe: Callable[[Page], None], missing: str = "") -> str:
    """Open the record, read it, grade what is there, hand it in; where the assessment is."""
    page.goto("/")
    page.get_by_role("link", name=re.compile("assessments? to audit")).click()
    page.goto(audit)
    press(page, "Open it for the audit")
    link = page.get_by_role("button", name="Read the assessment")
    where = str(link.get_attribute("href"))
    assert page.request.get(where).status == 200
    page.get_by_role("link", name=PARTS[0][0]).click()
    for number, (title, items) in enumerate(PARTS):
        heading(page, title)
        for item in items:
            met = item not in missing
            choose(page, f"answer_{item}", "met" if met else "not_met")
            if not met:
                write(page, **{f"comment_{item}": MISSING})
        axe(page)
        press(page, "Save and go on" if number == 0 else "Save")
    heading(page, re.compile("Audit QA-"))
    page.get_by_role("button", name="Hand it in").click()
    heading(page, "Hand in your grade")
    page.locator('input[name="sure"]').check()
    axe(page)
    press(page, "Hand it in")
    heading(page, re.compile("Audit QA-"))
    assert page.request.get(where).status == 404, "the record is closed again"
    return where


def test_an_audit_from_a_sample_to_a_second_look(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    lead, first, second = sign_in("quality_lead"), sign_in("quality_auditor"), sign_in("second_auditor")
    sample = _draw(lead, axe)
    audit = _share(lead, sample, "1", "Farah Iqbal", "Joseph Adeleke")
    [(name,)] = product.sql(NAMES, audit.strip("/").split("/")[1])
    assert name not in main(lead)
    where = _grade(first, audit, axe, missing="father_included")
    assert second.request.get(where).status == 404, "named, and not begun"
    second.goto(audit)
    assert MISSING not in second.content()
    _grade(second, audit, axe)
    _moderate_and_send(lead, audit, axe)
    _answer(sign_in("family_worker"), audit, axe)
    lead.goto(audit)
    expect(lead.get_by_text("I rang him twice.")).to_be_visible()
    _look_again(lead, first, sample, axe)


def _moderate_and_send(lead: Page, audit: str, axe: Callable[[Page], None]) -> None:
    lead.goto(audit)
    lead.get_by_role("button", name="Moderate it").click()
    expect(lead.get_by_text(MISSING)).to_be_visible()
    choose(lead, "answer_father_included", "not_met")
    write(lead, words_father_included="He is not named anywhere.")
    axe(lead)
    press(lead, "Settle it")
    lead.get_by_role("button", name="Send the findings").click()
    expect(lead.get_by_text("6 x 100 / (7 - 0) = 85.7")).to_be_visible()
    write(lead, done_well="The children’s own words.", to_change="Say who their father is.")
    axe(lead)
    press(lead, "Send the findings")
    heading(lead, re.compile("Audit QA-"))


def _answer(worker: Page, audit: str, axe: Callable[[Page], None]) -> None:
    worker.goto("/")
    worker.locator(f'a[href="{audit}"]').click()
    heading(worker, re.compile("Audit QA-"))
    assert "Farah Iqbal" not in main(worker) and "He is not named anywhere." in main(worker)
    axe(worker)
    worker.get_by_role("button", name="Answer the findings").click()
    choose(worker, "agrees", "no")
    write(worker, reply="I rang him twice.")
    press(worker, "Send your answer")
    worker.get_by_role("link", name="Add an action").click()
    write(worker, what="Write down each call")
    date(worker, "due_on", clock.today() + dt.timedelta(days=14))
    press(worker, "Add it")
    worker.get_by_role("link", name="Say that it is done").click()
    write(worker, done_words="From now on I do")
    press(worker, "It is done")
    expect(worker.get_by_text("From now on I do")).to_be_visible()


def _look_again(lead: Page, auditor: Page, sample: str, axe: Callable[[Page], None]) -> None:
    lead.goto(sample)
    lead.get_by_role("button", name="Draw a re-audit").click()
    choose(lead, "like", "worker")
    date(lead, "from_on", _ago(600))
    date(lead, "until_on", _ago(1))
    write(lead, size="1", seed="journey")
    axe(lead)
    press(lead, "Draw the re-audit")
    heading(lead, re.compile("Audit sample QS-"))
    again = lead.url
    _grade(auditor, _share(lead, again, "0", "Farah Iqbal"), axe)
    lead.goto(again)
    row = lead.get_by_role("row", name=re.compile("Each child’s father"))
    expect(row.first).to_contain_text("0% (0 of 1)")
    expect(row.first).to_contain_text("Up 100 points")
    expect(lead.get_by_role("img", name=re.compile("Before and after"))).to_be_visible()
    axe(lead)
