"""What health visitors might have sent, so that a demonstration has touchpoints that are done, due and missed."""

import datetime as dt
import random
from typing import Any

from hearth.casework.cases.models import Case
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.households import invented_nhs_number
from hearth.invented.involved import Rows
from hearth.records.people.models import Identifier

BIRTHS = 220  # in three years, beside the children on record
OLDEST = 3 * 365
# A contact, the day after birth on which it is due, how many days there are for it, and of ten how many it reaches.
CONTACTS = (
    ("new_birth", 10, 4, 10),
    ("six_to_eight_weeks", 42, 14, 8),
    ("one_year", 275, 80, 7),
    ("two_to_two_and_a_half", 731, 170, 6),
)


def visited(worker: Any, known: Rows) -> Rows:
    """Rows of contacts: of small children of the open cases that a family worker leads, and of others whom nobody has on record.

    Of whoever is in `known`, contacts that are in there are left to it.
    """
    dice, today = random.Random("visited"), clock.today()
    sent = {(row[0], row[1]) for row in known}
    births = [(invented_nhs_number(dice), today - dt.timedelta(days=dice.randint(15, OLDEST))) for _ in range(BIRTHS)]
    rows = [row for number, born in [*_on_record(worker), *births] for row in _contacts(dice, number, born, today)]
    return [row for row in rows if (row[0], row[1]) not in sent]


def _contacts(dice: random.Random, number: str, born: dt.date, today: dt.date) -> Rows:
    """Those that were due, or are within a month."""
    rows: Rows = []
    for contact, days, span, reached in CONTACTS:
        due = born + dt.timedelta(days=days)
        seen = due + dt.timedelta(days=dice.randint(0, span))
        happened = dice.randint(1, 10) <= reached and seen < today
        if due <= today + dt.timedelta(days=30):
            rows.append([number, contact, due, seen if happened else ""])
    return rows


def _on_record(worker: Any) -> list[tuple[str, dt.date]]:
    """NHS numbers and birth dates of small children of the worker's open cases."""
    youngest = clock.today() - dt.timedelta(days=OLDEST)
    with acting_as(worker):
        families = Case.objects.visible_to(worker).open().filter(lead=worker).values("family")
        rows = Identifier.objects.filter(
            kind="nhs", flag="", person__memberships__family__in=families, person__birth_precision="full",
            person__born_on__gt=youngest,
        )  # fmt: skip
        found = dict(rows.order_by("created_at", "id").values_list("value", "person__born_on"))
    return [(number, born) for number, born in found.items() if born]
