"""Who may read a referral to a service: one condition, which `visible_to` and the row policy share."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from hearth.records.people.models import Family
from hearth.records.people.reach import called, may_open_family

ANSWERS = "answer_service_referrals"


def may_read_referral(user: Any) -> Q:
    """Whoever may open the plan of its family; and whoever answers for the service, while what lets us tell them of it holds."""
    opens = Exists(Family.objects.filter(may_open_family(user, category="plan")).filter(pk=OuterRef("family_id")))
    return Q(opens) | Q(pk__one_of=called("hearth_referred", user))
