"""Reads of volunteer requests, matches, visits and reviews: the reader first, always through visible_to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Avg, CharField, Count, F, Func, Q, Sum, Value
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.models import Case
from hearth.foundation.core import clock
from hearth.foundation.ui.filters import counted
from hearth.oversight.quality.volunteers.helping.fitting import Point, Reason, miles, order, reasons
from hearth.oversight.quality.volunteers.helping.rules import why_not_ask
from hearth.oversight.quality.volunteers.models import (
    MatchState,
    RequestState,
    Volunteer,
    VolunteerMatch,
    VolunteerRequest,
    VolunteerReview,
    VolunteerVisit,
)
from hearth.oversight.quality.volunteers.queries import LIVE, coming_until, newest_checks, ready_to_approve, standing_of
from hearth.oversight.quality.volunteers.reach import COORDINATES
from hearth.records.directory.models import Location
from hearth.records.people.models import Address, FamilyRole, Membership

MOST = 60  # of each list
FAMILY_FIRST = (FamilyRole.PARENT, FamilyRole.CARER, FamilyRole.CHILD)


def request_of(reader: Any, reference: str) -> VolunteerRequest:
    """One request, or a page that never says whether there is one."""
    rows = VolunteerRequest.objects.visible_to(reader).select_related("area", "asked_by")
    found: VolunteerRequest | None = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def match_of(reader: Any, reference: str) -> VolunteerMatch:
    """One match, the same."""
    rows = VolunteerMatch.objects.visible_to(reader).select_related(
        "asked__area", "area", "chosen_by", "answer_noted_by", "ended_by"
    )
    found: VolunteerMatch | None = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def case_of(reader: Any, reference: str) -> Case:
    """A case that the reader may open."""
    found = Case.objects.visible_to(reader).select_related("family", "area").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def case_behind(reader: Any, asked: VolunteerRequest) -> Case | None:
    """The case of a request, for whoever may open it."""
    return Case.objects.visible_to(reader).select_related("family").filter(pk=asked.case_id).first()


def waiting_requests(reader: Any) -> list[VolunteerRequest]:
    """Who waits for a volunteer where the reader coordinates, the longest first."""
    if not reader.may(COORDINATES):
        return []
    rows = VolunteerRequest.objects.visible_to(reader).filter(state=RequestState.OPEN).select_related("area")
    return list(rows.order_by("asked_on", "created_at")[:MOST])


def going(reader: Any) -> list[VolunteerMatch]:
    """Help that is asked of a family or going on, the next review first, with its hours."""
    rows = VolunteerMatch.objects.visible_to(reader).filter(state__in=LIVE).select_related("asked", "area", "volunteer")
    rows = rows.annotate(minutes=Sum("visits__minutes", filter=Q(visits__taken_back_on=None)))
    return list(rows.order_by("review_on", "chosen_on", "id")[:MOST])


def outlasting(reader: Any) -> set[Any]:
    """Matches whose case has closed: the help is to end too."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_help_outlasts(%s)", [reader.id])
        return set(cursor.fetchone()[0])


def is_there(case: Case) -> bool:
    """Whether a volunteer was asked for in a case, and that is not closed."""
    return VolunteerRequest.objects.filter(case=case).exclude(state=RequestState.CLOSED).exists()


def may_help(volunteer_id: Any, family_id: Any) -> bool:
    """Whether somebody may be matched with a family; why not is not said."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_volunteer_may_help(%s, %s)", [volunteer_id, family_id])
        return bool(cursor.fetchone()[0])


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be chosen, and how they fit."""

    volunteer: Volunteer
    reasons: list[Reason]

    @property
    def fits_whole(self) -> bool:
        """Whether everything fits."""
        return order(self.reasons) == (0, 0)

    @property
    def in_short(self) -> str:
        """How far they fit, in a few words."""
        nots, parts = order(self.reasons)
        if self.fits_whole:
            return "Everything fits"
        said = [
            f"{counted(nots, 'thing')} {'does' if nots == 1 else 'do'} not fit" if nots else "",
            f"{counted(parts, 'thing')} {'fits' if parts == 1 else 'fit'} in part" if parts else "",
        ]
        return ", ".join(filter(None, said))


def candidates(reader: Any, asked: VolunteerRequest) -> list[Candidate]:
    """Who may be matched with the family, what fits best first. Whoever may not is not named, and not why."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_who_may_help(%s)", [asked.family_id])
        may = cursor.fetchone()[0]
    return _beside(asked, Volunteer.objects.visible_to(reader).filter(pk__in=may))


def _beside(asked: VolunteerRequest, rows: Any) -> list[Candidate]:
    rows = rows.select_related("area").annotate(helps=Count("matches", filter=Q(matches__state__in=LIVE)))
    people = list(rows.order_by("folded_name", "id"))
    points = _points({asked.outward, *(each.outward for each in people)})
    found = [
        Candidate(each, reasons(asked, each, miles(points.get(asked.outward), points.get(each.outward)), each.helps))
        for each in people
    ]
    return sorted(found, key=lambda each: order(each.reasons))


def _points(outwards: set[str]) -> dict[str, Point]:
    """The middle of the places of the directory that share the first half of a postcode; nothing of those that we know no place in."""
    half = Func(F("postcode"), Value(" "), Value(1), function="split_part", output_field=CharField())
    known = Location.objects.exclude(latitude=None).exclude(longitude=None).annotate(half=half)
    rows = known.filter(half__in=outwards - {""}).values("half").annotate(lat=Avg("latitude"), lon=Avg("longitude"))
    return {row["half"]: (float(row["lat"]), float(row["lon"])) for row in rows.order_by("half")}


def candidate_of(reader: Any, asked: VolunteerRequest, reference: str) -> Candidate:
    """One volunteer beside one request."""
    found = _beside(asked, Volunteer.objects.visible_to(reader).filter(reference=reference, ended_on=None))
    if not found:
        raise Http404
    return found[0]


def volunteer_behind(reader: Any, match: VolunteerMatch) -> Volunteer | None:
    """The volunteer of a match, for whoever may read volunteers."""
    return Volunteer.objects.visible_to(reader).filter(pk=match.volunteer_id).first()


def visits_of(reader: Any, match: VolunteerMatch) -> list[VolunteerVisit]:
    """Visits, the newest first; those taken back too, which count nowhere."""
    rows = VolunteerVisit.objects.visible_to(reader).filter(match=match).select_related("noted_by")
    return list(rows.order_by("-visited_on", "-number"))


def visit_of(reader: Any, match: VolunteerMatch, number: int) -> VolunteerVisit:
    """One of those."""
    found: VolunteerVisit | None = VolunteerVisit.objects.visible_to(reader).filter(match=match, number=number).first()
    if found is None:
        raise Http404
    return found


def minutes_on(match: VolunteerMatch, day: dt.date) -> int:
    """How long visits of a day were, together."""
    rows = VolunteerVisit.objects.filter(match=match, visited_on=day, taken_back_on=None)
    return int(rows.aggregate(all=Sum("minutes"))["all"] or 0)


def reviews_of(reader: Any, match: VolunteerMatch) -> list[VolunteerReview]:
    """Reviews, the newest first."""
    rows = VolunteerReview.objects.visible_to(reader).filter(match=match).select_related("reviewed_by")
    return list(rows.order_by("-reviewed_on", "-created_at"))


def suggested(reader: Any, case: Case) -> dict[str, Any]:
    """What a request begins with: first names of those who live there, and the first half of their postcode."""
    rows = Membership.objects.filter(family=case.family, until_on=None, lives_here=True, role__in=FAMILY_FIRST)
    people = {
        each.person_id: each for each in rows.select_related("person").order_by("created_at") if each.person is not None
    }
    ordered = sorted(people.values(), key=lambda each: FAMILY_FIRST.index(FamilyRole(each.role)))
    names = [each.person.known_as or each.person.given_name for each in ordered]
    codes = (
        Address.objects.filter(person__in=people, until_on=None).exclude(postcode="").values_list("postcode", flat=True)
    )
    return {
        "first_names": ", ".join(dict.fromkeys(name for name in names if name))[:120],
        "outward": next((code.split(" ")[0] for code in codes), ""),
    }


@dataclass(frozen=True)
class HelpOfCase:
    """What the page of a case says of volunteers."""

    asked: VolunteerRequest | None
    matches: list[VolunteerMatch]
    may_ask: bool


def volunteers_of_case(reader: Any, case: Case) -> HelpOfCase:
    """Who helps, since when; who helped; and whether the reader may ask for a volunteer."""
    rows = VolunteerRequest.objects.visible_to(reader).filter(case=case).exclude(state=RequestState.CLOSED)
    asked = rows.first()
    matches = list(
        VolunteerMatch.objects.visible_to(reader)
        .filter(asked__case=case)
        .exclude(state=MatchState.DECLINED)
        .order_by("-chosen_on")
    )
    return HelpOfCase(asked, matches, why_not_ask(reader, case, asked is not None) is None)


@dataclass(frozen=True)
class Waits:
    """Something of volunteers that waits for somebody: words, where, and how much is late or within the week."""

    words: str
    url: str
    late: int = 0
    week: int = 0


def volunteers_waiting(reader: Any) -> list[Waits]:
    """What waits on the first page: for a coordinator, for whoever approves, for a family's lead practitioner."""
    return [*_to_coordinate(reader), *_to_approve(reader), *_to_ask_family(reader)]


def _to_coordinate(reader: Any) -> list[Waits]:
    if not reader.may(COORDINATES):
        return []
    where, today, soon = reverse("volunteers"), clock.today(), coming_until()
    found, asked = [], waiting_requests(reader)
    if asked:
        found.append(Waits(f"{counted(len(asked), 'family', 'families')} waiting for a volunteer", where))
    helped = [each for each in going(reader) if each.state == MatchState.HELPING]
    due = [each.review_on for each in helped if each.review_on is not None and each.review_on <= soon]
    if due:
        late, week = sum(day < today for day in due), sum(today <= day <= today + clock.WEEK for day in due)
        found.append(Waits(f"{counted(len(due), 'review')} of volunteers’ help to make", where, late, week))
    people = list(Volunteer.objects.visible_to(reader).filter(approved_on__isnull=False, ended_on=None))
    checks = newest_checks(reader, people)
    stand = [standing_of(each, checks.get(each.pk)) for each in people]
    renew = [each for each in stand if each.colour in ("red", "yellow")]
    if renew:
        late = sum(each.colour == "red" for each in renew)
        found.append(Waits(f"{counted(len(renew), 'DBS check')} of volunteers to renew", where, late))
    if outlasts := outlasting(reader):
        found.append(
            Waits(
                f"{counted(len(outlasts), 'family', 'families')} with a volunteer whose case is closed",
                where,
                len(outlasts),
            )
        )
    return found


def _to_approve(reader: Any) -> list[Waits]:
    ready = ready_to_approve(reader)
    if not ready:
        return []
    return [Waits(f"{counted(len(ready), 'volunteer')} to approve", f"{reverse('volunteers')}?show=coming")]


def _to_ask_family(reader: Any) -> list[Waits]:
    if not reader.may("work_case"):
        return []
    rows = VolunteerMatch.objects.visible_to(reader).filter(state=MatchState.PROPOSED, asked__case__lead=reader)
    return [
        Waits(
            f"A volunteer was chosen for the {each.family.name} family: ask them",
            reverse("volunteer_match", args=[each.reference]),
        )
        for each in rows.select_related("family").order_by("chosen_on")[:MOST]
    ]
