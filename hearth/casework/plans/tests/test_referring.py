"""A service is asked from a plan, answers, and its answer comes back into the plan; nobody learns more of the family than that."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.models import DueItem
from hearth.casework.plans.referring import actions, queries
from hearth.casework.plans.referring.actions import (
    answer_service_referral,
    read_service_answer,
    refer_to_service,
    withdraw_service_referral,
)
from hearth.casework.plans.referring.models import ServiceReferral
from hearth.desk.queries import due_of
from hearth.desk.waiting import waiting_for as waiting
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.actions import send
from hearth.foundation.ui.filters import day
from hearth.records.directory.models import Service
from hearth.records.directory.tests.conftest import *  # noqa: F403
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.sharing.actions import withdraw_consent
from hearth.records.sharing.queries import withdrawable

ASKED = {"words": "Jake would like somewhere to go after school.", "contact": "Kelly, 07700 900123, after six"}


@pytest.fixture
def ask(cast: Any, agreed: Any, service: Service, kelly: Any) -> Callable[..., ServiceReferral]:
    """The family's worker asks the service, for Kelly."""

    def do(of: Service | None = None, by: Any = None, **told: Any) -> ServiceReferral:
        by = by or cast.family_worker
        with acting_as(by):
            return refer_to_service(by=by, plan=agreed, service=of or service, **({"people": [kelly]} | ASKED | told))

    return do


@pytest.fixture
def unlisted(cast: Any, offered: Any) -> Service:
    """A service of people who do not sign in."""
    from hearth.records.directory.actions import list_organisation

    with acting_as(cast.commissioner):
        club = list_organisation(by=cast.commissioner, name="The boxing club", description="Boxes.")
    return offered(club, name="Boxing on Tuesdays")


def read_by(who: Any) -> list[str]:
    """The references that somebody reads, by the query and past it by the row policy alone."""
    with acting_as(who):
        seen = sorted(ServiceReferral.objects.visible_to(who).values_list("reference", flat=True))
        assert seen == sorted(ServiceReferral.objects.values_list("reference", flat=True))
        return seen


def answer(by: Any, referral: ServiceReferral, status: str = "accepted", **said: Any) -> ServiceReferral:
    with acting_as(by):
        found = queries.referral_of(by, referral.reference)
        queries.plan_behind(by, found)
        return answer_service_referral(by=by, referral=found, status=status, answer="See you then.", **said)


@pytest.fixture
def told(monkeypatch: Any) -> Any:
    """What was sent: the outbox itself is read by the identity that empties it."""
    messages: list[dict[str, Any]] = []

    def noted(**message: Any) -> None:
        messages.append(message)
        send(**message)

    monkeypatch.setattr(actions, "send", noted)
    return lambda template: [(each["to"], each["link"]) for each in messages if each["template"] == template]


def test_a_service_is_asked_answers_and_its_answer_comes_into_the_plan(
    agreed_to: Any, ask: Any, outcome: Any, cast: Any, as_: Any, as_client: Any, case: Any
) -> None:
    agreed_to()
    asked = ask(outcome=outcome)
    assert asked.for_whom == "Kelly Ashworth, aged 36" and asked.status == "sent"
    with as_(cast.family_worker):
        due = DueItem.objects.get(source_id=asked.pk, done_at=None)
        assert due.owner == cast.family_worker and due.due_on == asked.answer_by_on
    with as_(cast.provider):
        assert [row.words for row in waiting(cast.provider) if "your services" in row.words] == [
            "1 family to answer for your services"
        ]
    page = as_client(cast.provider).get(reverse("service_referrals")).content.decode()
    assert asked.reference in page and "Kelly Ashworth" in page
    answer(cast.provider, asked, starts_on=clock.today() + dt.timedelta(days=7))
    with as_(cast.family_worker):
        assert [row.words for row in waiting(cast.family_worker) if "answered for" in row.words] == [
            "Stay and play answered for the Ashworth family: read it"
        ]
    plan = as_client(cast.family_worker).get(reverse("plan", args=[case.reference])).content.decode()
    section = plan[plan.index('id="outcome-1"') :]
    assert "They help" in section and "not read yet" in section
    with as_(cast.family_worker):
        read_service_answer(
            by=cast.family_worker, referral=queries.referral_of_plan(cast.family_worker, asked.reference)
        )
        assert not DueItem.objects.filter(source_id=asked.pk, done_at=None).exists()
        assert not [row for row in waiting(cast.family_worker) if "answered for" in row.words]
        said = [entry.title for entry in queries.timeline_entries(cast.family_worker, asked.family)]
    assert said[0] == "Asked to help: Stay and play" and said[1].startswith("Stay and play helps, from ")


def test_whoever_answers_is_told_that_something_waits_and_never_what(
    told: Any, agreed_to: Any, ask: Any, cast: Any
) -> None:
    agreed_to()
    asked = ask()
    link = f"/service-referrals/{asked.reference}/"
    assert set(told("service_referral_sent")) == {(cast.provider, link), (cast.charity_manager, link)}
    answer(cast.provider, asked, "declined", reason="not_eligible")
    assert told("service_referral_answered") == [(cast.family_worker, link)]


def test_what_is_due_leads_to_what_was_asked_and_the_plan_says_when_it_will_be_chased(
    agreed_to: Any, ask: Any, agreed: Any, family: Any, cast: Any, as_client: Any
) -> None:
    agreed_to()
    asked = ask()
    with acting_as(cast.family_worker):
        assert reverse("service_referral", args=[asked.reference]) in [
            each.href for each in due_of(cast.family_worker, family)
        ]
    plan = as_client(cast.family_worker).get(reverse("plan", args=[agreed.case.reference])).content.decode()
    assert f"will be chased on {day(asked.answer_by_on)}" in plan


def test_nothing_is_told_without_consent_or_with_too_little_of_it(
    agreed_to: Any, ask: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused) as refused:
        ask()
    assert cast.provider.organisation.name in refused.value.refusal.sentence
    agreed_to("basic")
    with pytest.raises(Refused, match="leaves it out"):
        ask()
    with as_(cast.family_worker):
        assert not ServiceReferral.objects.exists()


def test_what_the_family_takes_back_the_service_reads_no_more(
    agreed_to: Any, ask: Any, family: Any, cast: Any, as_: Any
) -> None:
    agreed_to()
    asked = ask()
    assert read_by(cast.provider) == read_by(cast.charity_manager) == [asked.reference]
    with as_(cast.family_worker):
        withdraw_consent(
            by=cast.family_worker,
            family=family,
            consents=withdrawable(cast.family_worker, family, cast.provider.organisation.name),
        )
    assert read_by(cast.provider) == [] and read_by(cast.family_worker) == [asked.reference]


def test_who_reads_it_and_who_does_not(agreed_to: Any, ask: Any, cast: Any, as_: Any) -> None:
    agreed_to()
    asked = ask()
    for who in ("family_worker", "manager", "provider", "charity_manager"):
        assert read_by(getattr(cast, who)) == [asked.reference], who
    for who in (
        "charity_worker",
        "practitioner",
        "other_family_worker",
        "other_manager",
        "elected_member",
        "administrator",
        "analyst",
    ):
        assert read_by(getattr(cast, who)) == [], who
    with as_(cast.administrator):
        Appointment.objects.filter(user=cast.provider).update(ended_at=clock.now())
    assert read_by(cast.provider) == [], "whose role has ended answers for nothing"


def test_whoever_answers_opens_nothing_else_of_the_family(
    agreed_to: Any, ask: Any, cast: Any, as_: Any, as_client: Any, case: Any, family: Any
) -> None:
    agreed_to()
    asked = ask()
    client = as_client(cast.provider)
    page = client.get(reverse("service_referral", args=[asked.reference])).content.decode()
    assert "Kelly" in page and ASKED["words"] in page
    assert case.reference not in page and asked.plan.reference not in page and "Jake Ashworth" not in page
    for name, of in (
        ("plan", case.reference),
        ("family", family.reference),
        ("plan_by_reference", asked.plan.reference),
    ):
        assert client.get(reverse(name, args=[of])).status_code == 404, name
    for name in ("withdraw_service_referral", "read_service_answer"):
        assert client.post(reverse(name, args=[asked.reference]), {"why": "Mine"}).status_code == 404, name
    with as_(cast.provider), pytest.raises(Exception, match="permission denied"), transaction.atomic():
        ServiceReferral.objects.filter(pk=asked.pk).update(words="Another")


def test_a_restriction_reaches_what_was_asked(agreed_to: Any, ask: Any, family: Any, cast: Any, as_: Any) -> None:
    agreed_to()
    ask()
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="A refuge")
    assert read_by(cast.provider) == [] and read_by(cast.family_worker) == []


def test_a_service_is_asked_once_while_there_is_more_to_come(agreed_to: Any, ask: Any, cast: Any, as_: Any) -> None:
    agreed_to()
    asked = ask()
    with pytest.raises(Refused, match="asked already"):
        ask()
    answer(cast.provider, asked, "waiting", wait_weeks=6)
    with pytest.raises(Refused, match="asked already"):
        ask()
    answer(cast.provider, asked, starts_on=clock.today())
    with as_(cast.family_worker):
        found = ServiceReferral.objects.get(pk=asked.pk)
        assert found.status == "accepted" and found.wait_weeks is None, "whoever waits on a list may be answered again"
    with pytest.raises(Refused, match="This is answered"):
        answer(cast.provider, asked, "declined", reason="no_service")
    assert ask().reference != asked.reference, "what is over may be asked again"
    with as_(cast.family_worker):
        again = ServiceReferral.objects.filter(status="sent").get()
        again.pk, again.reference = None, "SR-AGAIN"
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


def test_an_answer_says_how_long_or_why_not(agreed_to: Any, ask: Any, cast: Any) -> None:
    agreed_to()
    asked = ask()
    for said, words in (
        ({"status": "waiting"}, "how many weeks"),
        ({"status": "waiting", "wait_weeks": 400}, "how many weeks"),
        ({"status": "declined"}, "why they cannot help"),
        ({"status": "declined", "reason": "nonsense"}, "why they cannot help"),
        ({"status": "withdrawn"}, "what the answer is"),
        ({"status": "accepted", "starts_on": clock.today() - dt.timedelta(days=3)}, "before it was asked"),
    ):
        with pytest.raises(Refused, match=words):
            answer(cast.provider, asked, **said)


def test_a_service_that_does_not_sign_in_is_asked_on_what_the_family_said_and_answers_through_the_worker(
    told: Any, ask: Any, unlisted: Service, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused, match="Say who in the family agreed"):
        ask(unlisted)
    with pytest.raises(Refused, match="today or in the past"):
        ask(unlisted, agreed_by="Kelly", agreed_on=clock.today() + dt.timedelta(days=1))
    asked = ask(unlisted, agreed_by="Kelly", agreed_on=clock.today())
    assert told("service_referral_sent") == []
    with pytest.raises(Refused, match="who of the service"):
        answer(cast.family_worker, asked, "declined", reason="waiting_list")
    found = answer(cast.family_worker, asked, "declined", reason="waiting_list", told_by="Sid, coach")
    assert found.read_at is not None, "whoever wrote it down has read it"
    with as_(cast.family_worker):
        assert not DueItem.objects.filter(source_id=asked.pk, done_at=None).exists()


def test_what_is_taken_back_is_read_no_more_by_the_service(agreed_to: Any, ask: Any, cast: Any, as_: Any) -> None:
    agreed_to()
    asked = ask()
    with as_(cast.family_worker):
        withdraw_service_referral(
            by=cast.family_worker,
            referral=queries.referral_of_plan(cast.family_worker, asked.reference),
            why="They moved",
        )
        assert not DueItem.objects.filter(source_id=asked.pk, done_at=None).exists()
    assert read_by(cast.provider) == []
    with pytest.raises(Refused, match="taken back"):
        answer(cast.family_worker, asked)


def test_nobody_asks_from_a_plan_that_they_do_not_write_or_that_has_ended(
    agreed_to: Any, ask: Any, agreed: Any, cast: Any, as_client: Any, service: Service
) -> None:
    agreed_to()
    for who in ("elected_member", "other_family_worker", "provider", "administrator"):
        for name, more in (("services_for_plan", []), ("refer_to_service", [service.reference])):
            there = as_client(getattr(cast, who)).get(reverse(name, args=[agreed.reference, *more]))
            assert there.status_code in (403, 404), (who, name)
    with acting_as(cast.commissioner):
        Service.objects.filter(pk=service.pk).update(status="defunct")
        service.refresh_from_db()
    with pytest.raises(Refused, match="not running"):
        ask()


def test_services_are_found_for_what_an_outcome_says(
    agreed_to: Any,
    ask: Any,
    outcome: Any,
    agreed: Any,
    offered: Any,
    charity: Any,
    cast: Any,
    as_client: Any,
) -> None:
    offered(charity, name="School attendance help", description="When mornings are hard.", needs=["school"])
    client = as_client(cast.family_worker)
    where = reverse("services_for_plan", args=[agreed.reference])
    assert "School attendance help" in client.get(where, {"words": "school"}).content.decode()
    assert "Record that nobody can offer it" in client.get(where, {"words": "zzqunheard"}).content.decode()
    agreed_to()
    ask()
    assert "Its answer comes into the plan" in client.get(where, {"words": "songs"}).content.decode()


def test_pages_cost_the_same_however_much_was_asked(
    agreed_to: Any,
    ask: Any,
    offered: Any,
    charity: Any,
    cast: Any,
    as_client: Any,
    case: Any,
) -> None:
    agreed_to()
    ask()
    worker, provider = as_client(cast.family_worker), as_client(cast.provider)

    def cost() -> tuple[int, ...]:
        found = []
        for client, where in (
            (worker, reverse("plan", args=[case.reference])),
            (provider, reverse("service_referrals")),
        ):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(where).status_code == 200
            found.append(len(captured))
        return tuple(found)

    cost()
    before = cost()
    for number in range(4):
        ask(offered(charity, name=f"Service {number}"))
    assert cost() == before
