"""A partner's file by hand in the running product: sent, read by the worker, a row put right, committed, on a desk and on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE
from tests.browser.test_every_page import RUNS_OFF

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
