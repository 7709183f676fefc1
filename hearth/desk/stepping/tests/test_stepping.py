"""Asking over the web: what travels is built from the record, frozen, and opened by those it was sent to."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.cases.actions import close_case, set_stage
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Stage
from hearth.casework.cases.notes.actions import add_note, correct_note
from hearth.casework.cases.steps import queries
from hearth.casework.cases.steps.models import CareStep, FrozenFile
from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.documents.actions import add_plan_document, withdraw_plan_document
from hearth.desk.queries import due_counts, due_for
from hearth.desk.stepping import packing
from hearth.desk.waiting import waiting_for
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.records.documents.tests.files import a_document, pdf, picture


def dated(name: str, day: dt.date | None = clock.today()) -> dict[str, Any]:  # noqa: B008 - the same day all through
    """A day in its three boxes; empty ones for none."""
    return {f"{name}-{part}": getattr(day, part) if day else "" for part in ("day", "month", "year")}


ASKED = {
    "reason": "needs_not_met",
    "words": "He has come back.",
    "basis": "consent",
    "consent_words": "Kelly said yes today.",
    **dated("consent_on"),
}
HUB = "safeguarding_hub_social_worker"


@pytest.fixture
def note(case: Any, cast: Any, as_: Any) -> Any:
    """A note worth sending."""
    with as_(cast.family_worker):
        return add_note(
            by=cast.family_worker,
            case=case,
            kind="other",
            happened_on=clock.today(),
            words="The <b>kitchen</b> was cold.",
        )


@pytest.fixture
def client(as_client: Any, cast: Any) -> Any:
    """The lead practitioner at their browser."""
    return as_client(cast.family_worker)


def _ask(client: Any, case: Any, **told: Any) -> Any:
    return client.post(reverse("request_step_up", args=[case.reference]), ASKED | {"items": ["people"]} | told)


def test_a_step_up_goes_there_and_back_over_the_web(
    note: Any, case: Any, client: Any, as_client: Any, cast: Any, as_: Any
) -> None:
    page = client.get(reverse("request_step_up", args=[case.reference])).content.decode()
    assert "The people of the family" in page and note.reference in page
    sent = _ask(client, case, items=["people", "chronology", f"note:{note.reference}"])
    assert sent.status_code == 302
    hub, reference = as_client(getattr(cast, HUB)), sent["Location"].split("/")[-2]

    assert "Ashworth" in hub.get(reverse("step_ups")).content.decode()
    pack = hub.get(reverse("step_pack", args=[reference])).content.decode()
    assert "Kelly Ashworth" in pack and "As it was sent" in pack
    assert "The &lt;b&gt;kitchen&lt;/b&gt; was cold." in pack and "<b>kitchen" not in pack
    assert hub.post(reverse("acknowledge_pack", args=[reference])).status_code == 302
    assert hub.get(reverse("case", args=[case.reference])).status_code == 404

    took = hub.post(
        reverse("accept_step_up", args=[reference]),
        {"basis": "consent", "consent_words": "I rang Kelly.", **dated("consent_on"), "answer": "Monday."},
    )
    assert took.status_code == 302
    assert hub.get(reverse("case", args=[case.reference])).status_code == 200
    answer = client.get(reverse("step", args=[reference])).content.decode()
    assert "Monday." in answer and "The pack was received" in answer
    with as_(cast.family_worker):
        told = {each.words: each.url for each in waiting_for(cast.family_worker)}
    assert told["The step up of the Ashworth family was accepted: read the answer"] == reverse("step", args=[reference])

    handed = {
        "reason": "plan_ended",
        "was_done": "A plan of six months.",
        "is_left": "Bedtimes.",
        "words": "Go on with the course.",
        "basis": "consent",
        "consent_words": "All agreed.",
        **dated("consent_on"),
    }
    down = hub.post(reverse("request_step_down", args=[case.reference]), handed)
    assert down.status_code == 302
    officer, back = as_client(cast.front_door_officer), down["Location"].split("/")[-2]
    assert "Ashworth" in officer.get(reverse("step_downs")).content.decode()
    assert "A plan of six months." in officer.get(reverse("step_pack", args=[back])).content.decode()
    taken = officer.post(
        reverse("accept_step_down", args=[back]),
        {"basis": "consent", "consent_words": "Kelly knows.", **dated("consent_on")},
    )
    assert taken.status_code == 302
    assert hub.get(reverse("case", args=[case.reference])).status_code == 404
    with as_(cast.family_worker):
        case.refresh_from_db()
    assert case.stage == Stage.ASSESSING
    accepted = f"Your step down {back} was accepted: read the answer"
    with as_(getattr(cast, HUB)):
        assert {each.words: each.url for each in waiting_for(getattr(cast, HUB))}[accepted] == reverse(
            "step", args=[back]
        )
    assert "accepted" in hub.get(reverse("step", args=[back])).content.decode().lower()
    answer = hub.post(reverse("read_step_answer", args=[back]))
    assert answer.status_code == 302, answer.content.decode()[-1500:]
    with as_(getattr(cast, HUB)):
        assert accepted not in {each.words for each in waiting_for(getattr(cast, HUB))}


def test_whoever_asks_again_is_led_to_the_step_that_waits_and_loses_nothing_typed(case: Any, client: Any) -> None:
    where = reverse("request_step_up", args=[case.reference])
    waiting = _ask(client, case)["Location"]
    led = client.get(where)
    assert (led.status_code, led["Location"]) == (302, waiting)
    assert "waits for an answer" in client.get(waiting).content.decode()
    sent = _ask(client, case, words="He has come back again.")
    assert sent.status_code == 403 and "He has come back again." in sent.content.decode()


def test_nobody_fills_in_a_step_that_could_not_be_sent(case: Any, client: Any) -> None:
    answer = client.get(reverse("request_step_down", args=[case.reference]))
    assert answer.status_code == 403 and "Only a social worker" in answer.content.decode()


def test_what_early_help_had_to_do_waits_while_social_care_has_the_case(
    case: Any, client: Any, as_client: Any, cast: Any, as_: Any
) -> None:
    worker, hub = cast.family_worker, getattr(cast, HUB)
    late = clock.today() - dt.timedelta(days=3)
    with as_(worker):
        set_due(case=case, kind="review", what="Review the plan", due_on=late, owner=worker)
        before = {row["what"] for row in due_for(worker).rows}
        assert "Review the plan" in before and due_counts(worker)["late"] == 1
    step = _ask(client, case)["Location"].split("/")[-2]
    with as_(worker):
        case.refresh_from_db()
        assert case.next_due_on == late, "until social care accepts, it goes on"
    as_client(hub).post(
        reverse("accept_step_up", args=[step]), {"basis": "consent", "consent_words": "Yes.", **dated("consent_on")}
    )
    with as_(worker):
        case.refresh_from_db()
        words = f"Read what {pack().words.social_care} answered"
        assert [row["what"] for row in due_for(worker).rows] == [words] and due_counts(worker)["late"] == 0
        assert case.next_due_what == words
    for page in ("case", "family"):
        where = case.reference if page == "case" else case.family.reference
        shown = re.sub(r"\s+", " ", client.get(reverse(page, args=[where])).content.decode())
        assert re.search(r"> ?Waits ?<", shown) and "goes on when" in shown, page
        assert not re.search(r"> ?Late ?<", shown), page
    with as_(hub):
        case.refresh_from_db()
        set_stage(by=hub, case=case, stage=Stage.WORKING)
    with as_(worker):
        case.refresh_from_db()
        assert case.next_due_on == late and {row["what"] for row in due_for(worker).rows} >= before


def test_what_was_sent_does_not_change_when_the_record_does(
    note: Any, case: Any, client: Any, cast: Any, as_: Any
) -> None:
    reference = _ask(client, case, items=[f"note:{note.reference}"])["Location"].split("/")[-2]
    worker = cast.family_worker
    with as_(worker):
        correct_note(
            by=worker,
            note=note,
            seen_version=1,
            why="It was warm.",
            kind="other",
            happened_on=clock.today(),
            words="It was warm.",
        )
    pack = client.get(reverse("step_pack", args=[reference])).content.decode()
    assert "was cold." in pack and "It was warm." not in pack and "As it was sent" in pack


def test_an_assessment_travels_with_its_answers(case: Any, cast: Any, as_: Any) -> None:
    worker = cast.family_worker
    with as_(worker):
        start_assessment(by=worker, case=case)
        keys = [choice.key for choice in packing.choices(worker, case)]
        key = next(key for key in keys if key.startswith("assessment:"))
        (item,) = packing.build(worker, case, [key])
    assert item.kind == "assessment" and key.split(":")[1] in item.html
    assert item.data["status"] == "Being written"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"reason": ""}, "Choose why you ask"),
        ({"words": ""}, "Write what has happened"),
        ({"basis": ""}, "Choose what lets this be shared"),
        ({"consent_words": ""}, "Say who agreed, and to what"),
        (dated("consent_on", None), "Enter the day they agreed"),
        (dated("consent_on", clock.today() + dt.timedelta(days=1)), "The day they agreed must be today or in the past"),
        ({"basis": "danger", "danger_words": "He would hurt her."}, "Choose the reason in law"),
        ({"items": []}, "Tick what should travel"),
        ({"items": ["note:NO-4F7K3QX"]}, "Tick what should travel"),
        ({"words": "x" * 10_001}, "must be 10,000 characters or fewer"),
    ],
)
def test_bad_input_is_a_sentence_and_nothing_typed_is_lost(
    told: dict[str, Any], sentence: str, case: Any, client: Any, cast: Any, as_: Any
) -> None:
    page = _ask(client, case, **told)
    body = page.content.decode()
    assert page.status_code == 422 and sentence in body
    assert "words" in told or "He has come back." in body
    with as_(cast.family_worker):
        assert not CareStep.objects.exists()


def test_a_closed_case_is_refused_with_everything_still_typed(case: Any, client: Any, cast: Any, as_: Any) -> None:
    with as_(cast.family_worker):
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
    page = _ask(client, case)
    assert (
        page.status_code == 403 and "closed" in page.content.decode() and "He has come back." in page.content.decode()
    )


PLACES = (
    "step",
    "step_pack",
    "accept_step_up",
    "decline_step_up",
    "accept_step_down",
    "decline_step_down",
    "withdraw_step",
    "acknowledge_pack",
    "read_step_answer",
)


@pytest.mark.parametrize(
    "who", ["practitioner", "other_manager", "other_front_door_officer", "charity_manager", "elected_member"]
)
def test_a_stranger_learns_nothing_of_a_step(who: str, case: Any, client: Any, as_client: Any, cast: Any) -> None:
    reference = _ask(client, case)["Location"].split("/")[-2]
    stranger = as_client(getattr(cast, who))
    places = [reverse(name, args=[reference]) for name in PLACES]
    places += [reverse(name, args=[case.reference]) for name in ("request_step_up", "request_step_down")]
    for place in places:
        for method in ("get", "post"):
            page = getattr(stranger, method)(place, ASKED)
            assert page.status_code == 404, place
            assert "Ashworth" not in page.content.decode()


def test_early_help_cannot_answer_over_the_web(case: Any, client: Any, cast: Any, as_: Any) -> None:
    reference = _ask(client, case)["Location"].split("/")[-2]
    for name, told in (
        ("accept_step_up", {"basis": "consent", "consent_words": "Yes.", **dated("consent_on")}),
        ("decline_step_up", {"decline_reason": "not_ready", "answer": "No."}),
    ):
        page = client.post(reverse(name, args=[reference]), told)
        assert page.status_code == 403 and "Only a social worker of the hub" in page.content.decode()
    with as_(cast.family_worker):
        assert queries.step_of(cast.family_worker, reference).is_waiting


@pytest.mark.parametrize(
    ("who", "ups", "downs"),
    [(HUB, 200, 404), ("front_door_officer", 404, 200), ("family_worker", 404, 404), ("analyst", 404, 404)],
)
def test_each_list_is_for_those_who_answer(who: str, ups: int, downs: int, as_client: Any, cast: Any) -> None:
    client = as_client(getattr(cast, who))
    assert client.get(reverse("step_ups")).status_code == ups
    assert client.get(reverse("step_downs")).status_code == downs


def test_the_hubs_list_costs_the_same_for_one_and_for_twenty(
    case: Any, client: Any, as_client: Any, area: Any, cast: Any, as_: Any
) -> None:
    from hearth.casework.cases.actions import open_case
    from hearth.casework.cases.steps.actions import request_step_up
    from hearth.casework.cases.steps.tests.conftest import ASKED as WORDS
    from hearth.records.people.actions import open_family

    hub, worker = as_client(getattr(cast, HUB)), cast.family_worker

    def cost() -> int:
        with CaptureQueriesContext(connection) as found:
            assert hub.get(reverse("step_ups")).status_code == 200
        return len(found)

    _ask(client, case)
    cost()
    one = cost()
    with as_(worker):
        for number in range(20):
            family = open_family(by=worker, name=f"Family{number}", area=area)
            request_step_up(by=worker, case=open_case(by=worker, family=family, lead=worker), **WORDS)
    assert cost() == one


def test_a_document_travels_with_a_step_up_and_stays_as_it_was_sent(
    case: Any, client: Any, as_client: Any, cast: Any, as_: Any, kept_of: Any
) -> None:
    with as_(cast.family_worker):
        plan = start_plan(by=cast.family_worker, case=case, type="early_help")
        letter = add_plan_document(by=cast.family_worker, plan=plan, **a_document(pdf(), "hospital.pdf"))
        other = add_plan_document(by=cast.family_worker, plan=plan, **a_document(picture(), "drawing.png"))
    offered = client.get(reverse("request_step_up", args=[case.reference])).content.decode()
    assert "hospital.pdf" in offered and "drawing.jpg" in offered
    sent = _ask(client, case, items=["people", f"document:{letter.reference}"])
    hub, reference = as_client(getattr(cast, HUB)), sent["Location"].split("/")[-2]
    page = hub.get(reverse("step_pack", args=[reference])).content.decode()
    assert "hospital.pdf" in page and "drawing" not in page and "As it was sent" in page
    address = reverse("step_file", args=[reference, 2])
    answer = hub.get(address)
    assert answer.content == pdf() and answer["Content-Disposition"] == 'inline; filename="hospital.pdf"'
    assert [e.subject for e in kept_of(getattr(cast, HUB)) if e.verb == "steps.document_opened"] == [reference]
    assert hub.get(f"/plans/{plan.reference}/documents/{letter.reference}/").status_code == 404
    for number in (1, 3, 99):
        assert hub.get(reverse("step_file", args=[reference, number])).status_code == 404
    for stranger in ("other_manager", "practitioner", "administrator"):
        reader = getattr(cast, stranger)
        assert as_client(reader).get(address).status_code == 404
        with as_(reader):
            assert not FrozenFile.objects.exists()
    with as_(cast.family_worker):
        withdraw_plan_document(by=cast.family_worker, document=letter, because="It should not be on the plan.")
        assert f"document:{letter.reference}" not in {c.key for c in packing.choices(cast.family_worker, case)}
        assert f"document:{other.reference}" in {c.key for c in packing.choices(cast.family_worker, case)}
    assert hub.get(address).content == pdf()
    said = {"decline_reason": "not_ready", "answer": "Finish the course first."}
    assert hub.post(reverse("decline_step_up", args=[reference]), said).status_code == 302
    with as_(cast.family_worker):
        urls = {each.words: each.url for each in waiting_for(cast.family_worker)}
    declined = "The step up of the Ashworth family was declined: read why"
    assert urls[declined] == reverse("step", args=[reference])
    client.post(reverse("read_step_answer", args=[reference]))
    with as_(cast.family_worker):
        assert declined not in {each.words for each in waiting_for(cast.family_worker)}
    assert hub.get(address).status_code == 404
    with as_(getattr(cast, HUB)):
        assert not FrozenFile.objects.exists()


def test_a_document_that_nobody_may_open_yet_is_not_offered_to_travel(
    case: Any, cast: Any, as_: Any, settings: Any
) -> None:
    with as_(cast.family_worker):
        plan = start_plan(by=cast.family_worker, case=case, type="early_help")
        add_plan_document(by=cast.family_worker, plan=plan, **a_document(pdf(), "hospital.pdf"))
        settings.HEARTH_CLAMD = "127.0.0.1:9"
        assert not [c for c in packing.choices(cast.family_worker, case) if c.key.startswith("document:")]
