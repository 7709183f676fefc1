"""Returns make and chase themselves, with the days from the pack; whatever a night misses or does twice."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.contracts.returns import chasing, days, queries
from hearth.commissioning.contracts.returns.models import Return, ReturnChase
from hearth.commissioning.contracts.returns.tests.conftest import last_quarter
from hearth.desk.waiting import waiting_for
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.messages.models import Message


def this_quarter() -> dt.date:
    """The quarter in which today is: it ends in days to come."""
    return quarter_of(clock.today())


@pytest.fixture
def night(cast: Any) -> Callable[[dt.date], tuple[int, int]]:
    """`night(day)`: what is made and chased in the night of a day."""

    def run(day: dt.date) -> tuple[int, int]:
        with clock.frozen(day):
            return chasing.make_and_chase()

    return run


def chased(owner: Return, cast: Any, as_: Any, by: Any = None) -> list[tuple[str, int, int]]:
    """The steps by which it was chased."""
    with as_(by or cast.development_officer):
        return list(ReturnChase.objects.filter(owner=owner).order_by("created_at").values_list("step", "days", "told"))


def told(template: str, by: Any, as_: Any) -> list[Any]:
    """To whom somebody wrote with these words."""
    with as_(by):
        return list(Message.objects.filter(template=template).values_list("to_user_id", flat=True))


def of_quarter(contract: Contract, quarter: dt.date, cast: Any, as_: Any) -> Return:
    """The return of a quarter."""
    with as_(cast.provider):
        return Return.objects.select_related("contract__manager").get(contract=contract, quarter=quarter)


def test_the_days_are_those_of_the_pack() -> None:
    said, quarter = pack().returns, dt.date(2026, 7, 1)
    assert days.made_on(quarter) == clock.add_working_days(dt.date(2026, 9, 30), said.open_days)
    due = days.due_on(quarter)
    assert due == clock.add_working_days(dt.date(2026, 9, 30), said.due_days)
    steps = list(days.steps_of(due))
    assert [day for day, _, _ in steps] == sorted(day for day, _, _ in steps)
    for day, step, many in steps:
        first, last = (day, due) if step == "before" else (due, day)
        assert clock.working_days_between(first, last) == many, (day, step)
    assert {step for _, step, _ in steps} == {"before", "on", "after"}


def test_a_return_is_made_on_its_day_and_not_before(contract: Contract, night: Any, cast: Any, as_: Any) -> None:
    made = days.made_on(this_quarter())
    night(made - dt.timedelta(days=1))
    with as_(cast.provider):
        assert not Return.objects.filter(quarter=this_quarter()).exists()
    assert night(made)[0] == 1, "the one before it is there"
    assert night(made)[0] == 0, "once"
    with as_(cast.provider):
        assert Return.objects.get(quarter=this_quarter()).figures.count() == 3


def test_a_night_that_was_missed_is_caught_up_with_and_old_quarters_are_not(
    contract: Contract, night: Any, cast: Any, as_: Any
) -> None:
    assert night(clock.today())[0] == 2
    with as_(cast.provider):
        quarters = set(Return.objects.values_list("quarter", flat=True))
    assert max(quarters) == last_quarter() and len(quarters) == 2 and len(contract.quarters) > 4


def test_it_is_chased_before_its_day_on_it_and_after_each_step_once(
    contract: Contract, night: Any, cast: Any, as_: Any
) -> None:
    night(days.made_on(this_quarter()))
    owner = of_quarter(contract, this_quarter(), cast, as_)
    expected = []
    for day, step, many in days.steps_of(owner.due_on):
        night(day)
        night(day)
        expected.append((step, many, 2 if step == "after" else 1))
        assert chased(owner, cast, as_) == expected
    officer, provider = cast.development_officer, cast.provider
    after = len(pack().returns.chase_after)
    mine = [to for to in told("return_not_come", officer, as_) if to == officer.pk]
    assert (
        len(mine) >= after
        and provider.pk in told("return_late", officer, as_)
        and provider.pk in told("return_due_today", officer, as_)
    )


def test_the_steps_that_nights_missed_are_not_all_sent_at_once(
    contract: Contract, night: Any, cast: Any, as_: Any
) -> None:
    night(days.made_on(this_quarter()))
    owner = of_quarter(contract, this_quarter(), cast, as_)
    night(owner.due_on + dt.timedelta(days=120))
    assert [step for step, _, _ in chased(owner, cast, as_)] == ["after"]


def test_what_was_sent_is_chased_no_more(sent: Return, night: Any, cast: Any, as_: Any) -> None:
    night(clock.today())
    assert chased(sent, cast, as_) == []


def test_late_says_so_to_provider_and_manager_and_leaves_with_the_sending(
    owner: Return, fill: Any, send: Any, contract: Contract, cast: Any, as_: Any
) -> None:
    assert owner.due_on < clock.today() and owner.is_late
    for by in (cast.provider, cast.development_officer):
        with as_(by):
            assert queries.waiting(by)["late"] == 1
            assert any("return" in each.words and each.late for each in waiting_for(by)), by
    sent = send(fill(owner, 9, 41, 8800))
    assert (sent.state, sent.came_late) == ("submitted", True)
    for by, late in ((cast.provider, 0), (cast.development_officer, 0)):
        with as_(by):
            assert queries.waiting(by)["late"] == late
    with as_(cast.development_officer):
        assert any("to ask about or certify" in each.words for each in waiting_for(cast.development_officer))


def test_whatever_becomes_of_its_manager_a_contract_is_chased(
    contract: Contract, night: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.administrator):
        assert User.objects.filter(pk=cast.development_officer.pk).update(is_active=False) == 1
    assert night(days.made_on(this_quarter()))[0] == 2, "this quarter's, and the one before it"
    owner = of_quarter(contract, this_quarter(), cast, as_)
    assert told("return_made", cast.commissioner, as_).count(cast.provider.pk) >= 1, (
        "in the name of whoever runs contracts"
    )
    night(owner.due_on + dt.timedelta(days=30))
    assert chased(owner, cast, as_, cast.commissioner)[-1][2] == 1, "the provider alone: nobody manages it"


def quarters_of_night(contract: Contract, cast: Any, as_: Any) -> set[dt.date]:
    """The quarters of which there is a return."""
    with as_(cast.provider):
        return set(Return.objects.filter(contract=contract).values_list("quarter", flat=True))


def test_of_what_was_before_it_was_signed_no_return_is_asked_for(
    make_contract: Any, agreement: Any, night: Any, cast: Any, as_: Any
) -> None:
    signed = this_quarter() + dt.timedelta(days=40)
    found = make_contract(agreement=agreement, signed_on=min(signed, clock.today()))
    night(clock.today())
    assert quarters_of_night(found, cast, as_) == set(), "quarters that ended before anything was agreed"
    night(days.made_on(this_quarter()))
    assert quarters_of_night(found, cast, as_) == {this_quarter()}
    owner = of_quarter(found, this_quarter(), cast, as_)
    assert owner.due_on > days.made_on(this_quarter()), "and it is not late at once"


@pytest.mark.parametrize(
    ("signed", "first"),
    [
        (dt.date(2026, 1, 5), dt.date(2026, 1, 1)),  # before it begins: from its first day, in the middle of a quarter
        (dt.date(2026, 4, 20), dt.date(2026, 4, 1)),
        (dt.date(2026, 6, 17), dt.date(2026, 4, 1)),  # fourteen days of it are left
        (dt.date(2026, 6, 18), dt.date(2026, 7, 1)),  # thirteen are not enough
        (dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
        (dt.date(2026, 12, 29), dt.date(2026, 10, 1)),  # no quarter has as many days left: the last is asked for
        (None, None),
    ],
)
def test_the_first_return_is_of_the_first_quarter_in_which_it_ran_for_some_days_since_it_was_signed(
    signed: dt.date | None, first: dt.date | None
) -> None:
    assert pack().returns.first_days == 14
    at = dt.datetime.combine(signed, dt.time(12), tzinfo=dt.UTC) if signed else None
    found = Contract(starts_on=dt.date(2026, 2, 10), ends_on=dt.date(2026, 12, 31), signed_at=at)
    assert days.first_quarter(found) == first


def test_what_was_asked_and_not_answered_is_chased_and_late_on_every_list_until_it_is(
    sent: Return, ask: Any, answer: Any, night: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    query = ask(sent)
    with as_(cast.provider):
        owner = Return.objects.select_related("contract").get(pk=sent.pk)
    assert owner.answer_due_on == query.due_on == days.answer_by(clock.today()) and not owner.is_late
    night(owner.answer_due_on)
    assert chased(sent, cast, as_) == [], "on the day itself there is time yet"
    steps = days.chases_of_answer(owner.answer_due_on)
    for day, _ in steps:
        night(day)
        night(day)
    assert chased(sent, cast, as_) == [("asked", many, 2) for _, many in steps]
    mine = told("query_not_answered", cast.development_officer, as_)
    assert len([to for to in mine if to == cast.development_officer.pk]) == len(steps)
    assert cast.provider.pk in told("query_late", cast.development_officer, as_)
    with clock.frozen(steps[0][0]):
        for by in (cast.provider, cast.development_officer, cast.commissioner):
            with as_(by):
                assert queries.waiting(by)["unanswered"] == 1
                assert sent.pk in [each.pk for each in queries.returns(by, "late")]
                assert any(
                    each.late and ("question" in each.words or "asked" in each.words) for each in waiting_for(by)
                ), by
        page = (
            as_client(cast.development_officer).get(reverse("quarterly_return", args=[sent.reference])).content.decode()
        )
        assert "The answer was due on" in page and "Late" in page
        answer(sent, query)
        with as_(cast.provider):
            found = Return.objects.get(pk=sent.pk)
            assert (found.state, found.answer_due_on, found.is_late) == ("changed", None, False)
            assert queries.waiting(cast.provider)["unanswered"] == 0
    before = len(chased(sent, cast, as_))
    night(steps[-1][0] + dt.timedelta(days=60))
    assert len(chased(sent, cast, as_)) == before


def test_of_two_questions_the_one_that_waits_longest_says_when_it_is_late(
    sent: Return, ask: Any, answer: Any, cast: Any, as_: Any
) -> None:
    first = ask(sent)
    with clock.frozen(clock.today() + dt.timedelta(days=9)):
        second = ask(sent, part="difficulties", question="Which?")
    assert second.due_on > first.due_on

    def due() -> dt.date | None:
        with as_(cast.provider):
            return Return.objects.get(pk=sent.pk).answer_due_on

    assert due() == first.due_on
    answer(sent, first)
    assert due() == second.due_on
    answer(sent, second)
    assert due() is None


def test_of_a_draft_or_a_settled_contract_no_return_is_made(write: Any, night: Any, cast: Any, as_: Any) -> None:
    write(starts_on=clock.today() - dt.timedelta(days=200), ends_on=clock.today() + dt.timedelta(days=200))
    assert night(clock.today()) == (0, 0)
