"""What may be done about sharing, and the sentence when it may not; what is missing when nothing lets us share."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, label_of, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day, listed
from hearth.records.people.births import is_child
from hearth.records.people.models import BirthPrecision, Membership, Person
from hearth.records.sharing.ages import grown_up, last_day_of
from hearth.records.sharing.models import Agreement, Consent, Decision, Settlement

THEMSELVES = ("adult", "young_person", "child_competent")  # the one who decides is the one it is about
NEWCOMER_DAYS = 28  # to ask somebody who was born or moved in after the others agreed, before access ends by itself
LONGEST_EXCEPTION = 365  # days: an exception is looked at again within a year, or it ends by itself


def household(family: Any) -> list[Person]:
    """Everybody whose agreement is needed: living in the home, born and living. The database's own function counts the same."""
    rows = Membership.objects.filter(family=family, until_on=None, lives_here=True, person__died_on=None)
    rows = rows.exclude(person__birth_precision=BirthPrecision.EXPECTED).select_related("person")
    return [row.person for row in rows.order_by("person__born_on", "person__id")]


@dataclass(frozen=True)
class Facts:
    """What is needed to say what is missing for one family and one organisation."""

    family: Any
    organisation: Any
    people: Sequence[Person]
    live: Sequence[Consent]
    settled: Sequence[Settlement]
    agreement: Agreement | None
    of_age: Sequence[Any] = ()  # whom a parent's decision was about until they were eighteen


def is_live(consent: Consent, today: dt.date) -> bool:
    """Begun, and neither withdrawn nor past its last day."""
    last = last_day_of(consent)
    return consent.withdrawn_at is None and consent.from_on <= today and (last is None or last >= today)


def is_in_force(agreement: Agreement, today: dt.date) -> bool:
    """Begun, and neither ended nor past its last day."""
    return agreement.ended_at is None and agreement.from_on <= today <= agreement.until_on


def what_is_missing(family: Any, organisation: Any, purpose: str) -> Refusal:
    """The refusal to share with an organisation: who said no, who disagrees, who was not asked; and that no agreement helps."""
    people, today = household(family), clock.today()
    found = Consent.objects.live().filter(person__in=people, organisation=organisation).select_related("person")
    live = [consent for consent in found if is_live(consent, today)]
    settled = list(Settlement.objects.filter(person__in=people, organisation=organisation, set_aside_at=None))
    agreements = Agreement.objects.filter(organisation=organisation, purposes__contains=[purpose])
    of_age = grown_up(found, today)
    return missing_refusal(
        Facts(family, organisation, people, live, settled, agreements.order_by("until_on").last(), of_age), purpose
    )


def missing_refusal(facts: Facts, purpose: str) -> Refusal:
    """The same from facts in hand."""
    said_no = [
        p for p in facts.people if any(c.person_id == p.id and c.decision == Decision.REFUSED for c in facts.live)
    ]
    against = [row.person_id for row in facts.settled if not row.shares]
    said_no += [p for p in facts.people if p.id in against and p not in said_no]
    said_yes = {c.person_id for c in facts.live if c.decision == Decision.GIVEN and c.family_id == facts.family.id}
    if said_no:
        return _refused(facts, said_no, said_yes)
    unasked = [
        f"{person.full_name} (18 now, and to be asked themselves)" if person.id in facts.of_age else person.full_name
        for person in facts.people
        if person.id not in said_yes
    ]
    if not facts.people:
        missing = "There is nobody on record in this home who could agree"
    elif unasked:
        missing = f"Nobody has agreed to it for {listed(unasked)}"
    else:
        missing = "What was agreed to for each of them has nothing in common, or a decision elsewhere is in the way"
    return Refusal(
        "sharing.no_consent",
        f"Nothing lets us share with {facts.organisation.name} yet. {missing}, and {_no_agreement(facts.agreement, purpose)}. "
        "Ask the family and record what they decide.",
    )


def _refused(facts: Facts, said_no: Sequence[Person], said_yes: set[Any]) -> Refusal:
    """Somebody said no. An agreement between organisations does not overrule them; an exception in law does."""
    names, organisation = listed([person.full_name for person in said_no]), facts.organisation.name
    settled = {row.person_id for row in facts.settled}
    if any(person.id in said_yes and person.id not in settled for person in said_no):
        return Refusal(
            "sharing.disagreement",
            f"Two people disagree about sharing what concerns {names} with {organisation}. "
            "It waits until a front door officer or a manager decides what follows.",
        )
    return Refusal(
        "sharing.refused",
        f"Sharing what concerns {names} with {organisation} was refused, and no agreement overrules that. "
        "Respect it. Where a child may come to serious harm, record an exception with its reason.",
    )


def _no_agreement(last: Agreement | None, purpose: str) -> str:
    words = label_of(pack().sharing.agreement_purposes, purpose)
    if last is None:
        return f"no agreement with that organisation covers “{words}”"
    if last.from_on > clock.today():
        return f"the agreement that covers “{words}” begins on {day(last.from_on)}"
    ended = clock.in_london(last.ended_at).date() if last.ended_at else last.until_on
    return f"the agreement that covered “{words}” ended on {day(ended)}"


def why_not_record_consent(user: Any, family: Any) -> Refusal | None:
    """Recording or withdrawing what a family decided: whoever works with families and may open this one."""
    if not user.may("work_case"):
        return Refusal(
            "sharing.may_not_record", "Your role cannot record what a family decides. Ask their practitioner."
        )
    return None


def why_not_this_consent(
    *,
    family: Any,
    people: Sequence[Any],
    organisations: Sequence[Any],
    decision: str,
    who_decided: str,
    decider: Any,
    decider_name: str,
    competence: str,
    categories: Sequence[str],
    from_on: dt.date,
    until_on: dt.date | None,
) -> Refusal | None:
    """What a decision must say before it counts: about whom, with whom, what, by whom and by what right."""
    if not people or not organisations:
        return Refusal("sharing.about_nobody", "Choose at least one person and one organisation.")
    if decision == Decision.GIVEN and not categories:
        return Refusal("sharing.no_categories", "Choose what may be shared.")
    if until_on is not None and until_on < from_on:
        return Refusal("sharing.ends_before", "The last day must not be before the first.")
    if any(organisation.is_authority for organisation in organisations):
        return Refusal("sharing.own_organisation", "The council's own workers need no consent to see what it holds.")
    return _why_not_by_them(family, people, who_decided, decider, decider_name, competence)


def decides_for(family: Any, people: Sequence[Any], who_decided: str, decider: Any) -> list[Any]:
    """Those of `people` about whom somebody may decide: a parent about the children and themselves, others about themselves."""
    if who_decided in THEMSELVES:
        themselves = [person for person in people if decider is None or person.id == decider.id]
        return themselves if decider is not None or len(themselves) == 1 else _only_adult(family, people)
    minors = [person for person in people if is_minor(family, person)]
    own = [person for person in people if decider is not None and person.id == decider.id]
    return [
        *(own or (_only_adult(family, people) if decider is None else [])),
        *(one for one in minors if one not in own),
    ]


def _only_adult(family: Any, people: Sequence[Any]) -> list[Any]:
    """The one grown-up at home, where there is only one: who decided is not on record by name, but it can be nobody else."""
    grown = [person for person in people if not is_minor(family, person)]
    return grown if len(grown) == 1 else []


def is_minor(family: Any, person: Any) -> bool:
    """A child, by age; or, where nobody knows the age, by their place in the family."""
    if person.born_on is not None or person.birth_precision == BirthPrecision.EXPECTED:
        return is_child(person)
    return Membership.objects.filter(family=family, person=person, until_on=None, role="child").exists()


def _why_not_by_them(
    family: Any, people: Sequence[Any], who_decided: str, decider: Any, decider_name: str, competence: str
) -> Refusal | None:
    who = find(pack().sharing.who_decides, who_decided)
    if who is None:
        return Refusal("sharing.who_decided", "Choose who decided.")
    if decider is None and not decider_name.strip():
        return Refusal("sharing.nobody_decided", "Say who decided: choose them, or write their name.")
    if who.needs_competence and not competence.strip():
        return Refusal("sharing.competence", "Say why you think the child understands what is asked.")
    others = [person.full_name for person in people if person not in decides_for(family, people, who_decided, decider)]
    if decider is not None and others:
        return Refusal(
            "sharing.decides_for_themselves",
            f"{decider.full_name} cannot decide this for {listed(others)}. Each adult decides for themselves: record it apart.",
        )
    if who.needs_parental_responsibility and any(_said_to_have_none(decider, person) for person in people):
        return Refusal(
            "sharing.no_responsibility",
            f"{decider.full_name} is on record as not having parental responsibility. Ask somebody who has it, "
            "or put the record right first.",
        )
    return None


def _said_to_have_none(decider: Any, person: Any) -> bool:
    """On record as not having parental responsibility for this person. Nobody having asked is not the same."""
    return (
        decider is not None
        and decider.id != person.id
        and person.relationships_to.filter(person=decider, until_on=None, parental_responsibility=False).exists()
    )


def why_not_withdraw(user: Any, consent: Consent) -> Refusal | None:
    """Withdrawing: as easy as giving, and once."""
    if consent.withdrawn_at is not None:
        return Refusal("sharing.withdrawn", "This was withdrawn already.")
    return why_not_record_consent(user, consent.family)


def why_not_settle(user: Any, family: Any) -> Refusal | None:
    """Deciding between two people who disagree: a front door officer or a manager of the family's area."""
    if user.organisation.is_authority and user.may("allocate_case", family.area):
        return None
    return Refusal(
        "sharing.may_not_settle", "A front door officer or a manager of the area decides this. Ask one of them."
    )


def why_not_record_exception(
    user: Any, ground: str, reason: str, categories: Sequence[str], until_on: dt.date
) -> Refusal | None:
    """Sharing without consent: a ground in law, its reason in words, what is shared, and an end within a year."""
    if not user.may("work_case"):
        return Refusal("sharing.may_not_record", "Your role cannot record an exception. Ask the family's practitioner.")
    if find(pack().sharing.exceptions, ground) is None:
        return Refusal("sharing.ground", "Choose the reason in law.")
    if not reason.strip():
        return Refusal("sharing.reason", "Say what harm you fear, or what law or order you rely on.")
    if not categories:
        return Refusal("sharing.no_categories", "Choose what is shared.")
    if not clock.today() <= until_on <= clock.today() + dt.timedelta(days=LONGEST_EXCEPTION):
        return Refusal(
            "sharing.exception_ends", "Give a last day from today to a year ahead. It can be recorded again then."
        )
    return None


def why_not_this_settlement(person: Any, organisation: Any, reason: str) -> Refusal | None:
    """A settlement needs two who disagree, and a reason."""
    live = Consent.objects.live().filter(person=person, organisation=organisation)
    if {consent.decision for consent in live} != {Decision.GIVEN, Decision.REFUSED}:
        return Refusal("sharing.no_disagreement", "Nobody disagrees about this any more. Look at the decisions again.")
    if not reason.strip():
        return Refusal("sharing.reason", "Say why you decide so. Both of them may ask to see it.")
    return None


def why_not_settle_again(settled: Settlement | None) -> Refusal | None:
    """What somebody settled since the page was opened is not settled over unseen."""
    if settled is None:
        return None
    return Refusal(
        "sharing.settled",
        f"{settled.settled_by.full_name} decided this meanwhile: it is {'shared' if settled.shares else 'not shared'}. "
        "Read why, and open this page again to decide otherwise.",
    )


def why_not_untold(family_told: bool, because: str) -> Refusal | None:
    """The family is told that something is shared, or it is written down why not."""
    if family_told or because.strip():
        return None
    return Refusal("sharing.family_not_told", "Say why the family is not told.")


def why_not_end_exception(user: Any, exception: Any, why: str) -> Refusal | None:
    """Ending an exception: once, by whoever may record one, with a word why."""
    if exception.ended_at is not None:
        return Refusal("sharing.exception_ended", "This exception has ended already.")
    if not why.strip():
        return Refusal("sharing.reason", "Say why it ends.")
    return why_not_record_consent(user, exception.family)
