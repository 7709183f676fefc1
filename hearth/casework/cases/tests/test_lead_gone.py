"""A lead practitioner who has left leads nothing: whoever allocates cases sees it, and their work passes on."""

import datetime as dt

import pytest

from hearth.casework.cases import queries
from hearth.casework.cases.actions import join_team, name_lead
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case, DueItem
from hearth.desk.queries import Wanted, cases
from hearth.foundation.accounts.actions import close_account, end_appointment
from hearth.foundation.core import clock


@pytest.fixture
def leave(cast, as_):
    """The lead's account is closed, or their role is ended, by their manager."""

    def do(how: str) -> None:
        with as_(cast.county_manager):
            lead = cast.family_worker
            if how == "account":
                close_account(by=cast.county_manager, person=lead)
            else:
                for held in lead.appointments_now():
                    end_appointment(by=cast.county_manager, appointment=held)

    return do


@pytest.mark.parametrize("how", ["account", "role"])
def test_a_case_whose_lead_has_left_is_among_those_that_nobody_leads(cast, case, leave, as_, how):
    with as_(cast.manager):
        assert not queries.cases_nobody_leads(cast.manager).rows
        assert not cases(cast.manager, Wanted(whose="nobody")).rows
    leave(how)
    with as_(cast.manager):
        assert [row.pk for row in queries.cases_nobody_leads(cast.manager).rows] == [case.pk]
        assert [row.reference for row in cases(cast.manager, Wanted(whose="nobody")).rows] == [case.reference]
        assert queries.case_of(cast.manager, case.reference).lead_has_left


def test_only_whoever_allocates_in_the_area_is_given_the_list(cast, case, leave, as_):
    leave("account")
    for who in (cast.other_manager, cast.health_visitor):
        with as_(who):
            assert not queries.cases_nobody_leads(who).rows


@pytest.mark.parametrize("page", ["", "team/"])
def test_the_pages_say_that_nobody_leads_and_how_to_mend_it(cast, case, leave, as_client, page):
    client, address = as_client(cast.manager), f"/cases/{case.reference}/{page}"
    assert "Nobody leads this case" not in client.get(address).content.decode()
    leave("account")
    shown = client.get(address).content.decode()
    assert "Nobody leads this case" in shown and f"/cases/{case.reference}/lead/" in shown


def test_what_waited_for_somebody_who_has_left_passes_to_the_next_lead_their_own_actions_too(cast, case, leave, as_):
    by, due_on = cast.manager, clock.today() + dt.timedelta(days=5)
    with as_(by):
        join_team(by=by, case=case, user=cast.other_family_worker, role="practitioner")
        for kind, owner in (
            ("action", cast.family_worker),
            ("review", cast.family_worker),
            ("reaching", cast.other_family_worker),
        ):
            set_due(case=case, kind=kind, what=kind, due_on=due_on, owner=owner)
    leave("account")
    with as_(by):
        name_lead(by=by, case=Case.objects.get(pk=case.pk), lead=cast.manager)
        owners = dict(DueItem.objects.filter(case=case, done_at=None).values_list("kind", "owner__full_name"))
    assert owners["action"] == owners["review"] == cast.manager.full_name
    assert owners["reaching"] == cast.other_family_worker.full_name
