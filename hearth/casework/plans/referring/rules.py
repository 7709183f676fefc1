"""When a service may be asked from a plan, who answers, and the sentence when they may not."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.plans.models import Plan
from hearth.casework.plans.referring.models import ReferralStatus, ServiceReferral
from hearth.casework.plans.referring.reach import ANSWERS
from hearth.casework.plans.rules import why_not_write_plan
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.directory.models import Service
from hearth.records.sharing.lacking import lacking

NEEDED = ("basic", "contact")  # what a service is told of a family
MOST_WEEKS = 104


def why_not_ask(user: Any, plan: Plan, service: Service) -> Refusal | None:
    """Asking a service: whoever writes in the live plan, a service that is running, once while there is more to come of it."""
    refusal = why_not_write_plan(user, plan)
    if refusal is not None:
        return refusal
    if service.status != "active":
        return Refusal("referring.not_running", f"{service.name} is not running now. Look for another service.")
    if ServiceReferral.objects.filter(case=plan.case, service=service, status__in=("sent", "waiting")).exists():
        return Refusal(
            "referring.asked_already",
            f"{service.name} is asked already for this family. Its answer comes into the plan.",
        )
    return why_not_tell(plan, service)


def why_not_tell(plan: Plan, service: Service) -> Refusal | None:
    """Telling an organisation whose people sign in: on the consent or agreement that is on record, for what a referral says."""
    agency = service.organisation.agency
    if agency is None:
        return None  # who agreed is asked with the referral itself
    return lacking(plan.family, [agency], NEEDED).get(agency.id)


def why_not_this_referral(
    service: Service, *, people: Sequence[Any], words: str, contact: str, agreed_by: str, agreed_on: dt.date | None
) -> Refusal | None:
    """It says for whom, what would help and how they are reached; and who agreed, where no consent can be on record."""
    if not people:
        return Refusal("referring.nobody", "Choose who it is for.")
    if not words.strip():
        return Refusal("referring.no_words", "Say what would help, and what the service has to know.")
    if not contact.strip():
        return Refusal("referring.no_contact", "Say how the service reaches the family.")
    if service.organisation.agency_id is not None:
        return None
    if not agreed_by.strip() or agreed_on is None:
        return Refusal(
            "referring.not_agreed", f"Say who in the family agreed that {service.organisation.name} is told, and when."
        )
    if agreed_on > clock.today():
        return Refusal("referring.agreed_later", "The day of their agreement must be today or in the past.")
    return None


def answers_for(user: Any, referral: ServiceReferral) -> bool:
    """Whether somebody answers for the service that was asked."""
    return referral.agency_id is not None and user.organisation_id == referral.agency_id and user.may(ANSWERS)


def why_not_answer(user: Any, referral: ServiceReferral) -> Refusal | None:
    """Answering: whoever answers for the service; or whoever writes in the plan, of what the service told them."""
    if referral.status == ReferralStatus.WITHDRAWN:
        return Refusal("referring.withdrawn", "This was taken back. There is nothing to answer.")
    if not referral.is_live:
        return Refusal("referring.answered", "This is answered. If it has changed, ring whoever asked.")
    if answers_for(user, referral):
        return None
    return why_not_write_plan(user, referral.plan)


def why_not_this_answer(
    user: Any,
    referral: ServiceReferral,
    *,
    status: str,
    reason: str,
    starts_on: dt.date | None,
    wait_weeks: int | None,
    told_by: str,
) -> Refusal | None:
    """What an answer must say: how long they wait, or why not; and who said it, where it is written down for them."""
    if status not in (ReferralStatus.ACCEPTED, ReferralStatus.WAITING, ReferralStatus.DECLINED):
        return Refusal("referring.answer", "Choose what the answer is.")
    if status == ReferralStatus.WAITING and (wait_weeks is None or not 0 < wait_weeks <= MOST_WEEKS):
        return Refusal("referring.how_long", f"Enter for about how many weeks they wait, up to {MOST_WEEKS}.")
    found = find(pack().unmet.reasons, reason)
    if status == ReferralStatus.DECLINED and (found is None or found.retired):
        return Refusal("referring.why_not", "Choose why they cannot help.")
    if starts_on is not None and starts_on < referral.asked_at.astimezone(clock.LONDON).date():
        return Refusal("referring.before", "Help cannot begin before it was asked for. Check the day.")
    if not answers_for(user, referral) and not told_by.strip():
        return Refusal("referring.who_said", "Say who of the service told you.")
    return None


def why_not_withdraw(user: Any, referral: ServiceReferral) -> Refusal | None:
    """Taking it back: whoever writes in the plan, while there is more to come of it."""
    if not referral.is_live:
        return Refusal("referring.over", "There is nothing to take back: it is answered, or was taken back already.")
    return why_not_write_plan(user, referral.plan)


def why_not_read(user: Any, referral: ServiceReferral) -> Refusal | None:
    """Having read the answer: whoever asked, or leads the case now."""
    if not referral.is_answered:
        return Refusal("referring.no_answer", "There is no answer to read yet.")
    if user.id not in (referral.asked_by_id, referral.case.lead_id):
        return Refusal("referring.not_asked_by_you", "The answer is for whoever asked.")
    return None


def why_not_see_referrals(user: Any) -> Refusal | None:
    """The list of what was asked of one's own services."""
    if user.may(ANSWERS):
        return None
    return Refusal(
        "referring.may_not_see",
        "Only whoever answers for a service reads this list. What you asked for a family stands in its plan.",
    )
