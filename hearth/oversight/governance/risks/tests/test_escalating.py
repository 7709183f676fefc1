"""A risk is escalated to a named level, which answers by a day; its owner is told, and nothing closes without the answer."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from hearth.commissioning.contracts.tests.conftest import appointed
from hearth.foundation.accounts.roles import permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import load_pack, pack
from hearth.foundation.core.tests.packs import PACKS, PRACTICE
from hearth.oversight.governance.risks import actions, chasing, queries, rules
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskEscalation
from hearth.oversight.governance.risks.reach import ANSWERS
from hearth.oversight.governance.risks.tests.conftest import BOARD, LEVEL, ahead, refused, told


def test_the_named_level_is_told_and_answers_and_the_owner_is_told(
    risk: Risk, escalated: RiskEscalation, cast: Any, as_: Any
) -> None:
    lead = cast.strategic_lead
    level = rules.level_of(LEVEL)
    assert level is not None and escalated.due_on == clock.add_working_days(clock.today(), level.answer_days)
    assert lead.pk in told("risk_escalated", as_, cast.development_officer)
    with as_(lead):
        assert [each.pk for each in queries.to_answer(lead)] == [escalated.pk]
        with refused("risks.no_words"):
            actions.answer_escalation(by=lead, escalation=queries.to_answer(lead)[0], answer=" ")
        actions.answer_escalation(by=lead, escalation=queries.to_answer(lead)[0], answer="Yes: advertise both.")
        assert queries.to_answer(lead) == []
    assert told("risk_answered", as_, lead) == [cast.development_officer.pk]


def test_nobody_of_another_level_answers(escalated: RiskEscalation, cast: Any, as_: Any) -> None:
    for who in (cast.board_member, cast.development_officer, cast.commissioner):
        with as_(who):
            with refused("risks.another_level"):
                actions.answer_escalation(by=who, escalation=queries.waiting_of(who, escalated.risk), answer="Yes")
            assert queries.to_answer(who) == []


def test_nothing_closes_without_an_answer_and_neither_do_the_rows(
    risk: Risk, escalated: RiskEscalation, cast: Any, as_: Any
) -> None:
    by = cast.development_officer
    with as_(by):
        with refused("risks.not_answered"):
            actions.close_risk(by=by, risk=risk, why="Never mind")
        with pytest.raises(ProgrammingError), transaction.atomic():
            Risk.objects.filter(pk=risk.pk).update(
                state="closed", closed_on=clock.today(), closed_by=by, closed_why="Never mind"
            )


def test_it_is_escalated_once_until_it_is_answered(risk: Risk, escalated: RiskEscalation, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by), refused("risks.escalated_already"):
        actions.escalate_risk(by=by, risk=risk, level=BOARD, asked="And now?")


def test_an_answer_stands(escalated: RiskEscalation, cast: Any, as_: Any) -> None:
    lead = cast.strategic_lead
    with as_(lead):
        actions.answer_escalation(by=lead, escalation=escalated, answer="Yes")
        with refused("risks.answered_already"):
            actions.answer_escalation(by=lead, escalation=escalated, answer="No")
        with pytest.raises(ProgrammingError), transaction.atomic():
            RiskEscalation.objects.filter(pk=escalated.pk).update(answer="No")


def test_a_level_without_anybody_who_reads_the_risk_is_not_asked(log: Any, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    kept = log(only_roles=["development_officer"])
    with as_(by):
        assert [code for code, _ in queries.levels(kept)] == [BOARD]
        with refused("risks.nobody_there"):
            actions.escalate_risk(by=by, risk=kept, level=LEVEL, asked="May we?")
        with refused("risks.level"):
            actions.escalate_risk(by=by, risk=kept, level="mayor", asked="May we?")


def test_a_district_s_own_member_of_the_level_is_asked_before_the_whole_authority_s(
    risk: Risk, area: Any, cast: Any, as_: Any
) -> None:
    near = appointed(cast.other_manager, "board_member", cast, as_, area)
    with as_(cast.development_officer):
        assert rules.who_answers(risk, BOARD) == [near]


def test_what_is_late_is_chased_and_not_every_night(
    risk: Risk, point: RiskAction, escalated: RiskEscalation, cast: Any, as_: Any
) -> None:
    does, lead, owner = cast.senior_development_officer, cast.strategic_lead, cast.development_officer
    assert chasing.remind_of_late() == 0
    with clock.frozen(ahead(21)):
        assert chasing.remind_of_late() == 1
        assert chasing.remind_of_late() == 1  # nobody is told twice of the same
        assert told("risk_action_late", as_, owner) == [does.pk]
        assert set(told("risk_answer_late", as_, owner)) == {lead.pk, owner.pk}
    with clock.frozen(ahead(22 + 7 * pack().governance.chase_days)):
        chasing.remind_of_late()
        assert told("risk_action_late", as_, owner) == [does.pk, does.pk]


def test_a_late_action_point_stands_on_the_first_page_of_whoever_does_it(
    risk: Risk, point: RiskAction, cast: Any, as_client: Any
) -> None:
    with clock.frozen(ahead(10)):
        page = as_client(cast.senior_development_officer).get("/").content.decode()
    assert "action point of the risk log" in page


def test_the_answer_is_asked_for_on_the_first_page_of_the_level(
    escalated: RiskEscalation, cast: Any, as_client: Any
) -> None:
    assert (
        "Escalated to you: Two family workers leave at once" in as_client(cast.strategic_lead).get("/").content.decode()
    )
    assert "Escalated to you" not in as_client(cast.board_member).get("/").content.decode()


def test_every_level_of_every_pack_is_a_role_that_answers() -> None:
    for code in PACKS:
        for level in load_pack(PRACTICE / code).governance.levels:
            assert ANSWERS in permissions_of(level.role), f"{code}: {level.code}"
