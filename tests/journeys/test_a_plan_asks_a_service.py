"""From a plan's need to a service of the directory, and its answer comes back into the plan."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import choose, heading, main, press, write

# A family with a live plan that its lead works with, and a service of the council that no plan has asked.
LIVE = """select p.reference, c.reference, f.name from plans_plan p join cases_case c on c.id = p.case_id
    join people_family f on f.id = c.family_id join accounts_user u on u.id = c.lead_id and u.email = %s
    where p.status = 'agreed' and c.stage <> 'closed' and not f.restricted
    and exists (select from plans_outcome o where o.plan_id = p.id and o.state = 'open') order by p.created_at desc limit 1"""
OURS = """select s.name from directory_service s join directory_listedorganisation o on o.id = s.organisation_id
    join accounts_organisation a on a.id = o.agency_id and a.is_authority where s.status = 'active'
    and not exists (select from plans_servicereferral r where r.service_id = s.id) order by s.name desc limit 1"""
ASKED = "Somebody to talk to about sleep, and other families to meet."


def test_a_plan_asks_a_service_and_its_answer_comes_back(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    [(plan, case, name)] = product.sql(LIVE, product.somebody("family_worker")["email"])
    [(called,)] = product.sql(OURS)
    worker = sign_in("family_worker")
    worker.goto(f"/plans/{plan}/")
    worker.get_by_role("link", name=re.compile("^Ask a service")).first.click()
    heading(worker, "Services for this plan")
    axe(worker)
    write(worker, words=called)
    press(worker, "Find")
    worker.get_by_role("link", name=re.compile(rf"^Ask them to help ?: {re.escape(called)}$")).first.click()
    heading(worker, f"Ask {called}")
    axe(worker)
    press(worker, "Ask them")
    expect(worker.locator(".govuk-error-summary")).to_be_visible()
    worker.locator('input[name="people"]').first.check()
    write(worker, words=ASKED, contact="By text, after school")
    press(worker, "Ask them")
    worker.wait_for_url(re.compile(r"/service-referrals/[\w-]+/$"))
    where = worker.url
    assert "Waiting for an answer" in main(worker)

    service_side = sign_in("manager", screen=PHONE)
    service_side.goto("/service-referrals/")
    heading(service_side, "Asked of your services")
    axe(service_side)
    assert too_wide(service_side) == 0
    service_side.goto(where)
    assert ASKED in main(service_side)
    axe(service_side)
    assert too_wide(service_side) == 0
    service_side.get_by_role("button", name="Answer").click()
    choose(service_side, "status", "accepted")
    starts = service_side.evaluate(
        "() => { const d = new Date(Date.now() + 7 * 864e5); return [d.getDate(), d.getMonth() + 1, d.getFullYear()] }"
    )
    for part, number in zip(("day", "month", "year"), starts, strict=True):
        service_side.locator(f'[name="starts_on-{part}"]').fill(str(number))
    write(service_side, answer="Come on Monday. Ask for Jo.")
    axe(service_side)
    press(service_side, "Save the answer")
    assert "They help" in main(service_side)

    worker.goto("/")
    worker.get_by_role("link", name=f"{called} answered for the {name} family: read it").first.click()
    assert "Ask for Jo" in main(worker)
    worker.get_by_role("button", name="I have read the answer").click()
    expect(worker.get_by_role("button", name="I have read the answer")).to_have_count(0)
    worker.goto(f"/cases/{case}/plan/")
    assert called in main(worker) and "They help" in main(worker)
    axe(worker)
