"""Reads of returns: the reader first, always through visible_to."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.http import Http404

from hearth.commissioning.contracts.models import Contract, Profile, Target
from hearth.commissioning.contracts.reach import CHECKS, DELIVERS
from hearth.commissioning.contracts.returns import rules
from hearth.commissioning.contracts.returns.figures import in_unit
from hearth.commissioning.contracts.returns.models import (
    Return,
    ReturnChase,
    ReturnFigure,
    ReturnQuery,
    ReturnState,
)
from hearth.commissioning.contracts.returns.models.returns import WITH_MANAGER, WITH_PROVIDER, late
from hearth.foundation.accounts.models import Appointment, Organisation, User
from hearth.foundation.accounts.queries import roles_with
from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.foundation.ui.filters import pounds

SHOWN = ("waiting", "late", "sent", "certified", "all")
_OF = ("contract__manager", "contract__provider", "organisation")


def _first_what_waits() -> Case:
    """Late, then with the provider, then with the contract manager, then certified."""
    return Case(
        When(state__in=WITH_PROVIDER, then=Value(0)), When(state__in=WITH_MANAGER, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip


def narrowed(shown: str) -> Q:
    """Which returns a choice of the list shows."""
    return {
        "waiting": ~Q(state=ReturnState.CERTIFIED),
        "late": late(),
        "sent": Q(state__in=WITH_MANAGER),
        "certified": Q(state=ReturnState.CERTIFIED),
    }.get(shown, Q())


def returns(reader: Any, shown: str = "all", contract: Contract | None = None) -> QuerySet[Return]:
    """Returns that stand or wait, what waits first."""
    refuse(rules.why_not_see_returns(reader))
    rows = Return.objects.visible_to(reader).standing().filter(narrowed(shown))
    if contract is not None:
        rows = rows.filter(contract=contract)
    return (
        rows.select_related(*_OF)
        .annotate(order=_first_what_waits())
        .order_by("order", "due_on", "contract__title", "id")
    )


def returns_page(reader: Any, shown: str, page: Any) -> Page:
    """A page of them."""
    return page_of(returns(reader, shown), page)


def return_of(reader: Any, reference: str) -> Return:
    """A return, or a page that never says whether it exists."""
    rows = Return.objects.visible_to(reader).select_related(*_OF, "sent_by", "certified_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def is_told(reader: Any, owner: Return) -> bool:
    """Whether the words and figures of a return are the reader's to see: what is being made is its provider's alone."""
    return owner.sent_at is not None or rules.delivers(reader, owner.contract)


def figures(reader: Any, owner: Return) -> list[ReturnFigure]:
    """Its figures, in the order of the contract's targets."""
    rows = ReturnFigure.objects.visible_to(reader).filter(owner=owner).select_related("target")
    return list(rows.order_by("target__number", "id"))


def asked(reader: Any, owner: Return) -> list[ReturnQuery]:
    """What was asked about it, what waits first."""
    rows = ReturnQuery.objects.visible_to(reader).filter(owner=owner)
    rows = rows.select_related("figure__target", "asked_by", "answered_by")
    return list(rows.order_by(F("answered_at").desc(nulls_first=True), "asked_at", "id"))


def query_of(reader: Any, owner: Return, number: int) -> ReturnQuery:
    """One of them, or a page that never says whether it exists."""
    found = next((each for each in asked(reader, owner) if each.number == number), None)
    if found is None:
        raise Http404
    return found


def chases(reader: Any, owner: Return) -> list[ReturnChase]:
    """When it was chased."""
    return list(ReturnChase.objects.visible_to(reader).filter(owner=owner).order_by("created_at", "id"))


def versions(reader: Any, owner: Return) -> list[Return]:
    """Every version of the quarter that the reader may read, the newest first."""
    rows = Return.objects.visible_to(reader).filter(contract=owner.contract, quarter=owner.quarter)
    return list(rows.select_related("certified_by").order_by("-number"))


def planned(contract: Contract, quarter: dt.date) -> dict[Any, int | None]:
    """What is planned in a quarter, by target; a target without a row has nothing planned, which is not nought."""
    rows = Profile.objects.filter(target__contract=contract, quarter=quarter)
    return dict(rows.values_list("target_id", "planned"))


def targets(contract: Contract) -> list[Target]:
    """What the contract counts, in its order."""
    return list(Target.objects.filter(contract=contract).order_by("number"))


def quarter_before(reader: Any, owner: Return) -> tuple[Return | None, dict[Any, ReturnFigure]]:
    """The newest version of the last quarter before it that was sent, and its figures by target."""
    rows = Return.objects.visible_to(reader).filter(
        contract=owner.contract, quarter__lt=owner.quarter, sent_at__isnull=False
    )
    found = rows.standing().order_by("-quarter", "-number").first()
    if found is None:
        return None, {}
    return found, {each.target_id: each for each in figures(reader, found)}


def paid_in(owner: Return) -> int | None:
    """What the ledger says was paid for the contract in the quarter, in pence; none for whoever may not read the contract."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_paid_for(%s, %s, %s)", [owner.contract_id, owner.quarter, owner.ends_on])
        (pence,) = cursor.fetchone()
    return pence if pence is None else int(pence)


def who_delivers(provider: Organisation) -> list[User]:
    """Those of a provider who answer for its contracts today."""
    held = Appointment.objects.in_force().filter(role__in=roles_with(DELIVERS))
    people = User.objects.filter(is_active=True, organisation=provider, pk__in=held.values("user_id"))
    return list(people.order_by("email"))


def hints(reader: Any, owner: Return, rows: list[ReturnFigure]) -> dict[Any, str]:
    """What is planned of each target in the quarter, and what came of it in the last: beside its box."""
    plan = planned(owner.contract, owner.quarter)
    before, last = quarter_before(reader, owner)
    found = {}
    for each in rows:
        told = [f"Planned: {in_unit(each.target.unit, plan.get(each.target_id), 'nothing, for this quarter')}."]
        if before is not None and each.target_id in last:
            told.append(f"{before.months}: {in_unit(each.target.unit, last[each.target_id].actual, 'not said')}.")
        found[each.target_id] = " ".join([*told, each.target.definition])
    return found


def paid_words(owner: Return) -> str:
    """What the ledger says was paid, in a sentence."""
    paid = paid_in(owner)
    return (
        "" if paid is None else f"The council’s ledger says that {pounds(paid)} was paid to you for it in these months."
    )


def not_sent_because(reader: Any, owner: Return, rows: list[ReturnFigure]) -> str:
    """What is still missing before a return that one writes can be sent; nothing where it can."""
    if rules.why_not_write(reader, owner) is not None:
        return ""
    refusal = rules.why_not_send(reader, owner, rows)
    return refusal.sentence if refusal is not None else ""


def what_may(reader: Any, owner: Return) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    delivers = rules.why_not_deliver(reader, owner.contract) is None
    return {
        "write": rules.why_not_write(reader, owner) is None,
        "answer": delivers and owner.state == ReturnState.QUERIED,
        "correct": owner.stands and owner.contract.takes_work and (delivers or _may_check(reader, owner)),
        "delivers": rules.delivers(reader, owner.contract),
        "checks": _may_check(reader, owner),
    }


def _may_check(reader: Any, owner: Return) -> bool:
    if not hasattr(owner, "_checked"):
        owner._checked = rules.checks(reader, owner.contract)  # type: ignore[attr-defined]
    return bool(owner._checked)  # type: ignore[attr-defined]


def waiting(reader: Any) -> Mapping[str, int]:
    """How many returns wait for the reader: to make and late, queried, to look at, and not come: one query."""
    if rules.why_not_see_returns(reader) is not None or not (reader.may(DELIVERS) or reader.may(CHECKS)):
        return {}
    today, rows = clock.today(), Return.objects.visible_to(reader).standing().exclude(state=ReturnState.CERTIFIED)
    if reader.organisation.is_authority:
        rows = rows.filter(contract__in=Contract.objects.checked_by(reader).values("pk"))
    draft = Q(state=ReturnState.DRAFT)
    return rows.aggregate(
        to_make=Count("pk", filter=draft), late=Count("pk", filter=draft & Q(sent_at=None, due_on__lt=today)),
        unanswered=Count("pk", filter=Q(state=ReturnState.QUERIED, answer_due_on__lt=today)),
        week=Count("pk", filter=draft & Q(due_on__gte=today, due_on__lte=today + clock.WEEK)),
        queried=Count("pk", filter=Q(state=ReturnState.QUERIED)), sent=Count("pk", filter=Q(state__in=WITH_MANAGER)),
    )  # fmt: skip


def actuals(rows: Iterable[ReturnFigure]) -> dict[Any, int | None]:
    """Figures by target."""
    return {each.target_id: each.actual for each in rows}
