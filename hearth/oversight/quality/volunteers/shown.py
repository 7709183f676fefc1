"""What each page of volunteers shows: put together from queries and rules, for the views."""

from typing import Any

from hearth.foundation.core.pack import label_of, pack
from hearth.oversight.quality.volunteers import queries, rules
from hearth.oversight.quality.volunteers.helping import queries as helping
from hearth.oversight.quality.volunteers.models import Volunteer
from hearth.oversight.quality.volunteers.reach import COORDINATES

MATCH_COLOURS = {"proposed": "yellow", "helping": "green", "declined": "grey", "ended": "grey"}
REQUEST_COLOURS = {"open": "yellow", "matched": "green", "closed": "grey"}


def overview(reader: Any, show: str, page: Any) -> dict[str, Any]:
    """Volunteers, who waits for one, and help that is going on."""
    shown = show if show in queries.SHOWN else "now"
    found = queries.volunteers_page(reader, shown, page)
    checks = queries.newest_checks(reader, found.rows)
    return {
        "page": found,
        "shown": shown,
        "shows": queries.SHOWN,
        "standing": {each.pk: queries.standing_of(each, checks.get(each.pk)) for each in found.rows},
        "coordinates": reader.may(COORDINATES),
        "asked": helping.waiting_requests(reader),
        "going": helping.going(reader),
        "outlasts": helping.outlasting(reader),
        "needs": needs,
        "colours": MATCH_COLOURS,
    }


def needs(codes: list[str]) -> str:
    """Needs in words."""
    return ", ".join(label_of(pack().unmet.needs, code) for code in codes)


def one(reader: Any, volunteer: Volunteer) -> dict[str, Any]:
    """All that is held of somebody, as it prints."""
    practice, checks = pack().volunteers, queries.checks_of(reader, volunteer)
    references, training = queries.references_of(reader, volunteer), queries.training_of(reader, volunteer)
    interviews = queries.interviews_of(reader, volunteer)
    missing = rules.what_is_missing(references, checks[0] if checks else None, training, interviews)
    return {
        "volunteer": volunteer,
        "standing": queries.standing_of(volunteer, checks[0] if checks else None),
        "offers": queries.offers(volunteer),
        "references": references,
        "checks": checks,
        "training": training,
        "interviews": interviews,
        "matches": queries.matches_of(reader, volunteer),
        "missing": missing,
        "works_on": rules.why_not_work_on(reader, volunteer) is None,
        "may_end": rules.why_not_recruit(reader, volunteer.area) is None and volunteer.ended_on is None,
        "may_approve": rules.why_not_approve(reader, volunteer, missing) is None,
        "approves": queries.may_approve(reader, volunteer),
        "many_references": len(references) >= rules.MOST_REFERENCES,
        "label": lambda kind, code: label_of(getattr(practice, kind), code),
        "colours": MATCH_COLOURS,
    }
