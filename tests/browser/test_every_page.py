"""Every page of the URL table, opened by somebody who may: axe finds nothing, and nothing runs off the side."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from tests.browser.fixtures import PHONE
from tests.browser.product import Product

# Whose references fill an address, by how it begins: one row that the reader of that part of the house may open.
OF_WORKER = """select {wanted} from cases_case c join people_family f on f.id = c.family_id
    join accounts_user u on u.id = c.lead_id join plans_plan p on p.case_id = c.id
    join plans_review r on r.plan_id = p.id join assessments_assessment a on a.case_id = c.id
    join notes_note n on n.case_id = c.id
    where u.email = %s and c.stage = 'working' order by c.reference limit 1"""
REFERENCES = {
    "families/": OF_WORKER.format(wanted="f.reference"),
    "cases/": OF_WORKER.format(wanted="c.reference"),
    "plans/": OF_WORKER.format(wanted="p.reference"),
    "assessments/": OF_WORKER.format(wanted="a.reference"),
    "notes/": OF_WORKER.format(wanted="n.reference"),
    "people/": OF_WORKER.format(
        wanted="(select e.reference from people_person e join people_membership m on m.person_id = e.id"
        " where m.family_id = f.id and m.role = 'child' order by e.reference limit 1)"
    ),
}
REFERENCES["concerns/"] = "select reference from insight_familyofconcern where undecided > 0 order by reference limit 1"
REFERENCES["concerns/runs/"] = "select reference from insight_insightrun where is_current"
REFERENCES["claims/"] = "select reference from programmes_claim order by reference limit 1"
REFERENCES["claims/samples/"] = "select reference from programmes_claimsample order by reference limit 1"
REFERENCES["claims/cases/"] = OF_WORKER.format(wanted="c.reference")
WAITING = """select q.reference from front_door_request q join accounts_area a on a.id = q.area_id
    where q.state = 'received' order by q.reference limit 1"""
READERS = {
    "family_worker": (
        "", "to-do/", "families/", "cases/", "plans/", "assessments/", "notes/", "people/", "universal/", "my-account/",
    ),
    "front_door_officer": ("requests/",),
    "manager": ("colleagues/", "assessments/to-sign-off/"),
    "information_governance": ("restrictions/", "agreements/", "roles/"),
    "administrator": ("imports/", "organisations/"),
    "analyst": ("feeds/", "matching/", "concerns/runs/", "claims/"),
    "quality_auditor": ("claims/samples/",),
    "development_officer": ("concerns/",),
    "safeguarding_hub_social_worker": ("step-ups/",),
}  # fmt: skip
NOT_A_PAGE = re.compile(r"pdf|download|sign-out|/undo/|theme|drafts|known/|look-up|health|picker|writing/")


def routes(resolver: Any = None, prefix: str = "") -> Iterator[str]:
    """Every route of our own views."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern) and getattr(entry.callback, "__module__", "").startswith("hearth."):
            yield route


def address(product: Product, route: str, worker: str) -> str | None:
    """The route with one of the reader's own things in it; nothing where there is none."""
    start = next((begin for begin in sorted(REFERENCES, key=len, reverse=True) if route.startswith(begin)), "")
    filled = route
    if "<str:reference>" in route or "<reference>" in route:
        sql = WAITING if route.startswith("requests/") else REFERENCES.get(start)
        if sql is None:
            return None
        rows = product.sql(sql, worker) if "%s" in sql else product.sql(sql)
        if not rows:
            return None
        filled = re.sub(r"<(str:)?reference>", rows[0][0], filled)
    filled = filled.replace("<int:number>", "1").replace("<section>", "beginning").replace("<slug:framework>", "local")
    return None if "<" in filled else f"/{filled}"


def pages_of(product: Product, begins: tuple[str, ...]) -> list[str]:
    """The addresses a reader opens, each once."""
    worker = product.somebody("family_worker")["email"]
    found = []
    for route in dict.fromkeys(routes()):
        mine = (
            route == ""
            if begins == ("",)
            else any(route.startswith(begin) if begin else route == "" for begin in begins)
        )
        if mine and not NOT_A_PAGE.search(route):
            filled = address(product, route, worker)
            if filled is not None:
                found.append(filled)
    return found


def is_page(page: Page, path: str, faults: list[str]) -> bool:
    """Whether an address is a page for this reader, and not a button's or a refusal; a server error is a fault."""
    answer = page.request.get(path)
    if answer.status >= 500:
        faults.append(f"{path} answers {answer.status}")
    return answer.status == 200 and "text/html" in answer.headers.get("content-type", "")


@pytest.mark.parametrize("who", READERS)
def test_every_page_of_theirs_keeps_nobody_out(
    who: str, product: Product, sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in(who)
    faults: list[str] = []
    opened = 0
    for path in pages_of(product, READERS[who]):
        if is_page(page, path, faults):
            page.goto(path)
            opened += 1
            try:
                axe(page)
            except AssertionError as fault:
                faults.append(str(fault))
    assert not faults, "\n".join(faults)
    assert opened >= 1


# By how much the page, or a table whose rows are cards on a phone, is wider than the screen.
RUNS_OFF = """Math.max(...[document.documentElement, ...document.querySelectorAll('.app-scroller:has(.app-table--cards)')]
    .map(each => each.scrollWidth - each.clientWidth))"""


@pytest.mark.parametrize("who", ["family_worker", "front_door_officer"])
def test_on_a_phone_nothing_runs_off_the_side(who: str, product: Product, sign_in: Callable[..., Page]) -> None:
    page = sign_in(who, screen=PHONE)
    too_wide = []
    for path in pages_of(product, READERS[who]):
        if is_page(page, path, []):
            page.goto(path)
            over = page.evaluate(RUNS_OFF)
            if over > 0:
                too_wide.append(f"{path}: {over} pixels")
    assert not too_wide, "\n".join(too_wide)
