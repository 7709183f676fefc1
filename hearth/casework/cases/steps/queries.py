"""Reads of steps: the reader first, always through visible_to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.models import Case, DueItem, Stage
from hearth.casework.cases.steps import rules
from hearth.casework.cases.steps.freezing import digest_of, digest_of_all
from hearth.casework.cases.steps.models import (
    BasisCheck,
    CareStep,
    Direction,
    FrozenItem,
    Receipt,
    Status,
    may_open_its_pack,
)
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.text import upper_first
from hearth.records.people.models import Family
from hearth.records.people.reach import areas, kept_from
from hearth.records.people.timeline import Entry

MOST_HELD = 200
ANSWERED = (Status.ACCEPTED, Status.DECLINED)
PEOPLE = ("requested_by__organisation", "decided_by__organisation", "withdrawn_by__organisation", "area")


def step_of(reader: Any, reference: str, direction: str = "") -> CareStep:
    """The step, or a page that never says whether it exists. Its case is left out: the hub may not open that yet."""
    rows = _steps(reader).filter(reference=reference)
    found = (rows.filter(direction=direction) if direction else rows).first()
    if found is None:
        raise Http404
    return found


def _steps(reader: Any) -> QuerySet[CareStep]:
    return CareStep.objects.visible_to(reader).select_related(*PEOPLE)


def waiting_step_ups(reader: Any, page: Any = 1) -> Page:
    """Step ups that wait for the hub, the most late first. For the hub alone."""
    if not reader.may("decide_step_up"):
        raise Http404
    rows = _steps(reader).filter(direction=Direction.UP, status=Status.REQUESTED)
    return page_of(rows.order_by("answer_by_on", "requested_at"), page)


def answered_step_ups(reader: Any, at_most: int = 20) -> list[CareStep]:
    """Step ups that the reader answered, the latest first."""
    return list(_steps(reader).filter(direction=Direction.UP, decided_by=reader).order_by("-decided_at")[:at_most])


def held_step_ups(reader: Any) -> list[CareStep]:
    """Step ups that the reader accepted and that have not come back, with the case of each, the longest held first."""
    rows = CareStep.objects.visible_to(reader).filter(direction=Direction.UP, status=Status.ACCEPTED, decided_by=reader)
    rows = rows.filter(case__stage=Stage.STEPPED_UP).select_related("family", "case__lead")
    return list(rows.order_by("decided_at", "id")[:MOST_HELD])


def withdrawn_step_ups(reader: Any, at_most: int = 20) -> list[CareStep]:
    """Step ups that were withdrawn before the hub answered, the latest first, for as long as the hub sees them."""
    rows = _steps(reader).filter(direction=Direction.UP, status=Status.WITHDRAWN)
    return list(rows.order_by("-withdrawn_at")[:at_most])


def unread_step_ups(reader: Any) -> list[dict[str, Any]]:
    """Step ups that social care answered, and whose answer the reader has still to read: the latest ten."""
    # Their keys first: most readers have none, and of every step up that was ever answered few are looked through.
    unread = list(
        DueItem.objects.filter(kind="step_up_answer", owner=reader, done_at=None).values_list("source_id", flat=True)
    )
    rows = CareStep.objects.visible_to(reader).filter(direction=Direction.UP, status__in=ANSWERED, pk__in=unread)
    return list[Any](rows.order_by("-decided_at", "id").values("reference", "status", "family__name")[:10])


def late_step_ups(reader: Any) -> list[dict[str, Any]]:
    """Step ups of the reader's cases that social care has not answered in time: the latest ten."""
    rows = CareStep.objects.visible_to(reader).filter(direction=Direction.UP, status=Status.REQUESTED)
    rows = rows.filter(answer_by_on__lt=clock.today(), case__lead=reader)
    return list[Any](rows.order_by("answer_by_on", "id").values("reference", "family__name")[:10])


def unread_step_downs(reader: Any) -> list[dict[str, Any]]:
    """Step downs that the front door answered to the reader, who has still to say that they have read it: the latest ten.

    `opens`: whether they may open the family still, which they may not once it was handed back.
    """
    rows = CareStep.objects.visible_to(reader).filter(requested_by=reader, direction=Direction.DOWN)
    rows = rows.filter(~_read_by(reader), status__in=ANSWERED).annotate(
        opens=Exists(Family.objects.visible_to(reader).filter(pk=OuterRef("family_id")))
    )
    return list[Any](rows.order_by("-decided_at", "id").values("reference", "status", "family_name", "opens")[:10])


def handed_back_to(reader: Any) -> list[dict[str, Any]]:
    """Step downs that gave the reader a family back, until they say that they have read it or it is done: the latest ten."""
    # Their keys first, as of the step ups that are unread.
    due = DueItem.objects.filter(kind="stepped_down", owner=reader, done_at=None).values_list("source_id", flat=True)
    rows = CareStep.objects.visible_to(reader).filter(direction=Direction.DOWN, pk__in=list(due))
    rows = rows.filter(~_read_by(reader), status=Status.ACCEPTED)
    return list[Any](rows.order_by("-decided_at", "id").values("reference", "family__name")[:10])


def _read_by(reader: Any) -> Exists:
    return Exists(Receipt.objects.filter(step=OuterRef("pk"), of=Receipt.Of.ANSWER, by=reader))


def waiting_step_downs(reader: Any, page: Any = 1) -> Page:
    """Step downs that wait for the reader's front door, the most late first. For front doors alone."""
    if not reader.may("decide_request"):
        raise Http404
    rows = _steps(reader).filter(
        direction=Direction.DOWN, status=Status.REQUESTED, area__one_of=areas(reader, "decide_request")
    )
    return page_of(rows.order_by("answer_by_on", "requested_at"), page)


def steps_of(reader: Any, case: Case) -> list[CareStep]:
    """Every step of a case, the latest first."""
    return list(_steps(reader).filter(case=case).order_by("-requested_at"))


def checks_of(reader: Any, step: CareStep) -> list[BasisCheck]:
    """The basis, at each move."""
    return list(
        BasisCheck.objects.visible_to(reader)
        .filter(step=step)
        .select_related("checked_by__organisation")
        .order_by("checked_at")
    )


def items_of(reader: Any, step: CareStep) -> list[FrozenItem]:
    """The frozen pack in its order; nothing for a reader whose it is no longer, nor what names somebody kept from them."""
    return list(FrozenItem.objects.visible_to(reader).filter(step=step).order_by("number"))


def kept_back(reader: Any, step: CareStep, items: list[FrozenItem]) -> int:
    """How many items are kept back since a record they name was restricted; nought where the pack is not the reader's."""
    theirs = CareStep.objects.filter(may_open_its_pack(reader), pk=step.pk).exists()
    return step.pack_items - len(items) if theirs else 0


def words_kept_back(reader: Any, step: CareStep) -> bool:
    """Whether what was asked names somebody restricted who is kept from the reader."""
    return not CareStep.objects.filter(pk=step.pk, people__none_of=kept_from(reader)).exists()


def file_of(reader: Any, step: CareStep, number: int) -> FrozenItem:
    """The item of the pack that is a document, with its bytes."""
    rows = FrozenItem.objects.visible_to(reader).filter(step=step, number=number, file__isnull=False)
    found = rows.select_related("file").first()
    if found is None:
        raise Http404
    return found


def receipts_of(reader: Any, step: CareStep) -> list[Receipt]:
    """Who has had the pack and who has read the answer."""
    return list(Receipt.objects.visible_to(reader).filter(step=step).select_related("by__organisation").order_by("at"))


def is_whole(step: CareStep, items: list[FrozenItem], kept: int = 0) -> bool:
    """Whether every item, and the pack, is to the letter what was sent. Where some are kept back, whether the others are."""
    digests = [digest_of(item.kind, item.title, item.html, item.data) for item in items]
    return (
        digests == [item.sha256 for item in items]
        and len(items) + kept == step.pack_items
        and (kept > 0 or digest_of_all(digests) == step.pack_sha256)
    )


@dataclass(frozen=True)
class StepWords:
    """A step's codes in the pack's words."""

    reason: str
    decline_reason: str
    withdrawal_reason: str


def words_of(step: CareStep) -> StepWords:
    """Each code as the pack words it; empty where there is none."""
    codes = pack().step_up
    return StepWords(
        reason=label_of(codes.up_reasons if step.is_up else codes.down_reasons, step.reason),
        decline_reason=label_of(codes.decline_reasons, step.decline_reason) if step.decline_reason else "",
        withdrawal_reason=label_of(codes.withdrawal_reasons, step.withdrawal_reason) if step.withdrawal_reason else "",
    )


def ground_words(code: str) -> str:
    """A lawful reason as the pack words it."""
    return label_of(pack().sharing.exceptions, code) if code else ""


def grounds() -> list[tuple[str, str]]:
    """Lawful reasons to share without agreement."""
    return offered(pack().sharing.exceptions)


def what_may(reader: Any, step: CareStep) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    received = {(row.of, row.by_id) for row in Receipt.objects.filter(step=step)}
    return {
        "decide": rules.why_not_decide(reader, step) is None,
        "withdraw": rules.why_not_withdraw(reader, step) is None,
        "acknowledge": ("pack", reader.id) not in received and rules.why_not_acknowledge(reader, step) is None,
        "read_answer": ("answer", reader.id) not in received and rules.why_not_read_answer(reader, step) is None,
        "step_down": step.is_up and step.status == Status.ACCEPTED and _may_hand_down(reader, step),
    }


def _may_hand_down(reader: Any, step: CareStep) -> bool:
    case = (
        Case.objects.visible_to(reader).select_related("family").filter(pk=step.case_id, stage=Stage.STEPPED_UP).first()
    )
    return case is not None and rules.why_not_request_step_down(reader, case) is None


def with_social_care(reader: Any, case: Case | None) -> CareStep | None:
    """The step up by which social care has the case now, for those who may see it; nothing is asked of any other case."""
    if case is None or case.stage != Stage.STEPPED_UP:
        return None
    rows = _steps(reader).filter(case=case, direction=Direction.UP, status=Status.ACCEPTED)
    return rows.order_by("-decided_at").first()


def case_is_open_to(reader: Any, step: CareStep) -> bool:
    """Whether the reader may open the step's case, so that a link leads somewhere."""
    return Case.objects.visible_to(reader).filter(pk=step.case_id).exists()


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """Each step's request, answer or withdrawal: one query."""
    rows = _steps(reader).filter(family=family)
    return [entry for step in rows for entry in _entries(step)]


def _entries(step: CareStep) -> list[Entry]:
    url, kind = reverse("step", args=[step.reference]), "Step up" if step.is_up else "Step down"
    to = pack().words.social_care if step.is_up else pack().words.early_help
    found = [
        Entry(step.requested_at, kind, f"{upper_first(to)} was asked to take the case", _by(step.requested_by), url)
    ]
    if step.decided_at is not None:
        done = "declined" if step.status == Status.DECLINED else "accepted"
        found.append(Entry(step.decided_at, kind, f"The {kind.lower()} was {done}", _by(step.decided_by), url))
    if step.withdrawn_at is not None:
        found.append(Entry(step.withdrawn_at, kind, f"The {kind.lower()} was withdrawn", _by(step.withdrawn_by), url))
    return found


def _by(user: Any) -> str:
    return f"{user.full_name}, {user.organisation_name}"
