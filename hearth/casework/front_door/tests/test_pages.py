"""The pages of whoever asks, over HTTP."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.front_door.actions import start_request
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.conftest import MONDAY, asking
from hearth.casework.front_door.triage.actions import ask_referrer, record_decision
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui.models import Draft


@pytest.fixture
def ask(cast: Any, area: Any) -> Any:
    """Send a request now: pages are opened by the real clock."""
    return asking(cast, area)


@pytest.fixture
def asked(ask: Any) -> Request:
    """The school has asked for help for the Marsdens."""
    return ask(consent_on=None)


@pytest.fixture
def begun(cast: Any, as_: Any) -> Request:
    """The school's practitioner has begun a request."""
    with as_(cast.practitioner):
        return start_request(by=cast.practitioner, key=uuid.uuid4(), channel="partner", signs=[])


def typed(**more: Any) -> dict[str, Any]:
    """The request form as a browser sends it."""
    return {
        "family_name": "Marsden",
        "area": "burnley",
        "address": "4 Weavers Row",
        "postcode": "bb111aa",
        "interpreter": "no",
        "person-0-given_name": "Kelly",
        "person-0-family_name": "Marsden",
        "person-0-role": "parent",
        "person-0-sex": "F",
        "person-0-born-day": "4",
        "person-0-born-month": "3",
        "person-0-born-year": "1991",
        "person-1-given_name": "Leo",
        "person-1-family_name": "Marsden",
        "person-1-role": "child",
        "person-1-sex": "M",
        "person-1-born-day": "",
        "person-1-born-month": "",
        "person-1-born-year": "2018",
        "reasons": ["school_life"],
        "worries": "Leo has missed eleven days.",
        "needs-0": ["attendance"],
        "has_assessment": "no",
        "no_assessment_reason": "first_sign",
        "consent": "given",
        "consent_by": "Kelly Marsden",
        "consent_decider": "parent",
        "consent_how": "spoken",
        "consent_on-day": "1",
        "consent_on-month": "10",
        "consent_on-year": "2026",
        "consent_categories": ["basic", "contact"],
    } | more


def page(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_first_page_asks_about_danger_before_anything_else(as_client: Any, cast: Any) -> None:
    answer = as_client(cast.practitioner).get(reverse("ask_for_help"))
    assert answer.status_code == 200
    assert "Is any of this true of a child in the family?" in page(answer)
    assert "family_name" not in page(answer)


def test_a_sign_of_danger_shows_whom_to_ring_and_the_request_can_still_be_written(as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    answer = client.post(reverse("ask_for_help"), {"signs": ["danger_now"], "key": str(uuid.uuid4())}, follow=True)
    assert answer.redirect_chain[-1][0].endswith("/ring-now/")
    assert 'ring <a class="govuk-link" href="tel:999">999</a>' in page(answer)
    assert "01632 960110" in page(answer)
    write = re.search(r'href="(/requests/RQ-[^"]+/write/)"', answer.content.decode())
    assert write
    assert client.get(write[1]).status_code == 200


def test_no_sign_leads_straight_to_the_request_and_the_same_page_sent_twice_to_the_same_one(
    as_client: Any, cast: Any
) -> None:
    client, sent = as_client(cast.practitioner), {"signs": ["none_of_these"], "key": str(uuid.uuid4())}
    one, two = (client.post(reverse("ask_for_help"), sent)["Location"] for _ in range(2))
    assert one == two
    assert one.endswith("/write/")


def test_the_danger_question_must_be_answered(as_client: Any, cast: Any) -> None:
    answer = as_client(cast.practitioner).post(reverse("ask_for_help"), {"key": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "Tick what is true, or “No, none of these”" in page(answer)


@pytest.mark.parametrize("key", ["not-a-key", "", "'; drop table"])
def test_a_tampered_key_begins_nothing(key: str, as_client: Any, cast: Any) -> None:
    answer = as_client(cast.practitioner).post(reverse("ask_for_help"), {"signs": ["none_of_these"], "key": key})
    assert answer.status_code == 422


def test_a_request_is_written_sent_and_its_next_step_shown(begun: Request, as_client: Any, cast: Any, as_: Any) -> None:
    client = as_client(cast.practitioner)
    assert client.get(reverse("write_request", args=[begun.reference])).status_code == 200
    answer = client.post(reverse("write_request", args=[begun.reference]), typed(), follow=True)
    assert "Its reference is " + begun.reference in page(answer)
    assert "What happens next" in page(answer)
    with as_(cast.practitioner):
        sent = Request.objects.get(pk=begun.pk)
        assert (sent.postcode, sent.needs, sent.reasons) == ("BB11 1AA", ["attendance"], ["school_life"])
        leo = RequestPerson.objects.get(request=sent, given_name="Leo")
        assert (leo.birth_precision, leo.born_on.year if leo.born_on else 0) == ("year", 2018)


def test_sending_the_form_twice_makes_one_request(begun: Request, as_client: Any, cast: Any, as_: Any) -> None:
    client, where = as_client(cast.practitioner), reverse("write_request", args=[begun.reference])
    assert client.post(where, typed()).status_code == 302
    again = client.post(where, typed())
    assert again.status_code in (302, 403)
    with as_(cast.practitioner):
        assert Request.objects.filter(made_by=cast.practitioner).count() == 1
        assert RequestPerson.objects.filter(request=begun).count() == 2


def test_another_person_is_added_and_removed_on_the_page_without_script_and_nothing_is_lost(
    begun: Request, as_client: Any, cast: Any
) -> None:
    client, where = as_client(cast.practitioner), reverse("write_request", args=[begun.reference])
    more = client.post(where, typed(add_person="1", worries="Half a sen"))
    text = page(more)
    assert 'name="person-2-given_name"' in text
    assert "Half a sen" in text
    assert 'value="Leo"' in text
    assert "There is a problem" not in text
    less = page(client.post(where, typed(remove_person="0")))
    assert 'id="person-0"' not in less
    assert 'value="Leo"' in less


def test_any_number_of_people_can_be_named(begun: Request, as_client: Any, cast: Any, as_: Any) -> None:
    crowd = {
        f"person-{n}-{name}": value
        for n in range(2, 14)
        for name, value in (("given_name", f"Child {n}"), ("role", "child"))
    }
    assert (
        as_client(cast.practitioner).post(reverse("write_request", args=[begun.reference]), typed(**crowd)).status_code
        == 302
    )
    with as_(cast.practitioner):
        assert RequestPerson.objects.filter(request=begun).count() == 14


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"family_name": ""}, "Enter the name the family goes by"),
        ({"family_name": "x" * 121}, "must be 120 characters or fewer"),
        ({"area": ""}, "Choose where the family lives"),
        ({"area": "atlantis"}, "Choose where the family lives"),
        ({"postcode": "BB11"}, "Enter a full postcode"),
        ({"reasons": []}, "Choose at least one reason"),
        ({"reasons": ["nonsense"]}, "Choose at least one reason"),
        ({"worries": ""}, "Say what is happening"),
        ({"consent": ""}, "Say whether the family has agreed"),
        ({"consent_by": ""}, "Enter the name of whoever agreed"),
        ({"consent_on-year": "2099"}, "must be today or in the past"),
        ({"consent_on-day": "31", "consent_on-month": "2"}, "must be a real date"),
        ({"consent_decider": "child_competent"}, "Say why you think they understand"),
        ({"consent": "refused"}, "Say why you ask without their agreement"),
        ({"consent": "not_asked"}, "Choose why the family has not been asked"),
        ({"has_assessment": ""}, "Say whether a whole-family assessment is behind"),
        ({"no_assessment_reason": ""}, "Choose why there is no assessment"),
        ({"person-1-born-year": "2999"}, "must have a year of 4 figures"),
        ({"person-1-born-year": str(MONDAY.year + 3)}, "must be today or in the past"),
        ({"person-1-born-year": str(MONDAY.year + 3)}, "Leo Marsden: the birth date must be today or in the past"),
        (
            {"person-1-given_name": "", "person-1-family_name": "", "person-1-born-year": str(MONDAY.year + 3)},
            "Child 2: the birth date must be today or in the past",
        ),
        ({"person-1-born-day": "4"}, "Leo Marsden: the date of birth must include a month if it has a day"),
        ({"person-1-expected": "yes"}, "within the next ten months"),
        ({"person-1-role": ""}, "Choose who person 2 is in the family"),
        ({"person-1-role": "wizard"}, "Who is this?"),
        (
            {f"person-{n}-given_name": "" for n in (0, 1)}
            | {f"person-{n}-family_name": "" for n in (0, 1)}
            | {f"person-{n}-role": "" for n in (0, 1)}
            | {"person-0-born-day": "", "person-0-born-month": "", "person-0-born-year": "", "person-1-born-year": ""},
            "Name at least one person",
        ),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_everything_typed_is_kept(
    change: dict[str, Any], sentence: str, begun: Request, as_client: Any, cast: Any, as_: Any
) -> None:
    where = reverse("write_request", args=[begun.reference])
    answer = as_client(cast.practitioner).post(where, typed(going_well="He loves <b>art</b>", **change))
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert "He loves &lt;b&gt;art&lt;/b&gt;" in page(answer)
    with as_(cast.practitioner):
        assert Draft.objects.filter(author_id=cast.practitioner.id, path=where).exists()
        assert Request.objects.get(pk=begun.pk).state == "started"


def test_a_half_finished_request_waits_in_my_requests(begun: Request, as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    text = page(client.get(reverse("my_requests")))
    assert "A request you began" in text
    assert "Not sent yet" in text
    assert client.get(reverse("view_request", args=[begun.reference]))["Location"] == reverse(
        "write_request", args=[begun.reference]
    )


OWN_PAGES = (
    "view_request",
    "print_request",
    "request_sent",
    "write_request",
    "ring_now",
    "answer_front_door",
    "withdraw_request",
    "discard_request",
)


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize(
    "key", ["colleague", "other_practitioner", "police_officer", "other_front_door_officer", "administrator"]
)
def test_others_are_not_told_that_a_request_exists(
    name: str, key: str, asked: Request, as_client: Any, cast: Any
) -> None:
    client = as_client(getattr(cast, key))
    there, nowhere = (client.get(reverse(name, args=[reference])) for reference in (asked.reference, "RQ-3333333"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content.replace(asked.reference.encode(), b"") == nowhere.content.replace(
        b"RQ-3333333", b""
    ) or "Marsden" not in page(there)


@pytest.mark.parametrize("name", ["answer_front_door", "withdraw_request", "discard_request", "write_request"])
def test_others_cannot_post_to_it_either(name: str, asked: Request, as_client: Any, cast: Any) -> None:
    for key in ("colleague", "manager", "other_front_door_officer"):
        answer = as_client(getattr(cast, key)).post(
            reverse(name, args=[asked.reference]), {"words": "x", "because": "x"}
        )
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize("name", ["ask_for_help", "my_requests", "requests", "organisation_requests"])
def test_a_signed_out_visitor_is_asked_to_sign_in(name: str, client: Any, db: None) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_opening_the_answer_tells_the_referrer_and_is_on_record(
    asked: Request, as_client: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.front_door_officer):
        record_decision(
            by=cast.front_door_officer,
            request=asked,
            outcome="advice",
            reason="Secret thoughts.",
            words_for_referrer="Try the drop-in.",
        )
    text = page(as_client(cast.practitioner).get(reverse("view_request", args=[asked.reference])))
    assert "Advice and signposting" in text
    assert "Try the drop-in." in text
    assert "Secret thoughts." not in text
    with as_(cast.practitioner):
        assert Request.objects.get(pk=asked.pk).state == "told"
    with acting_as(cast.practitioner, using="audit"):
        looks = AuditEvent.objects.using("audit").filter(
            kind="looked", verb="front_door.request_opened", subject=asked.reference
        )
        assert looks.get().actor_id == cast.practitioner.id


def test_the_referrer_reads_the_question_and_answers_it(asked: Request, as_client: Any, cast: Any, as_: Any) -> None:
    with as_(cast.front_door_officer):
        ask_referrer(by=cast.front_door_officer, request=asked, words="Who collects Leo?")
    client = as_client(cast.practitioner)
    where, answer = (
        reverse("view_request", args=[asked.reference]),
        reverse("answer_front_door", args=[asked.reference]),
    )
    for text in (page(client.get(reverse("my_requests"))), page(client.get(where))):
        assert "You have a question to answer" in text and f'href="{answer}"' in text
        assert "clock is stopped" not in text and "aiting for the referrer" not in text
    assert "Who collects Leo?" in page(client.get(where))
    officers = page(as_client(cast.front_door_officer).get(where))
    assert "You have a question" not in officers and "waits for an answer from whoever asked" in officers
    empty = client.post(reverse("answer_front_door", args=[asked.reference]), {"words": " "})
    assert empty.status_code == 422
    client.post(reverse("answer_front_door", args=[asked.reference]), {"words": "His gran. <script>x</script>"})
    text = page(client.get(reverse("view_request", args=[asked.reference])))
    assert "His gran. &lt;script&gt;" in text and "You have a question" not in text


def test_an_officer_who_opens_a_request_as_it_was_sent_finds_the_way_to_its_triage(
    asked: Request, as_client: Any, cast: Any
) -> None:
    where, triage = reverse("view_request", args=[asked.reference]), reverse("triage_request", args=[asked.reference])
    assert f'href="{triage}"' in page(as_client(cast.front_door_officer).get(where))
    assert triage not in page(as_client(cast.practitioner).get(where))


@pytest.mark.parametrize(("said", "shown"), [("no", "Not needed"), ("", "Not said")])
def test_that_no_interpreter_is_needed_is_told_from_that_nobody_said(
    said: str, shown: str, begun: Request, as_client: Any, cast: Any
) -> None:
    client = as_client(cast.practitioner)
    client.post(reverse("write_request", args=[begun.reference]), typed(interpreter=said))
    text = page(client.get(reverse("view_request", args=[begun.reference])))
    assert shown in text and ({"Not needed", "Not said"} - {shown}).pop() not in text


def test_the_town_is_said_once(ask: Any, as_client: Any, cast: Any) -> None:
    client = as_client(cast.practitioner)
    for address, shown in (
        ("9 Mill Lane, Burnley", "9 Mill Lane, Burnley, BB11 2AB"),
        ("9 Burnley Road, Padiham", "9 Burnley Road, Padiham, BB11 2AB, Burnley"),
    ):
        made = ask(address=address, postcode="BB11 2AB", consent_on=None)
        assert re.search(rf">\s*{shown}\s*<", page(client.get(reverse("view_request", args=[made.reference]))))


def test_printing_is_on_record(asked: Request, as_client: Any, cast: Any, as_: Any) -> None:
    answer = as_client(cast.practitioner).get(reverse("print_request", args=[asked.reference]))
    assert "keep it safe" in page(answer)
    with acting_as(cast.practitioner, using="audit"):
        assert AuditEvent.objects.using("audit").filter(kind="exported", subject=asked.reference).exists()


def test_a_partners_manager_has_a_list_and_others_are_told_where_theirs_is(ask: Any, as_client: Any, cast: Any) -> None:
    made = ask(cast.charity_worker)
    assert made.reference in page(as_client(cast.charity_manager).get(reverse("organisation_requests")))
    for key in ("charity_worker", "manager"):
        answer = as_client(getattr(cast, key)).get(reverse("organisation_requests"))
        assert answer.status_code == 403
        assert "My requests" in page(answer)


def test_lists_and_pages_cost_the_same_for_one_and_for_twenty(
    ask: Any, as_client: Any, cast: Any, django_assert_num_queries: Any
) -> None:
    client = as_client(cast.practitioner)
    ask()
    client.get(reverse("my_requests"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("my_requests"))
    for _ in range(19):
        ask()
    with django_assert_num_queries(len(one)):
        client.get(reverse("my_requests"))
