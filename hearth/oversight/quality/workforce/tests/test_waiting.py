"""What of training waits stands on the first page of whoever it waits for."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.oversight.quality.workforce.competence.actions import record_training
from hearth.oversight.quality.workforce.courses import actions
from hearth.oversight.quality.workforce.supervision.actions import start_supervision, write_supervision_note
from hearth.oversight.quality.workforce.tests.conftest import AT, book, in_
from hearth.oversight.quality.workforce.waiting import training_waiting


def words(reader: Any) -> list[str]:
    """What waits for somebody."""
    with acting_as(reader):
        return [each.words for each in training_waiting(reader)]


def test_an_offered_seat_a_run_to_record_a_certificate_and_a_note_wait(cast: Any, planned: Any, as_client: Any) -> None:
    run, officer, worker, manager = planned(seats=1), cast.development_officer, cast.family_worker, cast.manager
    book(cast.health_visitor, run)
    book(worker, run)
    assert words(worker) == []
    with acting_as(officer):
        actions.change_course_run(by=officer, run=run, held_on=run.held_on, seats=2, place=run.place, **AT)
    with acting_as(manager):
        on = clock.today() - dt.timedelta(days=700)
        record_training(by=manager, person=worker, competence="information_sharing", trained_on=on, title="Elsewhere")
        pair = start_supervision(by=manager, worker=worker, every_weeks=4)
        write_supervision_note(by=manager, supervision=pair, met_on=clock.today(), reflection="Seen")
    assert words(worker) == [
        "A seat is offered to you: Safeguarding together",
        "1 certificate of yours to renew",
        "A note of supervision to read and agree",
    ]
    assert "A seat is offered to you" in as_client(worker).get("/").content.decode()
    with clock.frozen(in_(11)):
        assert "Say who was at: Safeguarding together" in words(officer)
    assert words(cast.elected_member) == []
