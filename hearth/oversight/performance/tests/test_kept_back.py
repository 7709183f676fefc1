"""Somebody who has every table, every quarter and every month tries to work out a small number. They may not succeed."""

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import SOURCES, Measure
from hearth.oversight.performance.counting import WAITED, WHOLE, Counted, State, fewest_of
from hearth.oversight.performance.keeping_back import kept_back
from hearth.oversight.performance.quarters import Quarter

QUARTER = Quarter(dt.date(2024, 4, 1))  # long enough ago for everything that follows families
PLACES = ("burnley", "chorley", "lancaster", "preston")  # all open by then
Sum = Mapping[Any, Any]  # how often each unknown is in it
FAMILIES = list(dict.fromkeys((each.sources, each.about) for each in pack().measures.measures))


def of_family(family: Any) -> list[Measure]:
    """The measures that count the same events."""
    return [each for each in pack().measures.measures if (each.sources, each.about) == family]


def parts_of(source: str) -> tuple[str, ...]:
    return SOURCES.get(source, (WAITED,))


def invented(dice: random.Random, family: Any, events: int) -> Counted:
    """A quarter of events, each with its month and district, and in one part of each source that counts it."""
    sources, about = family
    found = Counted(QUARTER, QUARTER)
    heavy = {(source, part): dice.choice((1, 1, 3, 20)) for source in sources for part in parts_of(source)}
    busy = [dice.choice((1, 2, 8)) for _ in PLACES]
    for _ in range(events):
        place, month = dice.choices(PLACES, busy)[0], dice.choice(QUARTER.months)
        for source in sources:
            weights = [heavy[source, part] for part in parts_of(source)]
            part = (source, dice.choice(about or ("",)), dice.choices(parts_of(source), weights)[0])
            found.districts[QUARTER.first_on, place][part] += 1
            found.months[month][part] += 1
    return found


def unknowns(family: Any) -> list[Any]:
    """What nobody is told: each part of each source in each district and month, and what each measure counts and leaves of them."""
    places = (*PLACES, *QUARTER.months)
    parts = [(where, source, (part,)) for where in places for source in family[0] for part in parts_of(source)]
    sums = [(where, *sides) for where in places for measure in of_family(family) for sides in both_sides(measure)]
    return list(dict.fromkeys([*parts, *sums]))


def both_sides(measure: Measure) -> list[tuple[str, tuple[str, ...]]]:
    """What a measure counts, and the rest."""
    every = parts_of(measure.source)
    counts = measure.counts or every
    rest = tuple(part for part in every if part not in counts)
    return [(measure.source, tuple(each)) for each in (counts, rest) if each]


def truth(found: Counted, unknown: Any, about: Sequence[str]) -> int:
    where, source, parts = unknown
    unit = found.months[where] if isinstance(where, dt.date) else found.districts[QUARTER.first_on, where]
    return sum(unit.get((source, each, part), 0) for part in parts for each in about or ("",))


def told(found: Counted, family: Any) -> Iterator[tuple[Sum, int]]:
    """Every figure of every table as an equation, and what everybody knows."""
    for measure in of_family(family):
        every = parts_of(measure.source)
        for where in (*PLACES, *QUARTER.months, WHOLE):
            at = PLACES if where == WHOLE else (where,)
            figure = (
                found.month(measure, where) if isinstance(where, dt.date) else found.figure(measure, QUARTER, where)
            )
            assert figure.state in (State.SHOWN, State.FEW, State.NONE)
            if figure.state != State.FEW:
                counts = measure.counts or every
                yield {(one, measure.source, (part,)): 1 for one in at for part in counts}, figure.counted
                yield {(one, measure.source, (part,)): 1 for one in at for part in every}, figure.out_of
    yield from known_to_all(family)


def known_to_all(family: Any) -> Iterator[tuple[Sum, int]]:
    """Months and districts add up to the same; sources that count the same events have as many; parts are what they add up to."""
    sources, _ = family
    for source in sources:
        for part in parts_of(source):
            of = (source, (part,))
            yield {(one, *of): 1 for one in PLACES} | {(one, *of): -1 for one in QUARTER.months}, 0
    for where in (*PLACES, *QUARTER.months):
        for source in sources[1:]:
            first = {(where, sources[0], (part,)): 1 for part in parts_of(sources[0])}
            yield first | {(where, source, (part,)): -1 for part in parts_of(source)}, 0
    for where, source, parts in unknowns(family):
        if len(parts) > 1:
            yield {(where, source, parts): -1} | {(where, source, (part,)): 1 for part in parts}, 0


def worked_out(equations: list[tuple[Sum, int]], names: list[Any]) -> list[tuple[Sum, Fraction]]:
    """Gauss: the equations brought to one leading unknown each, exactly."""
    rows = [([Fraction(each.get(name, 0)) for name in names], Fraction(result)) for each, result in equations]
    done: list[tuple[list[Fraction], Fraction]] = []
    for column in range(len(names)):
        at = next((row for row in rows if row[0][column]), None)
        if at is None:
            continue
        rows.remove(at)
        lead = at[0][column]
        at = ([each / lead for each in at[0]], at[1] / lead)
        rows = [_less(row, at, column) for row in rows]
        done = [_less(row, at, column) for row in done] + [at]
    return [({names[n]: each for n, each in enumerate(row) if each}, result) for row, result in done]


def _less(row: Any, at: Any, column: int) -> Any:
    factor = row[0][column]
    return ([a - factor * b for a, b in zip(row[0], at[0], strict=True)], row[1] - factor * at[1]) if factor else row


def recovered(found: Counted, family: Any) -> dict[Any, Any]:
    """Every unknown that can be worked out: from the equations, and from what no number can be, less than nought."""
    equations, names = list(told(found, family)), unknowns(family)
    reduced = worked_out(equations, names)
    low: dict[Any, Any] = dict.fromkeys(names, Fraction(0))
    high: dict[Any, Any] = dict.fromkeys(names, Fraction(10**6))
    lines = [*equations, *reduced]
    for _ in range(40):
        before = (dict(low), dict(high))
        for sides, result in lines:
            for name, often in sides.items():
                others = [(low[o] * f if f * often > 0 else high[o] * f, high[o] * f if f * often > 0 else low[o] * f)
                          for o, f in sides.items() if o != name]  # fmt: skip
                ends = sorted(
                    ((result - sum(one for one, _ in others)) / often, (result - sum(two for _, two in others)) / often)
                )
                low[name], high[name] = max(low[name], ends[0]), min(high[name], ends[1])
        if before == (low, high):
            break
    return {name: int(low[name]) for name in names if low[name] == high[name]}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda each: "-".join((each[0][0], *each[1])))
def test_no_small_number_of_any_table_can_be_worked_out(family: Any) -> None:
    dice, kept, small, shown = random.Random(f"attack {family}"), 0, 0, 0
    fewest = fewest_of(of_family(family)[0])
    for _ in range(40):
        found = invented(dice, family, dice.choice((3, 8, 15, 30, 80, 250, 900)))
        known = recovered(found, family)
        shown += sum(found.figure(each, QUARTER, where).is_shown for each in of_family(family) for where in PLACES)
        for unknown in unknowns(family):
            many = truth(found, unknown, family[1])
            small += 0 < many < fewest
            if unknown in known:
                assert known[unknown] == many, "the attack itself reckons rightly"
                assert not 0 < many < fewest, (unknown, many, found.districts, found.months)
            else:
                kept += 1
    assert small > 50 and kept > 50 and shown > 20, "there was something to find, to keep back and to show"


def test_the_attack_finds_what_is_kept_back_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that only blanked the small ones would be found out: so the test above can fail."""
    from hearth.oversight.performance import keeping_back

    monkeypatch.setattr(keeping_back, "_is_enough", lambda hidden, fewest: True)
    family, dice, found_out = FAMILIES[0], random.Random("blanked"), 0
    for _ in range(40):
        found = invented(dice, family, dice.choice((15, 30, 80)))
        known = recovered(found, family)
        found_out += any(
            0 < many < 5 and unknown in known
            for unknown in unknowns(family)
            for many in [truth(found, unknown, family[1])]
        )
    assert found_out > 3


def line(*figures: int) -> dict[str, dict[str, int]]:
    return {f"d{number}": {"n": each} for number, each in enumerate(figures)}


@pytest.mark.parametrize(
    ("figures", "hidden"),
    [
        ((9, 8, 7), set()),
        ((9, 8, 0), set()),  # nobody is nobody
        ((3, 9, 20), {"d0", "d1"}),  # with the next smallest, or the sum would tell it
        ((2, 2, 20), {"d0", "d1", "d2"}),  # 2 and 2 are 4: the sum less 20 would be a small number too
        ((2, 3, 20), {"d0", "d1"}),
        ((4, 0, 9), {"d0", "d2"}),
    ],
)
def test_as_many_are_kept_back_as_it_takes(figures: tuple[int, ...], hidden: set[str]) -> None:
    found = kept_back(line(*figures), {"m": {"n": sum(figures)}}, {"n": sum(figures)}, 5)
    assert found.districts == hidden and not found.whole


def test_a_unit_goes_whole_because_half_of_it_would_tell_the_rest() -> None:
    both: dict[str, dict[str, int]] = {"a": {"in_time": 30, "late": 2}, "b": {"in_time": 40, "late": 9}}
    whole = {"in_time": 70, "late": 11}
    assert kept_back(both, {"m": whole}, whole, 5).districts == {"a", "b"}


def test_two_of_one_cohort_share_what_is_kept_back() -> None:
    """Families with social care within 6 months and within 12: the difference would be those of the second half year."""
    six, twelve = (pack().measures.measure(code) for code in ("social_care_within_6", "social_care_within_12"))
    assert six is not None and twelve is not None and six.sources == twelve.sources
    found = Counted(QUARTER, QUARTER)
    for place, first, second, none in (("burnley", 6, 2, 40), ("chorley", 8, 9, 40), ("preston", 8, 9, 50)):
        for part, many in (("within_6", first), ("within_12", second), ("none", none)):
            found.districts[QUARTER.first_on, place]["after_closing", "", part] += many
            found.months[QUARTER.months[0]]["after_closing", "", part] += many
    with clock.frozen(dt.date(2026, 6, 1)):
        assert [found.figure(each, QUARTER, "burnley").state for each in (six, twelve)] == [State.FEW, State.FEW]
        assert [found.figure(each, QUARTER, "preston").said for each in (six, twelve)] == ["12%", "25%"]


def test_an_authority_of_one_district_is_shown_or_kept_back_with_it() -> None:
    few, many = {"n": 3}, {"n": 9}
    assert kept_back({"stockton": few}, {"m": few}, few, 5).whole
    assert kept_back({"stockton": few}, {"m": few}, few, 5).districts == {"stockton"}
    shown = kept_back({"stockton": many}, {"m": many}, many, 5)
    assert not (shown.whole or shown.districts or shown.months)
