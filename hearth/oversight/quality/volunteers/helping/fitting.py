"""How a volunteer fits what a family asked for: one thing at a time, in words. A person decides; nothing is added up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core.pack import find, label_of, pack
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.filters import count, listed
from hearth.oversight.quality.volunteers.models import Day, Fit, PartOfDay, Volunteer, VolunteerRequest

EARTH_MILES = 7917.5  # across


@dataclass(frozen=True)
class Reason:
    """One thing that was asked for, how somebody fits it, and why that is said."""

    about: str
    fit: str
    words: str

    @property
    def label(self) -> str:
        """How it fits, in words."""
        return str(Fit(self.fit).label)


Point = tuple[float, float]


def miles(one: Point | None, other: Point | None) -> float | None:
    """How far two points are apart, as the crow flies; nothing where either is unknown."""
    if one is None or other is None:
        return None
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))


def reasons(asked: VolunteerRequest, volunteer: Volunteer, far: float | None, helps: int) -> list[Reason]:
    """Need, place, language, time, and whether they have room: each with why."""
    return [
        _need(asked.needs, volunteer.helps_with),
        _place(asked, volunteer, far),
        _language(asked.languages, volunteer.languages),
        _time(asked, volunteer),
        _room(volunteer, helps),
    ]


def order(found: Sequence[Reason]) -> tuple[int, int]:
    """What fits best first: fewest that do not, then fewest in part."""
    return sum(each.fit == Fit.NOT for each in found), sum(each.fit == Fit.PART for each in found)


def _named(things: Any, codes: Sequence[str]) -> str:
    return str(listed([lower_first(label_of(things, code)) for code in codes]))


def _need(asked: Sequence[str], helps_with: Sequence[str]) -> Reason:
    both = [code for code in asked if code in helps_with]
    rest = [code for code in asked if code not in helps_with]
    needs = pack().unmet.needs
    if not rest:
        return Reason("Need", Fit.WHOLE, f"Helps with {_named(needs, both)}.")
    if both:
        return Reason("Need", Fit.PART, f"Helps with {_named(needs, both)}, and not with {_named(needs, rest)}.")
    return Reason("Need", Fit.NOT, f"Does not help with {_named(needs, rest)}.")


def _place(asked: VolunteerRequest, volunteer: Volunteer, far: float | None) -> Reason:
    goes, name = asked.area.code in volunteer.districts, asked.area.name
    if far is None:
        how_far = f"How far {asked.outward or 'it'} is from {volunteer.outward or 'their home'} is not known"
        return Reason(
            "Place", Fit.WHOLE if goes else Fit.NOT, f"{'Goes' if goes else 'Does not go'} to {name}. {how_far}."
        )
    near, about = far <= volunteer.travels_miles, f"about {count(max(1, round(far)), 'mile')}"
    if goes and near:
        return Reason("Place", Fit.WHOLE, f"Goes to {name}, and it is {about} away.")
    if goes:
        return Reason(
            "Place", Fit.PART, f"Goes to {name}, but it is {about} away and they travel {volunteer.travels_miles}."
        )
    if near:
        return Reason("Place", Fit.PART, f"Did not name {name}, but it is only {about} away.")
    return Reason("Place", Fit.NOT, f"Does not go to {name}, and it is {about} away.")


def _language(asked: Sequence[str], speaks: Sequence[str]) -> Reason:
    languages = pack().directory.languages
    if not asked:
        return Reason("Language", Fit.WHOLE, "The family needs no other language than English.")
    both = [each.label for code in asked if code in speaks and (each := find(languages, code))]
    if both:
        return Reason("Language", Fit.WHOLE, f"Speaks {listed(both)}.")
    return Reason("Language", Fit.NOT, f"Speaks no {listed([label_of(languages, code) for code in asked], 'or')}.")


def _time(asked: VolunteerRequest, volunteer: Volunteer) -> Reason:
    days = [code for code in Day.values if code in volunteer.days and (not asked.days or code in asked.days)]
    times = [code for code in PartOfDay.values if code in volunteer.times and (not asked.times or code in asked.times)]
    on, at = listed([Day(code).label for code in days]), listed([PartOfDay(code).label.lower() for code in times])
    if days and times:
        return Reason("Time", Fit.WHOLE, f"Free on {on}, in the {at}.")
    if days:
        return Reason("Time", Fit.PART, f"Free on {on}, but not at that time of day.")
    if times:
        return Reason("Time", Fit.PART, f"Free in the {at}, but not on those days.")
    return Reason("Time", Fit.NOT, "Free neither on those days nor at that time of day.")


def _room(volunteer: Volunteer, helps: int) -> Reason:
    most = count(volunteer.most_families, "family", "families")
    if not helps:
        return Reason("Room", Fit.WHOLE, f"Helps nobody now, and would help {most} at most.")
    if helps < volunteer.most_families:
        return Reason("Room", Fit.WHOLE, f"Helps {count(helps, 'family', 'families')} now, of {most} at most.")
    return Reason("Room", Fit.NOT, f"Helps {count(helps, 'family', 'families')} already, and wanted {most} at most.")
