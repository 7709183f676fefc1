"""What other services might have sent of families on record, so that a demonstration's family views say who works with them."""

import datetime as dt
import random
from typing import Any

from hearth.casework.cases.models import Case
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.models import Identifier

Rows = list[list[Any]]
FAMILIES = 20
SOCIAL_CARE = ["personId", "NHS Number", "status", "startDate", "endDate", "contactName", "contactPhone"]
HOUSING = ["personId", "serviceInvolvement", "housingAssociation", "contactName", "contactPhone", "contactEmail", "tenancyStart",
           "antiSocialBehaviour", "rentArrears", "noticeSeekingPossession", "eviction"]  # fmt: skip
VISITS = ["NHS Number", "contact type", "due date", "seen date"]


def known_elsewhere(worker: Any) -> dict[str, Rows]:
    """Rows of three feeds about children of the open cases that a family worker leads, by the NHS numbers on record.

    Every second family has a past social worker and a landlord of today; the others a social worker of today and health visits,
    and every second of these a notice to leave: with early help that is three services, and so high impact.
    """
    found: dict[str, Rows] = {"social_care": [], "housing": [], "health_visits": []}
    for place, number in enumerate(_numbers(worker)):
        dice, key = random.Random(f"involved {place}"), f"K{place:04d}"
        begun = clock.today() - dt.timedelta(days=dice.randint(300, 700))
        if place % 2 == 0:
            ended = begun + dt.timedelta(days=dice.randint(60, 200))
            found["social_care"].append(
                [key, number, "child_in_need", begun, ended, "Duty social worker", "01632 960555"]
            )
            found["housing"].append(_tenancy(key, begun))
        else:
            found["social_care"].append([key, number, "child_in_need", begun, "", "Duty social worker", "01632 960555"])
            seen = clock.today() - dt.timedelta(days=dice.randint(20, 200))
            found["health_visits"].append([number, "one_year", seen, seen])
            if place % 4 == 1:
                found["housing"].append(_tenancy(key, begun, arrears="open", notice="open"))
    return found


def _tenancy(key: str, begun: dt.date, arrears: str = "closed", notice: str = "") -> list[Any]:
    landlord = ["Harbour Homes", "Neighbourhood office", "01632 960556", ""]
    return [key, "current", *landlord, begun, "", arrears, notice, ""]


def _numbers(worker: Any) -> list[str]:
    """The NHS number of a child of each family, the first families on record first."""
    with acting_as(worker):
        families = (
            Case.objects.visible_to(worker).open().filter(lead=worker).order_by("opened_on", "id").values("family")
        )
        rows = Identifier.objects.filter(kind="nhs", flag="", person__memberships__family__in=families)
        found: dict[Any, str] = {}
        for family, value in rows.order_by("created_at", "id").values_list("person__memberships__family", "value"):
            found.setdefault(family, value)
    return list(found.values())[:FAMILIES]
