"""What waits for a reader of purchases, tenders, grants, contracts and returns."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from hearth.commissioning.contracts.returns.queries import waiting as returns_waiting
from hearth.commissioning.contracts.waiting import waiting as contracts_waiting
from hearth.commissioning.procurement.grants.waiting import bids_waiting, grants_waiting
from hearth.commissioning.procurement.waiting import waiting as tenders_waiting
from hearth.desk.queue import Waiting, by_days
from hearth.foundation.ui.filters import count
from hearth.records.money.budgets.rules import why_not_see_budgets
from hearth.records.money.purchases.queries import waiting as purchases_waiting


def _purchases(reader: Any) -> Iterator[Waiting]:
    if why_not_see_budgets(reader) is not None:
        return
    found, where = purchases_waiting(reader), reverse("purchases")
    if found.decide:
        yield Waiting(f"{count(found.decide, 'purchase')} to decide", f"{where}?state=asked")
    if found.buy:
        yield Waiting(f"{count(found.buy, 'purchase')} approved: buy what you asked for", f"{where}?state=approved")
    if found.receive:
        yield Waiting(f"{count(found.receive, 'purchase')} bought: say when it came", f"{where}?state=bought")
    if found.pay:
        yield Waiting(f"{count(found.pay, 'purchase')} to pay", f"{where}?state=received")


def _tenders(reader: Any) -> Iterator[Waiting]:
    for each in tenders_waiting(reader):
        yield Waiting(each.words, each.url, *by_days([each.due_on] if each.due_on else []))


def _grants(reader: Any) -> Iterator[Waiting]:
    found, days = grants_waiting(reader), bids_waiting(reader)
    if found["decide"]:
        yield Waiting(f"{count(found['decide'], 'application')} for grants to decide", reverse("grant_rounds"))
    if found["pay"]:
        yield Waiting(f"{count(found['pay'], 'grant')} to pay", reverse("grant_rounds"))
    if days:
        words = f"{count(len(days), 'bid')} for outside funding to review"
        yield Waiting(words, reverse("outside_bids"), *by_days(days))


CONTRACTS = {
    "lacking": ("contract", "without its quality visit", "without their quality visit", "visit"),
    "to_sign": ("contract", "to sign, or to leave", "to sign, or to leave", "open"),
    "to_certify": ("milestone", "to certify", "to certify", ""),
    "to_verify": ("outcome", "to verify", "to verify", ""),
    "to_visit": ("quality visit", "that you make: note what it finds", "that you make: note what they find", ""),
    "to_follow": ("action of a quality visit", "to follow to its end", "to follow to their end", ""),
    "to_answer": ("variation", "to agree to or decline", "to agree to or decline", ""),
    "to_reach": (
        "milestone",
        "whose day has passed: say when it is reached",
        "whose day has passed: say when each is reached",
        "",
    ),
    "to_pay": ("milestone or outcome", "to pay", "to pay", ""),
    "variations": ("variation", "to answer or bring into force", "to answer or bring into force", ""),
    "endings": ("de-commissioning", "to decide", "to decide", ""),
    "to_settle": ("contract", "past its last day: settle it", "past their last day: settle each", ""),
}
PLURAL = {"milestone or outcome": "milestones and outcomes", "action of a quality visit": "actions of quality visits"}


def _contracts(reader: Any) -> Iterator[Waiting]:
    where = reverse("contracts")
    for each in contracts_waiting(reader):
        noun, one, many, show = CONTRACTS[each.what]
        words = f"{count(each.many, noun, PLURAL.get(noun, ''))} {one if each.many == 1 else many}"
        yield Waiting(words, f"{where}?show={show}" if show else where, each.late)


def _returns(reader: Any) -> Iterator[Waiting]:
    found, where = returns_waiting(reader), reverse("quarterly_returns")
    if not found:
        return
    if reader.organisation.is_authority:
        if found["sent"]:
            yield Waiting(f"{count(found['sent'], 'quarterly return')} to ask about or certify", f"{where}?show=sent")
        if found["late"]:
            yield Waiting(
                f"{count(found['late'], 'quarterly return')} of providers not come", f"{where}?show=late", found["late"]
            )
        if found["unanswered"]:
            yield Waiting(
                f"{count(found['unanswered'], 'quarterly return')} of which a provider has not answered what was asked",
                f"{where}?show=late",
                found["unanswered"],
            )
        return
    if found["queried"]:
        yield Waiting(
            f"{count(found['queried'], 'quarterly return')} with a question to answer",
            f"{where}?show=waiting",
            found["unanswered"],
        )
    if found["to_make"]:
        yield Waiting(
            f"{count(found['to_make'], 'quarterly return')} to send",
            f"{where}?show=waiting",
            found["late"],
            found["week"],
        )


QUEUES: tuple[Callable[[Any], Iterator[Waiting]], ...] = (_purchases, _tenders, _grants, _contracts, _returns)
