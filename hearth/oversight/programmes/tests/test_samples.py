"""An audit's sample: drawn by a seed, drawn again the same, and what was found of each claim."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.oversight.programmes import actions
from hearth.oversight.programmes.models import Claim, ClaimSample
from hearth.oversight.programmes.samples.actions import draw_sample
from hearth.oversight.programmes.samples.queries import claims_of, draws_the_same
from hearth.oversight.programmes.samples.rules import draw
from hearth.oversight.programmes.tests.conftest import ago


def test_the_same_seed_draws_the_same_whatever_order_claims_come_in() -> None:
    references = [f"PC-{number}" for number in range(40)]
    drawn = draw(references, "one seed", 5)
    assert len(set(drawn)) == 5 and drawn == draw(reversed(references), "one seed", 5)
    assert drawn != draw(references, "another seed", 5)
    assert set(draw(references, "one seed", 100)) == set(references)


@pytest.fixture
def two_accepted(cast: Any, helped: Any, name_needs: Any, look: Any, claim_for: Any, accept: Any) -> list[Claim]:
    """Two claims that were accepted two days ago."""
    made = []
    for name in ("Ashworth", "Birch"):
        family = helped(name=name)
        name_needs(family)
        look(family, 20, "relationships", "safety")
        with clock.frozen(ago(2)):
            made.append(accept(claim_for(family)))
    return made


def test_a_sample_is_drawn_by_an_auditor_and_can_be_drawn_again(
    cast: Any, as_client: Any, two_accepted: list[Claim]
) -> None:
    auditor, client = cast.quality_auditor, as_client(cast.quality_auditor)
    period, parts = (("from_on", ago(9)), ("until_on", ago(1))), ("day", "month", "year")
    days = {f"{name}-{part}": getattr(day, part) for name, day in period for part in parts}
    assert as_client(cast.analyst).post(reverse("draw_sample"), days | {"size": 1}).status_code == 403
    assert client.post(reverse("draw_sample"), days | {"size": 1, "seed": "Kept"}).status_code == 302
    with acting_as(auditor):
        sample = ClaimSample.objects.get()
        drawn = claims_of(auditor, sample)
        assert (sample.among, len(drawn), draws_the_same(auditor, sample, drawn)) == (2, 1, True)
        assert drawn[0].claim.reference == draw([one.reference for one in two_accepted], "Kept", 1)[0]
        assert not draws_the_same(auditor, sample, [])
        with pytest.raises(Refused, match="before today"):
            draw_sample(by=auditor, from_on=ago(9), until_on=clock.today(), size=1)
        with pytest.raises(Refused, match="No claim was accepted"):
            draw_sample(by=auditor, from_on=ago(9), until_on=ago(8), size=1)
    with acting_as(cast.analyst):  # withdrawn since: it was accepted then, and is drawn again all the same
        actions.withdraw_claim(by=cast.analyst, claim=two_accepted[0], why="Paid by another programme")
    page = client.get(reverse("claim_sample", args=[sample.reference])).content.decode()
    assert "it is the same sample" in page and "Kept" in page and drawn[0].claim.reference in page
    finding = reverse("note_finding", args=[sample.reference, 1])
    assert client.post(finding, {"finding": "partly", "words": "", "seen_version": 1}).status_code == 403, (
        "what is missing?"
    )
    said = {"finding": "partly", "words": "No note of the last visit", "seen_version": 1}
    assert client.post(finding, said).status_code == 302
    assert client.post(finding, said | {"words": "Another", "seen_version": 1}).status_code == 409
    page = client.get(reverse("claim_sample", args=[sample.reference])).content.decode()
    assert "No note of the last visit" in page and "Something is missing" in page


def test_whoever_made_a_claim_does_not_audit_it_and_a_period_has_days(cast: Any, two_accepted: list[Claim]) -> None:
    from hearth.oversight.programmes import rules
    from hearth.oversight.programmes.models import SampledClaim

    auditor = cast.quality_auditor
    sampled = SampledClaim(claim=two_accepted[0])
    sampled.claim.made_by_id = auditor.id
    refusal = rules.why_not_find(auditor, sampled, "stands", "")
    assert refusal is not None and refusal.code == "programmes.own_claim"
    refusal = rules.why_not_draw(auditor, ago(1), ago(1) - dt.timedelta(days=1), 1, 1)
    assert refusal is not None and refusal.code == "programmes.period"
