"""What is said on screen of decisions, bases and agreements: the pack's words for stored codes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.text import lower_first, upper_first
from hearth.foundation.ui.filters import count, day, last_day, listed
from hearth.records.people.births import named_and_aged
from hearth.records.sharing.ages import comes_of_age, last_day_of
from hearth.records.sharing.models import Consent

BASES = {
    "consent": "The family agreed",
    "agreement": "An agreement covers it",
    "exception": "Shared without consent, by law",
    "own": "The council's own",
}
_ONE_DAY = dt.timedelta(days=1)
_SOON = dt.timedelta(days=731)  # until when it is worth saying that a child comes of age
COLOURS = {"consent": "green", "agreement": "blue", "exception": "orange", "own": "grey"}


def categories(codes: Sequence[str] | None) -> str:
    """The kinds of information, in the pack's words."""
    if codes is None:
        return "Everything"
    known = [category for category in pack().sharing.categories if category.code in codes]
    return _in_a_row(
        [category.label for category in known] + sorted(set(codes) - {category.code for category in known})
    )


def purposes(codes: Sequence[str]) -> str:
    """What an agreement is for."""
    return _in_a_row(label_of(pack().sharing.agreement_purposes, code) for code in codes)


def _in_a_row(labels: Iterable[str]) -> str:
    """Helping families early, planning services: what the labels of a list say in one line."""
    return upper_first(", ".join(lower_first(label) for label in labels))


def _same_name(consent: Any) -> bool:
    other = consent.decider
    return other is not None and other.pk != consent.person_id and other.full_name == consent.person.full_name


def decider(consent: Any) -> str:
    """Who decided; with their age where the one it is about has the same name, as a father and a son may."""
    if _same_name(consent):
        return named_and_aged(consent.decider)
    return str(consent.decider.full_name if consent.decider else consent.decider_name)


def about(consent: Any) -> str:
    """Whom it is about, told from a decider of the same name."""
    return named_and_aged(consent.person) if _same_name(consent) else str(consent.person.full_name)


def decided_by(consent: Any) -> str:
    """Kelly Ashworth: a parent or carer with parental responsibility."""
    who = decider(consent)
    right = label_of(pack().sharing.who_decides, consent.who_decided)
    return f"{who}: {lower_first(right)}"


def how(consent: Any) -> str:
    """How it was told, when, and who wrote it down."""
    told = label_of(pack().sharing.recorded_how, consent.recorded_how)
    return f"{told}, {day(consent.from_on)}; written by {consent.recorded_by.full_name}"


def said(consent: Any, reader: Any) -> str:
    """What they said, in their words. A refusal is told to the organisation that is refused, but not in whose words."""
    refused = consent.decision == "refused" and consent.organisation_id == reader.organisation_id
    return "" if refused else str(consent.words)


def ground(exception: Any) -> str:
    """The reason in law."""
    return label_of(pack().sharing.exceptions, exception.ground)


def until(row: Any) -> str:
    """Until when a decision, an exception or a basis holds; how it ended, when it did."""
    if getattr(row, "withdrawn_at", None):
        return "Replaced by a newer answer" if row.replaced else f"Withdrawn on {day(row.withdrawn_at)}"
    if getattr(row, "ended_at", None):
        return f"Ended on {day(row.ended_at)}"
    of_age = comes_of_age(row) if isinstance(row, Consent) else None
    last = last_day_of(row) if isinstance(row, Consent) else row.until_on
    if last is None:
        return "As long as we help them"
    if of_age is not None and last == of_age - _ONE_DAY:
        name = row.person.given_name or row.person.full_name
        return f"Until {name} is 18, on {day(of_age)}" if last >= clock.today() else f"{name} was 18 on {day(of_age)}"
    return f"Until {day(last)}" if last >= clock.today() else f"Ended on {day(last)}"


def basis_until(basis: Any) -> str:
    """Until when a basis holds. Consent that ends because a child is eighteen, years from now, has no end that matters yet."""
    if basis.until_at is None or (basis.kind == "consent" and basis.until_at > clock.now() + _SOON):
        return "as long as we help them"
    return f"until {last_day(basis.until_at)}"


def untils(rows: Sequence[Consent]) -> list[str]:
    """Until when what was decided in one conversation holds: one sentence, and one for each who is eighteen before long."""
    soon = clock.today() + _SOON
    near = [row for row in rows if (of_age := comes_of_age(row)) is not None and of_age <= soon]
    far = next((row for row in rows if row not in near), None)
    plain = [] if far is None else [until(far) if comes_of_age(far) is None else _own_until(far)]
    return [*plain, *(until(row) for row in near)]


def _own_until(row: Consent) -> str:
    """A decision's own last day, for a child who is eighteen years off."""
    return f"Until {day(row.until_on)}" if row.until_on else "As long as we help them"


def who_opens(shared: Any) -> str:
    """How many people of an organisation can open the family now, and until when where nothing lets them any more."""
    if not shared.openers:
        if shared.basis is not None:
            return "Nobody of theirs can open this family now: add whoever is to help to the team."
        return "Nobody of theirs can open this family now."
    words = f"{count(shared.openers, 'person of theirs', 'people of theirs').capitalize()} can open this family now."
    if shared.basis is not None or shared.openers_until is None:
        return words
    last = last_day(shared.openers_until)
    waiting = [person.full_name for person in shared.unasked]
    return (
        words[:-1]
        + f", until {last}. "
        + (f"Ask {listed(waiting)} before then." if waiting and shared.decisions else "")
    )


def waits_for_others(shared: Any) -> list[str]:
    """What everybody asked so far agreed to and is not shared, since others in the home were not asked: kinds of information."""
    if not shared.unasked or not shared.withdrawable or (shared.basis is not None and shared.basis.categories is None):
        return []
    agreed = set.intersection(*(set(row.categories) for row in shared.withdrawable))
    return sorted(agreed - set((shared.basis.categories if shared.basis else None) or ()))


def what_ends(shared: Any) -> str:
    """Before a withdrawal: what it does to an organisation's people."""
    people = count(shared.openers, "person", "people") if shared.openers else "nobody"
    if not shared.openers:
        return f"{shared.organisation.name}: nobody of theirs can open this family now."
    if shared.agreement is None:
        return f"{shared.organisation.name}: {people} can open this family now, and cannot from then on."
    return (
        f"{shared.organisation.name}: {people} can open this family now. An agreement between us lets us share "
        f"{lower_first(categories(shared.agreement.categories))} all the same, until {day(shared.agreement.until_on)}. "
        "If they say no to that too, record it: then nothing is shared."
    )


def what_ended(shared: Sequence[Any]) -> str:
    """After a withdrawal: who can open the family still."""
    told = [
        f"{count(one.openers, 'person', 'people')} of {one.organisation.name} can still open this family"
        if one.openers
        else f"Nobody of {one.organisation.name} can open this family now"
        for one in shared
    ]
    return ". ".join(["It is withdrawn", *told]) + "."


def is_over(agreement: Any) -> bool:
    """Whether an agreement has ended."""
    return agreement.ended_at is not None or agreement.until_on < clock.today()
