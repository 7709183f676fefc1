"""What a panel cannot offer becomes a theme, goes to the board, and its answer comes back to the panel's page and to the worker."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.text import lower_first
from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

# A family that its lead practitioner works with, and that is on no list to come.
WORKING = """select c.reference, f.name from cases_case c join people_family f on f.id = c.family_id
    join accounts_user u on u.id = c.lead_id where u.email = %s and c.stage in ('working', 'planning') and not f.restricted
    and not exists (select from panels_panelitem i where i.case_id = c.id and i.status = 'proposed')
    order by c.stage desc, c.reference desc limit 1"""
# The last meeting that is planned: no other journey brings anything to it.
MEETING = """select m.reference, p.reference from panels_panelmeeting m join panels_panel p on p.id = m.panel_id
    where m.meets_on > current_date and m.cancelled_at is null order by m.meets_on desc limit 1"""
NEED = "interpreting"
INSTEAD = "Her sister interprets, where it is nothing private."
TITLE = "Nobody interprets at home visits"
ANSWER = "We pay for a telephone line from January, day and night."


def _bring(page: Page, case: str, meeting: str) -> str:
    page.goto(f"/cases/{case}/panel/propose/")
    choose(page, "meeting", meeting)
    choose(page, "ask", "resource")
    choose(page, "themes", "parenting")
    choose(page, "basis", "consent")
    write(page, words="Nobody understands what she says at visits.", consent_words="Their mother, at home.")
    date(page, "consent_on", clock.today())
    press(page, "Put it on the list")
    page.wait_for_url(re.compile(r"/panel-items/[\w-]+/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _decide(page: Page, meeting: str, item: str, axe: Callable[[Page], None]) -> None:
    page.goto(f"/panel-meetings/{meeting}/attendance/")
    for box in page.locator('input[name="there"]').all():
        box.check()
    press(page, "Write it down")
    page.goto(f"/panel-items/{item}/decide/")
    choose(page, "kind", "could_not_be_offered")
    write(page, words="An interpreter for visits at home", reasons="The service ended in May", instead=INSTEAD)
    choose(page, "acts", "no")
    press(page, "Write it down")  # a slip of the thumb
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose what was needed")
    expect(page.locator('[name="instead"]')).to_have_value(INSTEAD)
    pick(page, "need", label_of(pack().unmet.needs, NEED))
    choose(page, "age_band", "adult")
    choose(page, "reason", "no_service")
    pick(page, "wait", "There is nothing to wait for")
    axe(page)
    press(page, "Write it down")
    page.wait_for_url(re.compile(r"/run/"))
    assert "Written down as a need that nobody could meet" in main(page)
    axe(page)


def _escalate(page: Page, words: str) -> None:
    page.get_by_role("button", name="Escalate it").click()
    heading(page, "Escalate it")
    write(page, words=words)
    press(page, "Escalate it")
    heading(page, TITLE)


def _to_the_board(officer: Page, board: Page, family: str) -> None:
    officer.goto("/unmet/themes/")
    officer.locator(f'a[href*="need={NEED}"]').first.click()
    heading(officer, "Start a theme")
    write(officer, title=TITLE, analysis="Three languages, and nobody since May.")
    choose(officer, "priority", "high")
    press(officer, "Start the theme")
    heading(officer, TITLE)
    assert family not in main(officer)
    officer.get_by_role("link", name="Add an action").first.click()
    write(officer, what="Ask the two colleges", who="The coordinator")
    date(officer, "due_on", clock.today())
    press(officer, "Add it")
    officer.get_by_role("link", name="Ask the two colleges").click()
    write(officer, progress="Neither teaches these languages.")
    press(officer, "Save")
    heading(officer, TITLE)
    _escalate(officer, "The service ended in May.")
    for _ in pack().unmet.ladder[1:]:
        board.goto("/")
        board.get_by_role("link", name=f"Escalated to you: {TITLE}").click()
        heading(board, TITLE)
        _escalate(board, "It is no one district’s.")
    assert family not in main(board)
    board.get_by_role("button", name="Write the answer").click()
    write(board, answer=ANSWER)
    press(board, "Give the answer")
    heading(board, TITLE)


def test_what_a_panel_could_not_offer_goes_to_the_board_and_comes_back_to_panel_and_worker(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    [(case, family)] = product.sql(WORKING, product.somebody("family_worker")["email"])
    [(meeting, panel)] = product.sql(MEETING)
    worker, coordinator = sign_in("family_worker", screen=PHONE), sign_in("panel_coordinator")
    item = _bring(worker, case, meeting)
    # It was held yesterday: another journey holds one today, and a panel meets once a day.
    product.sql("update panels_panelmeeting set meets_on = current_date - 1 where reference = %s", meeting)
    product.sql("update panels_panelitem set status = 'withdrawn' where status = 'proposed' and reference <> %s", item)
    _decide(coordinator, meeting, item, axe)
    chair = sign_in("panel_chair", path=f"/panel-meetings/{meeting}/minutes/")
    press(chair, "Approve the minutes")
    expect(chair.get_by_text("They stay as they are")).to_be_visible()

    coordinator.goto(f"/panels/{panel}/")
    assert "It waits for a theme" in main(coordinator)
    _to_the_board(coordinator, sign_in("board_member"), family)
    police = sign_in("police_officer", screen=PHONE)  # sits there, and reads what came back and not whose it was
    for page in (coordinator, chair, police):
        page.goto(f"/panels/{panel}/")
        said = main(page)
        assert ANSWER in said and TITLE in said
    assert family not in main(police)
    axe(coordinator)
    assert too_wide(police) == 0

    worker.goto("/")
    [(need,)] = product.sql(
        "select reference from unmet_unmetneed where need = %s order by created_at desc limit 1", NEED
    )
    what = lower_first(label_of(pack().unmet.needs, NEED))
    told = worker.get_by_role("link", name=f"An answer came back to a need you recorded: {what}")
    told.and_(worker.locator(f'a[href="/unmet/{need}/"]')).click()
    assert ANSWER in main(worker)
    assert too_wide(worker) == 0
    press(worker, "I have read the answer")
    expect(worker.get_by_text("Noted: you have read the answer.")).to_be_visible()
    worker.goto(f"/panel-items/{item}/")
    assert ANSWER in main(worker)
