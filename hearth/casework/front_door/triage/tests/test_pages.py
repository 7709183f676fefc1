"""The front door's pages, over HTTP."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.conftest import LEO, asking
from hearth.casework.front_door.triage.actions import pause_request, record_decision
from hearth.casework.front_door.triage.models import PersonMatch
from hearth.casework.front_door.typed import TypedPerson
from hearth.foundation.core import clock, paging
from hearth.foundation.ui import filters
from hearth.records.people.models import Person, RestrictedSearch
from hearth.records.people.restrictions.actions import place_restriction

JAKE = TypedPerson(role="child", given_name="Jake", family_name="Ashworth", birth_precision="unknown")
FORMS = ("pause_request", "ask_referrer", "write_note", "move_request", "reopen_decision", "record_told")


@pytest.fixture
def ask(cast: Any, area: Any) -> Any:
    """Send a request now: pages are opened by the real clock."""
    send = asking(cast, area)
    return lambda *args, **more: send(*args, **({"consent_on": clock.today()} | more))


@pytest.fixture
def asked(ask: Any) -> Request:
    """The school has asked for help for the Marsdens."""
    return ask()


@pytest.fixture
def officer(cast: Any, as_client: Any) -> Any:
    """A browser of the first district's front door officer."""
    return as_client(cast.front_door_officer)


def page(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_requests_with_a_sign_of_danger_are_counted_and_shown_by_themselves_until_they_are_decided(
    ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    ask(family_name="Quiet")
    assert "with a sign of danger, to decide" not in page(officer.get(reverse("requests")))
    alarming = ask(family_name="Alarming", signs=["danger_now"])
    assert "with a sign of danger, to decide" in page(officer.get(reverse("requests")))
    text = page(officer.get(reverse("requests"), {"state": "danger"}))
    assert "Alarming" in text and "Quiet" not in text
    with as_(cast.front_door_officer):
        record_decision(
            by=cast.front_door_officer, request=alarming, outcome="advice", reason="x", words_for_referrer="y"
        )
    assert "with a sign of danger, to decide" not in page(officer.get(reverse("requests")))


def test_the_queue_shows_the_most_late_first_with_its_clock(ask: Any, officer: Any, cast: Any, as_: Any) -> None:
    with clock.frozen(clock.now()) as hands:
        hands.forward(days=-15)
        ask(family_name="Oldest")
        hands.forward(days=12)
        ask(family_name="Newer")
    text = page(officer.get(reverse("requests")))
    assert text.index("Oldest") < text.index("Newer")
    assert re.search(r"\d+ working days late", text)


def test_a_long_queue_is_counted_no_further_than_anybody_needs(
    ask: Any, officer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (paging, filters):
        monkeypatch.setattr(module, "MOST", 2)
    with clock.frozen(clock.now()) as hands:
        hands.forward(days=-30)
        for _ in range(4):
            ask()
    assert page(officer.get(reverse("requests"))).count(">2+<") == 2  # late, and to decide
    home = page(officer.get(reverse("home")))
    assert "more than 2 requests to decide" in home and "2+ late" in home


def test_the_queue_holds_only_the_readers_areas(
    ask: Any, officer: Any, other_area: Any, as_client: Any, cast: Any
) -> None:
    ask(family_name="Here")
    ask(family_name="Elsewhere", place=other_area)
    assert "Elsewhere" not in page(officer.get(reverse("requests")))
    theirs = page(as_client(cast.other_front_door_officer).get(reverse("requests")))
    assert "Elsewhere" in theirs
    assert ">Here<" not in theirs
    both = page(as_client(cast.county_manager).get(reverse("requests")))
    assert "Elsewhere" in both and ">Here<" in both


@pytest.mark.parametrize("key", ["practitioner", "colleague", "family_worker", "information_governance", "analyst"])
def test_the_queue_is_not_for(key: str, as_client: Any, cast: Any) -> None:
    answer = as_client(getattr(cast, key)).get(reverse("requests"))
    assert answer.status_code == 403
    assert "My requests" in page(answer)


def test_filters_narrow_and_nonsense_in_them_narrows_nothing(ask: Any, officer: Any, cast: Any, as_: Any) -> None:
    ask(family_name="Alderton", reasons=["school_life"])
    stopped = ask(family_name="Brockbank", reasons=["home_or_money"])
    with as_(cast.front_door_officer):
        pause_request(by=cast.front_door_officer, request=stopped, reason="waiting_for_family")
    where = reverse("requests")
    assert "Alderton" not in page(officer.get(where, {"reason": "home_or_money"}))
    assert "Alderton" not in page(officer.get(where, {"state": "paused"}))
    assert "Brockbank" not in page(officer.get(where, {"state": "undecided"}))
    assert "No requests here" in page(officer.get(where, {"channel": "family"}))
    for nonsense in (
        {"state": "x'"},
        {"area": "burnley' or 1=1"},
        {"page": "-1"},
        {"page": "zz"},
        {"sort": "password"},
    ):
        answer = officer.get(where, nonsense)
        assert answer.status_code == 200
        assert "Alderton" in page(answer)


def test_the_queue_costs_the_same_for_one_and_for_twenty(
    ask: Any, officer: Any, django_assert_num_queries: Any
) -> None:
    ask()
    officer.get(reverse("requests"))
    with CaptureQueriesContext(connection) as one:
        officer.get(reverse("requests"))
    for _ in range(19):
        ask()
    with django_assert_num_queries(len(one)):
        officer.get(reverse("requests"))


def test_a_page_of_the_queue_is_fifty_and_leads_to_the_next(ask: Any, officer: Any) -> None:
    for n in range(52):
        ask(family_name=f"Family {n:02}", people=[LEO])
    first, second = (page(officer.get(reverse("requests"), {"page": n})) for n in (1, 2))
    assert len(re.findall(r">Family \d\d<", first)) == 50
    assert len(re.findall(r">Family \d\d<", second)) == 2
    assert "Next page" in first and "Next page" not in second


def test_what_was_typed_stands_beside_what_is_known_and_is_matched_by_a_button(
    case: Any, ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    made = ask(people=[JAKE, LEO])
    text = page(officer.get(reverse("triage_request", args=[made.reference])))
    assert "Jake Ashworth" in text
    assert f"Open case {case.reference}, lead practitioner {cast.family_worker.full_name}" in text
    assert "same names" in text
    with as_(cast.front_door_officer):
        jake = Person.objects.get(given_name="Jake")
        typed = RequestPerson.objects.get(request=made, given_name="Jake")
    assert f'name="person" value="{jake.reference}"' in text
    answer = officer.post(reverse("match_person", args=[made.reference]), {"typed": typed.id, "person": jake.reference})
    assert answer.status_code == 302
    with as_(cast.front_door_officer):
        assert PersonMatch.objects.get(typed=typed).person == jake
    text = page(officer.get(reverse("triage_request", args=[made.reference])))
    assert "On record" in text and jake.reference in text
    assert "same names" not in text
    assert "same names" in page(officer.get(reverse("triage_request", args=[made.reference]), {"again": typed.place}))


def test_the_story_comes_before_who_is_who_and_what_was_attached(asked: Request, officer: Any) -> None:
    text = page(officer.get(reverse("triage_request", args=[asked.reference])))
    order = ("Why help is asked for", asked.worries, "Who is who", "front door’s notes", "What else was sent")
    assert sorted(order, key=text.index) == list(order)
    assert text.count(asked.worries) == 1


def test_a_restricted_person_is_never_shown_and_the_safeguarding_desk_is_told(
    family: Any, ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    with as_(cast.information_governance):
        place_restriction(
            by=cast.information_governance, reference=jake.reference, reason="Known to be at risk from a relative."
        )
    made = ask(
        people=[
            TypedPerson(
                role="child", given_name="Jake", family_name="Ashworth", born_on=jake.born_on, birth_precision="full"
            )
        ]
    )
    text = page(officer.get(reverse("triage_request", args=[made.reference])))
    assert jake.reference not in text
    assert "Nobody like this is on record that you can be shown" in text
    typed_as = {"person-0-given_name": "Jake", "person-0-family_name": "Ashworth", "postcode": ""}
    assert "known" not in page(officer.post(reverse("known_person") + "?row=0", typed_as)).lower()
    with as_(cast.safeguarding_hub_social_worker):
        assert RestrictedSearch.objects.filter(person_id=jake.pk, searched_by_id=cast.front_door_officer.id).exists()
    with as_(cast.front_door_officer):
        typed = RequestPerson.objects.get(request=made)
    answer = officer.post(reverse("match_person", args=[made.reference]), {"typed": typed.id, "person": jake.reference})
    assert answer.status_code == 404


def test_earlier_requests_that_name_the_same_child_are_shown(ask: Any, officer: Any) -> None:
    first = ask()
    namesake = ask(
        people=[
            TypedPerson(
                role="child", given_name="Leo", family_name="Marsden", born_on=clock.today(), birth_precision="full"
            )
        ]
    )
    second = ask()
    text = page(officer.get(reverse("triage_request", args=[second.reference])))
    assert first.reference in text
    assert namesake.reference not in text


@pytest.mark.parametrize(
    "tampered", [{"typed": "x"}, {"typed": str(uuid.uuid4())}, {}, {"typed": "", "person": "PE-3333333"}]
)
def test_tampered_matches_are_not_found(tampered: dict[str, str], asked: Request, officer: Any) -> None:
    assert officer.post(reverse("match_person", args=[asked.reference]), tampered).status_code == 404


def test_somebody_the_officer_may_not_open_cannot_be_matched(
    asked: Request, officer: Any, cast: Any, other_area: Any, as_: Any
) -> None:
    from hearth.records.people.actions import add_person, open_family

    by = cast.other_family_worker
    with as_(by):
        hidden = add_person(
            by=by,
            family=open_family(by=by, name="Other", area=other_area),
            role="child",
            given_name="Leo",
            family_name="Marsden",
        )
    with as_(cast.front_door_officer):
        typed = RequestPerson.objects.get(request=asked, given_name="Leo")
    sent = {"typed": typed.id, "person": hidden.reference}
    assert officer.post(reverse("match_person", args=[asked.reference]), sent).status_code == 404


@pytest.mark.parametrize("name", ["triage_request", *FORMS, "decide_request"])
@pytest.mark.parametrize(
    ("key", "status"),
    [("practitioner", 404), ("colleague", 404), ("other_front_door_officer", 404), ("charity_manager", 404)],
)
def test_no_page_of_the_front_door_opens_for_others(
    name: str, key: str, status: int, asked: Request, as_client: Any, cast: Any
) -> None:
    client = as_client(getattr(cast, key))
    assert client.get(reverse(name, args=[asked.reference])).status_code == status
    assert client.post(reverse(name, args=[asked.reference]), {"words": "x"}).status_code in (status, 405)


def test_a_partners_manager_reads_what_their_people_sent_and_not_the_front_doors_page_of_it(
    ask: Any, as_client: Any, cast: Any
) -> None:
    made, client = ask(cast.charity_worker), as_client(cast.charity_manager)
    assert client.get(reverse("requests"))["Location"] == reverse("organisation_requests")
    assert client.get(reverse("view_request", args=[made.reference])).status_code == 200
    for name in ("triage_request", *FORMS, "decide_request"):
        assert client.get(reverse(name, args=[made.reference])).status_code == 404


@pytest.mark.parametrize("name", [*FORMS, "decide_request"])
def test_a_manager_reads_the_request_and_is_refused_the_officers_pages(
    name: str, asked: Request, as_client: Any, cast: Any
) -> None:
    client = as_client(cast.manager)
    text = page(client.get(reverse("triage_request", args=[asked.reference])))
    assert "Who is who" in text
    assert reverse("decide_request", args=[asked.reference]) not in text
    answer = client.get(reverse(name, args=[asked.reference]))
    assert answer.status_code == 403
    assert "Only the front door" in page(answer)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_of_the_front_door_opens_and_answers_emptiness_with_a_sentence(
    name: str, asked: Request, officer: Any
) -> None:
    where = reverse(name, args=[asked.reference])
    assert officer.get(where).status_code == 200
    answer = officer.post(where, {})
    assert answer.status_code == 422
    assert "There is a problem" in page(answer)


def test_the_whole_way_over_http_stop_ask_note_and_start_again(
    asked: Request, officer: Any, cast: Any, as_: Any
) -> None:
    at = [asked.reference]
    officer.post(reverse("pause_request", args=at), {"reason": "waiting_for_family"})
    assert "Start the clock again" in page(officer.get(reverse("triage_request", args=at)))
    officer.post(reverse("resume_request", args=at))
    officer.post(reverse("ask_referrer", args=at), {"words": "Who collects Leo?"})
    officer.post(reverse("write_note", args=at), {"words": "Rang \u202egran."})
    text = page(officer.get(reverse("triage_request", args=at)))
    assert "Who collects Leo?" in text
    assert "Rang gran." in text
    assert "Stopped" in text


def test_a_caller_who_does_not_sign_in_is_told_by_an_officer_who_records_how(
    ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    made = ask(channel="phone", asker_name="Kelly Marsden", asker_relation="parent", asker_phone="01632 960 700")
    with as_(cast.front_door_officer):
        record_decision(
            by=cast.front_door_officer,
            request=made,
            outcome="advice",
            reason="Low.",
            words_for_referrer="Try the drop-in.",
        )
    text = page(officer.get(reverse("triage_request", args=[made.reference])))
    assert "The referrer has not been told yet" in text and "reach them yourself" in text
    form = page(officer.get(reverse("record_told", args=[made.reference])))
    assert "Try the drop-in." in form and "01632 960 700" in form
    officer.post(reverse("record_told", args=[made.reference]), {"how": "phone", "words": "Glad."})
    assert "by telephone" in page(officer.get(reverse("triage_request", args=[made.reference])))


def test_while_a_partner_types_they_learn_only_what_an_agreement_allows(case: Any, as_client: Any, cast: Any) -> None:
    typed = {
        "person-3-given_name": "Jake",
        "person-3-family_name": "Ashworth",
        "person-3-born-day": "14",
        "person-3-born-month": "9",
        "person-3-born-year": "2015",
    }
    ours = page(as_client(cast.family_worker).post(reverse("known_person") + "?row=3", typed))
    assert "Jake Ashworth" in ours
    theirs = page(as_client(cast.practitioner).post(reverse("known_person") + "?row=3", typed))
    assert "Jake" not in theirs and "Ring" not in theirs
    for row in ("", "x", "999", "3<script>"):
        assert as_client(cast.practitioner).post(reverse("known_person") + f"?row={row}", typed).status_code == 200
    assert as_client(cast.analyst).post(reverse("known_person") + "?row=3", typed).status_code == 403
    assert as_client(cast.practitioner).get(reverse("known_person")).status_code == 405


def test_moving_a_request_shows_it_to_the_other_front_door(
    asked: Request, officer: Any, as_client: Any, cast: Any, other_area: Any
) -> None:
    answer = officer.post(
        reverse("move_request", args=[asked.reference]),
        {"area": other_area.code, "why": "They live there."},
        follow=True,
    )
    assert answer.status_code == 200 and answer.request["PATH_INFO"] == reverse("view_request", args=[asked.reference])
    assert "You can read it here for seven days" in page(answer)
    text = page(as_client(cast.other_front_door_officer).get(reverse("triage_request", args=[asked.reference])))
    assert "They live there." in text
