"""What is sent with a request: before it is sent, while it is decided, and after it led to a family."""

import re
import uuid
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse

from hearth.casework.cases.actions import join_team
from hearth.casework.front_door.actions import discard_request, start_request, withdraw_request
from hearth.casework.front_door.documents.actions import add_request_document, withdraw_request_document
from hearth.casework.front_door.documents.models import RequestDocument, RequestDocumentContent
from hearth.casework.front_door.documents.queries import documents_of_family
from hearth.casework.front_door.models import RequestPerson
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import match_person
from hearth.desk.chronology import chronology
from hearth.desk.deciding.actions import accept_request, decide_request
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.records.documents.tests.files import a_document, pdf, picture

WORDS: dict[str, Any] = {"outcome": "assessment", "level": "universal_plus", "reason": "Needs are not clear."}


@pytest.fixture
def begun(cast: Any, as_: Any) -> Any:
    """A request that the school has begun."""
    with as_(cast.practitioner):
        return start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])


def add(by: Any, request: Any, content: bytes | None = None, name: str = "letter.pdf") -> RequestDocument:
    """Add a document as somebody."""
    return add_request_document(by=by, request=request, **a_document(content, name))


def test_the_school_adds_a_letter_while_writing_and_what_it_typed_is_kept(
    begun: Any, cast: Any, as_client: Any
) -> None:
    client, page = as_client(cast.practitioner), reverse("write_request", args=[begun.reference])
    away = client.post(page, {"worries": "Leo has missed eleven days.", "attach": "yes"})
    assert away["Location"] == reverse("add_request_document", args=[begun.reference])
    back = client.post(away["Location"], a_document(pdf(), "attendance.pdf"))
    assert back["Location"] == page + "#documents"
    text = client.get(page).content.decode()
    assert "Leo has missed eleven days." in text and "attendance.pdf" in text
    [document] = documents_there(cast.practitioner)
    [sitting] = re.findall(r'name="draft_sitting" value="(\w+)"', text)  # the same page, and no other tab
    typed = {"worries": "Twelve days.", "draft_sitting": sitting}
    away = client.post(page, typed | {f"withdraw-{document.reference}": "yes"})
    assert away["Location"].endswith(f"{document.reference}/withdraw/")
    assert "Twelve days." in client.get(page).content.decode()


def documents_there(reader: Any) -> list[RequestDocument]:
    """Every document the reader may see."""
    with acting_as(reader):
        return list(RequestDocument.objects.visible_to(reader))


def test_a_request_that_is_thrown_away_takes_its_documents_and_their_bytes_with_it(
    begun: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.practitioner):
        add(cast.practitioner, begun)
        assert RequestDocumentContent.objects.count() == 1
        discard_request(by=cast.practitioner, request=begun)
        with connections["default"].cursor() as cursor:
            cursor.execute("set constraints all immediate")
        assert not RequestDocument.objects.exists() and not RequestDocumentContent.objects.exists()


def test_whoever_asked_adds_until_it_is_decided_and_the_front_door_adds_too(
    request_: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.practitioner):
        add(cast.practitioner, request_)
    with as_(cast.front_door_officer):
        add(cast.front_door_officer, request_, picture(), "brought in.jpg")
    text = as_client(cast.practitioner).get(reverse("view_request", args=[request_.reference])).content.decode()
    assert (
        "letter.pdf" in text
        and "brought in.jpg" in text
        and reverse("add_request_document", args=[request_.reference]) in text
    )
    text = as_client(cast.front_door_officer).get(reverse("triage_request", args=[request_.reference])).content.decode()
    assert "letter.pdf" in text and "brought in.jpg" in text
    assert (
        "letter.pdf"
        in as_client(cast.practitioner).get(reverse("print_request", args=[request_.reference])).content.decode()
    )
    with as_(cast.front_door_officer):
        decide_request(
            by=cast.front_door_officer, request=request_, outcome="advice", reason="Enough.", level="universal",
            words_for_referrer="Ring the school nurse.",
        )  # fmt: skip
    for who in (cast.practitioner, cast.front_door_officer):
        with as_(who), pytest.raises(Refused):
            add(who, type(request_).objects.get(pk=request_.pk), pdf(b"/N 1"))
    text = as_client(cast.practitioner).get(reverse("view_request", args=[request_.reference])).content.decode()
    assert "letter.pdf" in text and reverse("add_request_document", args=[request_.reference]) not in text


def test_nobody_adds_to_a_request_that_was_withdrawn_or_is_somebody_elses(request_: Any, cast: Any, as_: Any) -> None:
    with as_(cast.manager), pytest.raises(Refused):
        add(cast.manager, request_)
    with as_(cast.practitioner):
        withdraw_request(by=cast.practitioner, request=request_, because="They moved.")
        with pytest.raises(Refused):
            add(cast.practitioner, type(request_).objects.get(pk=request_.pk))


def test_the_front_door_withdraws_what_the_school_sent_and_an_onlooker_does_not(
    request_: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.practitioner):
        document = add(cast.practitioner, request_)
    with as_(cast.manager), pytest.raises(Refused):
        withdraw_request_document(by=cast.manager, document=document, request=request_, because="x")
    with as_(cast.front_door_officer):
        withdraw_request_document(
            by=cast.front_door_officer, document=document, request=request_, because="Another child's."
        )
        assert RequestDocument.objects.get().withdrawn_because == "Another child's."


def test_once_accepted_the_familys_own_people_read_what_came_with_the_request(
    cast: Any, area: Any, as_: Any, as_client: Any
) -> None:
    officer, worker = cast.front_door_officer, cast.other_family_worker
    request_ = asking(cast, area)(consent_on=clock.today())
    with as_(cast.practitioner):
        document = add(cast.practitioner, request_)
    opened = reverse("request_document", args=[document.reference])
    assert as_client(worker).get(opened).status_code == 404
    with as_(officer):
        for typed in RequestPerson.objects.filter(request=request_):
            match_person(by=officer, request=request_, typed=typed, person=None)
        case = accept_request(by=officer, request=request_, lead=cast.family_worker, **WORDS)
    with as_(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=worker, role="support")
    with as_(worker):
        assert [each.name for each in documents_of_family(worker, case.family)] == ["letter.pdf"]
        assert [e.url for e in chronology(worker, case.family) if e.kind == "Document"] == [opened]
    assert as_client(worker).get(opened).content == pdf()
    page = as_client(worker).get(reverse("family", args=[case.family.reference])).content.decode()
    assert "Sent with the request for help" in page and "letter.pdf" in page
    assert as_client(cast.other_manager).get(opened).status_code == 404


def test_rows_seen_by_the_queries_are_those_the_policies_allow(request_: Any, cast: Any, as_: Any) -> None:
    with as_(cast.practitioner):
        add(cast.practitioner, request_)
    for who in (
        "practitioner",
        "colleague",
        "front_door_officer",
        "other_front_door_officer",
        "manager",
        "administrator",
    ):
        reader = getattr(cast, who)
        with as_(reader):
            assert RequestDocument.objects.count() == RequestDocument.objects.visible_to(reader).count(), who
