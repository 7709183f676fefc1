"""Attendance gives a certificate, a role needs competences, and who sees whose."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.workforce.attendance.actions import record_attendance
from hearth.oversight.quality.workforce.competence import queries
from hearth.oversight.quality.workforce.competence.actions import record_training, withdraw_training
from hearth.oversight.quality.workforce.competence.lasting import last_day
from hearth.oversight.quality.workforce.courses.queries import run_of
from hearth.oversight.quality.workforce.models import TrainingRecord
from hearth.oversight.quality.workforce.tests.conftest import book, place, refused


def attend(by: Any, run: Any, *people: Any) -> None:
    """Whoever organised a run says who was there, the day after it."""
    with clock.frozen(run.held_on + dt.timedelta(days=1)), acting_as(by):
        record_attendance(by=by, run=run_of(by, run.reference), attended={each.id for each in people})


def stands(reader: Any, person: Any) -> dict[str, str]:
    """How somebody stands with what they need, as a reader sees it."""
    with acting_as(reader):
        return {each.competence.code: each.state for each in queries.standings_of(reader, person) if each.needed}


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        (dt.date(2024, 3, 10), 36, dt.date(2027, 3, 9)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 27)),
        (dt.date(2024, 8, 31), 6, dt.date(2025, 2, 27)),
        (dt.date(2024, 12, 31), 1, dt.date(2025, 1, 30)),
        (dt.date(2024, 3, 10), None, None),
    ],
)
def test_a_certificate_lasts_until_the_day_before_the_same_day(on: dt.date, months: Any, until: Any) -> None:
    assert last_day(on, months) == until


def test_every_role_that_a_pack_names_is_a_role() -> None:
    assert {need.role for need in pack().workforce.needs} <= set(ROLES)


def test_whoever_organised_it_says_who_was_there_and_whoever_was_holds_it(cast: Any, planned: Any) -> None:
    run, officer = planned(seats=3), cast.development_officer
    for who in ("health_visitor", "police_officer", "practitioner"):
        book(getattr(cast, who), run)
    with acting_as(officer), refused("workforce.not_begun"):
        record_attendance(by=officer, run=run, attended=[])
    with clock.frozen(run.held_on + dt.timedelta(days=1)), acting_as(cast.manager), refused("workforce.not_organiser"):
        record_attendance(by=cast.manager, run=run, attended=[])
    attend(officer, run, cast.health_visitor, cast.police_officer)
    assert [place(getattr(cast, who), run).state for who in ("health_visitor", "practitioner")] == [
        "attended",
        "absent",
    ]
    with acting_as(cast.health_visitor):
        (held,) = TrainingRecord.objects.visible_to(cast.health_visitor)
    assert (held.competence, held.trained_on, held.until_on) == ("safeguarding", run.held_on, last_day(run.held_on, 36))
    assert stands(cast.health_visitor, cast.health_visitor)["safeguarding"] == "held"
    assert stands(cast.practitioner, cast.practitioner)["safeguarding"] == "missing"


def test_who_was_there_is_corrected_and_the_certificate_goes_with_it(cast: Any, planned: Any) -> None:
    run, officer = planned(), cast.development_officer
    book(cast.health_visitor, run)
    attend(officer, run, cast.health_visitor)
    attend(officer, run, cast.health_visitor)
    with acting_as(cast.health_visitor):
        assert TrainingRecord.objects.count() == 1, "said again, it is the same certificate"
    attend(officer, run)
    assert stands(cast.health_visitor, cast.health_visitor)["safeguarding"] == "missing"
    attend(officer, run, cast.health_visitor)
    assert stands(cast.health_visitor, cast.health_visitor)["safeguarding"] == "held"


def test_what_runs_out_is_shown_before_it_does_and_after(cast: Any, planned: Any) -> None:
    run = planned()
    book(cast.health_visitor, run)
    attend(cast.development_officer, run, cast.health_visitor)
    until = last_day(run.held_on, 36)
    assert until is not None
    for days, state in ((-91, "held"), (-90, "running_out"), (0, "running_out"), (1, "run_out")):
        with clock.frozen(until + dt.timedelta(days=days)), acting_as(cast.quality_lead):
            (found,) = queries.lines(cast.quality_lead, [cast.health_visitor])
            assert found.standings["safeguarding"].state == state, days


def test_a_page_names_the_next_run_that_one_can_book(cast: Any, planned: Any, as_client: Any) -> None:
    later, sooner = planned(days=20), planned(days=5)
    page = as_client(cast.health_visitor).get("/training/").content.decode()
    assert sooner.reference in page and later.reference not in page
    assert "Consent and sharing information" in page and "Chairing a panel" not in page


def test_a_manager_writes_down_what_their_people_learnt_elsewhere_and_takes_it_back(cast: Any) -> None:
    said = {
        "competence": "safeguarding",
        "trained_on": clock.today() - dt.timedelta(days=30),
        "title": "At the health trust",
    }
    manager = cast.manager
    with acting_as(manager):
        made = record_training(by=manager, person=cast.family_worker, **said)
    assert made.until_on == last_day(said["trained_on"], 36)
    for who, person in (
        ("manager", "manager"),
        ("manager", "other_front_door_officer"),
        ("family_worker", "family_worker"),
        ("colleague", "practitioner"),
    ):
        by = getattr(cast, who)
        with acting_as(by), refused("workforce.not_yours_to_record"):
            record_training(by=by, person=getattr(cast, person), **said)
    with acting_as(manager), refused("workforce.not_trained_yet"):
        record_training(
            by=manager, person=cast.family_worker, **said | {"trained_on": clock.today() + dt.timedelta(days=1)}
        )
    with acting_as(cast.family_worker), refused("workforce.not_yours_to_record"):
        withdraw_training(by=cast.family_worker, training=made, why="Mine")
    with acting_as(manager):
        withdraw_training(by=manager, training=made, why="Another person of that name")
    assert stands(cast.family_worker, cast.family_worker)["safeguarding"] == "missing"


def test_what_a_course_gave_is_corrected_by_its_organiser_alone(cast: Any, planned: Any) -> None:
    run = planned()
    book(cast.family_worker, run)
    attend(cast.development_officer, run, cast.family_worker)
    with acting_as(cast.manager):
        held = TrainingRecord.objects.visible_to(cast.manager).get()
        with refused("workforce.of_a_course"):
            withdraw_training(by=cast.manager, training=held, why="Not there")


def test_who_sees_whose_training(cast: Any, as_client: Any) -> None:
    said = {"competence": "safeguarding", "trained_on": clock.today(), "title": "Elsewhere"}
    lead = cast.quality_lead
    with acting_as(lead):
        for who in ("family_worker", "other_front_door_officer", "health_visitor", "charity_worker"):
            record_training(by=lead, person=getattr(cast, who), **said)
    seen = {
        "family_worker": {"family_worker"},
        "manager": {"family_worker"},
        "other_manager": {"other_front_door_officer"},
        "county_manager": {"family_worker", "other_front_door_officer"},
        "charity_manager": {"charity_worker"},
        "health_visitor": {"health_visitor"},
        "quality_lead": {"family_worker", "other_front_door_officer", "health_visitor", "charity_worker"},
        "practitioner": set(),
        "administrator": set(),
        "elected_member": set(),
    }
    for who, theirs in seen.items():
        reader = getattr(cast, who)
        with acting_as(reader):
            names = set(
                TrainingRecord.objects.values_list("person__full_name", flat=True)
            )  # no filter but the database's
            assert names == {getattr(cast, each).full_name for each in theirs}, who
            asked = TrainingRecord.objects.visible_to(reader).values_list("person__full_name", flat=True)
            assert set(asked) == names, who
    address = f"/training/{cast.family_worker.reference}/"
    for who, status in (
        ("manager", 200),
        ("family_worker", 200),
        ("other_manager", 404),
        ("charity_manager", 404),
        ("elected_member", 403),
    ):
        assert as_client(getattr(cast, who)).get(address).status_code == status, who


def test_a_teams_table_is_seen_printed_and_taken_away(cast: Any, as_client: Any, kept_of: Any) -> None:
    manager = as_client(cast.manager)
    page = manager.get("/training/team/").content.decode()
    assert cast.family_worker.full_name in page and cast.other_front_door_officer.full_name not in page
    assert cast.health_visitor.full_name not in page
    assert manager.get("/training/team/download/").status_code == 302
    told = manager.post("/training/team/download/", {"as": "csv"}).content.decode("utf-8-sig")
    rows = {row[0]: row for row in csv.reader(io.StringIO(told)) if row}
    assert "Missing" in rows[cast.family_worker.full_name]
    assert [each.verb for each in kept_of(cast.manager) if each.kind == "exported"] == ["workforce.team_downloaded"]
    for who in ("family_worker", "elected_member"):
        assert as_client(getattr(cast, who)).get("/training/team/").status_code == 403, who


def test_the_lead_sees_what_is_missing_by_competence_and_organisation_and_district(
    cast: Any, as_client: Any, other_area: Any
) -> None:
    lead = as_client(cast.quality_lead)
    with acting_as(cast.quality_lead):
        everybody = queries.whole_team(cast.quality_lead)
        by_hand = sum("practitioner" in {each.role for each in line.person.appointments_now()} for line in everybody)
        found = {each.name: each for each in queries.gaps_by_competence(everybody)}
        assert found["Hearing the child"].need >= by_hand > 0
        assert found["Hearing the child"].missing == found["Hearing the child"].need
        there = queries.whole_team(cast.quality_lead, area=other_area.code)
        assert cast.other_front_door_officer in [line.person for line in there]
        assert cast.family_worker not in [line.person for line in there]
    page = lead.get(f"/training/gaps/?area={other_area.code}").content.decode()
    assert "Ferndale High School" in page and "people whose role needs training" in page
    for who in ("manager", "county_manager", "family_worker"):
        assert as_client(getattr(cast, who)).get("/training/gaps/").status_code == 403, who


def test_a_form_that_is_filled_in_badly_says_so(cast: Any, planned: Any, as_client: Any) -> None:
    run, lead = planned(), as_client(cast.quality_lead)
    answer = lead.post(f"/courses/{run.course.reference}/run/", {"seats": "0", "starts_at": "4pm", "ends_at": "9am"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It must end after it begins" in page and "Enter the day" in page and "from 1 to 500" in page
    booked = as_client(cast.health_visitor).post(
        f"/course-runs/{run.reference}/book/", {"person": cast.family_worker.reference}
    )
    assert booked.status_code == 422 and "Choose for whom" in booked.content.decode()


def test_a_double_press_books_one_seat(cast: Any, planned: Any, as_client: Any) -> None:
    run, client = planned(), as_client(cast.health_visitor)
    address = f"/course-runs/{run.reference}/book/"
    said = {"person": "me", "draft_sitting": "one"}
    assert [client.post(address, said).status_code for _ in range(2)] == [302, 302]
    page = client.get(f"/course-runs/{run.reference}/").content.decode()
    assert "Booked" in page and "1 of 2 left" in page
