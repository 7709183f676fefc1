"""What the night does: seats that nobody answered for, certificates that run out, and records of people who left long ago."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from hearth.foundation.accounts.actions import close_account
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message
from hearth.oversight.quality.workforce import jobs, night
from hearth.oversight.quality.workforce.competence.actions import record_training
from hearth.oversight.quality.workforce.courses import actions
from hearth.oversight.quality.workforce.models import TrainingRecord
from hearth.oversight.quality.workforce.tests.conftest import book, give_up, in_, place, refused, standing
from hearth.records.documents.tests.conftest import worker  # noqa: F401

pytestmark = pytest.mark.usefixtures("worker")


def test_an_offer_that_nobody_answers_goes_to_the_next_in_the_night(cast: Any, planned: Any) -> None:
    run = planned(days=40, seats=1)
    for who in ("health_visitor", "police_officer", "practitioner"):
        book(getattr(cast, who), run)
    give_up(cast.health_visitor, run)
    night.offer_freed_seats()
    with clock.frozen(in_(12)):
        with acting_as(cast.police_officer), refused("workforce.offer_lapsed"):
            actions.take_offered_seat(by=cast.police_officer, run=run, booking=place(cast.police_officer, run))
        assert night.offer_freed_seats() == 1
        assert standing(cast.development_officer, run) == {cast.practitioner.full_name: "offered"}
        assert night.offer_freed_seats() == 0


def test_a_seat_of_somebody_who_left_goes_to_the_next_in_line(cast: Any, planned: Any) -> None:
    from hearth.foundation.accounts.actions import close_account

    run = planned(seats=1)
    book(cast.charity_worker, run)
    book(cast.practitioner, run)
    with acting_as(cast.administrator):
        close_account(by=cast.administrator, person=cast.charity_worker)
    assert night.offer_freed_seats() == 1
    assert standing(cast.development_officer, run) == {cast.practitioner.full_name: "offered"}


def test_of_a_run_whose_organiser_left_the_night_offers_seats_for_whoever_put_it_on(cast: Any, planned: Any) -> None:
    run = planned(seats=1)
    book(cast.health_visitor, run)
    book(cast.practitioner, run)
    with acting_as(cast.administrator):
        close_account(by=cast.administrator, person=cast.development_officer)
    give_up(cast.health_visitor, run)
    assert night.offer_in_name_of(run.pk, cast.development_officer.pk) == 0
    assert night.offer_freed_seats() == 1
    assert standing(cast.quality_lead, run) == {cast.practitioner.full_name: "offered"}


@pytest.fixture
def trained(cast: Any) -> Any:
    """Grace Okafor was trained so many days before her certificate runs out; the lead saw it."""

    def do(days_left: int, person: Any = None, competence: str = "safeguarding") -> TrainingRecord:
        lead = cast.quality_lead
        on = clock.today() + dt.timedelta(days=days_left + 1)
        with acting_as(lead):
            return record_training(
                by=lead, person=person or cast.health_visitor, competence=competence, title="Elsewhere",
                trained_on=on.replace(year=on.year - 3),
            )  # fmt: skip

    return do


def _reminders(person: Any) -> int:
    with acting_as(person):
        return Message.objects.filter(to_user_id=person.id, template="training_running_out").count()


def test_whoever_holds_a_certificate_is_reminded_once_for_each_of_the_packs_days(cast: Any, trained: Any) -> None:
    record = trained(89)
    assert record.until_on == in_(89)
    assert night.chase_all_training() == 1
    night.chase_all_training()
    assert _reminders(cast.health_visitor) == 1
    with clock.frozen(in_(60)):  # 29 days before
        night.chase_all_training()
        night.chase_all_training()
    assert _reminders(cast.health_visitor) == 2
    with clock.frozen(in_(95)):
        assert night.chase_all_training() == 0, "it has run out, and stands on their page"


def test_nobody_is_reminded_of_what_they_have_renewed_nor_after_they_left(cast: Any, trained: Any) -> None:
    trained(20)
    trained(900)
    trained(20, cast.charity_worker)
    with acting_as(cast.administrator):
        close_account(by=cast.administrator, person=cast.charity_worker)
    assert night.chase_all_training() == 0


def test_what_is_kept_of_somebody_goes_so_many_years_after_they_left(
    cast: Any, trained: Any, planned: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    for person in (cast.practitioner, cast.charity_worker, cast.health_visitor):
        trained(200, person)
        book(person, planned())
    for person, years in ((cast.practitioner, 7), (cast.charity_worker, 5)):
        with acting_as(cast.administrator):
            close_account(by=cast.administrator, person=person)
            ended = clock.now() - dt.timedelta(days=366 * years)
            Appointment.objects.filter(user=person).update(ended_at=ended)
    jobs.let_go(0)
    with acting_as(cast.quality_lead):
        left = set(TrainingRecord.objects.values_list("person__full_name", flat=True))
    assert left == {cast.charity_worker.full_name, cast.health_visitor.full_name}
    assert night.let_go_of_training() == 0, "once"


@pytest.mark.parametrize("who", ["administrator", "quality_lead", "information_governance"])
def test_nobody_who_signs_in_lets_any_go_or_asks_what_the_night_asks(who: str, trained: Any, cast: Any) -> None:
    trained(20)
    by = getattr(cast, who)
    for statement in (
        "select hearth_let_go_of_training(1)",
        "select * from hearth_training_to_chase(current_date, 90)",
        "select * from hearth_runs_to_look_after(current_date)",
    ):
        with acting_as(by), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)
