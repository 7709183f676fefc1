"""Every page of the URL table, opened by somebody who may: axe finds nothing, and on a phone nothing runs off the side.

What is on them is the planted world of the hostile walk, whose table says who may rightly open each address.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from hearth.foundation.accounts.models import LinkKind, SignInLink
from hearth.foundation.accounts.sign_in.links import GOOD_FOR, digest_of
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from tests.browser.fixtures import AXE, WIDE, Pages, too_wide
from tests.browser.walk import Walker, serving
from tests.security.hostile.addresses import BY_START, NAMED, SHOWING, way_to
from tests.security.hostile.walking import routes
from tests.security.hostile.way import WORKER
from tests.security.hostile.ways import address, of_somebody

MANAGES_A_PARTNER = "charity_worker"  # in this walk
READERS = (*sorted({way.reader for way in (*BY_START.values(), *NAMED.values())}), MANAGES_A_PARTNER)
# What is no page of the walk, with the reason. A button's address, which is not to be opened, says so itself (405), or is
# named in the hostile walk's table with the page that has the button.
NO_PAGE = {
    **dict.fromkeys(("assessment_document", "plan_document", "request_document", "step_file"), "a file that was sent"),
    **dict.fromkeys(("opened_bid_file", "call_file"), "a file of a tender"),
    **dict.fromkeys(
        (
            "download_claims",
            "download_universal",
            "download_assessment_counts",
            "download_unmet_needs",
            "download_early_years_places",
            "download_missed_opportunities",
            "download_ledger",
            "download_budgets",
            "download_value",
            "download_needs",
            "download_grants",
            "download_returns",
            "download_risks",
            "download_member_requests",
            "download_contracts",
            "download_scores",
            "download_export",
            "download_report",
            "published_report_file",
            "download_panel_times",
            "download_audit_sample",
            "download_audit_findings",
            "download_volunteer_hours",
            "download_performance",
            "download_workload",
            "download_project",
            "download_team_training",
            "example_ledger",
        ),
        "a download",
    ),
    **dict.fromkeys(
        (
            *(
                f"open_referral{part}"
                for part in ("", "_openapi", "_services", "_taxonomies", "_taxonomy_terms", "_service_at_locations")
            ),
            *(
                f"open_referral_1{part}"
                for part in (
                    "",
                    "_services",
                    "_taxonomies",
                    "_organizations",
                    "_locations",
                    "_reviews",
                    "_vocabularies",
                )
            ),
        ),
        "what another system is answered",
    ),
    "who_is_writing": "a part of a page",
    "theme": "a style sheet",
    "mfa_login_webauthn": "what a script is answered",
    "next_pair": "leads on to the next pair",
    "note_restricted_searches_seen": "a button",
    **dict.fromkeys(("mfa_authenticate", "mfa_reauthenticate_webauthn"), "on the way in: test_signing_in.py opens it"),
}


@pytest.fixture(scope="module")
def _served(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with django_db_blocker.unblock(), serving("pages") as made:
        yield made


@pytest.fixture(scope="module")
def walker(_served: Any, browser: Browser) -> Iterator[Walker]:
    """One page for the whole walk."""
    world, where = _served
    pages = Pages(browser, where)
    page = pages.open(WIDE)
    page.add_init_script(AXE)  # sent once, and not with every page
    yield Walker(world, page, where)
    pages.close()
    assert not pages.complaints, "The browser complained:\n" + "\n".join(pages.complaints)


def faults_of(walker: Walker, who: str, path: str, axe: Callable[[Page], None]) -> Iterator[str]:
    """What keeps somebody out of a page, wide and narrow."""
    status = walker.open(who, path)
    if status != 200:
        yield f"{path} answers {who or 'a visitor'} {status}"
        return
    try:
        axe(walker.page)
    except AssertionError as fault:
        yield str(fault)
    if over := too_wide(walker.page):
        yield f"{path} is {over} pixels too wide for a phone"


def is_page(answer: Any) -> bool:
    """A whole page, and no part of one, no download, no way on to another."""
    html = answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
    return html and "<!DOCTYPE" in answer.content.decode()[:100].upper()


def of_reader(who: str) -> list[tuple[str, Any, Any]]:
    """The addresses with something of somebody's in them that the hostile walk's table gives this reader."""
    found = [(route, entry, way_to(route, entry)) for route, entry in of_somebody()]
    return [(route, entry, way) for route, entry, way in found if way is not None and way.reader == who]


@pytest.mark.parametrize("who", READERS)
def test_every_page_of_something_keeps_nobody_out(who: str, walker: Walker, axe: Callable[[Page], None]) -> None:
    faults: list[str] = []
    for route, entry, way in of_reader(who):
        path = address(walker.world, route, entry, way)
        if not way.on and entry.name not in NO_PAGE:
            faults += faults_of(walker, who, path, axe)
        elif is_page(walker.answer(who, path)):
            faults.append(f"{path} is a page after all")
    assert not faults, "\n".join(faults)


def test_every_list_and_first_page_keeps_nobody_out(walker: Walker, axe: Callable[[Page], None]) -> None:
    faults: list[str] = []
    for name in (str(entry.name) for route, entry in routes() if "<" not in route):
        path, statuses = reverse(name), []
        for who in ("", SHOWING.get(name, WORKER), *READERS):
            answer = walker.answer(who, path)
            statuses.append(answer.status_code)
            if is_page(answer):
                faults += [f"{path} is a page after all"] if name in NO_PAGE else faults_of(walker, who, path, axe)
                break
        else:
            if name not in NO_PAGE and 405 not in statuses:
                faults.append(f"{path} opens for nobody of {READERS}: {statuses}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("kind", list(LinkKind))
def test_what_a_link_in_a_message_leads_to_keeps_nobody_out(
    kind: LinkKind, walker: Walker, axe: Callable[[Page], None]
) -> None:
    cast, token = walker.world.cast, f"of-{kind}"
    with acting_as(cast.administrator):
        link = SignInLink(
            user=cast.colleague, kind=kind, token_digest=digest_of(token), until_at=clock.now() + GOOD_FOR[kind],
            made_by=cast.administrator,
        )  # fmt: skip
        link.save(force_insert=True)
    faults = list(faults_of(walker, "", reverse("choose_password", args=[token]), axe))
    assert not faults, "\n".join(faults)
    assert walker.page.locator("input[type=password]").first.is_visible()


def test_no_name_in_the_list_of_what_is_no_page_is_stale() -> None:
    assert not set(NO_PAGE) - {str(entry.name) for _, entry in routes()}
