"""Every box of an assessment, of every kind, is kept as it is typed: written on each page, left, and there again."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product

BEING_WRITTEN = """select c.reference from cases_case c join assessments_assessment a on a.case_id = c.id
    join accounts_user u on u.id = c.lead_id where u.email = %s and a.status = 'draft' order by c.reference limit 1"""
FORM = "form[data-autosave]"
FILLED = """form => Object.fromEntries(
    [...form.elements].filter(each => each.name && !["hidden", "submit", "button"].includes(each.type))
        .map(each => [each.name + ("checked" in each && each.type !== "textarea" && each.value !== undefined
            && ["radio", "checkbox"].includes(each.type) ? "=" + each.value : ""),
            ["radio", "checkbox"].includes(each.type) ? each.checked : each.value]))"""
ON_A_DAY = {"day": "3", "month": "9", "year": "2026"}


def _pages(page: Page, case: str) -> list[str]:
    """One address of each section: what is asked of each child is the same for all."""
    page.goto(f"/cases/{case}/assessment/")
    links = page.locator('main a[href*="/assessment/write/"]').evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    return list({link.split("/write/")[1].split("/")[0]: link for link in links}.values())


def _fill(box: Locator, name: str, kind: str) -> None:
    part = name.rpartition("-")[2]
    if kind in ("radio", "checkbox"):
        box.last.check(force=True)
    elif part in ON_A_DAY:
        box.fill(ON_A_DAY[part])
    else:
        box.fill(f"Written in {name}: “é” – 😀")


def _write_everything(page: Page) -> dict[str, Any]:
    fields = page.locator(FORM).evaluate(
        "form => [...form.elements].filter(each => each.name && !['hidden', 'submit', 'button'].includes(each.type))"
        ".map(each => [each.name, each.type])"
    )
    for name, kind in dict(fields).items():
        _fill(page.locator(f'{FORM} [name="{name}"]'), name, kind)
    filled: dict[str, Any] = page.locator(FORM).evaluate(FILLED)
    return filled


def test_every_box_of_every_page_is_there_again_after_leaving(sign_in: Callable[..., Page], product: Product) -> None:
    page = sign_in("family_worker")
    ((case,),) = product.sql(BEING_WRITTEN, product.somebody("family_worker")["email"])
    written = 0
    for address in _pages(page, case):
        page.goto(address)
        typed = _write_everything(page)
        expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Saved at"))
        page.reload()
        assert page.locator(FORM).evaluate(FILLED) == typed, address
        written += len(typed)
    assert written > 100  # every page was walked
