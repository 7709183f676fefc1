"""The team around the family: one lead, access that comes and goes with the team, and refusals in sentences."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from hearth.casework.cases import queries
from hearth.casework.cases.actions import add_other_member, close_case, join_team, leave_team, name_lead
from hearth.casework.cases.models import Case, DueItem, TeamMember
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.refusals import Refused
from hearth.records.people.actions import open_family
from hearth.records.people.models import Person


def leads(case: Case) -> list[Any]:
    return list(TeamMember.objects.filter(case=case, is_lead=True, left_on=None).values_list("user", flat=True))


def test_a_practitioner_who_joins_the_team_can_open_the_family(cast, case, as_):
    with as_(cast.other_family_worker):
        assert not Case.objects.filter(pk=case.pk).exists()
    with as_(cast.family_worker):
        member = join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")
    assert member.sharing_basis == "own"
    with as_(cast.other_family_worker):
        assert queries.case_of(cast.other_family_worker, case.reference).pk == case.pk


def test_who_leaves_the_team_can_no_longer_open_the_family_and_the_lead_takes_over_their_work(cast, case, as_):
    worker = cast.other_family_worker
    with as_(cast.family_worker):
        member = join_team(by=cast.family_worker, case=case, user=worker, role="practitioner")
        DueItem(
            case=case, family=case.family, kind="action", what="Action 1", due_on=case.opened_on, owner=worker
        ).save()
        leave_team(by=cast.family_worker, case=case, member=member)
        assert DueItem.objects.get(case=case, kind="action").owner == cast.family_worker
    with as_(worker):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_somebody_may_take_themselves_from_the_team(cast, case, as_):
    worker = cast.other_family_worker
    with as_(cast.family_worker):
        member = join_team(by=cast.family_worker, case=case, user=worker, role="practitioner")
    with as_(worker):
        leave_team(by=worker, case=case, member=member)
        assert not Case.objects.filter(pk=case.pk).exists()


def test_the_lead_practitioner_cannot_leave_before_another_is_named(cast, case, as_):
    with as_(cast.family_worker):
        member = TeamMember.objects.get(case=case, is_lead=True)
        with pytest.raises(Refused, match="Name another lead practitioner first"):
            leave_team(by=cast.family_worker, case=case, member=member)


def test_a_new_lead_takes_the_lead_and_the_one_before_stays_as_a_practitioner(cast, case, as_):
    with as_(cast.manager):
        name_lead(by=cast.manager, case=case, lead=cast.other_family_worker)
        assert leads(case) == [cast.other_family_worker.pk]
        before = TeamMember.objects.get(case=case, user=cast.family_worker)
        assert (before.is_lead, before.role, before.left_on) == (False, "practitioner", None)
        assert Case.objects.get(pk=case.pk).lead == cast.other_family_worker


def test_a_member_who_becomes_the_lead_keeps_the_day_they_joined(cast, case, as_):
    with as_(cast.family_worker):
        member = join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")
        TeamMember.objects.filter(pk=member.pk).update(joined_on="2026-01-05")
        name_lead(by=cast.family_worker, case=case, lead=cast.other_family_worker)
        assert str(TeamMember.objects.get(pk=member.pk).joined_on) == "2026-01-05"


def test_what_was_due_from_the_last_lead_is_due_from_the_new_one_but_their_own_actions_stay_theirs(cast, case, as_):
    with as_(cast.manager):
        for kind in ("review", "action"):
            DueItem(
                case=case, family=case.family, kind=kind, what=kind, due_on=case.opened_on, owner=cast.family_worker
            ).save()
        name_lead(by=cast.manager, case=case, lead=cast.other_family_worker)
        owners = dict(DueItem.objects.filter(case=case, done_at=None).values_list("kind", "owner"))
    assert owners == {"review": cast.other_family_worker.pk, "action": cast.family_worker.pk}


def test_nobody_of_another_organisation_joins_without_consent_or_an_agreement(cast, case, as_):
    with as_(cast.family_worker), pytest.raises(Refused) as told:
        join_team(by=cast.family_worker, case=case, user=cast.health_visitor, role="practitioner")
    assert told.value.refusal.code.startswith("sharing.")
    with as_(cast.health_visitor):
        assert not Case.objects.filter(pk=case.pk).exists()


def test_somebody_whose_role_does_not_work_with_families_cannot_join_or_lead(cast, case, as_):
    with as_(cast.family_worker):
        with pytest.raises(Refused, match="does not let them join"):
            join_team(by=cast.family_worker, case=case, user=cast.analyst, role="practitioner")
        with pytest.raises(Refused, match="does not let them lead"):
            name_lead(by=cast.family_worker, case=case, lead=cast.analyst)


def test_nobody_joins_twice(cast, case, as_):
    with as_(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")
        with pytest.raises(Refused, match="in the team already"):
            join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")


def test_only_the_lead_or_a_manager_changes_the_team(cast, case, as_):
    with as_(cast.development_officer), pytest.raises(Refused, match="Only the lead practitioner or a manager"):
        join_team(by=cast.development_officer, case=case, user=cast.other_family_worker, role="practitioner")


def test_a_family_member_is_in_the_team_without_being_given_access(cast, case, as_):
    with as_(cast.family_worker):
        kelly = Person.objects.get(given_name="Kelly", memberships__family=case.family)
        member = add_other_member(by=cast.family_worker, case=case, role="parent_or_carer", person=kelly)
        assert (member.who, member.user) == ("Kelly Ashworth", None)
        with pytest.raises(Refused, match="in the team already"):
            add_other_member(by=cast.family_worker, case=case, role="parent_or_carer", person=kelly)


def test_a_worker_who_does_not_sign_in_is_in_the_team_by_name(cast, case, as_):
    with as_(cast.family_worker):
        member = add_other_member(by=cast.family_worker, case=case, role="advocate", name="  Mrs Lee, interpreter ")
        assert member.who == "Mrs Lee, interpreter"
        with pytest.raises(Refused, match="write who is joining"):
            add_other_member(by=cast.family_worker, case=case, role="advocate", name="   ")


def test_a_person_of_another_family_cannot_be_put_in_this_team(cast, case, as_, area):
    from hearth.records.people.actions import add_person

    by = cast.family_worker
    with as_(by):
        other = open_family(by=by, name="Bold", area=area)
        stranger = add_person(by=by, family=other, role="parent", given_name="Sam", family_name="Bold")
        with pytest.raises(Refused, match="not in this family"):
            add_other_member(by=by, case=case, role="parent_or_carer", person=stranger)


def test_a_closed_case_has_no_team_to_change(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        close_case(by=by, case=case, reason="opened_in_error", outcome="not_known")
        assert not TeamMember.objects.filter(case=case, left_on=None).exists()
        with pytest.raises(Refused, match="closed"):
            join_team(by=by, case=case, user=cast.other_family_worker, role="practitioner")
        with pytest.raises(Refused, match="closed"):
            name_lead(by=by, case=case, lead=cast.other_family_worker)


def test_the_database_itself_refuses_two_leads(cast, case, as_):
    with as_(cast.family_worker), pytest.raises(DatabaseError), transaction.atomic():
        TeamMember(
            case=case, family=case.family, user=cast.manager, role="x", is_lead=True, joined_on=case.opened_on
        ).save(force_insert=True)


def test_a_stranger_cannot_write_themselves_into_the_team_at_the_database(cast, case, as_):
    stranger = cast.other_practitioner
    with as_(stranger), pytest.raises(DatabaseError), transaction.atomic():
        TeamMember(case=case, family=case.family, user=stranger, role="x", joined_on=case.opened_on).save(
            force_insert=True
        )


def test_every_change_of_the_team_is_on_record(cast, case, as_):
    with as_(cast.family_worker):
        member = join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")
        leave_team(by=cast.family_worker, case=case, member=member)
    with as_(cast.manager):
        verbs = set(AuditEvent.objects.filter(family_id=case.family_id).values_list("verb", flat=True))
    assert {"cases.team_joined", "cases.team_left", "cases.lead_named"} <= verbs


def test_the_team_is_listed_with_the_lead_first_then_the_family(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        join_team(by=by, case=case, user=cast.other_family_worker, role="practitioner")
        jake = Person.objects.get(given_name="Jake", memberships__family=case.family)
        add_other_member(by=by, case=case, role="child_or_young_person", person=jake)
        assert [member.who for member in queries.team_of(by, case)] == ["Joanne Pickup", "Jake Ashworth", "Kofi Mensah"]
