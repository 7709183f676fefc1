"""A district's quarterly report, from the data to its approval: gathered, written, sent back, sent, approved, published, read by anybody."""

import datetime as dt
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

SECTIONS = ("summary", "measures", "projects", "bought", "difficulties", "quality", "good_practice")
REFERENCE = re.compile(r"/reports/(RP-\w+)/")


def _write(page: Page, reference: str, section: str, words: str) -> None:
    page.goto(f"/reports/{reference}/write/{section}/")
    write(page, words=words)
    press(page, "Keep it")


def test_a_districts_quarterly_report(
    product: Product, sign_in: Callable[..., Page], visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    officer = sign_in("development_officer")
    officer.goto("/reports/")
    heading(officer, "Reports")
    axe(officer)
    officer.get_by_role("button", name="Start a report").click()
    heading(officer, "Start a report")
    axe(officer)
    pick(officer, "area", "Burnley")
    officer.locator('select[name="period"]').select_option(index=1)
    press(officer, "Start it")
    heading(officer, re.compile("^Burnley, "))
    found = REFERENCE.search(officer.url)
    assert found is not None
    reference = found[1]
    expect(
        officer.get_by_role("link", name="Look at the report").or_(officer.get_by_text("Before it is sent:"))
    ).to_be_visible(timeout=90_000)

    officer.goto(f"/reports/{reference}/")
    assert "Before it is sent: Write about “In short”" in main(officer)
    expect(officer.get_by_role("heading", name="The figures")).to_be_visible()
    axe(officer)

    officer.goto(f"/reports/{reference}/write/summary/")
    heading(officer, "Write: in short")
    write(officer, words="More were answered in time.")
    expect(officer.locator("[data-saved]")).to_contain_text("Saved", timeout=20_000)
    officer.reload()
    expect(officer.locator('[name="words"]')).to_have_value("More were answered in time.")
    axe(officer)
    for section in SECTIONS:
        _write(officer, reference, section, f"What there is to say of {section.replace('_', ' ')}.")

    officer.goto(f"/reports/{reference}/case-studies/add/")
    heading(officer, "Tell a case study")
    write(
        officer,
        title="The café on Tuesday",
        story="“Maya” opens the group herself now.",
        consented_by="the mother",
        consent_kept="her record",
    )
    date(officer, "consented_on", dt.date(2026, 1, 6))
    press(officer, "Put it in the report")
    expect(officer.locator(".govuk-error-summary")).to_contain_text("State that they agreed")
    axe(officer)
    choose(officer, "names_changed", "yes")
    press(officer, "Put it in the report")
    assert "“Maya” opens the group herself now." in main(officer)

    officer.get_by_role("button", name="Send it for approval").click()
    heading(officer, "Send the report")
    axe(officer)
    press(officer, "Send it")
    heading(officer, re.compile("^Burnley, "))

    manager = sign_in("manager", screen=PHONE)
    manager.goto(f"/reports/{reference}/")
    axe(manager)
    assert too_wide(manager) == 0
    manager.get_by_role("button", name="Send it back").click()
    write(manager, words="Say more of the waits.")
    press(manager, "Send it back")

    officer.goto(f"/reports/{reference}/")
    assert "sent it back: Say more of the waits." in main(officer)
    _write(officer, reference, "measures", "The waits are as long as they were.")
    officer.goto(f"/reports/{reference}/send/")
    press(officer, "Send it")

    manager.goto(f"/reports/{reference}/approve/")
    heading(manager, "Approve the report")
    axe(manager)
    press(manager, "Approve it")
    heading(manager, re.compile("^Burnley, "))
    assert "SHA-256" in main(manager) and "Approved and frozen" in main(manager)

    board = sign_in("board_member")
    board.goto("/reports/")
    board.get_by_role("link", name=re.compile("^Burnley, ")).first.click()
    assert "The waits are as long as they were." in main(board)
    axe(board)
    with board.expect_download() as taken:
        press(board, "Take it as PDF")
    assert taken.value.path().read_bytes().startswith(b"%PDF")

    lead = sign_in("strategic_lead")
    lead.goto(f"/reports/{reference}/publish/")
    heading(lead, "Publish the report")
    axe(lead)
    choose(lead, "looked", "yes")
    press(lead, "Publish it")
    heading(lead, re.compile("^Burnley, "))

    anybody = visitor()
    anybody.goto(f"/published-reports/{reference}/")
    heading(anybody, re.compile("^Quarterly report: Burnley, "))
    assert "“Maya” opens the group herself now." in main(anybody)
    axe(anybody)

    officer.goto(f"/reports/{reference}/case-studies/1/withdraw/")
    heading(officer, "Take the case study out")
    axe(officer)
    press(officer, "Take it out")
    anybody.reload()
    assert "Maya" not in main(anybody) and "Consent to tell it was withdrawn" in main(anybody)
    axe(anybody)
