"""What is worth a second look while an assessment is written: the pack says what, it is said quietly, and it stops nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from hearth.casework.assessments.models import Answer
from hearth.casework.assessments.section_page import address
from hearth.casework.plans.models import Outcome
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.checks import Check
from hearth.foundation.ui.filters import listed
from hearth.records.people.tree.missing import short_name
from hearth.records.people.tree.queries import children_without

Found = tuple[list[str], str]  # whom or what it is about, and where it is put right


@dataclass(frozen=True)
class Quiet:
    """One reminder, and where it is put right; empty where this reader has no page for it."""

    words: str
    url: str


def quiet_checks(reader: Any, sheet: Any) -> list[Quiet]:
    """What the pack's checks find of an assessment as it is saved: a fixed number of queries for each kind of check."""
    found = [(check, *KINDS[check.kind](reader, sheet, check)) for check in pack().checks.checks]
    return [Quiet(check.say.format(names=listed(names)), url) for check, names, url in found if names]


def _each_child(reader: Any, sheet: Any, check: Check) -> Found:
    """The children of the family, still in it, of whom none of the questions is answered: one query."""
    rows = Answer.objects.visible_to(reader).filter(
        assessment=sheet.assessment, question__in=check.questions, value__isnull=False
    )
    heard = set(rows.values_list("person_id", flat=True))
    silent = [child for child in sheet.children if child.id not in heard and child.id not in sheet.left]
    section = next(
        (each for each in sheet.form.sections if any(q.code in check.questions for q in each.questions)), None
    )
    if section is None or section.scope != "each_child":  # an older version of the form, which does not ask it
        return [], ""
    where = address(sheet.assessment.case.reference, section, silent[0]) if silent else ""
    return [short_name(child) for child in silent], where


def _father(reader: Any, sheet: Any, check: Check) -> Found:
    """The children of whom no father is shown, and of whom nobody said that there is none or that he is not known: three queries."""
    family = sheet.assessment.case.family
    children = children_without(reader, family, "father")
    return [short_name(child) for child in children], reverse("family_tree", args=[family.reference])


def _measure(reader: Any, sheet: Any, check: Check) -> Found:
    """Open outcomes of the case's plan that do not say how anybody will know: one query."""
    case = sheet.assessment.case
    rows = Outcome.objects.visible_to(reader).filter(plan__case=case, state=Outcome.State.OPEN, measure="")
    return [str(number) for number in rows.order_by("number").values_list("number", flat=True)], reverse(
        "plan", args=[case.reference]
    )


KINDS: dict[str, Callable[[Any, Any, Check], Found]] = {
    "each_child": _each_child,
    "father": _father,
    "measure": _measure,
}
