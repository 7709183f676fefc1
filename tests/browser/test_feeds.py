"""A partner's file by hand in the running product: sent, read by the worker, a row put right, committed, on a desk and on a phone."""

import http.client
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, RUNS_OFF
from tests.browser.product import Product
from tests.forms.web import patiently

FILE = "personId,policeArea,contactName,contactPhone\np1,North,Ann Other,01632 960001\n,South,Bob,2\n"


def test_a_file_is_sent_read_put_right_and_committed(
    sign_in: Callable[..., Page], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    file = tmp_path / "police of autumn.csv"
    file.write_text(FILE)
    page = sign_in("analyst")
    page.goto("/feeds/send/")
    axe(page)
    page.get_by_label("What is in the file?").select_option("police")
    page.get_by_label("Whose data is it?").select_option(index=1)
    for group, values in (("First day it covers", ("1", "9", "2024")), ("Last day it covers", ("20", "12", "2024"))):
        for box, value in zip(("Day", "Month", "Year"), values, strict=True):
            page.get_by_role("group", name=group).get_by_label(box).fill(value)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("police of autumn.csv")
    expect(page.locator("#progress")).to_contain_text("What became of the rows")  # the page asks by itself
    page.get_by_role("link", name="Look at what it would change").click()
    expect(page.get_by_role("link", name="Put it right row 3")).to_be_visible()
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate(RUNS_OFF) <= 0
    page.get_by_role("link", name="Put it right row 3").click()
    axe(page)
    assert page.evaluate(RUNS_OFF) <= 0
    page.get_by_label("personId").fill("p2")
    page.get_by_role("button", name="Put it right").click()
    expect(page.locator("#progress")).to_contain_text("What became of the rows")
    page.reload()
    page.get_by_role("button", name="Commit this load").click()
    expect(page.get_by_role("button", name="Take this load back")).to_be_visible()
    page.goto("/feeds/")
    expect(page.get_by_role("row", name=re.compile("Police: known people"))).to_contain_text("20 Dec 2024")
    axe(page)
    assert page.evaluate(RUNS_OFF) <= 0
    page.goto("/feeds/decisions/")
    axe(page)
    assert page.evaluate(RUNS_OFF) <= 0


def asked(product: Product, method: str, path: str, secret: str, body: str = "") -> tuple[int, Any]:
    """What a machine with no browser is answered."""
    connection = http.client.HTTPConnection(urlsplit(product.address).netloc, timeout=30)
    try:
        connection.request(method, path, body, {"Authorization": f"Bearer {secret}", "Content-Type": "text/csv"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def test_a_machine_is_given_a_token_sends_a_file_that_the_worker_reads_and_loses_it_again(
    sign_in: Callable[..., Page], axe: Callable[[Page], None], product: Product
) -> None:
    page = sign_in("analyst")
    page.goto("/feeds/tokens/make/")
    page.get_by_label("What will it send?").select_option("police")
    page.get_by_label("Whose data is it?").select_option(index=1)
    page.get_by_label("Which machine is it for?").fill("Niche, nightly export")
    soon = product.sql("select (current_date + 30)::text")[0][0].split("-")
    for box, value in zip(("Year", "Month", "Day"), soon, strict=True):
        page.get_by_label(box).fill(value)
    axe(page)
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The token is made")
    secret = page.locator(".app-key").first.inner_text().strip()
    axe(page)
    page.set_viewport_size(PHONE)
    assert page.evaluate(RUNS_OFF) <= 0
    page.get_by_role("link", name="I have copied it").or_(page.get_by_role("button", name="I have copied it")).click()
    expect(page.get_by_role("row", name=re.compile("Niche, nightly export"))).to_contain_text("Never")
    assert secret not in page.content()
    axe(page)
    assert page.evaluate(RUNS_OFF) <= 0
    days = "covers_from=2023-09-01&covers_until=2023-12-20&file_name=by%20token.csv"
    status, told = asked(product, "PUT", f"/api/feeds/police/files/?{days}", secret, FILE)
    assert status == 200, told
    ready = f"select 1 from feeds_feedload where reference = '{told['load']}' and state = 'ready'"
    patiently(lambda: product.sql(ready), "the worker has read it")
    _, told = asked(product, "GET", told["address"], secret)
    assert (told["rows"]["in_file"], told["rows"]["set_aside"], told["file_name"]) == (2, 1, "by token.csv")
    page.goto(f"/feeds/loads/{told['load']}/")
    expect(page.get_by_text("Niche, nightly export with token")).to_be_visible()
    page.goto("/feeds/tokens/")
    page.get_by_role("link", name=re.compile("^Withdraw")).click()
    axe(page)
    page.get_by_label("Why is it withdrawn?").fill("The machine was sold")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("row", name=re.compile("Niche, nightly export"))).to_contain_text("The machine was sold")
    assert asked(product, "GET", told["address"], secret)[0] == 401
