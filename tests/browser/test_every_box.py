"""Every box of an assessment, of every kind, is kept as it is typed: written on each page, left, and there again."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Response

from tests.browser.product import Product

# The last of them: the journey of two people who write in one assessment takes the first.
BEING_WRITTEN = """select c.reference from cases_case c join assessments_assessment a on a.case_id = c.id
    join accounts_user u on u.id = c.lead_id where u.email = %s and a.status = 'draft' order by c.reference desc limit 1"""
FORM = "form[data-autosave]"
BOXES = "[...form.elements].filter(each => each.name && !['hidden', 'submit', 'button'].includes(each.type))"
FILLED = f"""form => {{
    const names = new Set({BOXES}.map(each => each.name)), filled = {{}};
    for (const [name, value] of new FormData(form)) if (names.has(name)) (filled[name] ??= []).push(value);
    return filled; }}"""
ON_A_DAY = {"day": "3", "month": "9", "year": "2026"}
PATIENCE = 20_000


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
    """Write in every box; what the form then holds, once the last of it has been kept."""
    kept: list[str] = []
    page.on("response", lambda answer: kept.append(answer.request.post_data or "") if _keeps(answer) else None)
    fields = page.locator(FORM).evaluate(f"form => {BOXES}.map(each => [each.name, each.type])")
    for name, kind in dict(fields).items():
        _fill(page.locator(f'{FORM} [name="{name}"]'), name, kind)
    filled: dict[str, Any] = page.locator(FORM).evaluate(FILLED)
    for _ in range(PATIENCE // 100):
        if kept and filled.items() <= json.loads(kept[-1])["data"].items():
            break
        page.wait_for_timeout(100)
    return filled


def _keeps(answer: Response) -> bool:
    return answer.url.endswith("/drafts/") and answer.ok


def test_every_box_of_every_page_is_there_again_after_leaving(sign_in: Callable[..., Page], product: Product) -> None:
    page = sign_in("family_worker")
    ((case,),) = product.sql(BEING_WRITTEN, product.somebody("family_worker")["email"])
    written = 0
    for address in _pages(page, case):
        page.goto(address)
        typed = _write_everything(page)
        page.reload()
        assert page.locator(FORM).evaluate(FILLED) == typed, address
        written += len(typed)
    assert written > 60  # every page was walked
