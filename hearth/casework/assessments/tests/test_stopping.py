"""An assessment that will not be finished is stopped with its reason, loses nothing, and can be taken up again."""

import pytest
from django.db import Error, transaction
from django.urls import reverse

from hearth.casework.assessments import actions, queries
from hearth.casework.assessments.models import Answer, Assessment, Status
from hearth.casework.assessments.stopping.actions import stop_assessment, take_up_assessment
from hearth.casework.assessments.tests.conftest import write
from hearth.casework.cases.models import DueItem
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused

WHY = "Kelly chose not to go on. She knows she can ask again."


def _stop(by, assessment, as_, because=WHY):
    with as_(by):
        return stop_assessment(by=by, assessment=assessment, because=because)


def test_a_stopped_assessment_keeps_its_words_says_why_and_is_due_no_more(cast, case, assessment, as_):
    by = cast.family_worker
    write(by, assessment, "conclusion", {"worries": "Jake sleeps badly."})
    _stop(by, assessment, as_)
    with as_(by):
        now = Assessment.objects.get(pk=assessment.pk)
        assert now.status == Status.STOPPED and Answer.objects.get(question="worries").value == "Jake sleeps badly."
        newest = queries.steps_of(by, now)[0]
        assert (newest.get_kind_display(), newest.words, newest.by) == ("Stopped", WHY, by)
        assert not DueItem.objects.filter(case=case, kind="assessment", done_at=None).exists()
        assert "Assessment stopped before it was finished" in [
            e.title for e in queries.timeline_entries(by, case.family)
        ]


def test_nobody_writes_in_a_stopped_assessment_not_even_past_the_rules(cast, assessment, as_):
    by = cast.family_worker
    write(by, assessment, "conclusion", {"worries": "Jake sleeps badly."})
    _stop(by, assessment, as_)
    with pytest.raises(Refused, match="Take it up again"):
        write(by, assessment, "conclusion", {"worries": "Other."}, {"worries": 1})
    with as_(by), pytest.raises(Error, match="frozen"), transaction.atomic():
        Answer.objects.update(value="Other.")


def test_taken_up_again_everything_is_there_and_it_is_due_as_from_today(cast, case, assessment, as_):
    by = cast.family_worker
    write(by, assessment, "conclusion", {"worries": "Jake sleeps badly."})
    _stop(by, assessment, as_)
    with as_(by):
        now = take_up_assessment(by=by, assessment=assessment)
        assert (now.pk, now.status) == (assessment.pk, Status.DRAFT)
        due = DueItem.objects.get(case=case, kind="assessment", done_at=None)
        assert due.due_on == clock.add_working_days(clock.today(), pack().limits.assessment)
    assert write(by, assessment, "conclusion", {"worries": "He sleeps."}, {"worries": 1}).saved == ("worries",)


def test_one_that_a_manager_has_can_be_stopped_and_leaves_the_managers_list(cast, sent, as_):
    _stop(cast.family_worker, sent, as_)
    with as_(cast.manager):
        assert not queries.waiting_for(cast.manager, 1).rows


def test_a_stopped_assessment_is_not_begun_a_second_time(cast, case, assessment, as_):
    _stop(cast.family_worker, assessment, as_)
    with as_(cast.family_worker), pytest.raises(Refused, match="Take it up again"):
        actions.start_assessment(by=cast.family_worker, case=case)


@pytest.mark.parametrize("because", ["", "  \n "])
def test_it_is_not_stopped_without_a_reason(cast, assessment, as_, because):
    with pytest.raises(Refused, match="Say why"):
        _stop(cast.family_worker, assessment, as_, because)


def test_what_is_signed_off_cannot_be_stopped_nor_what_was_stopped_once_more(cast, assessment, as_):
    _stop(cast.family_worker, assessment, as_)
    with pytest.raises(Refused, match="stopped already"):
        _stop(cast.family_worker, assessment, as_)


def test_a_signed_off_assessment_is_not_stopped(cast, signed_off, as_):
    with pytest.raises(Refused, match="signed off"):
        _stop(cast.family_worker, signed_off, as_)
    with as_(cast.family_worker), pytest.raises(Refused, match="was not stopped"):
        take_up_assessment(by=cast.family_worker, assessment=signed_off)


@pytest.mark.parametrize(("who", "status"), [("other_family_worker", 404), ("police_officer", 404)])
def test_somebody_who_may_not_open_the_family_neither_stops_it_nor_takes_it_up(
    cast, case, assessment, as_client, who, status
):
    client = as_client(getattr(cast, who))
    for name in ("stop_assessment", "take_up_assessment"):
        address = reverse(name, args=[case.reference])
        assert client.get(address).status_code == status
        assert client.post(address, {"because": "x"}).status_code == status


def test_the_page_stops_it_and_offers_to_take_it_up_again(cast, case, assessment, as_client):
    client = as_client(cast.family_worker)
    address = reverse("stop_assessment", args=[case.reference])
    assert "Say why the assessment is stopped" in client.post(address, {"because": ""}).content.decode()
    page = client.post(address, {"because": WHY}, follow=True).content.decode()
    assert WHY in page and "Take it up again" in page and "stop it" not in page
    up = reverse("take_up_assessment", args=[case.reference])
    client.get(up)  # an address alone changes nothing
    assert "Take it up again" in client.get(reverse("assessment", args=[case.reference])).content.decode()
    assert "Take it up again" not in client.post(up, follow=True).content.decode()
