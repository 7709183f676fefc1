"""Who may read and change a request: one condition, which `visible_to` and the row policies share."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now

from hearth.records.people.reach import _Ids, areas

SEES = "see_requests_in_area"
DECIDES = "decide_request"
MANAGES = "see_requests_of_organisation"
HANDING_OVER = dt.timedelta(days=7)  # whoever moves a request to another area keeps sight of it so long


def may_read(user: Any) -> Q:
    """Whoever typed it; a manager of their organisation; the area's own roles, once it is sent; whoever it was passed on to."""
    sent = ~Q(state="started")
    by_area = Q(area__one_of=areas(user, SEES))
    handed_over = Q(moved_by_id=user.id, moved_at__gt=Now() - HANDING_OVER)
    managed = Q(organisation__one_of=_Ids("hearth_organisation_managed", user, MANAGES)) & Q(
        area__one_of=_Ids("hearth_partner_areas", user, MANAGES)
    )
    passed_on = Q(pk__one_of=_Ids("hearth_requests_passed", user))
    return passed_on | Q(made_by_id=user.id) | (sent & (by_area | managed | handed_over))
