"""Tables of figures fit: no column is cut on any screen, and on a phone a row of many columns is a card."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Browser

from hearth.desk.counts.tests.test_assessed import asked, family_with_case
from tests.browser.fixtures import NARROW, PHONE, WIDE

CUT = "[...document.querySelectorAll('.app-scroller')].map(each => each.scrollWidth - each.clientWidth)"
SCREENS = [
    NARROW,
    PHONE,
    {"width": 390, "height": 844},
    {"width": 768, "height": 1024},
    WIDE,
    {"width": 1920, "height": 1080},
]


@pytest.fixture
def shown(cast: Any, area: Any, as_client: Callable[..., Any]) -> str:
    """The page of assessments in figures, with a referral that had none first, and with its looks in it."""
    asked(cast.family_worker, family_with_case(cast, area, "Walkden"))
    html = as_client(cast.manager).get(reverse("assessment_counts")).content.decode()
    sheets = "".join(
        Path(str(finders.find(name))).read_text(encoding="utf-8")
        for name in ("ui/vendor/govuk-frontend.min.css", "ui/hearth.css")
    )
    return html.replace("</head>", f"<style>{sheets}</style></head>")


def test_no_column_of_the_referrals_is_cut_on_any_screen(shown: str, browser: Browser) -> None:
    for screen in SCREENS:
        page = browser.new_page(viewport=screen)
        page.set_content(shown)
        assert page.locator(".app-scroller", has_text="Referrals to social care by").count() == 3
        found = page.evaluate(CUT)
        assert max(found) <= 0, (screen, found)
        page.close()
