"""Messages about contracts: that there is something to do or to know, never what, for whom or how much."""

from typing import Any

from hearth.commissioning.contracts.words import link_of
from hearth.foundation.messages.actions import send


def tell(by: Any, to: Any, contract: Any, template: str, when: str = "") -> None:
    """Once to each for each thing; nobody is told of what they did themselves."""
    if to is not None and to.is_active and to.pk != by.id:
        send(
            by=by,
            to=to,
            template=template,
            link=link_of(contract),
            key=f"{template} {contract.pk} {to.pk} {when}".strip(),
        )
