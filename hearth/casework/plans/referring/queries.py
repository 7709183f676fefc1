"""Reads of referrals to services: the reader first, always through visible_to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.http import Http404
from django.urls import reverse

from hearth.casework.plans.models import Outcome, Plan
from hearth.casework.plans.referring import rules
from hearth.casework.plans.referring.models import LIVE, ReferralStatus, ServiceReferral
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.ui.filters import day
from hearth.records.directory.finding.queries import Answer, Looked, search
from hearth.records.directory.finding.saying import needs_said
from hearth.records.people.births import named_and_aged
from hearth.records.people.models import Family
from hearth.records.people.postcodes import postcode_of
from hearth.records.people.queries import family_of, how_to_reach
from hearth.records.people.timeline import Entry
from hearth.records.sharing.lacking import lacking

UNREAD = 10  # named one by one on somebody's first page


def referral_of(reader: Any, reference: str) -> ServiceReferral:
    """A referral as whoever may read it reads it: whoever answers for the service cannot open its case, its plan or its family."""
    rows = ServiceReferral.objects.visible_to(reader).select_related(
        "service", "agency", "asked_by__organisation", "answered_by__organisation"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def referral_of_plan(reader: Any, reference: str) -> ServiceReferral:
    """The same with its plan, for whoever may open that; nobody else learns that it is there."""
    rows = ServiceReferral.objects.visible_to(reader).filter(plan__in=Plan.objects.visible_to(reader))
    rows = rows.select_related(
        "plan__case__family", "plan__case__area", "plan__case__lead", "plan__family", "case", "service", "asked_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def asked_in(reader: Any, plan: Plan) -> dict[Any, list[ServiceReferral]]:
    """What was asked of services for a plan, by the key of its outcome (None: for the plan as a whole): one query."""
    found: dict[Any, list[ServiceReferral]] = defaultdict(list)
    rows = ServiceReferral.objects.visible_to(reader).filter(plan=plan).exclude(status=ReferralStatus.WITHDRAWN)
    for row in rows.order_by("-asked_at", "id"):
        found[row.outcome_id].append(row)
    return found


@dataclass(frozen=True)
class Offered:
    """Services for what a plan needs: what was looked for, what was found, and what is asked already."""

    answer: Answer
    needs: Sequence[str]
    asked: frozenset[Any]
    untold: Mapping[
        Any, Refusal
    ]  # by the key of an organisation whose people sign in: why they may not be told of this family yet


def services_for(reader: Any, plan: Plan, outcome: Outcome | None, words: str, near: str, page: Any) -> Offered:
    """By what somebody types; and where nobody does, by the needs that the outcome says in words that families use."""
    texts = [outcome.want, outcome.from_need, outcome.measure] if outcome is not None and not words else []
    needs = tuple(needs_said(*texts)) if texts else ()
    answer = search(reader, Looked(words=words, near=near, needs=needs, page=page)) if words or needs else Answer()
    asked = (
        ServiceReferral.objects.visible_to(reader)
        .filter(case=plan.case, status__in=LIVE)
        .values_list("service_id", flat=True)
    )
    agencies = {row.service.organisation.agency_id for row in answer.page.rows} - {None}
    untold = lacking(plan.family, Organisation.objects.filter(pk__in=agencies), rules.NEEDED) if agencies else {}
    return Offered(answer, [label_of(pack().directory.needs, code) for code in needs], frozenset(asked), untold)


def home_near(reader: Any, plan: Plan) -> str:
    """The postcode where the family lives, as far as the reader may see it."""
    return postcode_of(how_to_reach(reader, family_of(reader, plan.family.reference)).home.rsplit(", ", 1)[-1])


def how_reached(reader: Any, plan: Plan) -> str:
    """Who of the family is rung and on which number, in a line, as far as the reader may see it."""
    phones = how_to_reach(reader, family_of(reader, plan.family.reference)).phones[:1]
    return "".join(f"{name}, {phone}{f' ({safe})' if safe else ''}" for name, phone, safe in phones)


def names_and_ages(people: Sequence[Any]) -> str:
    """Each on a line of their own, as a service reads whom it is for."""
    return "\n".join(named_and_aged(person) for person in people)


def who_answers(referral: ServiceReferral) -> list[User]:
    """Whoever signs in for the service that is asked and answers for it in the district of the case."""
    if referral.agency_id is None:
        return []
    people = [user for user in who_may(rules.ANSWERS) if user.organisation_id == referral.agency_id]
    return [user for user in people if user.may(rules.ANSWERS, referral.case.area)]


def what_may(reader: Any, referral: ServiceReferral, plan: Plan | None) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    answers = rules.answers_for(reader, referral)
    if plan is None:
        return {
            "answer": answers and rules.why_not_answer(reader, referral) is None,
            "withdraw": False,
            "read": False,
            "open": False,
        }
    return {
        "answer": rules.why_not_answer(reader, referral) is None,
        "withdraw": rules.why_not_withdraw(reader, referral) is None,
        "read": referral.answer_is_news and rules.why_not_read(reader, referral) is None,
        "open": True,
    }


def plan_behind(reader: Any, referral: ServiceReferral) -> Plan | None:
    """The plan that it is for, as far as the reader may open it. Sets it on the referral, so that rules need not ask again."""
    rows = Plan.objects.visible_to(reader).select_related("case__family", "case__area", "case__lead", "family")
    found = rows.filter(pk=referral.plan_id).first()
    if found is not None:
        referral.plan, referral.case = found, found.case
    return found


def referrals_to_answer(reader: Any, page: Any = 1) -> Page:
    """What was asked of the services of the reader's organisation: those that wait first, the latest of the others after them."""
    refuse(rules.why_not_see_referrals(reader))
    rows = _of_agency(reader).select_related("service", "asked_by__organisation")
    return page_of(rows.order_by(F("answered_at").desc(nulls_first=True), "answer_by_on", "id"), page)


def _of_agency(reader: Any) -> Any:
    return (
        ServiceReferral.objects.visible_to(reader)
        .filter(agency_id=reader.organisation_id)
        .exclude(status=ReferralStatus.WITHDRAWN)
    )


def how_many_to_answer(reader: Any) -> int:
    """How many of them wait for an answer: one query, or none for whoever answers for no service."""
    return _of_agency(reader).filter(status=ReferralStatus.SENT).count() if reader.may(rules.ANSWERS) else 0


def unread_service_answers(reader: Any) -> list[dict[str, Any]]:
    """Answers to what the reader asked that they have still to read: the latest ten."""
    rows = ServiceReferral.objects.visible_to(reader).filter(asked_by=reader, read_at=None, answered_at__isnull=False)
    rows = rows.exclude(status=ReferralStatus.WITHDRAWN).order_by("-answered_at", "id")
    return list[Any](rows.values("reference", "service_name", "status", "family__name")[:UNREAD])


def reason_words(referral: ServiceReferral) -> str:
    """Why they cannot help."""
    return label_of(pack().unmet.reasons, referral.reason) if referral.reason else ""


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """What was asked of services for a family, and what they answered: one query."""
    found = []
    opens = Q(plan__in=Plan.objects.visible_to(reader))
    for row in ServiceReferral.objects.filter(opens, family=family).select_related(
        "asked_by__organisation", "answered_by__organisation"
    ):
        url = reverse("service_referral", args=[row.reference])
        found.append(Entry(row.asked_at, "Service", f"Asked to help: {row.service_name}", _by(row.asked_by), url))
        if row.withdrawn_at:
            found.append(
                Entry(row.withdrawn_at, "Service", f"Taken back: {row.service_name} is asked no more", "", url)
            )
        elif row.answered_at:
            said = {"accepted": "helps", "waiting": "has a waiting list", "declined": "cannot help"}[row.status]
            more = f", from {day(row.starts_on)}" if row.starts_on else ""
            found.append(
                Entry(row.answered_at, "Service", f"{row.service_name} {said}{more}", _by(row.answered_by), url)
            )
    return found


def _by(user: Any) -> str:
    return f"{user.full_name}, {user.organisation_name}" if user else ""
