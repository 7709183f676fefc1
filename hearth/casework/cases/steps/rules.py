"""What may be done about stepping up and down, and the sentence when it may not."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case, DueItem, Stage
from hearth.casework.cases.steps.models import Basis, CareStep, Direction, Status
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Membership
from hearth.records.sharing.said_no import SaidNo

SINCE_THEN = "Since that day somebody of the family has said no to sharing, or has taken back what they agreed to."
KINDS = ("people", "request", "assessment", "plan", "note", "chronology", "document", "summary")
MOST_ITEMS = 200


@dataclass(frozen=True)
class StepBasis:
    """What lets the story travel: the kind of basis, the words for it, its ground in law without consent, or the day of consent."""

    kind: str
    words: str
    ground: str = ""
    agreed_on: dt.date | None = None


@dataclass(frozen=True)
class PackItem:
    """One thing that travels: what it is, its data, and how it reads. `basis` where it is not the whole step's.

    A document's bytes are `file`; its data holds their digest, so that they are sealed with the item.
    """

    kind: str
    title: str
    html: str
    data: Any
    basis: StepBasis | None = None
    file: bytes | None = None


def why_not_request_step_up(user: Any, case: Case) -> Refusal | None:
    """Asking social care to take a case: whoever may write in its record, one question at a time."""
    refusal = case_rules.why_not_write(user, case) or _why_not_another(case)
    if refusal is None and case.stage == Stage.STEPPED_UP:
        return Refusal("steps.stepped_up", "Social care has this case already.")
    return refusal or _why_not_restricted(case)


def why_not_request_step_down(user: Any, case: Case) -> Refusal | None:
    """Handing a case back to early help: social care's own worker, while the case is with social care."""
    if not user.may("request_step_down"):
        return Refusal(
            "steps.may_not_hand_down", "Only a social worker of the hub can hand a family down. Ask them to."
        )
    if not case.is_open or case.stage != Stage.STEPPED_UP:
        return Refusal(
            "steps.not_with_social_care",
            "This case is not with social care. To hand another family down, make a request at the front door.",
        )
    return _why_not_another(case) or _why_not_restricted(case)


def _why_not_another(case: Case) -> Refusal | None:
    waiting = CareStep.objects.filter(case=case, status=Status.REQUESTED).first()
    if waiting is None:
        return None
    return Refusal("steps.waiting", f"{waiting.reference} waits for an answer already. Open it to see how it stands.")


def _why_not_restricted(case: Case) -> Refusal | None:
    # Somebody restricted is only seen here by those who were granted them: a frozen pack would carry them further.
    if not case.family.restricted and not Membership.objects.filter(family_id=case.family_id, hidden=True).exists():
        return None
    return Refusal(
        "steps.restricted",
        f"A record here is restricted. Ring {pack().words.social_care_front_door}, and ask information governance"
        " to name who may open it there.",
    )


def why_not_reason(direction: str, reason: str, words: str) -> Refusal | None:
    """Why it is asked: a reason of the pack, and words."""
    reasons = pack().step_up.up_reasons if direction == Direction.UP else pack().step_up.down_reasons
    if not _offered(reasons, reason):
        return Refusal("steps.reason", "Choose why you ask.")
    if not words.strip():
        return Refusal("steps.words", "Write what has happened and what you ask for.")
    return None


def why_not_basis(basis: StepBasis) -> Refusal | None:
    """Consent or the lawful reason: checked at each move, in words, and with its ground where nobody agreed."""
    if basis.kind not in Basis.values:
        return Refusal("steps.basis", "Say whether the family agreed, was told, or could not be told.")
    if not basis.words.strip():
        agreed = basis.kind == Basis.CONSENT
        return Refusal(
            "steps.basis_words", "Say who agreed, and to what." if agreed else "Say why it is shared without agreement."
        )
    if basis.kind != Basis.CONSENT and not _offered(pack().sharing.exceptions, basis.ground):
        return Refusal("steps.ground", "Choose the reason in law for sharing without agreement.")
    return _why_not_agreed_on(basis) if basis.kind == Basis.CONSENT else None


def _why_not_agreed_on(basis: StepBasis) -> Refusal | None:
    if basis.agreed_on is None:
        return Refusal("steps.agreed_on", "Enter the day on which the family agreed.")
    if basis.agreed_on > clock.today():
        return Refusal("steps.agreed_on", "The day on which the family agreed must be today or in the past.")
    return None


def why_not_after_all(basis: StepBasis, said_since: Sequence[SaidNo], *, named: bool = True) -> Refusal | None:
    """Consent held against the record: nobody has said no, or taken anything back, since the day it is said to be from.

    `named` tells who did, for those who may open the family already.
    """
    if basis.kind != Basis.CONSENT or not said_since:
        return None
    told = f"{said_since[0].in_words}, after the day you give." if named else SINCE_THEN
    return Refusal(
        "steps.said_no_since",
        f"{told} Ask the family again and enter that day, or choose a reason in law for sharing without agreement.",
    )


def why_not_items(items: Sequence[PackItem]) -> Refusal | None:
    """The pack: something in it, nothing in it twice, each of a kind that is known."""
    if not items:
        return Refusal("steps.empty_pack", "Tick what should travel. The people and their addresses at least.")
    if len(items) > MOST_ITEMS:
        return Refusal("steps.too_much", f"A pack holds {MOST_ITEMS} items at most. Choose what matters.")
    if any(item.kind not in KINDS for item in items) or len({(item.kind, item.title) for item in items}) != len(items):
        return Refusal("steps.items", "Something in the pack is not known, or is in it twice. Tick the items again.")
    return next((refusal for item in items if item.basis and (refusal := why_not_basis(item.basis))), None)


def why_not_decide(user: Any, step: CareStep) -> Refusal | None:
    """Deciding a step up: the hub. A step down: the front door of the area. Never one's own, and once."""
    if step.is_up and not user.may("decide_step_up"):
        return Refusal("steps.hub_decides", "Only a social worker of the hub can answer this.")
    if not step.is_up and not user.may("decide_request", step.area):
        return Refusal("steps.front_door_decides", "Only the front door of the area can answer this.")
    if step.requested_by_id == user.id:
        return Refusal("steps.own", "Somebody else must answer this: you asked for it.")
    return why_not_waiting(step)


def why_not_waiting(step: CareStep) -> Refusal | None:
    """Whether it can still be answered or withdrawn, and who was first where it cannot."""
    if step.status == Status.REQUESTED:
        return None
    who = step.withdrawn_by if step.status == Status.WITHDRAWN else step.decided_by
    name = f" by {who.full_name}" if who is not None else ""
    return Refusal(
        "steps.answered", f"{step.reference} is {step.get_status_display().lower()}{name}. Open it again to see."
    )


def why_not_decline(reason: str, answer: str) -> Refusal | None:
    """Declining: with a reason of the pack, and advice on what to do instead."""
    if not _offered(pack().step_up.decline_reasons, reason):
        return Refusal("steps.decline_reason", "Choose why it is declined.")
    if not answer.strip():
        return Refusal("steps.advice", "Write what they should do instead, and what would change your answer.")
    return None


def why_not_withdraw(user: Any, step: CareStep) -> Refusal | None:
    """Withdrawing: whoever asked; the lead practitioner or a manager for a step up."""
    refusal = why_not_waiting(step)
    if refusal is not None or step.requested_by_id == user.id:
        return refusal
    if step.is_up and _manages(user, step):
        return None
    return Refusal("steps.not_yours", "Only the one who asked can withdraw this.")


def why_not_withdrawal_reason(reason: str) -> Refusal | None:
    """Why it is withdrawn: a reason of the pack."""
    if _offered(pack().step_up.withdrawal_reasons, reason):
        return None
    return Refusal("steps.withdrawal_reason", "Choose why it is withdrawn.")


def why_not_acknowledge(user: Any, step: CareStep) -> Refusal | None:
    """Receipting the pack: whoever it was sent to, never whoever sent it."""
    if step.requested_by_id == user.id or step.status in (Status.WITHDRAWN, Status.DECLINED, Status.ENDED):
        return Refusal("steps.not_received", "This pack was not sent to you, or is no longer yours.")
    if step.is_up and (user.may("decide_step_up") or step.decided_by_id == user.id):
        return None
    if not step.is_up and (user.may("decide_request", step.area) or _manages(user, step)):
        return None
    return Refusal("steps.not_received", "This pack was not sent to you, or is no longer yours.")


def why_not_read_answer(user: Any, step: CareStep) -> Refusal | None:
    """Having read the answer: whoever asked, who leads or manages a case that was to go up, or has one back that came down."""
    if step.status not in (Status.ACCEPTED, Status.DECLINED):
        return Refusal("steps.no_answer", "There is no answer to read yet.")
    if step.requested_by_id == user.id or (_manages(user, step) if step.is_up else _has_it_back(user, step)):
        return None
    return Refusal("steps.not_yours", "The answer is for the one who asked and for the lead practitioner.")


def _has_it_back(user: Any, step: CareStep) -> bool:
    """Whether what comes next after a step down is the user's to agree with the family."""
    return DueItem.objects.filter(kind="stepped_down", source_id=step.id, owner=user, done_at=None).exists()


def _manages(user: Any, step: CareStep) -> bool:
    """Whether the user leads or manages the step's case; never somebody who may not open it."""
    case = Case.objects.select_related("area").filter(pk=step.case_id).first()
    return case is not None and case_rules.why_not_manage(user, case) is None


def _offered(things: Iterable[Any], code: str) -> bool:
    found = find(things, code)
    return found is not None and not getattr(found, "retired", False)
