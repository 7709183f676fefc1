"""A meeting goes through each open risk in turn, records who was there and what is to be done; its minutes stand and are printed."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.commissioning.contracts.tests.test_pages import boxes, filled, post
from hearth.foundation.core import clock
from hearth.oversight.governance.risks.meetings import actions, queries
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskAssessment, RiskMeeting
from hearth.oversight.governance.risks.tests.conftest import ahead, refused


@pytest.fixture
def meeting(risk: Risk, area: Any, cast: Any, as_: Any) -> RiskMeeting:
    """One of the first district, being held."""
    with as_(cast.development_officer):
        return actions.start_risk_meeting(by=cast.development_officer, area=area)


def test_a_meeting_is_walked_by_the_keyboard_from_its_start_to_its_minutes(
    log: Any, area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.development_officer
    worse, lesser = log(title="The worse"), log(title="The lesser", likelihood=1)
    client = as_client(by)
    page = post(client, "start_risk_meeting", area=area.code)
    with as_(by):
        meeting = RiskMeeting.objects.get()
    assert by.full_name in page  # who is usually there, to strike out of
    page = post(
        client,
        "record_risk_attendance",
        meeting.reference,
        present=f"{by.full_name}\nJo of the police",
        apologies="The chair",
        seen=filled(page)["seen"],
    )
    assert "The worse" in page and "2 risks still to go" in page and "Save, and go on to the next" in page
    page = post(
        client, "review_risk", meeting.reference, worse.reference, likelihood="5", impact="4", words="Nobody has applied", what="Advertise again",
        owner=by.reference, **boxes("due_on", ahead(7)),
    )  # fmt: skip
    assert "The lesser" in page and "1 risk still to go" in page
    page = post(client, "review_risk", meeting.reference, lesser.reference, likelihood="1", impact="3")
    assert "Every open risk was gone through" in page
    page = post(client, "end_risk_meeting", meeting.reference)
    for words in (
        "Minutes of",
        "Jo of the police",
        "The chair",
        "Nobody has applied",
        "Advertise again",
        "5. Almost certain",
        "These minutes stand",
    ):
        assert words in page, words
    assert reverse("review_risk", args=[meeting.reference, lesser.reference]) not in page


def test_an_action_point_is_whole_or_there_is_none(
    meeting: RiskMeeting, risk: Risk, cast: Any, as_: Any, as_client: Any
) -> None:
    client, where = (
        as_client(cast.development_officer),
        reverse("review_risk", args=[meeting.reference, risk.reference]),
    )
    answer = client.post(where, {"likelihood": "1", "impact": "1", "what": "Ask"})
    assert (
        answer.status_code == 422
        and "Choose who does it" in answer.content.decode()
        and "Enter the day by which" in answer.content.decode()
    )
    answer = client.post(where, {"likelihood": "1", "impact": "1", "owner": cast.development_officer.reference})
    assert answer.status_code == 422 and "Say what will be done" in answer.content.decode()
    with as_(cast.development_officer):
        assert RiskAction.objects.count() == 0 and RiskAssessment.objects.count() == 1


def test_a_risk_is_reviewed_once_in_a_meeting(meeting: RiskMeeting, risk: Risk, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        actions.review_risk(by=by, meeting=meeting, risk=risk, likelihood=2, impact=2)
        with refused("risks.reviewed_already"):
            actions.review_risk(by=by, meeting=meeting, risk=risk, likelihood=2, impact=2)


def test_it_ends_once_everybody_and_everything_was_gone_through(
    meeting: RiskMeeting, risk: Risk, cast: Any, as_: Any
) -> None:
    by = cast.development_officer
    with as_(by):
        with refused("risks.nobody_there_said"):
            actions.end_risk_meeting(by=by, meeting=meeting)
        actions.record_risk_attendance(by=by, meeting=meeting, present="All")
        with refused("risks.not_all_reviewed"):
            actions.end_risk_meeting(by=by, meeting=meeting)
        actions.review_risk(by=by, meeting=meeting, risk=risk, likelihood=2, impact=2)
        actions.end_risk_meeting(by=by, meeting=meeting)
        with refused("risks.meeting_ended"):
            actions.record_risk_attendance(by=by, meeting=meeting, present="Nobody")
        with pytest.raises(ProgrammingError), transaction.atomic():
            RiskMeeting.objects.filter(pk=meeting.pk).update(present="Nobody")
        by_day, late = queries.next_on(by)
        assert by_day == ahead(7) and not late
    with clock.frozen(ahead(8)), as_(by):
        assert queries.next_on(by) == (ahead(-1), True)


def test_one_meeting_is_held_in_a_place_at_a_time(meeting: RiskMeeting, area: Any, cast: Any, as_: Any) -> None:
    with as_(cast.development_officer), refused("risks.meeting_held"):
        actions.start_risk_meeting(by=cast.development_officer, area=area)
    with as_(cast.strategic_lead):
        actions.start_risk_meeting(by=cast.strategic_lead, area=None)
        with refused("risks.meeting_held"):
            actions.start_risk_meeting(by=cast.strategic_lead, area=None)


def test_a_meeting_of_another_district_is_not_held(
    meeting: RiskMeeting, risk: Risk, other_officer: Any, other_area: Any, as_: Any, as_client: Any
) -> None:
    assert as_client(other_officer).get(reverse("risk_meeting", args=[meeting.reference])).status_code == 404
    with as_(other_officer):
        mine = actions.start_risk_meeting(by=other_officer, area=other_area)
        with refused("core.gone"):  # nothing tells them that there is such a risk
            actions.review_risk(by=other_officer, meeting=mine, risk=risk, likelihood=1, impact=1)


def test_a_meeting_goes_through_risks_of_its_own_place(risk: Risk, other_area: Any, cast: Any, as_: Any) -> None:
    lead = cast.strategic_lead
    with as_(lead):
        elsewhere = actions.start_risk_meeting(by=lead, area=other_area)
        assert queries.to_go_through(lead, elsewhere) == []
        with refused("risks.another_place"):
            actions.review_risk(by=lead, meeting=elsewhere, risk=risk, likelihood=1, impact=1)


def test_the_whole_authority_s_meeting_goes_through_every_district(risk: Risk, log: Any, cast: Any, as_: Any) -> None:
    lead = cast.strategic_lead
    of_all = log(by=lead, area=None, title="Of all")
    with as_(lead):
        meeting = actions.start_risk_meeting(by=lead, area=None)
        assert {each.pk for each in queries.to_go_through(lead, meeting)} == {risk.pk, of_all.pk}
    with as_(cast.development_officer):
        assert queries.places(cast.development_officer) == [risk.area]
