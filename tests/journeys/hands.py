"""What hands do on a page: write in a box, tick a choice, press a button, by the names that the form gives them."""

import datetime as dt
import re

from playwright.sync_api import Page, expect

# What a panel of the demonstration opened of a family is closed, so that a journey sees what its own steps open.
NO_PANEL = """update people_access set ended_at = now() where why = 'panel' and ended_at is null
    and family_id = (select family_id from cases_case where reference = %s)"""


def write(page: Page, **words: str) -> None:
    """Write in boxes, by their fields' names; a double underscore stands for a hyphen."""
    for name, text in words.items():
        page.locator(f'[name="{name.replace("__", "-")}"]').fill(text)


def choose(page: Page, name: str, *values: str) -> None:
    """Tick boxes, or pick a radio."""
    for value in values:
        page.locator(f'input[name="{name}"][value="{value}"]').check()


def pick(page: Page, name: str, label: str) -> None:
    """Pick from a list by the beginning of its words."""
    options = page.locator(f'select[name="{name}"] option').filter(has_text=re.compile(rf"^\s*{re.escape(label)}"))
    page.locator(f'select[name="{name}"]').select_option(options.first.get_attribute("value"))


def date(page: Page, name: str, day: dt.date) -> None:
    """Write a date in its three boxes."""
    for part in ("day", "month", "year"):
        page.locator(f'[name="{name}-{part}"]').fill(str(getattr(day, part)))


def press(page: Page, name: str) -> None:
    """Press a button by its words."""
    page.get_by_role("button", name=name, exact=True).click()


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page that is open is the one with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def main(page: Page) -> str:
    """What a page says, between its header and its footer."""
    return page.locator("main").inner_text()
