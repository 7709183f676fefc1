"""Reads of strategies: the reader first, always through visible_to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.urls import reverse

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs.models import Intention
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core.pack import find, label_of, pack
from hearth.foundation.core.refusals import refuse
from hearth.oversight.governance.reach import may_in
from hearth.oversight.governance.strategy import rules
from hearth.oversight.governance.strategy.models import (
    Strategy,
    StrategyAction,
    StrategyEvidence,
    StrategyPriority,
    StrategyProgress,
    StrategyReport,
)
from hearth.oversight.governance.strategy.reach import KEEPS, SEES

NOT_STARTED = "Nobody has said yet"


@dataclass(frozen=True)
class Standing:
    """An action with how it stood last."""

    action: Any
    progress: StrategyProgress | None
    evidence: int

    @property
    def words(self) -> str:
        """The pack's word."""
        return standing_words(self.progress.stands) if self.progress else NOT_STARTED

    @property
    def is_done(self) -> bool:
        """Whether that word says that nothing is left to do."""
        found = find(pack().governance.standings, self.progress.stands) if self.progress else None
        return found is not None and found.over

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        return rules.is_late(self.action.due_on, self.is_done)


@dataclass(frozen=True)
class OfPriority:
    """A priority with its actions, and how many stand how."""

    priority: StrategyPriority
    actions: Sequence[Standing] = field(default_factory=list)

    @property
    def counted(self) -> list[tuple[str, int]]:
        """By the pack's words in their order; those that nobody has said anything of last."""
        many = Counter(each.words for each in self.actions)
        order = [each.label for each in pack().governance.standings] + [NOT_STARTED]
        return [(words, many[words]) for words in order if many[words]]

    @property
    def late(self) -> int:
        """How many are past their day."""
        return sum(each.is_late for each in self.actions)


def standing_words(code: str) -> str:
    """How an action stands, as the pack says it."""
    return label_of(pack().governance.standings, code)


def strategies(reader: Any) -> list[Strategy]:
    """Every strategy, what runs longest first."""
    refuse(rules.why_not_see(reader))
    return list(Strategy.objects.visible_to(reader).select_related("area").order_by("-until_on", "title"))


def strategy_of(reader: Any, reference: str) -> Strategy:
    """A strategy, or a page that never says whether it exists."""
    found = Strategy.objects.visible_to(reader).select_related("area", "started_by").filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def priority_of(reader: Any, reference: str) -> StrategyPriority:
    """A priority, or a page that never says whether it exists."""
    found = (
        StrategyPriority.objects.visible_to(reader).select_related("strategy__area").filter(reference=reference).first()
    )
    if found is None:
        raise Http404
    return found


def action_of(reader: Any, reference: str) -> StrategyAction:
    """An action, or a page that never says whether it exists."""
    rows = StrategyAction.objects.visible_to(reader).select_related("priority__strategy__area", "owner")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def by_priority(reader: Any, strategy: Strategy) -> list[OfPriority]:
    """Its priorities in their order, each with its actions by their day: four queries, however many there are."""
    latest = (
        StrategyProgress.objects.filter(action=OuterRef("pk")).order_by("-noted_at", "-created_at").values("pk")[:1]
    )
    rows = StrategyAction.objects.visible_to(reader).filter(priority__strategy=strategy).select_related("owner")
    actions = list(rows.annotate(last=Subquery(latest)).order_by("due_on", "created_at"))
    keys = [each.last for each in actions if each.last]
    told = {
        each.pk: each
        for each in StrategyProgress.objects.visible_to(reader).filter(pk__in=keys).select_related("noted_by")
    }
    shown = Counter(
        StrategyEvidence.objects.visible_to(reader).filter(action__in=actions).values_list("action_id", flat=True)
    )
    found: dict[Any, list[Standing]] = {}
    for each in actions:
        found.setdefault(each.priority_id, []).append(Standing(each, told.get(each.last), shown[each.pk]))
    priorities = StrategyPriority.objects.visible_to(reader).filter(strategy=strategy).order_by("number")
    return [OfPriority(priority, found.get(priority.pk, [])) for priority in priorities]


def progress_of(reader: Any, action: StrategyAction) -> list[StrategyProgress]:
    """How it stood, the latest first."""
    rows = StrategyProgress.objects.visible_to(reader).filter(action=action).select_related("noted_by")
    return list(rows.order_by("-noted_at", "-created_at"))


@dataclass(frozen=True)
class Shown:
    """A piece of evidence: what it is called, and where it is for whoever may open it."""

    evidence: StrategyEvidence
    name: str
    url: str


def evidence_of(reader: Any, action: StrategyAction) -> list[Shown]:
    """What shows how it stands. A theme or an intention that the reader may not read is not named to them."""
    rows = list(
        StrategyEvidence.objects.visible_to(reader)
        .filter(action=action)
        .select_related("added_by")
        .order_by("-added_on", "-created_at")
    )
    named: dict[str, dict[str, str]] = {
        "theme": dict(
            Theme.objects.visible_to(reader).filter(reference__in=_of(rows, "theme")).values_list("reference", "title")
        ),
        "intention": dict(
            Intention.objects.visible_to(reader)
            .filter(reference__in=_of(rows, "intention"))
            .values_list("reference", "title")
        ),
    }
    found = []
    for row in rows:
        if row.kind == "measure":
            url = f"{reverse('measure')}?measure={row.of}" if reader.may("see_counts") else ""
            found.append(Shown(row, label_of(pack().measures.measures, row.of), url))
        elif row.kind == "words":
            found.append(Shown(row, "", ""))
        else:
            title = named[row.kind].get(row.of, "")
            where = "unmet_theme" if row.kind == "theme" else "intention"
            found.append(Shown(row, title or row.get_kind_display(), reverse(where, args=[row.of]) if title else ""))
    return found


def _of(rows: Sequence[StrategyEvidence], kind: str) -> list[str]:
    return [row.of for row in rows if row.kind == kind]


def to_show(reader: Any) -> list[tuple[str, str]]:
    """What may be named as evidence: words alone, measures, and themes and intentions that the reader may read."""
    found = [("words", "In words alone")]
    found += [
        (f"measure:{each.code}", f"Measure: {each.label}") for each in pack().measures.measures if not each.retired
    ]
    themes = Theme.objects.visible_to(reader).select_related("area").order_by("area__name", "title")
    found += [(f"theme:{each.reference}", f"Theme: {each.title}, {each.area.name}") for each in themes]
    intentions = Intention.objects.visible_to(reader).order_by("title")
    return found + [(f"intention:{each.reference}", f"Intention: {each.title}") for each in intentions]


def reports_of(reader: Any, strategy: Strategy) -> list[StrategyReport]:
    """Its reports, the latest first."""
    rows = StrategyReport.objects.visible_to(reader).filter(strategy=strategy).select_related("taken_by")
    return list(rows.order_by("-taken_at"))


def report_of(reader: Any, reference: str) -> StrategyReport:
    """A report, or a page that never says whether it exists."""
    rows = StrategyReport.objects.visible_to(reader).select_related("strategy__area", "taken_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def areas_to_keep(reader: Any) -> list[Area | None]:
    """Districts whose strategy the reader keeps; none stands for the whole authority, and comes first."""
    codes = {each.code for each in pack().areas.districts}
    whole: list[Area | None] = [None] if may_in(reader, KEEPS, None) else []
    return whole + [area for area in Area.objects.filter(code__in=codes).order_by("name") if reader.may(KEEPS, area)]


def owners() -> list[User]:
    """Who may answer for an action: whoever sees strategies."""
    return who_may(SEES)


def late_of_mine(reader: Any) -> list[Any]:
    """By when the reader's own actions are due that are not over."""
    if not reader.may(SEES):
        return []
    over = [each.code for each in pack().governance.standings if each.over]
    latest = (
        StrategyProgress.objects.filter(action=OuterRef("pk")).order_by("-noted_at", "-created_at").values("stands")[:1]
    )
    rows = StrategyAction.objects.visible_to(reader).filter(owner=reader).annotate(stands=Subquery(latest))
    return [row.due_on for row in rows if row.stands not in over]
