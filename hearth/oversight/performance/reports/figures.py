"""Figures of measures as a report keeps them, and the tables and drawings that are made of them: of all of them, or of those for everybody."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Measure
from hearth.oversight.performance import queries
from hearth.oversight.performance.charts import LEAST, RULES, Chart, chart_of
from hearth.oversight.performance.counting import WHOLE, Counted, Figure, State
from hearth.oversight.performance.drawing import drawn
from hearth.oversight.performance.quarters import KEPT, Quarter
from hearth.oversight.performance.reports.periods import Period

Cell = dict[
    str, Any
]  # measure, quarter, area, what counts the same events, the figure, and its parts where it is shown
Cells = Mapping[tuple[str, str, str], Cell]  # by measure, quarter and area
Block = dict[str, Any]
LEAST_DRAWN = 2  # figures without which a drawing is a dot


def gathered(reader: Any, found: Counted, measures: Iterable[Measure], period: Period, area: str) -> dict[str, Any]:
    """Every figure that a report can show, with what each is called, means and is set against."""
    targets = queries.local_targets(reader)
    chosen = list(measures)
    cells = [cell_of(found, each, period.last.later(-ago), area) for each in chosen for ago in reversed(range(KEPT))]
    if area:
        cells += [cell_of(found, each, period.last, WHOLE) for each in chosen if "authority" in each.levels]
    return {"measures": [_told(each, period, area, targets) for each in chosen], "cells": cells}


def cell_of(found: Counted, measure: Measure, quarter: Quarter, area: str) -> Cell:
    """One figure, with the parts of what counts the same events where it is shown."""
    return {
        "measure": measure.code, "quarter": quarter.code, "area": area, "events": events_of(measure),
        "figure": asdict(found.figure(measure, quarter, area)), "parts": found.parts_shown(measure, quarter, area),
    }  # fmt: skip


def events_of(measure: Measure) -> str:
    """What it counts, so that all that count the same are known by it."""
    return " ".join(["+".join(measure.sources), *measure.about])


def _told(measure: Measure, period: Period, area: str, targets: Any) -> dict[str, Any]:
    aim = queries.aim_of(measure, period.last, area, targets)
    return {
        "code": measure.code, "label": measure.label, "outcome": queries.outcome_of(measure), "numerator": measure.numerator,
        "denominator": measure.denominator or "", "blind": measure.blind, "owner": measure.owner, "is_share": measure.is_share,
        "aim": {"figure": aim.figure, "is_local": aim.is_local, "said": aim.said} if aim else None,
    }  # fmt: skip


def by_place(cells: Iterable[Cell]) -> dict[tuple[str, str, str], Cell]:
    """Cells by measure, quarter and area."""
    return {(each["measure"], each["quarter"], each["area"]): each for each in cells}


def figure_at(cells: Cells, measure: str, quarter: Quarter, area: str) -> Figure | None:
    """The figure of a cell."""
    cell = cells.get((measure, quarter.code, area))
    return Figure(**(cell["figure"] | {"state": State(cell["figure"]["state"])})) if cell else None


def words_of(figure: Figure | None) -> str:
    """A figure in a table, with what stands beside it; none where there is none to tell."""
    if figure is None:
        return "–"
    return f"{figure.said} ({figure.beside})" if figure.is_shown and figure.beside else figure.said


def blocks(told: Iterable[Mapping[str, Any]], cells: Cells, period: Period, area: str) -> list[Block]:
    """The section of figures: under each outcome a table, then drawings over three years."""
    made: list[Block] = []
    by_outcome: dict[str, list[Mapping[str, Any]]] = {}
    for each in told:
        by_outcome.setdefault(each["outcome"], []).append(each)
    for outcome, measures in by_outcome.items():
        made.append(_table(outcome, measures, cells, period, area))
        made += [block for each in measures for block in _drawings(each, cells, period, area)]
    return made


def _table(outcome: str, measures: Iterable[Mapping[str, Any]], cells: Cells, period: Period, area: str) -> Block:
    quarters = period.quarters if len(period.quarters) > 1 else [period.last, period.last.later(-4)]
    heads = (
        [(each.words, True) for each in quarters]
        if len(period.quarters) > 1
        else [("This quarter", True), ("A year before", True)]
    )
    heads += [(pack().authority.short_name, True)] if area else []
    rows = []
    for each in measures:
        found = [figure_at(cells, each["code"], quarter, area) for quarter in quarters]
        figures = [*found, figure_at(cells, each["code"], period.last, WHOLE)] if area else found
        now = figure_at(cells, each["code"], period.last, area)
        rows.append([each["label"], *map(words_of, figures), aim_words(each["aim"]), word_of(each, now)])
    heads = [("Measure", False), *heads, ("Target", True), ("Said", False)]
    return {"kind": "table", "caption": outcome, "heads": heads, "rows": rows}


def aim_words(aim: Mapping[str, Any] | None) -> str:
    """What is aimed for, and whether it is the district's own."""
    return "–" if aim is None else f"{aim['said']}, the district’s own" if aim["is_local"] else aim["said"]


def word_of(told: Mapping[str, Any], now: Figure | None) -> str:
    """The word of tolerance for a figure against its target."""
    measure = pack().measures.measure(told["code"])
    if measure is None or now is None or told["aim"] is None:
        return "–"
    word = queries.word_for(measure, now, queries.Aim(**told["aim"]))
    return word.word if word else "–"


def _drawings(told: Mapping[str, Any], cells: Cells, period: Period, area: str) -> list[Block]:
    """The measure over three years, drawn, with every figure of it in words; nothing where there are too few to draw."""
    quarters = [period.last.later(-ago) for ago in reversed(range(KEPT))]
    figures = [figure_at(cells, told["code"], each, area) for each in quarters]
    values = [figure.value if figure is not None and figure.is_shown else None for figure in figures]
    if sum(value is not None for value in values) < LEAST_DRAWN or not any(values):  # noughts alone are no drawing
        return []
    chart = chart_of(values, highest=100.0 if told["is_share"] else None)
    picture = asdict(drawn(chart, [each.short for each in quarters], "%" if told["is_share"] else ""))
    each = "; ".join(f"{quarter.short} {words_of(figure)}" for quarter, figure in zip(quarters, figures, strict=True))
    return [
        {
            "kind": "chart",
            "title": f"{told['label']}, by quarter",
            "said": said_of(chart, quarters),
            "each": each,
            "picture": picture,
        }
    ]


def said_of(chart: Chart, quarters: list[Quarter]) -> str:
    """Whether it has changed, in a sentence."""
    if chart.lines is None:
        return f"Fewer than {LEAST} figures can be shown, which are too few to say whether it has changed."
    if not chart.has_changed:
        return "It varies as it always has: nothing here says that anything has changed."
    rules = list(dict.fromkeys(rule for met in chart.signals.values() for rule in met))
    return f"Something has changed, from {quarters[min(chart.signals)].words} on: {'; '.join(RULES[rule] for rule in rules)}."


def definitions(told: Iterable[Mapping[str, Any]], fewest: int) -> list[Block]:
    """What each figure counts, of what, from where, and what it cannot see."""
    source = "Source: the records, counted by the service itself; nobody types it"
    rows = [
        [
            each["label"],
            f"Counted: {each['numerator']}. "
            + (f"Out of: {each['denominator']}. " if each["denominator"] else "")
            + f"What it cannot see: {each['blind']} {source}. Who answers for it: {each['owner']}.",
        ]
        for each in told
    ]
    reading = (
        f"“Too few to show” is a number below {fewest} that is not nought, or one from which such a number could be worked out. “Not open yet” is a "
        "district in which early help had not begun: it is no nought. “None” is nothing to take a percentage or a median of. “Too early to say” is a "
        "measure that follows families for months that have not passed."
    )
    return [{"kind": "words", "words": reading}, {"kind": "terms", "rows": rows}]
