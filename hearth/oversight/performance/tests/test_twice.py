"""Each measure counted twice: by the database, and by hand from the records that two managers read. Edges are planted."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.actions import close_case, move_family, reopen_case, take_up_case
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.actions import decline_step_up, request_step_up, withdraw_step
from hearth.casework.cases.steps.models import CareStep
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.cases.steps.tests.conftest import ASKED
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.plans.actions import agree_plan, start_plan
from hearth.casework.plans.models import Outcome
from hearth.casework.plans.outcomes.actions import add_outcome, end_outcome
from hearth.casework.plans.tests.conftest import WHOLE
from hearth.desk.counts.tests.test_assessed import begun, family_with_case, finished
from hearth.desk.deciding.actions import decide_request
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import SOURCES, WAITS
from hearth.foundation.core.reader import acting_as
from hearth.oversight.performance.behind import opened
from hearth.oversight.performance.counting import WAITED, Counted, counted
from hearth.oversight.performance.keeping import keep_measures
from hearth.oversight.performance.quarters import Quarter, quarter_of
from hearth.oversight.performance.queries import Wanted
from hearth.oversight.performance.tests.by_hand import ByHand
from hearth.records.documents.tests.conftest import worker  # noqa: F401
from hearth.records.people.actions import add_person
from hearth.records.people.restrictions.actions import place_restriction

FIRST, LAST = Quarter(dt.date(2025, 1, 1)), Quarter(dt.date(2026, 7, 1))
NOW = dt.date(2026, 11, 2)
CLOSED = {"reason": "outcomes_met", "outcome": "most_met", "closing_words": "Done.", "family_view": "Good."}
SECOND = {"reason": "moved_away", "outcome": "not_known", "closing_words": "They left.", "family_view": "Good."}


def on(day: str, time: str = "09:00") -> Any:
    """The clock stands at that moment in London."""
    return clock.frozen(dt.datetime.combine(dt.date.fromisoformat(day), dt.time.fromisoformat(time), clock.LONDON))


class Story:
    """Tells what happened, day by day."""

    def __init__(self, cast: Any, area: Any, other_area: Any) -> None:
        self.cast, self.area, self.other_area = cast, area, other_area

    def open(self, name: str, day: str, place: Any = None) -> Case:
        by = self.cast.other_family_worker if place is not None else self.cast.family_worker
        with on(day):
            return family_with_case(self.cast, place or self.area, name, by)

    def close(self, case: Case, day: str, **how: Any) -> Case:
        with on(day), acting_as(self.cast.family_worker):
            return close_case(by=self.cast.family_worker, case=case, **(CLOSED | how))

    def again(self, case: Case, day: str) -> Case:
        with on(day), acting_as(self.cast.manager):
            return reopen_case(by=self.cast.manager, case=case, because="new_need")

    def assess(self, case: Case, begins: str, ends: str = "", at: str = "09:00") -> Assessment:
        with on(begins):
            made = begun(self.cast.family_worker, case)
        if ends:
            with on(ends, at):
                finished(self.cast, made)
        return made

    def refer(self, case: Case, day: str, at: str = "10:00") -> CareStep:
        basis = StepBasis("consent", "Yes.", agreed_on=dt.date.fromisoformat(day))
        with on(day, at), acting_as(self.cast.family_worker):
            return request_step_up(by=self.cast.family_worker, case=case, **(ASKED | {"basis": basis}))


@pytest.fixture
def story(cast: Any, area: Any, other_area: Any) -> Story:
    """Whoever tells it."""
    return Story(cast, area, other_area)


@pytest.fixture
def told(story: Story, cast: Any, area: Any, other_area: Any, monkeypatch: pytest.MonkeyPatch) -> Story:
    """A year and a half with every edge that a figure may fall over. Managers keep what is closed, to count it by hand."""
    monkeypatch.setitem(pack().access.__dict__, "manager_days", 3650)
    by, manager = cast.family_worker, cast.manager
    # Closed on the last day of a month and quarter; again a year later to the day, and another a day after that.
    for name, back in (("Abbot", "2026-03-31"), ("Baxter", "2026-04-01")):
        case = story.close(story.open(name, "2025-02-03"), "2025-03-31")
        story.again(case, back)
    # Closed by mistake and taken up again: one case, never closed. Opened by mistake: no case.
    mistaken = story.close(story.open("Carter", "2025-05-01"), "2025-06-02")
    with on("2025-06-03"), acting_as(manager):
        take_up_case(by=manager, case=mistaken, because="closed_in_error")
    story.close(story.open("Dacre", "2025-05-06"), "2025-05-07", reason="opened_in_error", outcome="not_known")
    # Siblings, one not born yet, are one family and one case; assessed at half past midnight on the first of a month.
    siblings = story.open("Eccles", "2025-08-04")
    with on("2025-08-05"), acting_as(by):
        add_person(by=by, family=siblings.family, role="child", given_name="Yan", family_name="Eccles", sex="F",
            born_on=dt.date(2019, 1, 1), birth_precision="full")  # fmt: skip
        add_person(by=by, family=siblings.family, role="child", given_name="Unborn", family_name="Eccles", sex="U",
            born_on=dt.date(2025, 12, 1), birth_precision="expected")  # fmt: skip
    story.assess(siblings, "2025-08-11", "2025-10-01", "00:30")
    # Social care is asked: a year after sign-off to the day; begun alone; with none; withdrawn.
    assessed = story.open("Fairclough", "2025-01-06")
    story.assess(assessed, "2025-01-13", "2025-02-10")
    story.refer(assessed, "2026-02-10")
    longer = story.open("Garside", "2025-01-06")
    story.assess(longer, "2025-01-13", "2025-02-10")
    story.refer(longer, "2026-02-11")
    only_begun = story.open("Hacking", "2026-01-05")
    story.assess(only_begun, "2026-01-12")
    story.refer(only_begun, "2026-01-20")
    none = story.open("Ingham", "2026-01-05")
    story.refer(none, "2026-03-31", "23:30")
    taken_back = story.open("Jolly", "2026-01-05")
    step = story.refer(taken_back, "2026-01-21")
    with on("2026-01-22"), acting_as(by):
        withdraw_step(by=by, step=step, withdrawal_reason="by_mistake")
    # After closing: on the day itself, six months to the day, a day later, a year to the day, a day after that.
    for name, day in (
        ("Kenyon", "2025-04-30"), ("Lomax", "2025-10-30"), ("Mather", "2025-10-31"), ("Nuttall", "2026-04-30"), ("Ogden", "2026-05-01"),
    ):  # fmt: skip
        closed = story.close(story.open(name, "2025-02-04"), "2025-04-30")
        story.refer(story.again(closed, day), day)
    # A family that moves is counted where it lives now, in every figure of the past as well.
    moved = story.open("Parkinson", "2025-07-01")
    story.assess(moved, "2025-07-08", "2025-08-12")
    with acting_as(manager):  # today: who moves a family keeps it for a week of real days
        move_family(by=manager, case=moved, area=other_area)
    story.open("Quigley", "2025-07-02", other_area)
    # A plan, agreed twice: the first time counts. Outcomes reached on the last day of a quarter, and set aside.
    planned = story.open("Ramsden", "2025-07-01")
    with on("2025-07-15"), acting_as(by):
        plan = start_plan(by=by, case=planned, type="early_help")
        for want in ("One", "Two", "Three"):
            add_outcome(by=by, plan=plan, **(WHOLE | {"want": want}))
        parent = planned.family.memberships.get().person
    for day in ("2025-07-20", "2025-09-01"):
        with on(day), acting_as(by):
            agree_plan(by=by, plan=plan, agreed_on=clock.today(), agreed_by=[parent], how="together")
    for number, day, state in ((1, "2025-09-30", "met"), (2, "2025-10-01", "set_aside")):
        with on(day), acting_as(by):
            end_outcome(
                by=by, outcome=Outcome.objects.get(plan=plan, number=number), state=state, ended_why="So it is."
            )
    # Requests: in time, late, waiting; at half past midnight of a first of the month, which is still the last of one in UTC.
    ask = asking(cast, area)
    for day, at in (("2026-04-01", "00:30"), ("2026-05-05", "09:00"), ("2026-05-06", "09:00")):
        with on(day, at):
            ask(consent_on=dt.date.fromisoformat(day) - dt.timedelta(days=1))
    door = cast.front_door_officer
    for day, decided, late in (("2026-07-01", "2026-07-03", ""), ("2026-07-06", "2026-08-31", "missed")):
        with on(day):
            asked_for = ask(consent_on=dt.date.fromisoformat(day) - dt.timedelta(days=1))
        with on(decided), acting_as(door):
            decide_request(by=door, request=asked_for, outcome="no_further_action", reason="Nothing is needed.", late_because=late,
                words_for_referrer="Thank you.")  # fmt: skip
    # Social care answers: declined, two days later.
    with on("2026-02-12"), acting_as(cast.safeguarding_hub_social_worker):
        decline_step_up(by=cast.safeguarding_hub_social_worker, step=CareStep.objects.get(case=assessed),
            decline_reason="threshold_not_met", answer="Early help carries on.")  # fmt: skip
    story.close(story.open("Sagar", "2025-11-03"), "2025-12-01", **SECOND)
    # Restricted: in no figure.
    hidden = story.close(story.open("Shaw", "2025-02-03"), "2025-04-02")
    with on("2025-04-03"), acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=hidden.family.reference, reason="A refuge.")
    return story


@pytest.fixture
def read(told: Story, cast: Any) -> Callable[[], Counted]:
    """What the database counts, as a board member reads it."""

    def make() -> Counted:
        with clock.frozen(NOW), acting_as(cast.board_member):
            return counted(cast.board_member, pack().measures.measures, FIRST, LAST)

    return make


def within(day: dt.date) -> bool:
    return FIRST.first_on <= day <= LAST.last_on


def test_every_part_of_every_source_is_the_same_counted_twice(read: Any, cast: Any) -> None:
    found, by_hand = read(), ByHand(cast)
    districts: Counter[Any] = Counter()
    months: Counter[Any] = Counter()
    for source, about, part, day, area in by_hand.events():
        if within(day):
            districts[quarter_of(day).first_on, area, source, about, part] += 1
            months[day.replace(day=1), source, about, part] += 1
    for source, _, day, area in by_hand.waits():
        if within(day):
            districts[quarter_of(day).first_on, area, source, "", WAITED] += 1
            months[day.replace(day=1), source, "", WAITED] += 1
    counted_here = {
        (quarter, area, *part): many
        for (quarter, area), unit in found.districts.items()
        for part, many in unit.items()
        if many
    }
    assert counted_here == dict(districts)
    assert {
        (month, *part): many for month, unit in found.months.items() for part, many in unit.items() if many
    } == dict(months)
    planted = {(source, part) for (_, _, source, _, part) in districts}
    assert planted >= {(source, one) for source, parts in SOURCES.items() for one in parts}, (
        "every part has a case that was planted"
    )


def test_every_median_is_the_same_reckoned_twice(read: Any, cast: Any) -> None:
    found = read()
    days: dict[Any, list[int]] = {}
    for source, many, day, area in ByHand(cast).waits():
        if within(day):
            for key in (
                (source, quarter_of(day).first_on, area),
                (source, quarter_of(day).first_on, ""),
                (source, day.replace(day=1), "month"),
            ):
                days.setdefault(key, []).append(many)
    assert {key: median(each) for key, each in days.items()} == found.medians
    assert {key[0] for key in days} == set(WAITS)


def test_what_was_kept_at_night_says_the_same_as_counting(
    worker: None,  # noqa: F811
    read: Any,
    cast: Any,
) -> None:
    """And in one query in place of two that read every case."""
    counted_now = read()
    with clock.frozen(NOW):
        keep_measures()
        with acting_as(cast.board_member), CaptureQueriesContext(connection) as asked:
            found = counted(cast.board_member, pack().measures.measures, FIRST, LAST)
    assert not [each for each in asked if "hearth_performance" in each["sql"]]
    for now, night in ((counted_now.districts, found.districts), (counted_now.months, found.months)):
        assert {key: many for key, unit in now.items() if (many := {k: v for k, v in unit.items() if v})} == {
            key: many for key, unit in night.items() if (many := {k: v for k, v in unit.items() if v})
        }
    assert counted_now.medians == found.medians


def part(found: Counted, source: str, quarter: str, area: Any, about: str = "") -> dict[str, int]:
    unit = found.districts[dt.date.fromisoformat(quarter), area.code]
    return {each: unit[source, about, each] for each in SOURCES[source] if unit[source, about, each]}


def test_each_edge_falls_where_it_should(read: Any, area: Any, other_area: Any) -> None:
    found = read()
    referrals = part(found, "social_care_referrals", "2026-01-01", area)
    assert referrals == {"assessed": 1, "assessed_earlier": 1, "begun": 1, "none": 1}, (
        "a year to the day is within; withdrawn is none"
    )
    assert part(found, "after_closing", "2025-04-01", area) == {"within_6": 1, "within_12": 2, "none": 2}
    assert part(found, "cases_opened", "2026-01-01", area)["again"] == 1, "a year to the day"
    assert part(found, "cases_ended", "2025-01-01", area) == {"achieved": 2}, "the last day of the quarter is in it"
    assert found.months[dt.date(2025, 6, 1)]["cases_ended", "", "achieved"] == 0, "closed by mistake was never closed"
    assert found.months[dt.date(2025, 10, 1)]["assessments_signed_off", "", "late"] == 1, (
        "half past midnight is the next month"
    )
    assert part(found, "plan_outcomes", "2025-07-01", area, WHOLE["area"]) == {"met": 1}
    assert part(found, "plan_outcomes", "2025-10-01", area, WHOLE["area"]) == {"set_aside": 1}
    assert part(found, "assessments_signed_off", "2025-07-01", area) == {}, (
        "who has moved is counted where they live now"
    )
    assert sum(part(found, "assessments_signed_off", "2025-07-01", other_area).values()) == 1
    assert part(found, "requests", "2026-04-01", area) == {"waiting": 3}
    assert found.months[dt.date(2026, 4, 1)]["requests", "", "waiting"] == 1, "the month is London's"


def test_what_a_figure_opens_into_is_what_was_counted(told: Story, cast: Any, area: Any) -> None:
    """For a manager of the district, who may open every family of it, but for those that were restricted."""
    measures = pack().measures.measures
    with clock.frozen(NOW), acting_as(cast.manager):
        found = counted(cast.manager, measures, FIRST, LAST)
        for measure in measures:
            seen = 0
            for more in range(7):
                quarter = FIRST.later(more)
                unit = found.districts[quarter.first_on, area.code]
                abouts = measure.about or ("",)
                many = sum(unit[key] for key in list(unit) if key[0] == measure.source and key[1] in abouts)
                behind = opened(cast.manager, Wanted(quarter, area.code, measure.code))
                assert behind.may_open == many, (measure.code, quarter.words)
                seen += many
            assert bool(seen) == (measure.source != "plan_outcomes" or measure.about == (WHOLE["area"],)), measure.code


@pytest.mark.parametrize("who", ["analyst", "board_member", "elected_member", "commissioner"])
def test_whoever_opens_no_family_opens_none_of_what_was_counted(who: str, cast: Any, area: Any, story: Story) -> None:
    story.open("Tattersall", "2026-07-06")
    reader = getattr(cast, who)
    with clock.frozen(NOW), acting_as(reader):
        behind = opened(reader, Wanted(LAST, "", "cases_opened"))
        found = counted(reader, [behind.measure], LAST, LAST)
        assert found.months[dt.date(2026, 7, 1)]["cases_opened", "", "first"] == 1
        assert (behind.may_open, behind.figure.said) == (0, "too few to show")
