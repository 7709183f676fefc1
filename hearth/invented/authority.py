"""Loads an invented authority: the cast, agreements, and families at every stage of the way."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

from hearth.commissioning.procurement.timekeeping import listening_to_stopped_clocks
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.achieved import tell_achieved
from hearth.invented.apart import tell_apart
from hearth.invented.asked import tell_asked
from hearth.invented.audited import audit_assessments
from hearth.invented.bought import tell_bought
from hearth.invented.cast import load_cast
from hearth.invented.claimed import claim_for_families
from hearth.invented.contracts import tell_contracts
from hearth.invented.copies import copy_families
from hearth.invented.households import Household, invent_household
from hearth.invented.listed import list_services
from hearth.invented.members import tell_members
from hearth.invented.money import tell_money
from hearth.invented.noticed import send_files
from hearth.invented.panels import tell_panels
from hearth.invented.referred import tell_referred
from hearth.invented.reported import tell_reports
from hearth.invented.returned import tell_returns
from hearth.invented.risked import tell_risks
from hearth.invented.story import Place, Story, tell
from hearth.invented.strategies import tell_strategy
from hearth.invented.tendered import tell_tenders
from hearth.invented.trained import tell_training
from hearth.invented.unmet import tell_unmet
from hearth.invented.volunteered import tell_volunteers
from hearth.invented.words import LASTING_THEMES, THEMES
from hearth.invented.worth import tell_worth
from hearth.records.sharing.agreements.actions import write_agreement

Say = Callable[[str], None]
# Of each hundred families; and how many days ago the request was made.
ENDINGS = {
    "waiting": (10, 0, 6), "paused": (3, 3, 12), "advice": (8, 10, 500), "single_agency": (8, 10, 500),
    "no_further_action": (3, 10, 500), "assessing": (14, 8, 40), "with_manager": (7, 20, 50), "planning": (8, 30, 70),
    "draft_plan": (5, 35, 80), "working": (20, 110, 240), "closed": (11, 260, 500), "again": (4, 0, 4), "lasting": (3, 500, 540),
}  # fmt: skip
FIRST = [*ENDINGS, "lasting", "lasting"]  # so that even a few families show every stage, and a claim at each of its own
ON_RECORD = ("planning", "working", "closed")  # families of whom somebody may ask again
SLIPS = 0.15  # of families that are worked with: nobody has been there for a while, and their list says so
OUTWARD = {"lancashire": ("BB11", "PR7"), "stockton": ("TS18", "TS19"), "essex": ("SS14", "CM7")}


BESIDE_FROM = 20  # families: a demonstration to look round in has some more, that show what seldom happens
TOLD = 250  # families whose history is told by the actions; a larger authority is made of copies of them


def load(families: int, seed: int, progress: Say) -> None:
    """Invent `families` families from `seed`. Refused by the commands anywhere but in a demonstration.

    The same seed and number give the same people and histories, counted back from today.
    """
    with listening_to_stopped_clocks():
        _load(families, seed, progress)


def _load(families: int, seed: int, progress: Say) -> None:
    told = min(families, TOLD)
    cast, places = _tell_all(told, seed, progress)
    list_services(cast, [place.area for place in places], OUTWARD.get(pack().authority.code, ("ZZ1", "ZZ2")))
    if families > told:
        copy_families(families, seed, progress)
    if families >= BESIDE_FROM:
        tell_apart(cast, places[0], seed, OUTWARD.get(pack().authority.code, ("ZZ1",))[0])
        tell_unmet(cast, places, seed)
        tell_referred(cast, places[0])
        tell_panels(cast, places[0], seed)
        tell_money(cast, places)
        tell_achieved(cast, places[0].area)
        tell_contracts(cast, places)
        tell_asked(cast, places, seed)
        tell_worth(cast, places)
        tell_tenders(cast, places, tell_bought(cast, places))
        audit_assessments(cast)
        tell_returns(cast, places)
        tell_volunteers(cast, places[0], OUTWARD.get(pack().authority.code, ("ZZ1",)))
        tell_reports(cast, places)
        tell_training(cast, [place.area for place in places])
        tell_risks(cast, places[0].area)
        tell_members(cast, places[0].area)
        tell_strategy(cast)


def _tell_all(families: int, seed: int, progress: Say) -> tuple[dict[str, Any], list[Place]]:
    practice = pack()
    cast = load_cast(practice)
    places = _places(cast)
    _agreements(cast)
    endings, weights = list(ENDINGS), [share for share, _, _ in ENDINGS.values()]
    on_record: list[tuple[Household, Place]] = []
    for number in range(families):
        dice = random.Random(f"{seed} {number}")
        ending = FIRST[number] if number < len(FIRST) else dice.choices(endings, weights)[0]
        place = places[0] if number < len(FIRST) else dice.choices(places, (3, 2))[0]
        known = None
        if ending == "again" and on_record:
            known, place = dice.choice(on_record)
        household = _one(dice, place, ending, practice.authority.code, known)
        if ending in ON_RECORD and household.has_young_children(clock.today()):
            on_record.append((household, place))
        if (number + 1) % 20 == 0:
            progress(f"{number + 1} of {families} families")
    claim_for_families(cast)
    send_files(cast, [place.area for place in places], OUTWARD.get(practice.authority.code, ("ZZ1", "ZZ2")))
    return cast, places


def _one(dice: random.Random, place: Place, ending: str, practice: str, known: Household | None) -> Household:
    _, least, most = ENDINGS[ending]
    begun = clock.now() - dt.timedelta(days=dice.randint(least, most))
    while not clock.is_working_day(begun.date()):
        begun -= dt.timedelta(days=1)
    outward = OUTWARD.get(practice, ("ZZ1", "ZZ2"))
    with clock.frozen(min(begun.replace(hour=dice.randint(9, 15)), clock.now())) as hands:
        household = known.as_another_says(dice) if known else invent_household(dice, begun.date(), dice.choice(outward))
        goes_on = ending == "working" and dice.random() >= SLIPS
        themes = LASTING_THEMES if ending == "lasting" else THEMES
        tell(Story(household, dice.choice(themes), place, dice, hands, ending, goes_on))
    return household


def _places(cast: dict[str, Any]) -> list[Place]:
    """The first two districts, where the cast work; the same one where the authority has a single district."""
    codes = [district.code for district in pack().areas.districts][:2]
    areas = {area.code: area for area in Area.objects.filter(code__in=codes)}
    first = Place(
        areas[codes[0]], cast["front_door_officer"], cast["manager"], cast["family_worker"],
        [cast["practitioner"], cast["colleague"], cast["health_visitor"]],
    )  # fmt: skip
    second = Place(
        areas[codes[-1]], cast["other_front_door_officer"], cast["other_manager"], cast["other_family_worker"],
        [cast["other_practitioner"]],
    )  # fmt: skip
    return [first, second]


def _agreements(cast: dict[str, Any]) -> None:
    """The school and the health trust have agreements with the authority; the charity has none, and needs consent."""
    officer, today = cast["information_governance"], clock.today()
    with acting_as(officer):
        for who in ("practitioner", "health_visitor"):
            write_agreement(
                by=officer, organisation=cast[who].organisation, purposes=["early_help", "look_up"],
                categories=["basic", "contact", "assessment", "plan", "notes"], from_on=today,
                until_on=today + dt.timedelta(days=365), document="ISA-2026-04",
            )  # fmt: skip
