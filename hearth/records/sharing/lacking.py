"""What is still missing before organisations may be told certain things of a family, by name: who was not asked, or agreed to less."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.filters import listed
from hearth.records.sharing import ages, rules, words
from hearth.records.sharing.models import Agreement, Consent, Decision, Settlement
from hearth.records.sharing.queries import Basis, bases_of

PURPOSE = "early_help"


def lacking(family: Any, organisations: Iterable[Any], needed: Sequence[str]) -> dict[Any, Refusal]:
    """For each organisation (by key) that may not be told all this of a family: what is missing. A fixed number of queries."""
    those = list(organisations)
    bases = {key: basis for (_, key), basis in bases_of([family.id], those, PURPOSE).items()}
    without = [one for one in those if not _reaches(bases.get(one.id), needed)]
    if not without:
        return {}
    people, today = rules.household(family), clock.today()
    about: dict[str, Any] = {"person__in": people, "organisation__in": without}
    said = list(Consent.objects.live().filter(**about).select_related("person"))
    settled = list(Settlement.objects.filter(**about, set_aside_at=None))
    agreements = Agreement.objects.filter(organisation__in=without, purposes__contains=[PURPOSE]).order_by("until_on")
    last = {row.organisation_id: row for row in agreements}
    found = {}
    for one in without:
        theirs = [row for row in said if row.organisation_id == one.id]
        facts = rules.Facts(
            family, one, people, [row for row in theirs if rules.is_live(row, today)],
            [row for row in settled if row.organisation_id == one.id], last.get(one.id), ages.grown_up(theirs, today),
        )  # fmt: skip
        basis = bases.get(one.id)
        refusal = rules.missing_refusal(facts, PURPOSE) if basis is None else _too_little(facts, basis, needed)
        found[one.id] = Refusal(refusal.code, refusal.sentence, go_to(family))
    return found


def go_to(family: Any) -> tuple[str, str]:
    """Where it is put right."""
    return reverse("family_sharing", args=[family.reference]), "See who has agreed, and record what they decide"


def _reaches(basis: Basis | None, needed: Sequence[str]) -> bool:
    return basis is not None and (basis.categories is None or set(needed) <= set(basis.categories))


def _too_little(facts: rules.Facts, basis: Basis, needed: Sequence[str]) -> Refusal:
    """Something lets us share, and it leaves part of this out: whose agreement would let us share that too."""
    has = basis.categories or []
    rest = [each for each in needed if each not in has]
    agreed: dict[Any, set[str]] = {}
    for row in facts.live:
        if row.decision == Decision.GIVEN and row.family_id == facts.family.id:
            agreed.setdefault(row.person_id, set()).update(row.categories)
    unasked = [person.full_name for person in facts.people if person.id not in agreed]
    narrow = [person.full_name for person in facts.people if not set(rest) <= agreed.get(person.id, set(rest))]
    told = [f"nobody has agreed to it for {listed(unasked)}"] if unasked else []
    told += [f"what was agreed for {listed(narrow)} leaves it out"] if narrow else []
    why = f": {', and '.join(told)}" if told else ""
    organisation = facts.organisation.name
    return Refusal(
        "sharing.too_little",
        f"We may share {lower_first(words.categories(has))} with {organisation}, and not {lower_first(words.categories(rest))}{why}. "
        "Ask the family, and record what they decide under Sharing.",
    )
