"""The front door, cases, assessments and steps."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.casework.assessments import actions as assessments
from hearth.casework.assessments.documents import actions as assessment_documents
from hearth.casework.assessments.queries import form_of, latest_of
from hearth.casework.assessments.stopping import actions as stopping
from hearth.casework.cases import actions as cases
from hearth.casework.cases.holding import actions as holding
from hearth.casework.cases.models import Case, ReachingPlan, TeamMember
from hearth.casework.cases.notes import actions as notes
from hearth.casework.cases.reaching import actions as reaching
from hearth.casework.front_door import actions as front_door
from hearth.casework.front_door.documents import actions as request_documents
from hearth.casework.front_door.passing import actions as passing
from hearth.casework.front_door.passing.models import Passing
from hearth.casework.front_door.tests.conftest import KELLY, LEO, SAID, asking
from hearth.casework.front_door.triage import actions as triage
from hearth.casework.front_door.triage.models import Pause
from hearth.casework.front_door.triage.rules import match_said
from hearth.desk.deciding import actions as deciding
from hearth.desk.panel import actions as panel
from hearth.desk.panel.actions import say_when
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import open_family
from tests.forms.at_once import Two, fresh, row

WORKER, MANAGER, DOOR, ASKER = "family_worker", "manager", "front_door_officer", "practitioner"
PEOPLE = [KELLY, LEO]
COLLEAGUES, OFFICERS = (WORKER, MANAGER), (DOOR, DOOR)
PLAN, CASE = row("working.plan", "case__family"), row("working.case", "family", "area", "lead__organisation")


def _two_more(town: Any) -> None:
    """A family without a case."""
    by = town.cast.family_worker
    with acting_as(by):
        town.more.new_family = open_family(by=by, name="New", area=town.area)


def _letter() -> Any:
    return SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")


def _note(by: Any, note: Any, words: str) -> Any:
    return notes.correct_note(
        by=by,
        note=note,
        seen_version=note.number,
        why="Wrong",
        kind=note.kind,
        happened_on=note.happened_on,
        words=words,
    )


def _reaching(by: Any, plan: Any, noticed: str) -> Any:
    return reaching.change_reaching(
        by=by, plan=plan, noticed=noticed, in_the_way=plan.in_the_way, approach=plan.approach, seen_version=plan.version
    )


def _tries(town: Any) -> None:
    """Enough has been tried for somebody to say that the family could not be reached."""
    by, plan = town.cast.family_worker, town.find("working.reaching")
    with acting_as(by):
        for way in ("call", "visit"):
            attempt = reaching.plan_try(
                by=by, plan=fresh(plan), way=way, what="Once more", planned_on=clock.today(), by_user=by
            )
            reaching.record_try(by=by, attempt=attempt, tried_on=clock.today(), reached=False)


def _write(by: Any, assessment: Any, words: str) -> Any:
    from hearth.casework.assessments.boxes import boxes_of

    section = next(page for page in form_of(assessment).sections if page.scope == "family" and boxes_of(page))
    box = next(box for box in boxes_of(section) if box.question.kind in ("text", "long_text"))
    return assessments.write_section(
        by=by, assessment=assessment, section=section, child=None, typed={box.name: words}, seen={box.name: 0}
    )


def _draft(town: Any) -> Any:
    """An assessment in which nobody has written the first box yet."""
    return latest_of(town.cast.family_worker, town.find("bare.case"))


def _judged(town: Any) -> Any:
    return fresh(town.find("with_manager.assessment"), "case__area", "author", "sent_by")


def _sign(by: Any, assessment: Any) -> Any:
    return assessments.sign_off_assessment(by=by, assessment=assessment, words="Good", seen_version=assessment.version)


def _send(by: Any, assessment: Any) -> Any:
    return assessments.send_assessment(
        by=by, assessment=assessment, to=user("manager"), level="universal_plus", seen_version=assessment.version
    )


def _return(by: Any, assessment: Any) -> Any:
    return assessments.return_assessment(
        by=by, assessment=assessment, words="Once more", comments={}, seen_version=assessment.version
    )


def _send_again(town: Any) -> None:
    """After it was signed off: the version that follows is with the manager."""
    worker = town.cast.family_worker
    with acting_as(worker):
        planted = town.families["with_manager"]
        planted.assessment = _send(worker, latest_of(worker, planted.case))


def _typed(town: Any) -> Any:
    request = fresh(town.find("waiting.request"))
    person = request.people.order_by("place").first()
    return request, person, match_said(getattr(person, "match", None))


def _match(by: Any, opened: Any, person: Any) -> Any:
    request, typed, seen = opened
    return triage.match_person(by=by, request=request, typed=typed, person=person, seen=seen)


def _advise(by: Any, request: Any) -> Any:
    return deciding.decide_request(
        by=by,
        request=request,
        outcome="advice",
        reason="Enough",
        words_for_referrer="Thank you",
        level="universal_plus",
    )


def _all_new(town: Any) -> None:
    with acting_as(town.cast.front_door_officer):
        request = fresh(town.find("paused.request"))
        for typed in request.people.all():
            triage.match_person(by=town.cast.front_door_officer, request=request, typed=typed, person=None)


def _accept(by: Any, request: Any) -> Any:
    return deciding.decide_request(
        by=by, request=request, outcome="assessment", reason="Needs help", level="universal_plus", lead=None
    )


def _to_panel(town: Any) -> None:
    with acting_as(town.cast.family_worker):
        say_when(CASE(town), clock.today())


def _asked_anew(town: Any) -> None:
    """A request of the school that nobody has looked at."""
    town.more.asked_anew = asking(town.cast, town.area)()


def _stopped_once(town: Any, _: Any) -> bool:
    return Pause.objects.filter(request=town.find("asked_anew"), until_at=None).count() == 1


def _second_draft(town: Any) -> None:
    """Begun by the school and not sent yet."""
    by = town.cast.practitioner
    with acting_as(by):
        town.more.second_draft = front_door.start_request(by=by, key=uuid.uuid4(), channel="partner", signs=[])


def _send_for_help(by: Any, request: Any) -> Any:
    return front_door.send_request(by=by, request=request, area=area(0), people=PEOPLE, **SAID)


def _passed(town: Any) -> Any:
    return Passing.objects.select_related("request").get(request=town.find("passed.request"))


FRONT_DOOR = [
    Two("triage.match_person", _typed, lambda by, o: _match(by, o, None),
        lambda by, o: _match(by, o, fresh_person(by)), "front_door.matched_meanwhile", who=OFFICERS),
    Two("triage.pause_request", row("waiting.request"),
        lambda by, r: triage.pause_request(by=by, request=r, reason="waiting_for_family"), comes="front_door.paused", who=OFFICERS),
    Two("triage.resume_request", row("waiting.request"), lambda by, r: triage.resume_request(by=by, request=r),
        comes="front_door.running", who=OFFICERS),
    Two("front_door.answer_front_door", row("waiting.request"),
        lambda by, r: front_door.answer_front_door(by=by, request=r, words="More"), comes="done", who=(ASKER, ASKER),
        kept=lambda town, _: fresh(town.find("waiting.request")).messages.count() == 2),
    Two("triage.ask_referrer", row("asked_anew"), lambda by, r: triage.ask_referrer(by=by, request=r, words="Which school?"),
        comes="done", who=OFFICERS, kept=_stopped_once, prepare=_asked_anew),
    Two("triage.move_request", row("asked_anew"), lambda by, r: triage.move_request(by=by, request=r, area=area(1), why="Lives there"),
        lambda by, r: triage.move_request(by=by, request=r, area=area(2), why="Lives there"),
        "front_door.not_your_front_door", who=OFFICERS),
    Two("deciding.decide_request", row("waiting.request"), _advise, comes="front_door.decided", who=OFFICERS),
    Two("triage.record_told", row("waiting.request"), lambda by, r: triage.record_told(by=by, request=r, how="phone"),
        comes="front_door.told", who=OFFICERS),
    Two("triage.reopen_decision", row("waiting.request"),
        lambda by, r: triage.reopen_decision(by=by, request=r, because="More came"), comes="front_door.not_decided", who=OFFICERS),
    Two("front_door.withdraw_request", row("waiting.request"), _advise,
        lambda by, r: front_door.withdraw_request(by=by, request=r, because="Found help"), "front_door.decided",
        who=(DOOR, ASKER), about="while it is decided"),
    Two("deciding.accept_request", row("paused.request"), _accept, comes="front_door.decided", who=OFFICERS, prepare=_all_new),
    Two("passing.pass_on_request", row("for_one.request"),
        lambda by, r: passing.pass_on_request(by=by, request=r, how="message", to=user(ASKER)), comes="front_door.passed_on", who=OFFICERS),
    Two("passing.answer_passed_request", _passed, lambda by, p: passing.answer_passed_request(by=by, passing=p, answer="will_help"),
        lambda by, p: passing.answer_passed_request(by=by, passing=p, answer="cannot", words="Full"), "front_door.passing_answered",
        who=(ASKER, ASKER)),
    Two("front_door.send_request", row("second_draft"), _send_for_help, comes="done", who=(ASKER, ASKER), prepare=_second_draft,
        kept=lambda town, came: came.result.people.count() == len(PEOPLE)),
    Two("request_documents.withdraw_request_document", row("waiting.document", "request"),
        lambda by, d: request_documents.withdraw_request_document(by=by, document=d, request=d.request, because="Not theirs"),
        comes="documents.withdrawn_already", who=OFFICERS),
    Two("front_door.discard_request", row("draft"), lambda by, r: front_door.discard_request(by=by, request=r),
        comes="core.gone", who=(ASKER, ASKER)),
]  # fmt: skip


def fresh_person(_by: Any) -> Any:
    """Somebody on record."""
    from hearth.records.people.models import Person

    return Person.objects.exclude(given_name="").order_by("created_at").first()


CASES = [
    Two("cases.open_case", row("new_family"), lambda by, f: cases.open_case(by=by, family=f), comes="cases.another_open", prepare=_two_more),
    Two("cases.move_family", lambda town: Case.objects.select_related("family", "area").get(family=town.find("new_family")),
        lambda by, c: cases.move_family(by=by, case=c, area=area(1)), lambda by, c: cases.move_family(by=by, case=c, area=area(2)),
        "cases.may_not_move", who=(MANAGER, MANAGER)),
    Two("holding.give_to_team", CASE, lambda by, c: given_to(by, c, "Safeguarding hub"), lambda by, c: given_to(by, c, "Family support"),
        "conflict", who=(MANAGER, MANAGER)),
    Two("cases.name_lead", CASE, lambda by, c: named_lead(by, c, "manager"), lambda by, c: named_lead(by, c, "other_family_worker"),
        "conflict", who=(MANAGER, MANAGER)),
    Two("cases.join_team", CASE, lambda by, c: cases.join_team(by=by, case=c, user=user("other_family_worker"), role="practitioner"),
        comes="cases.in_team", who=(MANAGER, MANAGER)),
    Two("cases.leave_team", lambda town: (CASE(town), member_of(town, "other_family_worker")),
        lambda by, o: cases.leave_team(by=by, case=o[0], member=o[1]), comes="cases.not_in_team", who=(MANAGER, MANAGER)),
    Two("cases.add_other_member", CASE, lambda by, c: cases.add_other_member(by=by, case=c, role="neighbour", name="Mrs Hill"),
        comes="cases.in_team", who=(MANAGER, MANAGER)),
    Two("notes.correct_note", row("working.note", "case"), lambda by, n: _note(by, n, "One"), lambda by, n: _note(by, n, "Two"),
        "conflict", who=COLLEAGUES),
    Two("reaching.change_reaching", row("working.reaching", "case"), lambda by, p: _reaching(by, p, "One"),
        lambda by, p: _reaching(by, p, "Two"), "conflict", who=COLLEAGUES),
    Two("reaching.plan_try", row("working.reaching", "case"),
        lambda by, p: reaching.plan_try(by=by, plan=p, way="call", what="Ring", planned_on=clock.today(), by_user=by),
        comes="done", who=COLLEAGUES),
    Two("reaching.record_try", row("working.attempt", "plan__case"),
        lambda by, a: reaching.record_try(by=by, attempt=a, tried_on=clock.today(), reached=False), comes="cases.try_recorded", who=COLLEAGUES),
    Two("reaching.undo_try", row("working.attempt", "plan__case"), lambda by, a: reaching.undo_try(by=by, attempt=a),
        comes="cases.try_not_recorded", who=COLLEAGUES),
    Two("reaching.end_reaching", row("working.reaching", "case"), lambda by, p: _reaching(by, p, "Three"),
        lambda by, p: reaching.end_reaching(by=by, plan=p, reached=True, ended_words="Met"), "done", who=COLLEAGUES,
        about="while its words change", kept=lambda town, _: fresh(town.find("working.reaching")).noticed == "Three"),
    Two("reaching.agree_to_stop", lambda town: ReachingPlan.objects.select_related("case").get(case=town.find("bare.case")),
        lambda by, p: reaching.agree_to_stop(by=by, plan=p), comes="cases.nothing_to_agree", who=(MANAGER, MANAGER)),
    Two("panel.record_panel", CASE, lambda by, c: panel.record_panel(by=by, case=c, heard=True, heard_on=clock.today(), words="Heard"),
        comes="desk.not_waiting_for_panel", who=COLLEAGUES, prepare=_to_panel),
]  # fmt: skip


def area(number: int) -> Any:
    """A district of the pack."""
    from hearth.foundation.accounts.models import Area
    from hearth.foundation.core.pack import pack

    return Area.objects.get(code=pack().areas.districts[number].code)


def user(key: str) -> Any:
    """Somebody of the cast."""
    from hearth.conftest import Cast

    return getattr(Cast(), key)


def named_lead(by: Any, case: Any, key: str) -> Any:
    """Make that one of the cast the lead, as the page that `case` is from would."""
    from hearth.foundation.core.seen import seen_of

    return cases.name_lead(by=by, case=case, lead=user(key), seen=seen_of(case.lead_id))


def given_to(by: Any, case: Any, name: str) -> Any:
    """Give it to that team, as the page that `case` is from would."""
    from hearth.foundation.accounts.models import Team
    from hearth.foundation.core.seen import seen_of

    return holding.give_to_team(by=by, case=case, team=Team.objects.get(name=name), seen=seen_of(case.team_id))


def member_of(town: Any, key: str) -> Any:
    """Their place in the team."""
    return TeamMember.objects.get(case=town.find("working.case"), user=user(key), left_on=None)


ASSESSMENTS = [
    Two("assessments.start_assessment", row("bare.case"), lambda by, c: assessments.start_assessment(by=by, case=c),
        comes="assessments.started", who=COLLEAGUES),
    Two("assessments.write_section", _draft, lambda by, a: _write(by, a, "One"), lambda by, a: _write(by, a, "Two"), "done",
        who=COLLEAGUES, kept=lambda town, came: bool(came.result.disputed) and not came.result.saved),
    Two("assessment_documents.add_assessment_document", _draft,
        lambda by, a: assessment_documents.add_assessment_document(by=by, assessment=a, file=_letter(), kind="letter"),
        comes="documents.there_already", who=COLLEAGUES),
    Two("assessment_documents.withdraw_assessment_document", row("asked_up.document"),
        lambda by, d: assessment_documents.withdraw_assessment_document(by=by, document=d, because="Not theirs"),
        comes="documents.withdrawn_already", who=COLLEAGUES),
    Two("assessments.take_back_assessment", _judged, lambda by, a: assessments.take_back_assessment(by=by, assessment=a),
        comes="assessments.not_with_manager"),
    Two("assessments.send_assessment", _judged, _send, comes="assessments.with_manager", who=(WORKER, WORKER)),
    Two("assessments.return_assessment", _judged, _sign, _return, "assessments.not_waiting", who=(MANAGER, MANAGER),
        about="while it is signed off"),
    Two("assessments.start_new_version", _judged, lambda by, a: assessments.start_new_version(by=by, assessment=a, because="News"),
        comes="assessments.not_latest", who=COLLEAGUES),
    Two("assessments.sign_off_assessment", _judged, _return, _sign, "assessments.not_waiting", who=(MANAGER, MANAGER),
        about="while it is returned", prepare=_send_again),
    Two("stopping.stop_assessment", _draft, lambda by, a: stopping.stop_assessment(by=by, assessment=a, because="No"),
        comes="assessments.stopped"),
    Two("stopping.take_up_assessment", _draft, lambda by, a: stopping.take_up_assessment(by=by, assessment=a),
        comes="assessments.not_stopped"),
]  # fmt: skip


TABLE = [*FRONT_DOOR, *CASES, *ASSESSMENTS]
