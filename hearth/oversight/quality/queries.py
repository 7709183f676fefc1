"""Reads of audits: the reader first, always through visible_to. What an auditor said stays theirs until every grade is in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404
from django.urls import reverse

from hearth.casework.assessments.models import Assessment
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.audits import AuditItem, AuditPart, AuditTool
from hearth.foundation.ui.filters import count, counted
from hearth.oversight.quality.models import (
    Answer,
    Audit,
    AuditAction,
    AuditGrade,
    AuditResult,
    AuditToolVersion,
    ItemGrade,
)
from hearth.oversight.quality.reach import AUDITS, LEADS
from hearth.oversight.quality.setup import tool_of

ANSWERS = tuple(Answer.choices)
OF_WORKER = (Audit.State.SENT, Audit.State.ANSWERED)
NEWEST = 30  # of each list


@dataclass(frozen=True)
class Score:
    """Items met, and not applicable, of a tool; and what they come to."""

    met: int
    not_applicable: int
    items: int
    of_hundred: Decimal | None

    @property
    def formula(self) -> str:
        """As it is worked out, with its figures: 25 x 100 / (39 - 4) = 71.4."""
        worked = f"{self.met} x 100 / ({self.items} - {self.not_applicable})"
        return (
            f"{worked} = {self.of_hundred}"
            if self.of_hundred is not None
            else f"{worked}: nothing applies, so that there is no score"
        )


def score_of(tool: AuditTool, answers: Mapping[str, str]) -> Score:
    """What answers come to, by the tool's formula."""
    met, not_applicable = (
        sum(each == kind for each in answers.values()) for kind in (Answer.MET, Answer.NOT_APPLICABLE)
    )
    return Score(met, not_applicable, len(tool.items), tool.score(met, not_applicable))


def audit_of(reader: Any, reference: str) -> Audit:
    """One audit, or a page that never says whether it exists."""
    rows = Audit.objects.visible_to(reader).select_related(
        "sample__tool", "sample__drawn_by", "organisation", "worker", "area", "moderated_by", "sent_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def led_audit(reader: Any, reference: str) -> Audit:
    """One that the reader leads, and did not write."""
    found = audit_of(reader, reference)
    if not reader.may(LEADS, found.area) or found.worker_id == reader.id:
        raise Http404
    return found


def grades_of(reader: Any, audit: Audit) -> list[AuditGrade]:
    """Who grades it, the first first; nothing for whoever wrote the assessment."""
    rows = AuditGrade.objects.visible_to(reader).live().filter(audit=audit).select_related("auditor__organisation")
    return list(rows.order_by("place"))


def grade_at(reader: Any, audit: Audit, place: int) -> AuditGrade:
    """The first or the second grade."""
    found = next((each for each in grades_of(reader, audit) if each.place == place), None)
    if found is None:
        raise Http404
    return found


def own_grade(reader: Any, audit: Audit) -> AuditGrade:
    """The reader's own grade of an audit; not found for everybody else."""
    found = next((each for each in grades_of(reader, audit) if each.auditor_id == reader.id), None)
    if found is None:
        raise Http404
    return found


def written(reader: Any, grade: AuditGrade) -> dict[str, ItemGrade]:
    """What is written of a grade so far, by item."""
    return {each.item: each for each in ItemGrade.objects.visible_to(reader).filter(grade=grade)}


def can_open(reader: Any, audit: Audit) -> bool:
    """Whether the reader can open the assessment now."""
    return Assessment.objects.visible_to(reader).filter(pk=audit.assessment_id).exists()


def open_reference(reader: Any, audit: Audit) -> str:
    """The address of the assessment for whoever can open it now; empty for everybody else."""
    return audit.assessment_reference if can_open(reader, audit) else ""


def graded(reader: Any, audit: Audit) -> dict[Any, dict[str, ItemGrade]]:
    """What each auditor said, by auditor and item, the first first. Of audits whose every grade is in."""
    found: dict[Any, dict[str, ItemGrade]] = defaultdict(dict)
    rows = ItemGrade.objects.visible_to(reader).filter(grade__audit=audit, grade__ended_at=None)
    for each in rows.select_related("grade").order_by("grade__place"):
        found[each.grade.auditor_id][each.item] = each
    return found


def differing(both: Mapping[Any, Mapping[str, ItemGrade]]) -> list[str]:
    """The items that two auditors answered differently."""
    if len(both) != 2:
        return []
    first, second = both.values()
    return [item for item, each in first.items() if item in second and second[item].answer != each.answer]


@dataclass(frozen=True)
class Differs:
    """One item on which two auditors differ, and what each said."""

    item: AuditItem
    said: list[ItemGrade]


def to_moderate(reader: Any, audit: Audit) -> list[Differs]:
    """What there is to decide, in the tool's order."""
    both = graded(reader, audit)
    differ = set(differing(both))
    items = tool_of(audit.sample.tool_id).items
    return [Differs(item, [said[item.code] for said in both.values()]) for item in items if item.code in differ]


@dataclass(frozen=True)
class PartResults:
    """A part of the tool with the result of each of its items."""

    part: AuditPart
    results: list[tuple[AuditItem, AuditResult]]


def results_of(reader: Any, audit: Audit) -> list[PartResults]:
    """What an audit came to, part by part."""
    found = {each.item: each for each in AuditResult.objects.visible_to(reader).filter(audit=audit)}
    parts = tool_of(audit.sample.tool_id).parts if found else ()
    return [
        PartResults(part, [(item, found[item.code]) for item in part.items if item.code in found]) for part in parts
    ]


def actions_of(reader: Any, audit: Audit) -> list[AuditAction]:
    """What the worker is to do."""
    return list(AuditAction.objects.visible_to(reader).filter(audit=audit).select_related("added_by"))


def action_of(reader: Any, audit: Audit, number: int) -> AuditAction:
    """One of those."""
    found = AuditAction.objects.visible_to(reader).filter(audit=audit, number=number).first()
    if found is None:
        raise Http404
    return found


def to_grade(reader: Any) -> list[AuditGrade]:
    """What the reader is to grade, the first due first; and what they graded lately."""
    if not reader.may(AUDITS):
        return []
    rows = AuditGrade.objects.visible_to(reader).live().filter(auditor=reader).select_related("audit__sample__tool")
    return list(rows.order_by("finished_at", "due_on", "id")[:NEWEST])


def findings_for(reader: Any) -> list[Audit]:
    """Audits of what the reader wrote, of which they were told, the newest first."""
    rows = Audit.objects.visible_to(reader).filter(worker=reader, state__in=OF_WORKER).select_related("sample__tool")
    return list(rows.order_by("-sent_at", "id")[:NEWEST])


def to_lead(reader: Any) -> list[Audit]:
    """What waits for a lead: to be given, moderated, sent, or given again because its days have passed."""
    if not reader.may(LEADS):
        return []
    lapsed = AuditGrade.objects.live().filter(audit=OuterRef("pk"), finished_at=None, due_on__lt=clock.today())
    waits = Q(state__in=(Audit.State.DRAWN, Audit.State.MODERATING, Audit.State.SETTLED)) | Q(
        state=Audit.State.GRADING, lapsed=True
    )
    rows = Audit.objects.visible_to(reader).annotate(lapsed=Exists(lapsed)).filter(waits).exclude(worker=reader)
    return list(rows.select_related("sample", "organisation").order_by("created_at", "number")[:NEWEST])


def tools_in_use() -> list[AuditToolVersion]:
    """The newest version of each tool that is in use today."""
    wanted = {(tool.code, tool.version) for tool in pack().audit_tools_on(clock.today())}
    rows = AuditToolVersion.objects.order_by("code", "version")
    return [each for each in rows if (each.code, each.version) in wanted]


def tool_with(code: str, version: int) -> AuditToolVersion:
    """One version of a tool."""
    found = AuditToolVersion.objects.filter(code=code, version=version).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Waits:
    """Something of audits that waits for somebody: words, where, and whether it is late."""

    words: str
    url: str
    late: int = 0
    week: int = 0


def audits_waiting(reader: Any) -> list[Waits]:
    """What waits for the reader on the first page: to grade, to lead, to answer, to do. A query each for what their roles have."""
    return [*_to_grade(reader), *_to_lead(reader), *_to_answer(reader)]


def _to_grade(reader: Any) -> list[Waits]:
    mine = [each for each in to_grade(reader) if each.is_to_do]
    if not mine:
        return []
    return [
        Waits(f"{counted(len(mine), 'assessment')} to audit", reverse("audits"), sum(each.has_lapsed for each in mine))
    ]


def _to_lead(reader: Any) -> list[Waits]:
    rows = to_lead(reader)
    return [Waits(f"{counted(len(rows), 'audit')} to give out, moderate or send", reverse("audits"))] if rows else []


def _to_answer(reader: Any) -> list[Waits]:
    undone = Q(actions__done_on=None, actions__isnull=False)
    rows = Audit.objects.visible_to(reader).filter(worker=reader, state__in=OF_WORKER)
    rows = rows.annotate(
        undone=Count("actions", filter=undone),
        passed=Count("actions", filter=undone & Q(actions__due_on__lt=clock.today())),
    )
    found = []
    for row in rows.filter(Q(state=Audit.State.SENT) | Q(undone__gt=0)).order_by("sent_at")[:NEWEST]:
        where = reverse("audit", args=[row.reference])
        if row.state == Audit.State.SENT:
            found.append(Waits("What you wrote was audited: read the findings and answer", where, int(row.is_late)))
        elif row.undone:
            found.append(Waits(f"{count(row.undone, 'thing', 'things')} to do after an audit", where, row.passed))
    return found


def with_items(reader: Any, audits: list[Audit]) -> dict[Any, Score]:
    """The score of each settled audit, by its key: one query."""
    rows = AuditResult.objects.visible_to(reader).filter(audit__in=audits)
    said: dict[Any, dict[str, str]] = defaultdict(dict)
    for audit, item, answer in rows.values_list("audit_id", "item", "answer"):
        said[audit][item] = answer
    tools = {each.pk: tool_of(each.sample.tool_id) for each in audits}
    return {key: score_of(tools[key], answers) for key, answers in said.items()}
