"""Who may read rounds, applications and bids: conditions that `visible_to` shares, and the same in SQL for the row policies."""

from typing import Any

from django.db.models import Q

from hearth.commissioning.needs.reach import OWN_AREAS, WRITES, of_area, of_own_people, over_area, sees, sees_amount
from hearth.foundation.core import clock
from hearth.records.money.reach import holds_whole
from hearth.records.people.reach import called

ASKS, DECIDES = "ask_for_grants", "decide_grants"
ASKERS = "any((select hearth_grant_askers(hearth_reader()))::uuid[])"

__all__ = ["ASKERS", "ASKS", "DECIDES", "OWN_AREAS", "WRITES", "of_area", "of_own_people", "over_area"]


def own(user: Any) -> Q:
    """Of the user's own organisation, for which they may ask."""
    return Q(organisation__one_of=called("hearth_grant_askers", user))


def reads_round(user: Any) -> Q:
    """A round of the user's districts; once it is open, for whoever may ask from it."""
    open_to = Q(opens_on__lte=clock.today()) if user.may(ASKS) else Q(pk__in=[])
    return sees(user) | open_to


def reads_application(user: Any) -> Q:
    """One's own organisation's; every one, for whoever decides; what was awarded, for the authority's people of the district."""
    if holds_whole(user, DECIDES):
        return Q()
    return own(user) | (Q(state="awarded") & sees_amount(user, "round__"))


def reads_bid(user: Any) -> Q:
    """One's own organisation's; those of the district, for the authority's own people."""
    return own(user) | sees_amount(user)


DECIDES_ALL = f"(select hearth_money_whole(hearth_reader(), '{DECIDES}'))"
