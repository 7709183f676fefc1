"""Gathering a report's figures from its beginning to its end: once, as of one moment, and it says how far it is."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.themes.queries import OPEN
from hearth.commissioning.contracts.models import ContractState
from hearth.commissioning.contracts.queries import contracts, shares_of
from hearth.commissioning.contracts.rules import why_not_see_contracts
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.ui.filters import pounds
from hearth.oversight.performance import queries
from hearth.oversight.performance.background import alone, one_moment
from hearth.oversight.performance.counting import WHOLE, counted
from hearth.oversight.performance.projects.queries import projects, told
from hearth.oversight.performance.quarters import KEPT
from hearth.oversight.performance.reports import actions, figures, rules
from hearth.oversight.performance.reports.models import Report, ReportState
from hearth.oversight.performance.reports.periods import Period, day_words, period_of
from hearth.oversight.quality.training.figures import FEW, findings

Block = dict[str, Any]
SIGNED = (ContractState.SIGNED, ContractState.ENDED, ContractState.DECOMMISSIONED)
MOST_FINDINGS = 10


def gather(report: Report, by: Any) -> Report:
    """Gather the figures of a report that waits, or that a killed process left. One that has them is left as it is."""
    with alone("report", report, rules.BEING_GATHERED):
        if not actions.begin_gathering(by=by, report=report):
            return report
        try:
            with one_moment():
                found = _everything(report, by)
            return actions.keep_figures(by=by, report=report, figures=found)
        except Refused as refused:
            return actions.fail_gathering(by=by, report=report, fault=str(refused))


def _everything(report: Report, by: Any) -> dict[str, Any]:
    period, area = period_of(report), report.area.code if report.area else WHOLE
    steps: tuple[tuple[str, Callable[[Any, Period, str], Any]], ...] = (
        ("measures", _measures), ("projects", _projects), ("bought", _bought), ("difficulties", _difficulties), ("quality", _quality),
    )  # fmt: skip
    found: dict[str, Any] = {}
    for number, (name, step) in enumerate(steps):
        _say(report, by, name, 1 + 98 * number // len(steps))
        found[name] = step(by, period, area)
    return found


def _say(report: Report, by: Any, doing: str, percent: int) -> None:
    """Say how far it is on the second connection: the first one reads one moment, and writes nothing until the end."""
    with acting_as(by, using="audit"):
        rows = Report.objects.using("audit").filter(pk=report.pk, state=ReportState.GATHERING)
        rows.update(percent=percent, doing=doing)


def _measures(by: Any, period: Period, area: str) -> dict[str, Any]:
    chosen = [each for each in queries.measures() if ("district" if area else "authority") in each.levels]
    found = counted(by, chosen, period.last.later(1 - KEPT), period.last, anew=True)
    return figures.gathered(by, found, chosen, period, area)


def _projects(by: Any, period: Period, area: str) -> list[dict[str, Any]]:
    """Each row of every project, as at the last day of the period for which something was planned. Projects are the authority's."""
    return [row for each in projects(by) for row in _rows_of_project(by, each, period)]


def _rows_of_project(by: Any, project: Any, period: Period) -> list[dict[str, Any]]:
    days = [day for day in project.days if day <= period.last.last_on]
    if not days or project.until_on < period.first.first_on:
        return []
    as_at: dt.date = days[-1]
    return [
        {
            "project": project.code, "label": project.label, "source": project.source, "as_at": as_at.isoformat(), "code": line.row.code,
            "row": line.row.label, "total": line.total, "planned": line.planned, "achieved": line.achieved, "said": line.said or "–",
            "remark": line.typed.remark if line.typed and not line.is_few else "", "of_people": line.row.of_people,
            "number": line.typed.figure if line.typed and not line.is_few else None,
        }
        for line in told(by, project, as_at).lines
    ]  # fmt: skip


def _bought(by: Any, period: Period, area: str) -> list[Block]:
    """Contracts that ran in the period, as far as whoever gathers sees them: what for, by whom, until when, for how much."""
    if why_not_see_contracts(by) is not None:
        return [{"kind": "words", "words": "Contracts are not shown to whoever gathered these figures."}]
    rows = contracts(by).filter(
        state__in=SIGNED, starts_on__lte=period.last.last_on, ends_on__gte=period.first.first_on
    )
    parts = shares_of(by, list(rows))
    made = []
    for row in sorted(rows, key=lambda each: (each.title, each.reference)):
        own = [part for part in parts[row.pk] if not area or part.area is None or part.area.code == area]
        if own:
            district = [part for part in own if not area or part.area is not None]
            pence = sum(part.pence - part.released_pence for part in district)
            made.append(
                [
                    row.title,
                    row.provider.name,
                    day_words(row.ends_on),
                    pounds(pence) if district else "for every district",
                ]
            )
    if not made:
        return [{"kind": "words", "words": "No contract ran in this period."}]
    heads = [("Contract", False), ("Provider", False), ("Until", False), ("Agreed, in all", True)]
    source = "Source: signed contracts, with what was agreed for all their time and not given back."
    return [
        {"kind": "table", "caption": "Contracts that ran", "heads": heads, "rows": made},
        {"kind": "words", "words": source},
    ]


def _difficulties(by: Any, period: Period, area: str) -> list[Block]:
    """Themes of unmet need that are still open: what is missing, since when, and how far it has got. No number of families."""
    rows = (
        Theme.objects.visible_to(by)
        .filter(state__in=OPEN, created_at__date__lte=period.last.last_on)
        .select_related("area")
    )
    rows = rows.filter(area__code=area) if area else rows
    made = [
        [theme.title, *([] if area else [theme.area.name]), f"{theme.created_at:%B %Y}", _state_words(theme)]
        for theme in rows.order_by("created_at", "id")
    ]
    if not made:
        return [{"kind": "words", "words": "No theme of unmet need is open."}]
    heads = [
        ("What is missing", False),
        *([] if area else [("Where", False)]),
        ("Since", False),
        ("How far it has got", False),
    ]
    source = "Source: themes of unmet need that are open when the figures were gathered. They name nobody."
    return [
        {"kind": "table", "caption": "Unmet need, not solved", "heads": heads, "rows": made},
        {"kind": "words", "words": source},
    ]


def _state_words(theme: Theme) -> str:
    if theme.state == "escalated" and theme.level:
        until = f", to be answered by {day_words(theme.due_on)}" if theme.due_on else ""
        return f"Asked of: {label_of(pack().unmet.levels, theme.level)}{until}"
    return theme.get_state_display()


def _quality(by: Any, period: Period, area: str) -> list[Block]:
    """What audits found missing most often, with small figures left out as everywhere."""
    found = findings(by, 3 * len(period.quarters))
    name = found.areas.get(area, "")
    rows = [
        [line.label, *([_few(line.by_area.get(area))] if name else []), _few(line.together)] for line in found.lines
    ]
    if not rows:
        return [
            {
                "kind": "words",
                "words": f"Too few audits were settled since {day_words(found.since)} to show anything of them.",
            }
        ]
    heads = [("Item", False), *([(name, True)] if name else []), (pack().authority.short_name, True)]
    source = (
        f"Source: audits of assessments settled from {day_words(found.since)} to the day on which the figures were gathered: how often an "
        "item was missing."
    )
    return [
        {"kind": "table", "caption": "Missing most often", "heads": heads, "rows": rows[:MOST_FINDINGS]}, {"kind": "words", "words": source},
    ]  # fmt: skip


def _few(figure: int | None) -> str:
    return FEW if figure is None else str(figure)
