"""Reads a project: each row with its total, its profile, what was achieved, and what is said of that."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Profile, Project, Row, Tolerance, Word
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.oversight.performance import rules
from hearth.oversight.performance.models import TypedFigure, TypedFigureEvent

TYPED = ("figure", "words", "said", "remark", "source")  # what may be changed
FEW = "too few to show"
NOT_TYPED = "nobody has typed it yet"


@dataclass(frozen=True)
class Line:
    """One row of a project as at a day. A small number of people is not shown, and then neither is its word."""

    row: Row
    profile: Profile | None
    typed: TypedFigure | None
    is_few: bool
    word: Word | None

    @property
    def total(self) -> str:
        """What was to be done by the end."""
        return f"{self.row.total:,}" if self.row.total is not None else str(self.row.total_words)

    @property
    def planned(self) -> str:
        """What was planned by the day."""
        if self.profile is None:
            return "–"
        return f"{self.profile.figure:,}" if self.profile.figure is not None else str(self.profile.words)

    @property
    def achieved(self) -> str:
        """What was achieved: the number, the words, or that it is too few to show or not typed."""
        if self.typed is None:
            return NOT_TYPED
        if self.is_few:
            return FEW
        return f"{self.typed.figure:,}" if self.typed.figure is not None else self.typed.words

    @property
    def said(self) -> str:
        """The word: by the tolerance for a number, as it was typed for what is no number."""
        if self.typed is None or self.is_few:
            return ""
        return self.word.word if self.word is not None else self.typed.said

    @property
    def tone(self) -> str:
        """How the word is drawn."""
        return self.word.tone if self.word is not None else ""

    @property
    def percent(self) -> int | None:
        """What was achieved, in percent of the profile, rounded down."""
        if self.is_few or self.typed is None or self.typed.figure is None or not (self.profile and self.profile.figure):
            return None
        return self.typed.figure * 100 // self.profile.figure


@dataclass(frozen=True)
class Told:
    """A project as at a day."""

    project: Project
    as_at: dt.date
    rule: Tolerance
    lines: Sequence[Line]


def projects(reader: Any) -> list[Project]:
    """Every project of the pack."""
    refuse(rules.why_not_see_performance(reader))
    return list(pack().measures.projects)


def project_named(reader: Any, code: str) -> Project | None:
    """The project with that code; the first, for none of that name; nothing, where the pack has none."""
    every = projects(reader)
    return pack().measures.project(code) or (every[0] if every else None)


def day_of(project: Project, typed: dt.date | None) -> dt.date:
    """The day as at which it is looked at: that one where something was planned by it, else the last that has come."""
    if typed is not None and typed in project.days:
        return typed
    come = [day for day in project.days if day <= clock.today()]
    return come[-1] if come else project.days[0]


def told(reader: Any, project: Project, as_at: dt.date) -> Told:
    """Each row of it as at a day: one query."""
    rule = pack().measures.tolerance(project.tolerance)
    if rule is None:
        raise LookupError(f"The pack has lost the tolerance of {project.code}.")  # the check of the pack holds it
    rows = TypedFigure.objects.visible_to(reader).filter(project=project.code, as_at=as_at).select_related("typed_by")
    typed = {each.row: each for each in rows}
    return Told(project, as_at, rule, [_line(row, as_at, typed.get(row.code), rule) for row in project.rows])


def _line(row: Row, as_at: dt.date, typed: TypedFigure | None, rule: Tolerance) -> Line:
    profile = row.profile(as_at)
    number = typed.figure if typed is not None else None
    few = row.of_people and number is not None and 0 < number < pack().indicators.fewest_shown
    planned = profile.figure if profile is not None else None
    word = rule.word_for(number, planned) if number is not None and planned is not None and not few else None
    return Line(row, profile, typed, few, word)


def row_to_type(reader: Any, project: str, row: str, as_at: str) -> tuple[Project, Row, dt.date]:
    """The row that an address names, as at its day, for whoever types figures."""
    refuse(rules.why_not_type(reader))
    found = pack().measures.project(project)
    line = found.row(row) if found else None
    day = next((each.as_at for each in line.profiles if each.as_at.isoformat() == as_at), None) if line else None
    if found is None or line is None or day is None:
        raise Http404
    return found, line, day


def figure_of(reader: Any, project: str, row: str, as_at: dt.date) -> TypedFigure | None:
    """What is typed of a row as at a day."""
    return TypedFigure.objects.visible_to(reader).filter(project=project, row=row, as_at=as_at).first()


def as_typed(figure: TypedFigure) -> dict[str, Any]:
    """What a form begins with to change it."""
    return {name: getattr(figure, name) for name in TYPED} | {"seen": seen_in(figure, TYPED)}


@dataclass(frozen=True)
class Change:
    """One time that a figure was typed."""

    label: str
    was: str
    why: str
    source: str
    by: str
    at: dt.datetime


def history(reader: Any, project: Project, as_at: dt.date) -> list[Change]:
    """Each figure as it was typed and changed, the latest first: one query. A small number stays unsaid here too."""
    refuse(rules.why_not_see_performance(reader))
    rows = (
        TypedFigureEvent.objects.filter(project=project.code, as_at=as_at)
        .select_related("typed_by")
        .order_by("-pgh_created_at", "-pgh_id")
    )
    return [_change(project, each) for each in rows]


def _change(project: Project, event: Any) -> Change:
    row = project.row(event.row)
    few = (
        (row is None or row.of_people)
        and event.figure is not None
        and 0 < event.figure < pack().indicators.fewest_shown
    )
    was = FEW if few else f"{event.figure:,}" if event.figure is not None else (event.words or event.said)
    label = row.label if row is not None else event.row
    return Change(label, was, event.why, event.source, event.typed_by.full_name, event.typed_at)
