"""What each page of an assessment shows beside the form: put together from queries and rules, for the views."""

from typing import Any

from hearth.casework.assessments import answers, queries, reading, rules
from hearth.casework.assessments.documents.queries import documents_of
from hearth.casework.assessments.known import about
from hearth.casework.assessments.models import Assessment, AssessmentStep, StepKind
from hearth.casework.assessments.people import people_on, who_it_is_about
from hearth.casework.assessments.progress import State
from hearth.casework.assessments.section_page import address
from hearth.casework.cases.models import Case
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.intelligence.insight.involvement.queries import family_view

STATES = {
    State.DONE: ("Done", "green"),
    State.STARTED: ("Started", "blue"),
    State.EMPTY: ("Not started", "grey"),
    State.UNUSED: ("Only if used", "grey"),
}
STATUSES = {"draft": "blue", "with_manager": "purple", "returned": "orange", "signed_off": "green", "stopped": "grey"}


def status_tag(assessment: Assessment) -> tuple[str, str]:
    """Where it has got to, in words and a colour."""
    return assessment.get_status_display(), STATUSES[assessment.status]


def context(reader: Any, case: Case, versions: list[Assessment]) -> dict[str, Any]:
    """The overview of the newest version."""
    latest = versions[0]
    sheet, steps = queries.sheet_of(reader, latest), queries.steps_of(reader, latest)
    return _common(latest) | {
        "case": case,
        "may_withdraw": reader.may("work_case"),
        "versions": versions,
        "sheet": sheet,
        "states": STATES,
        "address": address,
        "about": about,
        "on": clock.today(),
        "steps": steps,
        "commented": _commented(sheet, steps),
        "documents": documents_of(reader, latest),
        "status_tag": status_tag,
        "family_view": family_view(reader, case.family, "assessment"),
        "may_write": rules.why_not_write(reader, latest) is None,
        "may_take_back": rules.why_not_take_back(reader, latest) is None,
        "may_judge": rules.why_not_judge(reader, latest) is None,
        "may_stop": rules.why_not_stop(reader, latest) is None,
        "may_take_up": rules.why_not_take_up(reader, latest) is None,
        "may_start_version": rules.why_not_start_new_version(reader, latest, True) is None,
    }


def _commented(sheet: queries.Sheet, steps: list[AssessmentStep]) -> set[str]:
    """Pages that the last return says something about, while they are put right: by their anchors."""
    last = next((step for step in steps if step.kind == StepKind.RETURNED), None)
    if last is None or not sheet.assessment.is_open:
        return set()
    said = list(last.comments.all())
    return {page.anchor for page in sheet.progress.pages if reading.comments_on(said, page.place)}


def _common(assessment: Assessment) -> dict[str, Any]:
    return {
        "assessment": assessment,
        "status": status_tag(assessment),
        "level": find(pack().levels.levels, assessment.level or assessment.case.level),
    }


def whole(reader: Any, assessment: Assessment) -> dict[str, Any]:
    """One version, to be read from beginning to end."""
    sheet = queries.sheet_of(reader, assessment)
    before = answers.all_answers(reader, assessment.previous) if assessment.previous else None
    return _common(assessment) | {
        "sheet": sheet,
        "chapters": reading.chapters_of(sheet, answers.all_answers(reader, assessment), before),
        "steps": queries.steps_of(reader, assessment),
        "address": address,
        "documents": documents_of(reader, assessment),
        "may_withdraw": reader.may("work_case"),
        "about": about,
        "on": clock.in_london(assessment.signed_off_at or clock.now()).date(),
        "people": who_it_is_about(reader, assessment),
        "people_on": people_on(assessment, "today"),
        "may_write": rules.why_not_write(reader, assessment) is None,
        "may_judge": rules.why_not_judge(reader, assessment) is None,
    }


def changes(reader: Any, assessment: Assessment) -> dict[str, Any]:
    """A version beside the one before; for the first there is nothing beside it."""
    if assessment.previous is None:
        return _common(assessment) | {"changed": [], "same": 0, "dropped": []}
    old, new = queries.sheet_of(reader, assessment.previous), queries.sheet_of(reader, assessment)
    before, after = answers.all_answers(reader, assessment.previous), answers.all_answers(reader, assessment)
    changed, same = reading.changes_between(before, new, after)
    return _common(assessment) | {
        "changed": changed,
        "same": same,
        "dropped": reading.no_longer_asked(before, old, new),
    }


def managers(reader: Any, assessment: Assessment) -> dict[str, tuple[Any, str]]:
    """Who could sign it off, by their key, with their job."""
    return {
        str(user.id): (user, ", ".join(filter(None, [user.job_title, user.organisation_name])))
        for user in queries.managers_for(reader, assessment)
    }


def sending(reader: Any, assessment: Assessment) -> dict[str, Any]:
    """What is still needed before it can be sent."""
    return {
        "assessment": assessment,
        "case": assessment.case,
        "progress": queries.sheet_of(reader, assessment).progress,
        "address": address,
        "refusal": rules.why_not_send(reader, assessment, 0),
    }


def judging(assessment: Assessment, refusal: Refusal | None) -> dict[str, Any]:
    """What a manager sees beside the form that returns it or signs it off."""
    return _common(assessment) | {"refusal": refusal}
