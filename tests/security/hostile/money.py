"""A source of money, shares of it, and commitments that are paid, released and recovered from. It names nobody."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.money import actions

THERE: dict[str, Any] = {"words": "Planned words"}


def promise(world: Any, share: Any, pence: int) -> Any:
    """Part of a share, promised."""
    by = world.cast.commissioner
    with acting_as(by):
        return actions.commit_money(
            by=by, share=share, pence=pence, happened_on=clock.today(), with_whom="Lantern Family Support", **THERE
        )


def plant(world: Any) -> None:
    """Money at every step of its way."""
    by, more, told = world.cast.commissioner, world.more, {"happened_on": clock.today(), **THERE}
    with acting_as(by):
        more.fund = actions.add_fund(by=by, name="Planted source", given_by="Somebody", begins_on=clock.today())
        actions.receive_money(by=by, fund=more.fund, pence=10_000_000, **told)
        allocated = actions.allocate_money(
            by=by, fund=more.fund, area=world.area, year=2026, purpose="Early support", pence=5_000_000, **told
        )
        more.money_share, more.allocated = allocated.share, allocated
    more.commitment, more.promised = promise(world, more.money_share, 500_000), promise(world, more.money_share, 100)
    with acting_as(by):
        actions.pay_money(by=by, commitment=more.commitment, pence=100_000, **told)
