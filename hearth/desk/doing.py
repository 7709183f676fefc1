"""Where what is due is done: the page of each kind of thing, for whoever may do it there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import CharField, F
from django.db.models.functions import Cast
from django.urls import reverse

from hearth.casework.cases.models import DueItem, ReachingPlan, ReachingTry
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.panels.models import PanelItem
from hearth.casework.plans.models import Meeting, Plan, PlanAction
from hearth.casework.plans.referring.models import ServiceReferral

Due = Mapping[str, Any]  # of a thing that is due: kind, source_id, case_reference, assessment
REACHING = ("reaching_plan", "reaching_agreement")
# Of what a thing of each kind is due for, and the field that names it in an address.
SOURCES: tuple[tuple[tuple[str, ...], Any, str], ...] = (
    (("review",), Plan, "reference"),
    (("action",), PlanAction, "number"),
    (("meeting",), Meeting, "number"),
    (DueItem.OF_STEPS, CareStep, "reference"),
    (REACHING, ReachingPlan, "status"),
    (("reaching",), ReachingTry, "number"),
    (("panel_answer", "panel_help"), PanelItem, "reference"),
    (("service_answer",), ServiceReferral, "reference"),
)


def pages_of(reader: Any, due: Iterable[Due]) -> list[str]:
    """The page on which each thing is done; empty where there is none that the reader may open. One query at most."""
    things = list(due)
    names = _names(reader, things)
    return [_page(reader, each, names.get(each["source_id"], "")) for each in things]


def _names(reader: Any, due: Sequence[Due]) -> dict[UUID, str]:
    """What names each plan, action, meeting and so on in its address, of those that the reader may see."""
    wanted = []
    for kinds, model, field in SOURCES:
        ids = [each["source_id"] for each in due if each["kind"] in kinds and each["source_id"]]
        if ids:
            rows = model.objects.visible_to(reader).filter(pk__in=ids)
            wanted.append(rows.annotate(key=F("pk"), named=Cast(field, CharField())).values_list("key", "named"))
    return dict(wanted[0].union(*wanted[1:], all=True)) if wanted else {}


def _page(reader: Any, due: Due, name: str) -> str:
    """Of each kind its own; whoever writes in no case gets the page on which it is read."""
    if due["kind"] in ("assessment", "sign_off"):
        return _assessment(reader, due)
    if due["kind"] in DueItem.OF_STEPS and due["source_id"]:
        return reverse("step", args=[name]) if name else ""
    page = PAGES.get(due["kind"])
    return page(reader, due, name) if page and (name or due["kind"] in NEED_NO_NAME) else ""


def _assessment(reader: Any, due: Due) -> str:
    if due["kind"] == "assessment" and reader.may("work_case") and (due["assessment"] or not due["source_id"]):
        return _of_case("assessment", due)
    return reverse("read_assessment", args=[due["assessment"]]) if due["assessment"] else ""


def _of_case(slice_: str, due: Due) -> str:
    return reverse(slice_, args=[due["case_reference"]])


def _is_readers(reader: Any, due: Due) -> bool:
    return bool(reader.may("work_case") and due["owner_id"] == reader.id)


def _review(reader: Any, due: Due, name: str) -> str:
    return reverse("record_review", args=[name]) if reader.may("work_case") else _of_case("plan", due)


def _panel_help(reader: Any, due: Due, name: str) -> str:
    return reverse("record_first_help" if _is_readers(reader, due) else "panel_item", args=[name])


def _try(reader: Any, due: Due, name: str) -> str:
    if reader.may("work_case"):
        return reverse("record_try", args=[due["case_reference"], int(name)])
    return _of_case("reaching", due)


PAGES: dict[str, Callable[[Any, Due, str], str]] = {
    "plan": lambda reader, due, name: _of_case("plan", due),
    "review": _review,
    "action": lambda reader, due, name: f"{_of_case('plan', due)}#action-{name}",
    "meeting": lambda reader, due, name: reverse("meeting", args=[due["case_reference"], int(name)]),
    "closing": lambda reader, due, name: _of_case("close_case", due) if _is_readers(reader, due) else "",
    "step_up": lambda reader, due, name: _of_case("request_step_up", due) if reader.may("work_case") else "",
    "panel": lambda reader, due, name: _of_case("record_panel", due) if reader.may("work_case") else "",
    "lead_practitioner": lambda reader, due, name: _of_case(
        "name_lead" if reader.may("allocate_case") else "team", due
    ),
    "moved": lambda reader, due, name: _of_case("name_lead" if reader.may("allocate_case") else "team", due),
    "reaching_plan": lambda reader, due, name: _of_case("plan_try" if reader.may("work_case") else "reaching", due),
    "reaching": _try,
    "reaching_agreement": lambda reader, due, name: _of_case("reaching", due),
    "panel_answer": lambda reader, due, name: reverse("panel_item", args=[name]),
    "panel_help": _panel_help,
    "service_answer": lambda reader, due, name: reverse("service_referral", args=[name]),
}
NEED_NO_NAME = ("plan", "closing", "step_up", "panel", "lead_practitioner", "moved")
