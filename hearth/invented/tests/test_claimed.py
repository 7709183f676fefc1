"""In the demonstration a claim is shown at each of its stages, on evidence that the product's own actions wrote."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.foundation.core.reader import acting_as
from hearth.invented import authority
from hearth.oversight.programmes.holding import holdings
from hearth.oversight.programmes.models import Claim, ClaimSample

pytestmark = pytest.mark.django_db


def test_one_claim_holds_one_no_longer_holds_and_one_waits_for_a_second_person(
    cast: Any, as_client: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(authority, "FIRST", ["lasting"] * 4)
    monkeypatch.setattr(authority, "send_files", lambda *given: None)
    authority.load(families=4, seed=7, progress=lambda _: None)
    with acting_as(cast.strategic_lead):
        claims = list(Claim.objects.visible_to(cast.strategic_lead).order_by("created_at", "reference"))
        standing = holdings(cast.strategic_lead, claims)
        stands = sorted((claim.state, standing[claim.pk].state) for claim in claims)
        assert stands == [("accepted", "holds"), ("accepted", "no_longer"), ("waiting", "holds")]
        assert all(claim.is_as_frozen for claim in claims)
        assert {(claim.made_by, claim.checked_by) for claim in claims if claim.checked_by} == {
            (cast.analyst, cast.strategic_lead)
        }
        assert ClaimSample.objects.get().among == 2
    lead = as_client(cast.strategic_lead)
    listed = lead.get(reverse("claims")).content.decode()
    assert "No longer holds" in listed and "To be checked" in listed and "Holds" in listed
    still_to_claim = as_client(cast.analyst).get(reverse("families_to_claim_for")).content.decode()
    assert "Claimed" in still_to_claim
