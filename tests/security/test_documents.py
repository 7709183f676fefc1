"""Nobody gets at a document, nor at one byte of it, who may not see what it is attached to: by a page or at the database."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.documents.actions import add_assessment_document, withdraw_assessment_document
from hearth.casework.assessments.documents.models import AssessmentDocument, AssessmentDocumentContent
from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.actions import close_case
from hearth.casework.front_door.actions import send_request, start_request
from hearth.casework.front_door.documents.actions import add_request_document, withdraw_request_document
from hearth.casework.front_door.documents.models import RequestDocument, RequestDocumentContent
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.typed import TypedPerson
from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.documents.actions import add_plan_document, withdraw_plan_document
from hearth.casework.plans.documents.models import PlanDocument, PlanDocumentContent
from hearth.casework.plans.models import Plan
from hearth.foundation.core.reader import acting_as, read_as
from hearth.foundation.core.references import new_reference
from hearth.records.documents.tests.files import a_document, pdf, picture
from hearth.records.people.access.actions import end_access, give_access
from hearth.records.people.models import Access, Person
from hearth.records.people.restrictions.actions import place_restriction
from tests.security.test_spine import EVERYBODY, MAY_OPEN

TABLES: dict[str, tuple[Any, Any, Any]] = {
    "plan": (PlanDocument, PlanDocumentContent, withdraw_plan_document),
    "assessment": (AssessmentDocument, AssessmentDocumentContent, withdraw_assessment_document),
    "request": (RequestDocument, RequestDocumentContent, withdraw_request_document),
}
OF_FAMILY = ("plan", "assessment")


def sees(kind: str, reader: Any) -> tuple[int, int, int]:
    """How many documents and contents there are at the database for a reader, and how many the product shows."""
    rows, bytes_, _ = TABLES[kind]
    with acting_as(reader):
        return rows.objects.count(), bytes_.objects.count(), rows.objects.visible_to(reader).count()


@pytest.fixture
def attached(cast: Any, case: Any) -> Callable[..., Any]:
    """Attach a letter to the family's plan or assessment, or to a school's request; gives it and what it hangs from."""

    def make(kind: str, **more: Any) -> tuple[Any, Any]:
        by: Any = cast.practitioner if kind == "request" else cast.family_worker
        with acting_as(by):
            if kind == "plan":
                plan = Plan.objects.filter(case=case).first() or start_plan(by=by, case=case, type="early_help")
                return add_plan_document(by=by, plan=plan, **a_document(**more)), plan
            if kind == "assessment":
                found = Assessment.objects.filter(case=case).first() or start_assessment(by=by, case=case)
                return add_assessment_document(by=by, assessment=found, **a_document(**more)), found
            asked = start_request(by=by, key=uuid.uuid4(), channel="partner", signs=[])
            made = add_request_document(by=by, request=asked, **a_document(**more))
            person = TypedPerson(role="child", given_name="Leo", family_name="Marsden")
            sent = send_request(
                by=by, request=asked, area=case.area, people=[person], reasons=["school_life"], worries="He is away.",
                consent="given", has_assessment=False, no_assessment_reason="first_sign",
            )  # fmt: skip
            return made, sent

    return make


def address(kind: str, document: Any, thing: Any) -> str:
    """Where a document is opened."""
    if kind == "request":
        return f"/request-documents/{document.reference}/"
    return f"/{kind}s/{thing.reference}/documents/{document.reference}/"


@pytest.mark.parametrize("kind", OF_FAMILY)
@pytest.mark.parametrize("who", EVERYBODY)
def test_what_hangs_from_a_family_is_seen_by_whoever_may_open_it_and_by_nobody_else(
    who: str, kind: str, cast: Any, attached: Any, as_client: Any
) -> None:
    document, thing = attached(kind)
    reader, may = getattr(cast, who), who in MAY_OPEN
    assert sees(kind, reader) == ((1, 1, 1) if may else (0, 0, 0))
    answer = as_client(reader).get(address(kind, document, thing))
    assert answer.status_code == (200 if may else 404)
    assert (answer.content == pdf()) is may


@pytest.mark.parametrize("who", EVERYBODY)
def test_what_came_with_a_request_is_seen_by_whoever_may_see_the_request_and_by_nobody_else(
    who: str, cast: Any, attached: Any, as_client: Any
) -> None:
    document, asked = attached("request")
    reader = getattr(cast, who)
    with acting_as(reader):
        may = Request.objects.visible_to(reader).filter(pk=asked.pk).exists()
    assert sees("request", reader) == ((1, 1, 1) if may else (0, 0, 0))
    assert as_client(reader).get(address("request", document, asked)).status_code == (200 if may else 404)


def test_the_school_and_the_districts_front_door_read_a_requests_letter_and_the_next_district_does_not(
    cast: Any, attached: Any
) -> None:
    attached("request")
    for who, seen in {
        "practitioner": 1,
        "front_door_officer": 1,
        "other_front_door_officer": 0,
        "colleague": 0,
    }.items():
        assert sees("request", getattr(cast, who)) == (seen,) * 3, who


@pytest.mark.parametrize("kind", TABLES)
def test_a_visitor_and_a_stranger_write_nothing(
    kind: str, cast: Any, attached: Any, as_client: Any, client: Any
) -> None:
    document, thing = attached(kind)
    rows, bytes_, _ = TABLES[kind]
    place = {"plan": "plans", "assessment": "assessments", "request": "requests"}[kind]
    pages = [
        f"/{place}/{thing.reference}/documents/add/",
        f"/{place}/{thing.reference}/documents/{document.reference}/withdraw/",
    ]
    for page in pages:
        assert client.post(page, {}).status_code in (302, 401)
        for who in ("other_manager", "administrator", "charity_manager", "safeguarding_hub_social_worker"):
            answer = as_client(getattr(cast, who)).post(page, {**a_document(picture()), "because": "x"})
            assert answer.status_code == 404, (page, who)
    for reader in (cast.other_manager, cast.administrator):
        with acting_as(reader):
            values = {f.attname: getattr(document, f.attname) for f in document._meta.fields if f.name != "id"}
            copy = rows(**{**values, "reference": new_reference("DO"), "sha256": "x", "added_by_id": reader.id})
            with pytest.raises(DatabaseError), transaction.atomic():
                copy.save(force_insert=True)
            with pytest.raises(DatabaseError), transaction.atomic():
                bytes_(document=document, bytes=b"x", sha256="x").save(force_insert=True)
            assert rows.objects.filter(pk=document.pk).update(withdrawn_because="x") == 0
    with transaction.atomic():
        read_as(None)
        assert not rows.objects.exists() and not bytes_.objects.exists()


def test_nobody_adds_a_document_in_the_name_of_somebody_else(cast: Any, attached: Any) -> None:
    document, _ = attached("plan")
    values = {f.attname: getattr(document, f.attname) for f in document._meta.fields if f.name != "id"}
    forged = PlanDocument(**{**values, "reference": new_reference("DO"), "sha256": "x", "added_by_id": cast.manager.id})
    with acting_as(cast.family_worker), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


@pytest.mark.parametrize("kind", OF_FAMILY)
def test_a_partner_reads_documents_only_where_both_they_and_what_they_hang_from_are_covered(
    kind: str, cast: Any, attached: Any, family: Any, as_client: Any
) -> None:
    document, thing = attached(kind)
    partner = cast.health_visitor

    def opened_for(*categories: str) -> tuple[tuple[int, int, int], int]:
        with acting_as(cast.family_worker):
            end_access(by=cast.family_worker, family=family, user=partner)
            if categories:
                give_access(
                    by=cast.family_worker, family=family, user=partner, why="team_around_family",
                    categories=list(categories),
                )  # fmt: skip
        return sees(kind, partner), as_client(partner).get(address(kind, document, thing)).status_code

    assert opened_for("basic", kind) == ((0, 0, 0), 404)
    assert opened_for("basic", "documents") == ((0, 0, 0), 404)
    assert opened_for("basic", kind, "documents") == ((1, 1, 1), 200)
    assert opened_for() == ((0, 0, 0), 404)


@pytest.mark.parametrize("kind", OF_FAMILY)
def test_a_restricted_family_shows_its_documents_to_nobody_who_is_not_named(
    kind: str, cast: Any, attached: Any, family: Any, as_client: Any
) -> None:
    document, thing = attached(kind)
    govern = cast.information_governance
    with acting_as(govern):
        place_restriction(by=govern, reference=family.reference, reason="A threat was made.")
    for who in MAY_OPEN:
        reader = getattr(cast, who)
        assert sees(kind, reader) == (0, 0, 0), who
        assert as_client(reader).get(address(kind, document, thing)).status_code == 404


@pytest.mark.parametrize("kind", OF_FAMILY)
def test_what_is_about_a_restricted_person_is_hidden_with_them_and_the_rest_is_not(
    kind: str, cast: Any, attached: Any, family: Any, as_client: Any
) -> None:
    with acting_as(cast.family_worker):
        jake = Person.objects.get(given_name="Jake", memberships__family=family)
    about_jake, thing = attached(kind, person=jake)
    attached(kind, content=pdf(b"/Other 1"))
    govern = cast.information_governance
    with acting_as(govern):
        place_restriction(by=govern, reference=jake.reference, reason="He must not be found.")
    for who in MAY_OPEN:
        assert sees(kind, getattr(cast, who)) == (1, 1, 1), who
    assert as_client(cast.family_worker).get(address(kind, about_jake, thing)).status_code == 404


@pytest.mark.parametrize("kind", OF_FAMILY)
def test_after_closing_documents_go_where_the_family_goes(kind: str, cast: Any, attached: Any, case: Any) -> None:
    attached(kind)
    with acting_as(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
    for who in (
        "family_worker",
        "front_door_officer",
        "manager",
        "other_family_worker",
        "safeguarding_hub_social_worker",
    ):
        reader = getattr(cast, who)
        with acting_as(reader):
            may = bool(type(case).objects.visible_to(reader).filter(pk=case.pk).count())
        assert sees(kind, reader) == (int(may),) * 3, who
    with acting_as(cast.family_worker):  # her own number of days runs out
        Access.objects.filter(user=cast.family_worker, ended_at=None).update(
            until_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        )
    assert sees(kind, cast.family_worker) == (0, 0, 0)


@pytest.mark.parametrize("kind", TABLES)
def test_a_withdrawn_document_is_handed_to_nobody_and_its_bytes_are_not_there_even_at_the_database(
    kind: str, cast: Any, attached: Any, as_client: Any
) -> None:
    document, thing = attached(kind)
    by = document.added_by
    more = {"request": thing} if kind == "request" else {}
    with acting_as(by):
        TABLES[kind][2](by=by, document=document, because="The wrong family.", **more)
    for reader in (by, cast.front_door_officer, cast.manager):
        assert sees(kind, reader) == (1, 0, 1)
        answer = as_client(reader).get(address(kind, document, thing))
        assert answer.status_code == 403 and "withdrawn" in answer.content.decode()


@pytest.mark.parametrize("kind", TABLES)
def test_each_time_a_document_is_opened_is_on_record_and_a_file_that_leaves_is_on_record_as_taken_out(
    kind: str, cast: Any, attached: Any, as_client: Any, kept_of: Any
) -> None:
    shown, thing = attached(kind)
    reader = shown.added_by
    as_client(reader).get(address(kind, shown, thing))
    taken, thing = attached(kind, content=b"Dear Kelly,", name="letter.txt")
    as_client(reader).get(address(kind, taken, thing))
    events = [(e.kind, e.subject) for e in kept_of(reader) if e.verb.endswith(".document_opened")]
    assert events[-2:] == [("looked", shown.reference), ("exported", taken.reference)]


@pytest.mark.parametrize(
    ("content", "name", "media_type", "disposition"),
    [
        (pdf(), "a.pdf", "application/pdf", 'inline; filename="a.pdf"'),
        (picture(), "a.png", "image/jpeg", 'inline; filename="a.jpg"'),
        (b"<b>hello</b> Kelly", "page.html", "text/plain", 'attachment; filename="page.txt"'),
        (b"{\\rtf1 x}", "żółw.rtf", "application/rtf", "attachment; filename*=utf-8''%C5%BC%C3%B3%C5%82w.rtf"),
    ],
)
def test_what_a_browser_is_told_lets_it_run_nothing_and_keep_nothing(
    content: bytes, name: str, media_type: str, disposition: str, cast: Any, attached: Any, as_client: Any
) -> None:
    document, thing = attached("plan", content=content, name=name)
    answer = as_client(cast.family_worker).get(address("plan", document, thing))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (media_type, disposition)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]


def test_a_document_is_found_only_under_what_it_hangs_from(cast: Any, attached: Any, as_client: Any) -> None:
    document, _ = attached("plan")
    _, assessment = attached("assessment")
    client = as_client(cast.family_worker)
    assert client.get(f"/assessments/{assessment.reference}/documents/{document.reference}/").status_code == 404
    assert client.get(f"/plans/{assessment.reference}/documents/{document.reference}/").status_code == 404
    assert client.get(f"/request-documents/{document.reference}/").status_code == 404
    for odd in ("DO-0000000", "..%2f..%2fetc%2fpasswd", "%00", str(document.id)):
        assert client.get(f"/request-documents/{odd}/").status_code == 404
