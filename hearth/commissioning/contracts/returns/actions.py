"""Make a return, write in it, send it, and correct one that was certified."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import connection

from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.returns import days, queries, rules, telling
from hearth.commissioning.contracts.returns.models import PeopleList, Return, ReturnFigure, ReturnState
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.seen import seen_of
from hearth.foundation.core.text import clean

WORDS = ("spent_words", "case_study", "difficulties")


def take_turns(contract: Contract, quarter: dt.date) -> None:
    """Of two who make a return of one quarter at once, the second sees what the first did."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"return {contract.pk} {quarter}"])


@action
def make_return(*, by: Any, contract: Contract, quarter: dt.date) -> Return | None:
    """Make the return of a quarter, prefilled, and tell the provider; None where there is one already. The night does this."""
    take_turns(contract, quarter)
    if Return.objects.filter(contract=contract, quarter=quarter).exists():
        record("returns.made_already", subject=contract, quarter=quarter)
        return None
    made = _new(contract, quarter)
    made.save(force_insert=True)
    planned = queries.planned(contract, quarter)
    for target in queries.targets(contract):
        ReturnFigure(owner=made, target=target, profile=planned.get(target.pk)).save(force_insert=True)
    telling.tell_provider(by, made, "return_made", f"return_made {made.pk}")
    record("returns.made", subject=made, contract=contract.reference, quarter=quarter)
    return made


def _new(contract: Contract, quarter: dt.date, **more: Any) -> Return:
    return Return(
        reference=drawn_reference("RT"), contract=contract, organisation=contract.provider, quarter=quarter,
        ends_on=days.last_day(quarter), due_on=days.due_on(quarter), **more,
    )  # fmt: skip


def seen_in_return(owner: Return, figures: Mapping[Any, tuple[int | None, str]]) -> str:
    """What somebody saw of a return that is being made, in a few letters."""
    told = [getattr(owner, name) for name in (*WORDS, "spent_pence", "consented", "names_changed")]
    return seen_of(told, sorted((str(key), *each) for key, each in figures.items()))


def written(figures: list[ReturnFigure]) -> dict[Any, tuple[int | None, str]]:
    """Figures and their words, by target."""
    return {each.target_id: (each.actual, each.words) for each in figures}


@action
def write_return(
    *, by: Any, owner: Return, figures: Mapping[Any, tuple[int | None, str]], spent_pence: int | None, spent_words: str, case_study: str,
    consented: bool, names_changed: bool, difficulties: str, seen: str | None = None,
) -> Return:  # fmt: skip
    """Write in a return that is being made. What is still missing may stay so until it is sent."""
    owner.hold()
    refuse(rules.why_not_write(by, owner))
    said: dict[str, Any] = {
        "spent_pence": spent_pence, "spent_words": clean(spent_words).strip(), "case_study": clean(case_study).strip(),
        "difficulties": clean(difficulties).strip(), "consented": consented, "names_changed": names_changed,
    }  # fmt: skip
    figures = {key: (actual, clean(words).strip()) for key, (actual, words) in figures.items()}
    refuse(rules.why_not_these_words(said, figures))
    rows = queries.figures(by, owner)
    _not_written_meanwhile(owner, rows, said, seen)
    for each in rows:
        if each.target_id in figures and (each.actual, each.words) != figures[each.target_id]:
            each.actual, each.words = figures[each.target_id]
            each.save(update_fields=["actual", "words"])
    for name, value in said.items():
        setattr(owner, name, value)
    owner.save(update_fields=list(said))
    record("returns.written", subject=owner)
    return owner


def _not_written_meanwhile(owner: Return, rows: list[ReturnFigure], said: Mapping[str, Any], seen: str | None) -> None:
    """Two of one provider write at once: whoever saves second reads both texts and chooses."""
    if seen is None or seen == seen_in_return(owner, written(rows)):
        return
    texts = {name: (str(getattr(owner, name)), str(said[name])) for name in WORDS if getattr(owner, name) != said[name]}
    raise Conflict(
        texts or {"figures": ("A colleague changed figures while you had the page open.", "What you typed is below.")}
    )


@action
def send_return(*, by: Any, owner: Return) -> Return:
    """Send a return: its profile and what was paid stand from now on as they are today. The contract manager is told."""
    owner.hold()
    rows = queries.figures(by, owner)
    refuse(rules.why_not_send(by, owner, rows))
    planned = queries.planned(owner.contract, owner.quarter)
    for each in rows:
        if each.profile != planned.get(each.target_id):
            each.profile = planned.get(each.target_id)
            each.save(update_fields=["profile"])
    owner.state, owner.sent_at, owner.sent_by, owner.paid_pence = (
        ReturnState.SUBMITTED,
        clock.now(),
        by,
        queries.paid_in(owner),
    )
    owner.save(update_fields=["state", "sent_at", "sent_by", "paid_pence"])
    check_later(by, owner)
    telling.tell_manager(by, owner, "return_sent", f"return_sent {owner.pk}")
    record("returns.sent", subject=owner, late=owner.came_late)
    return owner


def check_later(by: Any, owner: Return) -> None:
    """Have its list of people checked against casework in the background, where it has one."""
    found = PeopleList.objects.filter(owner=owner).values_list("pk", flat=True).first()
    if found is not None:
        defer("returns.check_people", people=found, by=by.pk)


@action
def correct_return(*, by: Any, owner: Return, why: str) -> Return:
    """Begin a new version of a certified return, as that one reads, with the reason. It stands until the new one is certified."""
    take_turns(owner.contract, owner.quarter)
    owner.refresh_from_db()
    waits = Return.objects.filter(contract=owner.contract, quarter=owner.quarter).exclude(state=ReturnState.CERTIFIED)
    refuse(rules.why_not_correct(by, owner, why, waits=waits.exists()))
    same = {name: getattr(owner, name) for name in (*WORDS, "spent_pence", "consented", "names_changed")}
    made = _new(
        owner.contract, owner.quarter, number=owner.number + 1, why_again=" ".join(clean(why).split())[:400], **same
    )
    made.save(force_insert=True)
    for each in queries.figures(by, owner):
        ReturnFigure(owner=made, target=each.target, profile=each.profile, actual=each.actual, words=each.words).save(
            force_insert=True
        )
    if not rules.delivers(by, owner.contract):
        telling.tell_provider(by, made, "return_made", f"return_made {made.pk}")
    record("returns.correction_begun", subject=made, corrects=owner.reference)
    return made
