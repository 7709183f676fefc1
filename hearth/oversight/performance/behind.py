"""What a figure was counted from, as far as the reader may open it: through visible_to, so fewer than were counted, and it says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.models import Status as Assessed
from hearth.casework.cases.models import Case, Stage
from hearth.casework.cases.steps.models import CareStep, Direction
from hearth.casework.cases.steps.models import Status as Step
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.models import State as Asked
from hearth.casework.plans.models import Outcome
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Measure
from hearth.foundation.core.paging import Page, page_of
from hearth.oversight.performance.counting import Figure, counted
from hearth.oversight.performance.queries import Wanted, measures
from hearth.records.people.models import Membership

OPENS_FAMILIES = ("work_case", "open_open_families_in_area", "open_closed_families_in_area", "open_families_of_team")


@dataclass(frozen=True)
class Kind:
    """Rows of a source: what one is called, its page, where its reference and its district stand, and how rows are found."""

    words: str
    page: str
    reference: str
    area: str
    rows: Callable[[Any], QuerySet[Any]]


@dataclass(frozen=True)
class Row:
    """One of them."""

    reference: str
    area: str
    day: Any


@dataclass(frozen=True)
class Opened:
    """Behind one figure: what was counted, how many of them the reader may open, and a page of these."""

    measure: Measure
    figure: Figure
    kind: Kind
    may_open: int
    page: Page


def _on(moment: str) -> TruncDate:
    return TruncDate(moment, tzinfo=clock.LONDON, output_field=DateField())


def _requests(reader: Any) -> QuerySet[Any]:
    of_nobody = Q(family=None) | _in_figures("family")
    return (
        Request.objects.visible_to(reader)
        .filter(of_nobody)
        .exclude(state__in=[Asked.STARTED, Asked.WITHDRAWN, Asked.RECORDED])
    )


def _first_assessments(reader: Any) -> QuerySet[Any]:
    return Assessment.objects.visible_to(reader).filter(_in_figures("family"), number=1)


def _steps(reader: Any) -> QuerySet[Any]:
    return CareStep.objects.visible_to(reader).filter(_in_figures("family"), direction=Direction.UP)


def _cases(reader: Any) -> QuerySet[Any]:
    return Case.objects.visible_to(reader).filter(_in_figures("family"))


def _closed(reader: Any) -> QuerySet[Any]:
    rows = _cases(reader).filter(stage=Stage.CLOSED).exclude(closure_reason__in=pack().measures.mistakes)
    return rows.annotate(day=F("closed_on"))


def _opened_cases(reader: Any) -> QuerySet[Any]:
    return (
        _cases(reader)
        .exclude(stage=Stage.CLOSED, closure_reason__in=pack().measures.mistakes)
        .annotate(day=F("opened_on"))
    )


def _planned(reader: Any) -> QuerySet[Any]:
    return _cases(reader).annotate(day=Min("plans__agreements__agreed_on")).filter(day__gte=F("opened_on"))


def _signed_off(reader: Any) -> QuerySet[Any]:
    return _first_assessments(reader).filter(status=Assessed.SIGNED_OFF).annotate(day=_on("signed_off_at"))


def _outcomes(reader: Any) -> QuerySet[Any]:
    rows = Outcome.objects.visible_to(reader).filter(_in_figures("family"))
    return rows.filter(state__in=[Outcome.State.MET, Outcome.State.SET_ASIDE]).annotate(day=F("ended_on"))


def _in_figures(family: str) -> Q:
    """A family counts through its people, and nobody who is restricted is in a figure: as the database counts.

    The same for a reader who is named for somebody restricted, or what they may open would be more than was counted.
    """
    people = Membership.objects.filter(family=OuterRef(f"{family}_id"), until_on=None, hidden=False)
    return Q(**{f"{family}__restricted": False}) & Q(Exists(people))


_REQUEST = ("Request", "view_request", "reference", "area")
_ASSESSMENT = ("Assessment", "read_assessment", "reference", "case__area")
_STEP = ("Step up", "step", "reference", "case__area")
_CASE = ("Case", "case", "reference", "area")
KINDS: dict[str, Kind] = {
    "requests": Kind(*_REQUEST, lambda reader: _requests(reader).annotate(day=_on("received_at"))),
    "request_days": Kind(
        *_REQUEST,
        lambda reader: _requests(reader).filter(state__in=[Asked.DECIDED, Asked.TOLD]).annotate(day=_on("decided_at")),
    ),
    "assessments_begun": Kind(*_ASSESSMENT, lambda reader: _first_assessments(reader).annotate(day=F("started_on"))),
    "assessments_signed_off": Kind(*_ASSESSMENT, _signed_off),
    "assessment_days": Kind(*_ASSESSMENT, _signed_off),
    "social_care_referrals": Kind(
        *_STEP, lambda reader: _steps(reader).exclude(status=Step.WITHDRAWN).annotate(day=_on("requested_at"))
    ),
    "step_up_days": Kind(
        *_STEP,
        lambda reader: (
            _steps(reader).filter(status__in=[Step.ACCEPTED, Step.DECLINED, Step.ENDED]).annotate(day=_on("decided_at"))
        ),
    ),
    "cases_opened": Kind(*_CASE, _opened_cases),
    "cases_ended": Kind(*_CASE, _closed),
    "after_closing": Kind(*_CASE, _closed),
    "case_days": Kind(*_CASE, _closed),
    "plan_days": Kind(*_CASE, _planned),
    "plan_outcomes": Kind("Plan", "plan_by_reference", "plan__reference", "plan__case__area", _outcomes),
}


def may_open_some(reader: Any) -> bool:
    """Whether the reader may open any family at all: to others a figure is a figure, and no link."""
    return any(reader.may(permission) for permission in OPENS_FAMILIES)


def opened(reader: Any, wanted: Wanted, page: Any = 1) -> Opened:
    """Everything that a figure was counted from in its quarter and place, as far as the reader may open it: four queries."""
    measure = pack().measures.measure(wanted.measure) or measures()[0]
    figure = counted(reader, [measure], wanted.quarter, wanted.quarter).figure(measure, wanted.quarter, wanted.area)
    kind = KINDS[measure.source]
    open_ = Q(**{f"{kind.area}__goes_live_on": None}) | Q(day__gte=F(f"{kind.area}__goes_live_on"))
    rows = kind.rows(reader).filter(open_, day__range=(wanted.quarter.first_on, wanted.quarter.last_on))
    if wanted.area:
        rows = rows.filter(**{f"{kind.area}__code": wanted.area})
    if measure.about:
        rows = rows.filter(area__in=measure.about)
    shown = page_of(rows.order_by("-day", "id").values_list(kind.reference, f"{kind.area}__name", "day"), page)
    return Opened(measure, figure, kind, rows.count(), shown)
