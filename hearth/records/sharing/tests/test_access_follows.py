"""Access that rests on consent, an exception or an agreement ends with it, at once and everywhere."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.db.utils import Error

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Access, Family
from hearth.records.sharing.actions import end_exception, record_exception, withdraw_consent
from hearth.records.sharing.agreements.actions import end_agreement
from hearth.records.sharing.models import Consent
from hearth.records.sharing.tests.conftest import sees


def test_withdrawing_consent_ends_the_access_of_that_organisations_people_and_of_nobody_else(
    cast, family, school, trust, kelly, agree, join, as_
):
    given = agree(family, school, kelly)
    agree(family, trust, kelly)
    for user in (cast.practitioner, cast.colleague, cast.health_visitor):
        join(user)
    with as_(cast.family_worker):
        withdraw_consent(by=cast.family_worker, family=family, consents=given, why="She changed her mind.")
    assert not sees(cast.practitioner, family, as_)
    assert not sees(cast.colleague, family, as_)
    assert sees(cast.health_visitor, family, as_)
    assert sees(cast.family_worker, family, as_)


def test_the_partner_who_records_the_withdrawal_loses_their_own_access_and_it_is_on_record(
    cast, family, school, kelly, agree, join, as_
):
    given = agree(family, school, kelly)
    join(cast.practitioner)
    with as_(cast.practitioner):
        withdraw_consent(by=cast.practitioner, family=family, consents=given)
    assert not sees(cast.practitioner, family, as_)
    with as_(cast.manager):
        verbs = set(AuditEvent.objects.filter(family_id=family.id).values_list("verb", flat=True))
    assert {"sharing.consent_withdrawn", "people.access_ended"} <= verbs


def test_when_an_agreement_still_holds_the_access_goes_on_with_what_the_agreement_covers(
    cast, family, school, kelly, agree, agreed, join, as_
):
    agreement, given = agreed(school), agree(family, school, kelly)
    row = join(cast.practitioner)
    with as_(cast.family_worker):
        withdraw_consent(by=cast.family_worker, family=family, consents=given)
        row.refresh_from_db()
    assert sees(cast.practitioner, family, as_)
    assert sorted(row.categories) == ["assessment", "basic"]
    assert clock.in_london(row.until_at).date() == agreement.until_on + dt.timedelta(days=1)


def test_a_narrower_consent_narrows_the_access_that_is_held(cast, family, school, kelly, agree, join, as_):
    agree(family, school, kelly, categories=["basic", "plan", "notes"])
    row = join(cast.practitioner)
    agree(family, school, kelly, categories=["basic"])
    with as_(cast.family_worker):
        row.refresh_from_db()
    assert row.categories == ["basic"]


def test_a_refusal_by_the_other_parent_stops_access_until_it_is_settled(
    cast, family, school, kelly, jake, agree, join, as_
):
    agree(family, school, kelly)
    join(cast.practitioner)
    agree(family, school, None, decider_name="Dean Ashworth", people=[jake], decision="refused")
    assert not sees(cast.practitioner, family, as_)


def test_an_ended_exception_takes_its_access_with_it(cast, family, school, join, as_):
    with as_(cast.family_worker):
        exception = record_exception(
            by=cast.family_worker, family=family, organisation=school, ground="significant_harm", reason="Feared tonight.",
            categories=["basic"], until_on=clock.today() + dt.timedelta(days=7), family_told=True,
        )  # fmt: skip
    join(cast.practitioner)
    with as_(cast.family_worker):
        end_exception(by=cast.family_worker, family=family, exception=exception, why="The danger has passed.")
    assert not sees(cast.practitioner, family, as_)


def test_ending_an_agreement_ends_access_in_every_family_by_somebody_who_may_open_none(
    cast, family, area, school, kelly, agreed, agree, join, as_
):
    agreement = agreed(school)
    with as_(cast.family_worker):
        other = open_family(by=cast.family_worker, name="Birtwistle", area=area)
        anna = add_person(
            by=cast.family_worker, family=other, role="parent", given_name="Anna", family_name="Birtwistle"
        )
    join(cast.practitioner)
    join(cast.practitioner, family=other)
    agree(other, school, anna, who_decided="adult", categories=["basic"])
    with as_(cast.information_governance):
        assert not Family.objects.exists()
        end_agreement(by=cast.information_governance, agreement=agreement, why="The school left the partnership.")
    assert not sees(cast.practitioner, family, as_)
    assert sees(cast.practitioner, other, as_), "that family agreed for itself"
    with as_(cast.manager):
        assert AuditEvent.objects.filter(family_id=family.id, verb="people.access_ended").count() == 1
        ended = Access.objects.get(family=family, user=cast.practitioner)
        assert ended.ended_at is not None


def test_a_team_of_a_partner_loses_the_family_with_the_agreement(cast, family, agreed, as_):
    charity, team = cast.charity_manager.organisation, cast.charity_manager.appointments_now()[0].team
    agreement = agreed(charity)
    with as_(cast.family_worker):
        give_access(by=cast.family_worker, family=family, team=team, why="manager_of_team")
    assert sees(cast.charity_manager, family, as_)
    with as_(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreement, why="Over.")
    assert not sees(cast.charity_manager, family, as_)


def test_an_agreement_that_runs_out_closes_what_it_opened_without_anybody_doing_anything(
    cast, family, school, agreed, join, as_
):
    agreed(school, until_on=clock.today())
    row = join(cast.practitioner)
    assert row.until_at == dt.datetime.combine(clock.today() + dt.timedelta(days=1), dt.time(), clock.LONDON)


@pytest.mark.parametrize("role", ["practitioner", "manager", "administrator", "front_door_officer"])
def test_nobody_but_information_governance_writes_or_ends_an_agreement(cast, school, agreed, as_, role):
    agreement, user = agreed(school), getattr(cast, role)
    with as_(user), pytest.raises(Refused, match="Information governance"):
        end_agreement(by=user, agreement=agreement, why="I say so.")
    with as_(user), connection.cursor() as cursor:
        cursor.execute("update sharing_agreement set until_on = '2099-01-01'")
        assert cursor.rowcount == 0, "the database says so too"


def test_somebody_elsewhere_cannot_use_the_database_to_end_a_familys_access(cast, family, school, agreed, join, as_):
    agreed(school)
    join(cast.practitioner)
    with as_(cast.other_family_worker), connection.cursor() as cursor:
        cursor.execute(
            "select * from hearth_realign(%s, %s, %s)", [school.id, family.id, clock.today() + dt.timedelta(days=900)]
        )
        assert cursor.fetchall() == []
    assert sees(cast.practitioner, family, as_)


def test_consent_is_not_there_for_those_who_may_not_open_the_family_and_cannot_be_written_by_them(
    cast, family, school, kelly, agree, as_
):

    [row, *_] = agree(family, school, kelly)
    with as_(cast.other_family_worker):
        assert not Consent.objects.exists()
        row.id, row.reference = None, "CO-3333333"
        row._state.adding = True
        row.id = Consent().id
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
