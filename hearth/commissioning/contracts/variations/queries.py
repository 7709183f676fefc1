"""Reads of variations: the reader first, always through visible_to."""

from typing import Any

from django.http import Http404

from hearth.commissioning.contracts.models import Contract, Variation
from hearth.commissioning.contracts.quarters import quarter_words
from hearth.commissioning.contracts.queries import parts_with_figures, targets_of
from hearth.commissioning.contracts.variations import rules
from hearth.commissioning.contracts.words import profile_typed


def variations_of(reader: Any, contract: Contract) -> list[Variation]:
    """Its history, the latest first."""
    rows = Variation.objects.visible_to(reader).filter(contract=contract)
    return list(rows.select_related("asked_by__organisation", "answered_by", "in_force_by").order_by("-number"))


def variation_of(reader: Any, reference: str) -> Variation:
    """One, or a page that never says whether it exists."""
    rows = Variation.objects.visible_to(reader).select_related(
        "contract__provider", "contract__manager", "asked_by__organisation", "answered_by"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def as_it_is(reader: Any, contract: Contract) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the form is filled in with, and the parts and targets that it asks about."""
    parts = [each["part"] for each in parts_with_figures(reader, contract)]
    targets = targets_of(reader, contract)
    filled: dict[str, Any] = {"ends_on": contract.ends_on, "what": contract.what}
    filled |= {f"part_{part.reference}": part.pence for part in parts}
    filled |= {
        f"profile_{each['target'].reference}": profile_typed(each["target"].unit, each["figures"]) for each in targets
    }
    return filled, {"parts": parts, "targets": targets, "since": quarter_words(contract.quarters[0])}


def what_may(reader: Any, variation: Variation) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "answer": rules.why_not_answer(reader, variation) is None,
        "bring_in": rules.why_not_bring_in(reader, variation) is None,
        "withdraw": rules.why_not_withdraw(reader, variation) is None,
    }
