"""A district reads its own risks and the whole authority's, the board all, a provider none; and the rows say the same as the product."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.oversight.governance.risks import actions, models
from hearth.oversight.governance.risks.meetings.actions import start_risk_meeting
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskEscalation
from hearth.oversight.governance.risks.tests.conftest import refused, said

ALL = (models.Risk, models.RiskMeeting, models.RiskAssessment, models.RiskAction, models.RiskEscalation)
NOTHING = (
    "provider", "practitioner", "family_worker", "manager", "charity_manager", "elected_member", "panel_chair", "administrator",
    "information_governance", "analyst",
)  # fmt: skip
READS = (
    "development_officer",
    "senior_development_officer",
    "strategic_lead",
    "commissioner",
    "board_member",
    "quality_lead",
)


def same(user: Any, model: Any) -> list[Any]:
    """What `visible_to` shows, and the rows themselves: the same."""
    rows = list(model.objects.visible_to(user))
    assert set(rows) == set(model._default_manager.all()), model
    return rows


@pytest.mark.parametrize("who", [*READS, *NOTHING])
def test_the_rows_and_the_product_agree(
    who: str, risk: Risk, point: Any, escalated: Any, area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.development_officer):
        start_risk_meeting(by=cast.development_officer, area=area)
    user = getattr(cast, who)
    with as_(user):
        for model in ALL:
            assert (len(same(user, model)) == 0) == (who in NOTHING), (who, model)
    wanted = 404 if who in NOTHING else 200
    assert as_client(user).get(reverse("risk", args=[risk.reference])).status_code == wanted
    assert as_client(user).get(reverse("risks")).status_code == (403 if who in NOTHING else 200)


def test_a_district_reads_nothing_of_anothers_and_changes_nothing(
    risk: Risk, point: RiskAction, other_officer: Any, other_area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client = as_client(other_officer)
    for slice_ in (
        "risk",
        "change_risk",
        "assess_risk",
        "add_action_point",
        "escalate_risk",
        "close_risk",
        "answer_escalation",
    ):
        assert client.get(reverse(slice_, args=[risk.reference])).status_code == 404, slice_
    assert client.get(reverse("finish_action_point", args=[point.reference])).status_code == 404
    with as_(other_officer):
        assert not any(same(other_officer, model) for model in ALL)
        with refused("risks.may_not_keep"):
            actions.log_risk(by=other_officer, area=risk.area, **said(cast))


def test_a_risk_of_the_whole_authority_is_read_by_every_district_and_kept_by_none(
    log: Any, other_officer: Any, cast: Any, as_: Any
) -> None:
    found = log(by=cast.strategic_lead, area=None, owner=cast.strategic_lead)
    for who in (cast.development_officer, other_officer):
        with as_(who):
            assert same(who, Risk) == [found]
            with refused("risks.not_yours"):
                actions.assess_risk(by=who, risk=found, likelihood=1, impact=1)
            with refused("risks.may_not_keep"):
                actions.log_risk(by=who, area=None, **said(cast))


def test_its_owner_follows_it_wherever_it_is(log: Any, other_officer: Any, as_: Any) -> None:
    found = log(owner=other_officer)
    with as_(other_officer):
        assert same(other_officer, Risk) == [found]
        actions.assess_risk(by=other_officer, risk=found, likelihood=1, impact=1)
        with refused("risks.may_not_keep"):
            actions.change_risk(by=other_officer, risk=found, title="Mine")


def test_a_risk_kept_to_some_roles_is_read_by_them_its_owner_and_the_board(
    log: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    found = log(only_roles=["strategic_lead"])
    assert found.only_roles == ["board_member", "strategic_lead"]
    for who, reads in (
        (cast.development_officer, True), (cast.strategic_lead, True), (cast.board_member, True), (cast.commissioner, False),
        (cast.senior_development_officer, False), (cast.quality_lead, False),
    ):  # fmt: skip
        with as_(who):
            assert bool(same(who, Risk)) is reads, who
            assert bool(same(who, models.RiskAssessment)) is reads, who
        text = as_client(who).get(reverse("risk_matrix")).content.decode()
        assert (found.title in text) is reads


def test_whoever_may_only_read_is_offered_nothing_and_refused(
    risk: Risk, escalated: RiskEscalation, cast: Any, as_client: Any
) -> None:
    client = as_client(cast.quality_lead)
    page = client.get(reverse("risk", args=[risk.reference])).content.decode()
    for slice_ in (
        "assess_risk",
        "change_risk",
        "escalate_risk",
        "close_risk",
        "add_action_point",
        "answer_escalation",
    ):
        where = reverse(slice_, args=[risk.reference])
        assert where not in page
        answer = client.post(where, {})
        assert answer.status_code == 403, slice_
    assert client.get(reverse("log_risk")).status_code == 403


def test_what_is_taken_away_is_what_one_reads(
    risk: Risk, log: Any, cast: Any, other_officer: Any, as_client: Any
) -> None:
    log(title='=HYPERLINK("x")', only_roles=["strategic_lead"])
    for who, many in ((cast.development_officer, 2), (cast.board_member, 2), (other_officer, 0)):
        answer = as_client(who).post(reverse("download_risks"), {"table": "log", "as": "csv"})
        text = answer.content.decode()
        assert text.count("RK-") == many and "\n=HYPERLINK" not in text
    assert as_client(cast.development_officer).get(reverse("download_risks")).status_code == 302
    assert as_client(cast.provider).post(reverse("download_risks"), {"table": "log"}).status_code == 403
