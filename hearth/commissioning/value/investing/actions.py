"""Begin an investment, change what is expected of it, and record days in care. Each keeps a version."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from hearth.commissioning.value import rules as values
from hearth.commissioning.value.investing import counting, queries, rules
from hearth.commissioning.value.models import CareDays, Investment
from hearth.commissioning.value.queries import index_held
from hearth.commissioning.value.versions import keep_version
from hearth.commissioning.value.words import changes_in_words
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean, one_line


def _typed(by: Any, told: dict[str, Any]) -> dict[str, Any]:
    unknown = set(queries.TYPED) ^ set(told)
    if unknown:
        raise TypeError(f"An investment is told with all of its figures and no others: {sorted(unknown)}.")
    typed = told | {
        "name": one_line(told["name"], 120), "of": one_line(told["of"], 60), "care_source": one_line(told["care_source"], 200),
        "words": clean(told["words"]).strip(),
    }  # fmt: skip
    for name in ("baseline", "target", "cautious", "hopeful", "cashable"):
        typed[name] = Decimal(told[name]).quantize(Decimal("0.01"))
    refuse(rules.why_not_this_investment(typed))
    refuse(values.why_not_these_years([typed["care_year"]], typed["prices"], index_held(by)))
    return typed


def _keep(by: Any, investment: Investment, what: str, why: str = "") -> None:
    row = queries.again(investment)
    found = queries.projection(row, index_held(by), row.counted)
    came: dict[str, Any] = {}
    if found.refusal is None:
        came = {words: str(result.multiple) for words, result in found.cases}
        came |= {"paid": found.expected.paid, "net": found.expected.net, "prices": investment.prices}
    keep_version(by, what, why, came, found.index if found.uprated else None, investment=investment)


@action
def add_investment(*, by: Any, area: Any = None, key: uuid.UUID | None = None, **told: Any) -> Investment:
    """Say what investors put in, what they are paid for, and how children may fare."""
    refuse(values.why_not_value(by, area))
    typed = _typed(by, told)
    sent = key_of_sending(key, typed, area)
    there = Investment.objects.filter(added_by=by, key=sent).first()
    made = there or Investment(reference=drawn_reference("IN"), area=area, added_by=by, key=sent, **typed)
    if there is None:
        made.save(force_insert=True)
        _keep(by, made, "Begun")
    record("value.investment_added", subject=made)
    return made


@action
def change_investment(*, by: Any, investment: Investment, why: str, seen: str | None = None, **told: Any) -> Investment:
    """Put right what was agreed, or expect something else."""
    investment.hold()
    refuse(values.why_not_value(by, investment.area))
    typed = _typed(by, told)
    refuse(values.why_not_reason(why))
    before = {each: getattr(investment, each) for each in typed}
    changed = write_seen(
        investment, seen, typed, {each: str for each in typed if each not in ("name", "of", "care_source", "words")}
    )
    if changed:
        investment.save(update_fields=changed)
        _keep(by, investment, changes_in_words(before, typed, changed), why)
    record("value.investment_changed", subject=investment, changed=changed)
    return investment


@action
def record_care_days(
    *, by: Any, investment: Investment, from_on: dt.date, until_on: dt.date, children: int, child_days: int, care_days: int, source: str,
) -> CareDays:  # fmt: skip
    """Record what was counted of the children who are followed: how many, their days, and those in care. No child is named."""
    investment.hold()
    refuse(values.why_not_value(by, investment.area))
    source = one_line(source, 200)
    refuse(rules.why_not_these_days(from_on, until_on, children, child_days, care_days, source, investment))
    refuse(rules.why_not_at_that_time(queries.overlaps(investment, from_on, until_on)))
    made = CareDays(
        reference=drawn_reference("CD"), investment=investment, from_on=from_on, until_on=until_on, children=children,
        child_days=child_days, care_days=care_days, source=source, recorded_by=by,
    )  # fmt: skip
    made.save(force_insert=True)
    _keep(
        by,
        investment,
        f"Care days recorded: {from_on:%d/%m/%Y} to {until_on:%d/%m/%Y}, {care_days} of {child_days}",
        source,
    )
    record("value.care_days_recorded", subject=made, investment=investment.reference)
    return made


@action
def record_counted_days(*, by: Any, investment: Investment, quarter: dt.date, seen: str | None = None) -> CareDays:
    """Record what Hearth counted of a quarter: from then on what is due follows it, whatever becomes of the lists it was counted from."""
    investment.hold()
    refuse(values.why_not_value(by, investment.area))
    found = counting.counted_days(by, queries.again(investment))
    there = found.quarter(quarter)
    refuse(rules.why_not_counted(there, seen))
    told: dict[str, Any] = {
        name: getattr(there, name) for name in ("from_on", "until_on", "children", "child_days", "care_days")
    }
    source = f"Counted by Hearth: contract {investment.of}, social care’s status as at {found.as_at:%d/%m/%Y}"
    refuse(rules.why_not_these_days(**told, source=source, of=investment))
    refuse(rules.why_not_at_that_time(queries.overlaps(investment, there.from_on, there.until_on)))
    made = CareDays(
        reference=drawn_reference("CD"), investment=investment, source=source, recorded_by=by, as_at=found.as_at, **told
    )
    made.save(force_insert=True)
    _keep(
        by,
        investment,
        f"Care days as Hearth counted them: {there.words}, {there.care_days} of {there.child_days}",
        source,
    )
    record("value.counted_days_recorded", subject=made, investment=investment.reference, as_at=found.as_at)
    return made


@action
def withdraw_care_days(*, by: Any, counted: CareDays, why: str) -> CareDays:
    """What was counted was wrong: it stays, with the reason, and counts no longer."""
    investment = Investment.objects.select_related("area").get(pk=counted.investment_id)
    investment.hold()
    counted.hold()
    refuse(values.why_not_value(by, investment.area))
    refuse(rules.why_not_count_still(counted))
    refuse(values.why_not_reason(why))
    counted.withdrawn_at, counted.withdrawn_why = clock.now(), one_line(why, 200)
    counted.save(update_fields=["withdrawn_at", "withdrawn_why"])
    _keep(by, investment, f"Care days withdrawn: {counted.from_on:%d/%m/%Y} to {counted.until_on:%d/%m/%Y}", why)
    record("value.care_days_withdrawn", subject=counted)
    return counted
