"""Who may read and change a request: one condition, which `visible_to` and the row policies share.

Once a family has come of it, it is as closed as the family: a week after the referrer was told, the area reads it no longer
than it may open the family. Of a restricted family it is read by those on its list alone, whoever typed it.
"""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from hearth.records.people.models import Family
from hearth.records.people.reach import _Ids, areas, kept_from, may_open_family

SEES = "see_requests_in_area"
DECIDES = "decide_request"
MANAGES = "see_requests_of_organisation"
OPEN = ("received", "paused", "decided")  # not answered yet, or the referrer not told
HANDING_OVER = dt.timedelta(days=7)  # whoever moves a request to another area keeps sight of it so long


def may_read(user: Any) -> Q:
    """Whoever typed it; a manager of their organisation; the area's own roles, once it is sent; whoever it was passed on to.

    Once a family has come of it: whoever may read that family's assessment, since it begins with why help was asked for.
    """
    sent = ~Q(state="started")
    by_area = Q(area__one_of=areas(user, SEES)) & _in_sight(user)
    handed_over = Q(moved_by_id=user.id, moved_at__gt=Now() - HANDING_OVER)
    managed = Q(organisation__one_of=_Ids("hearth_organisation_managed", user, MANAGES)) & Q(
        area__one_of=_Ids("hearth_partner_areas", user, MANAGES)
    )
    passed_on = Q(pk__one_of=_Ids("hearth_requests_passed", user))
    works_with_them = Exists(
        Family.objects.filter(may_open_family(user, category="assessment")).filter(pk=OuterRef("family_id"))
    )
    theirs = passed_on | Q(made_by_id=user.id) | (sent & (by_area | managed | handed_over)) | Q(works_with_them)
    return theirs & ~Q(family__one_of=kept_from(user))


def _in_sight(user: Any) -> Q:
    """Still to be answered, answered this week, or of a family that the user may open; or no family came of it."""
    opens = Exists(Family.objects.visible_to(user).filter(pk=OuterRef("family_id")))
    return Q(family=None) | Q(state__in=OPEN) | Q(told_at__gt=Now() - HANDING_OVER) | Q(opens)


def typed_kept_from(user: Any) -> _Ids:
    """People as typed whom the front door matched with somebody that the user may not know of."""
    return _Ids("hearth_typed_kept_from", user)
