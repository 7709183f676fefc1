"""Reads of plans: the reader first, always through visible_to. A page costs the same queries whatever its size."""

from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.http import Http404
from django.urls import reverse

from hearth.casework.assessments.queries import Need, needs_of
from hearth.casework.cases.models import Case
from hearth.casework.cases.queries import people_of, team_of
from hearth.casework.cases.rules import why_not_write
from hearth.casework.plans import rules
from hearth.casework.plans.models import (
    Meeting,
    Outcome,
    Plan,
    PlanAction,
    PlanActionEvent,
    PlanAgreement,
    PlanEvent,
    PlanStatus,
    Review,
)
from hearth.casework.plans.who_does_what.rules import is_open
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import short_day
from hearth.records.people.models import Family
from hearth.records.people.timeline import Entry, written_first


def plan_of(reader: Any, reference: str) -> Plan:
    """The plan, or a page that never says whether it exists."""
    found = _plans(reader).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _plans(reader: Any) -> QuerySet[Plan]:
    return Plan.objects.visible_to(reader).select_related(
        "case__family", "case__area", "case__lead__organisation", "family", "started_by", "changed_by"
    )


def plans_of(reader: Any, case: Case) -> list[Plan]:
    """The case's plans: the live one first, then the newest."""
    return sorted(_plans(reader).filter(case=case).order_by("-created_at"), key=lambda plan: not plan.is_live)


@dataclass(frozen=True)
class WholePlan:
    """A plan with everything its page shows."""

    plan: Plan
    outcomes: list[Outcome]  # being worked on; each with its `todo`
    over: list[Outcome]  # reached or set aside
    loose: list[PlanAction]  # actions of the plan as a whole
    agreements: list[PlanAgreement]
    last_review: Review | None
    wanting: list[str]

    @property
    def agreed_by(self) -> list[str]:
        """The names of those who agreed it."""
        return [row.who for row in self.agreements]

    @property
    def without_actions(self) -> list[str]:
        """Outcomes that nobody does anything for, each as a sentence: the family may agree to it all the same."""
        bare = [outcome.number for outcome in self.outcomes if not outcome.todo]
        return [f"Outcome {number} has no action yet: say who does what by when." for number in bare]

    @property
    def actions_left(self) -> int:
        """How many actions are still to be done."""
        every = [*self.loose, *(item for outcome in (*self.outcomes, *self.over) for item in outcome.todo)]
        return sum(is_open(item.state) for item in every)


def whole_plan(reader: Any, plan: Plan) -> WholePlan:
    """Outcomes with their actions, who agreed, and the last review: one query each."""
    by_outcome: dict[Any, list[PlanAction]] = defaultdict(list)
    for item in actions_of(reader, plan):
        by_outcome[item.outcome_id].append(item)
    outcomes = outcomes_of(reader, plan)
    for outcome in outcomes:
        outcome.todo = by_outcome[outcome.id]
    live = [outcome for outcome in outcomes if outcome.state == Outcome.State.OPEN]
    return WholePlan(
        plan=plan,
        outcomes=live,
        over=[outcome for outcome in outcomes if outcome not in live],
        loose=by_outcome[None],
        agreements=_agreements(plan),
        last_review=_reviews(reader, plan).last(),
        wanting=rules.wanting(plan, outcomes) if plan.status == PlanStatus.DRAFT else [],
    )


def _agreements(plan: Plan) -> list[PlanAgreement]:
    """Who of the family agreed it as it now stands, each once; where it changed since, who last agreed it."""
    if plan.agreed_on is None:
        return []
    rows = plan.agreements.select_related("user", "person").order_by("created_at")
    found = rows.filter(agreed_on=plan.agreed_on) if plan.has_changed else rows.filter(created_at__gte=plan.changed_at)
    return list({row.who: row for row in found}.values())


def agreed_words(row: PlanAgreement) -> str:
    """One agreement, as people read it: who, when, how."""
    return f"{row.who}, {short_day(row.agreed_on)}, {row.get_how_display().lower()}"


def outcomes_of(reader: Any, plan: Plan) -> list[Outcome]:
    """The plan's outcomes by number."""
    return list(
        Outcome.objects.visible_to(reader).filter(plan=plan).select_related("person", "changed_by").order_by("number")
    )


def outcome_of(reader: Any, plan: Plan, number: int) -> Outcome:
    """One outcome of the plan."""
    rows = Outcome.objects.visible_to(reader).filter(plan=plan, number=number).select_related("person", "changed_by")
    found = rows.first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def actions_of(reader: Any, plan: Plan) -> list[PlanAction]:
    """The plan's actions by number: those still to be done, then those that are over."""
    rows = PlanAction.objects.visible_to(reader).filter(plan=plan).select_related("user", "person", "changed_by")
    return sorted(rows, key=lambda item: (not is_open(item.state), item.number))


def action_of(reader: Any, plan: Plan, number: int) -> PlanAction:
    """One action of the plan."""
    rows = PlanAction.objects.visible_to(reader).filter(plan=plan, number=number)
    found = rows.select_related("user", "person", "outcome", "changed_by").first()
    if found is None:
        raise Http404
    found.plan = plan
    return found


def _reviews(reader: Any, plan: Plan) -> QuerySet[Review]:
    return (
        Review.objects.visible_to(reader).filter(plan=plan).select_related("recorded_by", "meeting").order_by("number")
    )


def next_meeting(reader: Any, case: Case) -> Meeting | None:
    """The next meeting that is planned."""
    rows = Meeting.objects.visible_to(reader).filter(case=case, state=Meeting.State.PLANNED)
    return rows.order_by("planned_for").first()


def what_may(reader: Any, plan: Plan) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    write = rules.why_not_write_plan(reader, plan) is None
    return {"write": write, "end": rules.why_not_end_plan(reader, plan) is None, "withdraw": reader.may("work_case")}


@dataclass(frozen=True)
class Choice:
    """Somebody who may be chosen on a form."""

    key: str
    words: str
    hint: str
    who: Any


def family_choices(reader: Any, case: Case) -> list[Choice]:
    """The family's people, for choosing whose an outcome is or who agreed."""
    return [Choice(f"person-{person.id}", person.full_name, "", person) for person in people_of(reader, case.family)]


def choices_of(reader: Any, case: Case) -> list[Choice]:
    """Everybody who may be given an action or asked to a meeting: the team, then the rest of the family."""
    found = {choice.key: choice for choice in map(_choice_of, team_of(reader, case))}
    for choice in family_choices(reader, case):
        found.setdefault(choice.key, choice)
    return list(found.values())


def choices_with(reader: Any, case: Case, row: Any) -> list[Choice]:
    """The same, with whoever a row already names, though they have left since."""
    found = choices_of(reader, case)
    key = key_of(row)
    if not key or any(choice.key == key for choice in found) or row.user is None:
        return found
    return [*found, Choice(key, row.who, "Not in the team now", row.user)]


def _choice_of(member: Any) -> Choice:
    if member.user is not None:
        hint = ", ".join(filter(None, (member.user.job_title, member.user.organisation_name)))
        return Choice(f"user-{member.user_id}", member.who, hint, member.user)
    words = label_of(pack().plans.team_roles, member.role)
    if member.person is not None:
        return Choice(f"person-{member.person_id}", member.who, words, member.person)
    return Choice(f"name-{member.id}", member.who, words, member.name or member.who)


def key_of(row: Any) -> str:
    """The key of whoever a row names, for a form that is opened again; empty for a name."""
    if row.user_id is not None:
        return f"user-{row.user_id}"
    return f"person-{row.person_id}" if row.person_id is not None else ""


@dataclass(frozen=True)
class StartingPoint:
    """Something to begin an outcome from: a need of the assessment, or an earlier outcome that was not reached."""

    key: str
    words: str
    need: str = ""
    person: Any = None
    earlier: Outcome | None = None


def starting_points(reader: Any, case: Case) -> list[StartingPoint]:
    """What a new plan may begin from: needs of the assessment, and earlier outcomes that were not reached."""
    earlier = Outcome.objects.visible_to(reader).filter(
        family=case.family, state=Outcome.State.OPEN, plan__status=PlanStatus.ENDED
    )
    rows = earlier.select_related("person", "plan").order_by("-plan__started_on", "number")
    found = {
        outcome.want: StartingPoint(f"outcome-{outcome.plan.reference}-{outcome.number}", outcome.want, earlier=outcome)
        for outcome in rows
        if outcome.want
    }
    needs = [
        StartingPoint(f"need-{place}", _need_words(need), need=need.text, person=need.child)
        for place, need in enumerate(needs_of(reader, case), start=1)
    ]
    return [*needs, *found.values()]


def _need_words(need: Need) -> str:
    whose = f", {need.child.full_name}" if need.child is not None else ""
    return f"{need.element}{whose}: {need.text}"


def type_changes(reader: Any, plan: Plan) -> list[Any]:
    """Each time it became another kind of plan, the newest first."""
    return list(plan.type_changes.visible_to(reader).select_related("changed_by").order_by("-created_at"))


def type_words(code: str) -> str:
    """A kind of plan as the pack words it."""
    return label_of(pack().plans.types, code)


def area_words(code: str) -> str:
    """An outcome area as the pack words it."""
    return label_of(pack().plans.outcome_areas, code) if code else ""


def state_words(code: str) -> str:
    """A state of an action as the pack words it."""
    return label_of(pack().plans.action_states, code)


# The pack's words, for templates.
WORDS = SimpleNamespace(type=type_words, area=area_words, state=state_words, is_open=is_open, agreed=agreed_words)


def wanting(plan: Plan, outcomes: list[Outcome]) -> list[str]:
    """What the plan still lacks before the family can agree to it, each as a sentence."""
    return rules.wanting(plan, outcomes)


def may_start(reader: Any, case: Case) -> bool:
    """Whether the reader is offered to start a plan."""
    return why_not_write(reader, case) is None


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """Plans agreed and ended, actions done, reviews and meetings: one query."""

    def told(rows: QuerySet[Any], kind: str, day: str, number: str, reference: str, at: Any = None) -> QuerySet[Any]:
        # Every part of the union must have the same columns in the same order, so each is named afresh.
        return (
            rows.order_by()
            .annotate(
                a_day=F(day),
                b_kind=Value(kind, output_field=CharField()),
                c_number=Cast(F(number), CharField()),
                d_where=F(reference),
                e_at=at or F("created_at"),
            )
            .values_list("a_day", "b_kind", "c_number", "d_where", "e_at")
        )

    plans = Plan.objects.visible_to(reader).filter(family=family)
    done = PlanAction.objects.visible_to(reader).filter(family=family).exclude(done_on=None)
    held = Meeting.objects.visible_to(reader).filter(family=family, state=Meeting.State.HELD)
    planned = Meeting.objects.visible_to(reader).filter(family=family, state=Meeting.State.PLANNED)
    planned = planned.annotate(on=TruncDate("created_at"))
    reviews = Review.objects.visible_to(reader).filter(family=family)
    rows = told(plans.exclude(agreed_on=None), "agreed", "agreed_on", "type", "reference", F("agreed_at")).union(
        told(
            plans.exclude(ended_on=None), "ended", "ended_on", "type", "reference", written_first(PlanEvent, "ended_on")
        ),
        told(done, "done", "done_on", "number", "plan__reference", written_first(PlanActionEvent, "done_on")),
        told(held, "held", "held_on", "number", "case__reference", F("planned_for")),
        told(planned, "planned", "on", "number", "case__reference"),
        told(reviews, "review", "reviewed_on", "number", "plan__reference"),
        all=True,
    )
    return [_entry(*row) for row in rows]


def _entry(day: Any, kind: str, number: str, reference: str, written_at: Any) -> Entry:
    told = {
        "agreed": ("Plan", f"{type_words(number)} agreed with the family", "plan_by_reference", [reference]),
        "ended": ("Plan", f"{type_words(number)} ended", "plan_by_reference", [reference]),
        "done": ("Action", f"Action {number} of the plan was done", "plan_by_reference", [reference]),
        "held": ("Meeting", "The team around the family met", "meeting", [reference, number]),
        "planned": ("Meeting", "A meeting of the team around the family was planned", "meeting", [reference, number]),
        "review": ("Review", f"Review {number} of the plan", "review", [reference, number]),
    }
    tag, title, name, arguments = told[kind]
    return Entry(moment=day, kind=tag, title=title, url=reverse(name, args=arguments), written_at=written_at)
