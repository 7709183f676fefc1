"""Inspectors announce themselves: the file is asked for, checked, one missing thing mended by whoever can, made again and handed over."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.product import Product
from tests.journeys.hands import choose, heading, main, pick, press, write

# A child in a case of the family worker's, whose ethnicity nobody has asked.
NOT_ASKED = """select p.reference, c.reference from people_person p join people_membership m on m.person_id = p.id
    join cases_case c on c.family_id = m.family_id join accounts_user u on u.id = c.lead_id
    where u.email = %s and c.stage = 'working' and m.role = 'child' and m.until_on is null and p.ethnicity = 'NOBT'
      and p.birth_precision = 'full' and not p.hidden and p.born_on > current_date - interval '15 years' order by p.reference limit 1"""
PATIENCE = 120_000  # milliseconds: the worker of a busy machine


def test_an_inspectors_request_is_answered(
    product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    lead = product.somebody("family_worker")
    [(child, case)] = product.sql(NOT_ASKED, lead["email"])
    page = sign_in("information_governance")
    page.goto("/exports/")
    heading(page, "Exports")
    page.get_by_role("button", name="Ask for a file").click()
    heading(page, "Ask for a file")
    axe(page)
    choose(page, "kind", "annex_a")
    write(page, goes_to="Ofsted", purpose="An inspection of children’s services")
    press(page, "Make the file")
    first = _made(page)
    axe(page)

    assert "Lists 4 to 11 have their heads and no row" in main(page)
    missing = _missing(page, "List 2, Ethnicity")
    page.get_by_role("link", name=re.compile("missing in List 2, Ethnicity")).click()
    row = _row_of(page, child)
    expect(row).to_contain_text("The ethnicity has not been asked")
    expect(row).to_contain_text(case)
    assert row.get_by_role("link", name=lead["name"]).get_attribute("href").startswith(f"mailto:{lead['email']}")
    axe(page)
    page.goto(f"/exports/{first}/")
    rows = len(_ethnicities(_taken(page, tmp_path / "before.xlsx"), child))  # one of each assessment

    worker = sign_in("family_worker", path=f"/people/{child}/change/")
    pick(worker, "ethnicity", "Pakistani")
    press(worker, "Save")
    expect(worker.get_by_text("The record is changed.")).to_be_visible()

    page.goto(f"/exports/{first}/")
    press(page, "Make it again, as things stand now")
    second = _made(page)
    assert second != first
    assert f"What has changed since {first}" in main(page)
    assert _missing(page, "List 2, Ethnicity") == missing - rows, (
        "of no other child, and of every assessment of this one"
    )
    axe(page)

    book = _taken(page, tmp_path / "annex-a.xlsx")
    assert book.sheetnames == [f"List {number}" for number in range(1, 12)]
    assert set(_ethnicities(book, child)) == {"k) APKN"}

    page.get_by_role("button", name="Record who was given it").click()
    heading(page, "Record who was given it")
    axe(page)
    write(page, to_whom="The lead inspector")
    choose(page, "how", "portal")
    press(page, "Put it on record")
    expect(page.get_by_text("It is on record who was given the file.")).to_be_visible()
    assert "The lead inspector" in main(page)
    said = product.sql(
        "select verb, detail ->> 'digest' from audit_auditevent where subject = %s and verb in ('exports.made', 'exports.downloaded',"
        " 'exports.handed_over') order by created_at",
        second,
    )
    assert [verb for verb, _ in said] == ["exports.made", "exports.downloaded", "exports.handed_over"]
    assert len({digest for _, digest in said}) == 1


def _made(page: Page) -> str:
    """Wait on the page until the worker has made the file, and look at what came of it; its reference."""
    heading(page, "Inspection workbook (Annex A)")
    link = page.get_by_role("link", name="Look at what came of it")
    check = page.get_by_role("heading", name="1. Check it")
    expect(link.or_(check)).to_be_visible(timeout=PATIENCE)
    if link.is_visible():
        link.click()
    expect(check).to_be_visible()
    return page.url.rstrip("/").split("/")[-1]


def _missing(page: Page, where: str) -> int:
    """How often a column has nothing to say."""
    row = page.get_by_role("region", name="What is missing, column by column").get_by_role("row").filter(has_text=where)
    return int((row.get_by_role("link").text_content() or "").split()[0].replace(",", ""))


def _taken(page: Page, kept: Path) -> Workbook:
    """Take the file of the page that stands open."""
    with page.expect_download() as waiting:
        press(page, "Take the file")
    waiting.value.save_as(kept)
    return load_workbook(io.BytesIO(kept.read_bytes()))


def _ethnicities(book: Workbook, child: str) -> list[Any]:
    """What the list of early help assessments says of a child, once for each of its assessments."""
    return [line[2] for line in book["List 2"].iter_rows(min_row=2, values_only=True) if line[0] == child]


def _row_of(page: Page, child: str) -> Locator:
    """The row about a child, on whichever page of the list it is."""
    rows = page.get_by_role("region", name=re.compile("^Rows with something missing")).get_by_role("row")
    while rows.filter(has_text=child).count() == 0:
        page.get_by_role("link", name=re.compile("Next page")).click()
    return rows.filter(has_text=child).first
