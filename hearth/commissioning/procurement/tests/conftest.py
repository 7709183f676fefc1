"""A tender of two lots at every step: written, published, bid for by two organisations, opened, scored, agreed.

The commissioner runs it; the head of early help, a manager and information governance keep its passphrases; two officers score it.
"""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hearth.commissioning.procurement import actions
from hearth.commissioning.procurement.bids.actions import open_bids, send_bid
from hearth.commissioning.procurement.models import Bid, Keyholder, Lot, Tender
from hearth.commissioning.procurement.scoring import actions as scoring
from hearth.foundation.accounts.actions import appoint_person
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.records.documents.tests.conftest import scanner, worker  # noqa: F401 - fixtures

PASSPHRASES = {
    "one": "seven herons over slate", "two": "a brass kettle at dawn", "escrow": "envelope in the strongroom",
}  # fmt: skip
SECRET = "Ziggurat evenings on the Canterbury estate"  # stands in a bid and nowhere else
PRICE = 8_765_432
ANSWERS = {2: f"{SECRET}: what we would do.", 3: "Twelve years of it."}


class Letter(io.BytesIO):
    """A small text file as a browser sends it."""

    name = "plan.txt"


def letter(words: str = f"{SECRET}, in a file") -> Letter:
    """A file of words."""
    return Letter(words.encode())


@pytest.fixture
def hands() -> Iterator[Any]:
    """The clock, stopped at this moment, which a test moves on."""
    with clock.frozen(clock.now().replace(microsecond=0)) as found:
        yield found


@pytest.fixture
def runner(cast: Any) -> Any:
    """Who writes, publishes and awards."""
    return cast.commissioner


@pytest.fixture
def keepers(cast: Any) -> dict[str, Any]:
    """Who keeps the passphrases."""
    return {"one": cast.county_manager, "two": cast.manager, "escrow": cast.information_governance}


@pytest.fixture
def other_bidder(cast: Any, as_: Any) -> Any:
    """Somebody of another organisation who bids for it."""
    with as_(cast.administrator):
        appoint_person(by=cast.administrator, person=cast.other_practitioner, role="provider")
    return User.objects.select_related("organisation").get(pk=cast.other_practitioner.pk)


def words() -> dict[str, Any]:
    """What a tender says, with a deadline twenty days from now."""
    return {
        "title": "Family support at home", "background": "Families wait for help at home.",
        "outcomes": ["Children are in school", "Parents say that they cope"],
        "questions_until": clock.now() + dt.timedelta(days=10), "deadline_at": clock.now() + dt.timedelta(days=20),
        "standstill_days": 8,
    }  # fmt: skip


@pytest.fixture
def draft(runner: Any, area: Any, other_area: Any, as_: Any, hands: Any) -> Tender:
    """A whole specification, without passphrases."""
    with as_(runner):
        tender = actions.write_tender(by=runner, **words())
        for name, codes in (("North", [area.code]), ("South", [other_area.code])):
            actions.add_lot(
                by=runner, tender=tender, name=name, what="Visits at home", districts=codes, most_pence=12_000_000
            )
        for name, kind, weight in (
            ("Price", "price", 4000),
            ("Outcomes", "quality", 3500),
            ("People", "quality", 2500),
        ):
            actions.add_criterion(by=runner, tender=tender, name=name, kind=kind, weight=weight)
        actions.add_joint_commissioner(by=runner, tender=tender, organisation=runner.organisation, share=7000)
    return tender


@pytest.fixture
def locked(draft: Tender, runner: Any, keepers: dict[str, Any], as_: Any, cast: Any) -> Tender:
    """The same with its three passphrases, and the rest of the shares."""
    with as_(runner):
        actions.add_joint_commissioner(
            by=runner, tender=draft, organisation=cast.health_visitor.organisation, share=3000
        )
        actions.name_keyholders(by=runner, tender=draft, **keepers)
    for place, keeper in keepers.items():
        with as_(keeper):
            actions.set_passphrase(by=keeper, tender=draft, passphrase=PASSPHRASES[place])
    return draft


@pytest.fixture
def published(locked: Tender, runner: Any, as_: Any) -> Tender:
    """An open call."""
    with as_(runner):
        return actions.publish_tender(by=runner, tender=Tender.objects.get(pk=locked.pk))


def lot_of(tender: Tender, number: int = 1) -> Lot:
    """A lot of it."""
    return Lot.objects.select_related("tender").get(tender=tender, number=number)


@pytest.fixture
def bid_for(as_: Any) -> Callable[..., Bid]:
    """`bid_for(tender, cast.provider)` sends a bid for the first lot."""

    def make(tender: Tender, by: Any, number: int = 1, **told: Any) -> Bid:
        with as_(by):
            said = {"price_pence": PRICE, "answers": ANSWERS, "files": [letter()]} | told
            return send_bid(by=by, lot=lot_of(tender, number), **said)

    return make


@pytest.fixture
def two_bids(published: Tender, cast: Any, other_bidder: Any, bid_for: Any) -> tuple[Bid, Bid]:
    """One of each organisation for the first lot."""
    return bid_for(published, cast.provider), bid_for(published, other_bidder, price_pence=11_000_000)


@pytest.fixture
def opened(two_bids: Any, published: Tender, keepers: dict[str, Any], hands: Any, as_: Any) -> Tender:
    """Opened by both openers, after the deadline."""
    hands.forward(days=21)
    by = keepers["one"]
    with as_(by):
        tender = Tender.objects.get(pk=published.pk)
        return open_bids(by=by, tender=tender, passphrases={key: PASSPHRASES[key] for key in ("one", "two")})


@pytest.fixture
def panel(opened: Tender, runner: Any, cast: Any, as_: Any) -> list[Any]:
    """Two who score, the first in the chair, both without a conflict of interest."""
    people = [cast.senior_development_officer, cast.development_officer]
    for person in people:
        with as_(runner):
            scoring.name_scorer(by=runner, tender=opened, scorer=person, chairs=person is people[0])
        with as_(person):
            scoring.declare_conflict(by=person, tender=opened, conflict=False)
    return people


GIVEN = {2: (6, "Says how."), 3: (8, "Well known.")}
BETTER = {2: (9, "Says how, and for whom."), 3: (8, "Well known.")}


@pytest.fixture
def agreed(panel: list[Any], opened: Tender, two_bids: Any, as_: Any) -> Tender:
    """All scored, and all agreed on: the dearer bid is the better one."""
    for person in panel:
        with as_(person):
            for bid, given in zip(two_bids, (GIVEN, BETTER), strict=True):
                scoring.score_bid(by=person, bid=bid, scores=given)
    chair = panel[0]
    with as_(chair):
        scoring.close_scoring(by=chair, tender=opened)
        for bid, given in zip(two_bids, (GIVEN, BETTER), strict=True):
            scoring.agree_scores(by=chair, bid=bid, scores=given)
    return opened


def holders(tender: Tender) -> dict[str, Keyholder]:
    """What the database has of the keyholders."""
    return {each.place: each for each in Keyholder.objects.filter(tender=tender)}
