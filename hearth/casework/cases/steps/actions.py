"""Ask for a step up or down, answer it, withdraw it, and receipt what travelled."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from hearth.casework.cases.actions import hold, reopen_case, set_stage
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case, DueItem, Stage
from hearth.casework.cases.steps import rules
from hearth.casework.cases.steps.freezing import digest_of, digest_of_all
from hearth.casework.cases.steps.models import BasisCheck, CareStep, Direction, FrozenFile, FrozenItem, Receipt, Status
from hearth.casework.cases.steps.naming import everybody_of, named_in, named_in_item
from hearth.casework.cases.steps.rules import PackItem, StepBasis
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.records.documents.keeping import hold_bytes
from hearth.records.people.access.actions import end_access, give_access
from hearth.records.people.models import Family
from hearth.records.sharing.said_no import said_no

PREFIX = {Direction.UP: "SU", Direction.DOWN: "SD"}


@action
def request_step_up(
    *, by: Any, case: Case, reason: str, words: str, basis: StepBasis, items: Sequence[PackItem]
) -> CareStep:
    """Ask social care to take a case, with the frozen pack. Until they accept, the case stays early help's."""
    hold(case)
    refuse(rules.why_not_request_step_up(by, case))
    step = _request(by, Direction.UP, case, reason, words, basis, items, pack().limits.step_up_answer)
    # A decision at the front door or at a review may have put asking on somebody's list, or an answer that was not read yet
    # has led to it: that is done now.
    asking = DueItem.objects.filter(case=case, kind__in=("step_up", "step_up_answer"), done_at=None)
    asking.update(done_at=clock.now())
    set_due(
        case=case,
        kind="step_up_waits",
        source_id=step.id,
        due_on=step.answer_by_on,
        owner=None,
        what=f"Waiting for {pack().words.social_care} to answer a step up"[:120],
    )
    record(
        "steps.step_up_requested",
        family=case.family_id,
        subject=step,
        reason=reason,
        basis=basis.kind,
        items=len(items),
    )
    return step


@action
def request_step_down(
    *, by: Any, case: Case, reason: str, words: str, basis: StepBasis, items: Sequence[PackItem]
) -> CareStep:
    """Hand a case back to early help, with what was done. Until it is accepted, it stays social care's."""
    hold(case)
    refuse(rules.why_not_request_step_down(by, case))
    step = _request(by, Direction.DOWN, case, reason, words, basis, items, pack().limits.receipt_to_decision)
    set_due(
        case=case,
        kind="step_down",
        source_id=step.id,
        due_on=step.answer_by_on,
        owner=None,
        what=f"Answer a step down from {pack().words.social_care}"[:120],
    )
    record(
        "steps.step_down_requested",
        family=case.family_id,
        subject=step,
        reason=reason,
        basis=basis.kind,
        items=len(items),
    )
    return step


def _request(
    by: Any,
    direction: str,
    case: Case,
    reason: str,
    words: str,
    basis: StepBasis,
    items: Sequence[PackItem],
    limit: int,
) -> CareStep:
    words, basis = clean(words).strip(), _cleaned(basis)
    refuse(rules.why_not_reason(direction, reason, words) or rules.why_not_basis(basis) or rules.why_not_items(items))
    items = [replace(item, title=clean(item.title)[:200]) for item in items]
    digests = [digest_of(item.kind, item.title, item.html, item.data) for item in items]
    now, people = clock.now(), everybody_of(case.family)
    step = CareStep(
        reference=drawn_reference(PREFIX[Direction(direction)]),
        direction=direction,
        case=case,
        family=case.family,
        family_name=case.family.name,
        case_reference=case.reference,
        case_stage=case.stage,
        children=case.children_count,
        area=case.area,
        reason=reason,
        words=words,
        people=named_in(people, words),
        requested_by=by,
        requested_at=now,
        answer_by_on=clock.add_working_days(clock.counts_from(now), limit),
        pack_items=len(items),
        pack_sha256=digest_of_all(digests),
    )
    step.save(force_insert=True)
    _check_basis(by, step, "requested", basis)
    for number, (item, digest) in enumerate(zip(items, digests, strict=True), start=1):
        on = item.basis or basis
        frozen = FrozenItem(
            step=step,
            number=number,
            kind=item.kind,
            title=item.title,
            data=item.data,
            html=item.html,
            sha256=digest,
            basis=on.kind,
            ground=_ground(on),
            people=named_in_item(people, item),
        )
        frozen.save(force_insert=True)
        if item.file is not None:
            hold_bytes(FrozenFile(item=frozen), item.file, item.data["sha256"])
    return step


def _cleaned(basis: StepBasis) -> StepBasis:
    return replace(basis, words=clean(basis.words).strip())


def _ground(basis: StepBasis) -> str:
    return "" if basis.kind == "consent" else basis.ground


def _check_basis(by: Any, step: CareStep, moment: str, basis: StepBasis, *, named: bool = True) -> None:
    """Hold what is said against the record, as far as the writer may read it, and keep both with the step."""
    refuse(rules.why_not_after_all(basis, said_no(by, step.family_id, basis.agreed_on), named=named))
    BasisCheck(
        step=step,
        moment=moment,
        basis=basis.kind,
        ground=_ground(basis),
        words=basis.words,
        agreed_on=basis.agreed_on if basis.kind == "consent" else None,
        checked_by=by,
    ).save(force_insert=True)


def _held(step: CareStep) -> CareStep:
    """The step, locked until the transaction ends: of two who answer at once the first decides."""
    found = (
        CareStep.objects.select_for_update(of=("self",))
        .select_related("decided_by", "withdrawn_by", "area")
        .filter(pk=step.pk)
        .first()
    )
    if found is None:
        refuse(Refusal("steps.answered", f"Somebody else answered {step.reference} a moment ago."))
    assert found is not None  # noqa: S101 - refused just now
    return found


def _decide(by: Any, held: CareStep, status: str, **told: str) -> None:
    held.status, held.decided_by, held.decided_at = status, by, clock.now()
    for name, text in told.items():
        setattr(held, name, clean(text).strip())
    held.save(update_fields=["status", "decided_by", "decided_at", *told])


def _due_to_be_read(step: CareStep) -> None:
    """What waited for social care is the lead's to read, from the day of the answer. Whoever declines may not open the family,
    so the database writes it.
    """
    what = f"Read what {pack().words.social_care} answered"
    with connection.cursor() as cursor:
        cursor.execute("select hearth_step_up_answered(%s, %s, %s)", [step.id, what, clock.today()])


@action
def accept_step_up(
    *, by: Any, step: CareStep, basis: StepBasis, answer: str = "", other_reference: str = ""
) -> CareStep:
    """Social care takes the case. The basis is checked again; the social worker may open the record from now on."""
    held, basis = _held(step), _cleaned(basis)
    refuse(rules.why_not_decide(by, held) or rules.why_not_basis(basis))
    _decide(by, held, Status.ACCEPTED, answer=answer, other_reference=other_reference)
    # Access comes with the acceptance: only now can the family, the case and what is due be seen and changed.
    give_access(by=by, family=Family(pk=held.family_id), user=by, why="step_up", basis=held.id)
    case = Case.objects.select_related("family", "area", "lead__organisation").get(pk=held.case_id)
    set_stage(by=by, case=case, stage=Stage.STEPPED_UP)
    _due_to_be_read(held)
    _check_basis(by, held, "accepted", basis, named=False)
    record("steps.step_up_accepted", family=held.family_id, subject=held, basis=basis.kind)
    _tell(by, held)
    return held


@action
def decline_step_up(*, by: Any, step: CareStep, decline_reason: str, answer: str) -> CareStep:
    """Social care does not take the case, and says what to do instead. Early help carries on."""
    held = _held(step)
    refuse(rules.why_not_decide(by, held) or rules.why_not_decline(decline_reason, answer))
    _decide(by, held, Status.DECLINED, decline_reason=decline_reason, answer=answer)
    _due_to_be_read(held)
    record("steps.step_up_declined", family=held.family_id, subject=held, reason=decline_reason)
    _tell(by, held)
    return held


@action
def accept_step_down(*, by: Any, step: CareStep, basis: StepBasis, answer: str = "") -> CareStep:
    """Early help takes the case back where it stood. Social care's access ends, and the lead has something to do."""
    held, basis = _held(step), _cleaned(basis)
    refuse(rules.why_not_decide(by, held) or rules.why_not_basis(basis))
    _decide(by, held, Status.ACCEPTED, answer=answer)
    _check_basis(by, held, "accepted", basis)
    case = Case.objects.select_related("family", "area", "lead__organisation").get(pk=held.case_id)
    set_due(case=case, kind="step_down", source_id=held.id, done=True)
    before = _hand_back(by, case)
    if case.is_open:
        set_stage(by=by, case=case, stage=before)
    else:
        case = reopen_case(by=by, case=case, because="stepped_down")
    set_due(
        case=case,
        kind="stepped_down",
        source_id=held.id,
        owner=case.lead,
        what="Stepped down: agree with the family what comes next",
        due_on=clock.add_working_days(clock.today(), pack().limits.plan),
    )
    record("steps.step_down_accepted", family=held.family_id, subject=held, basis=basis.kind)
    _tell(by, held)
    return held


def _hand_back(by: Any, case: Case) -> str:
    """End each step up that social care holds, with its access; give the stage the case goes back to."""
    stage = str(Stage.WORKING)
    for up in CareStep.objects.filter(case=case, direction=Direction.UP, status=Status.ACCEPTED).order_by(
        "requested_at"
    ):
        up.status, up.ended_at, stage = Status.ENDED, clock.now(), up.case_stage
        up.save(update_fields=["status", "ended_at"])
        end_access(by=by, family=case.family, basis=up.id, why="step_up")
    return stage


@action
def decline_step_down(*, by: Any, step: CareStep, decline_reason: str, answer: str) -> CareStep:
    """The front door does not take the case back, and says why. It stays with social care."""
    held = _held(step)
    refuse(rules.why_not_decide(by, held) or rules.why_not_decline(decline_reason, answer))
    _decide(by, held, Status.DECLINED, decline_reason=decline_reason, answer=answer)
    set_due(case=Case.objects.get(pk=held.case_id), kind="step_down", source_id=held.id, done=True)
    record("steps.step_down_declined", family=held.family_id, subject=held, reason=decline_reason)
    _tell(by, held)
    return held


@action
def withdraw_step(*, by: Any, step: CareStep, withdrawal_reason: str, withdrawal_words: str = "") -> CareStep:
    """Take a step back before it is answered. The other side can no longer open its pack."""
    held = _held(step)
    refuse(rules.why_not_withdraw(by, held) or rules.why_not_withdrawal_reason(withdrawal_reason))
    held.status, held.withdrawn_by, held.withdrawn_at = Status.WITHDRAWN, by, clock.now()
    held.withdrawal_reason, held.withdrawal_words = withdrawal_reason, clean(withdrawal_words).strip()
    held.save(update_fields=["status", "withdrawn_by", "withdrawn_at", "withdrawal_reason", "withdrawal_words"])
    kind = "step_up_waits" if held.is_up else "step_down"
    set_due(case=held.case, kind=kind, source_id=held.id, done=True)
    record(
        "steps.step_withdrawn", family=held.family_id, subject=held, direction=held.direction, reason=withdrawal_reason
    )
    return held


@action
def acknowledge_pack(*, by: Any, step: CareStep) -> Receipt:
    """Say that the pack has been received: by whom, when, and which pack to the letter."""
    held = _held(step)
    refuse(rules.why_not_acknowledge(by, held))
    return _receipt(by, held, Receipt.Of.PACK, held.pack_sha256)


@action
def read_step_answer(*, by: Any, step: CareStep) -> Receipt:
    """Say that the answer has been read. What was due because of the question is done.

    Nothing of the step changes, and it is not held: whoever handed a family back reads the answer, and may change nothing any more.
    """
    found = CareStep.objects.get(pk=step.pk)
    refuse(rules.why_not_read_answer(by, found))
    if found.is_up:
        set_due(case=found.case, kind="step_up_answer", source_id=found.id, done=True)
    return _receipt(by, found, Receipt.Of.ANSWER, "")


def _receipt(by: Any, step: CareStep, of: str, digest: str) -> Receipt:
    receipt = Receipt.objects.filter(step=step, of=of, by=by).first()
    if receipt is None:
        receipt = Receipt(step=step, of=of, by=by, pack_sha256=digest)
        receipt.save(force_insert=True)
    record(f"steps.{of}_receipted", family=step.family_id, subject=step)
    return receipt


def _tell(by: Any, step: CareStep) -> None:
    """Whoever asked is told that there is an answer; the message names nobody."""
    send(by=by, to=step.requested_by, template="news", link=f"/steps/{step.reference}/", key=f"step_answered {step.id}")
