"""Who is restricted is in no file, whoever makes it; and a file made before is not to be had any more."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from hearth.casework.front_door.models import RequestPerson
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import match_person
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.performance.exports.actions import hand_over_export
from hearth.oversight.performance.exports.tests import standard
from hearth.records.people.actions import join_family
from hearth.records.people.facts.actions import move_home
from hearth.records.people.links.actions import link_people
from hearth.records.people.models import Restriction
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction

KINDS = ("annex_a", "ssd", "families")


def _restrict(cast: Any, reference: str) -> None:
    """Restricted, with information governance itself on the list."""
    by = cast.information_governance
    with acting_as(by):
        restriction = place_restriction(by=by, reference=reference, reason="A refuge.")
        grant_restricted_access(
            by=by, restriction=restriction, reference=reference, user=cast.analyst, reason="They look after it.",
            until_on=clock.today() + dt.timedelta(days=9),
        )  # fmt: skip


def _everything(export_of: Any, by: Any = None) -> str:
    said = []
    for kind in KINDS:
        made = export_of(kind, by=by)
        said.append(made.export.statement)
        if kind == "ssd":
            with zipfile.ZipFile(io.BytesIO(made.content)) as packed:
                said += [packed.read(name).decode() for name in packed.namelist()]
        else:
            said.append(repr(standard.opened(made.content)))
    return " ".join(said)


@pytest.mark.parametrize("whom", ["child", "family"])
def test_nobody_restricted_is_in_any_file_even_of_somebody_on_the_list(
    told: Any, export_of: Any, cast: Any, whom: str
) -> None:
    story, open_one = told("Hidden", given_name="Quentin"), told("Shown")
    story.begins_assessment(20)
    story.steps_up(5)
    before = _everything(export_of, cast.analyst)
    assert story.child.reference in before
    _restrict(cast, getattr(story, whom).reference)
    after = _everything(export_of, cast.analyst)
    for word in (
        story.child.reference,
        "Quentin",
        *((story.family.reference, story.case.reference) if whom == "family" else ()),
    ):
        assert word in before
        assert word not in after
    assert open_one.child.reference in after


def test_a_record_linked_to_somebody_restricted_is_in_no_file_either(told: Any, export_of: Any, cast: Any) -> None:
    hidden, other = told("Hidden"), told("Same", given_name="Quentin")
    _restrict(cast, hidden.child.reference)
    assert other.child.reference in _everything(export_of)
    _link(cast, hidden, other)
    assert other.child.reference not in _everything(export_of)


def test_a_child_of_two_homes_of_which_one_is_restricted_is_in_no_file(told: Any, export_of: Any, cast: Any) -> None:
    refuge, fathers = told("Refuge"), told("Father")
    brother = fathers.another_child()
    with acting_as(fathers.by):
        join_family(by=fathers.by, family=refuge.family, person=fathers.child, role="child", lives_here=True)
        move_home(by=fathers.by, people=[fathers.child], address="9 Hidden Lane", postcode="BB11 1AA", only_home=False)
    assert "9 Hidden Lane" in _everything(export_of)
    _restrict(cast, refuge.family.reference)
    said = _everything(export_of)
    assert "9 Hidden Lane" not in said
    assert fathers.child.reference not in said
    assert brother.reference in said


def _link(cast: Any, one: Any, other: Any) -> None:
    by = cast.front_door_officer
    with acting_as(cast.information_governance):
        restriction = Restriction.objects.get(person=one.child)
        grant_restricted_access(
            by=cast.information_governance, restriction=restriction, reference=one.child.reference, user=by, reason="To link.",
            until_on=clock.today() + dt.timedelta(days=9),
        )  # fmt: skip
    with acting_as(by):
        link_people(by=by, person=one.child, other=other.child, why="The same birth certificate")


def test_a_request_that_names_somebody_who_turned_out_to_be_restricted_has_no_row(
    told: Any, export_of: Any, cast: Any, area: Any
) -> None:
    story = told()
    request = asking(cast, area)()
    by = cast.front_door_officer
    with acting_as(by):
        typed = RequestPerson.objects.get(request=request, role="child")
        match_person(by=by, request=request, typed=typed, person=story.child)
    assert [row["Child Unique ID"] for row in export_of().rows("List 1")] == [story.child.reference]
    _restrict(cast, story.child.reference)
    assert export_of().rows("List 1") == []


def test_a_file_made_before_somebody_was_restricted_is_not_to_be_had(
    told: Any, export_of: Any, cast: Any, as_client: Any
) -> None:
    story = told()
    made = export_of()
    client = as_client(cast.information_governance)
    page = f"/exports/{made.export.reference}/"
    assert story.child.reference in client.get(page + "?only=").content.decode() or made.export.gaps == []
    assert client.post(page + "download/").status_code == 200
    _restrict(cast, story.family.reference)
    assert client.post(page + "download/").status_code == 403
    seen = client.get(page).content.decode()
    assert "A record was restricted after this file was made" in seen
    assert story.child.reference not in seen
    by = cast.information_governance
    with acting_as(by), pytest.raises(Refused, match="restricted after"):
        hand_over_export(by=by, export=made.export, to_whom="Ofsted", how="portal", handed_on=clock.today())
