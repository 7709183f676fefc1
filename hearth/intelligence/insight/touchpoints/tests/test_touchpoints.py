"""How a child's touchpoints stand: from a partner's file through a link run and a run of the rules to what each reader sees."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from hearth.foundation.core.pack import load_pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.tests.packs import PACKS, PRACTICE
from hearth.intelligence.insight.erasing import forget_concern
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.touchpoints.faults import faults
from hearth.intelligence.insight.touchpoints.models import TouchpointFact
from hearth.intelligence.insight.touchpoints.queries import children_of
from hearth.intelligence.insight.touchpoints.showing import RESTRICTED
from hearth.intelligence.insight.touchpoints.tests.conftest import BORN, DAYS, EIGHT_WEEKS, NHS, ON_TIME, TODAY, visits
from hearth.intelligence.matching.erasing import forget_person
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person
from hearth.records.people.models import Access
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction

Call = Callable[..., Any]
ALL = {"new-birth-visit", "six-week-review", "one-year-review", "two-year-review"}


def test_what_was_done_missed_and_due_is_by_rows_that_say_so(sent: Any, stands: Call, said: Call, cast: Any) -> None:
    assert said(cast.family_worker) == {
        "new-birth-visit": "Done",
        "six-week-review": "Missed",
        "one-year-review": "Due",
        "two-year-review": "Not yet",
    }
    found = stands(cast.family_worker)
    assert cast.analyst.organisation.name in found["new-birth-visit"].note
    assert "its time was over" in found["six-week-review"].note
    assert found["hearing-screen"].standing.value == "Not known" and "No feed tells" in found["hearing-screen"].note


def test_where_nothing_is_held_nothing_is_missed(una: Any, stands: Call, said: Call, cast: Any) -> None:
    words = said(cast.family_worker)
    assert words == {code: "Not yet" if code == "two-year-review" else "Not known" for code in ALL}
    assert "nobody has sent it" in stands(cast.family_worker)["six-week-review"].note


def test_a_child_of_whom_a_file_has_no_row_is_not_known_and_never_missed(
    una: Any, held: Call, worked_out: Call, stands: Call, said: Call, cast: Any
) -> None:
    held("health_visits", visits(("six_to_eight_weeks", EIGHT_WEEKS, None), number="9434765919"))
    worked_out()
    assert "Missed" not in said(cast.family_worker).values()
    assert "says nothing of it" in stands(cast.family_worker)["six-week-review"].note


def test_a_file_older_than_the_end_of_a_touchpoints_time_says_that_nobody_knows(
    una: Any, held: Call, worked_out: Call, stands: Call, cast: Any
) -> None:
    until = BORN + dt.timedelta(weeks=8)
    day = until - dt.timedelta(days=3)
    older = {"covers_from": TODAY - dt.timedelta(days=900), "covers_until": day, "as_at": day}
    held("health_visits", visits(("six_to_eight_weeks", EIGHT_WEEKS, None)), **older)
    worked_out()
    found = stands(cast.family_worker)["six-week-review"]
    assert found.standing.value == "Not known" and "older than the end of its time" in found.note


def test_until_a_run_has_read_the_file_it_is_not_searched(una: Any, held: Call, stands: Call, cast: Any) -> None:
    held("health_visits", visits(("six_to_eight_weeks", EIGHT_WEEKS, None)))
    found = stands(cast.family_worker)["six-week-review"]
    assert found.standing.value == "Not known" and "not searched" in found.note


def test_whoever_may_not_open_the_family_sees_nothing_and_nobody_writes(sent: Any, cast: Any, stands: Call) -> None:
    for who in ("other_family_worker", "other_manager", "elected_member", "administrator", "police_officer", "analyst"):
        reader = getattr(cast, who)
        with acting_as(reader):
            assert not TouchpointFact.objects.exists(), who
        assert stands(reader) == {}, who
    with acting_as(cast.family_worker):
        assert TouchpointFact.objects.count() == 3
        assert TouchpointFact.objects.update(met_on=TODAY) == 0
        assert TouchpointFact.objects.all().delete()[0] == 0
    with pytest.raises(ProgrammingError), acting_as(cast.family_worker):
        TouchpointFact(person=sent, organisation=cast.analyst.organisation, as_at=TODAY, content_hash="x").save(
            force_insert=True
        )


def test_a_partner_is_shown_what_their_own_agreement_and_the_familys_consent_cover(
    sent: Any, family: Any, cast: Any, said: Call, stands: Call, agreed: Call
) -> None:
    partner = cast.practitioner
    with acting_as(cast.family_worker):
        give_access(
            by=cast.family_worker, family=family, user=partner, why="team_member", categories=["basic", "health"]
        )
    assert said(partner)["six-week-review"] == "Not known", "no agreement with their own organisation"
    assert "not permitted" in stands(partner)["six-week-review"].note
    agreed(partner.organisation, "health")
    assert said(partner)["six-week-review"] == "Missed"
    with acting_as(cast.family_worker):
        Access.objects.filter(user=partner, family=family).update(categories=["basic"])
    assert said(partner)["six-week-review"] == "Not known", "consent leaves health out"
    with acting_as(partner):
        assert not TouchpointFact.objects.exists(), "by policy too"


def test_whoever_is_restricted_is_in_it_no_more_at_once_and_in_no_later_run(
    sent: Any, family: Any, cast: Any, stands: Call, worked_out: Call
) -> None:
    by = cast.information_governance
    with acting_as(by):
        row = place_restriction(by=by, reference=family.reference, reason="A test")
        grant_restricted_access(
            by=by, restriction=row, reference=family.reference, user=cast.family_worker, reason="Works with them",
            until_on=TODAY + dt.timedelta(days=9),
        )  # fmt: skip
    found = stands(cast.family_worker)
    assert {found[code].standing.value for code in ALL - {"two-year-review"}} == {"Not known"}
    assert RESTRICTED in found["six-week-review"].note
    with acting_as(cast.family_worker):
        assert not TouchpointFact.objects.exists()
    worked_out()
    assert _all() == 0, "nothing is written of them"


def test_a_run_writes_only_what_is_new_and_takes_out_what_is_no_longer_said(
    sent: Any, cast: Any, held: Call, worked_out: Call, said: Call
) -> None:
    def keys() -> dict[str, Any]:
        with acting_as(cast.family_worker):
            return dict(TouchpointFact.objects.values_list("touchpoint", "pk"))

    before = keys()
    held("health_visits", visits(("new_birth", ON_TIME, ON_TIME), ("six_to_eight_weeks", EIGHT_WEEKS, EIGHT_WEEKS)))
    worked_out()
    after = keys()
    assert set(after) == {"new-birth-visit", "six-week-review"}
    assert (
        before["new-birth-visit"] == after["new-birth-visit"] and before["six-week-review"] != after["six-week-review"]
    )
    assert said(cast.family_worker)["six-week-review"] == "Done"


def test_somebody_erased_from_feeds_is_out_of_it_at_once(sent: Any, cast: Any, said: Call) -> None:
    by = cast.information_governance
    with acting_as(by):
        forget_person(by=by, scheme="nhs_number", value=NHS, why="They asked")
        forget_concern(by=by, scheme="nhs_number", value=NHS, why="They asked")
    assert _all() == 0 and "Missed" not in said(cast.family_worker).values()


def test_a_look_is_on_record_with_the_child_it_was_at(
    sent: Any, family: Any, cast: Any, stands: Call, kept_of: Call
) -> None:
    stands(cast.family_worker)
    (look,) = [each for each in kept_of(cast.family_worker) if each.verb == "insight.touchpoints_opened"]
    assert (look.family_id, look.kind, look.detail) == (family.pk, "looked", {"child": sent.reference})


def test_children_are_those_of_the_pathways_age_who_live_the_unborn_first(una: Any, family: Any, cast: Any) -> None:
    by = cast.family_worker
    with acting_as(by):
        add_person(
            by=by, family=family, role="child", given_name="", family_name="Ashworth",
            born_on=TODAY + dt.timedelta(days=60), birth_precision="expected",
        )  # fmt: skip
        add_person(
            by=by, family=family, role="child", given_name="Gone", family_name="Ashworth", born_on=dt.date(2024, 1, 1),
            birth_precision="full", died_on=dt.date(2024, 2, 1),
        )  # fmt: skip
        found = children_of(by, family)
    names = [each.person.given_name for each in found]
    assert found[0].is_due and "Gone" not in names and "Kelly" not in names
    assert names[1] == "Una" and {"Jake", "Mia"} <= set(names)


def test_it_asks_as_often_of_many_rows_as_of_few(
    sent: Any, cast: Any, stands: Call, held: Call, worked_out: Call
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            stands(cast.family_worker)
        return len(queries)

    few = asked()
    held("health_visits", visits(*(("one_year", DAYS[0] + dt.timedelta(days=day), None) for day in range(40))))
    worked_out()
    assert asked() == few <= 16


@pytest.mark.parametrize("name", PACKS)
def test_what_a_pathway_asks_of_feeds_is_there(name: str) -> None:
    assert faults(load_pack(PRACTICE / name)) == []


def test_what_a_pathway_asks_of_feeds_and_is_not_there_is_told_by_file_and_key() -> None:
    pack = load_pack(PRACTICE / "lancashire")
    pathway = pack.pathways[0]
    point = next(each for each in pathway.touchpoints if each.code == "new-birth-visit")
    number = pathway.touchpoints.index(point) + 1

    def told(**changed: Any) -> list[str]:
        evidence = point.evidence.model_copy(update=changed)
        points = [
            each.model_copy(update={"evidence": evidence}) if each == point else each for each in pathway.touchpoints
        ]
        return faults(
            pack.model_copy(update={"pathways": (pathway.model_copy(update={"touchpoints": tuple(points)}),)})
        )

    where = f"pathway-early-years.toml: touchpoint[{number}].evidence (new-birth-visit)"
    assert told(feed="health")[0].startswith(f"{where}: there is no feed health; those known are ")
    assert told(met_on="seen")[0].startswith(f"{where}: health_visits has no column seen: it has ")
    assert told(where={"contact": ("newbirth",)}) == [
        f'{where}: contact of health_visits is never "newbirth": it is antenatal, new_birth, six_to_eight_weeks, one_year, '
        "two_to_two_and_a_half"
    ]
    assert told(due_on="contact") == [f"{where}: contact of health_visits is no day"]


def _all() -> int:
    """How many there are, whoever they are about: as the identity that works them out."""
    with acting_as(INSIGHT):
        return TouchpointFact.objects.count()
