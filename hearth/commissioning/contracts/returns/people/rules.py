"""Who puts people on a list, and erases somebody from all; and the sentence when they may not."""

from typing import Any

from hearth.commissioning.contracts.returns import rules
from hearth.commissioning.contracts.returns.functions import PURPOSE
from hearth.commissioning.contracts.returns.models import PeopleList, Return, ReturnState
from hearth.commissioning.contracts.returns.models.returns import WITH_PROVIDER
from hearth.commissioning.contracts.returns.reach import GOVERNS
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import commas, day
from hearth.records.sharing.models import Agreement


def why_not_match(agreement: Agreement | None, provider: Any) -> Refusal | None:
    """Matching a provider's people: an agreement of the contract, with this provider, in force today, for helping families early."""
    sentence = "so nobody is matched, and no list of people is taken. Ask information governance."
    if agreement is None or agreement.organisation_id != provider.pk:
        return Refusal(
            "returns.no_agreement",
            f"The contract names no information-sharing agreement with {provider.name}, {sentence}",
        )
    if agreement.ended_at is not None or not agreement.from_on <= clock.today() <= agreement.until_on:
        until = clock.in_london(agreement.ended_at).date() if agreement.ended_at else agreement.until_on
        when = f"begins on {day(agreement.from_on)}" if agreement.from_on > clock.today() else f"ended on {day(until)}"
        return Refusal(
            "returns.agreement_over", f"Agreement {agreement.reference} with {provider.name} {when}, {sentence}"
        )
    if PURPOSE not in agreement.purposes:
        purpose = label_of(pack().sharing.agreement_purposes, PURPOSE)
        return Refusal(
            "returns.agreement_of_another_kind", f"Agreement {agreement.reference} is not for “{purpose}”, {sentence}"
        )
    return None


def why_not_list(user: Any, owner: Return) -> Refusal | None:
    """Putting people on the list: the provider, while the return is with it, under an agreement in force."""
    refusal = rules.why_not_deliver(user, owner.contract)
    if refusal is not None:
        return refusal
    if owner.state not in WITH_PROVIDER:
        said = "is certified and stands" if owner.state == ReturnState.CERTIFIED else "was sent"
        return Refusal("returns.list_closed", f"This return {said}, so its list of people stays as it is.")
    return why_not_match(owner.contract.agreement, owner.contract.provider)


def why_not_more(people: PeopleList | None, listed: int, more: int) -> Refusal | None:
    """A list holds no more people than the pack says."""
    most = pack().returns.most_people
    if listed + more > most:
        return Refusal("returns.too_many", f"One list holds at most {commas(most)} people. Nobody was added.")
    return None


def why_not_erase(user: Any, given_name: str, family_name: str, why: str) -> Refusal | None:
    """Erasing somebody from providers' lists is information governance's, by both names, and for a reason."""
    if not user.may(GOVERNS):
        return Refusal("returns.may_not_erase", "Information governance erases people from providers’ lists. Ask them.")
    if not clean(given_name).strip() or not clean(family_name).strip() or not clean(why).strip():
        return Refusal("returns.erase_whom", "Give both names, and say why.")
    return None
