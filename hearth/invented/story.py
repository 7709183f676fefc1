"""One family's history, told by the product's own actions under a clock that is moved: no rule is passed by."""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hearth.casework.assessments import actions as assessments
from hearth.casework.assessments import queries as assessment_queries
from hearth.casework.cases.holding.actions import give_to_team
from hearth.casework.cases.models import Case
from hearth.casework.cases.notes.actions import add_note
from hearth.casework.cases.notes.rules import Seen
from hearth.casework.front_door.actions import send_request, start_request
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.passing.actions import pass_on_request
from hearth.casework.front_door.triage.actions import ask_referrer, match_person, record_told
from hearth.casework.front_door.typed import TypedPerson
from hearth.casework.plans.actions import agree_plan, describe_plan, start_plan
from hearth.casework.plans.closing.actions import close_case
from hearth.casework.plans.outcomes.actions import add_outcome, end_outcome
from hearth.casework.plans.reviews.actions import record_review
from hearth.casework.plans.who_does_what.actions import add_action, finish_action
from hearth.desk.deciding.actions import decide_request
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.households import Household, Someone
from hearth.invented.words import Theme
from hearth.records.people.facts.actions import add_identifier, move_home, record_relationship
from hearth.records.people.models import Person

BETWEEN_REVIEWS = dt.timedelta(days=45)
MOST_REVIEWS = 8
HELD = 0.7  # of the cases are held by the team of whoever leads them


@dataclass
class Place:
    """A district and who works in it."""

    area: Any
    front_door: Any
    manager: Any
    worker: Any
    askers: list[Any]


@dataclass
class Story:
    """A family's way through early help, as far as `ending`."""

    household: Household
    theme: Theme
    place: Place
    dice: random.Random
    hands: clock.Hands
    ending: str
    goes_on: bool = False  # worked with up to now; else it stops where it got to, and what is due gets late

    def say(self, words: str) -> str:
        """A theme's words with this family's first names in them."""
        child = next((c.given_name for c in self.household.children if c.given_name), "the baby")
        return words.format(child=child, parent=self.household.adults[0].given_name)

    @property
    def left(self) -> dt.timedelta:
        """How long it is until the real now, where every story ends."""
        return dt.datetime.now(clock.LONDON) - self.hands.moment  # noqa: TID251

    def pass_days(self, least: int, most: int) -> None:
        """Some days later, in working hours, on a day that is worked; never later than now."""
        now = dt.datetime.now(clock.LONDON)  # noqa: TID251 - the real end of every story
        moment = self.hands.moment + dt.timedelta(days=self.dice.randint(least, most))
        while not clock.is_working_day(moment.date()):
            moment += dt.timedelta(days=1)
        moment = moment.replace(hour=self.dice.randint(9, 16), minute=self.dice.randint(0, 59))
        self.hands.set(min(moment, now))


def tell(story: Story) -> Case | None:
    """Tell it, from the request to its ending; the case that it came to."""
    request = _ask(story)
    if story.ending in ("waiting", "again"):
        return None
    story.pass_days(0, 2)
    if story.ending == "paused":
        with acting_as(story.place.front_door):
            ask_referrer(by=story.place.front_door, request=request, words="Which school do the other children go to?")
        return None
    outcome = story.ending if story.ending in ("advice", "single_agency", "no_further_action") else "assessment"
    case = _decide(story, request, outcome)
    if case is not None:
        _work(story, case)
    return case


def _ask(story: Story) -> Request:
    asker, home, theme = story.dice.choice(story.place.askers), story.household, story.theme
    parent = home.adults[0]
    said: dict[str, Any] = {
        "family_name": home.name, "address": home.address, "postcode": home.postcode,
        "family_phone": parent.facts.get("phone", ""),
        "interpreter": bool(parent.facts.get("interpreter_language")),
        "interpreter_language": parent.facts.get("interpreter_language", ""),
        "reasons": [theme.reason], "needs": [pack().request_form.needs[story.dice.randrange(6)].code],
        "worries": story.say(theme.worries), "going_well": story.say(theme.going_well), "hopes": story.say(theme.hopes),
        "has_assessment": False, "no_assessment_reason": pack().request_form.no_assessment_reasons[0].code,
        "consent": "given", "consent_by": f"{parent.given_name} {parent.family_name}", "consent_decider": "parent",
        "consent_how": "spoken", "consent_on": clock.today(),
        "consent_categories": ["basic", "contact", "assessment", "plan", "notes"],
    }  # fmt: skip
    people = [_typed(someone) for someone in (*home.adults, *home.children)]
    with acting_as(asker):
        begun = start_request(
            by=asker, key=uuid.UUID(int=story.dice.getrandbits(128), version=4), channel="partner", signs=[]
        )
        return send_request(by=asker, request=begun, area=story.place.area, people=people, **said)


def _typed(someone: Someone) -> TypedPerson:
    return TypedPerson(
        role=someone.role, given_name=someone.given_name, family_name=someone.family_name, born_on=someone.born_on,
        birth_precision=someone.birth_precision, sex=someone.sex,
        lives_elsewhere="" if someone.lives_here else "With his own parents",
    )  # fmt: skip


def _decide(story: Story, request: Request, outcome: str) -> Case | None:
    officer = story.place.front_door
    chosen = pack().front_door.outcome(outcome)
    levels = (chosen.levels if chosen else ()) or tuple(level.code for level in pack().levels.early_help)
    with acting_as(officer):
        for typed in request.people.all() if outcome == "assessment" else ():
            match_person(by=officer, request=request, typed=typed, person=None)
        decided = decide_request(
            by=officer, request=request, outcome=outcome, reason="From the request and a call with the referrer.",
            words_for_referrer="Thank you for asking early. We have spoken with the family.",
            level=story.dice.choice(levels) if outcome != "no_further_action" else "",
            agency=story.place.askers[0].organisation if outcome == "single_agency" else None,
            lead=story.place.worker if outcome == "assessment" else None,
        )  # fmt: skip
        record_told(by=officer, request=decided, how="phone", words="Rang and told them.")
        if outcome == "single_agency":
            pass_on_request(by=officer, request=decided, how="phone", told_name=story.place.askers[0].full_name)
        found = Case.objects.filter(pk=decided.case_id or uuid.UUID(int=0))
        case = found.select_related("family__area", "area", "lead__organisation").first()
        # Of its own dice, so that what is told of a family does not hang on who holds its case.
        if case is not None and random.Random(story.household.name).random() < HELD:
            give_to_team(by=officer, case=case, team=story.place.worker.appointments_now()[0].team)
        return case


def _work(story: Story, case: Case) -> None:
    worker = story.place.worker
    steps: list[Callable[[Story, Case], None]] = [
        _complete_people,
        _visit,
        _assess,
        _send,
        _sign_off,
        _plan,
        _agree,
        _live,
        _close,
    ]
    reached = {
        "assessing": 3,
        "with_manager": 4,
        "planning": 5,
        "draft_plan": 6,
        "working": 8,
        "closed": 9,
        "lasting": 9,
    }[story.ending]
    for step in steps[:reached]:
        story.pass_days(1, 9)
        if step in (_sign_off,):
            step(story, case)
            continue
        with acting_as(worker):
            case.refresh_from_db()
            step(story, case)


def _people(case: Case) -> list[Person]:
    return list(
        Person.objects.filter(memberships__family=case.family, memberships__until_on=None).order_by("born_on", "id")
    )


def _complete_people(story: Story, case: Case) -> None:
    """Who is who, where they live, and the numbers they are known by."""
    worker = story.place.worker
    by_name = {(p.given_name, p.born_on): p for p in _people(case)}
    known = [(s, by_name.get((s.given_name, s.born_on))) for s in (*story.household.adults, *story.household.children)]
    children = [(s, p) for s, p in known if s.role == "child" and p is not None]
    for someone, person in known:
        if person is None:
            continue
        if number := someone.facts.get("nhs_number"):
            add_identifier(by=worker, person=person, kind="nhs", value=str(number))
        for _child, row in children if someone.kin else ():
            pr = True if someone.kin == "mother" else None if someone.kin != "father" else story.dice.random() < 0.7
            record_relationship(by=worker, person=person, other=row, kind=someone.kin, parental_responsibility=pr)
    here = [p for s, p in known if p is not None and s.lives_here]
    if story.dice.random() < 0.2:
        move_home(
            by=worker, people=here, address=f"{story.dice.randint(1, 99)} Mill Lane", postcode=story.household.postcode
        )


def _visit(story: Story, case: Case) -> None:
    children = [p for p in _people(case) if p.given_name and p.memberships.filter(role="child").exists()]
    if story.dice.random() < 0.2:
        add_note(by=story.place.worker, case=case, kind="contact_failed", happened_on=clock.today(),
                 failed_reason="nobody_in",
                 place="home", words="Nobody in. Left a card and sent a message.")  # fmt: skip
        story.pass_days(1, 4)
    seen = [
        Seen(child, alone=story.dice.random() < 0.6, words=story.say(story.theme.child_words)) for child in children[:1]
    ]
    add_note(by=story.place.worker, case=case, kind="visit", happened_on=clock.today(), place="home", seen=seen,
             words=story.say(story.theme.visit))  # fmt: skip


def _assess(story: Story, case: Case) -> None:
    """Write some of the assessment: each page that is needed where it will be sent on, a few otherwise."""
    worker, theme = story.place.worker, story.theme
    assessment = assessment_queries.latest_of(worker, case)
    if assessment is None:
        assessment = assessments.start_assessment(by=worker, case=case)
    from hearth.invented.answers import write_answers

    write_answers(story, assessment, whole=story.ending != "assessing", theme=theme)


def _assessment(reader: Any, case: Case) -> Any:
    found = assessment_queries.latest_of(reader, case)
    assert found is not None, "it was started when the request was accepted"  # noqa: S101
    return found


def _send(story: Story, case: Case) -> None:
    assessment = _assessment(story.place.worker, case)
    assessments.send_assessment(
        by=story.place.worker, assessment=assessment, to=story.place.manager, level=case.level,
        words="Ready for you.", seen_version=assessment.version,
    )  # fmt: skip


def _sign_off(story: Story, case: Case) -> None:
    with acting_as(story.place.manager):
        assessment = _assessment(story.place.manager, case)
        assessments.sign_off_assessment(
            by=story.place.manager, assessment=assessment, words="A clear picture.", seen_version=assessment.version
        )


def _plan(story: Story, case: Case) -> None:
    worker = story.place.worker
    plan = start_plan(by=worker, case=case, type="early_help")
    describe_plan(
        by=worker,
        plan=plan,
        aim=story.say(story.theme.hopes),
        strengths=story.say(story.theme.strength),
        if_harder="Ring me, or the duty worker after hours.",
        seen_version=plan.version,
    )
    outcome = add_outcome(
        by=worker, plan=plan, want=story.say(story.theme.want), area=story.theme.outcome_area,
        measure=story.say(story.theme.measure),
        starting_score=story.dice.randint(2, 4), target_score=story.dice.randint(7, 9),
    )  # fmt: skip
    for days, what in zip((10, 24), story.theme.actions, strict=True):
        add_action(
            by=worker,
            plan=plan,
            what=story.say(what),
            who=worker if days == 10 else _adult(case),
            due_on=clock.add_working_days(clock.today(), days),
            outcome=outcome,
        )


def _adult(case: Case) -> Any:
    return (
        Person.objects.filter(memberships__family=case.family, memberships__role="parent")
        .order_by("born_on", "id")
        .first()
    )


def _agree(story: Story, case: Case) -> None:
    agree_plan(
        by=story.place.worker, plan=case.plans.get(), agreed_on=clock.today(), agreed_by=[_adult(case)], how="together"
    )


def _live(story: Story, case: Case) -> None:
    """Weeks of work: visits, an action done, a review or two; up to now where it goes on."""
    worker: Any = story.place.worker
    plan: Any = case.plans.get()
    _visit(story, case)
    finish_action(by=worker, item=plan.actions.order_by("number").first())
    at_least, at_most = (1, 2) if story.ending in ("closed", "lasting") else (0, 1)
    for number in range(MOST_REVIEWS if story.goes_on else story.dice.randint(at_least, at_most)):
        if story.goes_on and story.left < BETWEEN_REVIEWS:
            break
        story.pass_days(30, 45)
        if story.goes_on:
            _visit(story, case)
            for item in plan.actions.filter(due_on__lt=clock.today(), done_on=None):
                finish_action(by=worker, item=item)
        _review(story, case, plan, number)


def _review(story: Story, case: Case, plan: Any, number: int) -> None:
    worker: Any = story.place.worker
    outcome = plan.outcomes.first()
    score = min(9, (outcome.latest_score or outcome.starting_score) + story.dice.randint(1, 3))
    record_review(
        by=worker, plan=plan, reviewed_on=clock.today(), took_part=[worker, _adult(case)],
        scores={outcome: (score, "")},
        changed=story.say(story.theme.review), decision="carry_on", seen_version=number,
        child_words=story.say(story.theme.child_words), family_words="It is easier with somebody to ring.",
        next_review_on=clock.add_working_days(clock.today(), 30),
    )  # fmt: skip


def _close(story: Story, case: Case) -> None:
    lasts = story.ending == "lasting"
    for outcome in case.plans.get().outcomes.all() if lasts else ():
        end_outcome(by=story.place.worker, outcome=outcome, state="met")
    close_case(by=story.place.worker, case=case, reason="outcomes_met", outcome="all_met" if lasts else "most_met",
               closing_words=story.say(story.theme.review), family_view="We were listened to.")  # fmt: skip
