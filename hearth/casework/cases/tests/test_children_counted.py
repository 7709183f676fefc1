"""An open case says how many children its family has now; nobody restricted is in the figure."""

import datetime as dt
from typing import Any

from hearth.casework.cases.actions import close_case, open_case
from hearth.casework.cases.models import Case, CaseEvent
from hearth.foundation.core import clock
from hearth.records.people.actions import add_person, end_membership
from hearth.records.people.models import Membership, Person
from hearth.records.people.restrictions.actions import lift_restriction, place_restriction


def _children(case: Any) -> int:
    return Case.objects.values_list("children_count", flat=True).get(pk=case.pk)


def _add(by: Any, family: Any, role: str, name: str) -> Any:
    return add_person(
        by=by, family=family, role=role, given_name=name, family_name="Ashworth", born_on=dt.date(2019, 5, 4)
    )


def test_children_who_come_and_go_are_counted_whoever_writes_it_down(cast, case, as_):
    by = cast.front_door_officer
    with as_(by):
        assert _children(case) == 2
        child = _add(by, case.family, "child", "Noah")
        assert _children(case) == 3
        _add(by, case.family, "grandparent", "Ruth")
        assert _children(case) == 3
        end_membership(
            by=by, membership=Membership.objects.get(person=child, family=case.family), until_on=clock.today()
        )
        assert _children(case) == 2


def test_who_has_died_is_counted_no_more(cast, case, as_):
    with as_(cast.family_worker):
        child = Person.objects.filter(memberships__family=case.family, memberships__role="child").first()
        child.died_on = clock.today()
        child.save(update_fields=["died_on"])
        assert _children(case) == 1


def test_a_restricted_child_is_in_nobodys_figure(cast, case, as_):
    governor = cast.information_governance
    with as_(cast.family_worker):
        child = Person.objects.filter(memberships__family=case.family, memberships__role="child").first()
    with as_(governor):
        restriction = place_restriction(by=governor, reference=child.reference, reason="A danger to life.")
    with as_(cast.family_worker):
        assert _children(case) == 1
    with as_(governor):
        lift_restriction(by=governor, restriction=restriction, reference=child.reference, reason="It is over.")
    with as_(cast.family_worker):
        assert _children(case) == 2


def test_a_closed_case_keeps_what_it_had_and_the_next_one_begins_with_what_is_true(cast, case, as_):
    by = cast.family_worker
    with as_(by):
        close_case(by=by, case=case, reason="outcomes_met", outcome="most_met", family_view="Calm now.")
        _add(by, case.family, "child", "Noah")
        following = open_case(by=by, family=case.family)
        assert (_children(case), _children(following)) == (2, 3)


def test_a_figure_that_follows_is_no_change_of_the_case(cast, case, as_):
    with as_(cast.family_worker):
        before = CaseEvent.objects.filter(pgh_obj=case.pk).count()
        _add(cast.family_worker, case.family, "child", "Noah")
        assert CaseEvent.objects.filter(pgh_obj=case.pk).count() == before
        assert Case.objects.get(pk=case.pk).version == case.version
