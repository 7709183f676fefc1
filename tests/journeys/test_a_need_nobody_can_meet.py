"""A need that nobody can meet goes from a phone in somebody's hand to the board, and the answer comes back to them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core.pack import pack
from tests.browser.fixtures import PHONE
from tests.browser.product import Product
from tests.journeys.hands import NO_PANEL, choose, heading, main, pick, press, write

WORKING = """select c.reference, f.name, f.reference from cases_case c join people_family f on f.id = c.family_id
    join accounts_user u on u.id = c.lead_id where u.email = %s and c.stage = 'working' order by c.reference limit 1"""
SOUGHT = "A befriender for a mother on her own, near Padiham"
TITLE = "Nobody befriends parents here"
ANSWER = "The board pays for twelve volunteers from April."


def record_need(page: Page, case: str, axe: Callable[[Page], None]) -> str:
    """Record that nobody can meet a need, from a case; the address where it is read."""
    page.goto(f"/cases/{case}/")
    page.get_by_role("link", name="Record a need nobody can meet").first.click()
    heading(page, "Record a need nobody can meet")
    press(page, "Record it")  # a slip of the thumb
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what was needed")
    pick(page, "need", "A mentor or befriender")
    choose(page, "age_band", "adult")
    choose(page, "reason", "no_service")
    pick(page, "wait", "There is nothing to wait for")
    write(page, looked_for=SOUGHT, instead="Rang the children’s centre. It has none.")
    axe(page)
    press(page, "Record it")
    page.wait_for_url(re.compile(rf"/cases/{case}/$"))
    link = page.get_by_role("link", name="A mentor or befriender").first
    return str(link.get_attribute("href"))


def _make_a_theme(page: Page, family: str, axe: Callable[[Page], None]) -> str:
    page.goto("/unmet/themes/")
    axe(page)
    page.locator('a[href*="need=mentoring"]').first.click()
    heading(page, "Start a theme")
    write(page, title=TITLE, analysis="Three parents this autumn, all on their own.")
    choose(page, "priority", "high")
    axe(page)
    press(page, "Start the theme")
    heading(page, TITLE)
    assert family not in main(page)
    page.get_by_role("link", name="Add an action").first.click()
    write(
        page,
        what="Ask the volunteer centre",
        who="Lantern Family Support",
        due_on__day="1",
        due_on__month="2",
        due_on__year="2027",
    )
    press(page, "Add it")
    heading(page, TITLE)
    expect(page.get_by_text("in the action plan what was tried and how it went")).to_be_visible()
    assert page.get_by_role("button", name="Escalate it").count() == 0
    page.get_by_role("link", name="Ask the volunteer centre").click()
    write(page, progress="It closed in June.")
    press(page, "Save")
    heading(page, TITLE)
    return page.url


def _escalate(page: Page, words: str) -> None:
    page.get_by_role("button", name="Escalate it").click()
    heading(page, "Escalate it")
    write(page, words=words)
    press(page, "Escalate it")
    heading(page, TITLE)


def test_a_need_goes_to_the_board_and_its_answer_comes_back(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    [(case, family, family_reference)] = product.sql(WORKING, product.somebody("family_worker")["email"])
    product.sql(NO_PANEL, case)
    worker = sign_in("family_worker", screen=PHONE)
    need = record_need(worker, case, axe)
    officer, board = sign_in("panel_coordinator"), sign_in("board_member")
    assert officer.request.get(f"/cases/{case}/").status == 404
    theme = _make_a_theme(officer, family, axe)
    _escalate(officer, "The volunteer centre closed in June.")
    for _ in pack().unmet.ladder[1:]:
        board.goto("/")
        board.get_by_role("link", name=f"Escalated to you: {TITLE}").click()
        heading(board, TITLE)
        _escalate(board, "We have no money for it either.")
    axe(board)
    assert board.request.get(need).status == 404, "the theme and its figures, and no family"
    board.get_by_role("button", name="Write the answer").click()
    write(board, answer=ANSWER)
    axe(board)
    press(board, "Give the answer")
    heading(board, TITLE)

    worker.goto("/")  # where answers to other needs of theirs may wait too
    told = worker.get_by_role("link", name="An answer came back to a need you recorded: a mentor or befriender")
    told.and_(worker.locator(f'a[href="{need}"]')).click()
    assert ANSWER in main(worker) and SOUGHT in main(worker)
    axe(worker)
    press(worker, "I have read the answer")
    expect(worker.get_by_text("Noted: you have read the answer.")).to_be_visible()
    for page in (f"/cases/{case}/", f"/families/{family_reference}/chronology/"):
        worker.goto(page)
        assert "entor or befriender" in main(worker)
    officer.goto(theme)
    assert ANSWER in main(officer)
    officer.get_by_role("button", name="Close the theme").click()
    press(officer, "Close it")
    heading(officer, TITLE)
    expect(officer.get_by_text("Closed", exact=True).first).to_be_visible()
    commissioner = sign_in("commissioner")
    commissioner.goto("/unmet/?need=mentoring")
    said = main(commissioner)
    assert re.search(r"(\d+ n|N)eeds? that nobody could meet", said) and family not in said
    axe(commissioner)
