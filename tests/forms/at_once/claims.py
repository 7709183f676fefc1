"""Programme claims: needs named, claims made, checked and withdrawn, findings noted."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.seen import seen_of
from hearth.oversight.programmes import actions, gathering
from hearth.oversight.programmes.models import Claim, SampledClaim
from hearth.oversight.programmes.samples import actions as samples
from tests.forms.at_once import Two
from tests.security.hostile.claims import framework

MAKERS, CHECKERS = ("analyst", "senior_development_officer"), ("strategic_lead", "senior_development_officer")
AUDITORS = ("quality_auditor", "quality_auditor")


def _claim(town: Any) -> Claim:
    return Claim.objects.get(pk=town.find("claim").pk)


def _case(town: Any) -> Any:
    return town.find("closed.case").id


def _make(by: Any, case: Any) -> Any:
    return actions.make_claim(by=by, case=case, framework=framework(), as_at=clock.today())


def _named(town: Any) -> tuple[Any, dict[str, str]]:
    case, reader = _case(town), town.cast.analyst
    return case, {str(row.outcome_id): row.need for row in gathering.named_of(reader, [case])[case, framework().code]}


def _name(by: Any, opened: Any, need: str) -> Any:
    case, named = opened
    return actions.name_needs(
        by=by, case=case, framework=framework(), needs=dict.fromkeys(named, need), seen=seen_of(named)
    )


def _sampled(town: Any) -> SampledClaim:
    return SampledClaim.objects.select_related("claim", "sample").get(sample=town.find("claim_sample"), number=1)


def _find(by: Any, sampled: SampledClaim, words: str) -> Any:
    return samples.note_finding(by=by, sampled=sampled, finding="partly", words=words, seen_version=sampled.version)


TABLE = [
    Two("programmes.make_claim", _case, _make, comes="programmes.claimed_already", who=MAKERS),
    Two("programmes.name_needs", _named, lambda by, o: _name(by, o, "home"), lambda by, o: _name(by, o, "crime"), "conflict", who=MAKERS),
    Two("programmes.check_claim", _claim, lambda by, c: actions.check_claim(by=by, claim=c, accept=True), comes="programmes.checked",
        who=CHECKERS),
    Two("programmes.withdraw_claim", _claim, lambda by, c: actions.withdraw_claim(by=by, claim=c, why="Too early"),
        comes="programmes.not_in_force", who=MAKERS),
    Two("programmes.note_finding", _sampled, lambda by, s: _find(by, s, "One"), lambda by, s: _find(by, s, "Two"), "conflict",
        who=AUDITORS),
]  # fmt: skip
