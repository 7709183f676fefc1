"""Decide a pair, and undo a decision. Labels are only ever added; what stands holds in every later run."""

from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.intelligence.matching.models import MatchLabel, MatchPair
from hearth.intelligence.matching.review import queries, rules


@action
def decide_pair(*, by: Any, pair: MatchPair, answer: str, why: str = "", seen: int = 0) -> MatchLabel:
    """Say that two records are one person, or two, or that one is not sure. `seen` is how many answers there were on the page."""
    pair.hold()
    labels = queries.labels_of(pair)
    refuse(rules.why_not_decide(by, pair, labels, seen, answer, why))
    refuse(rules.why_not_see_pair(by, pair))
    label = _label(by, pair, labels, answer, why)
    record(
        "matching.pair_decided",
        family=pair.trail_family_id(),
        subject=pair,
        answer=answer,
        probability=round(pair.probability, 3),
    )
    return label


@action
def undo_decision(*, by: Any, pair: MatchPair, why: str, seen: int = 0) -> MatchLabel:
    """Take back the last answer that stands: the pair is as it was before it."""
    pair.hold()
    labels = queries.labels_of(pair)
    refuse(rules.why_not_undo(by, labels, seen, why))
    last = rules.standing(labels)[-1]
    label = _label(by, pair, labels, rules.ANSWER.UNDONE, why, undoes=last.number)
    record("matching.decision_undone", family=pair.trail_family_id(), subject=pair, answer=last.answer)
    return label


def _label(
    by: Any, pair: MatchPair, labels: list[MatchLabel], answer: str, why: str, undoes: int | None = None
) -> MatchLabel:
    label = MatchLabel(
        pair=pair, number=len(labels) + 1, answer=answer, why=clean(why), by=by, undoes=undoes, probability=pair.probability,
        model_version=pair.run.model_version, kind=pair.kind, drawn=pair.drawn,
    )  # fmt: skip
    label.save(force_insert=True)
    pair.state = rules.state_by([*labels, label])
    pair.save(update_fields=["state"])
    return label
