"""A request accepted for work: family, consent, case and assessment together, or nothing at all."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case, DueItem
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.conftest import KELLY, LEO, asking
from hearth.casework.front_door.triage.actions import match_person, reopen_decision
from hearth.casework.front_door.triage.models import Decision, Note
from hearth.casework.front_door.typed import TypedPerson
from hearth.desk.deciding import actions
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.models import Access, Address, Family, Membership, Person
from hearth.records.sharing.models import Consent

WORDS: dict[str, Any] = {"outcome": "assessment", "level": "universal_plus", "reason": "Needs are not clear."}


@pytest.fixture
def ask(cast: Any, area: Any) -> Any:
    """Send a request today."""
    send = asking(cast, area)
    return lambda *args, **more: send(*args, **({"consent_on": clock.today()} | more))


@pytest.fixture
def officer(cast: Any) -> Any:
    """The front door officer of the first district."""
    return cast.front_door_officer


def all_new(by: Any, request: Request) -> None:
    """Everybody on the request is somebody new."""
    for typed in RequestPerson.objects.filter(request=request):
        match_person(by=by, request=request, typed=typed, person=None)


def test_an_accepted_request_puts_everybody_on_record_once_and_opens_their_case(
    ask: Any, officer: Any, as_: Any
) -> None:
    father = TypedPerson(
        role="parent", given_name="Dean", family_name="Holt", lives_elsewhere="2 Quay Street", birth_precision="unknown"
    )
    made = ask(people=[KELLY, LEO, father], family_phone="01632 960 701", safe_contact="Before 3pm")
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        assert (case.family.name, case.area, case.level, case.request_id) == (
            "Marsden",
            made.area,
            "universal_plus",
            made.id,
        )
        members = {
            m.person.full_name: m for m in Membership.objects.filter(family=case.family).select_related("person")
        }
        assert set(members) == {"Kelly Marsden", "Leo Marsden", "Dean Holt"}
        assert (members["Leo Marsden"].role, members["Leo Marsden"].person.born_on) == ("child", LEO.born_on)
        assert not members["Dean Holt"].lives_here
        homes = {a.person.full_name: (a.lines, a.postcode) for a in Address.objects.select_related("person")}
        assert homes["Leo Marsden"] == ("4 Weavers Row, Millbank", "BB11 1AA")
        assert homes["Dean Holt"] == ("2 Quay Street", "")
        kelly = members["Kelly Marsden"].person
        assert (kelly.phone, kelly.safe_to_contact) == ("01632 960 701", "Before 3pm")
        held = Request.objects.get(pk=made.pk)
        assert (held.state, held.family, held.case) == ("decided", case.family, case)
        assert Decision.objects.get(request=held).case == case
        assessment = Assessment.objects.get(case=case)
        assert case.stage == "assessing"
        assert assessment.family == case.family


def test_the_referrer_reads_the_packs_words_and_then_the_officers(ask: Any, officer: Any, as_: Any) -> None:
    made = ask()
    with as_(officer):
        all_new(officer, made)
        actions.decide_request(by=officer, request=made, words_for_referrer="Please keep in touch.", **WORDS)
        words = Request.objects.get(pk=made.pk).words_for_referrer
        assert words.startswith("A whole-family assessment (CAF) will be done.")
        assert words.endswith("\n\nPlease keep in touch.")


def test_a_referrer_whom_the_family_let_in_reads_who_leads_and_others_do_not(
    ask: Any, officer: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    agreed, alone = ask(cast.charity_worker), ask(cast.charity_worker, consent="refused", consent_on=None)
    for made in (agreed, alone):
        with as_(officer):
            all_new(officer, made)
            actions.accept_request(by=officer, request=made, lead=cast.family_worker, **WORDS)
    where = [reverse("view_request", args=[made.reference]) for made in (agreed, alone)]
    told, untold = (as_client(cast.charity_worker).get(path).content.decode() for path in where)
    assert "is the lead practitioner" in told and cast.family_worker.full_name in told
    assert "is the lead practitioner" not in untold and cast.family_worker.full_name not in untold


def test_nothing_is_opened_until_somebody_says_of_each_person_whether_they_are_known(
    ask: Any, officer: Any, as_: Any
) -> None:
    made = ask()
    with as_(officer):
        kelly = RequestPerson.objects.get(request=made, given_name="Kelly")
        match_person(by=officer, request=made, typed=kelly, person=None)
        with pytest.raises(Refused, match="Say first whether Leo Marsden is known or new"):
            actions.accept_request(by=officer, request=made, **WORDS)
        assert not Family.objects.filter(name="Marsden").exists()
        assert Request.objects.get(pk=made.pk).state == "received"


def test_a_fault_at_the_last_step_leaves_nothing_half_done(ask: Any, officer: Any, as_: Any, monkeypatch: Any) -> None:
    made = ask()

    def breaks(*_: Any) -> None:
        raise RuntimeError("the plug was pulled")

    monkeypatch.setitem(actions.opening.BEGIN, "assessment", breaks)
    with as_(officer):
        all_new(officer, made)
        with pytest.raises(RuntimeError):
            actions.accept_request(by=officer, request=made, **WORDS)
        assert not Family.objects.filter(name="Marsden").exists()
        assert not Person.objects.filter(folded_name="leo marsden").exists()
        assert not Decision.objects.filter(request=made).exists()
        assert Request.objects.get(pk=made.pk).state == "received"


def test_a_known_family_gets_the_new_child_and_keeps_its_records(family: Any, ask: Any, officer: Any, as_: Any) -> None:
    made = ask(people=[TypedPerson(role="parent", given_name="Kelly", family_name="Ashworth"), LEO])
    with as_(officer):
        known = Person.objects.get(given_name="Kelly", family_name="Ashworth")
        kelly, leo = RequestPerson.objects.filter(request=made).order_by("place")
        match_person(by=officer, request=made, typed=kelly, person=known)
        match_person(by=officer, request=made, typed=leo, person=None)
        case = actions.accept_request(by=officer, request=made, family=family, **WORDS)
        assert case.family == family
        assert Person.objects.filter(folded_name="kelly ashworth").count() == 1
        assert Membership.objects.filter(family=family, person__given_name="Leo").exists()


def test_an_open_case_is_gone_on_with_and_not_doubled(case: Any, ask: Any, officer: Any, as_: Any) -> None:
    made = ask(people=[TypedPerson(role="child", given_name="Jake", family_name="Ashworth")])
    with as_(officer):
        typed = RequestPerson.objects.get(request=made)
        match_person(by=officer, request=made, typed=typed, person=Person.objects.get(given_name="Jake"))
        found = actions.accept_request(by=officer, request=made, family=case.family, **WORDS)
        assert found == case
        assert Case.objects.filter(family=case.family).count() == 1


def test_a_family_nobody_on_the_request_belongs_to_cannot_be_chosen(
    family: Any, ask: Any, officer: Any, as_: Any
) -> None:
    made = ask()
    with as_(officer):
        all_new(officer, made)
        with pytest.raises(Refused, match="Nobody on this request was matched"):
            actions.accept_request(by=officer, request=made, family=family, **WORDS)


def test_consent_given_with_the_request_is_recorded_and_opens_the_family_to_the_referrer_for_what_was_agreed(
    ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    made = ask(consent_categories=["basic", "contact", "plan"])
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        consents = Consent.objects.filter(family=case.family, organisation=cast.practitioner.organisation)
        assert {(c.person.given_name, c.decider.given_name if c.decider else "", c.recorded_how) for c in consents} == {
            ("Kelly", "Kelly", "spoken"),
            ("Leo", "Kelly", "spoken"),
        }
        access = Access.objects.get(family=case.family, why="made_request")
        assert (access.user, sorted(access.categories or [])) == (cast.practitioner, ["basic", "contact", "plan"])
    with as_(cast.practitioner):
        assert Family.objects.filter(pk=case.family_id).exists()
    with as_(cast.colleague):
        assert not Family.objects.filter(pk=case.family_id).exists()


@pytest.mark.parametrize("said", [{"consent": "refused"}, {"consent": "not_asked", "no_consent_reason": "not_yet"}])
def test_without_consent_nothing_is_opened_to_the_referrer(
    said: dict[str, Any], ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    made = ask(**({"consent_categories": []} | said))
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        assert not Consent.objects.filter(family=case.family).exists()
    with as_(cast.practitioner):
        assert not Family.objects.filter(pk=case.family_id).exists()


def test_a_child_who_agreed_for_themselves_opens_only_what_is_about_them(
    ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    teenager = TypedPerson(role="child", given_name="Ava", family_name="Marsden", birth_precision="unknown")
    said = {"consent_by": "Ava Marsden", "consent_decider": "child_competent", "consent_competence": "She asks."}
    made = ask(people=[KELLY, teenager], **said)
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        assert [c.person.given_name for c in Consent.objects.filter(family=case.family)] == ["Ava"]
        assert not Access.objects.filter(family=case.family, why="made_request").exists()


def test_consent_that_cannot_be_recorded_as_typed_stops_no_help_and_is_said_to_the_front_door(
    ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    made = ask(consent_by="Somebody Else", consent_decider="adult")
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        assert not Consent.objects.filter(family=case.family).exists()
        assert "is not on record: whoever agreed for themselves" in Note.objects.get(request=made).words


def test_a_lead_of_the_council_is_named_at_once_and_one_of_a_partner_only_on_a_basis(
    ask: Any, officer: Any, cast: Any, as_: Any
) -> None:
    with as_(officer):
        first, second = ask(), ask(consent="not_asked", no_consent_reason="not_yet", consent_categories=[])
        all_new(officer, first)
        case = actions.accept_request(by=officer, request=first, lead=cast.family_worker, **WORDS)
        assert case.lead == cast.family_worker
        all_new(officer, second)
        with pytest.raises(Refused, match="Nothing lets us share"):
            actions.accept_request(by=officer, request=second, lead=cast.practitioner, **WORDS)
        assert Request.objects.get(pk=second.pk).state == "received"


def test_the_referrer_may_lead_where_the_family_agreed(ask: Any, officer: Any, cast: Any, as_: Any) -> None:
    made = ask()
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, lead=cast.practitioner, **WORDS)
        assert case.lead == cast.practitioner


@pytest.mark.parametrize(
    ("outcome", "level", "due"), [("panel", "intensive", "panel"), ("step_up", "specialist", "step_up")]
)
def test_panel_and_step_up_open_a_case_with_the_next_thing_due(
    outcome: str, level: str, due: str, ask: Any, officer: Any, as_: Any
) -> None:
    made = ask()
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, outcome=outcome, level=level, reason="Known need.")
        assert DueItem.objects.filter(case=case, kind=due, done_at=None).exists()
        assert not Assessment.objects.filter(case=case).exists()


def test_advice_opens_nothing(ask: Any, officer: Any, as_: Any) -> None:
    made = ask()
    with as_(officer):
        decided = actions.decide_request(by=officer, request=made, outcome="advice", reason="Low need.")
        assert (decided.state, decided.family, decided.case) == ("decided", None, None)
        with pytest.raises(Refused, match="opens no case"):
            actions.accept_request(by=officer, request=ask(), outcome="advice", reason="x")


def test_doing_nothing_more_is_explained_to_the_referrer(ask: Any, officer: Any, as_: Any) -> None:
    made = ask()
    with as_(officer):
        with pytest.raises(Refused, match="Write why for the referrer"):
            actions.decide_request(by=officer, request=made, outcome="no_further_action", reason="x")
        actions.decide_request(
            by=officer,
            request=made,
            outcome="no_further_action",
            reason="x",
            words_for_referrer="School has it in hand.",
        )


def test_two_officers_accepting_at_once_open_one_case(ask: Any, officer: Any, as_: Any) -> None:
    made = ask()
    with as_(officer):
        all_new(officer, made)
        stale = Request.objects.get(pk=made.pk)
        actions.decide_request(by=officer, request=made, **WORDS)
        with pytest.raises(Refused, match=f"{officer.full_name} decided this request"):
            actions.decide_request(by=officer, request=stale, **(WORDS | {"outcome": "panel", "level": "intensive"}))
        assert Case.objects.filter(request_id=made.id).count() == 1


def test_a_decision_with_an_open_case_is_not_reopened(ask: Any, officer: Any, as_: Any) -> None:
    made = ask()
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        with pytest.raises(Refused, match=f"Close case {case.reference} first"):
            reopen_decision(by=officer, request=made, because="Mistake")


@pytest.mark.parametrize(
    "key", ["practitioner", "manager", "other_front_door_officer", "county_manager", "safeguarding_hub_social_worker"]
)
def test_nobody_else_accepts(key: str, ask: Any, cast: Any, as_: Any) -> None:
    made, who = ask(), getattr(cast, key)
    with as_(who), pytest.raises(Refused, match=r"Only the front door|closed it to you"):
        actions.decide_request(by=who, request=made, **WORDS)


def test_an_unborn_child_and_somebody_without_a_name_come_on_record_as_that(ask: Any, officer: Any, as_: Any) -> None:
    baby = TypedPerson(role="child", born_on=clock.today() + dt.timedelta(days=70), birth_precision="expected")
    nameless = TypedPerson(role="partner", place_of_day="Drives a taxi")
    made = ask(people=[KELLY, baby, nameless])
    with as_(officer):
        all_new(officer, made)
        case = actions.accept_request(by=officer, request=made, **WORDS)
        people = Person.objects.filter(memberships__family=case.family)
        assert people.filter(birth_precision="expected").count() == 1
        assert people.get(memberships__role="partner").name_supplied is False
