"""The night's look at contracts: whoever answers for one is reminded of what has passed its day."""

import uuid

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from hearth.commissioning.contracts.late import remind_of_contract
from hearth.commissioning.contracts.models import Contract
from hearth.foundation.accounts.models import User
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused


@app.periodic(cron="15 5 * * *")
@app.task(name="contracts.look_for_late", queueing_lock="contracts.look_for_late", pass_context=False)
def look_for_late(timestamp: int) -> None:
    """Remind each manager in their own name. Safe to run twice: of the same things in the same week they are reminded once."""
    close_old_connections()
    remind_all()


def remind_all() -> int:
    """How many contracts somebody was reminded of."""
    with connection.cursor() as cursor:
        cursor.execute("select contract, manager from hearth_contracts_to_look_at() order by contract")
        found = cursor.fetchall()
    return sum(remind(contract, manager) for contract, manager in found)


def remind(contract: uuid.UUID, manager: uuid.UUID) -> bool:
    """Whether there was something to remind of: what its manager reads of it, as them."""
    by = User.objects.select_related("organisation").filter(pk=manager, is_active=True).first()
    if by is None:
        return False
    with acting_as(by):
        found = Contract.objects.visible_to(by).select_related("manager").filter(pk=contract).first()
        try:
            return found is not None and bool(remind_of_contract(by=by, contract=found))
        except Refused:
            return False
