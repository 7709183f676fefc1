"""A family is brought to the panel, its list goes out, the panel decides, what it decides is bought, and the answer comes back."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hearth.foundation.core import clock
from tests.browser.product import Product
from tests.journeys.hands import choose, date, heading, main, pick, press, write

# A family that its lead practitioner works with, of whom no panel has heard; and the name that is on no wall.
WORKING = """select c.reference, f.name from cases_case c join people_family f on f.id = c.family_id
    join accounts_user u on u.id = c.lead_id where u.email = %s and c.stage in ('working', 'planning')
    and not exists (select 1 from panels_panelitem i where i.case_id = c.id) order by c.stage, c.reference limit 1"""
ASKED = "Mornings are hard: school is missed two days of five."
TOLD = "Seen at the clinic in May; weight and talking as they should be."
DECIDED = "A morning visit for six weeks, by the school."
WHY = "It was mornings that the mother asked for."


def _bring(page: Page, case: str, axe: Callable[[Page], None]) -> str:
    page.goto(f"/cases/{case}/panel/propose/")
    heading(page, "Bring this family to a panel")
    page.locator('input[name="meeting"]').first.check()
    choose(page, "ask", "resource")
    choose(page, "themes", "attendance", "parenting")
    write(page, words=ASKED)
    choose(page, "basis", "consent")
    write(page, consent_words="Their mother, at home.")
    date(page, "consent_on", clock.today())
    axe(page)
    press(page, "Put it on the list")
    page.wait_for_url(re.compile(r"/panel-items/[\w-]+/$"))
    return page.url.rstrip("/").rsplit("/", 1)[1]


def _send(page: Page, meeting: str, name: str, axe: Callable[[Page], None]) -> None:
    """Rehearsed first, and nothing goes out before somebody has looked at who gets what."""
    page.goto(f"/panel-meetings/{meeting}/")
    assert name in main(page)
    press(page, "Rehearse the meeting")
    expect(page.get_by_text("Nothing of that can be written before")).to_be_visible()
    assert "Write down a decision" not in main(page)
    axe(page)
    page.goto(f"/panel-meetings/{meeting}/minutes/")
    expect(page.get_by_text("The minutes begin with the meeting")).to_be_visible()
    axe(page)
    page.goto(f"/panel-meetings/{meeting}/")
    page.get_by_role("button", name=re.compile("^Look at who gets ")).click()
    said = main(page)
    assert "Grace Okafor" in said and "and no name" in said
    axe(page)
    page.get_by_role("button", name=re.compile("^Send it to ")).click()
    expect(page.get_by_text("sent to members")).to_be_visible()
    axe(page)


def _tell(page: Page, meeting: str, item: str, name: str, axe: Callable[[Page], None]) -> None:
    """The health trust has an agreement with us, so that its member reads the item."""
    page.goto(f"/panel-meetings/{meeting}/")
    assert name in main(page)
    axe(page)
    page.goto(f"/panel-items/{item}/")
    assert ASKED in main(page)
    page.get_by_role("button", name="Say what your agency knows").click()
    choose(page, "known", "known")
    write(page, known_words=TOLD)
    axe(page)
    press(page, "Tell the panel")


def _decide(page: Page, item: str, kind: str, axe: Callable[[Page], None], **facts: str) -> None:
    page.goto(f"/panel-items/{item}/decide/")
    choose(page, "kind", kind)
    write(page, words=DECIDED, reasons=WHY, **facts)
    choose(page, "acts", "no")
    axe(page)
    press(page, "Write it down")
    page.wait_for_url(re.compile(r"/run/"))


def _hear(page: Page, meeting: str, item: str, number: int, name: str, axe: Callable[[Page], None]) -> None:
    page.goto(f"/panel-meetings/{meeting}/attendance/")
    for box in page.locator('input[name="there"]').all():
        box.check()
    axe(page)
    press(page, "Write it down")
    page.goto(f"/panel-meetings/{meeting}/run/?item={number}")
    assert TOLD in main(page) and ASKED in main(page)
    axe(page)
    page.goto(f"/panel-meetings/{meeting}/projector/?item={number}")
    assert "School attendance" in main(page) and name not in main(page)
    axe(page)
    _decide(page, item, "resource", axe, cost="0", budget="The school’s own")
    _decide(page, item, "spot_purchase", axe, spot_cost="45", spot_budget="The district’s")


def _buy(chair: Page, holder: Page, keeper: Page, item: str, name: str, axe: Callable[[Page], None]) -> None:
    """In the meeting the chair asks for what was decided; the budget's holder approves it there; it is bought, comes, and is paid."""
    chair.goto(f"/panel-items/{item}/")
    chair.get_by_role("link", name="Ask for what was decided").click()
    expect(chair.locator('[name="pence"]')).to_have_value("45.00")
    write(chair, what="An alarm clock and a bus pass", supplier="Northshire Buses")
    pick(chair, "need", "A way to get there")
    pick(chair, "budget", "Spot purchases of the district")
    axe(chair)
    press(chair, "Ask for it")
    chair.wait_for_url(re.compile(r"/purchases/[\w-]+/$"))
    purchase = chair.url.split("/purchases/")[1]
    holder.goto("/")
    holder.get_by_role("link", name=re.compile("^1 purchase to decide")).click()
    holder.get_by_role("link", name="An alarm clock and a bus pass").click()
    press(holder, "Approve or decline")
    choose(holder, "approve", "yes")
    axe(holder)
    press(holder, "Save the decision")
    chair.reload()
    for button in ("It is bought", "It has come"):
        press(chair, button)
    axe(chair)
    keeper.goto(f"/money/purchases/{purchase}")
    assert name not in main(keeper) and DECIDED not in main(keeper)
    press(keeper, "Pay for it")
    write(keeper, pence="41.50", voucher="INV 9001")
    press(keeper, "Post the payment")
    expect(keeper.get_by_text("£41.50 is paid.")).to_be_visible()
    chair.goto(f"/panel-items/{item}/")
    assert "paid, £41.50" in main(chair)


def _approve(page: Page, meeting: str, axe: Callable[[Page], None]) -> None:
    page.goto(f"/panel-meetings/{meeting}/minutes/")
    assert DECIDED in main(page) and WHY in main(page)
    axe(page)
    press(page, "Approve the minutes")
    expect(page.get_by_text("They stay as they are")).to_be_visible()


def test_a_family_is_brought_to_the_panel_and_the_answer_comes_back(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    [(case, name)] = product.sql(WORKING, product.somebody("family_worker")["email"])
    worker, coordinator = sign_in("family_worker"), sign_in("panel_coordinator")
    item = _bring(worker, case, axe)
    [(meeting, number)] = product.sql(
        "select m.reference, i.number from panels_panelitem i join panels_panelmeeting m on m.id = i.meeting_id"
        " where i.reference = %s",
        item,
    )
    _send(coordinator, meeting, name, axe)
    _tell(sign_in("health_visitor"), meeting, item, name, axe)
    police = sign_in("police_officer")  # nothing lets us share with them: they read what it is about, and no name
    police.goto(f"/panel-meetings/{meeting}/")
    assert "school attendance" in main(police) and name not in main(police)
    assert police.request.get(f"/panel-items/{item}/").status == 404

    # It is the day of the meeting; whatever else is on its list was put off.
    product.sql("update panels_panelmeeting set meets_on = current_date where reference = %s", meeting)
    product.sql("update panels_panelitem set status = 'withdrawn' where status = 'proposed' and reference <> %s", item)
    _hear(coordinator, meeting, item, number, name, axe)
    chair = sign_in("panel_chair")
    _buy(chair, sign_in("development_officer"), sign_in("commissioner"), item, name, axe)
    _approve(chair, meeting, axe)
    worker.goto(f"/panel-items/{item}/")
    assert DECIDED in main(worker) and WHY in main(worker)
    axe(worker)
    press(worker, "I have read the answer")
    expect(worker.get_by_text("It is on record that you have read it.")).to_be_visible()
