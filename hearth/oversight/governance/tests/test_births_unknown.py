"""Families that retention never offers are told to information governance: by name where it may open them, else by number."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.governance.finding import find_due
from hearth.oversight.governance.queries import births_unknown
from hearth.records.people.access.actions import give_access
from hearth.records.people.restrictions.actions import place_restriction

UNKNOWN = {"born_on": None, "birth_precision": "unknown"}


def told(by: Any) -> tuple[list[str], list[tuple[str, int]]]:
    """The families named, and how many others in which district."""
    with acting_as(by):
        found = births_unknown(by)
    return [row.family.name for row in found.children], found.elsewhere


def test_governance_is_told_how_many_there_are_in_a_district_and_no_name(make: Any, cast: Any, area: Any) -> None:
    make("Known", 2015)
    make("Unwin", 1998, 1999, **UNKNOWN)
    make("Upton", 1998, **UNKNOWN)
    assert find_due() == 0
    assert told(cast.information_governance) == ([], [(area.name, 2)])
    make("Voss")
    assert told(cast.information_governance) == ([], [(area.name, 3)]), "without a child it is never due either"


def test_a_family_without_a_child_is_named_to_whoever_may_open_it(
    make: Any, cast: Any, area: Any, as_client: Any
) -> None:
    family, by = make("Voss"), cast.information_governance
    make("Known", 2015)
    with acting_as(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=by, why="added_family")
    page = as_client(by).get(reverse("births_unknown")).content.decode()
    assert reverse("add_family_member", args=[family.reference]) in page and "Known" not in page
    assert told(by) == ([], [])
    with acting_as(by, using="audit"):
        looks = AuditEvent.objects.using("audit").filter(verb="governance.births_unknown_read")
        assert {look.family_id for look in looks} == {family.id}


def test_a_family_that_it_may_open_is_named_with_the_way_to_complete_it(
    make: Any, cast: Any, area: Any, as_client: Any
) -> None:
    family, by = make("Unwin", 1998, **UNKNOWN), cast.information_governance
    make("Upton", 1998, **UNKNOWN)
    with acting_as(cast.family_worker):
        give_access(by=cast.family_worker, family=family, user=by, why="added_family")
    assert told(by) == (["Unwin"], [(area.name, 1)])
    page = as_client(by).get(reverse("births_unknown")).content.decode()
    child = family.children[0].reference
    assert reverse("change_person", args=[child]) in page and "Unwin" in page and "Upton" not in page
    with acting_as(by, using="audit"):
        looks = AuditEvent.objects.using("audit").filter(verb="governance.births_unknown_read")
        assert [look.family_id for look in looks] == [family.id]


@pytest.mark.parametrize("whom", ["family", "child"])
def test_whoever_is_restricted_is_not_counted(make: Any, cast: Any, whom: str) -> None:
    family, by = make("Unwin", 1998, **UNKNOWN), cast.information_governance
    record = family if whom == "family" else family.children[0]
    with acting_as(by):
        place_restriction(by=by, reference=record.reference, reason="A refuge.")
    assert told(by) == ([], [])


@pytest.mark.parametrize(
    "who", ["manager", "county_manager", "administrator", "analyst", "family_worker", "charity_worker"]
)
def test_nobody_else_is_told(make: Any, cast: Any, as_client: Any, who: str) -> None:
    make("Unwin", 1998, **UNKNOWN)
    by = getattr(cast, who)
    with acting_as(by), connection.cursor() as cursor:
        with pytest.raises(Refused, match="Information governance decides"):
            births_unknown(by)
        cursor.execute("select * from hearth_births_unknown('{}')")
        assert cursor.fetchall() == []
    assert as_client(by).get(reverse("births_unknown")).status_code == 403
