"""Access is data: what the rows say is what each person can open, through the product and straight at the database."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from hearth.casework.cases.actions import close_case, join_team, leave_team, open_case
from hearth.casework.cases.models import Case, TeamMember
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as, read_as
from hearth.foundation.core.refusals import Refused
from hearth.records.people.access.actions import move_area_access
from hearth.records.people.access.queries import who_can_open
from hearth.records.people.models import Access, Family, Person

EVERYBODY = [
    "practitioner",
    "colleague",
    "other_practitioner",
    "health_visitor",
    "police_officer",
    "family_worker",
    "other_family_worker",
    "front_door_officer",
    "other_front_door_officer",
    "safeguarding_hub_social_worker",
    "manager",
    "county_manager",
    "other_manager",
    "charity_manager",
    "commissioner",
    "provider",
    "analyst",
    "board_member",
    "elected_member",
    "administrator",
    "information_governance",
    "strategic_lead",
    "development_officer",
]
MAY_OPEN = {"family_worker", "front_door_officer", "manager", "county_manager", "development_officer"}


@pytest.mark.parametrize("who", EVERYBODY)
def test_an_open_family_is_seen_by_its_worker_and_its_areas_own_roles_and_by_nobody_else(
    who: str, cast: Any, family: Any
) -> None:
    user = getattr(cast, who)
    with acting_as(user):
        bare = Family.objects.filter(pk=family.pk).exists()
        asked = Family.objects.visible_to(user).filter(pk=family.pk).exists()
        people = Person.objects.filter(memberships__family=family).count()
    assert (bare, asked, people > 0) == (who in MAY_OPEN,) * 3


def test_nobody_can_open_a_family_to_themselves(cast: Any, family: Any) -> None:
    for who in ("practitioner", "other_front_door_officer", "administrator", "other_manager"):
        user = getattr(cast, who)
        with pytest.raises(ProgrammingError), acting_as(user), transaction.atomic():
            Access(family=family, user=user, why="added_family", from_at=clock.now()).save(force_insert=True)


def test_nobody_can_give_themselves_a_role(cast: Any, area: Any) -> None:
    for who in ("practitioner", "front_door_officer", "analyst", "information_governance"):
        user = getattr(cast, who)
        with pytest.raises(ProgrammingError), acting_as(user), transaction.atomic():
            Appointment(user=user, role="manager", area=area).save(force_insert=True)


def test_somebody_deactivated_sees_nothing(cast: Any, family: Any) -> None:
    worker = cast.family_worker
    with acting_as(cast.manager):
        type(worker).objects.filter(pk=worker.pk).update(is_active=False)
    with acting_as(worker):
        assert not Family.objects.filter(pk=family.pk).exists()


def test_access_ends_on_its_last_moment(cast: Any, family: Any) -> None:
    officer = cast.other_front_door_officer
    with acting_as(cast.family_worker):
        for until in (clock.now() - dt.timedelta(seconds=1), clock.now() + dt.timedelta(hours=1)):
            Access(
                family=family, user=officer, why="step_up", from_at=clock.now() - dt.timedelta(days=1), until_at=until
            ).save()
            with acting_as(officer):
                assert Family.objects.filter(pk=family.pk).exists() is (until > clock.now())


def test_a_colleague_of_the_authority_joins_and_leaves_a_team(cast: Any, case: Any) -> None:
    colleague = cast.other_family_worker
    with acting_as(cast.family_worker):
        member = join_team(by=cast.family_worker, case=case, user=colleague, role="support")
    with acting_as(colleague):
        assert Case.objects.visible_to(colleague).get() == case
    with acting_as(cast.family_worker):
        leave_team(by=cast.family_worker, case=case, member=member)
    with acting_as(colleague):
        assert not Case.objects.exists()


def test_a_partner_is_not_let_in_without_a_basis_and_the_sentence_says_what_is_missing(cast: Any, case: Any) -> None:
    with acting_as(cast.family_worker), pytest.raises(Refused) as refused:
        join_team(by=cast.family_worker, case=case, user=cast.health_visitor, role="health")
    assert "agreed" in str(refused.value).lower() and "agreement" in str(refused.value).lower()
    with acting_as(cast.health_visitor):
        assert not Case.objects.exists()


def test_closing_leaves_the_area_and_the_lead_a_dated_row_and_nobody_else(cast: Any, case: Any) -> None:
    with acting_as(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="support")
        close_case(by=cast.family_worker, case=case, reason="outcomes_met", outcome="all_met", family_view="It helped.")
    expected = {
        "family_worker": 1,
        "front_door_officer": 1,
        "manager": 1,
        "other_family_worker": 0,
        "development_officer": 0,
        "other_manager": 0,
    }
    for who, count in expected.items():
        with acting_as(getattr(cast, who)):
            assert Case.objects.filter(pk=case.pk).count() == count, who
    with acting_as(cast.manager):
        assert all(row.until_at is not None for row in who_can_open(cast.manager, case.family))


def test_a_family_that_moves_is_seen_by_the_new_area_and_not_by_the_old(
    cast: Any, family: Any, other_area: Any
) -> None:
    with acting_as(cast.front_door_officer):
        move_area_access(by=cast.front_door_officer, family=family, area=other_area)
    for who, sees in {
        "manager": False,
        "other_manager": True,
        "county_manager": True,
        "front_door_officer": True,
    }.items():
        with acting_as(getattr(cast, who)):
            assert Family.objects.filter(pk=family.pk).exists() is sees, who


def test_the_area_columns_of_a_family_say_what_its_live_area_row_says(cast: Any, case: Any, other_area: Any) -> None:
    family = case.family
    with acting_as(cast.front_door_officer):
        move_area_access(by=cast.front_door_officer, family=family, area=other_area)
        row = Access.objects.get(family=family, ended_at=None, area__isnull=False)
        family = Family.objects.get(pk=family.pk)
        assert (row.area_id, row.area_permission, row.until_at) == (
            family.area_id,
            family.area_permission,
            family.area_until,
        )


def test_there_is_one_lead_practitioner_and_one_open_case(cast: Any, case: Any) -> None:
    with acting_as(cast.family_worker):
        assert TeamMember.objects.filter(case=case, is_lead=True, left_on=None).count() == 1
        with pytest.raises(Refused):
            open_case(by=cast.family_worker, family=case.family)


def test_the_audit_trail_cannot_be_changed_by_anybody(cast: Any, family: Any) -> None:
    read_as(cast.manager)
    event = AuditEvent.objects.filter(family_id=family.pk).first()
    assert event is not None
    for sql in ("update audit_auditevent set verb = 'x'", "delete from audit_auditevent"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
