"""An organisation reads its own applications and bids; those who decide read all; nobody reads or writes another's."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse

from hearth.commissioning.procurement.grants import actions
from hearth.commissioning.procurement.grants.models import GrantApplication, GrantInterest, GrantRound, OutsideBid
from hearth.commissioning.procurement.grants.tests.conftest import ASKED, DECIDED, appointed
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

NOTHING = (
    "practitioner", "family_worker", "other_manager", "panel_coordinator", "charity_worker", "charity_manager", "analyst",
    "elected_member", "information_governance", "administrator",
)  # fmt: skip


def same(user: Any, model: Any) -> list[Any]:
    """What `visible_to` shows, and the rows themselves: the same."""
    rows = list(model.objects.visible_to(user))
    assert set(rows) == set(model._default_manager.all()), model
    return rows


def test_a_provider_reads_its_own_application_and_no_others(
    application: Any, round_: Any, apply: Any, other_provider: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    theirs = apply(round_, by=other_provider, title="Zz another")
    for user, own, other in ((cast.provider, application, theirs), (other_provider, theirs, application)):
        with as_(user):
            assert (
                same(user, GrantApplication) == [own]
                and same(user, GrantRound) == [round_]
                and not same(user, GrantInterest)
            )
        client = as_client(user)
        assert client.get(reverse("grant_application", args=[other.reference])).status_code == 404
        for slice_ in ("withdraw_grant", "decide_grant", "pay_grant"):
            assert client.get(reverse(slice_, args=[other.reference])).status_code == 404
        for page in (reverse("grant_rounds"), reverse("grant_round", args=[round_.reference])):
            assert other.title not in client.get(page).content.decode()
        assert other.title not in client.post(reverse("download_grants"), {"table": "applications"}).content.decode()
    assert "Not shown" in as_client(cast.provider).get(reverse("grant_rounds")).content.decode(), (
        "nor what others were awarded"
    )


@pytest.mark.parametrize("who", NOTHING)
def test_nobody_else_reads_anything(who: str, application: Any, cast: Any, as_: Any, as_client: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        assert not any(same(user, model) for model in (GrantRound, GrantApplication, GrantInterest, OutsideBid))
    for page in (reverse("grant_rounds"), reverse("outside_bids")):
        assert as_client(user).get(page).status_code == 403


def test_the_district_reads_what_was_awarded_and_not_what_waits(
    application: Any, decide: Any, cast: Any, as_: Any
) -> None:
    for awarded in (False, True):
        if awarded:
            decide(application)
        for who in ("development_officer", "board_member", "strategic_lead"):
            user = getattr(cast, who)
            with as_(user):
                assert len(same(user, GrantApplication)) == awarded, who
                assert len(same(user, GrantRound)) == 1


def test_a_district_reads_no_others(
    open_round: Any, give: Any, apply: Any, decide: Any, other_area: Any, cast: Any, as_: Any
) -> None:
    decide(apply(open_round(share=give(other_area, 1_000_000), area=other_area)))
    with as_(cast.development_officer):
        assert not same(cast.development_officer, GrantApplication) and not same(cast.development_officer, GrantRound)


def test_a_partner_on_the_board_does_not_read_what_rivals_were_awarded(
    application: Any, decide: Any, cast: Any, as_: Any
) -> None:
    decide(application)
    user = appointed(cast.health_visitor, "board_member", cast, as_)
    with as_(user):
        assert not same(user, GrantApplication)


@pytest.mark.parametrize(
    "who", ["provider", "development_officer", "board_member", "strategic_lead", "analyst", "manager", "practitioner"]
)
def test_only_a_commissioner_decides_and_pays(
    who: str, application: Any, round_: Any, share: Any, area: Any, cast: Any, as_: Any
) -> None:
    by = getattr(cast, who)
    with as_(by):
        for do in (
            lambda: actions.decide_grant(by=by, application=application, **DECIDED),
            lambda: actions.pay_grant(by=by, application=application, happened_on=clock.today()),
            lambda: actions.end_grant_round(by=by, round_=round_, why="x"),
            lambda: actions.declare_grant_interest(
                by=by, round_=round_, organisation=application.organisation, words="x"
            ),
        ):
            with pytest.raises(Refused):
                do()
        assert GrantRound.objects.update(ended_why="x") == 0


def test_an_applicant_cannot_award_itself_past_the_product(application: Any, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        for told in (
            {"state": "awarded", "awarded_pence": 1, "reasons": "Mine"}, {"awarded_pence": 1}, {"reasons": "Mine"},
            {"state": "declined", "reasons": "x", "decided_by": cast.commissioner},
        ):  # fmt: skip
            with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
                GrantApplication.objects.update(**told)
        with pytest.raises(ProgrammingError), transaction.atomic():
            GrantApplication.objects.update(pence=1)


@pytest.mark.parametrize("who", ["commissioner", "family_worker", "charity_manager", "charity_worker", "board_member"])
def test_only_somebody_who_may_applies_for_their_own_organisation(who: str, round_: Any, cast: Any, as_: Any) -> None:
    by = getattr(cast, who)
    with as_(by):
        with pytest.raises((Refused, GrantRound.DoesNotExist)):
            actions.apply_for_grant(by=by, round_=round_, **ASKED)
        row = GrantApplication(
            reference="GA-MINE", round=round_, organisation=cast.provider.organisation, sent_by=by, key=round_.pk, **ASKED
        )  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            row.save(force_insert=True)


def test_nobody_applies_for_another_organisation(round_: Any, cast: Any, as_: Any) -> None:
    by = cast.provider
    row = GrantApplication(
        reference="GA-MINE", round=round_, organisation=cast.police_officer.organisation, sent_by=by, key=round_.pk, **ASKED
    )  # fmt: skip
    with as_(by), pytest.raises(ProgrammingError), transaction.atomic():
        row.save(force_insert=True)
