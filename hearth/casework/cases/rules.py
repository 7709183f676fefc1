"""What may be done to a case, and the sentence when it may not."""

from typing import Any

from hearth.casework.cases.models import Case, ReachingPlan
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Membership

FAMILY_VIEW_MISSING = "Write what the family says of the help, or say why they could not be asked."
PLAN_NOT_COVERED = Refusal(
    "cases.plan_not_covered",
    "What lets your organisation open this family leaves out the plan. Whoever leads the case asks the family whether "
    "they would share it, and records the answer under Sharing, on the family’s page.",
)


def is_lead(user: Any, case: Case) -> bool:
    """Whether the user is the case's lead practitioner."""
    return bool(case.lead_id == user.id)


def why_not_write(user: Any, case: Case) -> Refusal | None:
    """Writing in a case's record: whoever may open it and works with families, while the case is open."""
    if not case.is_open:
        return Refusal("cases.closed", "This case is closed. Reopen it to write in it.")
    if not user.may("work_case"):
        return Refusal("cases.may_not_write", "Your role can read this case but not write in it.")
    return None


def why_not_manage(user: Any, case: Case) -> Refusal | None:
    """Changing the team, closing and reopening: the lead practitioner, or whoever allocates cases in the area."""
    if is_lead(user, case) or user.may("allocate_case", case.area):
        return None
    return Refusal(
        "cases.not_lead", "Only the lead practitioner or a manager of the area can do this. Ask one of them."
    )


def why_not_change_team(user: Any, case: Case) -> Refusal | None:
    """Adding to or taking from the team around the family."""
    return why_not_write(user, case) or why_not_manage(user, case)


def why_not_name_lead(user: Any, case: Case, lead: Any) -> Refusal | None:
    """Naming a lead practitioner: somebody active who works with families."""
    if not case.is_open:
        return Refusal("cases.closed", "This case is closed. Reopen it to name a lead practitioner.")
    if not lead.is_active or not lead.may("work_case"):
        return Refusal(
            "cases.lead_cannot_work", "That person's role does not let them lead a case. Choose somebody else."
        )
    return why_not_manage(user, case)


def why_not_join(user: Any, case: Case, joining: Any) -> Refusal | None:
    """Adding somebody who signs in: they must be active and work with families."""
    refusal = why_not_change_team(user, case)
    if refusal is None and not (joining.is_active and joining.may("work_case")):
        return Refusal("cases.cannot_join", "That person's role does not let them join a team. Choose somebody else.")
    return refusal


def why_not_add_other(user: Any, case: Case, person: Any, name: str) -> Refusal | None:
    """Adding a member of the family, or a worker who does not sign in: somebody, and of this family."""
    refusal = why_not_change_team(user, case)
    if refusal is not None:
        return refusal
    if person is None and not name.strip():
        return Refusal("cases.nobody_named", "Choose somebody from the family, or write who is joining the team.")
    if (
        person is not None
        and not Membership.objects.filter(family_id=case.family_id, person=person, until_on=None).exists()
    ):
        return Refusal("cases.not_of_family", "That person is not in this family. Add them to the family first.")
    return None


def why_not_leave(user: Any, case: Case, member: Any) -> Refusal | None:
    """Taking somebody from the team: never the lead, so that there always is one. Anybody may take themselves."""
    if member.case_id != case.id or member.left_on is not None:
        return Refusal("cases.not_in_team", "That person is not in the team now. Open the team again to see who is.")
    if member.is_lead:
        return Refusal("cases.lead_stays", "Name another lead practitioner first. A case always has one.")
    if member.user_id is not None and member.user_id == user.id and case.is_open:
        return None
    return why_not_change_team(user, case)


def why_not_move(user: Any, case: Case, area: Any) -> Refusal | None:
    """Moving a family to another district: whoever allocates cases where it is now."""
    if not case.is_open:
        return Refusal("cases.closed", "This case is closed. Reopen it to move the family.")
    if not user.may("allocate_case", case.area):
        return Refusal(
            "cases.may_not_move", "Only a manager or the front door of the area can move a family. Ask one of them."
        )
    if pack().areas.district(area.code) is None:
        return Refusal("cases.not_a_district", "Choose a district: a family cannot be moved to a whole locality.")
    if not is_open(area.code):
        return Refusal("cases.not_open_there", f"Early help has not begun in {area.name} yet. Choose another district.")
    if area.id == case.area_id:
        return Refusal("cases.same_area", f"The family is in {area.name} already. Choose another district.")
    return None


def is_open(district: str) -> bool:
    """Whether early help has begun in a district of the pack."""
    found = pack().areas.district(district)
    return found is not None and found.is_live(clock.today())


def why_not_close(user: Any, case: Case) -> Refusal | None:
    """Closing a case."""
    if not case.is_open:
        return Refusal("cases.closed", "This case is closed already.")
    return why_not_manage(user, case)


def why_not_close_as(case: Case, reason: str, outcome: str, family_view: str, missing_because: str) -> Refusal | None:
    """Closing for a reason: the pack's codes, the family's view or why there is none, and never for silence alone."""
    closure = pack().closure
    found = closure.reason(reason)
    if found is None:
        return Refusal("cases.closure_reason", "Choose why the case is closing.")
    if find(closure.outcomes, outcome) is None:
        return Refusal("cases.closure_outcome", "Choose what came of the work.")
    if missing_because and find(closure.no_family_view_reasons, missing_because) is None:
        return Refusal("cases.no_view_reason", "Choose why the family could not be asked.")
    if found.needs_family_view and not family_view.strip() and not missing_because:
        return Refusal("cases.family_view_missing", FAMILY_VIEW_MISSING)
    return why_not_close_unreached(case) if found.needs_hard_to_reach_plan else None


def why_not_close_unreached(case: Case) -> Refusal | None:
    """Closing a family that was not reached: only after a plan for reaching them was tried and a manager agreed."""
    newest = ReachingPlan.objects.filter(case=case).order_by("-created_at").first()
    if newest is not None and newest.status == ReachingPlan.Status.COULD_NOT and newest.agreed_by_id is not None:
        return None
    return Refusal(
        "cases.silence_closes_nothing",
        "Silence alone does not close a case. Make a plan for reaching the family, try it, and ask a manager to agree.",
    )


def takes_up(case: Case, because: str) -> bool:
    """Whether opening again for this reason takes up the same case: closed by mistake, and what closing ended is known."""
    reason = find(pack().closure.reopen_reasons, because)
    return reason is not None and reason.same_case and bool(case.ended_by_closing)


def why_not_reopen(user: Any, case: Case) -> Refusal | None:
    """Reopening a closed case: the latest of its family only, and never while another is open."""
    if case.is_open:
        return Refusal("cases.open", "This case is open already.")
    later = Case.objects.filter(family_id=case.family_id).exclude(pk=case.pk)
    if later.open().exists():
        return Refusal("cases.another_open", "This family has another open case. Work in that one.")
    if later.filter(created_at__gt=case.created_at).exists():
        return Refusal("cases.not_the_latest", "This family has a later case. Reopen that one.")
    return why_not_manage(user, case)
