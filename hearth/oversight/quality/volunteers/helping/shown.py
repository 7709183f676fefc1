"""What each page of help by volunteers shows: put together from queries and rules, for the views."""

import datetime as dt
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.oversight.quality.volunteers.helping import figures, queries, rules
from hearth.oversight.quality.volunteers.models import (
    Day,
    Fit,
    MatchState,
    PartOfDay,
    RequestState,
    VolunteerMatch,
    VolunteerRequest,
)
from hearth.oversight.quality.volunteers.queries import newest_checks, standing_of

FIT_COLOURS = {Fit.WHOLE: "green", Fit.PART: "yellow", Fit.NOT: "red"}
MATCH_COLOURS = {"proposed": "yellow", "helping": "green", "declined": "grey", "ended": "grey"}
REQUEST_COLOURS = {"open": "yellow", "matched": "green", "closed": "grey"}


def wanted(asked: VolunteerRequest) -> list[tuple[str, str]]:
    """What was asked for, in words."""
    practice = pack()
    return [
        ("Help with", ", ".join(label_of(practice.unmet.needs, code) for code in asked.needs)),
        ("Where", f"{asked.area.name}{f', {asked.outward}' if asked.outward else ''}"),
        (
            "Language",
            " or ".join(label_of(practice.directory.languages, code) for code in asked.languages) or "English",
        ),
        ("Days", ", ".join(Day(code).label for code in asked.days) or "Any"),
        ("Time of day", ", ".join(PartOfDay(code).label for code in asked.times) or "Any"),
    ]


def asked(reader: Any, found: VolunteerRequest) -> dict[str, Any]:
    """One request, and for the coordinator who could help."""
    coordinates = rules.coordinates(reader, found.area)
    is_open = found.state == RequestState.OPEN
    matches = VolunteerMatch.objects.visible_to(reader).filter(asked=found).order_by("-chosen_on", "-created_at")
    return {
        "asked": found,
        "wanted": wanted(found),
        "case": queries.case_behind(reader, found),
        "coordinates": coordinates,
        "candidates": queries.candidates(reader, found) if coordinates and is_open else [],
        "matches": list(matches),
        "may_withdraw": rules.why_not_close_request(reader, found, "-") is None,
        "fit_colours": FIT_COLOURS,
        "colours": REQUEST_COLOURS,
        "match_colours": MATCH_COLOURS,
    }


def match(reader: Any, found: VolunteerMatch) -> dict[str, Any]:
    """One match, as its reader may see it."""
    volunteer, case = queries.volunteer_behind(reader, found), queries.case_behind(reader, found.asked)
    visits = queries.visits_of(reader, found)
    check = newest_checks(reader, [volunteer]).get(volunteer.pk) if volunteer is not None else None
    today = clock.today()
    return {
        "match": found,
        "asked": found.asked,
        "wanted": wanted(found.asked),
        "case": case,
        "volunteer": volunteer,
        "standing": standing_of(volunteer, check) if volunteer is not None else None,
        "coordinates": rules.coordinates(reader, found.area),
        "visits": visits,
        "minutes": sum(each.minutes for each in visits if each.taken_back_on is None),
        "reviews": queries.reviews_of(reader, found),
        "works": rules.works_on(reader, found),
        "may_answer": rules.why_not_answer(reader, found, case, False, "-", True, None) is None,
        "may_log": rules.why_not_log(reader, found, found.ended_on or today, 1, 0) is None,
        "may_review": rules.why_not_review(reader, found, today, "-", next_review()) is None,
        "may_end": rules.why_not_end_match(reader, found, any_end(), today) is None,
        "may_print": rules.why_not_print(reader, volunteer, found) is None,
        "outlasts": found.pk in queries.outlasting(reader) or (case is not None and not case.is_open and found.is_live),
        "reason": label_of(pack().volunteers.help_ends, found.end_reason),
        "colours": MATCH_COLOURS,
        "fit_colours": FIT_COLOURS,
        "fit_words": {each.value: each.label for each in Fit},
        "is_helping": found.state == MatchState.HELPING,
    }


def sheet(found: VolunteerMatch) -> dict[str, Any]:
    """What a volunteer is told of a family, and nothing else."""
    return {"match": found, "asked": found.asked, "wanted": wanted(found.asked), "today": clock.today()}


def hours(reader: Any) -> dict[str, Any]:
    """Hours by district and quarter."""
    return {"found": figures.hours(reader), "FEW": figures.FEW, "fewest": pack().indicators.fewest_shown}


def next_review() -> dt.date:
    """The last day by which help is looked at again, from today."""
    return clock.today() + dt.timedelta(days=pack().volunteers.review_days)


def any_end() -> str:
    """A reason of the pack, to ask whether help may be ended at all."""
    return pack().volunteers.help_ends[0].code
