"""Returns make and chase themselves: a nightly walk over contracts, in the name of whoever answers for each. Safe to run twice."""

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

from django.db import connection

from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import quarters_of
from hearth.commissioning.contracts.returns import days, telling
from hearth.commissioning.contracts.returns.actions import make_return
from hearth.commissioning.contracts.returns.models import Return, ReturnChase, ReturnState
from hearth.foundation.accounts.models import User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as

log = logging.getLogger("hearth.returns")
BACK = 2  # quarters: how far back a return is made that a night missed, and no further
TEMPLATES = {"before": "return_due", "on": "return_due_today", "after": "return_late"}


def make_and_chase() -> tuple[int, int]:
    """Make the returns whose day has come and chase those that were not sent; how many of each. One contract's fault stops no other's."""
    made = chased = 0
    for contract, runner in _runners():
        by = User.objects.select_related("organisation").filter(pk=runner).first()
        if by is None:
            continue
        try:
            with acting_as(by):
                found = (
                    Contract.objects.visible_to(by).select_related("provider", "manager").filter(pk=contract).first()
                )
                if found is not None:
                    made += _make(by, found)
                    chased += _chase(by, found)
        except Exception:
            log.exception("The returns of contract %s could not be made or chased", contract)
    return made, chased


def _runners() -> list[tuple[Any, Any]]:
    """Each contract that is worked under, and in whose name its returns are made."""
    with connection.cursor() as cursor:
        cursor.execute("select contract, runner from hearth_return_runners(%s)", [clock.today()])
        return list(cursor.fetchall())


def quarters_to_make(contract: Contract) -> Iterator[dt.date]:
    """The quarters of a contract whose return is to be there today: the latest, and those that a night missed; none of before it was signed."""
    first = days.first_quarter(contract)
    if first is None:
        return iter(())
    quarters = [each for each in quarters_of(contract.starts_on, contract.ends_on) if each >= first]
    return iter([each for each in quarters if days.made_on(each) <= clock.today()][-BACK:])


def _make(by: Any, contract: Contract) -> int:
    there = set(Return.objects.filter(contract=contract).values_list("quarter", flat=True))
    wanted = [each for each in quarters_to_make(contract) if each not in there]
    return sum(make_return(by=by, contract=contract, quarter=each) is not None for each in wanted)


def step_today(due: dt.date) -> tuple[str, int] | None:
    """The latest step of the chase whose day has come; none before the first."""
    come = [(step, many) for day, step, many in days.steps_of(due) if day <= clock.today()]
    return come[-1] if come else None


def _chase(by: Any, contract: Contract) -> int:
    rows = Return.objects.filter(contract=contract, state=ReturnState.DRAFT, number=1).select_related(
        "contract__provider", "contract__manager"
    )
    asked = (
        Return.objects.filter(contract=contract).unanswered().select_related("contract__provider", "contract__manager")
    )
    return sum(chase_return(by=by, owner=each) for each in rows) + sum(
        chase_answer(by=by, owner=each) for each in asked
    )


@action
def chase_return(*, by: Any, owner: Return) -> bool:
    """Chase a return by the step that has come, once; whether anybody was told. Steps that a night missed are not caught up with."""
    step = step_today(owner.due_on)
    if (
        step is None
        or owner.state != ReturnState.DRAFT
        or ReturnChase.objects.filter(owner=owner, step=step[0], days=step[1]).exists()
    ):
        record("returns.chased_already", subject=owner)
        return False
    key = f"return_chase {step[0]} {step[1]} {owner.pk}"
    told = telling.tell_provider(by, owner, TEMPLATES[step[0]], key)
    if step[0] == "after":
        told += telling.tell_manager(by, owner, "return_not_come", f"manager {key}")
    ReturnChase(owner=owner, step=step[0], days=step[1], told=told).save(force_insert=True)
    record("returns.chased", subject=owner, step=step[0], days=step[1], told=told)
    return True


@action
def chase_answer(*, by: Any, owner: Return) -> bool:
    """Chase an answer that has not come by its day, once a step of the pack; whether anybody was told."""
    due = owner.answer_due_on
    come = [many for day, many in days.chases_of_answer(due) if day <= clock.today()] if due else []
    said: dict[str, Any] = {"owner": owner, "step": ReturnChase.Step.ASKED, "due_on": due}
    if not come or not owner.is_answer_late or ReturnChase.objects.filter(**said, days=come[-1]).exists():
        record("returns.chased_already", subject=owner)
        return False
    key = f"answer_chase {come[-1]} {due} {owner.pk}"
    told = telling.tell_provider(by, owner, "query_late", key)
    told += telling.tell_manager(by, owner, "query_not_answered", f"manager {key}")
    ReturnChase(**said, days=come[-1], told=told).save(force_insert=True)
    record("returns.answer_chased", subject=owner, days=come[-1], told=told)
    return True
