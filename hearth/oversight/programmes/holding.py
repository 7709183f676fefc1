"""Whether a claim still holds: worked out again from what stands as at its day, by its own rules, beside what was frozen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from hearth.foundation.core import clock
from hearth.oversight.programmes.freezing import canonical, differing, digest_of
from hearth.oversight.programmes.gathering import (
    ClaimCase,
    basis_frozen,
    content_of,
    facts_of,
    frozen_look,
    known_by,
    looks_of,
    read_content,
    signs_of,
)
from hearth.oversight.programmes.models import Claim, LookAgain
from hearth.oversight.programmes.needs import NOT_MET
from hearth.oversight.programmes.working import opened_again_after, work_out

HOLDS, NO_LONGER, UNSURE, CHANGED = "holds", "no_longer", "unsure", "changed"
WORDS = {
    HOLDS: ("Holds", "green"),
    NO_LONGER: ("No longer holds", "red"),
    UNSURE: ("Not known if it holds", "yellow"),
    CHANGED: ("Evidence was changed", "red"),
}


@dataclass(frozen=True)
class Holding:
    """How a claim stands today: whether it holds, why not, and whether what stands as at its day is what was frozen."""

    state: str
    why: tuple[str, ...] = ()
    same: bool = True
    differs: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """For a tag."""
        return WORDS[self.state][0]

    @property
    def colour(self) -> str:
        """The tag's colour."""
        return WORDS[self.state][1]


def holdings(reader: Any, claims: Sequence[Claim]) -> dict[Any, Holding]:
    """Each claim's standing: three queries, however many."""
    cases, today = [claim.case_id for claim in claims], clock.today()
    facts = facts_of([pair for claim in claims for pair in ((claim.case_id, claim.as_at), (claim.case_id, today))])
    looks, signs = looks_of(reader, cases), signs_of(cases)
    return {
        claim.pk: _holding(
            claim, facts.get((claim.case_id, claim.as_at)), facts.get((claim.case_id, today)),
            looks.get((claim.case_id, claim.framework), []), signs.get(claim.case_id, []),
        )
        for claim in claims
    }  # fmt: skip


def _holding(
    claim: Claim, then: ClaimCase | None, now: ClaimCase | None, looks: list[LookAgain], signs: list[dict[str, Any]]
) -> Holding:
    if not claim.is_as_frozen:
        changed = "What is kept is not what was frozen: its digest differs. Tell information governance, and rely on nothing in it."
        return Holding(CHANGED, (changed,), same=False)
    if then is None or now is None:
        return Holding(
            NO_LONGER, ("Nothing of this case is on record any more.",), same=False, differs=("the case itself",)
        )
    content = read_content(claim)
    frozen = basis_frozen(content, hidden=None)
    before = [frozen_look(look) for look in known_by(looks, claim.created_at) if look.seen_on <= claim.as_at]
    again = replace(frozen, facts=then.facts, looks=before)
    rebuilt = content_of(again, work_out(again), content["framework"])
    same = digest_of(canonical(rebuilt)) == claim.digest
    differs = () if same else tuple(differing(content, rebuilt))
    # What is known by now of the time up to its day: looks recorded since, and signs that partners sent since.
    known = [frozen_look(look) for look in looks if look.seen_on <= claim.as_at]
    stands = work_out(replace(again, looks=known, signs=signs))
    opened = opened_again_after(now.facts, claim.as_at)
    why = (*stands.missing, *([opened] if opened else []))
    if opened or any(each.answer == NOT_MET for each in stands.conditions):
        return Holding(NO_LONGER, why, same, differs)
    return Holding(HOLDS if stands.holds else UNSURE, why, same, differs)
