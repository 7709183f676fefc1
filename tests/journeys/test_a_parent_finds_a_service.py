"""A parent finds a service on a phone, without signing in; and a worker finds one for a family, with the need filled in."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import heading, main, press, write

WORDS = "He wont go to skool"


def _postcode(product: Product) -> str:
    [[postcode]] = product.sql(
        "select postcode from directory_location where latitude is not null order by postcode limit 1"
    )
    return str(postcode)


def test_a_parent_finds_a_service_on_a_phone_and_makes_a_list(
    product: Product, visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor(PHONE)
    page.goto("/find-help/")
    heading(page, "Find help near you")
    axe(page)
    write(page, words=WORDS, near=_postcode(product).split()[0].lower())
    press(page, "Find")
    found = page.locator(".finder__one")
    expect(found.filter(has_text="School attendance help").first).to_be_visible()
    assert "We looked for “school” in place of “skool”" in main(page)
    expect(found.first.locator('a[href^="tel:"]')).to_be_visible()
    assert not too_wide(page)
    axe(page)
    expect(page.get_by_role("heading", name=re.compile("fits? all that you asked"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("fits? only in part"))).to_have_count(1)
    expect(found.filter(has_text="Fits in part").first).to_contain_text("It says nothing of “")
    found.nth(0).get_by_role("checkbox").check()
    mine = page.get_by_role("link", name=re.compile("^My list"))
    expect(mine).to_have_text("My list: 1 service")
    expect(mine).to_be_in_viewport()
    found.nth(1).get_by_role("checkbox").check()
    expect(mine).to_have_text("My list: 2 services")
    axe(page)
    names = [each.inner_text() for each in (found.nth(0).get_by_role("heading"), found.nth(1).get_by_role("heading"))]
    found.nth(1).get_by_role("link").first.click()  # reads of one, and comes back to what was ticked
    heading(page, names[1])
    axe(page)
    page.get_by_role("link", name="Back to what was found").click()
    expect(page.locator(".finder input[type=checkbox][name=keep]:checked")).to_have_count(2)
    press(page, "See what I ticked")
    heading(page, "My list")
    axe(page)
    assert not too_wide(page)
    for name in names:
        expect(page.locator("main")).to_contain_text(name)
    assert page.context.cookies() == [], "nothing is left on the phone"
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name=names[0])).to_be_visible()
    expect(page.get_by_role("link", name="Take off the list").first).to_be_hidden()
    page.emulate_media(media="screen")
    found.first.get_by_role("link", name=re.compile("^Take off")).click()
    expect(found).to_have_count(1)
    page.get_by_role("link", name="Look for more").click()
    expect(page.locator('[name="words"]')).to_have_value(WORDS)


def test_choices_narrow_what_is_found_and_a_wrong_postcode_loses_nothing(
    product: Product, visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = visitor(PHONE)
    page.goto("/find-help/")
    write(page, words="play", near="over there")
    press(page, "Find")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter a postcode")
    axe(page)
    expect(page.locator('[name="words"]')).to_have_value("play")
    write(page, near=_postcode(product))
    page.get_by_text("More choices").click()
    write(page, age="3")
    page.locator("input[name=free]").check()
    press(page, "Find")
    expect(page.get_by_role("heading", level=2, name=re.compile("the nearest first"))).to_be_visible()
    expect(page.locator(".finder__more")).not_to_have_attribute("open", "")
    expect(page.locator("main")).to_contain_text("Only what fits your choices: age 3; free.")
    for said in page.locator(".finder__one .finder__lines").all_inner_texts():
        assert "Free" in said
    axe(page)


def test_a_list_is_made_without_any_script(product: Product, pages: Any) -> None:
    page = pages.browser.new_context(base_url=pages.address, viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/find-help/?words=school")
    page.locator(".finder input[name=keep]").first.check()
    kept = page.locator(".finder input[name=keep]").first.get_attribute("value")
    page.get_by_role("button", name="Next page").click()
    assert f"keep={kept}" in page.url
    page.get_by_role("button", name="See what I ticked").click()
    expect(page.locator(".finder__one")).to_have_count(1)
    page.context.close()


def test_a_worker_goes_from_a_family_to_services_for_its_need(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in("family_worker", path="/cases/?whose=mine")
    page.locator("tbody th a").first.click()
    page.get_by_role("link", name="Find services for what they asked").click()
    heading(page, "Find a service")
    expect(page.get_by_role("link", name="Find a service")).to_have_attribute("aria-current", "page")
    assert "words=" not in page.url, "no word of the family's goes along"
    expect(page.locator(".finder__one").first).to_be_visible()
    axe(page)
