"""Reads what is behind what was aimed for, the worst first, what has changed for the worse, and what is said to be done about each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Measure, Word
from hearth.foundation.core.refusals import refuse
from hearth.oversight.performance import queries
from hearth.oversight.performance.charts import RULES, chart_of
from hearth.oversight.performance.counting import WHOLE, Counted, counted
from hearth.oversight.performance.exceptions import rules
from hearth.oversight.performance.models import ExceptionReport
from hearth.oversight.performance.projects import queries as projects
from hearth.oversight.performance.quarters import KEPT
from hearth.oversight.performance.rules import why_not_see_performance

BAD = ("bad", "watch")  # tones of words that say that something is behind
EVERYWHERE = "all"  # in an address, in place of a district
RECENT_MONTHS, RECENT_QUARTERS = 3, 1  # how far back a figure that meets a rule is news


@dataclass(frozen=True)
class Standing:
    """One thing that is behind, or has changed for the worse: where, by how much, for how long, and what is said of it."""

    key: str  # a measure's code, or project.row
    area: str
    label: str
    where: str
    figure: str
    beside: str
    aim: str
    word: Word | None
    percent: float  # of what was aimed for; less than 100 is behind, whichever way is better
    long: str
    owner: str
    url: str
    said: Sequence[ExceptionReport]
    may_report: bool

    @property
    def is_overdue(self) -> bool:
        """Whether it was to be looked at again, and nothing has been said since."""
        return bool(self.said) and self.said[0].review_on < clock.today()


@dataclass(frozen=True)
class Standings:
    """What is behind, the worst first; and what has changed for the worse though nobody set a target."""

    behind: Sequence[Standing]
    worse: Sequence[Standing]
    quarter: Any

    @property
    def unsaid(self) -> int:
        """Of how many nobody has said what is done."""
        return sum(not each.said for each in (*self.behind, *self.worse))


Reports = dict[tuple[str, str], list[ExceptionReport]]  # by measure and district, the latest first


def standings(reader: Any, area: str = WHOLE) -> Standings:
    """In a district, or in all of them and the authority as a whole: six queries whatever there is."""
    refuse(why_not_see_performance(reader))
    measures, last = [each for each in queries.measures() if each.direction != "neither"], queries.latest()
    found, targets = counted(reader, measures, last.later(1 - KEPT), last), queries.local_targets(reader)
    reports = reports_of(reader)
    places = [area] if area else [WHOLE, *found.areas]
    make = _Maker(reader, reports)
    behind = [
        one
        for place in places
        for measure in measures
        if (one := _behind(make, found, measure, place, targets)) is not None
    ]
    behind += [] if area else list(_projects_behind(reader, make))
    late = {each.key for each in behind if each.area == area}
    worse = [
        one
        for measure in measures
        if measure.code not in late and (one := _worse(make, found, measure, area)) is not None
    ]
    return Standings(sorted(behind, key=lambda each: (each.percent, each.label, each.where)), worse, last)


class _Maker:
    """Puts beside each what is said of it, and whether the reader may say more."""

    def __init__(self, reader: Any, reports: Reports) -> None:
        self.reader, self.reports = reader, reports
        self.areas = {
            each.code: each for each in Area.objects.filter(code__in=[d.code for d in pack().areas.districts])
        }

    def __call__(self, key: str, area: str, **told: Any) -> Standing:
        may = rules.why_not_report(self.reader, self.areas.get(area)) is None
        return Standing(
            key, area, where=queries.area_name(area), said=self.reports.get((key, area), []), may_report=may, **told
        )


def _behind(make: _Maker, found: Counted, measure: Measure, area: str, targets: Any) -> Standing | None:
    """A measure in one place, where its word says that it is behind."""
    if not queries.is_shown_in(measure, area):
        return None
    last, behind, now = queries.latest(), 0, None
    for ago in range(KEPT):
        line = queries.line_in(found, measure, last.later(-ago), area, measure.label, targets)
        if line.word is None or line.word.tone not in BAD:
            break
        now, behind = now or line, ago + 1
    if now is None or now.aim is None:
        return None
    reached, planned = queries.reached_and_planned(measure, now.now, now.aim)
    over, under = (planned, reached) if measure.direction == "down" else (reached, planned)
    return make(
        measure.code, area, label=measure.label, figure=now.now.said, beside=now.now.beside, aim=now.aim.said, word=now.word,
        percent=over * 100 / under if under else 100.0, long="" if behind < 2 else f"for {behind} quarters one after another",
        owner=measure.owner, url=_address(measure, area),
    )  # fmt: skip


def _worse(make: _Maker, found: Counted, measure: Measure, area: str) -> Standing | None:
    """A measure whose latest figures meet a rule of its chart, on the side that is worse."""
    if not queries.is_shown_in(measure, area):
        return None
    points = queries.points_of(found, measure, area)
    chart = chart_of([each.figure.value for each in points], highest=100.0 if measure.is_share else None)
    recent = range(len(points) - (RECENT_QUARTERS if area else RECENT_MONTHS), len(points))
    for place in reversed(recent):
        value, lines = points[place].figure.value, chart.lines
        if value is None or lines is None or place not in chart.signals:
            continue
        if (value > lines.mean) == (measure.direction == "down"):
            met = "; ".join(RULES[rule] for rule in chart.signals[place])
            return make(
                measure.code, area, label=measure.label, figure=points[place].figure.said, beside=points[place].words,
                aim=f"{lines.mean:.0f} in the middle", word=None, percent=100.0, long=met, owner=measure.owner, url=_address(measure, area),
            )  # fmt: skip
    return None


def _address(measure: Measure, area: str) -> str:
    return reverse("measure", query={"measure": measure.code, **({"area": area} if area else {})})


def _projects_behind(reader: Any, make: _Maker) -> Iterator[Standing]:
    """Rows of projects whose word says so, as at the last day that has come."""
    for project in projects.projects(reader):
        as_at = projects.day_of(project, None)
        for line in projects.told(reader, project, as_at).lines:
            if line.tone in BAD and line.percent is not None and line.profile is not None:
                yield make(
                    f"{project.code}.{line.row.code}", WHOLE, label=line.row.label, figure=line.achieved,
                    beside=f"as at {as_at.day} {as_at:%B %Y}", aim=line.planned, word=line.word, percent=float(line.percent), long="",
                    owner=project.label, url=reverse("project", query={"project": project.code}),
                )  # fmt: skip


def reports_of(reader: Any) -> Reports:
    """Everything that was said, the latest first: one query."""
    rows = ExceptionReport.objects.visible_to(reader).select_related("area", "written_by")
    found: Reports = defaultdict(list)
    for each in rows.order_by("-written_on", "-created_at"):
        found[each.measure, each.area.code if each.area else WHOLE].append(each)
    return found


def said_of(reader: Any, key: str, area: str) -> list[ExceptionReport]:
    """What was said of one measure in one place, the latest first: one query."""
    rows = ExceptionReport.objects.visible_to(reader).filter(measure=key).select_related("written_by")
    rows = rows.filter(area__code=area) if area else rows.filter(area=None)
    return list(rows.order_by("-written_on"))


def to_report(reader: Any, key: str, code: str) -> tuple[str, Area | None]:
    """The name and the place that an address names, for whoever says what is done there."""
    area = None if code == EVERYWHERE else Area.objects.filter(code=code).first()
    if (area is None and code != EVERYWHERE) or rules.why_not_of(key, area) is not None:
        raise Http404
    refuse(rules.why_not_report(reader, area))
    return label_of(key), area


def label_of(key: str) -> str:
    """The words for a measure or a row of a project."""
    project, _, row = key.partition(".")
    if not row:
        measure = pack().measures.measure(key)
        return measure.label if measure else key
    of = pack().measures.project(project)
    line = of.row(row) if of else None
    return line.label if line else key
