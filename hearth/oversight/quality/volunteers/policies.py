"""Row policies of volunteers and whom they help. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, events, only, protect
from hearth.oversight.quality.volunteers.reach import APPROVES, COORDINATES
from hearth.records.people.policies import family_condition

VOLUNTEER, REFERENCE, CHECK, TRAINING, INTERVIEW = (
    f"volunteers_volunteer{name}" for name in ("", "reference", "check", "training", "interview")
)
REQUEST, MATCH, VISIT, REVIEW, CONFLICT = (
    f"volunteers_volunteer{name}" for name in ("request", "match", "visit", "review", "conflict")
)
ME = "hearth_reader()"


def _there(permission: str, column: str) -> str:
    return f"{column} = any((select hearth_areas({ME}, '{permission}'))::uuid[])"


def _reads(table: str) -> str:
    """Whoever may open the family, and coordinators of the district whom it is not kept from."""
    coordinates = f"{_there(COORDINATES, f'{table}.area_id')} and not {table}.family_id = any((select hearth_kept_from({ME}))::uuid[])"
    return f"{family_condition(table)} or ({coordinates})"


def _of_volunteer(table: str, more: str = "true") -> str:
    return f"exists (select 1 from {VOLUNTEER} v where v.id = {table}.volunteer_id and {more})"


def _of_match(table: str, more: str = "true") -> str:
    return f"exists (select 1 from {MATCH} m where m.id = {table}.match_id and {more})"


def volunteers() -> list[RunSQL]:
    """A coordinator recruits and notes; somebody who approves there reads the same, and approves."""
    coordinates, approves = _there(COORDINATES, "area_id"), _there(APPROVES, "area_id")
    noted = {REFERENCE: "asked_by_id", CHECK: "seen_by_id", TRAINING: "noted_by_id", INTERVIEW: "held_by_id"}
    coordinated = f"v.ended_on is null and {_there(COORDINATES, 'v.area_id')}"
    adds = {table: f"{by} = {ME} and {_of_volunteer(table, coordinated)}" for table, by in noted.items()}
    return [
        protect(
            VOLUNTEER,
            read=f"{coordinates} or {approves}",
            add=f"recruited_by_id = {ME} and approved_on is null and ended_on is null and {coordinates}",
        ),
        only(
            VOLUNTEER, "full_name", "folded_name", "born_on", "address", "postcode", "email", "phone", "known_to_us", "known_words",
            "districts", "travels_miles", "languages", "helps_with", "days", "times", "most_families", "approved_by_id", "approved_on",
            "ended_on", "end_reason", "end_words", "ended_by_id", "version",
        ),
        protect(REFERENCE, read=_of_volunteer(REFERENCE), add=adds[REFERENCE]),
        only(REFERENCE, "received_on", "received_by_id", "recommends", "words"),
        *(append_only(table, read=_of_volunteer(table), add=adds[table]) for table in (CHECK, TRAINING, INTERVIEW)),
        events(f"{VOLUNTEER}event", VOLUNTEER),
        events(f"{REFERENCE}event", REFERENCE),
    ]  # fmt: skip


def helping() -> list[RunSQL]:
    """Whoever opens the family asks; a coordinator chooses somebody who may help it; both read what comes of it."""
    same = f"""exists (select 1 from cases_case c where c.id = {REQUEST}.case_id and c.family_id = {REQUEST}.family_id
        and c.area_id = {REQUEST}.area_id)"""
    helping_now = "m.state = 'helping'"
    asked = f"""exists (select 1 from {REQUEST} r where r.id = {MATCH}.asked_id and r.state = 'open'
        and r.family_id = {MATCH}.family_id and r.area_id = {MATCH}.area_id)"""
    return [
        protect(
            REQUEST,
            read=_reads(REQUEST),
            add=f"asked_by_id = {ME} and state = 'open' and {same} and {family_condition(REQUEST)}",
            change=_reads(REQUEST),
        ),
        only(REQUEST, "state", "closed_on", "closed_why"),
        protect(
            MATCH,
            read=_reads(MATCH),
            add=f"""chosen_by_id = {ME} and state = 'proposed' and {asked} and {_there(COORDINATES, "area_id")}
                and hearth_volunteer_may_help(volunteer_id, family_id)""",
            change=_reads(MATCH),
        ),
        only(
            MATCH, "state", "answered_on", "answered_by", "answer_words", "answer_noted_by_id", "started_on", "review_on", "ended_on",
            "end_reason", "end_words", "ended_by_id",
        ),
        protect(
            VISIT, read=_of_match(VISIT), add=f"noted_by_id = {ME} and taken_back_on is null and {_of_match(VISIT, 'm.started_on is not null')}"
        ),
        only(VISIT, "taken_back_on"),
        append_only(REVIEW, read=_of_match(REVIEW), add=f"reviewed_by_id = {ME} and {_of_match(REVIEW, helping_now)}"),
        append_only(CONFLICT, read=family_condition(CONFLICT), add=f"said_by_id = {ME} and {family_condition(CONFLICT)}"),
        *(events(f"{table}event", table) for table in (REQUEST, MATCH, VISIT)),
    ]  # fmt: skip
