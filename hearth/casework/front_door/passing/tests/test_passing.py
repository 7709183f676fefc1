"""One agency will help: it is told, with the family's agreement, reads what it needs and no more, and says whether it does."""

import re
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.casework.front_door.models import Request
from hearth.casework.front_door.passing.actions import answer_passed_request, pass_on_request
from hearth.casework.front_door.passing.models import Passing
from hearth.casework.front_door.passing.queries import people_of
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import record_decision, record_told, reopen_decision
from hearth.casework.front_door.triage.queries import counts
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.queries import delivery_of


@pytest.fixture
def decided(cast: Any, area: Any) -> Any:
    """A request that one agency, the charity, is to help with."""
    ask = asking(cast, area)

    def make(*, agency: Any = "charity", agency_name: str = "", **said: Any) -> Request:
        request, officer = ask(consent_on=None, **said), cast.front_door_officer
        level = next(each for each in pack().front_door.outcomes if each.code == "single_agency").levels[0]
        with acting_as(officer):
            record_decision(
                by=officer,
                request=request,
                outcome="single_agency",
                level=level,
                reason="A group would do.",
                words_for_referrer="One service will help.",
                agency=cast.charity_worker.organisation if agency == "charity" else None,
                agency_name=agency_name,
            )
            return Request.objects.get(pk=request.pk)

    return make


def pass_on(cast: Any, request: Request, **how: Any) -> Passing:
    """The officer passes it to the charity's worker."""
    with acting_as(cast.front_door_officer):
        return pass_on_request(
            by=cast.front_door_officer, request=request, **({"how": "message", "to": cast.charity_worker} | how)
        )


def sees(who: Any, request: Request) -> bool:
    """Whether somebody may read the request: by visible_to and by the database alike."""
    with acting_as(who):
        asked = Request.objects.visible_to(who).filter(pk=request.pk).exists()
        assert asked == Request.objects.filter(pk=request.pk).exists()
        return asked


def text_of(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_agency_is_told_by_message_and_reads_the_request_and_nobody_else_there_does(
    decided: Any, cast: Any, as_client: Any
) -> None:
    request = decided()
    assert not sees(cast.charity_worker, request)
    passing = pass_on(cast, request, words="Ring after three.")
    assert sees(cast.charity_worker, request) and not sees(cast.other_family_worker, request)
    with acting_as(cast.charity_worker):
        assert delivery_of(f"request_passed_on:{passing.id}") is not None
    text = text_of(as_client(cast.charity_worker).get(reverse("view_request", args=[request.reference])))
    assert "Leo has missed eleven days" in text and "Ring after three." in text and "A group would do." not in text
    assert "Since then" in text and "agreed that you are told." in text.split("The family’s agreement")[1]
    assert "The front door decides by" not in text and "One service will help." not in text  # said to the referrer
    assert request.reference in text_of(as_client(cast.charity_worker).get(reverse("passed_requests")))
    assert request.reference not in text_of(as_client(cast.practitioner).get(reverse("passed_requests")))


@pytest.mark.parametrize(
    "said",
    [
        {"consent": "refused", "consent_categories": []},
        {"consent": "not_asked", "consent_categories": []},
        {"consent": "given", "consent_categories": ["basic"]},
    ],
)
def test_nothing_is_passed_on_without_the_familys_agreement(said: dict[str, Any], decided: Any, cast: Any) -> None:
    request = decided(**said)
    with pytest.raises(Refused, match="The family has not agreed"):
        pass_on(cast, request)
    assert not sees(cast.charity_worker, request)
    pass_on(cast, request, agreed_by="Kelly Marsden")
    assert sees(cast.charity_worker, request)


def test_an_agency_without_sign_in_is_told_by_telephone_and_the_officer_says_whom(decided: Any, cast: Any) -> None:
    request = decided(agency=None, agency_name="The Scouts")
    with pytest.raises(Refused, match="signs in"):
        pass_on(cast, request)
    with pytest.raises(Refused, match="whom you told"):
        pass_on(cast, request, how="phone", to=None, told_name=" ")
    passing = pass_on(cast, request, how="phone", to=cast.charity_worker, told_name="Akela")
    assert (passing.to, passing.told_name) == (None, "Akela") and not sees(cast.charity_worker, request)


def test_it_stays_among_what_is_to_be_passed_on_until_it_is(decided: Any, cast: Any, as_client: Any) -> None:
    request, officer = decided(), cast.front_door_officer

    def waiting() -> int:
        with acting_as(officer):
            return counts(officer)["to_pass_on"]

    assert waiting() == 1
    for state in ("to_pass_on", "open"):  # though the referrer was told
        page = text_of(as_client(officer).get(reverse("requests"), {"state": state}))
        assert request.reference in page and "to tell the referrer, and the agency that helps" in page
    with acting_as(officer):
        record_told(by=officer, request=request, how="phone")
    assert "to tell the agency that helps" in text_of(as_client(officer).get(reverse("requests")))
    passing = pass_on(cast, request)
    assert waiting() == 0
    with acting_as(cast.charity_worker):
        answer_passed_request(by=cast.charity_worker, passing=passing, answer="cannot", words="We are full.")
    # The agency that cannot help has it no longer, and the family is not lost.
    assert waiting() == 1 and not sees(cast.charity_worker, request)
    pass_on(cast, request, how="phone", to=None, told_name="Akela")
    assert waiting() == 0
    assert "We are full." in text_of(as_client(officer).get(reverse("triage_request", args=[request.reference])))


def test_reopening_the_decision_takes_it_back(decided: Any, cast: Any) -> None:
    request = decided()
    pass_on(cast, request)
    with acting_as(cast.front_door_officer):
        reopen_decision(by=cast.front_door_officer, request=request, because="A second need came up.")
        request.refresh_from_db()
    assert not request.to_pass_on and not sees(cast.charity_worker, request)


def test_nobody_marks_a_request_as_to_be_passed_on_but_by_declining_it(decided: Any, cast: Any) -> None:
    request = decided()
    passing = pass_on(cast, request)
    for who in (cast.charity_worker, cast.practitioner, cast.other_front_door_officer):
        with acting_as(who), connection.cursor() as cursor:
            cursor.execute("select hearth_keep_to_pass_on(%s)", [request.pk])
    with acting_as(cast.front_door_officer):
        request.refresh_from_db()
        assert not request.to_pass_on
    with acting_as(cast.charity_worker):
        answer_passed_request(by=cast.charity_worker, passing=passing, answer="cannot")
    with acting_as(cast.front_door_officer):
        request.refresh_from_db()
        assert request.to_pass_on


def test_only_the_front_door_passes_on_once_and_only_the_recipient_answers_once(decided: Any, cast: Any) -> None:
    request = decided()
    for stranger in (cast.other_front_door_officer, cast.practitioner, cast.charity_manager):
        with acting_as(stranger), pytest.raises(Refused):
            pass_on_request(by=stranger, request=request, how="message", to=cast.charity_worker)
    with pytest.raises(Refused, match="somebody of the agency"):
        pass_on(cast, request, to=cast.practitioner)
    passing = pass_on(cast, request)
    with pytest.raises(Refused, match="passed on already"):
        pass_on(cast, request)
    with acting_as(cast.front_door_officer), pytest.raises(Refused, match="Only the person"):
        answer_passed_request(by=cast.front_door_officer, passing=passing, answer="will_help")
    with acting_as(cast.charity_worker):
        answer_passed_request(by=cast.charity_worker, passing=passing, answer="will_help")
        with pytest.raises(Refused, match="has been answered"):
            answer_passed_request(by=cast.charity_worker, passing=passing, answer="cannot")


def test_the_page_offers_the_agencys_people_and_keeps_what_was_typed_when_something_is_missing(
    decided: Any, cast: Any, as_client: Any
) -> None:
    request, client = decided(consent="refused"), as_client(cast.front_door_officer)
    where = reverse("pass_on_request", args=[request.reference])
    opened = text_of(client.get(where))
    assert cast.charity_worker.full_name in opened and "The family has not agreed yet" in opened
    wrong = client.post(where, {"how": "message", "to": "", "words": "<b>Ring</b>", "agreed_by": ""})
    assert wrong.status_code == 422
    for sentence in ("Choose who reads it", "Enter the name of whoever agreed", "&lt;b&gt;Ring&lt;/b&gt;"):
        assert sentence in text_of(wrong)
    sent = {"how": "message", "to": str(cast.charity_worker.pk), "agreed_by": "Kelly", "agreed_on": "2026-01-05"}
    assert "The request is passed on." in text_of(client.post(where, sent, follow=True))
    assert as_client(cast.practitioner).get(where).status_code == 404
    answer = reverse("answer_passed_request", args=[request.reference])
    assert as_client(cast.practitioner).get(answer).status_code == 404
    theirs = as_client(cast.charity_worker)
    assert theirs.post(answer, {"answer": "cannot", "words": ""}).status_code == 422
    assert "The front door has your answer." in text_of(theirs.post(answer, {"answer": "will_help"}, follow=True))


def test_the_council_itself_is_not_messaged_as_an_agency(cast: Any) -> None:
    assert people_of(cast.manager.organisation) == [] and people_of(None) == []
    assert cast.charity_worker in people_of(cast.charity_worker.organisation)
