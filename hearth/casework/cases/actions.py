"""Open a case, give it a lead practitioner and a team, move it, close it and open it again."""

import datetime as dt
import uuid
from typing import Any

from django.db.models import Q
from django.urls import reverse

from hearth.casework.cases import rules
from hearth.casework.cases.due import DAYS_TO_NAME_LEAD, due_again, keep_nearest, set_due
from hearth.casework.cases.holding.rules import works_there
from hearth.casework.cases.models import Case, DueItem, Stage, TeamMember
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, Refusal, Refused, refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.core.text import clean, fold
from hearth.foundation.messages.actions import send
from hearth.records.people.access.actions import (
    close_to_area,
    end_access,
    end_all_access,
    give_access,
    move_area_access,
    open_to_area,
)
from hearth.records.people.models import Family, Membership
from hearth.records.sharing.queries import basis_for

TEAM = "team_around_family"
HELD = "manager_of_team"
PERSONAL = ("action", "reaching")  # kinds of work that were given to somebody by name, and not to whoever leads


@action
def open_case(
    *,
    by: Any,
    family: Family,
    because: str = "",
    level: str = "",
    request_id: uuid.UUID | None = None,
    lead: Any = None,
    opened_on: dt.date | None = None,
) -> Case:
    """Open a family's case; name a lead practitioner now or leave that as the first thing due."""
    family.hold()
    if Case.objects.filter(family=family).open().exists():
        refuse(Refusal("cases.another_open", "This family has an open case already. Work in that one."))
    case = Case(
        reference=drawn_reference("EH"),
        family=family,
        area=family.area,
        level=level,
        opened_because=because,
        request_id=request_id,
        opened_on=opened_on or clock.today(),
        children_count=_children(family),
    )
    case.save(force_insert=True)
    open_to_area(by=by, family=family)
    record("cases.case_opened", family=family, subject=case, because=because, level=level)
    if lead is None:
        set_due(
            case=case,
            kind="lead_practitioner",
            what="Name a lead practitioner",
            due_on=clock.add_working_days(clock.today(), DAYS_TO_NAME_LEAD),
            owner=None,
        )
    else:
        _make_lead(by, case, lead)
    return case


def _children(family: Family) -> int:
    children = Membership.objects.filter(family=family, role="child", until_on=None)
    return children.filter(hidden=False, person__died_on=None).count()


@action
def name_lead(*, by: Any, case: Case, lead: Any, seen: str | None = None) -> TeamMember:
    """Make somebody the lead practitioner. The one before stays in the team. `seen` is who led as the page showed it."""
    hold(case)
    refuse(rules.why_not_name_lead(by, case, lead))
    if seen and seen != seen_of(case.lead_id) and case.lead != lead:
        raise Conflict({"Who will lead": (case.lead.full_name if case.lead else "Nobody", lead.full_name)})
    member = _make_lead(by, case, lead)
    tell_lead(by, case)
    return member


def tell_lead(by: Any, case: Case) -> None:
    """Tell whoever was named that there is a family to help, unless they named themselves. The message names nobody."""
    if case.lead is not None and case.lead.id != by.id:
        link, day = reverse("case", args=[case.reference]), clock.today()
        send(by=by, to=case.lead, template="named_in_team", link=link, key=f"lead {case.id} {case.lead.id} {day}")


def hold(case: Case) -> None:
    """Read the case again, locked until the transaction ends: two people changing its team or stage take turns."""
    case.hold()
    case.refresh_from_db(from_queryset=Case.objects.select_related("family", "area", "team", "lead__organisation"))


def _make_lead(by: Any, case: Case, lead: Any) -> TeamMember:
    basis = _share_with(by, case, lead, "lead_practitioner")
    before = case.lead
    TeamMember.objects.filter(case=case, is_lead=True, left_on=None).exclude(user=lead).update(
        is_lead=False, role="practitioner"
    )
    member, _ = TeamMember.objects.update_or_create(
        case=case,
        user=lead,
        left_on=None,
        defaults={"is_lead": True, "sharing_basis": basis, "role": "lead_practitioner"},
        create_defaults={
            "is_lead": True,
            "family": case.family,
            "organisation": lead.organisation,
            "sharing_basis": basis,
            "role": "lead_practitioner",
            "joined_on": clock.today(),
        },
    )
    case.lead, case.lead_folded_name = lead, fold(lead.full_name)
    Case.objects.filter(pk=case.pk).update(lead=lead, lead_folded_name=case.lead_folded_name)
    set_due(case=case, kind="lead_practitioner", done=True)
    _hand_over_work(case, before, lead)
    record("cases.lead_named", family=case.family_id, subject=case, lead=lead.id, basis=basis)
    return member


def _hand_over_work(case: Case, before: Any, lead: Any) -> None:
    """What nobody owned, and what was the last lead's as lead, is now the new one's. Their own actions stay theirs.

    Nobody who has left does anything any more: what waited for them, personal or not, is the new lead's too.
    What social care or the front door has to answer is not early help's to do, and stays nobody's.
    """
    theirs = Q(owner=None) | Q(owner__is_active=False)
    theirs |= Q(pk__in=[]) if before is None else Q(owner=before) & ~Q(kind__in=PERSONAL)
    rows = DueItem.objects.filter(theirs, case=case, done_at=None)
    rows.exclude(kind__in=DueItem.OF_OTHERS).update(owner=lead)


def _share_with(by: Any, case: Case, user: Any, why: str) -> str:
    """Open the family to somebody on the basis that lets us, or refuse with the sentence that says what is missing."""
    basis = basis_for(case.family, user.organisation)
    if isinstance(basis, Refusal):
        raise Refused(basis)
    give_access(
        by=by,
        family=case.family,
        user=user,
        why=why,
        basis=case.id,
        categories=basis.categories,
        until_at=basis.until_at,
    )
    return str(basis.kind)


def open_to_team(by: Any, case: Case) -> None:
    """Open the family to the managers of the team that holds the case, where one does. Closing ends it."""
    if case.team is not None:
        give_access(by=by, family=case.family, team=case.team, why=HELD, basis=case.id)


@action
def join_team(*, by: Any, case: Case, user: Any, role: str) -> TeamMember:
    """Add somebody who signs in to the team, on a basis that lets us share with their organisation."""
    hold(case)
    refuse(rules.why_not_join(by, case, user))
    if TeamMember.objects.filter(case=case, user=user, left_on=None).exists():
        refuse(Refusal("cases.in_team", f"{user.full_name} is in the team already."))
    basis = _share_with(by, case, user, TEAM)
    member = TeamMember(
        case=case,
        family=case.family,
        user=user,
        organisation=user.organisation,
        role=clean(role).strip(),
        joined_on=clock.today(),
        sharing_basis=basis,
    )
    member.save(force_insert=True)
    record("cases.team_joined", family=case.family_id, subject=case, member=user.id, basis=basis)
    return member


@action
def add_other_member(
    *, by: Any, case: Case, role: str, person: Any = None, name: str = "", organisation: Any = None
) -> TeamMember:
    """Add a family member, or a worker who does not sign in, to the team. Neither is given access by it."""
    hold(case)
    name = "" if person is not None else clean(name).strip()
    refuse(rules.why_not_add_other(by, case, person, name))
    if TeamMember.objects.filter(case=case, person=person, name=name, user=None, left_on=None).exists():
        refuse(Refusal("cases.in_team", "They are in the team already."))
    member = TeamMember(
        case=case,
        family=case.family,
        person=person,
        name=name,
        organisation=organisation,
        role=clean(role).strip(),
        joined_on=clock.today(),
    )
    member.save(force_insert=True)
    record("cases.team_joined", family=case.family_id, subject=case, member=getattr(person, "id", "not signing in"))
    return member


@action
def leave_team(*, by: Any, case: Case, member: TeamMember) -> None:
    """Take somebody from the team; access that came with it ends now, and the lead takes over what was theirs to do."""
    hold(case)
    member = TeamMember.objects.select_related("user").get(pk=member.pk)
    refuse(rules.why_not_leave(by, case, member))
    record("cases.team_left", family=case.family_id, subject=case, member=member.id)
    TeamMember.objects.filter(pk=member.pk).update(left_on=clock.today())
    if member.user is not None:
        DueItem.objects.filter(case=case, owner=member.user, done_at=None).update(owner=case.lead)
        end_access(by=by, family=case.family, basis=case.id, user=member.user)


@action
def move_family(*, by: Any, case: Case, area: Any) -> Case:
    """Move a family and its open case to another district. Closed cases stay where they were worked.

    A team that does not work in the new district holds it no longer.
    """
    hold(case)
    refuse(rules.why_not_move(by, case, area))
    before, held = case.area, case.team
    if held is not None and not works_there(held, area):
        end_access(by=by, family=case.family, basis=case.id, why=HELD)
        case.team = None
    move_area_access(by=by, family=case.family, area=area)
    Case.objects.filter(pk=case.pk).update(area=area, team=case.team)
    case.area = area
    set_due(
        case=case,
        kind="moved",
        what="A family has moved here: agree who leads",
        owner=None,
        due_on=clock.add_working_days(clock.today(), DAYS_TO_NAME_LEAD),
    )
    record("cases.case_moved", family=case.family_id, subject=case, from_area=before.code, to_area=area.code)
    return case


@action
def set_stage(*, by: Any, case: Case, stage: str) -> None:
    """Move a case on: assessment, plan, working, with social care. Closing has its own action."""
    hold(case)
    refuse(rules.why_not_write(by, case))
    Case.objects.filter(pk=case.pk).update(stage=stage)
    case.stage = stage
    keep_nearest(case)
    record("cases.stage_set", family=case.family_id, subject=case, stage=stage)


@action
def set_level(*, by: Any, case: Case, level: str) -> None:
    """The level of need that an assessment came to: a code of the practice pack."""
    hold(case)
    refuse(rules.why_not_write(by, case))
    Case.objects.filter(pk=case.pk).update(level=level)
    case.level = level
    record("cases.level_set", family=case.family_id, subject=case, level=level)


@action
def close_case(
    *,
    by: Any,
    case: Case,
    reason: str,
    outcome: str,
    closing_words: str = "",
    family_view: str = "",
    family_view_missing_because: str = "",
    ended: dict[str, Any] | None = None,
) -> Case:
    """Close a case with its reason, outcome and the family's view; all access ends but what the pack keeps.

    `ended` is what the room above ended just before, by key: it is kept with what this room ends.
    """
    hold(case)
    refuse(rules.why_not_close(by, case))
    refuse(rules.why_not_close_as(case, reason, outcome, family_view, family_view_missing_because))
    case.ended_by_closing = what_closing_ends(case) | (ended or {})
    case.stage, case.closed_on, case.closure_reason, case.closure_outcome = Stage.CLOSED, clock.today(), reason, outcome
    case.closing_words, case.family_view = clean(closing_words), clean(family_view)
    case.family_view_missing_because = family_view_missing_because
    case.next_due_on, case.next_due_what = None, ""
    case.save()
    DueItem.objects.filter(case=case, done_at=None).update(done_at=clock.now())
    TeamMember.objects.filter(case=case, left_on=None).update(left_on=clock.today())
    record("cases.case_closed", family=case.family_id, subject=case, reason=reason, outcome=outcome)
    _keep_after_closing(by, case)
    return case


def what_closing_ends(case: Case) -> dict[str, Any]:
    """How the case stands just before it is closed: its stage, who is in the team, and what is due."""
    members = TeamMember.objects.filter(case=case, left_on=None).values_list("pk", flat=True)
    due = DueItem.objects.filter(case=case, done_at=None).values_list("pk", flat=True)
    return {"stage": case.stage, "members": list(map(str, members)), "due": list(map(str, due))}


def _keep_after_closing(by: Any, case: Case) -> None:
    """What stays open after closing, written before anything ends: the closer must see the rows they change."""
    keep, moment = pack().access, clock.now()
    if case.lead is not None:
        give_access(
            by=by,
            family=case.family,
            user=case.lead,
            why="lead_after_closing",
            until_at=moment + dt.timedelta(days=keep.lead_practitioner_days),
        )
    area_days = max(keep.front_door_days, keep.manager_days)
    close_to_area(by=by, family=case.family, until_at=moment + dt.timedelta(days=area_days))
    end_all_access(by=by, family=case.family, but="lead_after_closing")


@action
def reopen_case(*, by: Any, case: Case, because: str) -> Case:
    """Open a new case that follows a closed one, held by the same team, with the same lead practitioner where that is still possible."""
    hold(case)
    refuse(rules.why_not_reopen(by, case))
    if find(pack().closure.reopen_reasons, because) is None:
        refuse(Refusal("cases.reopen_reason", "Choose why the case is opened again."))
    following = open_case(by=by, family=case.family, because=because, level=case.level, lead=_lead_again(case))
    Case.objects.filter(pk=following.pk).update(reopened_from=case, team=case.team)
    following.reopened_from, following.team = case, case.team
    open_to_team(by, following)
    due_on = clock.add_working_days(clock.today(), pack().limits.assessment)
    set_due(case=following, kind="assessment", what="Start the assessment", due_on=due_on, owner=following.lead)
    record("cases.case_reopened", family=case.family_id, subject=following, follows=case.reference, because=because)
    return following


@action
def take_up_case(*, by: Any, case: Case, because: str) -> Case:
    """Take up again a case that was closed by mistake: where it stood, its team with access from now. History keeps both."""
    hold(case)
    refuse(rules.why_not_reopen(by, case))
    if not rules.takes_up(case, because):
        refuse(Refusal("cases.reopen_reason", "Choose why the case is opened again."))
    ended, case.lead = case.ended_by_closing, _lead_again(case)
    case.stage, case.closed_on, case.taken_up_on, case.ended_by_closing = ended["stage"], None, clock.today(), {}
    case.closure_reason = case.closure_outcome = case.closing_words = ""
    case.family_view = case.family_view_missing_because = ""
    open_to_area(by=by, family=case.family)
    case.save()
    record("cases.case_taken_up", family=case.family_id, subject=case, because=because)
    open_to_team(by, case)
    _team_again(by, case, ended["members"])
    due_again(case, ended["due"])
    return case


def _team_again(by: Any, case: Case, keys: list[str]) -> None:
    """The team as it was, but for those who have left since or with whom nothing may be shared any more."""
    family = Membership.objects.filter(family=case.family_id, until_on=None).values("person")
    rows = TeamMember.objects.filter(pk__in=keys).filter(Q(person=None) | Q(person__in=family))
    for member in rows.select_related("user__organisation"):
        if member.user is not None and not _works_again(case, member.user):
            continue
        if member.user is not None:
            member.sharing_basis = _share_with(by, case, member.user, "lead_practitioner" if member.is_lead else TEAM)
            end_access(by=by, family=case.family, user=member.user, why="lead_after_closing")
        member.left_on = None
        member.save()


def _lead_again(case: Case) -> Any:
    """The closed case's lead, where they are still here, may lead, and we may share with their organisation."""
    return case.lead if case.lead is not None and _works_again(case, case.lead) else None


def _works_again(case: Case, user: Any) -> bool:
    """Whether somebody is still here, works with families, and may be shared with."""
    here = user.is_active and user.may("work_case")
    return bool(here) and not isinstance(basis_for(case.family, user.organisation), Refusal)
