"""Somebody adds a person who is on record: while they type the page says so, and they use that record or go on."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product
from tests.journeys.hands import choose, press, write

# Two families of one worker, and a child of the second with both names and a birth date.
KNOWN = """select f.reference, p.reference, p.given_name, p.family_name, p.born_on
    from people_family f join cases_case c on c.family_id = f.id join accounts_user u on u.id = c.lead_id
    cross join people_person p join people_membership m on m.person_id = p.id
    join cases_case d on d.family_id = m.family_id and d.lead_id = u.id and d.family_id <> f.id
    where u.email = %s and c.stage = 'working' and d.stage = 'working' and m.role = 'child' and m.until_on is null
      and p.birth_precision = 'full'
      and not exists (select from people_membership x where x.person_id = p.id and x.family_id = f.id) order by f.reference, p.reference limit 1"""
SAYS_SO = "Somebody like this is on record"


@pytest.fixture
def typing(product: Product, sign_in: Callable[..., Page]) -> tuple[Page, str, str]:
    """The page on which a worker has typed a name and a birth date that are on record; the family; the record."""
    [(family, person, given, last, born)] = product.sql(KNOWN, product.somebody("family_worker")["email"])
    page = sign_in("family_worker", path=f"/families/{family}/people/add/")
    if page.get_by_role("button", name="Discard it").count():
        press(page, "Discard it")
    answer = _answer(page)
    expect(answer).to_have_attribute("role", "status")  # there before it says anything, or nothing is read out
    expect(answer).to_be_empty()
    write(page, given_name=given, family_name=last)
    write(page, **{f"born__{part}": str(getattr(born, part)) for part in ("day", "month", "year")})
    expect(answer).to_contain_text(SAYS_SO)
    return page, family, person


def _answer(page: Page) -> Locator:
    return page.locator(".people-known")


def test_it_is_said_while_they_type_and_the_record_that_is_there_is_used(
    typing: tuple[Page, str, str], axe: Callable[[Page], None]
) -> None:
    page, family, person = typing
    axe(page)
    expect(page.locator('input[name="born-year"]')).to_be_focused()  # nobody who types is interrupted
    expect(_answer(page)).to_contain_text(person)
    _answer(page).get_by_role("link", name="This is them: add their record to this family").first.click()
    expect(page.locator("input[name=reference]")).to_have_value(person)
    choose(page, "role", "child")
    page.get_by_label("No", exact=True).check()
    press(page, "Add to this family")
    page.wait_for_url(f"**/families/{family}/people/")
    expect(page.locator(f'main a[href="/people/{person}/"]')).to_be_visible()
    page.goto(f"/families/{family}/people/add/")  # what they had typed is still there, to go on with or to discard
    expect(page.locator(".app-draft")).to_be_visible()


def test_they_may_look_first_and_go_on_and_the_warning_goes_when_it_is_somebody_else(
    typing: tuple[Page, str, str], product: Product
) -> None:
    page, family, _ = typing
    before = product.sql("select count(*) from people_person")
    with page.expect_response(re.compile("/look-up/")):
        write(page, given_name="Ondine", family_name="Zabriskie-Quill")
    expect(_answer(page)).not_to_contain_text(SAYS_SO)
    with page.expect_response(re.compile("/look-up/")):
        write(page, born__year="2012")
    choose(page, "role", "child")
    press(page, "Add this person")
    page.wait_for_url(f"**/families/{family}/people/")
    expect(page.locator("main")).to_contain_text("Ondine Zabriskie-Quill")
    assert product.sql("select count(*) from people_person")[0][0] == before[0][0] + 1
