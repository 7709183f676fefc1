"""Ask a service, answer, take back what was asked, and say that the answer is read."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.cases.due import set_due
from hearth.casework.plans.actions import hold
from hearth.casework.plans.models import Outcome, Plan
from hearth.casework.plans.referring import queries, rules
from hearth.casework.plans.referring.models import ReferralStatus, ServiceReferral
from hearth.casework.plans.who_does_what.rules import why_not_hang_from
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.records.directory.models import Service
from hearth.records.people.models import Person

ANSWER = ("status", "answer", "reason", "starts_on", "wait_weeks", "told_by", "answered_by", "answered_at", "read_at")


@action
def refer_to_service(
    *, by: Any, plan: Plan, service: Service, people: Sequence[Person], words: str, contact: str, outcome: Outcome | None = None,
    agreed_by: str = "", agreed_on: dt.date | None = None,
) -> ServiceReferral:  # fmt: skip
    """Ask a service to help with what a plan needs. Its people are told that something waits, and never for whom."""
    hold(plan)
    refuse(rules.why_not_ask(by, plan, service) or why_not_hang_from(by, plan, outcome))
    refuse(
        rules.why_not_this_referral(
            service, people=people, words=words, contact=contact, agreed_by=agreed_by, agreed_on=agreed_on
        )
    )
    made = ServiceReferral(
        reference=drawn_reference("SR"), case=plan.case, family=plan.family, plan=plan, outcome=outcome, service=service,
        service_name=service.name, agency=service.organisation.agency, people=[person.pk for person in people],
        for_whom=queries.names_and_ages(people), words=clean(words).strip(), contact=_line(contact, 200), agreed_by=_line(agreed_by, 120),
        agreed_on=agreed_on, asked_by=by, answer_by_on=clock.add_working_days(clock.today(), pack().plans.service_answer_days),
    )  # fmt: skip
    made.save(force_insert=True)
    _keep_due(made)
    for person in queries.who_answers(made):
        _tell(by, person, made, "service_referral_sent")
    record("plans.service_asked", family=plan.family_id, subject=made, service=service.reference)
    return made


@action
def answer_service_referral(
    *, by: Any, referral: ServiceReferral, status: str, answer: str, reason: str = "", starts_on: dt.date | None = None,
    wait_weeks: int | None = None, told_by: str = "",
) -> ServiceReferral:  # fmt: skip
    """Say that the service helps, has a waiting list, or cannot help and why. Whoever waits on a list may be answered again."""
    referral.hold()
    refuse(rules.why_not_answer(by, referral))
    refuse(
        rules.why_not_this_answer(
            by, referral, status=status, reason=reason, starts_on=starts_on, wait_weeks=wait_weeks, told_by=told_by
        )
    )
    of_service = rules.answers_for(by, referral)
    referral.status, referral.answer = ReferralStatus(status), clean(answer).strip()
    referral.reason = reason if status == ReferralStatus.DECLINED else ""
    referral.starts_on = starts_on if status == ReferralStatus.ACCEPTED else None
    referral.wait_weeks = wait_weeks if status == ReferralStatus.WAITING else None
    referral.told_by = "" if of_service else _line(told_by, 120)
    referral.answered_by, referral.answered_at = by, clock.now()
    referral.read_at = clock.now() if by.id == referral.asked_by_id else None
    referral.save(update_fields=ANSWER)
    if not of_service:  # whoever answers for a service holds no case: what is due there is put right by the database
        _keep_due(referral)
    _tell(by, referral.asked_by, referral, "service_referral_answered")
    record("plans.service_answered", family=referral.family_id, subject=referral, status=status)
    return referral


@action
def withdraw_service_referral(*, by: Any, referral: ServiceReferral, why: str) -> ServiceReferral:
    """Take back what was asked: the service reads it no more."""
    hold(referral.plan)
    referral.hold()
    refuse(rules.why_not_withdraw(by, referral))
    referral.status, referral.withdrawn_at, referral.withdrawn_why = (
        ReferralStatus.WITHDRAWN,
        clock.now(),
        _line(why, 200),
    )
    referral.save(update_fields=["status", "withdrawn_at", "withdrawn_why"])
    _keep_due(referral)
    record("plans.service_referral_withdrawn", family=referral.family_id, subject=referral)
    return referral


@action
def read_service_answer(*, by: Any, referral: ServiceReferral) -> ServiceReferral:
    """Whoever asked has read the answer."""
    hold(referral.plan)
    referral.hold()
    refuse(rules.why_not_read(by, referral))
    referral.read_at = referral.read_at or clock.now()
    referral.save(update_fields=["read_at"])
    _keep_due(referral)
    record("plans.service_answer_read", family=referral.family_id, subject=referral)
    return referral


def _keep_due(referral: ServiceReferral) -> None:
    """The answer is due to whoever asked, until it came and was read."""
    set_due(
        case=referral.case,
        kind="service_answer",
        what="Answer of a service, to chase or to read",
        due_on=referral.answer_by_on,
        owner=referral.asked_by,
        source_id=referral.pk,
        done=referral.status != ReferralStatus.SENT,
    )


def _tell(by: Any, to: Any, referral: ServiceReferral, template: str) -> None:
    """That there is something to answer, or an answer: never for whom, nor which service."""
    if to.id != by.id:
        key = f"{template} {referral.pk} {to.id} {referral.answered_at or ''}"
        send(by=by, to=to, template=template, link=f"/service-referrals/{referral.reference}/", key=key)


def _line(text: str, most: int) -> str:
    return " ".join(clean(text).split())[:most]
