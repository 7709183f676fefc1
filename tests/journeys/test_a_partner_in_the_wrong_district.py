"""Somebody of another district tries every address of a family: no page says so much as its name."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.product import Product

FAMILY = """select c.reference, f.reference, f.name, a.reference, p.reference, n.reference, r.reference, f.id
    from cases_case c join people_family f on f.id = c.family_id join accounts_user u on u.id = c.lead_id
    join assessments_assessment a on a.case_id = c.id join plans_plan p on p.case_id = c.id
    join notes_note n on n.case_id = c.id join front_door_request r on r.id = c.request_id
    where u.email = %s and c.stage = 'working' order by c.reference limit 1"""
PEOPLE = """select e.reference, e.given_name, e.family_name from people_person e
    join people_membership m on m.person_id = e.id where m.family_id = %s"""
OF_CASE = (
    "", "team/", "team/join/", "team/add/", "lead/", "move/", "close/", "reopen/", "plan/", "plan/start/", "meetings/",
    "assessment/", "assessment/start/", "assessment/write/beginning/", "assessment/send/", "notes/", "notes/print/",
    "notes/add/", "step-up/", "step-down/", "reaching/",
)  # fmt: skip
OF_FAMILY = ("", "chronology/", "people/", "people/add/", "tree/", "sharing/", "who-can-open/", "who-looked/", "name/")
OF_REQUEST = ("", "triage/", "decide/", "match/", "note/", "move/", "pause/", "print/", "answer/", "withdraw/")
OF_ASSESSMENT = ("", "pdf/", "changes/", "history/beginning/", "return/", "sign-off/")
OF_PLAN = ("", "words/", "type/", "agree/", "end/", "print/", "distance/", "outcomes/add/", "actions/add/", "reviews/")
LISTS = ("/", "/to-do/", "/cases/", "/cases/?whose=all", "/requests/", "/requests/mine/", "/assessments/to-sign-off/")


@pytest.fixture(scope="module")
def theirs(product: Product) -> dict[str, Any]:
    """A family of the first district with its people, and every address about it."""
    [row] = product.sql(FAMILY, product.somebody("family_worker")["email"])
    case, family, name, assessment, plan, note, asked, key = row
    people = product.sql(PEOPLE, key)
    addresses = [f"/cases/{case}/{end}" for end in OF_CASE]
    addresses += [f"/families/{family}/{end}" for end in OF_FAMILY]
    addresses += [f"/requests/{asked}/{end}" for end in OF_REQUEST]
    addresses += [f"/assessments/{assessment}/{end}" for end in OF_ASSESSMENT]
    addresses += [f"/plans/{plan}/{end}" for end in OF_PLAN]
    addresses += [f"/notes/{note}/", f"/notes/{note}/correct/"]
    addresses += [f"/people/{person}/{end}" for person, _, _ in people for end in ("", "change/", "link/", "move/")]
    words = {name, *(f"{given} {last}" for _, given, last in people if given)}
    return {"addresses": addresses, "words": words, "references": {case, family, asked, *(p for p, _, _ in people)}}


def _searches(theirs: dict[str, Any]) -> list[str]:
    return [f"/people/find/?words={quote(word)}" for word in sorted(theirs["words"])]


def _told(text: str, words: set[str]) -> set[str]:
    return {word for word in words if word and word in text}


@pytest.mark.parametrize("who", ["other_practitioner", "other_front_door_officer"])
def test_every_address_of_the_family_is_closed_and_names_nobody(
    who: str, theirs: dict[str, Any], sign_in: Callable[..., Page]
) -> None:
    page = sign_in(who)
    found = []
    for address in theirs["addresses"]:
        answer = page.request.get(address, max_redirects=0)
        told = _told(answer.text(), theirs["words"] | theirs["references"])
        if answer.status not in (403, 404, 405) or told - _told(address, told):
            found.append((address, answer.status, told))
    assert found == []


@pytest.mark.parametrize("who", ["other_practitioner", "other_front_door_officer"])
def test_nothing_can_be_sent_to_any_of_them_either(
    who: str, theirs: dict[str, Any], sign_in: Callable[..., Page]
) -> None:
    page = sign_in(who)
    token = page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    assert token

    def send(address: str) -> Any:
        return page.request.post(address, form={"csrfmiddlewaretoken": token, "path": "/"}, max_redirects=0)

    assert send("/drafts/discard/").status < 400  # the token is good: what is refused is refused for another reason
    found = []
    for address in theirs["addresses"]:
        answer = send(address)
        told = _told(answer.text(), theirs["words"])
        if answer.status not in (403, 404, 405) or told:
            found.append((address, answer.status, told))
    assert found == []


@pytest.mark.parametrize("who", ["other_practitioner", "other_front_door_officer"])
def test_what_is_seen_on_the_screen_is_a_plain_not_found(
    who: str, theirs: dict[str, Any], sign_in: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = sign_in(who, path=theirs["addresses"][0])
    assert not _told(page.content(), theirs["words"])
    first = page.locator("main").inner_text()
    axe(page)
    page.goto("/cases/EH-2222222/")  # a case that nobody has
    assert page.locator("main").inner_text() == first


@pytest.mark.parametrize("who", ["other_practitioner", "other_front_door_officer"])
def test_no_list_and_no_search_leads_there(who: str, theirs: dict[str, Any], sign_in: Callable[..., Page]) -> None:
    page = sign_in(who)
    for address in (*LISTS, *_searches(theirs)):
        text = page.request.get(address).text()
        assert not _told(text, theirs["references"]), address


def test_the_family_is_there_for_whoever_leads_it(theirs: dict[str, Any], sign_in: Callable[..., Page]) -> None:
    page = sign_in("family_worker")  # else the tests above would say nothing
    for address in ("/cases/", "/families/", "/assessments/", "/plans/", "/notes/"):
        first = next(each for each in theirs["addresses"] if each.startswith(address))
        assert page.request.get(first).status == 200, first
    assert any(_told(page.request.get(search).text(), theirs["references"]) for search in _searches(theirs))
