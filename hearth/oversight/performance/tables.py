"""The tables that can be taken away, each with what its figures mean. They are those of the pages: what is kept back there is here too."""

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Cell, Sheet
from hearth.oversight.performance.charts import RULES
from hearth.oversight.performance.counting import Figure
from hearth.oversight.performance.exceptions.queries import Standings
from hearth.oversight.performance.projects.queries import Told
from hearth.oversight.performance.queries import Line, OneMeasure, Scorecard

KEPT_BACK = "A small number is left out, and with it others from which it could be worked out. Nothing else in its place is a nought."
HEADS = ("Figure", "Counted", "Out of", "A year before", "Target", "Said")


def _figure(figure: Figure) -> Cell:
    if figure.value is None:
        return figure.said
    return int(figure.value) if figure.value == int(figure.value) else round(figure.value, 1)


def _cells(line: Line) -> list[Cell]:
    now = line.now
    counts: list[Cell] = [now.counted, now.out_of] if now.is_shown else ["", ""]
    return [
        _figure(now), *counts, _figure(line.before), line.aim.figure if line.aim else "", line.word.word if line.word else "",
    ]  # fmt: skip


def of_scorecard(found: Scorecard) -> Sheet:
    """Every measure of one place and quarter."""
    rows = [
        [label, line.measure.label, *_cells(line), _figure(line.whole) if line.whole else "", line.measure.owner]
        for label, lines in found.groups
        for line in lines
    ]
    return Sheet(
        f"Scorecard {found.name} {found.quarter.code}",
        f"Figures of {found.name}, {found.quarter.words}: percentages, numbers or days, as the measure says. {KEPT_BACK} "
        f"As at {found.as_at.astimezone(clock.LONDON):%d/%m/%Y}.",
        ("Outcome", "Measure", *HEADS, "The whole authority", "Who answers for it"),
        rows,
    )


def of_measure(found: OneMeasure) -> Sheet:
    """One measure by district in a quarter."""
    return Sheet(
        f"Measure by district {found.quarter.code}",
        f"{found.measure.label}, {found.quarter.words}. {found.measure.numerator}. "
        + (f"Out of: {found.measure.denominator}. " if found.measure.denominator else "")
        + f"What it cannot see: {found.measure.blind} {KEPT_BACK} As at {found.as_at.astimezone(clock.LONDON):%d/%m/%Y}.",
        ("Where", *HEADS),
        [[line.name, *_cells(line)] for line in found.lines],
    )


def over_time(found: OneMeasure) -> Sheet:
    """One measure over time in one place."""
    lines = found.chart.lines
    said = f"Middle line {lines.mean:.1f}, limits {lines.lower:.1f} and {lines.upper:.1f}. " if lines else ""
    rules = "; ".join(RULES.values())
    return Sheet(
        "Measure over time",
        f"{found.measure.label}, {found.name}. {said}A figure is marked where it meets a rule: {rules}. {KEPT_BACK}",
        ("When", "Figure", "Counted", "Out of", "Marked for"),
        [
            [
                point.words, _figure(point.figure), *([point.figure.counted, point.figure.out_of] if point.figure.is_shown else ["", ""]),
                "; ".join(RULES[rule] for rule in point.signals),
            ]
            for point in found.points
        ],
    )  # fmt: skip


def of_project(found: Told) -> Sheet:
    """A project, planned against achieved."""
    return Sheet(
        "Planned against achieved",
        f"{found.project.label}, as at {found.as_at:%d/%m/%Y}. {found.project.source} {found.rule.label}: {found.rule.why}",
        ("What", "Total", "Profile", found.project.actual, "Percent of profile", "Said", "Remark", "Typed by", "Typed on", "From"),
        [
            [
                line.row.label, line.total, line.planned, line.achieved, "" if line.percent is None else line.percent, line.said,
                line.typed.remark if line.typed else "", line.typed.typed_by.full_name if line.typed else "",
                f"{line.typed.typed_at:%d/%m/%Y}" if line.typed else "", line.typed.source if line.typed else "",
            ]
            for line in found.lines
        ],
    )  # fmt: skip


def of_standings(found: Standings) -> Sheet:
    """What is behind, and what has changed for the worse."""
    rows: list[list[Cell]] = [
        [
            words, each.label, each.where, each.figure, each.beside, each.aim, each.word.word if each.word else "", each.long, each.owner,
            *([each.said[0].why, each.said[0].doing, f"{each.said[0].review_on:%d/%m/%Y}", each.said[0].written_by.full_name] if each.said
              else ["", "nobody has said yet", "", ""]),
        ]
        for words, several in (("Behind", found.behind), ("Changed for the worse", found.worse))
        for each in several
    ]  # fmt: skip
    return Sheet(
        "What is behind",
        f"What is behind what was aimed for in {found.quarter.words}, the worst first, and what has changed for the worse. {KEPT_BACK} "
        f"As at {clock.today():%d/%m/%Y}.",
        ("What", "Measure", "Where", "Figure", "Of what", "Aimed for", "Said", "For how long, or why", "Who answers for it",
         "Why it is so", "What is done", "Looked at again", "Said by"),
        rows,
    )  # fmt: skip
