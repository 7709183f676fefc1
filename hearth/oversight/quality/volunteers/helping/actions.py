"""Writes about help by volunteers: asked for, chosen, what the family said, visits, reviews, the end."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.cases.actions import hold
from hearth.casework.cases.models import Case
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean, one_line
from hearth.oversight.quality.volunteers.helping import queries, rules
from hearth.oversight.quality.volunteers.models import (
    Day,
    MatchState,
    PartOfDay,
    RequestState,
    VolunteerConflict,
    VolunteerMatch,
    VolunteerRequest,
    VolunteerReview,
    VolunteerVisit,
)


@action
def ask_for_volunteer(
    *, by: Any, case: Case, needs: Sequence[str], first_names: str, must_know: str, agreed_by: str, agreed_on: dt.date,
    languages: Sequence[str] = (), days: Sequence[str] = (), times: Sequence[str] = (), outward: str = "",
) -> VolunteerRequest:  # fmt: skip
    """Ask for a volunteer, as the family agreed: what is written here is all that a coordinator and a volunteer are told."""
    hold(case)
    refuse(rules.why_not_ask(by, case, queries.is_there(case)))
    said: dict[str, Any] = {
        "needs": list(needs), "languages": list(languages), "first_names": one_line(first_names, 120),
        "must_know": clean(must_know).strip(), "agreed_by": one_line(agreed_by, 120), "agreed_on": agreed_on,
    }  # fmt: skip
    refuse(rules.why_not_what_is_asked(**said))
    asked = VolunteerRequest(
        reference=drawn_reference("VR"), case=case, family_id=case.family_id, area=case.area, asked_by=by, asked_on=clock.today(),
        days=[code for code in Day.values if code in days], times=[code for code in PartOfDay.values if code in times],
        outward="".join(outward.upper().split())[:4], **said,
    )  # fmt: skip
    asked.save(force_insert=True)
    record("volunteers.asked_for", family=case.family_id, subject=asked, needs=asked.needs)
    return asked


@action
def withdraw_volunteer_request(*, by: Any, asked: VolunteerRequest, why: str) -> VolunteerRequest:
    """Take a request back."""
    asked.hold()
    refuse(rules.why_not_close_request(by, asked, why))
    _close(asked, clean(why).strip())
    record("volunteers.request_withdrawn", family=asked.family_id, subject=asked)
    return asked


def _close(asked: VolunteerRequest, why: str = "") -> None:
    asked.state, asked.closed_on, asked.closed_why = RequestState.CLOSED, clock.today(), why
    asked.save(update_fields=["state", "closed_on", "closed_why"])


@action
def choose_volunteer(*, by: Any, asked: VolunteerRequest, candidate: queries.Candidate, why: str) -> VolunteerMatch:
    """Choose a volunteer for a family; how they fitted is kept as it was shown."""
    asked.hold()
    candidate.volunteer.hold()  # whoever ends their volunteering meanwhile waits, and sees this
    refuse(rules.why_not_choose(by, asked, queries.may_help(candidate.volunteer.pk, asked.family_id), why))
    match = VolunteerMatch(
        reference=drawn_reference("VM"), asked=asked, volunteer=candidate.volunteer, family_id=asked.family_id, area_id=asked.area_id,
        called=candidate.volunteer.first_name[:60], chosen_by=by, chosen_on=clock.today(), why=clean(why).strip(),
        fits=[{"about": each.about, "fit": each.fit, "words": each.words} for each in candidate.reasons],
    )  # fmt: skip
    match.save(force_insert=True)
    asked.state = RequestState.MATCHED
    asked.save(update_fields=["state"])
    record("volunteers.chosen", family=asked.family_id, subject=match, volunteer=candidate.volunteer.reference)
    return match


@action
def note_family_answer(
    *, by: Any, match: VolunteerMatch, agrees: bool, answered_by: str, answer_words: str = "", starts_on: dt.date | None = None,
    knows_them: bool = False,
) -> VolunteerMatch:  # fmt: skip
    """Note what the family said to a volunteer: the help begins, or somebody else is looked for."""
    match.asked.hold()
    match.hold()
    may_help = queries.may_help(match.volunteer_id, match.family_id)
    refuse(
        rules.why_not_answer(
            by, match, queries.case_behind(by, match.asked), agrees and not knows_them, answered_by, may_help, starts_on
        )
    )
    match.answered_on, match.answered_by, match.answer_noted_by = clock.today(), one_line(answered_by, 120), by
    match.answer_words = clean(answer_words).strip()
    fields = ["answered_on", "answered_by", "answer_noted_by", "answer_words", "state"]
    if agrees and not knows_them and starts_on is not None:
        match.state, match.started_on = MatchState.HELPING, starts_on
        match.review_on = starts_on + dt.timedelta(days=pack().volunteers.first_review_days)
        fields += ["started_on", "review_on"]
    else:
        match.state = MatchState.DECLINED
        match.asked.state = RequestState.OPEN
        match.asked.save(update_fields=["state"])
    if knows_them:
        VolunteerConflict.objects.bulk_create(
            [VolunteerConflict(volunteer_id=match.volunteer_id, family_id=match.family_id, said_by=by)],
            ignore_conflicts=True,
        )
    match.save(update_fields=fields)
    record(
        "volunteers.family_answered",
        family=match.family_id,
        subject=match,
        agrees=match.state == MatchState.HELPING,
        knows=knows_them,
    )
    return match


@action
def log_visit(*, by: Any, match: VolunteerMatch, visited_on: dt.date, minutes: int, words: str = "") -> VolunteerVisit:
    """Note that a volunteer was with a family, for so long."""
    match.hold()
    refuse(rules.why_not_log(by, match, visited_on, minutes, queries.minutes_on(match, visited_on)))
    visit = VolunteerVisit(
        match=match, number=VolunteerVisit.objects.filter(match=match).count() + 1, visited_on=visited_on, minutes=minutes,
        words=one_line(words, 200), noted_by=by,
    )  # fmt: skip
    visit.save(force_insert=True)
    record("volunteers.visited", family=match.family_id, subject=match, number=visit.number, minutes=minutes)
    return visit


@action
def take_back_visit(*, by: Any, match: VolunteerMatch, visit: VolunteerVisit) -> VolunteerVisit:
    """Take back a visit that was noted by mistake: it is kept, and counted nowhere."""
    match.hold()
    visit.hold()
    refuse(rules.why_not_take_back(by, match, visit))
    visit.taken_back_on = clock.today()
    visit.save(update_fields=["taken_back_on"])
    record("volunteers.visit_taken_back", family=match.family_id, subject=match, number=visit.number)
    return visit


@action
def review_help(
    *,
    by: Any,
    match: VolunteerMatch,
    reviewed_on: dt.date,
    family_words: str,
    next_on: dt.date,
    volunteer_words: str = "",
) -> VolunteerReview:
    """Note how the help goes, and when it is looked at next."""
    match.hold()
    refuse(rules.why_not_review(by, match, reviewed_on, family_words, next_on))
    review = VolunteerReview(
        match=match, reviewed_on=reviewed_on, reviewed_by=by, family_words=clean(family_words).strip(),
        volunteer_words=clean(volunteer_words).strip(), next_on=next_on,
    )  # fmt: skip
    review.save(force_insert=True)
    match.review_on = next_on
    match.save(update_fields=["review_on"])
    record("volunteers.help_reviewed", family=match.family_id, subject=match, next_on=next_on)
    return review


@action
def end_help(
    *, by: Any, match: VolunteerMatch, ended_on: dt.date, end_reason: str, end_words: str = ""
) -> VolunteerMatch:
    """A volunteer helps a family no longer, and why; the request is closed with it."""
    match.asked.hold()
    match.hold()
    refuse(rules.why_not_end_match(by, match, end_reason, ended_on))
    match.state, match.ended_on, match.ended_by = MatchState.ENDED, ended_on, by
    match.end_reason, match.end_words = end_reason, clean(end_words).strip()
    match.save(update_fields=["state", "ended_on", "ended_by", "end_reason", "end_words"])
    _close(match.asked)
    record("volunteers.help_ended", family=match.family_id, subject=match, reason=end_reason)
    return match
