"""Somebody who has every published table of every report tries to work out a small number. They may not succeed.

Each world is a quarter or more of invented events, counted again before each report: families move in between. Reports of districts and of
the authority are published in whatever order; the attacker has all of them, and reasons by linear algebra over every figure, and by taking
one report from another.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from hearth.oversight.performance.counting import WHOLE, State
from hearth.oversight.performance.keeping_back import kept_back
from hearth.oversight.performance.reports import suppression
from hearth.oversight.performance.reports.suppression import Ledger, for_everybody, rows_for_everybody

PLACES = ("burnley", "chorley", "lancaster", "preston")
QUARTERS = ("2025-01-01", "2025-04-01", "2025-07-01")
PARTS = ("in_time", "late")
FEWEST = 5
EVENTS = "requests"
World = dict[tuple[str, str], list[int]]  # by quarter and place: how many in each part
Told = Mapping[str, Any]


def invented(dice: random.Random) -> World:
    """How many there are, as chance has it: mostly few, where few are looked for."""
    busy = {place: dice.choice((2, 5, 9, 30)) for place in PLACES}
    return {(quarter, place): [dice.randint(0, busy[place]) for _ in PARTS] for quarter in QUARTERS for place in PLACES}


def later(dice: random.Random, world: World) -> World:
    """The same a while later: some families moved, some were restricted, some were found to have been counted by mistake."""
    moved = {key: list(parts) for key, parts in world.items()}
    for parts in moved.values():
        if dice.random() < 0.4:
            place = dice.randrange(len(PARTS))
            parts[place] = max(0, parts[place] + dice.choice((-2, -1, 1, 2)))
    return moved


def cells(world: World, area: str) -> list[dict[str, Any]]:
    """What a report of a place has: its own quarters, and the authority's last one, kept back as on the pages of that moment."""
    asked = [(quarter, area) for quarter in QUARTERS] + ([(QUARTERS[-1], WHOLE)] if area else [])
    return [cell for quarter, place in asked for cell in unit(world, quarter, place)]


def unit(world: World, quarter: str, place: str) -> Iterator[dict[str, Any]]:
    """Two measures of the same events: how many, and the share in time."""
    districts = {each: dict(zip(PARTS, world[quarter, each], strict=True)) for each in PLACES}
    whole = {part: sum(each[part] for each in districts.values()) for part in PARTS}
    kept = kept_back(districts, {"month": whole}, whole, FEWEST)
    hides = kept.whole if place == WHOLE else place in kept.districts
    found = whole if place == WHOLE else districts[place]
    many = sum(found.values())
    for measure, counted in (("requests", many), ("in_time", found["in_time"])):
        shown = {
            "state": State.SHOWN,
            "counted": counted,
            "out_of": many,
            "value": float(counted),
            "is_share": False,
            "is_wait": False,
        }
        few = shown | {"state": State.FEW, "counted": 0, "out_of": 0, "value": None}
        yield {
            "measure": measure, "quarter": quarter, "area": place, "events": EVENTS, "figure": few if hides else shown,
            "parts": None if hides else [found[part] for part in PARTS],
        }  # fmt: skip


def published(dice: random.Random, orders: int) -> tuple[list[tuple[str, list[dict[str, Any]]]], list[World]]:
    """So many reports in an order that chance chose, each of what there was by then; and every world that there was."""
    world, ledger, told, worlds = invented(dice), Ledger(), [], []
    for _ in range(orders):
        area = dice.choice((*PLACES, WHOLE))
        made, new = for_everybody(cells(world, area), ledger, lambda quarter: PLACES, lambda events: FEWEST)
        ledger |= new
        told.append((area, made))
        worlds.append(world)
        world = later(dice, world)
    return told, worlds


def equations(told: Sequence[tuple[str, list[dict[str, Any]]]]) -> list[tuple[dict[Any, int], int]]:
    """Every figure of every published table: a sum of how many are in which part of which place and quarter."""
    made = []
    for _, report in told:
        for cell in report:
            figure = cell["figure"]
            if figure["state"] != State.SHOWN:
                continue
            at = PLACES if cell["area"] == WHOLE else (cell["area"],)
            counts = PARTS if cell["measure"] == "requests" else ("in_time",)
            made.append(({(cell["quarter"], place, part): 1 for place in at for part in counts}, figure["counted"]))
            made.append(({(cell["quarter"], place, part): 1 for place in at for part in PARTS}, figure["out_of"]))
    return made


def worked_out(lines: Sequence[tuple[dict[Any, int], int]], *, agree: bool = True) -> dict[Any, Fraction]:
    """Every unknown that linear algebra finds: Gauss, exactly, over all the figures at once."""
    names = sorted({name for sides, _ in lines for name in sides})
    rows = [[Fraction(sides.get(name, 0)) for name in names] + [Fraction(result)] for sides, result in lines]
    done: list[list[Fraction]] = []
    for column in range(len(names)):
        at = next((row for row in rows if row[column]), None)
        if at is None:
            continue
        rows.remove(at)
        at = [each / at[column] for each in at]
        rows = [[a - row[column] * b for a, b in zip(row, at, strict=True)] for row in rows]
        done = [[a - row[column] * b for a, b in zip(row, at, strict=True)] for row in done] + [at]
    assert not agree or all(not row[-1] for row in rows), (
        "what is told of one place and time is told the same: no two figures contradict"
    )
    found = {}
    for row in done:
        sides = [number for number, each in enumerate(row[:-1]) if each]
        if len(sides) == 1:
            found[names[sides[0]]] = row[-1]
    return found


def sums_worked_out(lines: Sequence[tuple[dict[Any, int], int]], quarter: str) -> dict[Any, int]:
    """What the authority's figure leaves for those places that are not told: by part, less all that are."""
    known = worked_out(lines, agree=False)
    made = {}
    for part in (*PARTS, None):
        parts = (part,) if part else PARTS
        whole = next(
            (result for sides, result in lines if sides == {(quarter, p, each): 1 for p in PLACES for each in parts}),
            None,
        )
        if whole is not None:
            made[part] = int(whole - sum(known.get((quarter, place, each), 0) for place in PLACES for each in parts))
    return made


@pytest.mark.parametrize("seed", range(60))
def test_no_published_table_tells_a_small_number_by_linear_reasoning(seed: int) -> None:
    dice = random.Random(f"published {seed}")
    told, _ = published(dice, dice.choice((1, 3, 6, 12)))
    lines = equations(told)
    for unknown, many in worked_out(lines).items():
        assert not 0 < many < FEWEST, (unknown, many)
    for quarter in QUARTERS:
        for part, left in sums_worked_out(lines, quarter).items():
            assert not 0 < left < FEWEST, (quarter, part, left)


@pytest.mark.parametrize("seed", range(60))
def test_no_two_reports_differ_by_a_small_number(seed: int) -> None:
    """Of one quarter and place, whenever it is told and in whichever report: the same figure, or none."""
    told, worlds = published(random.Random(f"differences {seed}"), 10)
    said: dict[Any, set[Any]] = {}
    for _, report in told:
        for cell in report:
            figure = cell["figure"]
            said.setdefault((cell["measure"], cell["quarter"], cell["area"]), set()).add(
                (figure["state"], figure["counted"], figure["out_of"])
            )
    assert all(len(each) == 1 for each in said.values()), said
    assert len({str(world) for world in worlds}) > 1, "there was something to find out: families moved"


def test_there_is_enough_to_find_to_keep_back_and_to_show() -> None:
    small = shown = left_out = 0
    for seed in range(60):
        told, worlds = published(random.Random(f"published {seed}"), 6)
        small += sum(0 < many < FEWEST for parts in worlds[0].values() for many in parts)
        shown += sum(cell["figure"]["state"] == State.SHOWN for _, report in told for cell in report)
        left_out += sum(cell["figure"]["state"] == State.FEW for _, report in told for cell in report)
    assert small > 200 and shown > 200 and left_out > 200


def test_the_attack_finds_what_each_report_by_itself_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports that left out small numbers each by itself, as of its own moment, would be found out: so the tests above can fail."""
    monkeypatch.setattr(suppression, "_is_safe", lambda key, parts, told, districts, fewest: True)
    found_out = 0
    for seed in range(120):
        told, _ = published(random.Random(f"published {seed}"), 12)
        lines = equations(told)
        found_out += any(0 < many < FEWEST for many in worked_out(lines, agree=False).values()) or any(
            0 < many < FEWEST for quarter in QUARTERS for many in sums_worked_out(lines, quarter).values()
        )
    assert found_out > 3


def test_what_was_told_once_is_told_the_same_and_what_was_left_out_stays_so() -> None:
    first = invented(random.Random("once"))
    first = {key: [20, 30] for key in first} | {(QUARTERS[-1], "chorley"): [3, 30]}
    made, ledger = for_everybody(cells(first, "burnley"), {}, lambda quarter: PLACES, lambda events: FEWEST)
    ledger = ledger | for_everybody(cells(first, "chorley"), ledger, lambda quarter: PLACES, lambda events: FEWEST)[1]
    second = first | {(QUARTERS[0], "burnley"): [21, 30], (QUARTERS[-1], "chorley"): [20, 30]}
    again, new = for_everybody(cells(second, "burnley"), ledger, lambda quarter: PLACES, lambda events: FEWEST)
    assert [each["figure"] for each in again] == [each["figure"] for each in made] and not new
    chorley, _ = for_everybody(cells(second, "chorley"), ledger, lambda quarter: PLACES, lambda events: FEWEST)
    assert {each["figure"]["state"] for each in chorley if each["quarter"] == QUARTERS[-1] and each["area"]} == {
        State.FEW
    }


def test_what_is_not_open_is_neither_told_nor_left_out() -> None:
    blank = {"state": State.NOT_OPEN, "counted": 0, "out_of": 0, "value": None, "is_share": False, "is_wait": False}
    cell = {
        "measure": "requests",
        "quarter": QUARTERS[0],
        "area": "preston",
        "events": EVENTS,
        "figure": blank,
        "parts": None,
    }
    made, new = for_everybody([cell], {}, lambda quarter: PLACES[:3], lambda events: FEWEST)
    assert made[0]["figure"]["state"] == State.NOT_OPEN and not new


def row(number: int | None, as_at: str = "2026-03-31", code: str = "starts", of_people: bool = True) -> dict[str, Any]:
    return {
        "project": "neet", "code": code, "as_at": as_at, "number": number, "of_people": of_people, "achieved": f"{number}", "said": "Good",
        "remark": "Said.",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_no_two_rows_of_a_project_on_any_two_days_differ_by_a_small_number(seed: int) -> None:
    dice, ledger, shown = random.Random(f"project {seed}"), Ledger(), []
    reached = {"starts": 20, "vulnerable": 5}
    for day in ("2025-12-31", "2026-03-31", "2026-03-31", "2026-06-30"):
        reached = {code: many + dice.choice((0, 1, 3, 20)) for code, many in reached.items()}
        made, new = rows_for_everybody([row(many, day, code) for code, many in reached.items()], ledger, FEWEST)
        ledger |= new
        shown += [each["number"] for each in made if each["number"] is not None]
    assert all(not 0 < abs(one - other) < FEWEST for one, other in combinations(shown, 2)), shown


def test_a_row_of_a_project_that_counts_no_people_is_told() -> None:
    made, new = rows_for_everybody([row(2, of_people=False), row(None)], {}, FEWEST)
    assert [each["achieved"] for each in made] == ["2", "None"] and not new
