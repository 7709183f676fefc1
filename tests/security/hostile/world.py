"""Families with something in every state, made by the product's own actions: what hostile readers walk over."""

import datetime as dt
import random
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Request
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place, Story, tell
from hearth.records.people.models import Person
from tests.security.hostile import database, life, states, words

# What was planted: how far each family's story got, whose words it carries, and how many days ago it began.
STORIES = {
    "waiting": ("waiting", words.OPEN, 3),
    "paused": ("paused", words.OPEN, 5),
    "decided": ("waiting", words.OPEN, 1),
    "advised": ("advice", words.OPEN, 20),
    "for_one": ("waiting", words.OPEN, 2),
    "passed": ("waiting", words.OPEN, 4),
    "moved": ("waiting", words.OPEN, 6),
    "stopped": ("assessing", words.OPEN, 25),
    "asked_up": ("assessing", words.OPEN, 30),
    "with_manager": ("with_manager", words.OPEN, 40),
    "stepped_up": ("planning", words.OPEN, 60),
    "handed_back": ("draft_plan", words.OPEN, 60),
    "working": ("working", words.OPEN, 120),
    "claimed": ("working", words.OPEN, 430),
    "closed": ("working", words.CLOSED, 420),
    "restricted": ("working", words.RESTRICTED, 110),
}


@dataclass
class World:
    """Everything planted: families by the state they are in, and what belongs to none."""

    cast: Any
    area: Area
    began: int  # the transaction with which planting began: what is older was there before
    families: dict[str, SimpleNamespace] = field(default_factory=dict)
    more: SimpleNamespace = field(default_factory=SimpleNamespace)

    def find(self, where: str, instead: str = "") -> Any:
        """`working.plan` is the plan of the family that is worked with; `instead` looks in another family."""
        first, _, rest = where.partition(".")
        thing = self.families.get(instead or first, self.more) if first in self.families else getattr(self.more, first)
        for part in filter(None, rest.split(".")):
            thing = getattr(thing, part)
        return thing


def build(cast: Any, area: Area) -> World:
    """Plant everything. The clock is the story's own while each is told."""
    world = World(cast, area, database.now())
    for key, (ending, stem, days_ago) in STORIES.items():
        world.families[key] = planted = _tell(world, key, ending, stem, days_ago)
        if ending == "working" and key != "claimed":  # of whom no more than a claim is asked
            life.live_more(cast, planted, stem)
    states.everything_else(world)
    return world


def _tell(world: World, key: str, ending: str, stem: str, days_ago: int) -> SimpleNamespace:
    cast, begun = world.cast, clock.now().replace(hour=10) - dt.timedelta(days=days_ago)
    while not clock.is_working_day(begun.date()):
        begun -= dt.timedelta(days=1)
    place = Place(world.area, cast.front_door_officer, cast.manager, cast.family_worker, [cast.practitioner])
    dice = random.Random(f"hostile {key}")
    with clock.frozen(begun) as hands:
        tell(Story(words.household(dice, begun.date(), stem), words.theme(stem), place, dice, hands, ending))
    with acting_as(cast.front_door_officer):
        told = [planted.request.pk for planted in world.families.values()]
        return _found(Request.objects.filter(made_by=cast.practitioner).exclude(pk__in=told).get())


def _found(request: Request) -> SimpleNamespace:
    """A planted family by the words that addresses use, as far as its story got."""
    planted = SimpleNamespace(request=request)
    case = Case.objects.select_related("family__area", "area", "lead__organisation").filter(pk=request.case_id).first()
    if case is None:
        return planted
    planted.case, planted.family, planted.plan = case, case.family, case.plans.first()
    planted.assessment = Assessment.objects.filter(case=case).first()
    people = Person.objects.filter(memberships__family=case.family).order_by("born_on")
    for name, role, sex in (
        ("mother", "parent", "F"), ("father", "parent", "M"), ("son", "child", "M"), ("daughter", "child", "F"),
    ):  # fmt: skip
        setattr(planted, name, people.get(memberships__role=role, sex=sex))
    return planted
