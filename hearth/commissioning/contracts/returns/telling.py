"""Who is told of a return: those who answer for the contract at its provider, and its manager. No message says what is in one."""

from typing import Any

from django.urls import reverse

from hearth.commissioning.contracts.returns import queries
from hearth.commissioning.contracts.returns.models import Return
from hearth.foundation.messages.actions import send


def tell_provider(by: Any, owner: Return, template: str, key: str) -> int:
    """Tell everybody who answers for the provider's contracts; how many there are."""
    people = queries.who_delivers(owner.contract.provider)
    for person in people:
        send(by=by, to=person, template=template, link=_link(owner), key=f"{key} {person.pk}")
    return len(people)


def tell_manager(by: Any, owner: Return, template: str, key: str) -> int:
    """Tell the contract's manager, while they have an account."""
    manager = owner.contract.manager
    if not manager.is_active:
        return 0
    send(by=by, to=manager, template=template, link=_link(owner), key=f"{key} {manager.pk}")
    return 1


def _link(owner: Return) -> str:
    return reverse("quarterly_return", args=[owner.reference])
