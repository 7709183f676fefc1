"""Open a round, apply in it, declare an interest, decide, pay, withdraw, and end it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from hearth.commissioning.procurement.grants import queries, rules
from hearth.commissioning.procurement.grants.models import ApplicationState, GrantApplication, GrantInterest, GrantRound
from hearth.commissioning.procurement.timekeeping import moment
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.once import key_of_sending
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean, one_line
from hearth.foundation.messages.actions import send
from hearth.records.money import posting
from hearth.records.money.actions import commit_money, pay_money
from hearth.records.money.models import AccountKind, Entry, Share


@action
def open_grant_round(
    *, by: Any, title: str, purpose: str, needs: Sequence[str], share: Share, pence: int, most_pence: int, opens_on: dt.date,
    closes_on: dt.date, area: Any = None, key: uuid.UUID | None = None,
) -> GrantRound:  # fmt: skip
    """Say what is given, for what, from which share of the ledger, and until when somebody may apply; once from one page."""
    refuse(rules.why_not_decide_grants(by))
    title, purpose, needs = one_line(title, 120), clean(purpose).strip(), list(dict.fromkeys(needs))
    said: dict[str, Any] = {"title": title, "purpose": purpose, "pence": pence, "most_pence": most_pence}
    days: dict[str, Any] = {"opens_on": opens_on, "closes_on": closes_on}
    refuse(rules.why_not_this_round(needs=needs, **said, **days))
    key = key_of_sending(key, said, days, needs, share, area)
    sent_before = GrantRound.objects.filter(opened_by=by, key=key).first()
    if sent_before is not None:
        record("grants.round_sent_again", subject=sent_before)
        return sent_before
    if share is not None:  # of two who give from one share, the second waits and sees what the first left
        posting.hold_accounts([posting.account_at(AccountKind.AVAILABLE, share.fund, share)])
    refuse(rules.why_not_from_share(share, area, pence, queries.left_of_share(by, share)))
    made = GrantRound(
        reference=drawn_reference("GR"), area=area, needs=needs, share=share, opened_by=by, key=key, **said, **days
    )
    made.save(force_insert=True)
    record("grants.round_opened", subject=made, pence=pence, share=share.reference, area=area.code if area else "")
    return made


@action
def end_grant_round(*, by: Any, round_: GrantRound, why: str) -> GrantRound:
    """End a round: it takes no more applications. What it gives nobody is free in its share once nothing waits in it."""
    round_.hold()
    refuse(rules.why_not_end(by, round_, why))
    round_.ended_at, round_.ended_why = clock.now(), one_line(why, 200)
    round_.save(update_fields=["ended_at", "ended_why"])
    record("grants.round_ended", subject=round_)
    return round_


@action
def apply_for_grant(
    *, by: Any, round_: GrantRound, title: str, need: str, what: str, change: str, pence: int, key: uuid.UUID | None = None
) -> GrantApplication:  # fmt: skip
    """Ask for a grant for one's own organisation; once from one page."""
    round_.refresh_from_db()
    title, what, change = one_line(title, 120), clean(what).strip(), clean(change).strip()
    key = key_of_sending(key, round_, title, need, what, change, pence)
    sent_before = GrantApplication.objects.filter(sent_by=by, key=key).first()
    if sent_before is not None:
        record("grants.application_sent_again", subject=sent_before)
        return sent_before
    refuse(rules.why_not_ask(by, round_, moment().date()))
    refuse(rules.why_not_this_application(round_, title=title, need=need, what=what, change=change, pence=pence))
    made = GrantApplication(
        reference=drawn_reference("GA"), round=round_, organisation=by.organisation, title=title, need=need, what=what,
        change=change, pence=pence, sent_by=by, key=key,
    )  # fmt: skip
    made.save(force_insert=True)
    record("grants.application_sent", subject=made, round=round_.reference, pence=pence, need=need)
    return made


@action
def withdraw_grant(*, by: Any, application: GrantApplication, why: str) -> GrantApplication:
    """Take back an application that waits. The organisation may apply again while the round is open."""
    application.hold()
    refuse(rules.why_not_withdraw(by, application, why))
    application.state, application.withdrawn_why = ApplicationState.WITHDRAWN, one_line(why, 200)
    application.save(update_fields=["state", "withdrawn_why"])
    record("grants.application_withdrawn", subject=application)
    return application


@action
def declare_grant_interest(*, by: Any, round_: GrantRound, organisation: Any, words: str) -> GrantInterest:
    """Say that one has an interest in an organisation: whatever it asks for in the round is decided by somebody else."""
    words = one_line(words, 200)
    refuse(rules.why_not_declare(by, words))
    made = GrantInterest(round=round_, organisation=organisation, person=by, conflicted=True, words=words)
    made.save(force_insert=True)
    record("grants.interest_declared", subject=round_, organisation=organisation.name)
    return made


@action
def decide_grant(
    *, by: Any, application: GrantApplication, award: bool, reasons: str, no_interest: bool, pence: int | None = None
) -> GrantApplication:  # fmt: skip
    """Award it, which commits its money in the ledger, or decline it; the applicant is told why. All of it or nothing."""
    round_ = application.round
    round_.hold()
    application.hold()
    refuse(rules.why_not_decide(by, application, moment().date()))
    reasons = clean(reasons).strip()
    said: dict[str, Any] = {"award": award, "pence": pence, "reasons": reasons, "no_interest": no_interest}
    refuse(rules.why_not_this_decision(application, round_, **said))
    if award and pence is not None:
        application.state, application.awarded_pence = ApplicationState.AWARDED, pence
        application.commitment = _commit(by, application, round_, pence)
    else:
        application.state = ApplicationState.DECLINED
    application.decided_by, application.decided_on, application.reasons = by, clock.today(), reasons
    application.save(update_fields=["state", "awarded_pence", "commitment", "decided_by", "decided_on", "reasons"])
    GrantInterest(round=round_, organisation=application.organisation, person=by, conflicted=False).save(
        force_insert=True
    )
    link = reverse("grant_application", args=[application.reference])
    if application.sent_by.is_active:
        send(by=by, to=application.sent_by, template="grant_decided", link=link, key=f"grant_decided {application.pk}")
    record(f"grants.application_{application.state}", subject=application, pence=application.awarded_pence or 0)
    return application


def _commit(by: Any, application: GrantApplication, round_: GrantRound, pence: int) -> Entry:
    share = Share.objects.select_related("fund", "area").get(pk=round_.share_id)
    return commit_money(
        by=by, share=share, pence=pence, happened_on=clock.today(), with_whom=application.organisation.name,
        words=f"Small grant {application.reference}: {application.title}", key=application.pk,
    )  # fmt: skip


@action
def pay_grant(*, by: Any, application: GrantApplication, happened_on: dt.date, voucher: str = "") -> GrantApplication:
    """Pay what of it is still committed. Where the ledger has paid it already, it is noted here and nothing is paid again."""
    application.hold()
    moment()  # which the row's policy asks
    refuse(rules.why_not_pay(by, application))
    left, paid = queries.still_to_pay(by, application)
    refuse(rules.why_not_left(left, paid))
    if left and application.commitment is not None:
        commitment = Entry.objects.select_related("fund", "share__area", "reverses", "reversed_by").get(
            pk=application.commitment.pk
        )
        words = f"Small grant {application.reference}"
        pay_money(by=by, commitment=commitment, pence=left, happened_on=happened_on, words=words, voucher=voucher)
    application.paid_on, application.paid_pence = happened_on, left + paid
    application.save(update_fields=["paid_on", "paid_pence"])
    record("grants.grant_paid", subject=application, pence=left, paid_before=paid)
    return application
