"""Decide a request. A decision that starts work opens the case in the same transaction: all of it happens, or none."""

from typing import Any

from hearth.casework.cases.actions import tell_lead
from hearth.casework.cases.models import Case
from hearth.casework.front_door.holding import hold
from hearth.casework.front_door.models import Channel, Request, RequestPerson
from hearth.casework.front_door.triage import rules as front_door_rules
from hearth.casework.front_door.triage.actions import record_decision
from hearth.casework.front_door.triage.queries import matches_of, unmatched
from hearth.desk.deciding import opening, rules
from hearth.desk.deciding.queries import families_of_matched
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import refuse


def _words(request: Request, outcome: str, more: str, *, helped: bool = False) -> str:
    """What whoever asked reads: the pack's words for the decision, then what the officer wrote.

    `helped`: the family has an open case, which the request joins.
    """
    chosen, said = pack().front_door.outcome(outcome), ""
    if chosen is not None:
        by_family = request.channel == Channel.FAMILY
        said = (by_family and chosen.family_told) or (helped and chosen.referrer_told_helped) or chosen.referrer_told
    return "\n\n".join(part for part in (said, more.strip()) if part)


@action
def decide_request(
    *,
    by: Any,
    request: Request,
    outcome: str,
    reason: str,
    words_for_referrer: str = "",
    level: str = "",
    agency: Any = None,
    agency_name: str = "",
    late_because: str = "",
    family: Any = None,
    lead: Any = None,
) -> Request:
    """Decide, whatever the outcome. Of two officers at once the first decides, and the second is told what."""
    held = hold(request)
    refuse(front_door_rules.why_not_decide(by, held, outcome=outcome, level=level, late_because=late_because))
    if outcome in rules.STARTS_WORK:
        accept_request(
            by=by,
            request=held,
            outcome=outcome,
            reason=reason,
            words_for_referrer=words_for_referrer,
            level=level,
            late_because=late_because,
            family=family,
            lead=lead,
        )
    else:
        refuse(rules.why_not_words(outcome, words_for_referrer))
        record_decision(
            by=by,
            request=held,
            outcome=outcome,
            reason=reason,
            words_for_referrer=_words(held, outcome, words_for_referrer),
            level=level,
            agency=agency,
            agency_name=agency_name,
            late_because=late_because,
        )
    record("desk.request_decided", family=held.family_id, subject=held, outcome=outcome)
    return Request.objects.select_related("area").get(pk=held.pk)


@action
def accept_request(
    *,
    by: Any,
    request: Request,
    outcome: str,
    reason: str,
    words_for_referrer: str = "",
    level: str = "",
    late_because: str = "",
    family: Any = None,
    lead: Any = None,
) -> Case:
    """Accept a request for work: the family on record, its consent, its case, and the assessment, panel or step up.

    `family` is the one the matched people belong to, or None for a new one. Nobody is given anything without a basis.
    """
    held = hold(request)
    refuse(front_door_rules.why_not_decide(by, held, outcome=outcome, level=level, late_because=late_because))
    people = list(RequestPerson.objects.filter(request=held).order_by("place"))
    matches = matches_of(held)
    refuse(
        rules.why_not_accept(outcome, unmatched(people, matches)) or rules.why_not_these_matches(list(matches.values()))
    )
    refuse(rules.why_not_family(family, families_of_matched(by, held)))
    family, found = opening.put_on_record(by, held, people, matches, family)
    opening.consent_from(by, held, family, found, people, lead)
    helped = opening.open_case_of(family) is not None
    case = opening.case_for(by, held, family, outcome, level, lead)
    record_decision(
        by=by,
        request=held,
        outcome=outcome,
        reason=reason,
        words_for_referrer=_words(held, outcome, words_for_referrer, helped=helped),
        level=level,
        late_because=late_because,
        family=family,
        case=case,
    )
    opening.BEGIN[outcome](by, held, case)
    if not helped:
        tell_lead(by, case)
    opening.open_to_referrer(by, held, family)
    record("desk.request_accepted", family=family, subject=case, request=held.reference, outcome=outcome)
    return case
