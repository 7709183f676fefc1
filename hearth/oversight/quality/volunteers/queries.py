"""Reads of volunteers: the reader first, always through visible_to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import Http404

from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.quality.volunteers import rules
from hearth.oversight.quality.volunteers.models import (
    Day,
    MatchState,
    PartOfDay,
    Volunteer,
    VolunteerCheck,
    VolunteerInterview,
    VolunteerMatch,
    VolunteerReference,
    VolunteerTraining,
)
from hearth.oversight.quality.volunteers.reach import APPROVES, COORDINATES

LIVE = (MatchState.PROPOSED, MatchState.HELPING)
MOST = 30  # looked through for the first page
SHOWN = {"now": "Volunteering", "coming": "To be approved", "ended": "Ended"}


@dataclass(frozen=True)
class Standing:
    """How somebody stands today: a word, its colour, and until when their check stands."""

    word: str
    colour: str
    check: VolunteerCheck | None

    @property
    def may_help(self) -> bool:
        """Whether they may be matched at all."""
        return self.colour in ("green", "yellow")


def coming_until() -> dt.date:
    """Up to which day a review or a renewal is shown as coming."""
    return clock.today() + dt.timedelta(days=pack().volunteers.chase_days)


def standing_of(volunteer: Volunteer, check: VolunteerCheck | None) -> Standing:
    """How somebody stands, by the newest check."""
    if volunteer.ended_on is not None:
        return Standing("Ended", "grey", check)
    if volunteer.approved_on is None:
        return Standing("To be approved", "blue", check)
    if check is None or not check.stands:
        return Standing("Check run out", "red", check)
    if check.renew_by <= coming_until():
        return Standing("Check to renew", "yellow", check)
    return Standing("May help", "green", check)


def newest_checks(reader: Any, volunteers: Iterable[Volunteer]) -> dict[Any, VolunteerCheck]:
    """The newest check of each, by the volunteer's key: one query."""
    rows = VolunteerCheck.objects.visible_to(reader).filter(volunteer__in=list(volunteers))
    return {each.volunteer_id: each for each in rows.order_by("seen_on", "created_at")}


def volunteers_page(reader: Any, shown: str, page: Any) -> Page:
    """Volunteers of the reader's districts, by name, with how many families each helps."""
    rows = Volunteer.objects.visible_to(reader)
    rows = {
        "now": rows.filter(approved_on__isnull=False, ended_on=None),
        "coming": rows.filter(approved_on=None, ended_on=None),
        "ended": rows.filter(ended_on__isnull=False),
    }[shown]
    rows = rows.annotate(helps=Count("matches", filter=Q(matches__state__in=LIVE))).select_related("area")
    return page_of(rows.order_by("folded_name", "id"), page)


def volunteer_of(reader: Any, reference: str) -> Volunteer:
    """One volunteer, or a page that never says whether there is one."""
    rows = Volunteer.objects.visible_to(reader).select_related("area", "recruited_by", "approved_by", "ended_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def areas_to_recruit(reader: Any) -> list[Area]:
    """Districts in which the reader coordinates."""
    codes = [district.code for district in pack().areas.districts]
    return [area for area in Area.objects.filter(code__in=codes).order_by("name") if reader.may(COORDINATES, area)]


def references_of(reader: Any, volunteer: Volunteer) -> list[VolunteerReference]:
    """Who was asked for a reference, and what they said."""
    rows = VolunteerReference.objects.visible_to(reader).filter(volunteer=volunteer)
    return list(rows.select_related("asked_by", "received_by").order_by("number"))


def reference_of(reader: Any, volunteer: Volunteer, number: int) -> VolunteerReference:
    """One of those."""
    found = VolunteerReference.objects.visible_to(reader).filter(volunteer=volunteer, number=number).first()
    if found is None:
        raise Http404
    return found


def checks_of(reader: Any, volunteer: Volunteer) -> list[VolunteerCheck]:
    """Checks, the newest first."""
    rows = VolunteerCheck.objects.visible_to(reader).filter(volunteer=volunteer).select_related("seen_by")
    return list(rows.order_by("-seen_on", "-created_at"))


def training_of(reader: Any, volunteer: Volunteer) -> list[VolunteerTraining]:
    """Training done, the newest first."""
    return list(VolunteerTraining.objects.visible_to(reader).filter(volunteer=volunteer).order_by("-done_on", "id"))


def interviews_of(reader: Any, volunteer: Volunteer) -> list[VolunteerInterview]:
    """Interviews, the newest first."""
    rows = VolunteerInterview.objects.visible_to(reader).filter(volunteer=volunteer).select_related("held_by")
    return list(rows.order_by("-held_on", "-created_at"))


def matches_of(reader: Any, volunteer: Volunteer) -> list[VolunteerMatch]:
    """Whom they help and helped, as far as the reader may read it."""
    rows = VolunteerMatch.objects.visible_to(reader).filter(volunteer=volunteer).select_related("asked")
    return list(rows.order_by("-chosen_on", "-created_at"))


def missing_of_each(reader: Any, volunteers: Sequence[Volunteer]) -> dict[Any, list[str]]:
    """What must be seen before each is approved, by the volunteer's key: four queries, however many they are."""
    checks, of_each = newest_checks(reader, volunteers), {}
    kinds = (VolunteerReference, VolunteerTraining, VolunteerInterview)
    found = [list(kind.objects.visible_to(reader).filter(volunteer__in=volunteers)) for kind in kinds]
    for each in volunteers:
        said, training, interviews = ([row for row in rows if row.volunteer_id == each.pk] for rows in found)
        of_each[each.pk] = rules.what_is_missing(said, checks.get(each.pk), training, interviews)
    return of_each


def offers(volunteer: Volunteer) -> list[tuple[str, str]]:
    """Where, in what and when they help, in words."""
    practice = pack()
    return [
        ("Goes to", ", ".join(label for code in volunteer.districts if (label := _district(code)))),
        ("Travels", f"Up to {volunteer.travels_miles} miles from {volunteer.outward or 'home'}"),
        ("Helps with", ", ".join(label_of(practice.unmet.needs, code) for code in volunteer.helps_with)),
        (
            "Speaks",
            ", ".join(["English", *(label_of(practice.directory.languages, code) for code in volunteer.languages)]),
        ),
        ("Free on", ", ".join(Day(code).label for code in volunteer.days)),
        ("At what time", ", ".join(PartOfDay(code).label for code in volunteer.times)),
        ("Families at once", f"{volunteer.most_families} at most"),
    ]


def _district(code: str) -> str:
    found = pack().areas.district(code)
    return found.name if found else code


def may_approve(reader: Any, volunteer: Volunteer) -> bool:
    """Whether the reader approves volunteers there, and did not recruit this one."""
    return bool(reader.may(APPROVES, volunteer.area)) and volunteer.recruited_by_id != reader.id


def ready_to_approve(reader: Any) -> list[Volunteer]:
    """Whom the reader could approve today: everything was seen, and they did not recruit them."""
    if not reader.may(APPROVES):
        return []
    rows = Volunteer.objects.visible_to(reader).filter(approved_on=None, ended_on=None).exclude(recruited_by=reader)
    waiting = [
        each
        for each in rows.select_related("area").order_by("recruited_on", "id")[:MOST]
        if reader.may(APPROVES, each.area)
    ]
    missing = missing_of_each(reader, waiting) if waiting else {}
    return [each for each in waiting if not missing[each.pk]]
