"""Whether each need was met, since when, and whether it stayed met: from dated evidence alone. No data never reads as met."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hearth.foundation.core.packs.claims import ClaimNeed, ClaimRules
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.filters import day
from hearth.intelligence.insight.windows import TERM_STARTS

MET, NOT_MET, NOT_KNOWN = "met", "not_met", "not_known"
ANSWERS = {MET: "Met", NOT_MET: "Not met", NOT_KNOWN: "Not known"}
NO_NEED = ""  # what is named of an outcome that is about no need of the framework


@dataclass(frozen=True)
class Evidence:
    """Something that is so, since when or on which day, and where it stands."""

    words: str
    on: dt.date | None = None
    reference: str = ""


@dataclass(frozen=True)
class Basis:
    """All that a claim is worked out from. `hidden` are sources of signs whose details the reader is not shown; None: all."""

    rules: ClaimRules
    from_on: dt.date
    signs_of: dict[str, str]
    as_at: dt.date
    facts: dict[str, Any]
    named: dict[str, str]
    looks: list[dict[str, Any]] = field(default_factory=list)
    signs: list[dict[str, Any]] = field(default_factory=list)
    hidden: frozenset[str] | None = frozenset()
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NeedFound:
    """One need that was found: how it stands, since when it was met, when that had lasted long enough, and when somebody saw that."""

    code: str
    label: str
    answer: str
    sustained: str
    since: dt.date | None = None
    due_on: dt.date | None = None
    lasted_on: dt.date | None = None
    evidence: tuple[Evidence, ...] = ()
    missing: str = ""


@dataclass(frozen=True)
class _Stood:
    answer: str
    since: dt.date | None
    seen_on: dt.date | None
    evidence: Evidence | None
    missing: str = ""


def on(written: str | None) -> dt.date | None:
    """A day as it is frozen."""
    return dt.date.fromisoformat(written) if written else None


def later_by(since: dt.date, number: int, unit: str) -> dt.date:
    """The first day on which something met since a day has lasted so many months, or so many whole terms one after another."""
    if unit == "terms":
        starts = sorted(
            dt.date(year, *start) for year in range(since.year, since.year + number // 3 + 3) for start in TERM_STARTS
        )
        return [start for start in starts if start >= since][number]
    year, month = divmod(since.year * 12 + since.month - 1 + number, 12)
    last = (dt.date(year + (month == 11), (month + 1) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month + 1, min(since.day, last))


def outcomes_of(facts: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each outcome of the plans that the family agreed, with its plan."""
    for plan in facts["plans"]:
        if plan["agreed_on"]:
            for outcome in plan["outcomes"]:
                yield plan, outcome


def name_of(plan: dict[str, Any], outcome: dict[str, Any]) -> str:
    """What to call an outcome without its words."""
    return f"Outcome {outcome['number']} of plan {plan['reference']}"


def needs_found(basis: Basis) -> list[NeedFound]:
    """Every need that somebody named or that a sign points to, in the order of the framework."""
    named = {basis.named.get(outcome["id"], NO_NEED) for _, outcome in outcomes_of(basis.facts)}
    opened = on(basis.facts["opened_on"])
    signed = {
        basis.signs_of.get(sign["rule"], NO_NEED) for sign in basis.signs if opened and _last(sign, basis) >= opened
    }
    return [_need(need, basis) for need in basis.rules.needs if need.code in named | signed]


def _need(need: ClaimNeed, basis: Basis) -> NeedFound:
    stood = [_outcome(plan, one) for plan, one in outcomes_of(basis.facts) if basis.named.get(one["id"]) == need.code]
    evidence = tuple(each.evidence for each in stood if each.evidence)
    missing = " ".join(each.missing for each in stood if each.missing)
    if not stood:
        missing = "Partners' files show signs of it, and no outcome of the plan is about it."
    if not stood or any(each.answer != MET for each in stood):
        answer = NOT_MET if not stood or any(each.answer == NOT_MET for each in stood) else NOT_KNOWN
        shown = (*evidence, *_signs(need, basis, None)[1])
        return NeedFound(need.code, need.label, answer, answer, evidence=shown, missing=missing)
    since = max(each.since for each in stood if each.since)
    looks = sorted((look for look in basis.looks if look["need"] == need.code), key=lambda look: str(look["seen_on"]))
    evidence += tuple(Evidence(_look_words(need, look), on(look["seen_on"])) for look in looks)
    answer, signs, missing = _still(need, basis, since, looks)
    telling = [look for look in looks if _fell(need, look)]
    # Scores of a plan say nothing of counts that had to fall: only somebody who counted does.
    due, lasted = later_by(since, *basis.rules.window_of(need)), _lasted([] if need.falls else stood, telling, since)
    sustained, why = _sustained(answer, basis.as_at, due, lasted)
    return NeedFound(need.code, need.label, answer, sustained, since, due, lasted, evidence + signs, missing or why)


def _outcome(plan: dict[str, Any], outcome: dict[str, Any]) -> _Stood:
    name, ended = name_of(plan, outcome), on(outcome["ended_on"])
    if outcome["state"] == "met":
        return _Stood(MET, ended, None, Evidence(f"{name}: reached", ended, plan["reference"]))
    if outcome["state"] == "set_aside":
        return _Stood(NOT_MET, None, None, None, f"{name} was set aside.")
    number, target = str(outcome["number"]), outcome["target_score"]
    scored = [
        (on(review["on"]), review["scores"][number], review["number"])
        for review in plan["reviews"]
        if number in review["scores"]
    ]
    if not scored:
        return _Stood(
            NOT_KNOWN,
            None,
            None,
            None,
            f"No review has scored {lower_first(name)}, and nobody has said that it was reached.",
        )
    seen, score, review = scored[-1]
    if score is None or target is None:
        return _Stood(
            NOT_KNOWN, None, None, None, f"{name} could not be scored at review {review}, or no score is good enough."
        )
    shown = Evidence(f"{name}: {score} at review {review}, {target} is good enough", seen, plan["reference"])
    if not _enough(score, outcome):
        return _Stood(NOT_MET, None, seen, shown, f"{name} stands at {score}; {target} would be good enough.")
    since = seen
    for earlier, before, _ in reversed(scored):
        if before is None or not _enough(before, outcome):
            break
        since = earlier
    return _Stood(MET, since, seen, shown)


def _enough(score: int, outcome: dict[str, Any]) -> bool:
    start, target = outcome["starting_score"], outcome["target_score"]
    return score <= target if start is not None and target < start else score >= target


def _look_words(need: ClaimNeed, look: dict[str, Any]) -> str:
    labels = {fall.code: fall.label for fall in need.falls}
    counts = [
        f"{labels[each['code']]}: {each['before']} before, {each['after']} after"
        for each in look.get("counted", ())
        if each["code"] in labels
    ]
    return "; ".join([f"{look['how_words']}: {'still met' if look['still_met'] else 'not met any more'}", *counts])


def _fell(need: ClaimNeed, look: dict[str, Any]) -> bool:
    """Whether a look counted everything that had to fall, and all of it fell far enough."""
    counted = {each["code"]: each for each in look.get("counted", ())}
    return all(
        fall.code in counted and fall.is_reached(counted[fall.code]["before"], counted[fall.code]["after"])
        for fall in need.falls
    )


def _still(
    need: ClaimNeed, basis: Basis, since: dt.date, looks: list[dict[str, Any]]
) -> tuple[str, tuple[Evidence, ...], str]:
    """Whether anything dated after a need was met says that it is back."""
    answer, signs, missing = _signs(need, basis, since)
    back = next((look for look in looks if not look["still_met"] and (on(look["seen_on"]) or since) >= since), None)
    if back is not None:
        return NOT_MET, signs, f"Somebody looked again on {day(on(back['seen_on']))}, and the need was there again."
    return answer, signs, missing


def _last(sign: dict[str, Any], basis: Basis) -> dt.date:
    """The last day of a sign; the day of the claim for one that goes on, and the first of all days for one without any."""
    if _goes_on(sign):
        return basis.as_at
    return on(sign["until"] or sign["on"]) or (basis.as_at if sign["found"] else dt.date.min)


def _signs(need: ClaimNeed, basis: Basis, since: dt.date | None) -> tuple[str, tuple[Evidence, ...], str]:
    """What partners' files say after a day. A flag that is no longer found is no evidence that a need is met: it is only not one against."""
    answer, missing, shown = MET, "", []
    for sign in basis.signs:
        last, first = _last(sign, basis), on(sign["on"])
        later = first is not None and first > basis.as_at
        if basis.signs_of.get(sign["rule"]) != need.code or last == dt.date.min or later:
            continue
        shown.append(Evidence(_sign_words(sign, basis), min(last, basis.as_at)))
        if since is None or last <= since:
            continue
        if first is not None and (first > since or _goes_on(sign)):
            answer, missing = NOT_MET, "A partner's file shows a sign of it that is dated after it was met."
        elif answer == MET:
            answer = NOT_KNOWN
            missing = "A partner's file shows a sign of it over a time that began before it was met and went on after."
    return answer, tuple(shown), missing


def _goes_on(sign: dict[str, Any]) -> bool:
    return bool(sign["on"] and not sign["until"] and sign["found"])


def _sign_words(sign: dict[str, Any], basis: Basis) -> str:
    if basis.hidden is None or sign["source"] in basis.hidden:
        return "A sign in a partner's file, of which you may not be shown more"
    goes_on = " (goes on)" if _goes_on(sign) else ""
    return f"A sign in a partner's file: {basis.labels.get(sign['rule'], sign['rule'])}{goes_on}"


def _lasted(stood: list[_Stood], looks: list[dict[str, Any]], since: dt.date) -> dt.date | None:
    """The last day on which somebody saw that it was still met: a look, or a review that scored every outcome of it."""
    seen = [found for look in looks if look["still_met"] and (found := on(look["seen_on"])) and found >= since]
    scored = [each.seen_on for each in stood]
    if scored and all(scored):
        seen.append(min(each for each in scored if each))
    return max(seen, default=None)


def _sustained(answer: str, as_at: dt.date, due: dt.date, lasted: dt.date | None) -> tuple[str, str]:
    if answer != MET:
        return answer, ""
    if as_at < due:
        return NOT_MET, f"It will have lasted long enough on {day(due)}."
    if lasted is None or lasted < due:
        return (
            NOT_KNOWN,
            f"Nothing on record says that it was still met on or after {day(due)}. Look again, and record it.",
        )
    return MET, ""
