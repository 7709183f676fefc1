"""The page of a decision, over HTTP."""

import re
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.cases.actions import name_lead
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import match_person, record_decision
from hearth.desk.deciding.queries import leads_for
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.ui.models import Draft
from hearth.records.people.models import Person


@pytest.fixture
def asked(cast: Any, area: Any) -> Request:
    """The school has asked for help for the Marsdens."""
    return asking(cast, area)(consent_on=clock.today())


@pytest.fixture
def officer(cast: Any, as_client: Any) -> Any:
    """A browser of the first district's front door officer."""
    return as_client(cast.front_door_officer)


def page(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def matched(cast: Any, as_: Any, request: Request) -> None:
    """Everybody on the request is somebody new."""
    with as_(cast.front_door_officer):
        for typed in RequestPerson.objects.filter(request=request):
            match_person(by=cast.front_door_officer, request=request, typed=typed, person=None)


def test_levels_of_need_stand_beside_the_choice(asked: Request, officer: Any) -> None:
    text = page(officer.get(reverse("decide_request", args=[asked.reference])))
    assert "Continuum of Need" in text
    assert "A lead practitioner brings a team around the family together." in text
    assert "Nobody has said yet whether Kelly Marsden and Leo Marsden are known" in text
    who = reverse("triage_request", args=[asked.reference])
    assert re.search(rf'href="{who}#typed-0">Say who is who</a>', text)
    assert 'id="typed-0"' in page(officer.get(who))


def test_what_the_referrer_reads_is_told_from_what_the_front_door_reads(asked: Request, officer: Any) -> None:
    text = page(officer.get(reverse("decide_request", args=[asked.reference])))
    assert "Why? Only the front door reads this" in text
    assert "What the referrer reads besides the words above" in text
    assert "The referrer reads the reason" not in text and "For “No further action”, say here why." in text


def test_those_who_lead_cases_are_offered_with_how_many_they_lead(
    asked: Request, case: Any, officer: Any, cast: Any, as_: Any, as_client: Any, django_assert_num_queries: Any
) -> None:
    text = page(officer.get(reverse("decide_request", args=[asked.reference])))
    offered = re.search(r'<select[^>]*name="lead".*?</select>', text)
    assert offered
    worker = cast.family_worker
    assert f"{worker.full_name}, {worker.organisation.name}, 1 open case<" in re.sub(r"\s+<", "<", offered[0])
    for key in ("front_door_officer", "safeguarding_hub_social_worker", "panel_chair", "manager"):
        assert getattr(cast, key).full_name not in offered[0], key
    with as_(cast.manager):
        name_lead(by=cast.manager, case=case, lead=cast.front_door_officer)
    with as_(cast.front_door_officer), django_assert_num_queries(1):
        leads = {each.pk: each.open_cases for each in leads_for(cast.front_door_officer, asked)}
    assert leads[cast.front_door_officer.pk] == 1 and leads[worker.pk] == 0


def test_a_decision_is_made_over_http_and_the_case_opened(asked: Request, officer: Any, cast: Any, as_: Any) -> None:
    matched(cast, as_, asked)
    sent = {
        "outcome": "assessment",
        "level": "universal_plus",
        "reason": "Unclear needs.",
        "lead": str(cast.family_worker.id),
    }
    answer = officer.post(reverse("decide_request", args=[asked.reference]), sent, follow=True)
    text = page(answer)
    assert "The request is decided." in text
    with as_(cast.front_door_officer):
        case = Request.objects.get(pk=asked.pk).case
    assert case is not None and case.reference in text
    assert case.lead == cast.family_worker


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"outcome": ""}, 422, "Choose what is decided"),
        ({"outcome": "wizardry"}, 422, "Choose what is decided"),
        ({"reason": "  "}, 422, "Write the reason for the decision"),
        ({"level": ""}, 422, "needs one"),
        ({"level": "specialist"}, 422, "is decided at"),
        ({"level": "wizardry"}, 422, "level of need"),
        ({"lead": "00000000-0000-0000-0000-000000000000"}, 422, "There is a problem"),
        ({"outcome": "single_agency", "level": "universal_plus"}, 422, "Choose the service that will help"),
        ({"outcome": "no_further_action", "level": ""}, 422, "Write why for the referrer"),
        ({}, 403, "Say first whether Kelly Marsden is known or new"),
    ],
)
def test_what_is_wrong_with_a_decision_is_said_and_everything_typed_is_kept(
    change: dict[str, str], status: int, sentence: str, asked: Request, officer: Any, cast: Any, as_: Any
) -> None:
    where = reverse("decide_request", args=[asked.reference])
    answer = officer.post(
        where,
        {"outcome": "assessment", "level": "universal_plus", "reason": "Long thoughts.", "words_for_referrer": ""}
        | change,
    )
    assert answer.status_code == status
    assert sentence in page(answer)
    with as_(cast.front_door_officer):
        assert Draft.objects.filter(path=where, cleared_at=None).exists()
        assert Request.objects.get(pk=asked.pk).state == "received"


def test_the_second_officer_is_told_who_decided_what_with_their_words_still_on_the_page(
    asked: Request, officer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        record_decision(
            by=cast.front_door_officer, request=asked, outcome="advice", reason="Low.", words_for_referrer="Try this."
        )
    sent = {"outcome": "no_further_action", "reason": "My own long reasoning.", "words_for_referrer": "No."}
    answer = officer.post(reverse("decide_request", args=[asked.reference]), sent)
    assert answer.status_code == 403
    text = page(answer)
    assert "Susan Hartley decided this request on" in text
    assert "My own long reasoning." in text


def test_a_matched_familys_own_record_is_offered(
    family: Any, asked: Request, officer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        kelly, leo = RequestPerson.objects.filter(request=asked).order_by("place")
        match_person(
            by=cast.front_door_officer, request=asked, typed=kelly, person=Person.objects.get(given_name="Kelly")
        )
        match_person(by=cast.front_door_officer, request=asked, typed=leo, person=None)
    where, sent = (
        reverse("decide_request", args=[asked.reference]),
        {"outcome": "assessment", "level": "universal_plus", "reason": "Unclear."},
    )
    assert f"Ashworth ({family.reference})" in page(officer.get(where))
    assert "Choose which family this is" in page(officer.post(where, sent))
    assert officer.post(where, sent | {"family": "FA-3333333"}).status_code == 422
    assert officer.post(where, sent | {"family": family.reference}).status_code == 302
    with as_(cast.front_door_officer):
        assert Request.objects.get(pk=asked.pk).family == family


def test_a_late_decision_is_asked_why(asked: Request, officer: Any, cast: Any, as_: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        hands.forward(days=-15)
    with as_(cast.front_door_officer):
        Request.objects.filter(pk=asked.pk).update(clock_from_at=hands.moment, received_at=hands.moment)
    where, sent = reverse("decide_request", args=[asked.reference]), {"outcome": "advice", "reason": "Low."}
    assert "The limit has been missed. Why?" in page(officer.get(where))
    assert "Choose why the limit was missed" in page(officer.post(where, sent))
    assert officer.post(where, sent | {"late_because": "no_staff"}).status_code == 302


def test_the_open_case_that_a_second_request_joins_is_named_where_it_is_decided(
    asked: Request, case: Any, officer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        typed = RequestPerson.objects.get(request=asked, given_name="Kelly")
        kelly = Person.objects.get(given_name="Kelly", family_name="Ashworth")
        match_person(by=cast.front_door_officer, request=asked, typed=typed, person=kelly)
    text = page(officer.get(reverse("decide_request", args=[asked.reference])))
    assert f"Case {case.reference} is open: this request joins it." in text


def test_whoever_asked_is_not_promised_an_assessment_where_their_request_joins_an_open_case(
    asked: Request, case: Any, family: Any, officer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        for typed in RequestPerson.objects.filter(request=asked):
            kelly = Person.objects.get(given_name="Kelly", family_name="Ashworth")
            person = kelly if typed.given_name == "Kelly" else None
            match_person(by=cast.front_door_officer, request=asked, typed=typed, person=person)
    sent = {
        "outcome": "assessment",
        "level": "universal_plus",
        "reason": "More of the same.",
        "family": family.reference,
    }
    assert officer.post(reverse("decide_request", args=[asked.reference]), sent).status_code == 302
    with as_(cast.practitioner):
        told = Request.objects.get(pk=asked.pk).words_for_referrer
    assert told.startswith("What you told us is with a practitioner") and "assessment" not in told.lower()


def test_a_decision_for_one_agency_leads_on_to_telling_it(asked: Request, officer: Any, cast: Any) -> None:
    sent = {
        "outcome": "single_agency",
        "level": "universal_plus",
        "agency": str(cast.charity_worker.organisation_id),
        "reason": "A group would do.",
    }
    text = page(officer.post(reverse("decide_request", args=[asked.reference]), sent, follow=True))
    assert "Now tell the agency." in text and cast.charity_worker.full_name in text


def test_a_family_reads_words_written_for_it(cast: Any, area: Any, officer: Any, as_: Any, client: Any) -> None:
    from hearth.doorstep.tests.test_asking_as_a_family import typed as as_typed

    client.post(reverse("write_family_request"), as_typed(signs=""))
    with as_(cast.front_door_officer):
        made = Request.objects.get(channel="family")
    sent = {"outcome": "advice", "reason": "Enough.", "words_for_referrer": "The group meets on Mondays."}
    officer.post(reverse("decide_request", args=[made.reference]), sent)
    with as_(cast.front_door_officer):
        words = Request.objects.get(pk=made.pk).words_for_referrer
    assert "Ask us again at any time." in words and "The group meets on Mondays." in words
    assert "this family" not in words


def test_a_familys_first_page_says_why_help_was_asked_for_and_how_to_reach_them(
    asked: Request, cast: Any, as_: Any, as_client: Any
) -> None:
    matched(cast, as_, asked)
    with as_(cast.practitioner):
        Request.objects.filter(pk=asked.pk).update(asker_phone="01632 960 777", family_phone="01632 960 701")
    officer = as_client(cast.front_door_officer)
    sent = {
        "outcome": "assessment",
        "level": "universal_plus",
        "reason": "Unclear.",
        "lead": str(cast.family_worker.id),
    }
    officer.post(reverse("decide_request", args=[asked.reference]), sent)
    with as_(cast.front_door_officer):
        family = Request.objects.get(pk=asked.pk).family
        assert AuditEvent.objects.filter(subject="named_in_team").count() == 1
    where = reverse("family", args=[family.reference])
    text = page(officer.get(where))
    assert "Why help was asked for" in text and asked.worries in text and "01632 960 777" in text
    assert f'href="{reverse("view_request", args=[asked.reference])}"' in text
    lead = page(as_client(cast.family_worker).get(where))
    for words in ("Write a note", "Plan a meeting", "Worried? Step up", "01632 960 701", "4 Weavers Row"):
        assert words in lead, words
    assert "Why help was asked for" in lead and asked.worries in lead
    assert as_client(cast.family_worker).get(reverse("view_request", args=[asked.reference])).status_code == 200
