"""Record what a family decides about sharing, withdraw it, settle a disagreement, and share without it where the law allows."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.models import hold_each
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.text import clean
from hearth.records.sharing import rules
from hearth.records.sharing.models import Consent, Decision, Settlement, SharingException
from hearth.records.sharing.queries import seen_decisions, seen_settlement, settlement_of


@action
def record_consent(
    *,
    by: Any,
    family: Any,
    organisations: Sequence[Any],
    who_decided: str,
    recorded_how: str,
    categories: Iterable[str] = (),
    people: Sequence[Any] | None = None,
    decision: str = Decision.GIVEN,
    decider: Any = None,
    decider_name: str = "",
    competence: str = "",
    words: str = "",
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
    seen: str | None = None,
) -> list[Consent]:
    """Record that somebody agreed, or said no, to sharing about `people` with organisations.

    Without `people`: everybody at home for whom they may decide, which is the children and themselves.

    What the same person decided before, about the same people and organisations, is replaced; but not what somebody else
    recorded of them since the page was opened, of whose decisions `seen` tells. Access that other
    organisations' people have to the family is then made what the new basis says.
    """
    family.hold()
    if people is None:
        people = rules.decides_for(family, rules.household(family), who_decided, decider)
    if decider is None and not decider_name and who_decided in rules.THEMSELVES and len(people) == 1:
        decider = people[0]
    from_on, chosen = from_on or clock.today(), sorted(set(categories)) if decision == Decision.GIVEN else []
    refuse(rules.why_not_record_consent(by, family))
    refuse(
        rules.why_not_this_consent(
            family=family, people=people, organisations=organisations, decision=decision, who_decided=who_decided, decider=decider,
            decider_name=decider_name, competence=competence, categories=chosen, from_on=from_on, until_on=until_on,
        )
    )  # fmt: skip
    by_whom = {"decider": decider, "decider_name": "" if decider else clean(decider_name).strip()}
    if seen and seen != seen_decisions(family):
        _raise_if_answered(people, organisations, by_whom, decision)
    made, asked = [], uuid.uuid4()
    for organisation in organisations:
        for person in people:
            _replace(by, person, organisation, decider, clean(decider_name).strip())
            made.append(Consent(
                reference=drawn_reference("CO"), asked=asked, family=family, person=person, organisation=organisation,
                decision=decision, who_decided=who_decided, decider=decider, decider_name=clean(decider_name).strip(),
                competence=clean(competence), categories=chosen, from_on=from_on, until_on=until_on,
                recorded_how=recorded_how, words=clean(words), recorded_by=by,
            ))  # fmt: skip
            made[-1].save(force_insert=True)
        verb = "sharing.consent_given" if decision == Decision.GIVEN else "sharing.consent_refused"
        record(
            verb,
            family=family,
            subject=made[-1],
            organisation=organisation.id,
            people=len(people),
            categories=chosen,
            who_decided=who_decided,
            until=until_on,
        )
    realign(family, organisations)
    return made


def _raise_if_answered(
    people: Sequence[Any], organisations: Sequence[Any], by_whom: dict[str, Any], decision: str
) -> None:
    rows = Consent.objects.filter(person__in=people, organisation__in=organisations, withdrawn_at=None, **by_whom)
    there = rows.select_related("person", "organisation", "recorded_by").order_by("created_at")
    texts = [f"{row.get_decision_display()}: {row.person.full_name}, {row.organisation.name}" for row in there]
    if texts:
        yours = [
            f"{Decision(decision).label}: {person.full_name}, {each.name}"
            for each in organisations
            for person in people
        ]
        raise Conflict(
            {"What they decided": ("; ".join(texts), "; ".join(yours))}, there[len(texts) - 1].recorded_by.full_name
        )


def _replace(by: Any, person: Any, organisation: Any, decider: Any, decider_name: str) -> None:
    """A new answer by the same person takes the place of their last; anybody's new answer sets a settlement aside."""
    earlier = Consent.objects.filter(person=person, organisation=organisation, withdrawn_at=None)
    earlier = (
        earlier.filter(decider=decider)
        if decider is not None
        else earlier.filter(decider=None, decider_name=decider_name)
    )
    earlier.update(withdrawn_at=clock.now(), withdrawn_by=by, withdrawn_why="", replaced=True)
    _set_aside([person], organisation)


def _set_aside(people: Sequence[Any], organisation: Any) -> None:
    Settlement.objects.filter(person__in=people, organisation=organisation, set_aside_at=None).update(
        set_aside_at=clock.now()
    )


@action
def withdraw_consent(*, by: Any, family: Any, consents: Sequence[Consent], why: str = "") -> list[Consent]:
    """Withdraw what somebody agreed to. Access that rests on it ends now, unless something else lets us share."""
    if not consents:
        refuse(rules.Refusal("sharing.nothing_chosen", "Choose what is withdrawn."))
    family.hold()
    hold_each(consents)
    for consent in consents:
        refuse(rules.why_not_withdraw(by, consent))
    moment = clock.now()
    for consent in consents:
        consent.withdrawn_at, consent.withdrawn_by, consent.withdrawn_why = moment, by, clean(why)
        consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
        _set_aside([consent.person], consent.organisation)
        record("sharing.consent_withdrawn", family=family, subject=consent, organisation=consent.organisation_id)
    realign(family, [consent.organisation for consent in consents])
    return list(consents)


@action
def settle_disagreement(
    *, by: Any, family: Any, person: Any, organisation: Any, shares: bool, reason: str, seen: str | None = None
) -> Settlement:
    """Two people who may decide disagree: decide what follows, with the reason, until one of them answers again.

    `seen` is the settlement that stood when the page was opened.
    """
    family.hold()
    refuse(rules.why_not_settle(by, family))
    refuse(rules.why_not_this_settlement(person, organisation, reason))
    if seen and seen != seen_settlement(person, organisation):
        refuse(rules.why_not_settle_again(settlement_of(person, organisation)))
    _set_aside([person], organisation)
    row = Settlement(
        family=family, person=person, organisation=organisation, shares=shares, reason=clean(reason), settled_by=by
    )
    row.save(force_insert=True)
    record("sharing.disagreement_settled", family=family, subject=person, organisation=organisation.id, shares=shares)
    realign(family, [organisation])
    return row


@action
def record_exception(
    *, by: Any, family: Any, organisation: Any, ground: str, reason: str, categories: Iterable[str], until_on: dt.date,
    family_told: bool, family_not_told_because: str = "",
) -> SharingException:  # fmt: skip
    """Share without consent for a lawful reason, such as that a child may suffer significant harm."""
    chosen = sorted(set(categories))
    family.hold()
    refuse(rules.why_not_record_exception(by, ground, reason, chosen, until_on))
    refuse(rules.why_not_untold(family_told, family_not_told_because))
    row = SharingException(
        reference=drawn_reference("SE"),
        family=family,
        organisation=organisation,
        ground=ground,
        reason=clean(reason),
        categories=chosen,
        from_on=clock.today(),
        until_on=until_on,
        family_told=family_told,
        family_not_told_because=clean(family_not_told_because),
        recorded_by=by,
    )
    row.save(force_insert=True)
    record(
        "sharing.exception_recorded",
        family=family,
        subject=row,
        organisation=organisation.id,
        ground=ground,
        categories=chosen,
        until=until_on,
        family_told=family_told,
    )
    realign(family, [organisation])
    return row


@action
def end_exception(*, by: Any, family: Any, exception: SharingException, why: str) -> SharingException:
    """The reason has gone: end an exception before its last day."""
    family.hold()
    exception.hold()
    refuse(rules.why_not_end_exception(by, exception, why))
    exception.ended_at, exception.ended_by, exception.ended_why = clock.now(), by, clean(why)
    exception.save(update_fields=["ended_at", "ended_by", "ended_why"])
    record("sharing.exception_ended", family=family, subject=exception, organisation=exception.organisation_id)
    realign(family, [exception.organisation])
    return exception


def _note_disputed(family: Any) -> None:
    """Keep by each refusal whether an officer is to decide: then it stands among what waits for them."""
    about = {"person": OuterRef("person"), "organisation": OuterRef("organisation")}
    given = Consent.objects.live().filter(decision=Decision.GIVEN, **about)
    settled = Settlement.objects.filter(set_aside_at=None, **about)
    refused = Consent.objects.filter(family=family, decision=Decision.REFUSED)
    disputed = list(refused.live().filter(Exists(given), ~Exists(settled)).values_list("pk", flat=True))
    refused.filter(pk__in=disputed, disputed=False).update(disputed=True)
    refused.exclude(pk__in=disputed).filter(disputed=True).update(disputed=False)


def realign(family: Any, organisations: Iterable[Any]) -> None:
    """Make the access that organisations' people have to a family what the basis that now holds says; none, if none does.

    Called inside an action. Without a family: every family that the organisations' people may open.
    """
    if family is not None:
        _note_disputed(family)
    for organisation in {organisation.id: organisation for organisation in organisations}.values():
        with connection.cursor() as cursor:
            cursor.execute(
                "select family_id, ended from hearth_realign(%s, %s, %s)",
                [organisation.id, family.id if family is not None else None, clock.today()],
            )
            for touched, ended in cursor.fetchall():
                verb = "people.access_ended" if ended else "people.access_changed"
                record(verb, family=touched, organisation=organisation.id, because="sharing")
