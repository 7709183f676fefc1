"""Reads of whole assessments: the reader first, always through visible_to. (Single boxes are read in `answers.py`.)"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.casework.assessments import rules
from hearth.casework.assessments.boxes import EACH_CHILD, NEEDS, boxes_of_form
from hearth.casework.assessments.models import (
    CATEGORY,
    Answer,
    Assessment,
    AssessmentStep,
    FormVersion,
    SectionComment,
    Status,
    StepKind,
)
from hearth.casework.assessments.progress import Answered, Progress, progress
from hearth.casework.assessments.setup import read_definition
from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.roles import ROLES
from hearth.foundation.core import clock
from hearth.foundation.core.packs.assessment_form import AssessmentForm, Section
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.people.models import Access, Membership, Person
from hearth.records.people.reach import areas, may_open_family
from hearth.records.people.timeline import Entry

PEOPLE = ("author__organisation", "sent_by", "sent_to", "signed_off_by__organisation")
MANAGING = tuple(code for code, role in ROLES.items() if "sign_off_assessment" in role.permissions)


@dataclass(frozen=True)
class Sheet:
    """An assessment with its form, the children it is about, and how far it has got."""

    assessment: Assessment
    form: AssessmentForm
    children: tuple[Person, ...]
    left: frozenset[UUID]  # children who are no longer in the family
    progress: Progress


class Need(NamedTuple):
    """Something written as a need, for a plan to begin from."""

    element: str
    text: str
    child: Person | None


def case_of(reader: Any, reference: str) -> Case:
    """The case: not found where the reader may not open it, refused where consent leaves assessments out."""
    shown = ExpressionWrapper(may_open_family(reader, "family__", CATEGORY), output_field=BooleanField())
    found = (
        Case.objects.visible_to(reader)
        .select_related("family", "area", "lead__organisation")
        .annotate(shows_assessments=shown)
        .filter(reference=reference)
        .first()
    )
    if found is None:
        raise Http404
    refuse(None if found.shows_assessments else rules.NOT_COVERED)
    return found


def _assessments(reader: Any) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(reader).select_related("case__family", "case__area", "case__lead", *PEOPLE)


def versions_of(reader: Any, case: Case) -> list[Assessment]:
    """Every version of a case's assessment, the newest first."""
    return list(_assessments(reader).filter(case=case).order_by("-number"))


def latest_of(reader: Any, case: Case) -> Assessment | None:
    """The newest version of a case's assessment; nothing where none was started."""
    return _assessments(reader).filter(case=case).order_by("-number").first()


def newest_of(reader: Any, case: Case) -> Assessment:
    """The newest version; not found where none was started."""
    found = latest_of(reader, case)
    if found is None:
        raise Http404
    return found


def assessment_of(reader: Any, reference: str) -> Assessment:
    """The assessment with that reference."""
    found = _assessments(reader).select_related("previous").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def locked(reader: Any, assessment: Assessment) -> Assessment:
    """The assessment as it is now, held until the transaction ends: nobody sends it while somebody else saves."""
    # Its case first, as whoever closes the case holds it first too.
    Case.objects.select_for_update(no_key=True).filter(pk=assessment.case_id).values_list("pk").first()
    rows = Assessment.objects.visible_to(reader).select_for_update(no_key=True, of=("self",))
    found = rows.filter(pk=assessment.pk).select_related("case__family", "case__area").first()
    if found is None:
        raise Http404
    return found


@lru_cache(maxsize=32)
def _form(form_id: UUID) -> AssessmentForm:
    return read_definition(FormVersion.objects.get(pk=form_id).definition)


def form_of(assessment: Assessment) -> AssessmentForm:
    """The form an assessment is made on. A stored form never changes, so each process reads it once."""
    return _form(assessment.form_id)


def answered_in(reader: Any, assessment: Assessment) -> Answered:
    """Which boxes hold something."""
    rows = Answer.objects.visible_to(reader).filter(assessment=assessment, value__isnull=False)
    return set(rows.values_list("person_id", "question", "part"))


def sheet_of(reader: Any, assessment: Assessment) -> Sheet:
    """An assessment and all that every page of it needs: three queries, however many children."""
    answered, form = answered_in(reader, assessment), form_of(assessment)
    children, left = children_of(reader, assessment, {person for person, _, _ in answered if person})
    return Sheet(assessment, form, children, left, progress(form, children, answered))


def children_of(reader: Any, assessment: Assessment, written: set[UUID]) -> tuple[tuple[Person, ...], frozenset[UUID]]:
    """The family's children, born and unborn, and those written about who have left; and which of them have left.

    A signed-off assessment is about the children of its day.
    """
    rows = (
        Membership.objects.filter(
            family=assessment.family_id, role="child", person__in=Person.objects.visible_to(reader)
        )
        .select_related("person")
        .order_by(F("person__born_on").asc(nulls_last=True), "person__folded_name", "person_id")
    )
    day = assessment.signed_off_at
    here, people = set(), {}
    for row in rows:
        people[row.person_id] = row.person
        if (
            row.until_on is None
            if day is None
            else row.created_at <= day and (not row.until_on or row.until_on >= day.date())
        ):
            here.add(row.person_id)
    shown = tuple(person for key, person in people.items() if key in here or key in written)
    return shown, frozenset(person.id for person in shown if person.id not in here)


def place_of(sheet: Sheet, section: str, child: str) -> tuple[Section, Person | None]:
    """The section and the child that an address names; not found where the assessment has no such page."""
    for page in sheet.progress.pages:
        if page.section.code == section and (page.child.reference if page.child else "") == child:
            return page.section, page.child
    raise Http404


def place_in(reader: Any, assessment: Assessment, section: str, child: str) -> tuple[Section, Person | None]:
    """The same where the rest of the sheet is not needed: at most one query."""
    found = form_of(assessment).section(section)
    if found is None or (found.scope == EACH_CHILD) != bool(child):
        raise Http404
    if not child:
        return found, None
    family = Membership.objects.filter(family=assessment.family_id, role="child")
    person = Person.objects.visible_to(reader).filter(reference=child, memberships__in=family).first()
    if person is None:
        raise Http404
    return found, person


def managers_for(reader: Any, assessment: Assessment) -> list[User]:
    """Who could sign it off: managers of the area who may open it, but for its author and the reader."""
    area, today = assessment.case.area, clock.today()
    open_to = Access.objects.filter(family=assessment.family_id, ended_at=None).exclude(user=None).values("user_id")
    appointed = Q(appointments__role__in=MANAGING, appointments__ended_at=None, appointments__from_on__lte=today)
    appointed &= Q(appointments__until_on=None) | Q(appointments__until_on__gte=today)
    appointed &= Q(appointments__area=None) | Q(appointments__area__in=[a for a in (area.id, area.parent_id) if a])
    people = User.objects.select_related("organisation").filter(
        appointed, Q(organisation__is_authority=True) | Q(id__in=open_to), is_active=True
    )
    return list(
        people.exclude(id__in=[reader.id, assessment.author_id or reader.id]).distinct().order_by("full_name", "id")
    )


def steps_of(reader: Any, assessment: Assessment) -> list[AssessmentStep]:
    """What happened to it, newest first, with each return's comments."""
    rows = AssessmentStep.objects.visible_to(reader).filter(assessment=assessment)
    said = SectionComment.objects.visible_to(reader).select_related("person").order_by("created_at", "id")
    rows = rows.select_related("by__organisation", "to").prefetch_related(Prefetch("comments", said))
    return list(rows.order_by("-at", "-id"))


def comments_of(reader: Any, assessment: Assessment) -> list[SectionComment]:
    """What the last return said about pages, while the assessment is being put right."""
    if not assessment.is_open:
        return []
    last = (
        AssessmentStep.objects.visible_to(reader)
        .filter(assessment=assessment, kind=StepKind.RETURNED)
        .order_by("-at")
        .values("pk")[:1]
    )
    rows = SectionComment.objects.visible_to(reader).filter(step__in=last).select_related("step__by", "person")
    return list(rows.order_by("created_at", "id"))


def waiting_for(reader: Any, page: Any, order_by: str = "sent_at") -> Page:
    """Assessments that the reader could sign off, a page at a time: sent to them, or of an area they manage."""
    mine = Q(sent_to=reader) | Q(case__area__one_of=areas(reader, "sign_off_assessment"))
    rows = _assessments(reader).filter(mine, status=Status.WITH_MANAGER)
    return page_of(rows.exclude(Q(author=reader) | Q(sent_by=reader)).order_by(order_by, "id"), page)


def returned_to(reader: Any) -> list[dict[str, Any]]:
    """Assessments that came back with comments, of cases the reader leads or that they wrote: the latest ten."""
    mine = Q(author=reader) | Q(case__lead=reader)
    rows = Assessment.objects.visible_to(reader).filter(mine, status=Status.RETURNED).order_by("-sent_at", "id")
    return list[Any](rows.values("case__reference", "case__family__name")[:10])


def needs_of(reader: Any, case: Case) -> list[Need]:
    """What the newest signed-off assessment (or, without one, the newest) says is needed, in the form's order."""
    rows = _assessments(reader).filter(case=case)
    found = rows.filter(status=Status.SIGNED_OFF).order_by("-number").first() or rows.order_by("-number").first()
    if found is None:
        return []
    order = {box.key: (place, box) for place, (_, box) in enumerate(boxes_of_form(form_of(found))) if box.part == NEEDS}
    answers = Answer.objects.visible_to(reader).filter(assessment=found, part=NEEDS, value__isnull=False)
    written = sorted(
        (a for a in answers.select_related("person") if (a.question, a.part) in order),
        key=lambda a: (order[a.question, a.part][0], a.person.full_name if a.person else "", str(a.person_id)),
    )
    return [Need(order[a.question, a.part][1].question.label, str(a.value), a.person) for a in written]


TITLES = {
    StepKind.STARTED: "Assessment started",
    StepKind.SENT: "Assessment sent to a manager",
    StepKind.TAKEN_BACK: "Assessment taken back to be changed",
    StepKind.RETURNED: "Assessment returned with comments",
    StepKind.SIGNED_OFF: "Assessment signed off",
    StepKind.STOPPED: "Assessment stopped before it was finished",
    StepKind.TAKEN_UP: "Assessment taken up again",
}


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """The family's assessments for its chronology, in one query."""
    rows = (
        AssessmentStep.objects.visible_to(reader)
        .filter(family=family)
        .select_related("assessment", "by__organisation")
        .order_by("-at")
    )
    return [
        Entry(
            moment=step.at,
            kind="Assessment",
            title=TITLES[StepKind(step.kind)],
            by=f"{step.by.full_name}, {step.by.organisation_name}",
            url=reverse("read_assessment", args=[step.assessment.reference]),
        )
        for step in rows
    ]
