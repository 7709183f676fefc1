"""Reads of the risk log: the reader first, always through visible_to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.accounts.roles import ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import day
from hearth.oversight.governance.reach import may_in
from hearth.oversight.governance.risks import rules
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskAssessment, RiskEscalation
from hearth.oversight.governance.risks.reach import ANSWERS, KEEPS, SEES, of_risk, risks

SHOWN = {
    "open": "Open",
    "mine": "Mine",
    "points": "With an action point of mine",
    "escalated": "Escalated",
    "late": "With something late",
    "closed": "Closed",
}


def subject_words(code: str) -> str:
    """What a risk is about, as the pack says it."""
    return label_of(pack().governance.subjects, code)


def _rows(reader: Any) -> QuerySet[Risk]:
    refuse(rules.why_not_see_risks(reader))
    waits = RiskEscalation.objects.filter(risk=OuterRef("pk"), answered_at=None)
    points = RiskAction.objects.filter(risk=OuterRef("pk"), done_on=None, due_on__lt=clock.today())
    rows = Risk.objects.visible_to(reader).select_related("area", "owner")
    latest = RiskAssessment.objects.filter(risk=OuterRef("pk")).order_by("-assessed_on", "-created_at")
    return rows.annotate(
        escalated=Exists(waits), has_late=Exists(points) | Exists(waits.filter(due_on__lt=clock.today())),
        likelihood=latest.values("likelihood")[:1], impact=latest.values("impact")[:1], assessed_on=latest.values("assessed_on")[:1],
    )  # fmt: skip


@dataclass(frozen=True)
class Stands:
    """How a risk stands by its latest assessment; it was never assessed where there is none."""

    risk: Any

    @property
    def score(self) -> int:
        """Likelihood times impact; nought where nobody has assessed it."""
        return (self.risk.likelihood or 0) * (self.risk.impact or 0)

    @property
    def words(self) -> str:
        """Such as High, 16."""
        return f"{pack().governance.band_of(self.score).label}, {self.score}" if self.score else "Not assessed yet"

    @property
    def band_code(self) -> str:
        """The code of its word; empty where nobody has assessed it."""
        return pack().governance.band_of(self.score).code if self.score else ""

    @property
    def look_again_by(self) -> Any:
        """The day by which it is assessed again: the pack says after how many weeks for each word."""
        if not self.score:
            return self.risk.logged_on
        return self.risk.assessed_on + clock.WEEK * pack().governance.band_of(self.score).weeks

    @property
    def is_due(self) -> bool:
        """Whether nobody has looked at it for longer than its word allows."""
        return self.risk.is_open and self.look_again_by < clock.today()


def log_of(reader: Any, show: str = "open", page: Any = 1) -> Page:
    """A page of the log: what matters most first."""
    rows = _rows(reader)
    if show == "closed":
        return page_of(rows.filter(state="closed").order_by("-closed_on", "title"), page)
    rows = rows.filter(state="open")
    mine = RiskAction.objects.filter(risk=OuterRef("pk"), owner=reader, done_on=None)
    only = {
        "mine": Q(owner=reader),
        "points": Exists(mine),
        "escalated": Q(escalated=True),
        "late": Q(has_late=True),
    }.get(show)
    return page_of(_most_first(rows if only is None else rows.filter(only)), page)


def _most_first(rows: QuerySet[Risk]) -> QuerySet[Risk]:
    return rows.annotate(score=F("likelihood") * F("impact")).order_by(F("score").desc(nulls_first=True), "title", "id")


def open_risks(reader: Any) -> list[Any]:
    """Every open risk that the reader may read, what matters most first."""
    return list(_most_first(_rows(reader).filter(state="open")))


def risk_of(reader: Any, reference: str) -> Risk:
    """A risk with how it stands, or a page that never says whether it exists."""
    if not reader.may(SEES):
        raise Http404
    found = (
        _rows(reader)
        .select_related("area", "owner__organisation", "logged_by", "closed_by")
        .filter(reference=reference)
    )
    risk: Any = found.first()
    if risk is None:
        raise Http404
    return risk


def assessments_of(reader: Any, risk: Risk) -> list[RiskAssessment]:
    """Its whole history of scores, the first first."""
    rows = RiskAssessment.objects.visible_to(reader).filter(risk=risk).select_related("assessed_by", "meeting")
    return list(rows.order_by("assessed_on", "created_at"))


def actions_of(reader: Any, risk: Risk) -> list[RiskAction]:
    """Its action points, what is open first."""
    rows = RiskAction.objects.visible_to(reader).filter(risk=risk).select_related("owner", "done_by")
    return sorted(rows, key=lambda each: (each.done_on is not None, each.due_on))


def action_point_of(reader: Any, reference: str) -> RiskAction:
    """One action point, or a page that never says whether it exists."""
    rows = RiskAction.objects.visible_to(reader).select_related("risk__area", "risk__owner", "owner")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def escalations_of(reader: Any, risk: Risk) -> list[RiskEscalation]:
    """Its way up and back, the latest first."""
    rows = RiskEscalation.objects.visible_to(reader).filter(risk=risk).select_related("asked_by", "answered_by")
    return list(rows.order_by("-asked_at"))


def waiting_of(reader: Any, risk: Risk) -> RiskEscalation | None:
    """What waits for an answer of it."""
    rows = RiskEscalation.objects.visible_to(reader).select_related("risk__area", "risk__owner")
    return rows.filter(risk=risk, answered_at=None).first()


def escalation_of(reader: Any, risk: Risk) -> RiskEscalation:
    """The same, or a page that never says whether it exists."""
    found = waiting_of(reader, risk)
    if found is None:
        raise Http404
    return found


def areas_to_keep(reader: Any) -> list[Area | None]:
    """Districts whose log the reader keeps; none stands for the whole authority, and comes first."""
    codes = {each.code for each in pack().areas.districts}
    whole: list[Area | None] = [None] if may_in(reader, KEEPS, None) else []
    return whole + [area for area in Area.objects.filter(code__in=codes).order_by("name") if reader.may(KEEPS, area)]


def owners() -> list[User]:
    """Who may answer for a risk: whoever sees the log."""
    return who_may(SEES)


def readers_of(risk: Risk) -> list[User]:
    """Who may be given something to do about it: whoever reads it, and asks nothing more than that."""
    return [each for each in who_may(SEES) if rules.may_read(each, risk)]


def roles_to_keep_to() -> list[tuple[str, str]]:
    """Roles that see the log, but for the board, which reads every risk."""
    return [(code, role.name) for code, role in ROLES.items() if SEES in permissions_of(code) and code != rules.BOARD]


def role_names(risk: Risk) -> str:
    """Who reads it beside its owner, where it is kept to some."""
    return ", ".join(ROLES[code].name for code in risk.only_roles if code in ROLES)


def levels(risk: Risk) -> list[tuple[str, str]]:
    """Levels at which somebody may answer, with by when."""
    return [
        (each.code, f"{each.label}, who answers by {day(clock.add_working_days(clock.today(), each.answer_days))}")
        for each in pack().governance.levels
        if not each.retired and rules.who_answers(risk, each.code)
    ]


def what_may(reader: Any, risk: Risk, waiting: RiskEscalation | None, open_points: int) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "keep": rules.why_not_keep(reader, risk) is None,
        "edit": rules.why_not_edit(reader, risk) is None,
        "escalate": rules.why_not_escalate(reader, risk, waiting) is None,
        "answer": waiting is not None and reader.may(ANSWERS) and rules.why_not_answer(reader, waiting) is None,
        "close": rules.why_not_close(reader, risk, waiting, open_points) is None,
    }


def to_answer(reader: Any) -> list[RiskEscalation]:
    """What waits for the reader's own answer, the most urgent first."""
    if not reader.may(ANSWERS):
        return []
    rows = RiskEscalation.objects.visible_to(reader).filter(of_risk(reader, what="decide"), answered_at=None)
    held = {each.role for each in reader.appointments_now()}
    mine = [each.code for each in pack().governance.levels if each.role in held]
    asked = rows.filter(level__in=mine).select_related("risk__area", "risk__owner").order_by("due_on")
    return [each for each in asked if rules.why_not_answer(reader, each) is None]


def points_to_do(reader: Any) -> list[dict[str, Any]]:
    """The reader's own action points that are not done: of which risk, by when."""
    if not reader.may(SEES):
        return []
    rows = RiskAction.objects.visible_to(reader).filter(owner=reader, done_on=None, risk__state="open")
    return list(rows.order_by("due_on").values("due_on", "risk__reference"))


def late_of_mine(reader: Any) -> int:
    """How many of the reader's own risks have something late, or were not looked at in time."""
    if not reader.may(SEES):
        return 0
    rows = _rows(reader).filter(state="open", owner=reader, pk__one_of=risks(reader))
    return sum(bool(row.has_late) or Stands(row).is_due for row in rows)  # type: ignore[attr-defined]
