"""Throwing away a request that was begun: asked once more, and nothing typed goes before that."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.front_door.actions import start_request
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.tests.test_pages import page, typed
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.ui.filters import moment
from hearth.foundation.ui.kept import drafts_at, save_draft


@pytest.fixture
def begun(cast: Any, as_: Any) -> Request:
    """The school's practitioner has begun a request."""
    with as_(cast.practitioner):
        return start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])


def where(name: str, request: Request) -> str:
    """The address of a page of the request."""
    return reverse(name, args=[request.reference])


def test_it_is_asked_first_and_the_page_says_for_whom_since_when_and_leads_back_to_what_was_typed(
    begun: Request, as_client: Any, cast: Any, as_: Any
) -> None:
    client = as_client(cast.practitioner)
    away = client.post(where("write_request", begun), typed(worries="Half a sen", discard="yes"))
    assert (away.status_code, away["Location"]) == (302, where("discard_request", begun))
    text = page(client.get(away["Location"]))
    assert "Throw this request away?" in text and "Marsden, Kelly" in text and moment(begun.created_at) in text
    assert re.search(f'href="{where("write_request", begun)}">Cancel<', text)
    back = page(client.get(where("write_request", begun)))
    assert "Half a sen" in back and 'value="Leo"' in back
    with as_(cast.practitioner):
        assert Request.objects.get(pk=begun.pk).state == "started"


def test_it_is_not_called_by_whoever_was_taken_out_of_it(begun: Request, as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    told = {"family_name": "", "person-0-given_name": "Zara", "person-0-family_name": "Marsden", "taken_out": "0"}
    client.post(where("write_request", begun), typed(discard="yes", **told))
    text = page(client.get(where("discard_request", begun)))
    assert "Zara" not in text and "Marsden" not in text


def test_a_request_in_which_nothing_is_typed_is_still_told_apart_by_when_it_was_begun(
    begun: Request, as_client: Any, cast: Any
) -> None:
    text = page(as_client(cast.practitioner).get(where("discard_request", begun)))
    assert "No family is named yet" in text and moment(begun.created_at) in text and "letter" not in text


def test_once_it_is_thrown_away_the_request_and_what_was_typed_in_every_tab_are_gone(
    begun: Request, as_client: Any, cast: Any, as_: Any
) -> None:
    client, write = as_client(cast.practitioner), where("write_request", begun)
    client.post(write, typed(discard="yes", draft_sitting=uuid.uuid4().hex + "aaaanone"))
    with as_(cast.practitioner):
        save_draft(cast.practitioner, write, "", uuid.uuid4().hex + "bbbbnone", {"worries": ["Another tab."]})
        assert drafts_at(cast.practitioner, [write])
    done = client.post(where("discard_request", begun), follow=True)
    assert "The request you had begun is thrown away." in page(done) and "A request you began" not in page(done)
    assert client.get(write).status_code == client.get(where("discard_request", begun)).status_code == 404
    with as_(cast.practitioner):
        assert not drafts_at(cast.practitioner, [write]) and not Request.objects.filter(pk=begun.pk).exists()
        assert AuditEvent.objects.filter(verb="front_door.request_discarded", subject=begun.reference).count() == 1


def test_nobody_else_is_asked_or_can_throw_it_away(begun: Request, as_client: Any, cast: Any, as_: Any) -> None:
    for key in ("colleague", "manager", "front_door_officer", "administrator"):
        client = as_client(getattr(cast, key))
        there = where("discard_request", begun)
        assert client.get(there).status_code == client.post(there).status_code == 404
    with as_(cast.practitioner):
        assert Request.objects.filter(pk=begun.pk).exists()


def test_the_page_costs_the_same_whatever_was_typed(
    begun: Request, as_client: Any, cast: Any, django_assert_num_queries: Any
) -> None:
    client, there = as_client(cast.practitioner), where("discard_request", begun)
    client.get(there)
    with CaptureQueriesContext(connection) as one:
        client.get(there)
    queries = len(one)
    client.post(where("write_request", begun), typed(discard="yes"))
    with django_assert_num_queries(queries):
        client.get(there)


def test_one_that_was_sent_cannot_be_thrown_away_and_the_page_leads_to_it(
    as_client: Any, cast: Any, area: Any, as_: Any
) -> None:
    sent, client = asking(cast, area)(consent_on=None), as_client(cast.practitioner)
    assert client.get(where("discard_request", sent))["Location"] == where("view_request", sent)
    answer = client.post(where("discard_request", sent))
    assert answer.status_code == 403 and "This request has been sent." in page(answer)
    assert f'href="{where("view_request", sent)}">Open the request<' in page(answer)
    with as_(cast.practitioner):
        assert Request.objects.get(pk=sent.pk).state == "received"
