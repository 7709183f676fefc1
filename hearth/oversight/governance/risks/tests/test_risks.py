"""A risk is logged, assessed again and again, followed, and closed: nothing of how it stood is ever overwritten."""

import datetime as dt
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict
from hearth.foundation.core.seen import seen_in
from hearth.oversight.governance.risks import actions, drawing, queries
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskAssessment
from hearth.oversight.governance.risks.tests.conftest import ahead, refused, said, told


def test_a_risk_is_logged_with_how_it_stands(risk: Risk, cast: Any, as_: Any) -> None:
    with as_(cast.development_officer):
        found = queries.risk_of(cast.development_officer, risk.reference)
        stands = queries.Stands(found)
        assert stands.score == 12 and stands.words == "High, 12" and found.is_open
        assert stands.look_again_by == ahead(7)


def test_its_owner_is_told(log: Any, cast: Any, as_: Any) -> None:
    log(owner=cast.senior_development_officer)
    assert told("risk_owner", as_, cast.development_officer) == [cast.senior_development_officer.pk]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": "  "}, "risks.says_nothing"), ({"what": "\n"}, "risks.says_nothing"), ({"subject": "weather"}, "risks.subject"),
        ({"likelihood": 6}, "risks.scale"), ({"impact": 0}, "risks.scale"), ({"owner": None}, "risks.owner"),
        ({"only_roles": ["practitioner"]}, "risks.roles"), ({"owner": "commissioner", "only_roles": ["commissioner"]}, "risks.own_role"),
    ],
)  # fmt: skip
def test_a_risk_says_what_it_is_and_whose(more: Any, code: str, log: Any, cast: Any) -> None:
    if isinstance(more.get("owner"), str):
        more = more | {"owner": getattr(cast, more["owner"])}
    with refused(code):
        log(**more)


def test_nobody_who_does_not_see_the_log_answers_for_a_risk(log: Any, cast: Any) -> None:
    for who in (cast.provider, cast.practitioner, cast.manager):
        with refused("risks.owner"):
            log(owner=who)


def test_an_assessment_stands_and_the_next_is_added(risk: Risk, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        actions.assess_risk(by=by, risk=risk, likelihood=2, impact=3, words="One post is filled.")
        rows = queries.assessments_of(by, risk)
        assert [each.score for each in rows] == [12, 6]
        with pytest.raises(ProgrammingError), transaction.atomic():
            RiskAssessment.objects.filter(pk=rows[0].pk).update(likelihood=1)
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows[0].delete()
        assert queries.Stands(queries.risk_of(by, risk.reference)).score == 6


def test_what_was_said_before_may_be_written_down_but_not_before_the_last(log: Any, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with clock.frozen(ahead(-30)):
        found = log()
    with as_(by):
        actions.assess_risk(by=by, risk=found, likelihood=5, impact=3, assessed_on=ahead(-10))
        with refused("risks.before_the_last"):
            actions.assess_risk(by=by, risk=found, likelihood=1, impact=3, assessed_on=ahead(-11))
        with refused("risks.to_come"):
            actions.assess_risk(by=by, risk=found, likelihood=1, impact=3, assessed_on=ahead(1))


def test_the_database_takes_no_score_beyond_the_scales(risk: Risk, cast: Any, as_: Any) -> None:
    with as_(cast.development_officer), pytest.raises(IntegrityError), transaction.atomic():
        RiskAssessment(risk=risk, likelihood=6, impact=1, assessed_by=cast.development_officer).save(force_insert=True)


def test_two_who_change_what_a_risk_says_both_keep_their_words(risk: Risk, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    more = {key: value for key, value in said(cast, only_roles=()).items() if key not in ("likelihood", "impact")}
    with as_(by):
        seen = seen_in(risk, actions.SAID)
        actions.change_risk(by=by, risk=risk, seen=seen, **(more | {"controls": "The first’s words"}))
        with pytest.raises(Conflict) as conflict:
            actions.change_risk(by=by, risk=risk, seen=seen, **(more | {"controls": "The second’s words"}))
    assert conflict.value.texts == {"controls": ("The first’s words", "The second’s words")}


def test_an_action_point_is_told_to_whoever_does_it_and_done_by_them(
    risk: Risk, point: RiskAction, cast: Any, as_: Any
) -> None:
    does = cast.senior_development_officer
    assert told("risk_action_point", as_, cast.development_officer) == [does.pk]
    with as_(does):
        mine = queries.action_point_of(does, point.reference)
        with refused("risks.how_known"):
            actions.finish_action_point(by=does, point=mine, words="  ")
        actions.finish_action_point(by=does, point=mine, words="Both have answered")
        with refused("risks.action_done"):
            actions.finish_action_point(by=does, point=mine, words="Again")


def test_an_action_point_is_for_somebody_who_reads_the_risk_and_on_a_day_to_come(
    risk: Risk, other_officer: Any, cast: Any, as_: Any
) -> None:
    by = cast.development_officer
    with as_(by):
        for owner in (cast.provider, other_officer, None):
            with refused("risks.action_owner"):
                actions.add_action_point(by=by, risk=risk, what="Ask", owner=owner, due_on=ahead(3))
        for day in (ahead(-1), ahead(4000)):
            with refused("risks.action_day"):
                actions.add_action_point(by=by, risk=risk, what="Ask", owner=by, due_on=day)


def test_nothing_closes_with_something_left_to_do(risk: Risk, point: RiskAction, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        with refused("risks.points_open"):
            actions.close_risk(by=by, risk=risk, why="It is borne")
        actions.finish_action_point(by=by, point=point, words="Both have answered")
        with refused("risks.no_words"):
            actions.close_risk(by=by, risk=risk, why=" ")
        actions.close_risk(by=by, risk=risk, why="Both posts are filled")
        with refused("risks.closed"):
            actions.assess_risk(by=by, risk=risk, likelihood=1, impact=1)
        with pytest.raises(ProgrammingError), transaction.atomic():
            RiskAssessment(risk=risk, likelihood=1, impact=1, assessed_by=by).save(force_insert=True)


def test_the_chart_is_steps_from_day_to_day_and_is_said_in_words(log: Any, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with clock.frozen(ahead(-28)):
        found = log(likelihood=5, impact=5)
    with as_(by):
        actions.assess_risk(by=by, risk=found, likelihood=2, impact=2, assessed_on=ahead(-14))
        picture = drawing.over_time(queries.assessments_of(by, found), clock.today())
    assert picture is not None
    assert [dot.score for dot in picture.dots] == [25, 4]
    assert picture.dots[0].y < picture.dots[1].y and picture.dots[0].x < picture.dots[1].x
    assert len(picture.steps.split()) == 4 and "25, very high" in picture.said and "4, low" in picture.said
    assert drawing.over_time([], clock.today()) is None


def test_the_matrix_has_each_risk_in_one_place(log: Any, cast: Any, as_: Any) -> None:
    log(title="One", likelihood=5, impact=4)
    log(title="Two", likelihood=1, impact=1)
    with as_(cast.development_officer):
        rows = drawing.matrix(queries.open_risks(cast.development_officer))
    assert [[len(cell.risks) for cell in row.cells] for row in rows] == [
        [0, 0, 0, 1, 0], [0] * 5, [0] * 5, [0] * 5, [1, 0, 0, 0, 0],
    ]  # fmt: skip
    assert (rows[0].cells[3].band, rows[0].cells[3].score) == ("Very high", 20) and rows[4].cells[0].band == "Low"


def test_every_version_of_what_it_says_is_kept(risk: Risk, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    more = {key: value for key, value in said(cast, only_roles=()).items() if key not in ("likelihood", "impact")}
    with as_(by):
        actions.change_risk(by=by, risk=risk, **(more | {"controls": "None any more"}))
        history = Risk.pgh_event_model.objects.filter(pgh_obj_id=risk.pk).order_by("pgh_created_at")
        assert [each.controls for each in history] == ["Cover is asked of the next district.", "None any more"]


def test_a_point_of_a_meeting_that_was_not_held_is_refused_by_the_rows(risk: Risk, cast: Any, as_: Any) -> None:
    with as_(cast.provider), pytest.raises(ProgrammingError), transaction.atomic():
        RiskAction(
            reference="AP-1",
            risk=risk,
            what="x",
            owner=cast.provider,
            due_on=clock.today() + dt.timedelta(days=1),
            added_by=cast.provider,
        ).save(force_insert=True)
