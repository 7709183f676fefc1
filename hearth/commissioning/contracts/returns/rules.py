"""Who may see, write, send and correct a return; and the sentence when they may not."""

from collections.abc import Mapping, Sequence
from typing import Any

from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.reach import DELIVERS, SEES
from hearth.commissioning.contracts.returns.models import Return, ReturnFigure, ReturnState
from hearth.commissioning.contracts.returns.reach import GOVERNS
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import clean
from hearth.foundation.ui.filters import day

State = ReturnState
LONGEST, MOST_PENCE = 10_000, 10**13


def why_not_see_returns(user: Any) -> Refusal | None:
    """The list of returns: whoever delivers or sees contracts; and information governance, who erase people from lists."""
    if user.may(DELIVERS) or user.may(SEES) or user.may(GOVERNS):
        return None
    return Refusal(
        "returns.may_not_see",
        "Your role does not include returns. Ask whoever answers for your organisation’s contracts.",
    )


def delivers(user: Any, contract: Contract) -> bool:
    """Whether somebody answers for a contract on the side of its provider."""
    return (
        bool(user.may(DELIVERS)) and user.organisation_id == contract.provider_id and not user.organisation.is_authority
    )


def why_not_deliver(user: Any, contract: Contract) -> Refusal | None:
    """What only the provider does, while the contract takes work."""
    if not delivers(user, contract):
        return Refusal(
            "returns.not_yours", "Only the provider’s own people do this. Ask whoever answers for the contract there."
        )
    if not contract.takes_work:
        return Refusal(
            "returns.contract_closed",
            f"Contract {contract.reference} is settled, so its returns stand as they are. Ask the contract manager.",
        )
    return None


def why_not_write(user: Any, owner: Return) -> Refusal | None:
    """Writing in a return: its provider, until it is sent."""
    refusal = why_not_deliver(user, owner.contract)
    if refusal is not None:
        return refusal
    if owner.state == State.QUERIED:
        return Refusal(
            "returns.answer_queries", "This return was sent. Answer what was asked about it: that changes it in place."
        )
    if owner.state == State.CERTIFIED:
        return Refusal(
            "returns.certified", "This return is certified and stands. Correct it with a new version, and say why."
        )
    if owner.state == State.DRAFT:
        return None
    return Refusal("returns.sent", f"This return was sent on {day(owner.sent_at)}. It waits for the contract manager.")


def why_not_these_words(said: Mapping[str, Any], figures: Mapping[Any, tuple[int | None, str]]) -> Refusal | None:
    """What is typed is no longer than is kept, and no figure is below nothing."""
    words = [each for each in said.values() if isinstance(each, str)] + [words for _, words in figures.values()]
    numbers = [said.get("spent_pence"), *(actual for actual, _ in figures.values())]
    if any(len(each) > LONGEST for each in words):
        return Refusal("returns.too_long", f"Some words are longer than {LONGEST:,} characters. Make them shorter.")
    if any(each is not None and not 0 <= each <= MOST_PENCE for each in numbers):
        return Refusal("returns.figure", "A figure must be nought or more, and one that can be. Look at each again.")
    return None


def why_not_send(user: Any, owner: Return, figures: Sequence[ReturnFigure]) -> Refusal | None:
    """Sending: every figure is there, or its words say why not; money is said; a case study is consented and without names."""
    refusal = why_not_write(user, owner)
    if refusal is not None:
        return refusal
    missing = [each.target.name for each in figures if each.actual is None and not each.words.strip()]
    if missing:
        return Refusal(
            "returns.no_figure",
            f"Give a figure for “{missing[0]}”, or say why there is none. A blank is never read as nought.",
        )
    if owner.spent_pence is None and not owner.spent_words.strip():
        return Refusal("returns.no_money", "Say what was spent in the quarter, or why it cannot be said yet.")
    return why_not_this_story(owner.case_study, owner.consented, owner.names_changed)


def why_not_this_story(case_study: str, consented: bool, names_changed: bool) -> Refusal | None:
    """A case study is told with consent, and with every name changed."""
    if clean(case_study).strip() and not (consented and names_changed):
        return Refusal(
            "returns.no_consent",
            "A case study needs the family’s consent, and every name in it changed. Tick both, or leave it out.",
        )
    return None


def why_not_correct(user: Any, owner: Return, why: str, *, waits: bool) -> Refusal | None:
    """A correction: of what is certified and stands, by its provider or whoever checks the contract, with a reason."""
    if not delivers(user, owner.contract) and not checks(user, owner.contract):
        return Refusal(
            "returns.may_not_correct",
            "Only the provider or whoever checks the contract starts a correction. Ask either.",
        )
    if not owner.contract.takes_work:
        return Refusal(
            "returns.contract_closed",
            f"Contract {owner.contract.reference} is settled, so its returns stand as they are.",
        )
    if not owner.stands:
        return Refusal(
            "returns.not_certified",
            "Only a return that is certified, and that no newer one replaced, is corrected with a new version.",
        )
    if waits:
        return Refusal("returns.corrected_already", "A newer version of this quarter is being made already. Open that.")
    return None if clean(why).strip() else Refusal("returns.no_reason", "Say why what was certified is corrected.")


def checks(user: Any, contract: Contract) -> bool:
    """Whether somebody checks a contract for the authority."""
    return bool(user.organisation.is_authority) and Contract.objects.checked_by(user).filter(pk=contract.pk).exists()


def sees_own(user: Any) -> bool:
    """Whether somebody sees their own organisation's returns, and not others'."""
    return bool(user.may(DELIVERS)) and not user.organisation.is_authority


def may_erase(user: Any) -> bool:
    """Whether somebody erases people from providers' lists."""
    return bool(user.may(GOVERNS))
