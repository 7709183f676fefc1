"""Commissioners and strategic leads write; boards and districts read theirs; what is agreed is told without its amount; others nothing."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.commissioning.needs import actions
from hearth.commissioning.needs.models import AnsweredTheme, Evidence, IndicativeAmount, Intention, IntentionMove
from hearth.commissioning.needs.tests.conftest import TOLD, in_a_year
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

TABLES = (Intention, IndicativeAmount, Evidence, IntentionMove)
SEE = ("commissioner", "strategic_lead", "board_member", "development_officer", "senior_development_officer")
READ = ("board_member", "development_officer", "senior_development_officer")
# Of these the first three bring things to the district's panels, and the provider to every district's.
TOLD_ONCE_AGREED = ("practitioner", "family_worker", "panel_coordinator", "provider")
NOTHING = (
    "other_practitioner", "other_family_worker", "other_manager", "analyst", "elected_member", "quality_auditor",
    "information_governance", "administrator",
)  # fmt: skip


@pytest.fixture
def cited(need: Any, intention: Any, cast: Any, as_: Any) -> Intention:
    """With evidence."""
    with as_(cast.commissioner):
        actions.cite_evidence(by=cast.commissioner, intention=intention, chosen=["unmet:speech_and_language"])
    return intention


def same(user: Any, model: Any) -> list[Any]:
    """What `visible_to` shows, and the rows themselves: the same."""
    rows = list(model.objects.visible_to(user))
    assert set(rows) == set(model._default_manager.all()), model
    return rows


@pytest.mark.parametrize("who", SEE)
def test_whoever_sees_intentions_reads_them_with_their_evidence(who: str, cited: Any, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        assert all(len(same(user, model)) == 1 for model in TABLES)


@pytest.mark.parametrize("who", [*TOLD_ONCE_AGREED, *NOTHING])
def test_nobody_else_reads_one_that_is_drafted(who: str, cited: Any, cast: Any, as_: Any, as_client: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        assert not any(same(user, model) for model in TABLES)
    assert as_client(user).get(reverse("intention", args=[cited.reference])).status_code == 404
    assert as_client(user).get(reverse("intentions")).status_code == 403


@pytest.mark.parametrize("who", TOLD_ONCE_AGREED)
def test_what_is_agreed_is_told_to_the_districts_panels_without_amount_or_evidence(
    who: str, cited: Any, move: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    move(cited, "agreed", "Zz the board said")
    user = getattr(cast, who)
    with as_(user):
        assert same(user, Intention) == [cited]
        assert not same(user, IndicativeAmount) and not same(user, Evidence) and not same(user, IntentionMove)
    page = as_client(user).get(reverse("intention", args=[cited.reference])).content.decode()
    assert (
        TOLD["title"] in page and "40,000" not in page and "Zz the board" not in page and "What it rests on" not in page
    )
    for slice_ in ("change_intention", "move_intention", "cite_evidence"):
        assert as_client(user).get(reverse(slice_, args=[cited.reference])).status_code == 403


@pytest.mark.parametrize("who", NOTHING)
def test_others_are_not_told_even_then(who: str, cited: Any, move: Any, cast: Any, as_: Any, as_client: Any) -> None:
    move(cited, "agreed")
    user = getattr(cast, who)
    with as_(user):
        assert not any(same(user, model) for model in TABLES)
    assert as_client(user).get(reverse("intention", args=[cited.reference])).status_code == 404


def test_another_districts_officer_reads_and_writes_nothing(
    cited: Any, draft: Any, move: Any, cast: Any, as_: Any, other_area: Any
) -> None:
    move(cited, "agreed")
    elsewhere = draft(area=other_area)
    user = cast.development_officer
    with as_(user):
        assert same(user, Intention) == [cited], "their own district's alone"
        assert elsewhere not in Intention.objects.all()


def test_a_partner_on_the_board_reads_it_without_the_amount(cited: Any, cast: Any, as_: Any) -> None:
    user = cast.charity_manager
    with as_(cast.administrator):
        Appointment(user=user, role="board_member", from_on=clock.today()).save(force_insert=True)
    with as_(user):
        assert same(user, Intention) == [cited] and same(user, Evidence)
        assert not same(user, IndicativeAmount), "their own organisation may bid for it"


def _everything(by: Any, found: Any, area: Any) -> dict[str, Any]:
    return {
        "draft_intention": lambda: actions.draft_intention(by=by, area=area, buy_by=in_a_year(), owner=by, **TOLD),
        "change_intention": lambda: actions.change_intention(
            by=by, intention=found, buy_by=in_a_year(), owner=by, **TOLD
        ),
        "cite_evidence": lambda: actions.cite_evidence(by=by, intention=found, chosen=["unmet:speech_and_language"]),
        "move_intention": lambda: actions.move_intention(by=by, intention=found, state="agreed", words="Mine"),
    }


@pytest.mark.parametrize("who", [*READ, *TOLD_ONCE_AGREED, *NOTHING])
def test_nobody_but_those_who_write_them_writes_anything(who: str, cited: Any, area: Any, cast: Any, as_: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        for do in _everything(user, cited, area).values():
            with pytest.raises(Refused):
                do()
        assert Intention.objects.update(state="bought", title="Mine") == 0
        assert IndicativeAmount.objects.update(pence=1) == 0
        for row in (
            Intention(reference="CI-MINE", title="x", area=area, needs=["housing"], what="x", buy_by=in_a_year(), owner=user,
                      drafted_by=user, key=cited.pk),
            IndicativeAmount(intention=cited, pence=1),
            Evidence(intention=cited, source="unmet", words="x", definition="x", as_at=clock.today(), cited_by=user, need="housing"),
            IntentionMove(intention=cited, state="bought", by=user),
        ):  # fmt: skip
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save(force_insert=True)


def test_evidence_and_its_way_are_never_rewritten(cited: Any, cast: Any, as_: Any) -> None:
    with as_(cast.commissioner):
        for rows in (Evidence.objects.all(), IntentionMove.objects.all(), AnsweredTheme.objects.all()):
            with pytest.raises(ProgrammingError), transaction.atomic():
                rows.delete()
        with pytest.raises(ProgrammingError), transaction.atomic():
            Evidence.objects.update(figure=99)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Intention.objects.update(area=None)
