"""A family of concern is looked at and decided by a person: on the pages, by hand, with everything kept."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hearth.casework.front_door.models import Request
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.models import FeedDecision
from hearth.intelligence.insight.models import FamilyOfConcern, Flag, FlagDecision
from hearth.intelligence.insight.queries import flags_of, how_right
from hearth.intelligence.insight.tests.files import CARE, OFFENCES, emergency
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.sharing.agreements.actions import end_agreement

VISITS = [(f"a{n}", "9990000018", f"2026-01-0{n}") for n in (1, 2, 3)]
KEY = "nhs_number:9990000018"


@pytest.fixture
def visited(hold: Callable[..., Any], work_out: Callable[..., Any], area: Any) -> Callable[..., Any]:
    """Three visits of one person in the first district, and the rules worked out; more visits where they are given."""

    def do(*more: tuple[str, str, str]) -> Any:
        hold("emergency_attendances", emergency([*VISITS, *more]), area=area, file_name=f"{len(more)}.csv")
        return work_out()

    return do


@pytest.fixture
def officer(cast: Any, as_client: Callable[[Any], Client]) -> Client:
    """The development officer of the district."""
    return as_client(cast.development_officer)


def _flags(cast: Any) -> list[str]:
    with acting_as(cast.analyst):
        return [str(flag.id) for flag in Flag.objects.filter(is_found=True)]


def _page(client: Client, family: Any) -> str:
    return client.get(reverse("family_of_concern", args=[family.reference])).content.decode()


def test_a_page_says_which_rule_on_which_dated_evidence_and_what_is_not_known(
    officer: Client,
    visited: Any,
    concern: Any,
    cast: Any,
    hold: Any,
    area: Any,
) -> None:
    hold("social_care", CARE + "p1,9990000018,adult,2025-01-01,,Ann Ring,01632 960444\n", area=area)
    visited()
    listed = officer.get(reverse("families_of_concern")).content.decode()
    assert "Three visits or more to an emergency department in 12 months" in listed
    assert "Nobody has been linked yet" in listed
    shown = _page(officer, concern(KEY))
    assert "3 Jan 2026" in shown and "1 Jan 2026" in shown and "as at 20 Mar 2026" in shown
    assert "Not held" in shown and "Attendance" in shown
    assert "Ring Ann Ring, 01632 960444" in shown
    assert "It cannot see: Why somebody came" in shown
    with acting_as(cast.development_officer, using="audit"):
        assert AuditEvent.objects.using("audit").filter(verb="insight.family_of_concern_opened").exists()
    with acting_as(cast.analyst, using="audit"):
        shown_to = FeedDecision.objects.using("audit").filter(reader_id=cast.development_officer.id, what="show")
        assert set(shown_to.values_list("feed", flat=True)) == {"emergency_attendances", "social_care"}


def test_a_dismissed_flag_does_not_return_on_the_same_evidence_and_does_on_new(
    officer: Client,
    visited: Any,
    concern: Any,
    cast: Any,
    flagged: Any,
    work_out: Any,
) -> None:
    visited()
    family = concern(KEY)
    page = reverse("dismiss_flags", args=[family.reference])
    assert officer.post(page, {"flags": _flags(cast), "words": ""}).status_code == 422, "a reason is needed"
    reason = "There is a good reason, such as illness"
    assert officer.post(page, {"flags": _flags(cast), "reason": reason, "words": "Asthma"}).status_code == 302
    assert flagged() == []
    assert family.reference not in officer.get(reverse("families_of_concern")).content.decode()
    work_out()
    assert flagged() == [], "the same evidence"
    visited(("a4", "9990000018", "2026-02-14"))
    assert flagged("repeat_emergency") == [("repeat_emergency", KEY)]
    shown = _page(officer, family)
    assert "Back on new evidence" in shown and "Asthma" in shown and "Over: new evidence" in shown


def test_a_decision_is_taken_back_and_stays_on_record(
    officer: Client,
    visited: Any,
    concern: Any,
    cast: Any,
    flagged: Any,
) -> None:
    visited()
    family = concern(KEY)
    officer.post(reverse("confirm_flags", args=[family.reference]), {"flags": _flags(cast), "words": "Spoke to Mum"})
    with acting_as(cast.analyst):
        assert [(each.interval.right, each.interval.all) for each in how_right(cast.analyst) if each.interval.all] == [
            (1, 1)
        ]
    undo = reverse("undo_flag_decision", args=[family.reference, 1])
    assert officer.post(undo).status_code == 302
    assert officer.post(undo).status_code == 403, "taken back already"
    shown = _page(officer, family)
    assert "Taken back" in shown and "Spoke to Mum" in shown and "Nobody has decided" in shown


def test_offering_help_opens_a_request_once_with_the_evidence_in_it(
    officer: Client,
    visited: Any,
    concern: Any,
    cast: Any,
    area: Any,
) -> None:
    visited()
    family = concern(KEY)
    page = reverse("offer_help", args=[family.reference])
    form = officer.get(page).content.decode()
    assert "3 Jan 2026" in form, "nothing is typed twice"
    key = str(uuid.uuid4())
    said = {
        "flags": _flags(cast), "key": key, "area": area.code, "words": "Three visits since January.", "consent": "given",
        "consent_by": "Ann", "no_assessment_reason": "",
    }  # fmt: skip
    if "no_assessment_reason" in form:
        said["no_assessment_reason"] = pack().request_form.no_assessment_reasons[0].code
    answer = officer.post(page, said)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    with acting_as(cast.front_door_officer):
        request = Request.objects.get(worries="Three visits since January.")
        assert (request.state, request.area) == ("received", area)
    assert officer.post(page, said).status_code in (302, 403)
    with acting_as(cast.front_door_officer):
        assert Request.objects.filter(worries="Three visits since January.").count() == 1
    shown = _page(officer, family)
    assert f"request {request.reference}" in shown and "Help offered" in shown
    with acting_as(cast.analyst):
        assert FlagDecision.objects.get().kind == "offered"


def test_help_is_offered_on_flags_that_were_confirmed_before(
    officer: Client, visited: Any, concern: Any, cast: Any, area: Any
) -> None:
    visited()
    family = concern(KEY)
    flags = _flags(cast)
    answer = officer.post(reverse("confirm_flags", args=[family.reference]), {"flags": flags, "words": ""}, follow=True)
    page = reverse("offer_help", args=[family.reference])
    shown = answer.content.decode()
    assert "You may offer help now" in shown and f'href="{page}"' in shown
    assert reverse("confirm_flags", args=[family.reference]) not in shown, "they are confirmed already"
    form = officer.get(page).content.decode()
    assert all(f'value="{flag}" checked' in form for flag in flags)
    said = {
        "flags": flags, "key": str(uuid.uuid4()), "area": area.code, "words": "She would like a visit.", "consent": "given",
        "consent_by": "Ann", "no_assessment_reason": pack().request_form.no_assessment_reasons[0].code,
    }  # fmt: skip
    assert officer.post(page, said).status_code == 302
    with acting_as(cast.front_door_officer):
        assert Request.objects.filter(worries="She would like a visit.").count() == 1
    with acting_as(cast.analyst):
        assert [made.kind for made in FlagDecision.objects.all()] == ["confirmed"], "what was found out stays as it was"
    assert "Help offered" in _page(officer, family) or "Help was offered" in _page(officer, family)
    assert officer.post(page, said | {"key": str(uuid.uuid4())}).status_code == 403


def test_whether_the_family_was_told_is_recorded(officer: Client, visited: Any, concern: Any) -> None:
    visited()
    family = concern(KEY)
    page = reverse("record_family_told", args=[family.reference])
    assert officer.post(page, {"how": "not_yet", "words": ""}).status_code == 422
    day = dt.date(2026, 3, 21)
    told = {
        "how": "visit",
        "told_on-day": day.day,
        "told_on-month": day.month,
        "told_on-year": day.year,
        "words": "They were glad",
    }
    assert officer.post(page, told).status_code == 302
    assert "They were glad" in _page(officer, family)


def test_somebody_of_another_district_and_every_other_role_sees_none_of_it(
    cast: Any,
    as_client: Callable[[Any], Client],
    visited: Any,
    concern: Any,
    other_area: Any,
) -> None:
    visited()
    family = concern(KEY)
    page = reverse("family_of_concern", args=[family.reference])
    with acting_as(cast.administrator):
        elsewhere = cast.senior_development_officer
        Appointment.objects.filter(user=elsewhere).update(area=other_area)
    for who in (
        "manager",
        "practitioner",
        "elected_member",
        "administrator",
        "police_officer",
        "information_governance",
        elsewhere,
    ):
        somebody = getattr(cast, who) if isinstance(who, str) else who
        assert as_client(somebody).get(page).status_code in (403, 404), who
        with acting_as(somebody):
            assert not FamilyOfConcern.objects.exists(), who
            assert not Flag.objects.exists(), who


def test_whoever_is_restricted_is_in_nothing_at_once_and_in_no_later_run(
    officer: Client,
    visited: Any,
    concern: Any,
    cast: Any,
    family: Any,
    flagged: Any,
    work_out: Any,
) -> None:
    from hearth.records.people.facts.actions import add_identifier
    from hearth.records.people.models import Person

    visited()
    assert concern(KEY)
    with acting_as(cast.family_worker):
        person = Person.objects.filter(memberships__family=family).order_by("born_on").last()
        add_identifier(by=cast.family_worker, person=person, kind="nhs", value="999 000 0018")
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=person.reference, reason="A test")
    assert flagged() == []
    listed = officer.get(reverse("families_of_concern")).content.decode()
    assert "FC-" not in listed
    run = work_out()
    assert run.families == 0 and run.figures["repeat_emergency"]["flagged"] == 0


@pytest.mark.parametrize("known_by", ["key", "number", "our_own_reference"])
def test_a_figure_leaves_out_a_family_of_concern_that_names_somebody_restricted(
    known_by: str, cast: Any, area: Any, family: Any
) -> None:
    from hearth.intelligence.insight.gathering import INSIGHT
    from hearth.records.people.facts.actions import add_identifier

    with acting_as(cast.family_worker):
        person = family.memberships.select_related("person").last().person
        add_identifier(by=cast.family_worker, person=person, kind="nhs", value="999 000 0018")
    names = {"key": str(person.id), "number": KEY, "our_own_reference": f"hearth_person:{person.reference}"}
    with acting_as(INSIGHT):
        for number, name in enumerate([names[known_by], "upn:A1", "upn:A2", "upn:A3"]):
            facts = {"key": name, "name": name, "names": [name], "content_hash": "", "open_flags": 1}
            FamilyOfConcern(reference=f"FC-CONC{number}", area=area, **facts).save(force_insert=True)

    def counted() -> int | None:
        with acting_as(cast.board_member), connection.cursor() as cursor:
            cursor.execute("select families from hearth_concern_counts(3) where area = %s", [area.code])
            return cursor.fetchone()[0]

    assert counted() == 4
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=person.reference, reason="A refuge.")
    assert counted() == 3


def test_what_an_agreement_no_longer_covers_is_not_shown(
    cast: Any,
    officer: Client,
    hold: Any,
    work_out: Any,
    police: Any,
    agreed: Any,
    concern: Any,
    area: Any,
) -> None:
    agreement = agreed(police, "police_and_justice")
    hold("offences", OFFENCES + "p2,2026-01-05,Zzburglary,Offender\n", organisation=police, area=area)
    work_out()
    family = concern("social_care_id:p2")
    assert "5 Jan 2026" in _page(officer, family)
    with acting_as(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over")
    shown = _page(officer, family)
    assert "5 Jan 2026" not in shown and "signed again" in shown and "Not permitted" in shown
    assert family.reference not in officer.get(reverse("families_of_concern")).content.decode()


def test_the_map_shows_no_small_number_and_the_rules_say_what_each_needs(
    cast: Any, as_client: Callable[[Any], Client], visited: Any
) -> None:
    visited()
    analyst = as_client(cast.analyst)
    shown = analyst.get(reverse("map_of_need")).content.decode()
    assert "<svg" in shown and "Fewer than 5" in shown and "Not held" in shown
    rules = analyst.get(reverse("rules_of_concern") + "?rule=repeat_emergency").content.decode()
    assert "No feed could tell" in rules and "Not held" in rules and "on whom it falls" in rules
    folded = rules.count('class="govuk-accordion__section-content"')
    assert folded == rules.count("It cannot see") > 10 and 'data-module="govuk-accordion"' in rules
    assert "hidden" not in rules.split('id="rules-content-1"')[1].split(">")[0], (
        "without scripts nothing is folded away"
    )
    run = analyst.get(reverse("insight_runs"))
    assert run.status_code == 200 and "IR-" in run.content.decode()


def test_the_flags_of_a_list_are_given_of_families_that_may_be_seen_and_of_no_other(
    cast: Any, visited: Any, concern: Any, other_area: Any
) -> None:
    visited()
    family = concern(KEY)

    def given(who: Any) -> list[str]:
        with acting_as(who):
            return [flag.rule for flags in flags_of([family], ()).values() for flag in flags]

    assert given(cast.development_officer) == ["repeat_emergency"]
    with acting_as(cast.administrator):
        Appointment.objects.filter(user=cast.senior_development_officer).update(area=other_area)
    for who in (cast.senior_development_officer, cast.manager, cast.elected_member):
        assert given(who) == [], "a function of the database asks for itself"
    with acting_as(cast.analyst):
        confirmed, source = Flag.objects.get(family=family), Flag.objects.get(family=family).sources[0]
        assert flags_of([family], ()) != {} == flags_of([family], {source}), "what the agreements hide is in no list"
        confirmed.state = "dismissed"
        confirmed.save(update_fields=["state"])
    assert given(cast.development_officer) == []


def test_the_list_is_narrowed_by_a_district_and_a_code_that_is_none_finds_nobody(
    officer: Client, visited: Any, concern: Any, area: Any, other_area: Any
) -> None:
    visited()
    reference = concern(KEY).reference

    def listed(code: str) -> str:
        return officer.get(reverse("families_of_concern"), {"area": code}).content.decode()

    assert reference in listed(area.code)
    for code in (other_area.code, "none", "nowhere"):
        assert reference not in listed(code), code
