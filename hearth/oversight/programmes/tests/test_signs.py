"""What partners' files say of a need: a sign can stand against a claim and never speaks for one."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.models import FamilyOfConcern, Flag
from hearth.oversight.programmes.holding import HOLDS, NO_LONGER, UNSURE, holdings
from hearth.oversight.programmes.models import Claim
from hearth.oversight.programmes.tests.conftest import DAYS_AGO, ago
from hearth.records.documents.tests.conftest import worker  # noqa: F401


@pytest.fixture(autouse=True)
def as_the_worker(worker: None) -> None:  # noqa: F811
    """Flags are written by an identity that the worker alone may become; pages read by the same policies on its connection."""


@pytest.fixture
def signed(cast: Any, area: Any) -> Callable[..., None]:
    """A flag that a run published of the mother: found or not any more, on evidence from a day until another."""

    def do(helped: Any, rule: str, *, on: dt.date | None, until: dt.date | None, found: bool = True) -> None:
        organisation = str(cast.analyst.organisation_id)
        evidence = {
            "feed": "housing",
            "organisation": organisation,
            "on": on and str(on),
            "until": until and str(until),
        }
        with acting_as(INSIGHT):
            concern, _ = FamilyOfConcern.objects.get_or_create(
                key=str(helped.mother.id),
                defaults={"reference": f"FC-{uuid.uuid4().hex[:7].upper()}", "area": area, "name": "A household",
                          "names": [str(helped.mother.id)], "content_hash": "x"},
            )  # fmt: skip
            Flag.objects.update_or_create(
                rule=rule, person=str(helped.mother.id),
                defaults={"family": concern, "evidence": [evidence], "facts": 1, "is_found": found, "found_at": clock.now(),
                          "sources": [f"housing {organisation}"], "content_hash": str(uuid.uuid4())[:30]},
            )  # fmt: skip

    return do


def _holding(cast: Any, claim: Claim) -> Any:
    with acting_as(cast.analyst):
        return holdings(cast.analyst, [Claim.objects.get(pk=claim.pk)])[claim.pk]


REACHED = DAYS_AGO["reached"]


@pytest.mark.parametrize(
    ("on", "until", "found", "comes"),
    [
        (REACHED + 90, REACHED + 30, False, HOLDS),  # from before, and over: no longer found is not what meets a need
        (REACHED + 90, None, False, HOLDS),
        (REACHED - 30, REACHED - 30, False, NO_LONGER),  # came back after, though it is not found any more
        (REACHED + 90, None, True, NO_LONGER),  # goes on
        (REACHED + 90, REACHED - 30, True, UNSURE),  # a time that began before it was met
        (None, None, True, UNSURE),  # found, and no day was sent
        (1, 1, True, HOLDS),  # after the day of the claim
    ],
)
def test_a_sign_stands_against_a_claim_by_its_days(
    cast: Any, helped: Any, name_needs: Any, look: Any, claim_for: Any, signed: Any,
    on: int | None, until: int | None, found: bool, comes: str,
) -> None:  # fmt: skip
    family = helped()
    name_needs(family, "home", "safety")
    look(family, 20, "home", "safety")
    claim = claim_for(family, days_ago=10)
    signed(family, "home_at_risk", on=on and ago(on), until=until and ago(until), found=found)
    holding = _holding(cast, claim)
    assert (holding.state, holding.same) == (comes, True), holding.why


def test_a_sign_of_a_need_that_no_outcome_is_about_is_a_need_that_is_not_met(
    cast: Any, as_client: Any, claimable: Any, claim_for: Any, signed: Any
) -> None:
    claim = claim_for(claimable, days_ago=3)
    signed(claimable, "home_at_risk", on=ago(30), until=None)
    holding = _holding(cast, claim)
    assert holding.state == NO_LONGER and "no outcome of the plan is about it" in " ".join(holding.why)
    page = reverse("claim_case", args=[claimable.case.reference])
    assert "Notice to leave the home" not in as_client(cast.quality_auditor).get(page).content.decode(), (
        "no flags are theirs"
    )
    shown = as_client(cast.analyst).get(page).content.decode()
    assert "of which you may not be shown more" in shown, "no run says whose it is, so nobody is shown it"
    with acting_as(INSIGHT):
        Flag.objects.update(state="dismissed")
    assert _holding(cast, claim).state == HOLDS
