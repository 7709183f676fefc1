"""A partner's bid for outside funding is told, laid beside what is bought already, and reviewed with reasons."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse

from hearth.commissioning.procurement.grants.bids import actions, queries
from hearth.commissioning.procurement.grants.models import OutsideBid
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refused

TOLD: dict[str, Any] = {
    "title": "A youth centre", "funder": "The lottery", "needs": ["positive_activities"], "what": "Five evenings a week.",
    "pence": 12_000_000,
}  # fmt: skip
GYM = ["positive_activities", "housing"]


@pytest.fixture
def tell(cast: Any, area: Any, as_: Any) -> Callable[..., OutsideBid]:
    """`tell()` tells of the charity's bid for the first district."""

    def make(by: Any = None, **told: Any) -> OutsideBid:
        by = by or cast.provider
        said = (
            {"organisation": by.organisation, "area": area, "due_on": clock.today() + dt.timedelta(days=40)}
            | TOLD
            | told
        )
        with as_(by):
            return actions.tell_of_bid(by=by, **said)

    return make


@pytest.fixture
def bid(tell: Any) -> OutsideBid:
    """It waits for its review."""
    return tell()


def test_it_is_reviewed_beside_what_is_bought_given_and_bid_for_already(
    bid: Any,
    tell: Any,
    draft: Any,
    move: Any,
    application: Any,
    decide: Any,
    other_provider: Any,
    other_area: Any,
    cast: Any,
    as_: Any,
    as_client: Any,
) -> None:
    decide(application)
    same = draft(title="Youth work", needs=GYM)
    everywhere = draft(title="Youth work everywhere", needs=GYM, area=None)
    for other in ({"needs": ["housing"]}, {"area": other_area, "needs": GYM}):
        draft(title="Zz beside the point", **other)
    move(draft(title="Zz withdrawn", needs=GYM), "withdrawn")
    other = tell(by=other_provider, title="A boxing ring")
    client = as_client(cast.strategic_lead)
    page = client.get(reverse("review_bid", args=[bid.reference])).content.decode()
    for shown in (same, everywhere, application, other):
        assert shown.reference in page, shown.title
    assert "Zz" not in page
    assert (
        client.post(reverse("review_bid", args=[bid.reference]), {"state": "duplicates", "words": ""}).status_code
        == 422
    )
    said = {"state": "duplicates", "words": "A grant pays for it already."}
    assert client.post(reverse("review_bid", args=[bid.reference]), said).status_code == 302
    with as_(cast.provider):
        found = OutsideBid.objects.get(pk=bid.pk)
        assert set(found.beside) == {each.reference for each in (same, everywhere, application, other)}
        assert queries.overlaps(cast.provider, found) == []
    told = as_client(cast.provider).get(reverse("outside_bid", args=[bid.reference])).content.decode()
    assert "A grant pays for it already." in told and "Would duplicate" in told
    assert same.reference not in told and other.title not in told, "a partner is told what the review says, and no more"
    with as_(cast.commissioner), pytest.raises(Refused, match="settled"):
        actions.review_bid(by=cast.commissioner, bid=found, state="supported", words="x")


def test_it_is_told_on_one_page_once(area: Any, cast: Any, as_: Any, as_client: Any) -> None:
    client, day = as_client(cast.provider), clock.today() + dt.timedelta(days=9)
    typed = TOLD | {
        "pence": "120000",
        "organisation": str(cast.provider.organisation_id),
        "area": area.code,
        "key": str(uuid.uuid4()),
    }
    typed |= {f"due_on-{part}": getattr(day, part) for part in ("day", "month", "year")}
    wrong = client.post(reverse("tell_of_bid"), typed | {"funder": "", "what": "Zz kept"})
    assert wrong.status_code == 422 and "Zz kept" in wrong.content.decode()
    for _ in range(2):
        assert client.post(reverse("tell_of_bid"), typed | {"draft_sitting": "one"}).status_code == 302
    with as_(cast.provider):
        assert OutsideBid.objects.get().pence == 12_000_000


def test_it_is_read_by_its_organisation_and_the_authoritys_people_of_the_district(
    bid: Any, tell: Any, other_provider: Any, other_area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    elsewhere, rival = tell(area=other_area, title="Elsewhere"), tell(by=other_provider, title="Zz rival")
    expected = {
        "provider": {bid, elsewhere}, "development_officer": {bid, rival}, "commissioner": {bid, elsewhere, rival},
        "charity_worker": set(), "charity_manager": set(), "family_worker": set(), "administrator": set(),
    }  # fmt: skip
    for who, seen in expected.items():
        user = getattr(cast, who)
        with as_(user):
            assert set(OutsideBid.objects.all()) == set(OutsideBid.objects.visible_to(user)) == seen, who
    assert as_client(cast.provider).get(reverse("outside_bid", args=[rival.reference])).status_code == 404
    assert "Zz rival" not in as_client(cast.provider).get(reverse("outside_bids")).content.decode()


def test_nobody_reviews_their_own_or_tells_of_anothers(
    bid: Any, tell: Any, other_provider: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused):
        tell(organisation=other_provider.organisation)
    with pytest.raises(Refused):
        tell(by=cast.commissioner)
    assert (
        tell(by=cast.commissioner, organisation=cast.provider.organisation, title="Told for them").told_by
        == cast.commissioner
    )
    for who in ("provider", "development_officer", "board_member", "analyst"):
        by = getattr(cast, who)
        with as_(by), pytest.raises(Refused):
            actions.review_bid(by=by, bid=bid, state="supported", words="Mine")
    with as_(cast.provider), pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        OutsideBid.objects.filter(pk=bid.pk).update(
            state="supported", words="x", reviewed_by=cast.provider, reviewed_on=clock.today()
        )


def test_it_is_withdrawn_while_it_waits_by_its_organisation(
    bid: Any, other_provider: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    assert as_client(other_provider).post(reverse("withdraw_outside_bid", args=[bid.reference])).status_code == 404
    assert as_client(cast.commissioner).post(reverse("withdraw_outside_bid", args=[bid.reference])).status_code == 403
    assert as_client(cast.provider).post(reverse("withdraw_outside_bid", args=[bid.reference])).status_code == 302
    with as_(cast.commissioner), pytest.raises(Refused):
        actions.review_bid(by=cast.commissioner, bid=bid, state="supported", words="x")
