"""Why help was asked for, read by whoever works with the family that came of it, and by nobody who is kept from it."""

from typing import Any

from hearth.casework.cases.actions import join_team
from hearth.casework.cases.models import Case, TeamMember
from hearth.casework.front_door.models import Request, RequestPerson
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import write_note
from hearth.casework.front_door.triage.models import Decision, Note
from hearth.desk.deciding import actions
from hearth.desk.deciding.tests.test_accepting import WORDS, all_new
from hearth.foundation.core import clock
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction
from hearth.records.sharing.actions import record_consent


def accepted(area: Any, cast: Any, as_: Any) -> tuple[Request, Case]:
    """A request with a note of the front door, and the case that came of it, led by `family_worker`."""
    made, by = asking(cast, area)(consent_on=clock.today()), cast.front_door_officer
    with as_(by):
        write_note(by=by, request=made, words="Rang the school.")
        all_new(by, made)
        return made, actions.accept_request(by=by, request=made, **WORDS, lead=cast.family_worker)


def read_by(who: Any, made: Request, as_: Any) -> tuple[bool, set[str]]:
    """Whether they read the request, and the names on it; by the policy, and the same by `visible_to`."""
    with as_(who):
        there = Request.objects.filter(pk=made.pk).exists()
        names = {row.full_name for row in RequestPerson.objects.filter(request_id=made.pk)}
        assert Request.objects.visible_to(who).filter(pk=made.pk).exists() == there
        assert {row.full_name for row in RequestPerson.objects.visible_to(who).filter(request_id=made.pk)} == names
        return there, names


def test_the_lead_and_the_team_read_it_and_not_what_the_front_door_wrote_for_itself(
    area: Any,
    cast: Any,
    as_: Any,
) -> None:
    made, case = accepted(area, cast, as_)
    everybody = {"Kelly Marsden", "Leo Marsden"}
    assert read_by(cast.family_worker, made, as_) == (True, everybody)
    assert read_by(cast.other_family_worker, made, as_) == (False, set())
    with as_(cast.family_worker):
        assert not Note.objects.filter(request=made).exists() and not Decision.objects.filter(request=made).exists()
        join_team(by=cast.family_worker, case=case, user=cast.other_family_worker, role="practitioner")
    assert read_by(cast.other_family_worker, made, as_) == (True, everybody)


def test_a_partner_reads_it_once_what_they_may_see_covers_the_assessment(
    area: Any,
    cast: Any,
    as_: Any,
) -> None:
    made, case = accepted(area, cast, as_)
    by, partner = cast.family_worker, cast.charity_worker
    for categories, reads in ((["basic"], False), (["basic", "assessment"], True)):
        with as_(by):
            record_consent(
                by=by, family=case.family, organisations=[partner.organisation], who_decided="parent",
                recorded_how="spoken", people=list(Person.objects.filter(memberships__family=case.family)),
                decider_name="Kelly Marsden", categories=categories,
            )  # fmt: skip
            if not TeamMember.objects.filter(case=case, user=partner, left_on=None).exists():
                join_team(by=by, case=case, user=partner, role="practitioner")
        assert read_by(partner, made, as_)[0] is reads, categories


def test_a_name_that_turned_out_to_be_somebody_restricted_is_read_by_nobody_who_is_kept_from_them(
    area: Any,
    cast: Any,
    as_: Any,
) -> None:
    made, case = accepted(area, cast, as_)
    with as_(cast.family_worker):
        leo = Person.objects.get(memberships__family=case.family, given_name="Leo")
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=leo.reference, reason="A refuge.")
    for key in ("family_worker", "front_door_officer", "practitioner"):
        assert read_by(getattr(cast, key), made, as_)[1] == {"Kelly Marsden"}, key
