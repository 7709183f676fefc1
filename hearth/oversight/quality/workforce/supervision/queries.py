"""Reads of supervision: the reader first, always through visible_to. A case is a link for whoever may open it, and a reference for the other."""

from typing import Any

from django.http import Http404

from hearth.casework.cases.models import Case
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.references import read_reference
from hearth.oversight.quality.workforce.models import Supervision, SupervisionNote, SupervisionOpening
from hearth.oversight.quality.workforce.reach import TEAM
from hearth.records.people.reach import called


def supervisions(reader: Any) -> list[Supervision]:
    """Those of the reader, and of supervisors whom they look after, the next first; what ended last."""
    rows = Supervision.objects.visible_to(reader).select_related("worker", "supervisor")
    return list(rows.order_by("ended_on", "next_on", "id"))


def supervision_of(reader: Any, reference: str) -> Supervision:
    """One of those."""
    rows = Supervision.objects.visible_to(reader).select_related("worker__organisation", "supervisor__organisation")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def notes_of(reader: Any, supervision: Supervision) -> list[SupervisionNote]:
    """What was written, the latest first: nothing for a manager who has not opened it."""
    rows = SupervisionNote.objects.visible_to(reader).filter(supervision=supervision)
    return list(rows.select_related("written_by").order_by("-number"))


def note_of(reader: Any, supervision: Supervision, number: int) -> SupervisionNote:
    """One of those."""
    found = SupervisionNote.objects.visible_to(reader).filter(supervision=supervision, number=number).first()
    if found is None:
        raise Http404
    return found


def openings_of(reader: Any, supervision: Supervision) -> list[SupervisionOpening]:
    """Who opened it, and why: read by the two, and by whoever did."""
    rows = SupervisionOpening.objects.visible_to(reader).filter(supervision=supervision)
    return list(rows.select_related("opened_by").order_by("-created_at"))


def has_open(reader: Any, supervision: Supervision) -> bool:
    """Whether the reader opened it as a manager, for a time that has not passed."""
    rows = SupervisionOpening.objects.visible_to(reader).filter(supervision=supervision, opened_by=reader)
    return rows.filter(until_on__gte=clock.today()).exists()


def staff(reader: Any) -> list[User]:
    """People whom the reader looks after, by name."""
    if not reader.may(TEAM):
        return []
    rows = User.objects.filter(pk__one_of=called("hearth_staff_of", reader), is_active=True)
    return list(rows.select_related("organisation").order_by("full_name", "id"))


def is_staff(reader: Any, person: Any) -> bool:
    """Whether the reader looks after somebody."""
    return User.objects.filter(pk__one_of=called("hearth_staff_of", reader), pk=person).exists()


def openable(reader: Any, references: set[str]) -> dict[str, str]:
    """Of these references of cases, those that the reader may open, each with its family’s, whose page it is on."""
    wanted = {each for each in references if each}
    rows = Case.objects.visible_to(reader).filter(reference__in=wanted) if wanted else Case.objects.none()
    return dict(rows.values_list("reference", "family__reference"))


def case_with(typed: str) -> str:
    """The reference that somebody typed, however they wrote it; what they typed, where it is none."""
    return read_reference(typed) or typed.strip()[:12]
