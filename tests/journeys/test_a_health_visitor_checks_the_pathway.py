"""A health visitor checks the pathway: for any child, and for one who is known; an expectant parent reads it on a phone without a script."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from hearth.foundation.core import clock
from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import date, heading, main, press, write

# A family that the health visitor does not work with yet, and a child in it whose birth date is known to the day.
CHILD = """select f.id, f.reference, p.reference, p.given_name from people_family f
    join people_membership m on m.family_id = f.id and m.until_on is null and m.role = 'child' and not m.hidden
    join people_person p on p.id = m.person_id and p.birth_precision = 'full' and p.died_on is null
    join cases_case c on c.family_id = f.id and c.stage = 'working' join accounts_user l on l.id = c.lead_id and l.email = %s
    where not f.restricted and p.born_on > now() - interval '12 years'
      and not exists (select from people_access a join accounts_user u on u.id = a.user_id where a.family_id = f.id and u.email = %s)
    order by p.born_on desc, f.reference limit 1"""


def _asks_for(page: Page, day: dt.date) -> None:
    date(page, "born_on", day)
    press(page, "Show what is due")
    expect(page.locator(".pathway-three")).to_be_visible()


def test_a_health_visitor_finds_what_is_due_for_a_child_and_what_to_look_for(
    sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("health_visitor", path="/")
    page.get_by_role("link", name="Services", exact=True).click()
    page.get_by_role("link", name="Pathways", exact=True).click()
    heading(page, "What to expect, and when")
    axe(page)
    _asks_for(page, clock.today() - dt.timedelta(days=12))
    heading(page, "Before birth to 5")
    assert page.url.endswith("/pathways/"), "no date in the address"
    now = page.locator(".pathway-three__now")
    expect(now).to_contain_text("New birth visit")
    now.get_by_role("link", name="New birth visit").click()
    point = page.locator("#new-birth-visit")
    expect(point).to_be_in_viewport()
    for words in ("Now", "What to look for", "Low mood or worry", "What can follow", "If it did not happen"):
        expect(point).to_contain_text(words)
    axe(page)
    press(page, "From 5 to 19")
    heading(page, "From 5 to 19")
    expect(page.locator(".pathway-three__next")).to_contain_text("Starting school")


def test_on_paper_everything_is_open(visitor: Callable[..., Page]) -> None:
    page = visitor()
    page.goto("/pathways/early-years/")
    folded = page.locator("#booking details").get_by_text("Whether she is safe at home")
    expect(folded).not_to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(folded).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(folded).not_to_be_visible()


def test_an_expectant_parent_reads_it_on_a_phone_without_a_script(browser: Browser, product: Product) -> None:
    context = browser.new_context(base_url=product.address, viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    try:
        page.goto("/pathways/")
        _asks_for(page, clock.today() + dt.timedelta(weeks=21))
        said = main(page)
        assert "19 weeks of pregnancy" in said and "Scan at 20 weeks" in said
        expect(page.locator("svg.pathway-drawing")).not_to_be_visible()
        page.locator("#midwife-28 summary").click()
        expect(page.locator("#midwife-28")).to_contain_text("Whether home is ready")
        assert too_wide(page) == 0
        assert "2027" not in page.url and "sessionid" not in {each["name"] for each in context.cookies()}
    finally:
        context.close()


@pytest.fixture
def known(product: Product) -> tuple[str, str, str]:
    """A child of the family worker's: the family's reference, the child's, and the name."""
    worker, visitor = product.somebody("family_worker")["email"], product.somebody("health_visitor")["email"]
    [(_, family, child, name)] = product.sql(CHILD, worker, visitor)
    return family, child, name


def test_for_a_child_who_is_known_each_touchpoint_says_how_it_stands_and_a_stranger_sees_none(
    known: tuple[str, str, str], sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    family, child, name = known
    page = sign_in("family_worker", path=f"/families/{family}/")
    page.get_by_role("link", name="Pathway", exact=True).click()
    page.goto(f"/families/{family}/pathway/?child={child}")
    heading(page, page.get_by_role("heading", level=1).inner_text())
    assert name in page.get_by_role("heading", level=1).inner_text()
    said = main(page)
    assert "Where nothing tells, it is not known: that is not the same as missed." in said
    statement = page.locator("section", has=page.get_by_role("heading", name="of which nothing is known")).first
    expect(statement).to_contain_text("That is not the same as missed.")
    expect(statement).to_contain_text("No feed tells of it: no partner sends a file that says whether it happened.")
    expect(statement).to_contain_text("Ask the family, or whoever meets them.")
    expect(page.locator("#hearing-screen")).not_to_be_visible()
    assert page.evaluate("document.documentElement.scrollHeight") < 4000, "what is not known is short"
    axe(page)
    stranger = sign_in("health_visitor", path=f"/families/{family}/pathway/")
    assert name not in stranger.content()
    heading(stranger, "Page not found")


def test_a_practitioner_records_that_a_touchpoint_happened_and_takes_it_back_on_a_phone(
    known: tuple[str, str, str], sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    family, child, _ = known
    page = sign_in("family_worker", path=f"/families/{family}/pathway/?child={child}", screen=PHONE)
    for fold in (
        page.locator("details.pathway-fold summary").filter(has_text=re.compile("Which (they|the others) are")).all()
    ):
        fold.click()
    expect(page.locator("#hearing-screen")).to_be_visible()
    axe(page)
    page.locator("#hearing-screen").get_by_role("link", name="Record that it happened").click()
    heading(page, "Record: Hearing test")
    axe(page)
    press(page, "Record it")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter the day it happened")
    day = clock.today() - dt.timedelta(days=1)
    date(page, "met_on", day)
    page.get_by_label("Somebody else").check()
    write(page, met_by="A hearing screener", words="The red book shows it.")
    press(page, "Record it")
    expect(page.get_by_role("status").first).to_contain_text("It is recorded: hearing test.")
    point = page.locator("#hearing-screen")
    expect(point.locator(".govuk-tag")).to_have_text("Done")
    expect(point).to_contain_text("by A hearing screener.")
    expect(point).to_contain_text("The red book shows it.")
    expect(point).to_contain_text("Recorded here by")
    assert too_wide(page) == 0
    axe(page)
    page.goto(f"/families/{family}/chronology/")
    expect(page.locator("main")).to_contain_text("hearing test")
    page.goto(f"/families/{family}/pathway/?child={child}")
    page.locator("#hearing-screen").get_by_role("link", name="Take it back").click()
    heading(page, "Take it back")
    axe(page)
    write(page, why="That was the brother’s")
    press(page, "Take it back")
    expect(page.locator("#hearing-screen .govuk-tag")).to_have_count(0)
    page.get_by_text("Recorded by mistake, and taken back").click()
    expect(page.locator("main")).to_contain_text("That was the brother’s")


def test_a_health_visitor_reads_what_was_missed_in_their_districts(
    sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("health_visitor", path="/pathways/")
    page.get_by_role("link", name="Missed opportunities").click()
    heading(page, "Missed opportunities")
    axe(page)
    said = main(page)
    assert "Of the districts you work in, and of all districts together." in said and "Burnley" in said
    assert "Chorley" not in said
    expect(page.locator("svg.app-bars")).to_have_attribute("aria-label", re.compile("Burnley: "))
    expect(page.get_by_role("link", name="Pathways", exact=True).first).to_be_visible()
    page.set_viewport_size(PHONE)
    assert too_wide(page) == 0


def test_a_commissioner_reads_what_was_missed_and_can_open_nobody(
    sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("commissioner", path="/counts/")
    page.get_by_role("link", name="Missed opportunities: touchpoints of the pathways, by district").click()
    heading(page, "Missed opportunities")
    axe(page)
    assert page.locator("main td a").count() == 0
    said = main(page)
    assert "Not held: no file tells of " in said and "that is not the same as none" in said
    assert "“All districts” is the sum of the districts whose figures are shown." in said
